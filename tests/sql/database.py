"""What databases that take tables row by row have in common."""


class Database:
    # What each kind of column is declared as, and what stands for a value in a statement.
    types = {}
    mark = "?"

    def quoted(self, name):
        return '"' + name.replace('"', '""') + '"'

    def store(self, name, columns, rows):
        self.load(name, columns, rows)

    def make(self, statement):
        self.execute(statement)

    def load(self, name, columns, rows):
        declared = ", ".join(f"{self.quoted(column)} {self.types[kind]}" for column, kind in columns)
        self.execute(f"CREATE TABLE {self.quoted(name)} ({declared})")
        marks = ", ".join(self.mark for _ in columns)
        if rows:
            self.insert(f"INSERT INTO {self.quoted(name)} VALUES ({marks})", rows)
