"""Runs one statement on Spark for `segkit eval --engine spark`.

    spark-submit spark.py JOB

JOB is a JSON file: {"files": [{"table", "path", "form", …}, …], "statements": [SQL, …], "query": SQL}. Each file
becomes a table of text with the columns c0, c1 …, or, of a path that only Spark opens, with those that it has; the statements make views of them; the rows of the query, a
column of text each, are written to standard output behind a mark, and an end behind the last. What Spark would read otherwise than segkit
does ends the run: lines are looked at as they stand before they are taken apart.
"""

import json
import sys
from csv import reader

from pyspark.sql import SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import MapType, StringType, StructField, StructType

OWN = "; segkit's own engine reads it: leave --engine out"


def quoted(character):
    return "\\" + character


def lines_of(spark, path):
    """The lines of a file, each with whether it is the first."""
    lines = spark.read.option("lineSep", "\n").text(path)
    # The first row of a partition that begins with the first byte.
    first = (f.expr("input_file_block_start()") <= 0) & (f.monotonically_increasing_id().bitwiseAND((1 << 33) - 1) == 0)
    return lines.select(f.regexp_replace("value", "\r$", "").alias("line"), first.alias("first"))


def refuse(bad, said, value):
    """`value`, unless `bad` holds."""
    return f.when(bad, f.raise_error(f.lit(said)).cast("string")).otherwise(value)


def strange(line):
    """Characters that stand for bytes that aren't UTF-8, and line breaks of another kind."""
    return line.contains("\ufffd") | line.contains("\r") | line.contains("\0")


def csv(spark, file):
    d = quoted(file["delimiter"])
    cell = f'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{d}][^{d}]*+|)'
    rows = f"^{cell}(?:{d}{cell}){{{file['width'] - 1}}}$"
    header, path = file["header"], file["path"]
    line = f.col("line")
    wrong_header = f.col("first") != (f.regexp_replace(line, "^\ufeff", "") == header)
    bad = strange(line) | ~line.rlike(rows) | (~f.col("first") & (line == header))
    checked = refuse(bad, f"{path}: a row whose cells can't be told apart, or with a line break in a cell{OWN}", line)
    checked = refuse(wrong_header, f"{path}: the header isn't the first line alone{OWN}", checked)
    lines = lines_of(spark, path).filter(line != "")
    # The order of both matters: a header is looked at, and then left out.
    lines = lines.select(checked.alias("line"), "first").filter(~f.col("first"))
    columns = [f"c{at}" for at in range(file["width"])]
    schema = StructType([StructField(column, StringType()) for column in columns])
    options = {"sep": file["delimiter"], "quote": '"', "escape": '"', "mode": "FAILFAST", "emptyValue": "", "maxCharsPerColumn": "-1"}
    parsed = lines.select(f.from_csv("line", schema.simpleString()[7:-1].replace(":", " "), options).alias("row"))
    return parsed.select("row.*")


def json_lines(spark, file):
    path, keys = file["path"], file["keys"]
    line = f.trim("line")
    shaped = line.startswith("{") & line.endswith("}")
    nested = line.rlike(r'"\s*:\s*(?:[\[{]|-?[0-9]+[.eE]|-0)') | line.rlike(r"\}\s*\{")
    said = f"{path}: a record over several lines or one of several on a line, a value that is nested, or a number that Spark would write otherwise{OWN}"
    checked = refuse(~shaped | nested | strange(line), said, line)
    lines = lines_of(spark, path).filter(f.trim("line") != "").select(checked.alias("line"))
    options = {"mode": "FAILFAST", "allowSingleQuotes": "false"}
    record = f.from_json("line", MapType(StringType(), StringType()), options)
    parsed = lines.select(record.alias("record"), f.json_object_keys("line").alias("keys"))
    known = f.array(*[f.lit(key) for key in keys])
    unknown = f.coalesce(f.size(f.array_except("keys", known)) > 0, f.lit(True))
    unknown = unknown | (f.size(f.array_distinct("keys")) < f.size("keys"))
    said = f"{path}: a record has a key twice, or one that none of the first records has{OWN}"
    values = [
        refuse(unknown, said, f.col("record").getItem(key)).alias(f"c{at}") for at, key in enumerate(keys)
    ]
    return parsed.select(*values)


def csv_path(spark, file):
    """CSV that nobody has looked at: the first line is the header, of each file the same."""
    path = file["path"]
    # A file a partition, so that each partition begins with a header.
    spark.conf.set("spark.sql.files.openCostInBytes", spark.conf.get("spark.sql.files.maxPartitionBytes"))
    first = spark.read.option("lineSep", "\n").text(path).first()
    header = (first[0] if first else "").removesuffix("\r").removeprefix("\ufeff")
    names = next(reader([header], delimiter=file["delimiter"]), [])
    if len(names) < 2 or len(set(names)) < len(names):
        raise ValueError(f"{path}: its first line isn't a header of several columns, each with a name of its own")
    return csv(spark, {**file, "width": len(names), "header": header}).toDF(*names)


def json_path(spark, file):
    """JSON Lines that nobody has looked at: the first records show which keys there are."""
    path, keys = file["path"], {}
    for row in spark.read.option("lineSep", "\n").text(path).limit(HEAD).collect():
        record = json.loads(row[0]) if row[0].strip() else {}
        if not isinstance(record, dict):
            raise ValueError(f"{path}: isn't JSON Lines: not an object a line")
        keys.update(dict.fromkeys(record))
    if not keys:
        raise ValueError(f"{path}: has no records")
    return json_lines(spark, {**file, "keys": list(keys)}).toDF(*keys)


def parquet_path(spark, file):
    return spark.read.parquet(file["path"])


# How many records show which keys there are.
HEAD = 1000

FORMS = {
    "csv": csv,
    "json": json_lines,
    "csv path": csv_path,
    "json path": json_path,
    "parquet path": parquet_path,
}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    spark = SparkSession.builder.appName("segkit eval").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        for file in job["files"]:
            FORMS[file["form"]](spark, file).createOrReplaceTempView(file["table"])
        for statement in job["statements"]:
            spark.sql(statement)
        out = sys.stdout
        for row in spark.sql(job["query"]).toLocalIterator():
            out.write(f"{job['mark']}{row[0]}\n")
        out.write(f"{job['end']}\n")
        out.flush()
    except Exception as error:
        text = str(getattr(error, "desc", None) or error)
        print(f"\n{job['failed']}{text.strip().splitlines()[0] if text.strip() else error!r}", file=sys.stderr, flush=True)
        sys.exit(1)
    finally:
        spark.stop()


main()
