"""Serves tables from a PostgreSQL server of its own, for the tests of `segkit eval --engine postgres`.

    python serve.py

Each line of standard input is {NAME: {"columns": [[NAME, KIND], ...], "rows": [...]}}: tables that take the
place of those before. Each is answered by a line with the connection string, {"ready": CONNECTION}, or
with {"missing": WHAT} where no server is installed. The server is stopped when the input ends.
"""

import json
import sys

from driver import Postgres, quoted


def serve(engine):
    address = engine.connection.info
    ready = {"ready": f"postgres://{address.user}:secret@{address.host}:{address.port}/{address.dbname}"}
    for line in sys.stdin:
        for name, table in json.loads(line).items():
            columns = ", ".join(f"{quoted(column)} {engine.types[kind]}" for column, kind in table["columns"])
            marks = ", ".join(engine.mark for _ in table["columns"])
            engine.execute(f"DROP TABLE IF EXISTS {quoted(name)}")
            engine.execute(f"CREATE TABLE {quoted(name)} ({columns})")
            if table["rows"]:
                engine.insert(f"INSERT INTO {quoted(name)} VALUES ({marks})", table["rows"])
        engine.connection.commit()
        print(json.dumps(ready), flush=True)


def main():
    try:
        engine = Postgres()
    except ImportError as error:
        print(json.dumps({"missing": str(error)}), flush=True)
        return
    try:
        serve(engine)
    finally:
        engine.close()


main()
