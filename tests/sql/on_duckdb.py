"""DuckDB, in the process of the driver."""

import duckdb
from database import Database


class Engine(Database):
    types = {"text": "VARCHAR", "list": "VARCHAR[]", "timestamp": "TIMESTAMP", "timestamptz": "TIMESTAMPTZ"}
    mark = "?"

    def __init__(self):
        self.connection = duckdb.connect()

    def begin(self):
        self.connection.execute("BEGIN")

    def insert(self, statement, rows):
        self.connection.executemany(statement, rows)

    def run(self, statement):
        return self.connection.execute(statement).fetchall()

    def execute(self, statement):
        self.connection.execute(statement)

    def clear(self):
        self.connection.execute("ROLLBACK")

    def close(self):
        self.connection.close()
