"""Asks ClickHouse, as the library chdb, one of the four questions; see question.py for how it is run.

Only the columns needed are named, campaign ids as integers: the fastest of the forms tried (on
2 M activities). Inferred types take up to 1.7 times as long, LowCardinality up to 1.6 times; UUID and
DateTime neither gain nor lose.
Every `chdb.query` starts an engine of its own, which takes about 0.03 s of the query's time; a session
would start apart from the query, but is the slower to come and go.
"""

import os

import chdb

from question import AS_OF, COUNTRY, LAST, LISTS, SENT, STATES, TITLE, WINDOWS, Asked, asked


def table(file: str, format: str, columns: str) -> str:
    return f"file('{os.path.abspath(file)}', {format}, '{columns}')"


def statement(asked: Asked) -> str:
    format = "CSVWithNames" if asked.format == "csv" else "JSONEachRow"
    type_of_lists = "String" if asked.format == "csv" else "Array(String)"
    lists = "splitByChar(';', lists)" if asked.format == "csv" else "lists"
    contacts = table(
        asked.file("contacts"),
        format,
        "contact_id String, title String, state String, country String,"
        f" lists {type_of_lists}, date_added String",
    )
    activities = table(
        asked.file("activities"), format, "contact_id String, campaign_id UInt64, type String, at String"
    )
    people = f"select count() from {contacts} where date_added <= '{AS_OF}'"
    local = f"lower(state) in {STATES} and startsWith(lower(title), '{TITLE}')"
    if asked.question == "a":
        return f"{people} and {local}"

    since, until = WINDOWS[asked.question]
    campaigns = table(asked.campaigns(), "CSVWithNames", "id UInt64, sent_at String")
    last = (
        f"select id from {campaigns} where sent_at between '{since}' and '{until}'"
        f" order by sent_at desc, id limit {LAST}"
    )
    rows = f"select contact_id from {activities} where at <= '{AS_OF}' and campaign_id in ({last})"
    openers = f"contact_id in ({rows} and type = 'open')"
    if asked.question == "b":
        return f"{people} and {openers}"
    if asked.question == "c":
        return f"{people} and {local} and hasAny({lists}, {LISTS}) and {openers}"
    sent = f"{rows} and type in {SENT} group by contact_id having countIf(type = 'open') = 0"
    return f"{people} and lower(country) = '{COUNTRY}' and contact_id in ({sent})"


def main() -> None:
    question = asked()
    sql = f"{statement(question)} settings max_threads = {question.threads}"
    question.answer(lambda: int(str(chdb.query(sql, "CSV"))))


main()
