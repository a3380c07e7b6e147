#!/usr/bin/env python3
"""Runs a statement of `segkit sql` on Spark over generated dumps, and checks the plan that Spark made of it.

    python benches/engines/spark_plan.py --segkit target/release/segkit [--work DIR] [--question b]

Run by a python with pyspark, such as that of the folder which .ci/engines makes. The plan is the one that was
run, after all that Spark changes on its way. It must read the activities once, hand the sets of campaigns to all
workers, and hold no product of two tables; a pattern for times must run once for a row. The members are
counted against those of `segkit eval`. The data is what benches/compare measures on.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "compare"))

from data import ROOT, World
from tools import criteria

AS_OF = "2024-06-01"
# Part of the pattern of times that stands in it once.
TIMES = "[Uu][Tt][Cc]"
WHITE_SPACE = re.compile(r"Some\(\t[^)]*\u3000\)")


def options():
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add = parser.add_argument
    add("--segkit", type=Path, default=ROOT / "target" / "release" / "segkit", help="the binary")
    add("--work", type=Path, default=ROOT / "target" / "compare", help="where data is kept [target/compare]")
    add("--contacts", type=int, default=1_000_000)
    add("--activities", type=int, default=10_000_000)
    add("--question", default="b", help="of benches/compare/questions [b]")
    add("--master", default="local-cluster[2,1,2048]", help="[local-cluster[2,1,2048]]")
    return parser.parse_args()


def run(command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout


def session(master):
    import os

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master)
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "2g",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.maxMetadataStringLength": "10000",
        "spark.sql.maxPlanStringLength": "10000000",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def final(plan):
    """What was run, of a plan that also says what was meant to be. Literals of white space would part its lines."""
    return WHITE_SPACE.sub("white space", plan.split("+- == Initial Plan ==")[0])


def checks(plan):
    """What must hold of a plan: what it is, and how often it is found."""
    lines = plan.splitlines()
    scans = [line for line in lines if "FileScan" in line]
    of_campaigns = re.compile(r"BroadcastHashJoin \[campaign#\d+\], \[campaign#\d+\], LeftOuter, BuildRight")
    reads = {name: sum(f"/{name}.csv" in scan for scan in scans) for name in ("contacts", "activities")}
    yield "no product of two tables", not any("CartesianProduct" in line or "NestedLoopJoin" in line for line in lines)
    yield "the sets of campaigns are handed to all workers", any(of_campaigns.search(line) for line in lines)
    yield f"activities are read once (contacts {reads['contacts']} times)", reads["activities"] == 1
    # Contacts have times as well, where they are read for more than their key.
    worst = max((line.count(TIMES) for line in lines), default=0)
    yield f"a pattern for times runs once for a row, in {plan.count(TIMES)} places", worst <= 1


def main():
    given = options()
    folder = World(given.contacts, given.activities, seed=1).folder(given.work, "csv")
    question = criteria(given.question)
    statement = run([given.segkit, "sql", question, "--no-config", "--engine", "spark", "--as-of", AS_OF])
    spark = session(given.master)
    for name in ("contacts", "activities"):
        frame = spark.read.csv(str(folder / f"{name}.csv"), header=True, escape='"')
        frame.createOrReplaceTempView(name)
    asked = spark.sql(statement)
    begun = time.monotonic()
    found = len(asked.collect())
    seconds = time.monotonic() - begun
    plan = final(asked._jdf.queryExecution().executedPlan().toString())
    print("\n".join(line[:240] for line in plan.splitlines()))
    told = ["eval", question, "--no-config", "--quiet", "--as-of", AS_OF, "--format", "count", "--contacts", folder / "contacts.csv"]
    expected = run([given.segkit, *told, "--tracking", folder / "activities.csv"]).split()
    print(f"Spark {spark.version} on {given.master}: {found:,} members in {seconds:.1f} s; segkit: {' '.join(expected)}")
    spark.stop()
    held = [*checks(plan), ("as many members as of segkit", str(found) in expected)]
    for what, holds in held:
        print(f"{'ok' if holds else 'FAILED'}: {what}")
    sys.exit(0 if all(holds for _, holds in held) else 1)


if __name__ == "__main__":
    main()
