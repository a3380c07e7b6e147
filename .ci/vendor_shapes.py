"""What the `cc-*` forms write, put to the models generated from Constant Contact's OpenAPI document.

The models ignore keys that they don't know and say their sets of words in prose only, so this adds the
two: a key that a model doesn't have is a fault, and so is a word that its description doesn't name.
"""

import copy
import csv
import inspect
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import typing

from constant_contact_api_client import models
from constant_contact_api_client.api.bulk_activities_api import BulkActivitiesApi
from pydantic import BaseModel, ValidationError

SEGKIT = str(pathlib.Path(sys.argv[1]).resolve())
QUICKSTART = pathlib.Path("fixtures/quickstart/constant-contact").resolve()
BODY_LIMIT, LINE_LIMIT = 4_000_000, 40_000
EVERYONE = {"version": "1.0.0", "criteria": {"type": "and", "group": [
    {"source": "contact", "field": "email", "op": "ne", "value": "nobody@example.com"}]}}

checked = refused = 0


class Fault(Exception):
    pass


def segkit(*arguments, cwd=QUICKSTART):
    run = subprocess.run(
        [SEGKIT, "export", "--as-of", "2024-06-01", "-q", *arguments],
        cwd=cwd, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"vendor shapes: segkit {arguments} failed: {run.stderr}")
    return run.stdout


def model_within(annotation):
    """The model in an annotation such as `Optional[List[Model]]`."""
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_within, typing.get_args(annotation))), None)


def unknown_keys(model, given, path=""):
    """The keys of `given` that a model doesn't have."""
    if isinstance(given, list):
        for entry in given:
            yield from unknown_keys(model, entry, f"{path}[]")
    elif isinstance(given, dict) and model is not None:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        for key, value in given.items():
            if key not in fields:
                yield f"{path}.{key}"
            else:
                yield from unknown_keys(model_within(fields[key].annotation), value, f"{path}.{key}")


def accept(model, body):
    """Raises unless the model takes the body, and every key of it."""
    try:
        model.from_dict(copy.deepcopy(body))
    except ValidationError as error:
        raise Fault(str(error)) from error
    strange = sorted(set(unknown_keys(model, body)))
    if strange:
        raise Fault(f"keys that the vendor doesn't know: {strange}")


def words(model, field):
    """The words that a field's description names behind "valid values are"."""
    said = model.model_fields[field].description
    return set(re.findall(r"\w+", said.split("valid values are")[1])) - {"or"}


def contacts(page):
    accept(models.Contacts, page)
    phone = words(models.GetContactById200ResponsePhoneNumbersInner, "kind")
    address = words(models.GetContactById200ResponseStreetAddressesInner, "kind")
    for contact in page["contacts"]:
        for key, known in (("phone_numbers", phone), ("street_addresses", address)):
            for entry in contact.get(key, []):
                if entry["kind"] not in known:
                    raise Fault(f"{key}: {entry['kind']} is none of {sorted(known)}")


def json_import(body):
    custom = models.JsonImportContact.model_fields["cfcustom_field_name"].alias
    plain = {**body, "import_data": []}
    for contact in body["import_data"]:
        own = {key: value for key, value in contact.items() if not key.startswith("cf:")}
        fields = {key: value for key, value in contact.items() if key.startswith("cf:")}
        if len(fields) > 25:
            raise Fault("more than 25 custom fields")
        plain["import_data"].append(own)
        # The document has one property that stands for them all.
        for value in fields.values():
            accept(models.JsonImportContact, {custom: value})
    accept(models.ContactsJsonImport, plain)
    if len(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()) > BODY_LIMIT:
        raise Fault("larger than 4 MB")


def file_import(text):
    said = str(inspect.signature(BulkActivitiesApi.create_csv_import_activity))
    headings = set(re.findall(r"`([a-z_0-9]+)`", said)) - {"explicit", "not_set"}
    assert {"email", "street2", "company_name"} <= headings, headings
    rows = list(csv.reader(text.splitlines(keepends=True)))
    for heading in rows[0]:
        if heading not in headings and not heading.startswith("cf:"):
            raise Fault(f"{heading} is no heading of the file")
    if "email" not in rows[0] or len(set(rows[0])) != len(rows[0]):
        raise Fault("no e-mail address, or a heading twice")
    if text.count("\n") > LINE_LIMIT or len(text.encode()) > BODY_LIMIT:
        raise Fault("more than 40,000 lines or 4 MB")
    if any(len(row) != len(rows[0]) for row in rows):
        raise Fault("ragged")


def export_request(body):
    # The page has an array of one where the document has the one.
    [segment] = body["segment_ids"]
    request = {key: value for key, value in body.items() if key != "segment_ids"}
    accept(models.ContactsExport, {**request, "segment_id": int(segment)})


def good(check, body, what):
    global checked
    checked += 1
    try:
        check(body)
    except Fault as fault:
        sys.exit(f"vendor shapes: {what} is not what the vendor takes: {fault}")


def bad(check, body, what, *changes):
    """Every change must make the body one that is refused: else the check can't fail."""
    global refused
    for change in changes:
        broken = copy.deepcopy(body)
        broken = change(broken) or broken
        try:
            check(broken)
        except (Fault, ValueError):
            refused += 1
            continue
        sys.exit(f"vendor shapes: {what}: a broken one passes: {inspect.getsource(change).strip()}")


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def model(of):
    return lambda body: accept(of, body)


def check_contacts():
    more = ["--lists", "lists.json", "--tags", "tags.json", "--fields", "custom_fields.json"]
    for dump in ("contacts.json", "contacts.csv"):
        for segment in ("untagged", "new-england-directors", "non-openers-us"):
            tracking = ["-t", "tracking.jsonl", "--campaigns", "campaigns.csv"]
            arguments = [f"segments/{segment}.json", "--form", "cc-contacts", "-c", dump, *tracking]
            pages = lines(segkit(*arguments, *more, "--limit", "20"))
            for page in pages:
                good(contacts, page, f"cc-contacts of {segment} over {dump}")
            assert ["next" in page["_links"] for page in pages] == [True] * (len(pages) - 1) + [False]
    full = next(contact for page in pages for contact in page["contacts"]
                if contact["phone_numbers"] and contact["street_addresses"])
    bad(contacts, {"contacts": [full], "_links": {}}, "cc-contacts",
        lambda page: page["contacts"][0].update(birthday_month="11"),
        lambda page: page["contacts"][0].update(first_name="x" * 51),
        lambda page: page["contacts"][0].update(shoe_size="43"),
        lambda page: page["contacts"][0].update(created_at="soon"),
        lambda page: page["contacts"][0].update(custom_fields=[{"custom_field_id": "f"}] * 26),
        lambda page: page["contacts"][0].update(custom_fields=[{"value": "v"}]),
        lambda page: page["contacts"][0]["email_address"].pop("address"),
        lambda page: page["contacts"][0]["street_addresses"][0].pop("kind"),
        lambda page: page["contacts"][0]["street_addresses"][0].update(zip="02108"),
        lambda page: page["contacts"][0]["phone_numbers"][0].update(kind="fax"),
        lambda page: page["contacts"][0].update(list_memberships=["l"] * 51))


def check_bodies():
    form = ["segments/new-england-directors.json", "--lists", "lists.json", "-c", "contacts.json"]
    [body] = lines(segkit(*form, "--form", "cc-contact-list", "--description", "d", "--favorite"))
    good(model(models.ListInput), body, "cc-contact-list")
    bad(model(models.ListInput), body, "cc-contact-list",
        lambda body: body.pop("name") and None,
        lambda body: body.update(name="x" * 256),
        lambda body: body.update(favourite=True))

    export = [*form, "--form", "cc-contact-exports", "--segment-id", "16"]
    request, answer = lines(segkit(*export, "--select", "email_address,first_name"))
    good(export_request, request, "cc-contact-exports")
    bad(export_request, request, "cc-contact-exports",
        lambda body: body.update(fields="email_address"),
        lambda body: body.update(segment_ids=["16", "17"]),
        lambda body: body.update(columns=[]))
    answered = model(models.CreateExportActivity201Response)
    good(answered, answer, "the answer of cc-contact-exports")
    bad(answered, answer, "the answer of cc-contact-exports",
        lambda body: body.update(percent_done="100"),
        lambda body: body["status"].update(items_total=1),
        lambda body: body.update(created_at="soon"))

    with tempfile.TemporaryDirectory() as folder:
        activity = json.loads(pathlib.Path("tests/vendor/constant-contact/email-activity.json").read_text())
        # The page writes it as text, the document has it as a number.
        activity["format_type"] = int(activity["format_type"])
        del activity["segment_ids"]
        file = pathlib.Path(folder, "activity.json")
        file.write_text(json.dumps(activity))
        body = json.loads(segkit(
            *form, "--form", "cc-email-activity", "--segment-id", "16", "--activity", str(file)))
    assert body["segment_ids"] == [16]
    update = model(models.GetEmailCampaignActivity200Response)
    good(update, body, "cc-email-activity")
    bad(update, body, "cc-email-activity",
        lambda body: body.update(segment_ids=["16"]),
        lambda body: body.pop("subject") and None,
        lambda body: body.update(segments=[16]))


def check_imports():
    more = ["--lists", "lists.json", "--fields", "custom_fields.json"]
    form = ["segments/new-england-directors.json", *more, "-c", "contacts.json"]
    [body] = lines(segkit(*form, "--form", "cc-json-import", "--list-ids", "a,b"))
    good(json_import, body, "cc-json-import")
    bad(json_import, body, "cc-json-import",
        lambda body: body.update(list_ids=[]),
        lambda body: body.update(list_ids=["l"] * 51),
        lambda body: body["import_data"][0].update(birthday_day="24"),
        lambda body: body["import_data"][0].update(state="x" * 51),
        lambda body: body["import_data"][0].update(postal_code="1"),
        lambda body: body["import_data"][0].update({"cf:long": "x" * 256}),
        lambda body: body["import_data"][0].update({f"cf:{n}": "" for n in range(26)}),
        lambda body: body["import_data"].extend([{"email": "x" * 50}] * 70_000))
    text = segkit(*form, "--form", "cc-file-import")
    good(file_import, text, "cc-file-import")
    bad(file_import, text, "cc-file-import",
        lambda text: text.replace("email,", "email_address,", 1),
        lambda text: text + "one cell\n",
        lambda text: text + "\n".join("," * text.split("\n")[0].count(",") for _ in range(40_000)) + "\n")


def check_limits():
    """More than the vendor takes at once is cut, and nobody is lost or there twice."""
    people = 45_000
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "everyone.json").write_text(json.dumps(EVERYONE))
        with open(folder / "contacts.jsonl", "w") as file:
            for n in range(people):
                file.write(json.dumps({
                    "contact_id": f"c{n}", "email": f"person{n}@example.com", "first_name": "Zoë",
                    "street_addresses": [{"kind": kind, "street": f"{n} Long Street", "city": "Köln"}
                                         for kind in ("home", "work", "other")]}) + "\n")
        form = ["everyone.json", "-c", "contacts.jsonl"]
        lists = ",".join(f"l{n}" for n in range(60))
        bodies = lines(segkit(*form, "--form", "cc-add-list-memberships", "--list-ids", lists, cwd=folder))
        add = model(models.ListActivityAddContacts)
        for body in bodies:
            good(add, body, "cc-add-list-memberships")
        pairs = {(contact, of) for body in bodies for contact in body["source"]["contact_ids"]
                 for of in body["list_ids"]}
        assert len(pairs) == people * 60 and len(bodies) == people // 500 * 2, len(bodies)
        bad(add, bodies[0], "cc-add-list-memberships",
            lambda body: body["source"]["contact_ids"].append("one more"),
            lambda body: body["list_ids"].append("l51"),
            lambda body: body.update(contact_ids=[]),
            lambda body: body.pop("list_ids") and None)
        bodies = lines(segkit(*form, "--form", "cc-json-import", "--list-ids", "l", cwd=folder))
        for body in bodies:
            good(json_import, body, "cc-json-import")
        emails = [contact["email"] for body in bodies for contact in body["import_data"]]
        assert len(bodies) > 1 and emails == [f"person{n}@example.com" for n in range(people)]
        out = folder / "out"
        out.mkdir()
        segkit(*form, "--form", "cc-file-import", "--split", str(LINE_LIMIT - 1),
               "-o", "out/import.csv", "--select", "email,street", cwd=folder)
        emails = []
        for file in sorted(out.iterdir()):
            text = file.read_text()
            good(file_import, text, f"cc-file-import, {file.name}")
            emails += [row["email"] for row in csv.DictReader(text.splitlines())]
        assert len(list(out.iterdir())) > 1 and emails == [f"person{n}@example.com" for n in range(people)]


check_contacts()
check_bodies()
check_imports()
check_limits()
print(f"vendor shapes: {checked} bodies accepted, {refused} broken ones refused")
