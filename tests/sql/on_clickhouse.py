"""ClickHouse, in the process of the driver (chdb): a database for each case. Columns of text are in turn
declared in each way that ClickHouse has, as far as their values let them be."""

import json

from chdb import session
from database import Database


class Engine(Database):
    texts = ["String", "Nullable(String)", "LowCardinality(String)", "LowCardinality(Nullable(String))"]
    lists = ["Array(String)", "Array(Nullable(String))", "Array(LowCardinality(String))"]
    # Settings of a server that change what expressions mean; each is in turn on and off.
    settings = ["join_use_nulls", "transform_null_in", "prefer_column_name_to_alias", "aggregate_functions_null_for_empty"]
    times = ["DateTime64(6, 'UTC')", "Nullable(DateTime64(6, 'UTC'))"]

    def __init__(self):
        self.session = session.Session()
        self.cases = 0

    def begin(self):
        self.cases += 1
        self.session.query("CREATE DATABASE segkit")
        self.session.query("USE segkit")

    def declared(self, number, kind, values):
        types = {"text": self.texts, "list": self.lists}.get(kind, self.times)
        if None in values:
            types = [of for of in types if "Nullable" in of]
        return types[(self.cases + number) % len(types)]

    def quoted(self, name):
        return '"' + name.replace("\\", "\\\\").replace('"', '""').replace("\0", "\\0") + '"'

    def load(self, name, columns, rows):
        declared = ", ".join(
            f"{self.quoted(column)} {self.declared(number, kind, [row[number] for row in rows])}"
            for number, (column, kind) in enumerate(columns)
        )
        self.session.query(f"CREATE TABLE {self.quoted(name)} ({declared}) ENGINE = Memory")
        lines = "\n".join(json.dumps(row) for row in rows)
        if rows:
            self.session.query(
                f"INSERT INTO {self.quoted(name)} SETTINGS date_time_input_format = 'best_effort' "
                f"FORMAT JSONCompactEachRow {lines}"
            )

    def execute(self, statement):
        self.session.query(statement)

    def run(self, statement):
        turned = ", ".join(f"{name} = {self.cases >> at & 1}" for at, name in enumerate(self.settings))
        self.session.query(f"SET {turned}")
        answer = self.session.query(statement, "JSONCompactEachRow")
        return [json.loads(line) for line in str(answer).split("\n") if line]

    def clear(self):
        self.session.query("DROP DATABASE segkit")

    def close(self):
        self.session.close()
