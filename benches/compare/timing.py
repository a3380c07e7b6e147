"""How a command is measured: once for its answer and its peak memory, then by hyperfine for its time."""

import json
import os
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

WARMUPS = 1
GNU_TIME = Path("/usr/bin/time")


@dataclass
class Once:
    answer: str
    peak: float
    """The largest resident set, in MiB; pages of files that were mapped are among it."""


class Failed(Exception):
    """A command that ended with an error: its status and what it said."""

    def __init__(self, command: list[str], status: int, said: str) -> None:
        super().__init__(f"{shlex.join(command)}\nended with status {status}:\n{said.strip()}")
        self.status = status
        self.said = said


def once(command: list[str]) -> Once:
    with tempfile.NamedTemporaryFile("r") as kib, tempfile.TemporaryFile("w+") as errors:
        # A child starts with the peak of the process that it was forked from: GNU time is small, this
        # one isn't.
        timed = GNU_TIME.exists()
        before = [str(GNU_TIME), "--quiet", "--format=%M", f"--output={kib.name}"] if timed else []
        child = subprocess.Popen([*before, *command], stdout=subprocess.PIPE, stderr=errors, text=True)
        assert child.stdout is not None
        answer = child.stdout.read()
        _, ended, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(ended)
        if child.returncode != 0:
            errors.seek(0)
            raise Failed(command, child.returncode, errors.read())
        peak = int(kib.read()) if timed else usage.ru_maxrss
    return Once(answer, peak / 1024)


def medians(commands: list[list[str]], runs: int) -> list[float]:
    """Seconds of the wall clock, the median of the runs of each; files come from the page cache."""
    with tempfile.NamedTemporaryFile("r") as figures:
        hyperfine = ["hyperfine", "--shell=none", "--style=basic", f"--warmup={WARMUPS}"]
        hyperfine += [f"--runs={runs}", f"--export-json={figures.name}"]
        hyperfine += [shlex.join(command) for command in commands]
        run = subprocess.run(hyperfine, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            sys.exit(f"compare: hyperfine: {run.stderr}")
        return [result["median"] for result in json.load(figures)["results"]]


def logged_median(log: Path) -> float:
    """The median of the seconds that a peer told of itself, without the warm-ups."""
    seconds = [float(line) for line in log.read_text(encoding="utf-8").split()]
    return median(seconds[WARMUPS:])
