"""BigQuery, by its dialect."""

import re

from on_warehouse import Warehouse
from sqlglot import exp


class Engine(Warehouse):
    dialect = "bigquery"

    def mend(self, tree):
        # "If the regular expression contains a capturing group, the function returns the substring matched by that
        # capturing group." sqlglot counts groups by Python's `re`, which doesn't know these two.
        for extract in tree.find_all(exp.RegexpExtract):
            pattern = extract.expression.this.replace(r"\p{Z}", " ").replace(r"\x{85}", r"\x85")
            groups = re.compile(pattern).groups
            if groups > 1:
                raise ValueError(f"BigQuery refuses more than one group: {pattern}")
            extract.set("group", exp.Literal.number(groups))
