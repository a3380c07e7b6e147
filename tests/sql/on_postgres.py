"""PostgreSQL: a server of its own on a free port of 127.0.0.1, in a folder of its own, stopped at the end."""

import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import psycopg
from database import Database


class Engine(Database):
    types = {"text": "text", "list": "text[]", "timestamp": "timestamp", "timestamptz": "timestamptz"}
    mark = "%s"

    def __init__(self):
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

    def clear(self):
        self.connection.rollback()

    def close(self):
        self.connection.close()
        self.server.send_signal(signal.SIGINT)
        self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
