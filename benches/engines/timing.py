#!/usr/bin/env python3
"""Times a statement of `segkit sql` on each engine, over generated dumps, beside segkit's own engine.

    python benches/engines/timing.py --segkit target/release/segkit [--work DIR] [--question b] [--engines duckdb,spark]

Run by a python with the engines, such as that of the folder which .ci/engines makes. DuckDB, PostgreSQL and
ClickHouse have the dumps as tables before the time is taken, once with all columns as text and once with times in
columns of their type; Spark reads the files, as segkit does. The question is asked twice: with the campaigns' times as
activities show them, and with a list of campaigns. The members are counted and must be as many everywhere.
Each time is the best of so many runs. The data is what benches/compare measures on.
"""

import argparse
import csv
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "compare"), str(HERE.parents[1] / "tests" / "sql")]

from data import ROOT, World
from tools import criteria

AS_OF = "2024-06-01"
TABLES = ("contacts", "activities")
# Columns of times, by the field that a mapping names.
TIMES = {"contacts": ("date_added", "date_updated"), "activities": ("at",)}
TYPED = [f"--column={table}.{column}={column}:timestamptz" for table, columns in TIMES.items() for column in columns]


def options():
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add = parser.add_argument
    add("--segkit", type=Path, default=ROOT / "target" / "release" / "segkit", help="the binary")
    add("--work", type=Path, default=ROOT / "target" / "compare", help="where data is kept [target/compare]")
    add("--contacts", type=int, default=1_000_000)
    add("--activities", type=int, default=10_000_000)
    add("--question", default="b", help="of benches/compare/questions [b]")
    add("--engines", default="duckdb,clickhouse,postgres,spark", help="[all four]")
    add("--runs", type=int, default=3, help="[3]")
    return parser.parse_args()


def run(command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout


def header(file):
    with open(file, newline="", encoding="utf-8") as rows:
        return next(csv.reader(rows))


class DuckDb:
    def __init__(self):
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 2")
        self.version = duckdb.__version__

    def load(self, name, file, times):
        replaced = ", ".join(f"TRY_CAST(NULLIF(\"{column}\", '') AS TIMESTAMPTZ) AS \"{column}\"" for column in times)
        columns = f"* REPLACE ({replaced})" if times else "*"
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {columns} FROM read_csv('{file}', all_varchar = true)")

    def run(self, statement):
        return len(self.connection.execute(statement).fetchall())

    def close(self):
        self.connection.close()


class ClickHouse:
    def __init__(self):
        from chdb import session

        self.session = session.Session()
        self.session.query("SET max_threads = 2")
        self.version = str(self.session.query("SELECT version()", "TSV")).strip()

    def load(self, name, file, times):
        of_time = "Nullable(DateTime64(6, 'UTC'))"
        parts = [f"parseDateTime64BestEffortOrNull({c}, 6, 'UTC') AS {c}" if c in times else c for c in header(file)]
        structure = ", ".join(f"{column} String" for column in header(file))
        declared = ", ".join(f"{c} {of_time if c in times else 'String'}" for c in header(file))
        self.session.query(f"DROP TABLE IF EXISTS {name}")
        self.session.query(f"CREATE TABLE {name} ({declared}) ENGINE = MergeTree ORDER BY tuple()")
        self.session.query(f"INSERT INTO {name} SELECT {', '.join(parts)} FROM file('{file}', CSVWithNames, '{structure}')")

    def run(self, statement):
        return len(str(self.session.query(statement, "TSV")).splitlines())

    def close(self):
        self.session.close()


class Postgres:
    def __init__(self):
        from on_postgres import Engine

        self.engine = Engine()
        self.version = str(self.engine.run("SHOW server_version")[0][0])
        for setting in ("work_mem = '512MB'", "max_parallel_workers_per_gather = 1"):
            self.engine.execute(f"SET {setting}")

    def load(self, name, file, times):
        columns = header(file)
        declared = ", ".join(f"{column} text" for column in columns)
        self.engine.execute(f"DROP TABLE IF EXISTS {name}")
        self.engine.execute(f"CREATE TABLE {name} ({declared})")
        with self.engine.connection.cursor() as cursor:
            with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv, HEADER)") as copy, open(file, "rb") as rows:
                while part := rows.read(1 << 20):
                    copy.write(part)
        for column in times:
            to = f"ALTER TABLE {name} ALTER {column} TYPE timestamptz USING NULLIF({column}, '')::timestamptz"
            self.engine.execute(to)
        self.engine.execute(f"ANALYZE {name}")

    def run(self, statement):
        return len(self.engine.run(statement))

    def close(self):
        self.engine.close()


class Spark:
    def __init__(self):
        from spark_plan import session

        self.session = session("local[2]")
        self.version = self.session.version

    def load(self, name, file, times):
        frame = self.session.read.csv(str(file), header=True, escape='"')
        for column in times:
            frame = frame.withColumn(column, frame[column].cast("timestamp"))
        frame.createOrReplaceTempView(name)

    def run(self, statement):
        return len(self.session.sql(statement).collect())

    def close(self):
        self.session.stop()


ENGINES = {"duckdb": DuckDb, "clickhouse": ClickHouse, "postgres": Postgres, "spark": Spark}


def best(runs, once):
    """The shortest of some runs, and what they found, which is the same."""
    seconds, found = [], set()
    for _ in range(runs):
        begun = time.monotonic()
        found.add(once())
        seconds.append(time.monotonic() - begun)
    assert len(found) == 1, found
    return min(seconds), found.pop()


def main():
    given = options()
    folder = World(given.contacts, given.activities, seed=1).folder(given.work, "csv").resolve()
    question = criteria(given.question)
    asked = [question, "--no-config", "--as-of", AS_OF]
    ways = ([], ["--campaigns", folder / "campaigns.csv"])
    dumps = ["--contacts", folder / "contacts.csv", "--tracking", folder / "activities.csv"]
    evaluating = [given.segkit, "eval", *asked, *dumps, "--quiet", "--format", "count", "--threads", "2"]
    own = [best(given.runs, lambda: int(run([*evaluating, *way]))) for way in ways]
    members = [found for _, found in own]
    print(f"question {given.question}, {given.contacts:,} contacts, {given.activities:,} activities; members: {members}")
    print("| engine | over | loading, s | campaigns as seen, s | as listed, s |\n|---|---|---|---|---|")
    show = lambda *cells: print(f"| {' | '.join(cells)} |", flush=True)
    show("segkit's own", "files", "", *(f"{seconds:.1f}" for seconds, _ in own))
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    for name in given.engines.split(","):
        engine = ENGINES[name]()
        for over, flags in (("times in text", []), ("times in their type", TYPED)):
            begun = time.monotonic()
            for table in TABLES:
                engine.load(table, folder / f"{table}.csv", TIMES[table] if flags else ())
            loading = f"{time.monotonic() - begun:.0f}" if name != "spark" else "files"
            taken = []
            for way, expected in zip(ways, members):
                statement = run([given.segkit, "sql", *asked, "--engine", name, *way, *flags]).rstrip().rstrip(";")
                seconds, found = best(given.runs, lambda: engine.run(statement))
                assert found == expected, f"{name}: {found} members, {expected} of segkit's own engine"
                taken.append(f"{seconds:.1f}")
            show(f"{name} {engine.version}", over, loading, *taken)
        engine.close()


if __name__ == "__main__":
    main()
