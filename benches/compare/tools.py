"""The tools that are compared, each as the command line that puts one question to one folder of data."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from peers.question import AS_OF

HERE = Path(__file__).resolve().parent
QUESTIONS = {
    "a": "contact fields only: in MA or RI, with a title that starts with `dir`",
    "b": "opened any of the last five campaigns",
    "c": "opened any of the last five of a range, on either list, in either state, by title",
    "d": "sent but did not open any of the last five campaigns, in the US",
}
PEERS = {"duckdb": "DuckDB", "polars": "Polars", "chdb": "ClickHouse (chdb)"}


def criteria(question: str) -> Path:
    return HERE / "questions" / f"{question}.json"


def files(criteria: Path, format: str, folder: Path) -> list[Path]:
    """The dumps that criteria ask for: the contacts and, where there are tracking rules, the activities."""
    tracking = '"tracking"' in criteria.read_text(encoding="utf-8")
    names = ["contacts", "activities"] if tracking else ["contacts"]
    return [folder / f"{name}.{format}" for name in names]


@dataclass
class Segkit:
    binary: Path
    threads: int

    def __post_init__(self) -> None:
        told = subprocess.run([self.binary, "eval", "--help"], capture_output=True, text=True, check=True)
        self.takes_threads = "--threads" in told.stdout

    def command(self, criteria: list[Path], format: str, folder: Path) -> list[str]:
        contacts, *activities = files(criteria[0], format, folder)
        command = [self.binary, "eval", *criteria, "--no-config", "--quiet", "--contacts", contacts]
        if activities:
            command += ["--tracking", *activities, "--campaigns", folder / "campaigns.csv"]
        command += ["--as-of", AS_OF, "--format", "count"]
        if self.takes_threads:
            command += ["--threads", self.threads]
        return [str(word) for word in command]


@dataclass
class Peer:
    name: str
    python: Path
    threads: int

    def command(self, question: str, format: str, folder: Path, log: Path | None = None) -> list[str]:
        script = HERE / "peers" / f"ask_{self.name}.py"
        command = [self.python, script, question, format, folder, self.threads]
        return [str(word) for word in command + ([log] if log else [])]


def count_lines(question: str, format: str, folder: Path) -> list[str]:
    """`wc -l` of the dumps that a question asks for: the least that reading them takes."""
    return ["wc", "-l", *map(str, files(criteria(question), format, folder))]
