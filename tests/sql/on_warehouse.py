"""Warehouses that can't be had here: a statement is read in the dialect of the warehouse by sqlglot, written for
DuckDB, and run there. Whatever sqlglot doesn't read, or has no translation for, is an error."""

import sqlglot
from on_duckdb import Engine as DuckDb
from sqlglot import exp
from sqlglot.errors import ErrorLevel


class Warehouse(DuckDb):
    dialect = ""
    # What sqlglot warns of, and needn't.
    known = set()
    # Functions that sqlglot hands on as they are, and what a macro of DuckDB says that they do: by the name
    # of the function, its parameters and its body, with the sentence of the warehouse's documentation beside it.
    macros = {}

    def __init__(self):
        super().__init__()
        self.execute("SET TimeZone = 'UTC'")
        for name, (parameters, body) in self.macros.items():
            self.execute(f"CREATE MACRO {name}({parameters}) AS {body}")

    def mend(self, tree):
        """Says in a statement what sqlglot can't know of it."""

    def translated(self, statement):
        [tree] = sqlglot.parse(statement, read=self.dialect, error_level=ErrorLevel.RAISE)
        for unread in tree.find_all(exp.Command, exp.Anonymous):
            if unread.name.lower() not in self.macros:
                raise ValueError(f"sqlglot doesn't read {unread.sql(self.dialect)}")
        self.mend(tree)
        # A comment that ends with its line would become one that ends with a mark.
        writer = sqlglot.Dialect.get_or_raise("duckdb").generator(comments=False, unsupported_level=ErrorLevel.IGNORE)
        translated = writer.generate(tree)
        for message in set(writer.unsupported_messages) - self.known:
            raise ValueError(f"sqlglot has no translation: {message}")
        return translated

    def run(self, statement):
        return super().run(self.translated(statement))

    def make(self, statement):
        self.execute(self.translated(statement))
