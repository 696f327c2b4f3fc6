"""Checking what only an SQLite store has: its pages, its schema, its foreign keys."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from flipflop.store.model import REBUILD, RESTORE, Finding
from flipflop.store.sql.derived_tables import DERIVED
from flipflop.store.sql.kinds import KIND_CODES
from flipflop.store.sqlite import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.store.sql.engine import Sql


_DROP = "find out who added it, and drop it"
_STRANGE = {
    "trigger": _DROP,
    "index": _DROP,
    "view": _DROP,
    "table": "find out who added it, and drop it or take it elsewhere: it may keep words that are redacted here",
}


_FOLLOWING = {("table", name) for name in (*DERIVED, "working")}


def checks(sql: Sql) -> Iterator[Finding]:
    """Yield what does not hold."""
    yield from _file(sql)
    yield from _schema(sql)
    yield from _foreign_keys(sql)
    yield from _sequences(sql)


def _file(sql: Sql) -> Iterator[Finding]:
    for (said,) in sql.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Finding(f"SQLite finds the file damaged: {said}", RESTORE)


def _schema(sql: Sql) -> Iterator[Finding]:
    """Tables, views, indexes and above all triggers are the ones that flipflop makes in this version of the schema."""
    wanted, found = _wanted(), _definitions(sql)
    for name, definition in wanted.items():
        if name not in found:
            remedy = REBUILD if name in _FOLLOWING else f"somebody took it out; {RESTORE}"
            yield Finding(f"{' '.join(name)} is missing", remedy)
        elif found[name] != definition:
            yield Finding(f"{' '.join(name)} is not as flipflop makes it", f"somebody changed it; {RESTORE}")
    for kind, stranger in strange(sql):
        yield Finding(f"{kind} {stranger} is none of flipflop's", _STRANGE[kind])


def strange(sql: Sql) -> list[tuple[str, str]]:
    """Return kind and name of what is none of ours: triggers first, what makes other tables before these."""
    query = """SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY type <> 'trigger', sql NOT LIKE 'CREATE VIRTUAL%', name"""
    wanted = _wanted()
    return [(kind, name) for kind, name in sql.execute(query).fetchall() if (kind, name) not in wanted]


def missing(sql: Sql) -> list[str]:
    """Return the definitions of what somebody took out, but for the tables of what was recorded."""
    found = _definitions(sql)
    return [
        definition
        for (kind, name), definition in _wanted().items()
        if definition and (kind, name) not in found and (kind != "table" or (kind, name) in _FOLLOWING)
    ]


def _wanted() -> dict[tuple[str, str], str | None]:
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(schema.creation())
        return _definitions(fresh)


def _definitions(connection: Sql) -> dict[tuple[str, str], str | None]:
    query = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY rowid"
    return {(kind, name): sql for kind, name, sql in connection.execute(query)}


def _foreign_keys(sql: Sql) -> Iterator[Finding]:
    for table, row, parent, _ in sql.execute("PRAGMA foreign_key_check"):
        seq = row if table in KIND_CODES else None
        yield Finding(f"a row of {table} points to no row of {parent}", RESTORE, seq)


def _sequences(sql: Sql) -> Iterator[Finding]:
    """No key of a word is given twice."""
    (highest,) = sql.execute("SELECT max(key) FROM word").fetchone()
    kept = dict(sql.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    if highest is not None and not (isinstance(kept.get("word"), int) and kept["word"] >= highest):
        yield Finding("the sequence of the keys of words was turned back", RESTORE)
    for name in sorted(map(str, kept.keys() - {"word"})):
        yield Finding(f"there is a sequence of {name}, which has none", RESTORE)
