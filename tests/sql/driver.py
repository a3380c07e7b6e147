"""Runs statements on a database engine, for the tests of `segkit sql`.

    python driver.py duckdb|postgres

Each line of standard input is a case: {"tables": {NAME: {"columns": [[NAME, KIND], ...], "rows": [...]}},
"sql": STATEMENT}. Each line of standard output is its answer: {"rows": [...]} or {"error": TEXT}. The
kinds are text, list, timestamp and timestamptz. Before all others comes a line that says {"ready": true}, or
{"missing": WHAT} where the engine isn't installed. All cases are run in one process; PostgreSQL's server
is started on a free port of 127.0.0.1, in a folder of its own, and stopped at the end.
"""

import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class DuckDb:
    types = {"text": "VARCHAR", "list": "VARCHAR[]", "timestamp": "TIMESTAMP", "timestamptz": "TIMESTAMPTZ"}
    mark = "?"

    def __init__(self):
        import duckdb

        self.duckdb = duckdb
        self.connection = duckdb.connect()

    def begin(self):
        self.connection.execute("BEGIN")

    def insert(self, statement, rows):
        self.connection.executemany(statement, rows)

    def run(self, statement):
        return self.connection.execute(statement).fetchall()

    def execute(self, statement):
        self.connection.execute(statement)

    def rollback(self):
        self.connection.execute("ROLLBACK")

    def close(self):
        self.connection.close()


class Postgres:
    types = {"text": "text", "list": "text[]", "timestamp": "timestamp", "timestamptz": "timestamptz"}
    mark = "%s"

    def __init__(self):
        import psycopg

        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
        if not found:
            raise ImportError("no PostgreSQL server in /usr/lib/postgresql")
        programs = os.path.dirname(found[-1])
        self.folder = tempfile.mkdtemp(prefix="segkit-postgres-")
        # The server refuses to be run by root.
        user = {"user": "postgres"} if os.getuid() == 0 else {}
        if user:
            shutil.chown(self.folder, "postgres")
        data = os.path.join(self.folder, "data")
        subprocess.run(
            [f"{programs}/initdb", "-D", data, "-A", "trust", "-U", "segkit", "-E", "UTF8", "--locale=C", "-N"],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **user,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.server = subprocess.Popen(
            [f"{programs}/postgres", "-D", data, "-p", str(port), "-k", self.folder, "-c", "listen_addresses=127.0.0.1",
             "-c", "fsync=off", "-c", "jit=off"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder, **user,
        )
        for attempt in range(200):
            try:
                self.connection = psycopg.connect(host="127.0.0.1", port=port, user="segkit", dbname="postgres")
                break
            except psycopg.OperationalError:
                if attempt == 199 or self.server.poll() is not None:
                    raise
                time.sleep(0.1)

    def begin(self):
        pass

    def insert(self, statement, rows):
        with self.connection.cursor() as cursor:
            cursor.executemany(statement, rows)

    def run(self, statement):
        with self.connection.cursor() as cursor:
            cursor.execute(statement.encode())
            return cursor.fetchall()

    def execute(self, statement):
        self.connection.execute(statement.encode())

    def rollback(self):
        self.connection.rollback()

    def close(self):
        self.connection.close()
        self.server.send_signal(signal.SIGINT)
        self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


ENGINES = {"duckdb": DuckDb, "postgres": Postgres}


def answer(engine, case):
    engine.begin()
    try:
        for name, table in case["tables"].items():
            columns = ", ".join(f"{quoted(column)} {engine.types[kind]}" for column, kind in table["columns"])
            engine.execute(f"CREATE TABLE {quoted(name)} ({columns})")
            marks = ", ".join(engine.mark for _ in table["columns"])
            if table["rows"]:
                engine.insert(f"INSERT INTO {quoted(name)} VALUES ({marks})", table["rows"])
        return {"rows": [list(row) for row in engine.run(case["sql"])]}
    except Exception as error:
        return {"error": str(error)}
    finally:
        engine.rollback()


def main():
    try:
        engine = ENGINES[sys.argv[1]]()
    except ImportError as error:
        print(json.dumps({"missing": str(error)}), flush=True)
        return
    print(json.dumps({"ready": True}), flush=True)
    try:
        for line in sys.stdin:
            print(json.dumps(answer(engine, json.loads(line))), flush=True)
    finally:
        engine.close()


if __name__ == "__main__":
    main()
