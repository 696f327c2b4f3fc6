"""What PostgreSQL says otherwise than SQLite: where values go in a query, COPY, and words inside a column."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flipflop.store.sql.columns import in_rows
from flipflop.store.sql.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from psycopg import Connection, RawCursor

    from flipflop.store.model import Finding
    from flipflop.store.sql.columns import Cell


class ServerSql:
    """Runs the queries of ``Tables`` on a connection to PostgreSQL."""

    def __init__(self, connection: Connection, cursors: type[RawCursor]) -> None:
        self.connection = connection
        self._cursors = cursors

    def execute(self, query: str, values: Sequence[Cell] = (), /) -> RawCursor:
        """Run one query; its rows are here when it returns."""
        return self._cursors(self.connection).execute(numbered(query).encode(), values)

    def executemany(self, query: str, rows: Iterable[Sequence[Cell]], /) -> None:
        """Run one query for each row of values."""
        self._cursors(self.connection).executemany(numbered(query).encode(), rows)

    def run(self, script: str) -> None:
        """Run several statements at once."""
        self.connection.execute(script.encode())

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Insert rows by COPY, of which no server writes the values into its log."""
        with (
            self._cursors(self.connection) as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)


class ServerTables(Tables):
    """The tables on a server."""

    contains = "strpos(CAST({} AS text), ?1) > 0"
    whole = "{0}"

    def __init__(self, connection: ServerSql) -> None:
        super().__init__(connection)
        self._copy = connection.copy
        self._run = connection.run

    def add(self, table: str, columns: Sequence[str], cells: list[Cell]) -> None:
        """Insert rows into one table, given as their cells, row after row."""
        if cells:
            self._copy(table, columns, in_rows(cells, len(columns)))

    def bulk(self) -> None:
        """Nothing need be done: the guards of a server look at whole statements."""

    def restore(self) -> None:
        """Make the tables that follow from the log where somebody took them out."""
        from flipflop.store.postgres.schema import derived_tables

        self._run(derived_tables())

    def strangers(self) -> list[str]:
        """Return the tables beside ours that somebody made in our schema: they may keep copies of words."""
        from flipflop.store.postgres.verify import strange

        return [name for name, kind in strange(self.sql) if kind != "v"]

    def drop_strangers(self) -> None:
        """Drop them, and the triggers that fill them."""
        from flipflop.store.postgres.verify import KINDS, strange, strange_triggers

        for name, table in strange_triggers(self.sql):
            self.sql.execute(f"DROP TRIGGER {_quoted(name)} ON {_quoted(table)}")
        for name, kind in strange(self.sql):
            self.sql.execute(f"DROP {KINDS[kind]} IF EXISTS {_quoted(name)} CASCADE")

    def checks(self) -> Iterator[Finding]:
        """Check the triggers, and what they rest on."""
        from flipflop.store.postgres.verify import checks

        return checks(self.sql)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@lru_cache(maxsize=1024)
def numbered(query: str) -> str:
    """Return a query with ``$1``, ``$2`` … in place of ``?`` (one after another) or ``?1``, ``?2`` …."""
    parts = re.split(r"\?(\d*)", query)
    places = enumerate(zip(parts[1::2], parts[2::2], strict=True), start=1)
    return parts[0] + "".join(f"${number or place}{text}" for place, (number, text) in places)
