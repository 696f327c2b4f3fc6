"""One bit of what is recorded turns round, by a disk or by a hand: ``verify`` must say so, or the store not open."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from flipflop.records import Event, Explanation, Outcome as Ruled, Stance
from flipflop.store.sql.kinds import KIND_CODES
from tests.harness.pages import bytes_of_rows
from tests.store_cases import DECLARED, UNIT, coding, correction, redaction, retraction, said, statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

TABLES = ("event", "about", "word", *KIND_CODES)
"""Every table with what somebody recorded; what follows from it is in others."""


class Flip(NamedTuple):
    """One bit that was turned round: in which table, and where."""

    table: str
    place: str


def sample(path: Path) -> Path:
    """Make a store with events of every kind, every field used, texts of several pages, withdrawals and redactions."""
    published = ff.Source("https://example.org/1", "The Post", "A title", "A. Author", said(5))
    events: list[Event] = [
        *DECLARED,
        ff.Speaker("eva", "Eva É", aliases=("E", "@eva"), public_role="Minister", wikidata="Q1"),
        ff.Topic("part", "A part", "There should be a part.", parent=UNIT.id),
        ff.SpeaksFor("bob", "ann", said(0), said(60)),
        ff.SpeaksFor("eva", "ann"),
    ]
    said_so: list[ff.Statement] = []
    for number in range(24):
        one = statement(
            text=f"{number} " + "what was said, at length; " * (400 if number % 8 == 3 else number % 5 + 1),
            at=number,
            source=published if number % 3 else None,
            attribution=("x", "y") if number % 4 == 1 else (),
            on_behalf_of="bob" if number % 7 == 2 else None,
            context="At dinner" if number % 5 == 0 else None,
            language="en" if number % 2 else None,
            responds_to=said_so[-1].hash if number % 6 == 5 else None,
        )
        stance = list(Stance)[number % len(Stance)]
        judged = ff.Coding(one.hash, "unit", stance, "Me", number / 24 if number % 2 else None, "why", said(3).start)
        events += [one, judged, coding(one, "oppose", coder="model:tiny@1")]
        said_so.append(one)
    spare = [statement(text=f"{number} to be taken out") for number in range(3)]
    corrected = correction(said_so[0], text="what was really said")
    ruling = ff.Ruling(
        *(said_so[1].hash, said_so[2].hash, "unit", Ruled.REVERSAL),
        innocent_reading="none found",
        by="Editor",
        explanation=Explanation.DENIED,
        reply=ff.Answer(answered=True, text="No.", source=published),
        note="Seen",
        decided_at=said(9).start,
    )
    withdrawn = retraction(said_so[5])
    events += [*spare, corrected, correction(said_so[0], context="At lunch"), ruling]
    events += [retraction(said_so[4]), withdrawn, retraction(withdrawn), ff.Retraction("eva", "declared twice", "Me")]
    with ff.Store(path) as store:
        store.append(events)
        store.append([redaction(spare[0]), redaction(spare[1])])
        assert store.verify() == []
    return path


class Outcome(NamedTuple):
    """How many flips changed something and were told of, those that were not, and how many changed nothing.

    SQLite keeps a type for the key of a row beside the key, and never reads it: a bit there changes no value.
    """

    told: int
    missed: list[Flip]
    mute: int


def flips(place: Path, random: Random, *, count: int) -> Outcome:
    """Turn round that many bits that change something, half of them in the raw file and half by SQL."""
    original = sample(place / "original.db")
    spots = {table: bytes_of_rows(original, table) for table in TABLES}
    flipped, values = place / "flipped.db", readable(original)
    seen, mute, missed = 0, 0, list[Flip]()
    while seen + len(missed) < count:
        raw = (seen + len(missed)) % 2
        flip = in_file(original, flipped, spots, random) if raw else by_sql(original, flipped, random)
        if told(flipped):
            seen += 1
        elif readable(flipped) == values:
            mute += 1
        else:
            missed.append(flip)
    return Outcome(seen, missed, mute)


def readable(path: Path) -> dict[str, list[str]]:
    """Return every value of every table as SQLite reads it, with its type."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}"))) for table in tables}


def told(path: Path) -> bool:
    """Tell whether opening or verifying a store says that something is wrong; nothing but our errors may be raised."""
    try:
        with ff.Store(path) as store:
            with suppress(ff.FlipflopError):  # whatever reading meets is one clear line
                list(store.log())
            return bool(store.verify())
    except ff.StoreError:
        return True


def in_file(original: Path, flipped: Path, spots: dict[str, list[int]], random: Random) -> Flip:
    """Turn round one bit of a row in a copy of the file; all tables have the same chance."""
    table = random.choice(TABLES)
    spot, bit = random.choice(spots[table]), random.randrange(8)
    content = bytearray(original.read_bytes())
    content[spot] ^= 1 << bit
    flipped.write_bytes(content)
    return Flip(table, f"byte {spot}, bit {bit}")


def by_sql(original: Path, flipped: Path, random: Random) -> Flip:
    """Turn round one bit of a value in a copy, with the guards taken out and put back: indexes follow, ids do not."""
    while True:
        shutil.copyfile(original, flipped)
        with closing(sqlite3.connect(flipped)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in guards:
                connection.execute(f"DROP TRIGGER {name}")
            flip = _changed(connection, random)
            for _, sql in guards:
                connection.execute(sql)
        if flip is not None:
            return flip


def _changed(connection: sqlite3.Connection, random: Random) -> Flip | None:
    """Change one value of one row; None where there is no bit to turn round, or a constraint forbids it."""
    table = random.choice(TABLES)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    column = random.choice(columns)
    rows = connection.execute(f"SELECT {column}, {', '.join(columns)} FROM {table}").fetchall()
    before, *row = random.choice(rows)
    if before is None or before == "":
        return None
    after, marks = _TURNED[type(before)](before, random)
    where = " AND ".join(f"{name} IS ?" for name in columns)
    try:
        connection.execute(f"UPDATE {table} SET {column} = {marks} WHERE {where}", (after, *row))
    except sqlite3.IntegrityError:
        return None
    return Flip(table, f"{column}: {before!r:.60} became {after!r:.60}")


def _turned_integer(value: int, random: Random) -> tuple[object, str]:
    bit = random.randrange(max(value.bit_length(), 1))
    return value ^ 1 << bit, "?"


def _turned_bytes(value: bytes, random: Random) -> bytes:
    content = bytearray(value)
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    return bytes(content)


def _turned_real(value: float, random: Random) -> tuple[object, str]:
    (turned,) = struct.unpack(">d", _turned_bytes(struct.pack(">d", value), random))
    return turned, "?"


_TURNED: dict[type, Callable[..., tuple[object, str]]] = {
    int: _turned_integer,
    float: _turned_real,
    bytes: lambda value, random: (_turned_bytes(value, random), "?"),
    str: lambda value, random: (_turned_bytes(value.encode(), random), "CAST(? AS TEXT)"),
}
