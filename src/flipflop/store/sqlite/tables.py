"""What SQLite says otherwise than the others: many rows in one INSERT, words inside a column, guards out of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.store.sql.columns import filled, in_rows
from flipflop.store.sql.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flipflop.store.model import Finding
    from flipflop.store.sql.columns import Cell
    from flipflop.store.sqlite.bulk import Bulk

_ROWS = 50  # rows of one INSERT: SQLite takes a third less time for them than one by one


class FileTables(Tables):
    """The tables in a file."""

    contains = "instr({}, ?1)"
    whole = "iif(typeof({0}) = 'blob', {0}, NULL)"  # a text that is none cannot even be read

    def add(self, table: str, columns: Sequence[str], cells: list[Cell]) -> None:
        """Insert rows into one table, given as their cells, row after row: many rows by one INSERT, and the rest."""
        if len(cells) >= _ROWS * len(columns):
            columns, cells = filled(columns, cells)
        insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        row, width = f"({', '.join('?' * len(columns))})", len(columns)
        whole = len(cells) - len(cells) % (_ROWS * width)
        if whole:
            self.sql.executemany(insert + ", ".join([row] * _ROWS), in_rows(cells[:whole], _ROWS * width))
        self.sql.executemany(insert + row, in_rows(cells[whole:], width))

    def bulk(self) -> Bulk:
        """Take guards and the index of ids out of the way, in a transaction."""
        from flipflop.store.sqlite.bulk import Bulk

        return Bulk(self.sql)

    def restore(self) -> None:
        """Make the tables that follow from the log, and what guards and reads them, where somebody took them out."""
        from flipflop.store.sqlite.verify import missing

        for definition in missing(self.sql):
            self.sql.execute(definition)

    def strangers(self) -> list[str]:
        """Return the tables beside ours that somebody made, such as a full-text index: they may copy words."""
        from flipflop.store.sqlite.verify import strange

        return [name for kind, name in strange(self.sql) if kind == "table"]

    def drop_strangers(self) -> None:
        """Drop them, and the triggers that fill them; of a full-text index its own tables go with it."""
        from flipflop.store.sqlite.verify import strange

        found = strange(self.sql)
        for kind, name in found:
            if kind != "index":  # which goes with its table
                quoted = name.replace('"', '""')
                self.sql.execute(f'DROP {kind} IF EXISTS "{quoted}"')

    def checks(self) -> Iterator[Finding]:
        """Check the file and its schema."""
        from flipflop.store.sqlite.verify import checks

        return checks(self.sql)
