"""Runs statements on a database engine, for the tests of `segkit sql`.

    python driver.py ENGINE

Each line of standard input is a case: {"tables": {NAME: {"columns": [[NAME, KIND], ...], "rows": [...]}},
"sql": STATEMENT}, with "first": [STATEMENT, ...] where others are to run before it. Each line of standard output is its answer: {"rows": [...]} or {"error": TEXT}. The
kinds are text, list, timestamp and timestamptz. Before all others comes a line that says {"ready": true}, or
{"missing": WHAT} where the engine isn't installed. All cases are run in one process. Each engine has a file
beside this one, whose class says how it is started (and made ready for a case), filled (`load`; `store` where
views and tables are to be made of what is there), given views and tables of statements (`make`), asked (`run`), and cleared of what a case made.
"""

import importlib
import json
import sys


def answer(engine, case):
    engine.begin()
    first = case.get("first", [])
    load = engine.store if first else engine.load
    try:
        for name, table in case["tables"].items():
            load(name, table["columns"], table["rows"])
        for statement in first:
            engine.make(statement)
        return {"rows": [list(row) for row in engine.run(case["sql"])]}
    except Exception as error:
        return {"error": str(error)}
    finally:
        engine.clear()


def main():
    try:
        engine = importlib.import_module(f"on_{sys.argv[1]}").Engine()
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
