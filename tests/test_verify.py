"""Verify: whatever is done to the file behind flipflop's back is found, and named."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
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


CASES = {
    "words": ("UPDATE statement SET text = 'other' WHERE seq = 7", "event 7 .*does not say what was recorded"),
    "a moment": ("UPDATE statement SET said_from = said_from - 1 WHERE seq = 7", "event 7 .*does not say what was recorded"),
    "a speaker": ("UPDATE statement SET speaker = (SELECT slug FROM speaker WHERE seq = 1) WHERE seq = 7", "event 7 "),
    "a word": ("UPDATE word SET text = 'carl' WHERE text = 'ann'", "does not say what was recorded"),
    "a stance": ("UPDATE coding SET stance = -stance WHERE seq = 9", "event 9 .*does not say what was recorded"),
    "a stamp": ("UPDATE event SET recorded_at = recorded_at + 1 WHERE seq = 3", "event 3 .*the chain breaks here"),
    "a stamp turned back": ("UPDATE event SET recorded_at = 0 WHERE seq = 3", "event 3 .*before the event above"),
    "an id": ("UPDATE event SET id = randomblob(16) WHERE seq = 3", "event 3 .*the chain breaks here"),
    "the chain": ("UPDATE event SET chain = randomblob(16) WHERE seq = 3", "event 3 .*the chain breaks here"),
    "a kind": ("UPDATE event SET kind = 5 WHERE seq = 6", "event 6 .*has the body of another kind"),
    "no kind": ("UPDATE event SET kind = 77 WHERE seq = 6", "event 6 .*a kind that does not exist"),
    "a body": ("DELETE FROM coding WHERE seq = 9", "event 9 .*the body of this coding is gone, and no redaction names it"),
    "an event": ("DELETE FROM event WHERE seq = 12", "events are missing|is gone|points to no row"),
    "the last event": ("DELETE FROM redaction; DELETE FROM about WHERE seq = 15; DELETE FROM event WHERE seq = 15", "no redaction names it"),
    "an order": (
        "UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 1; UPDATE event SET seq = 1 WHERE seq = 99",
        "event 1 .*the chain breaks here",
    ),
    "a reference": ("UPDATE coding SET statement = 999 WHERE seq = 9", "points to no row|cannot be read"),
    "what a retraction is about": ("UPDATE about SET target = 9 WHERE seq = 14", "event 14 .*does not say what was recorded"),
    "a body that came back": ("INSERT INTO statement SELECT 8, speaker, text, form, said_from, said_until, said_text, said_how, url, outlet, title, author, published, attribution, on_behalf_of, context, responds_to, language FROM statement WHERE seq = 7", "event 8 .*was redacted, but its body is still there"),
    "what counts": ("DELETE FROM gone WHERE redacted = 0", "event 10: .*withdrawn, or is not, is kept wrongly"),
    "what was mended": ("DELETE FROM mended", "event 6: how this event reads"),
    "how it was mended": ("UPDATE mended SET body = replace(body, 'mended', 'meddled')", "event 6: how this event reads"),
    "a mended moment": ("UPDATE mended SET said_from = 1", "event 6: how this event reads"),
    "what to look at again": ("DELETE FROM review", "event 9: whether this judgement needs another look"),
    "the index of codings": ("UPDATE coded SET stance = 2 WHERE coding = 9", "event 9: where this coding stands"),
    "an unreadable body": ("UPDATE correction SET changes = 'no JSON'", "cannot be made sense of|cannot be read"),
    "words that are no words": ("UPDATE statement SET text = CAST(x'fffe' AS TEXT) WHERE seq = 7", "event 7 .*cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_was_changed_behind_the_guards_is_found(path: Path, case: str) -> None:
    script, expected = CASES[case]

    import re

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
