"""Serves tables from a PostgreSQL server of its own, for the tests of `segkit eval --engine postgres`.

    python serve.py

Each line of standard input is {NAME: {"columns": [[NAME, KIND], ...], "rows": [...]}}: tables that take the
place of those before. Each is answered by a line with the connection string, {"ready": CONNECTION}, or
with {"missing": WHAT} where no server is installed. The server is stopped when the input ends.
"""

import json
import sys

from on_postgres import Engine


def serve(engine):
    address = engine.connection.info
    ready = {"ready": f"postgres://{address.user}:secret@{address.host}:{address.port}/{address.dbname}"}
    for line in sys.stdin:
        for name, table in json.loads(line).items():
            engine.execute(f"DROP TABLE IF EXISTS {engine.quoted(name)}")
            engine.load(name, table["columns"], table["rows"])
        engine.connection.commit()
        print(json.dumps(ready), flush=True)


def main():
    try:
        engine = Engine()
    except ImportError as error:
        print(json.dumps({"missing": str(error)}), flush=True)
        return
    try:
        serve(engine)
    finally:
        engine.close()


main()
