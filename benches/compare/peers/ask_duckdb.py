"""Asks DuckDB one of the four questions; see question.py for how it is run.

All columns are named, as text but for campaign ids in JSON: the fastest of the forms tried (on 2 M
activities). Left to its sniffing, DuckDB reads times as TIMESTAMPTZ and, in JSON, ids as UUID, and takes
1.3 to 1.8 times as long.
"""

import duckdb

from question import AS_OF, COUNTRY, LAST, LISTS, SENT, STATES, TITLE, WINDOWS, Asked, asked

CONTACTS = [
    "contact_id", "email", "first_name", "last_name", "company_name", "title", "phone", "street", "city",
    "state", "postal_code", "country", "birthday_month", "lists", "tags", "date_added", "date_updated",
]  # fmt: skip
ACTIVITIES = ["contact_id", "email", "campaign_id", "type", "at", "url", "device"]
CAMPAIGNS = ["id", "name", "subject", "status", "sent_at"]

# JSON records name their columns, so that only those needed are asked for.
CONTACTS_JSON = {
    "contact_id": "VARCHAR", "title": "VARCHAR", "state": "VARCHAR", "country": "VARCHAR",
    "lists": "VARCHAR[]", "date_added": "VARCHAR",
}  # fmt: skip
ACTIVITIES_JSON = {"contact_id": "VARCHAR", "campaign_id": "BIGINT", "type": "VARCHAR", "at": "VARCHAR"}


def csv(file: str, columns: list[str]) -> str:
    types = dict.fromkeys(columns, "VARCHAR")
    dialect = "header = true, delim = ',', quote = '\"', escape = '\"'"
    return f"read_csv('{file}', columns = {types}, auto_detect = false, {dialect})"


def json(file: str, columns: dict[str, str]) -> str:
    return f"read_json('{file}', columns = {columns}, format = 'newline_delimited')"


def among(values: list[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def statement(asked: Asked) -> str:
    if asked.format == "csv":
        contacts = csv(asked.file("contacts"), CONTACTS)
        activities = csv(asked.file("activities"), ACTIVITIES)
        lists = "string_split(lists, ';')"
        id = "id"
    else:
        contacts = json(asked.file("contacts"), CONTACTS_JSON)
        activities = json(asked.file("activities"), ACTIVITIES_JSON)
        lists = "lists"
        id = "id::bigint"
    people = f"select count(*) from {contacts} where date_added <= '{AS_OF}'"
    local = f"lower(state) in {among(STATES)} and lower(title) like '{TITLE}%'"
    if asked.question == "a":
        return f"{people} and {local}"

    since, until = WINDOWS[asked.question]
    last = (
        f"select {id} from {csv(asked.campaigns(), CAMPAIGNS)} where sent_at between '{since}' and '{until}'"
        f" order by sent_at desc, id limit {LAST}"
    )
    rows = f"select contact_id from {activities} where \"at\" <= '{AS_OF}' and campaign_id in ({last})"
    openers = f"contact_id in ({rows} and type = 'open')"
    if asked.question == "b":
        return f"{people} and {openers}"
    if asked.question == "c":
        return f"{people} and {local} and list_has_any({lists}, {LISTS}) and {openers}"
    sent = f"{rows} and type in {among(SENT)} group by contact_id having not bool_or(type = 'open')"
    return f"{people} and lower(country) = '{COUNTRY}' and contact_id in ({sent})"


def main() -> None:
    question = asked()
    connection = duckdb.connect()
    connection.execute(f"set threads = {question.threads}")
    sql = statement(question)
    question.answer(lambda: connection.execute(sql).fetchone()[0])


main()
