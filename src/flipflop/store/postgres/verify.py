"""Checking what only a store on PostgreSQL has: the triggers that keep it append-only, and what they rest on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flipflop.store.model import REBUILD, RESTORE, Finding
from flipflop.store.postgres import schema as pg_schema
from flipflop.store.sql import schema
from flipflop.store.sql.views import views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.store.postgres.guard import Guard
    from flipflop.store.sql.engine import Sql

_REPAIR = f"somebody changed it; {RESTORE}"
_TRIGGERS = """
SELECT t.tgname, c.relname, p.proname, t.tgtype, encode(t.tgargs, 'escape'), t.tgenabled
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
WHERE c.relnamespace = 'flipflop'::regnamespace AND NOT t.tgisinternal
"""
_FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'flipflop'::regnamespace"
_RELATIONS = """
SELECT relname, relkind::text FROM pg_class
WHERE relnamespace = 'flipflop'::regnamespace AND relkind IN ('r', 'v', 'm', 'f', 'p') ORDER BY 1
"""
KINDS = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW", "f": "FOREIGN TABLE"}
"""Words for what PostgreSQL has by letter."""
_SEQUENCE = "SELECT last_value FROM pg_sequences WHERE schemaname = 'flipflop' AND sequencename = 'word_key_seq'"
_SWITCHED_OFF = """
SELECT DISTINCT c.relname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'flipflop'::regnamespace AND t.tgisinternal AND t.tgenabled = 'D'
"""
_UNCHECKED = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
WHERE connamespace = 'flipflop'::regnamespace AND NOT convalidated
"""
# As pg_trigger.h has them.
_BITS = {"ROW": 1, "BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


def checks(sql: Sql) -> Iterator[Finding]:
    """Yield what does not hold."""
    yield from _relations(sql)
    yield from _triggers(sql)
    yield from _functions(sql)
    yield from _sequence(sql)
    for (table,) in sql.execute(_SWITCHED_OFF):
        yield Finding(f"the foreign keys of {table} are switched off", _REPAIR)
    for table, name in sql.execute(_UNCHECKED):
        yield Finding(f"the constraint {name} of {table} was never checked", _REPAIR)


def _relations(sql: Sql) -> Iterator[Finding]:
    found = {name for name, _ in sql.execute(_RELATIONS)}
    for kind, name in _WANTED:
        if name not in found:
            follows = name in (*pg_schema.DERIVED, "coded")
            yield Finding(
                f"{kind.lower()} {name} is missing", REBUILD if follows else f"somebody took it out; {RESTORE}"
            )
    for name, kind in strange(sql):
        remedy = "find out who added it, and drop it or take it elsewhere: it may keep words that are redacted here"
        yield Finding(f"{KINDS[kind].lower()} {name} is none of flipflop's", remedy)


_WANTED = re.findall(r"CREATE (TABLE|VIEW) (\w+)", schema.TABLES + views(pg_schema.POSTGRES))


def strange(sql: Sql) -> list[tuple[str, str]]:
    """Return the tables and views in our schema that are none of ours, with the letter of their kind."""
    ours = {name for _, name in _WANTED} | {"version", "turn"}
    return [(name, kind) for name, kind in sql.execute(_RELATIONS).fetchall() if name not in ours]


def strange_triggers(sql: Sql) -> list[tuple[str, str]]:
    """Return the triggers on tables in our schema that are none of ours: name and table."""
    ours = {(guard.name, guard.table) for guard in pg_schema.guards()}
    return sorted({(row[0], row[1]) for row in sql.execute(_TRIGGERS)} - ours)


def _sequence(sql: Sql) -> Iterator[Finding]:
    """No key of a word is given twice. Who may not see the sequence cannot tell."""
    (highest,) = sql.execute("SELECT max(key) FROM word").fetchone()
    row = sql.execute(_SEQUENCE).fetchone()
    if highest is not None and row is not None and row[0] is not None and row[0] < highest:
        yield Finding("the sequence of the keys of words was turned back", RESTORE)


def _triggers(sql: Sql) -> Iterator[Finding]:
    found = {(row[0], row[1]): tuple(row[2:]) for row in sql.execute(_TRIGGERS)}
    wanted = {(guard.name, guard.table): _definition(guard) for guard in pg_schema.guards()}
    for name, definition in wanted.items():
        if name not in found:
            yield Finding(f"trigger {name[0]} is missing", _REPAIR)
        elif found[name] != definition:
            off = ": it is switched off" if found[name][-1] in ("D", b"D") else ""
            yield Finding(f"trigger {name[0]} is not as flipflop makes it{off}", _REPAIR)
    for trigger, table in strange_triggers(sql):
        yield Finding(f"trigger {trigger} of {table} is none of flipflop's", "find out who added it, and drop it")


def _definition(guard: Guard) -> tuple[object, ...]:
    bits = sum(_BITS[word] for word in (*guard.when.split(), guard.each) if word in _BITS)
    return (guard.function, bits, f"{guard.argument}\\000" if guard.argument else "", "A")


def _functions(sql: Sql) -> Iterator[Finding]:
    found = dict(sql.execute(_FUNCTIONS).fetchall())
    helpers = {name: body for name, (_, body) in pg_schema.HELPERS.items()}
    for name, body in (pg_schema.FUNCTIONS | helpers).items():
        if found.get(name) != body:
            what = "is not as flipflop makes it" if name in found else "is missing"
            yield Finding(f"function {name} of the triggers {what}", _REPAIR)
