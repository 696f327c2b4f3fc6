"""A store file of an earlier version, brought to this one's schema inside one transaction of its caller."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from flipflop.store import backend
from flipflop.store.log.rebuild import rebuild
from flipflop.store.sqlite import schema as file_schema
from flipflop.store.sqlite.tables import FileTables

if TYPE_CHECKING:
    from collections.abc import Iterator


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Take the steps from the version of a store to the next, in a transaction; another program may have been faster.

    What follows from the log is then worked out as this version does.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for step in range(version, backend.VERSION):
        for statement in statements(file_schema.MIGRATIONS[step]):
            connection.execute(statement)
    if version < backend.VERSION:
        rebuild(FileTables(connection))
    connection.execute(f"PRAGMA user_version = {backend.VERSION}")


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements (``executescript`` would commit the transaction around it)."""
    found = ""
    for line in script.splitlines(keepends=True):
        found += line
        if sqlite3.complete_statement(found):
            yield found
            found = ""
