"""What the peers' scripts share: the words of the four questions, how one is asked, how it answers.

A script is run as `ask_….py QUESTION FORMAT FOLDER THREADS [LOG]` and prints the number of members and
the seconds that the query alone took, without starting Python and importing the library; the seconds
are also added to LOG. Arguments are read without argparse, whose import would count against the peer.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

# All times in the data are of this one form, so that they compare as text.
FORM = "%Y-%m-%dT%H:%M:%SZ"
AS_OF = "2024-06-01T00:00:00Z"
FIVE_YEARS_BACK = (datetime.strptime(AS_OF, FORM) - timedelta(days=1825)).strftime(FORM)

# Campaigns sent within it, both ends included; of these the last five.
WINDOWS = {
    "b": (FIVE_YEARS_BACK, AS_OF),
    "c": ("2023-06-01T00:00:00Z", "2024-01-31T00:00:00Z"),
    "d": (FIVE_YEARS_BACK, AS_OF),
}
LAST = 5

# An activity of any of these kinds tells that the campaign was sent to the contact.
SENT = ["send", "open", "click", "bounce"]

STATES = ["ma", "ri"]
TITLE = "dir"
COUNTRY = "us"
LISTS = ["07936f78-662a-11eb-af0a-fa163e56c9b0", "04fe9a10-a579-43c5-bb1a-58ed29bf0a6a"]


@dataclass
class Asked:
    question: str
    format: str
    folder: str
    threads: int
    log: str | None

    def file(self, name: str) -> str:
        return f"{self.folder}/{name}.{self.format}"

    def campaigns(self) -> str:
        return f"{self.folder}/campaigns.csv"

    def answer(self, query: Callable[[], int]) -> None:
        """Runs the query, prints what it found and how long it took."""
        began = time.perf_counter()
        members = query()
        seconds = time.perf_counter() - began
        print(members, f"{seconds:.6f}")
        if self.log:
            with open(self.log, "a", encoding="utf-8") as log:
                log.write(f"{seconds:.6f}\n")


def asked() -> Asked:
    question, format, folder, threads, *log = sys.argv[1:]
    return Asked(question, format, folder, int(threads), log[0] if log else None)
