"""Checking what only an SQLite store has: its pages, its schema, its foreign keys."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from flipflop.store.model import RESTORE, Finding
from flipflop.store.sql.columns import KIND_CODES
from flipflop.store.sqlite import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.store.sql.engine import Sql


def checks(sql: Sql) -> Iterator[Finding]:
    """Yield what does not hold."""
    yield from _file(sql)
    yield from _schema(sql)
    yield from _foreign_keys(sql)


def _file(sql: Sql) -> Iterator[Finding]:
    for (said,) in sql.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Finding(f"SQLite finds the file damaged: {said}", RESTORE)


def _schema(sql: Sql) -> Iterator[Finding]:
    """Tables, views, indexes and above all triggers are the ones that flipflop makes in this version of the schema."""
    (version,) = sql.execute("PRAGMA user_version").fetchone()
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(schema.creation(version))
        wanted = _definitions(fresh)
    found = _definitions(sql)
    for name, definition in wanted.items():
        if name not in found:
            yield Finding(f"{' '.join(name)} is missing", f"somebody took it out; {RESTORE}")
        elif found[name] != definition:
            yield Finding(f"{' '.join(name)} is not as flipflop makes it", f"somebody changed it; {RESTORE}")
    for name in found.keys() - wanted.keys():
        if name[0] == "trigger":
            yield Finding(f"trigger {name[1]} is none of flipflop's", "find out who added it, and drop it")


def _definitions(connection: Sql) -> dict[tuple[str, str], str | None]:
    query = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    return {(kind, name): sql for kind, name, sql in connection.execute(query)}


def _foreign_keys(sql: Sql) -> Iterator[Finding]:
    for table, row, parent, _ in sql.execute("PRAGMA foreign_key_check"):
        seq = row if table in KIND_CODES else None
        yield Finding(f"a row of {table} points to no row of {parent}", RESTORE, seq)
