"""Spark: one session over two workers, each a process of its own, so that plans are truly distributed.

Settings of the session that statements must not depend on change from case to case.
"""

import datetime
import itertools
import os
import re
import shutil
import tempfile

WORKERS = "local-cluster[2,1,1024]"

# What a case may be run under; the numbers of values have no common divisor.
SETTINGS = {
    "spark.sql.session.timeZone": ["America/New_York", "Asia/Kathmandu", "UTC"],
    "spark.sql.parser.escapedStringLiterals": ["false", "true"],
    "spark.sql.ansi.enabled": ["true", "true", "false", "false", "false"],
    "spark.sql.ansi.doubleQuotedIdentifiers": ["false", "false", "false", "false", "true", "true", "true"],
    # Code made for a statement takes seconds to be compiled, over a handful of rows.
    "spark.sql.codegen.wholeStage": ["true"] + ["false"] * 10,
    "spark.sql.codegen.factoryMode": ["FALLBACK"] + ["NO_CODEGEN"] * 10,
}


class Engine:
    def __init__(self):
        if not shutil.which("java") and "JAVA_HOME" not in os.environ:
            raise ImportError("no Java for Spark")
        self.folder = tempfile.mkdtemp(prefix="segkit-spark-")
        os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": self.folder}
        from pyspark.sql import SparkSession, types

        self.types = {
            "text": types.StringType(),
            "list": types.ArrayType(types.StringType()),
            "timestamp": types.TimestampNTZType(),
            "timestamptz": types.TimestampType(),
        }
        self.schema = lambda fields: types.StructType([types.StructField(name, self.types[kind]) for name, kind in fields])
        options = {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.log.level": "OFF",
            "spark.local.dir": self.folder,
            "spark.sql.warehouse.dir": os.path.join(self.folder, "warehouse"),
            "spark.sql.shuffle.partitions": "3",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = SparkSession.builder.master(os.environ.get("SEGKIT_SPARK_MASTER", WORKERS))
        for name, value in options.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")
        self.number = itertools.count()
        self.made = []

    def begin(self):
        number = next(self.number)
        for name, values in SETTINGS.items():
            self.session.conf.set(name, values[number % len(values)])

    def load(self, name, columns, rows):
        frame, name = self.frame(columns, rows), self.quoted(name)
        frame.createOrReplaceTempView(name)
        self.made.append(f"VIEW {name}")

    def store(self, name, columns, rows):
        """A table rather than a view of this session, which no other view can be made of."""
        name = self.quoted(name)
        self.frame(columns, rows).write.saveAsTable(name)
        self.made.append(f"TABLE {name}")

    def make(self, statement):
        self.session.sql(statement)
        [(kind, name)] = re.findall(r"^CREATE (?:OR REPLACE )?(VIEW|TABLE) (\S+)", statement)
        self.made.append(f"{kind} IF EXISTS {name}")

    def quoted(self, name):
        return "`" + name.replace("`", "``") + "`"

    def frame(self, columns, rows):
        readers = [self.reader(kind) for _, kind in columns]
        rows = [tuple(read(value) for read, value in zip(readers, row)) for row in rows]
        frame = self.session.createDataFrame(rows, self.schema(columns), verifySchema=False)
        # Spread over both workers, and over more parts than there are workers.
        return frame.repartition(3)

    def reader(self, kind):
        if kind not in ("timestamp", "timestamptz"):
            return lambda value: value
        return lambda value: None if value is None else datetime.datetime.fromisoformat(value)

    def run(self, statement):
        return self.session.sql(statement).collect()

    def clear(self):
        while self.made:
            self.session.sql(f"DROP {self.made.pop()}")

    def close(self):
        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
