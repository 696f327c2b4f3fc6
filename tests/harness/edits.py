"""Single edits of any table of a sealed store: each that changes what it says is found by ``verify``.

``python -m tests.harness.edits [NUMBER] [SEED]`` makes many, with the guards up and with the guards down; no chain is
made anew. The suite makes a few, on a file and on a server.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import flipflop as ff
from flipflop.store.postgres.schema import DERIVED, LOG, guards
from tests.store_cases import DECLARED, beside, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from flipflop.store.log.seal import Seal
    from flipflop.store.sql.engine import Sql

TABLES = (*LOG, *DERIVED, "coded", "setting", "export")


def recorded(store: ff.Store) -> Seal:
    """Record something of every kind, and return the seal."""
    one, two, gone = statement(at=1), statement("bob", at=2), statement(at=3)
    away, back, twice = statement(at=4), statement("bob", at=5), statement(at=6)
    ruling = ff.Ruling(one.hash, back.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    mended, undone = correction(one, text="mended"), correction(two, text="not so")
    out, by_slug = retraction(away), ff.Retraction("typo", "a slip", "Editor")
    store.append([*DECLARED, ff.Topic("typo", "T", "Words."), ff.SpeaksFor("ann", "bob")])
    store.append([one, two, gone, away, back, twice, coding(one), coding(two, "oppose"), coding(gone), coding(away)])
    store.append([coding(back, "oppose"), coding(twice, "oppose"), ruling, mended, undone, retraction(undone), out])
    store.append([by_slug, redaction(by_slug), retraction(out), redaction(gone), coding(one, "mixed", coder="Other")])
    store.append(beside(one))
    return store.seal()


def says(store: ff.Store) -> list[str]:
    """Return what lists, reversals and conflicts say; an error where they cannot."""
    try:
        positions = ff.positions(store)
        frames = (
            store.statements(),
            store.codings(),
            store.rulings(),
            store.speaks_for(),
            store.topics(),
            store.speakers(),
            ff.find_reversals(positions, rulings=store.rulings()),
            ff.find_conflicts(positions, store.speaks_for(), store.topics()),
        )
        kinds = ("role", "citation", "reply", "search", "capture")
        beside_them = [record.event for record in store.events(kinds=kinds)]
        return [*(frame.to_csv() for frame in frames), repr(beside_them)]
    except Exception as error:  # noqa: BLE001 -- of a store that somebody spoilt anything may be raised
        return [repr(error)[:40]]


def edit(random: Random, sql: Sql) -> str:
    """Change, delete or add one row of some table, and return how; raises where the database refuses."""
    table = random.choice(TABLES)
    rows = sql.execute(f"SELECT * FROM {table}").fetchall()
    names = columns(sql, table)
    if not rows or random.random() < 0.25:
        row = dict(zip(names, random.choice(rows), strict=True)) if rows else dict.fromkeys(names, 1)
        for name in random.sample(names, min(len(names), random.randrange(1, 3))):
            row[name] = other(random, row[name])
        marks = ", ".join("?" * len(names))
        sql.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", list(row.values()))
        return f"INSERT INTO {table} {row}"
    row = dict(zip(names, random.choice(rows), strict=True))
    where = " AND ".join(f"{name} {'IS NULL' if row[name] is None else '= ?'}" for name in names)
    given = [value for value in row.values() if value is not None]
    if random.random() < 0.3:
        sql.execute(f"DELETE FROM {table} WHERE {where}", given)
        return f"DELETE FROM {table} {row}"
    name = random.choice(names)
    value = other(random, row[name])
    sql.execute(f"UPDATE {table} SET {name} = ? WHERE {where}".replace("?", "?"), [value, *given])
    return f"UPDATE {table} SET {name} = {value!r} {row}"


def columns(sql: Sql, table: str) -> list[str]:
    """The names of the columns of a table."""
    (described,) = [getattr(sql.execute(f"SELECT * FROM {table} LIMIT 0"), "description")]  # noqa: B009 -- of DB-API cursors, which Sql does not promise
    return [column[0] for column in described]


def other(random: Random, value: Any) -> Any:  # a cell
    """Another value of the kind of a cell."""
    match value:
        case int():
            return random.choice((value + 1, value - 1, random.randrange(1, 28), 0, 1))
        case bytes():
            return random.randbytes(len(value))
        case str():
            return random.choice((value + "x", "ann", "bob", "unit", '{"precision":"day"}'))
        case None:
            return random.choice((1, 2, None))
    return value


def try_one(random: Random, store: ff.Store, seal: Seal, before: list[str], *, guarded: bool) -> str:
    """Make one edit and take it back; return what became of it."""
    sql = store._db.sql
    sql.execute("BEGIN")
    try:
        if not guarded:
            _unguard(store)
        try:
            how = edit(random, sql)
        except Exception:  # noqa: BLE001 -- guards, types and constraints refuse in many ways
            return "refused"
        if not guarded:
            _guard(store)
        store._tables.forget()
        found, after = store.verify(sealed=[seal]), says(store)
        assert found or after == before, f"not found: {how}"
        return "found" if found else "says the same"
    finally:
        sql.execute("ROLLBACK")
        store._tables.forget()


def _unguard(store: ff.Store) -> None:
    if "://" in store.name:
        for table in (*LOG, *DERIVED, "coded", "setting", "export"):
            store._db.sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        return
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    for name, definition in store._db.sql.execute(query).fetchall():
        _TAKEN.append(definition)
        store._db.sql.execute(f"DROP TRIGGER {name}")


def _guard(store: ff.Store) -> None:
    if "://" in store.name:
        for table in (*LOG, *DERIVED, "coded", "setting", "export"):
            store._db.sql.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        for guard in guards():
            store._db.sql.execute(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}")
    while _TAKEN:
        store._db.sql.execute(_TAKEN.pop(0))


_TAKEN: list[str] = []


def go_through(where: str, number: int, seed: int) -> dict[str, int]:
    """Make so many edits of one store, half of them with the guards down; return how many came to what."""
    came: dict[str, int] = {}
    with ff.Store(where) as store:
        seal = recorded(store)
        assert store.verify(sealed=[seal]) == []
        before = says(store)
        for which in range(number):
            _TAKEN.clear()
            result = try_one(Random(seed + which), store, seal, before, guarded=which % 4 == 0)
            came[result] = came.get(result, 0) + 1
        assert store.verify(sealed=[seal]) == []
    return came


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = [*sys.argv[1:], "500", "0"]
        where = next((one for one in sys.argv[1:] if "://" in one), str(Path(folder, "s.db")))
        numbers = [int(one) for one in given if one.isdecimal()]
        sys.stdout.write(f"{go_through(where, numbers[0], numbers[1])}\n")
