"""Verify: whatever is done to the file behind flipflop's back is found, and named."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.store.sql.kinds import KINDS
from tests.store_cases import DECLARED, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with every kind of event."""
    one, two, gone = statement(), statement("bob"), statement()
    ruling = ff.Ruling(one.hash, two.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    mended, out = correction(one, text="mended"), retraction(coding(two))
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, ff.SpeaksFor("ann", "bob"), one, two, gone, coding(one), coding(two), coding(gone)])
        store.append([ruling, mended, out, redaction(gone)])
        assert store.verify() == []
    return tmp_path / "s.db"


def tampered(path: Path, script: str) -> list[str]:
    """What verify says after some SQL was run with all guards taken down and put up again."""
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        guards = sql.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            sql.execute(f"DROP TRIGGER {name}")
        sql.executescript(script)
        for _, definition in guards:
            sql.execute(definition)
    with ff.Store(path) as store:
        return [str(finding) for finding in store.verify()]


CHANGED = "does not say what was recorded"
BROKEN = "the chain breaks here"
GONE = "is gone, and no redaction names it"
LATER = "SELECT 8, " + ", ".join(column.name for column in KINDS["statement"].columns) + " FROM statement WHERE seq = 7"
CASES = {
    "words": ("UPDATE statement SET text = 'other' WHERE seq = 7", f"event 7 .*{CHANGED}"),
    "a moment": ("UPDATE statement SET said_from = said_from - 1 WHERE seq = 7", f"event 7 .*{CHANGED}"),
    "a speaker": (
        "UPDATE statement SET speaker = (SELECT slug FROM speaker WHERE seq = 1) WHERE seq = 7",
        f"event 7 .*{CHANGED}",
    ),
    "a word": ("UPDATE word SET text = 'carl' WHERE text = 'ann'", CHANGED),
    "a stance": ("UPDATE coding SET stance = -stance WHERE seq = 9", f"event 9 .*{CHANGED}"),
    "a stamp": ("UPDATE event SET recorded_at = recorded_at + 1 WHERE seq = 3", f"event 3 .*{BROKEN}"),
    "a stamp turned back": ("UPDATE event SET recorded_at = 0 WHERE seq = 3", "event 3 .*before the event above"),
    "an id": ("UPDATE event SET id = randomblob(16) WHERE seq = 3", f"event 3 .*{BROKEN}"),
    "the chain": ("UPDATE event SET chain = randomblob(16) WHERE seq = 3", f"event 3 .*{BROKEN}"),
    "a kind": ("UPDATE event SET kind = 5 WHERE seq = 6", "event 6 .*has the body of another kind"),
    "no kind": ("UPDATE event SET kind = 77 WHERE seq = 6", "event 6 .*a kind that does not exist"),
    "a body": ("DELETE FROM coding WHERE seq = 9", f"event 9 .*the body of this coding {GONE}"),
    "an event": ("DELETE FROM event WHERE seq = 12", "1 events are missing"),
    "the last event": (
        "DELETE FROM redaction; DELETE FROM about WHERE seq = 15; DELETE FROM event WHERE seq = 15",
        f"event 8 .*{GONE}",
    ),
    "an order": (
        "UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 1;"
        "UPDATE event SET seq = 1 WHERE seq = 99",
        f"event 1 .*{BROKEN}",
    ),
    "a reference": ("UPDATE coding SET statement = 999 WHERE seq = 9", "event 9: a row of coding points to no row"),
    "what a retraction is about": ("UPDATE about SET target = 9 WHERE seq = 14", f"event 14 .*{CHANGED}"),
    "a body that came back": (f"INSERT INTO statement {LATER}", "event 8 .*was redacted, but its body is still there"),
    "what counts": ("DELETE FROM gone WHERE redacted = 0", "event 10: .*withdrawn, or is not, is kept wrongly"),
    "what was mended": ("DELETE FROM mended", "event 6: how this event reads"),
    "how it was mended": ("UPDATE mended SET body = replace(body, 'mended', 'bent')", "event 6: how this event reads"),
    "a mended moment": ("UPDATE mended SET said_from = 1", "event 6: how this event reads"),
    "what to look at again": ("DELETE FROM review", "event 9: whether this judgement needs another look"),
    "the index of codings": ("UPDATE coded SET stance = 2 WHERE coding = 9", "event 9: where this coding stands"),
    "an unreadable body": ("UPDATE correction SET changes = 'no JSON'", "event 13 .*cannot be read"),
    "words that are no words": (
        "UPDATE statement SET text = CAST(x'fffe' AS TEXT) WHERE seq = 7",
        "event 7 .*cannot be read",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_changed_behind_the_guards_is_found(path: Path, case: str) -> None:
    script, expected = CASES[case]

    findings = tampered(path, script)

    assert [finding for finding in findings if re.search(expected, finding)], findings
    assert all("; " in finding for finding in findings)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("DROP TRIGGER event_is_never_deleted", "trigger event_is_never_deleted is missing"),
        ("CREATE TRIGGER x AFTER INSERT ON event BEGIN DELETE FROM gone; END", "trigger x is none of flipflop's"),
        ("DROP VIEW statements", "view statements is missing"),
        ("DROP VIEW log; CREATE VIEW log AS SELECT 1", "view log is not as flipflop makes it"),
        ("DROP INDEX coding_by_statement", "index coding_by_statement is missing"),
    ],
)
def test_guards_views_and_indexes_that_were_taken_out_are_found(path: Path, script: str, expected: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.executescript(script)

    with ff.Store(path) as store:
        assert [str(finding).split("; ")[0] for finding in store.verify()] == [expected]


def test_verify_changes_nothing(path: Path) -> None:
    before = path.read_bytes()

    with ff.Store(path, read_only=True) as store:
        assert store.verify() == []

    assert path.read_bytes() == before


def test_an_empty_store_holds(tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        assert store.verify() == []


def test_any_flipped_bit_of_an_event_row_is_found(path: Path) -> None:
    """Bits of every id, chain and stamp, as they lie in the file."""
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as sql:
        cells = [cell for row in sql.execute("SELECT id, chain FROM event") for cell in row]
        stamps = [row[0].to_bytes(8, "big") for row in sql.execute("SELECT DISTINCT recorded_at FROM event")]
    places = [whole.index(cell) for cell in (*cells, *stamps)]
    chance = random.Random(0)
    missed = []
    for place in chance.sample(places, 25):
        spoilt = bytearray(whole)
        spoilt[place + chance.randrange(8)] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        with ff.Store(path) as store:
            if not store.verify():
                missed.append(place)

    assert missed == []
