"""Trino, by its dialect."""

import re

from on_warehouse import Warehouse
from sqlglot import exp


class Engine(Warehouse):
    dialect = "trino"
    macros = {
        # "with_timezone(timestamp(p), zone): Returns the timestamp specified in timestamp with the time zone
        # specified in zone."
        "with_timezone": ("shown, place", "timezone(place, shown)"),
    }

    def mend(self, tree):
        # "Capturing groups can be referenced in replacement using $g for a numbered group." sqlglot leaves them so.
        for replace in tree.find_all(exp.RegexpReplace):
            by = replace.args["replacement"]
            by.set("this", re.sub(r"\$([0-9])", r"\\\1", by.this))
