"""One bit of what is recorded turns round: ``verify`` tells, or the store does not open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from tests.harness.bitflips import TABLES, flips, sample
from tests.harness.pages import bytes_of_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", [1, 2])
def test_every_bit_that_turns_round_is_told(seed: int, tmp_path: Path) -> None:
    found = flips(tmp_path, Random(seed), count=75)
    assert found.missed == []
    assert found.told == 75
    assert found.mute < 5


def test_the_bytes_of_rows_are_those_that_hold_what_was_said(tmp_path: Path) -> None:
    path = sample(tmp_path / "s.db")
    content = path.read_bytes()
    rows = {table: bytes(content[spot] for spot in bytes_of_rows(path, table)) for table in TABLES}
    assert rows["statement"].count(b"what was said, at length; " * 400) == 3
    assert b"what was really said" in rows["correction"]
    assert b"Ann Ames" in rows["speaker"]
    assert b"An" not in rows["about"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"start":"2017-07-09T', b'"start":"2017-07-09U'),  # of the reply's source: which sign stands there is all one
        (rb'"\u001b[1m"', rb'"\u001B[1m"'),
    ],
)
def test_a_bit_that_leaves_the_meaning_of_a_cell_as_it_was_is_told_all_the_same(
    before: bytes, after: bytes, tmp_path: Path
) -> None:
    path = sample(tmp_path / "s.db")
    with ff.Store(path) as store:
        store.append(ff.Speaker("odd", "Odd", aliases=("\x1b[1m",)))
    content = path.read_bytes()
    path.write_bytes(content.replace(before, after))

    assert before in content
    with ff.Store(path) as store:
        assert "cannot be read" in str(store.verify()[0])


def test_another_kind_of_a_redacted_event_is_told_though_its_id_cannot_be_recomputed(tmp_path: Path) -> None:
    path = sample(tmp_path / "s.db")
    guard = "SELECT sql FROM sqlite_schema WHERE name = 'event_is_never_changed'"
    with closing(sqlite3.connect(path)) as connection, connection:
        (trigger,) = connection.execute(guard).fetchone()
        connection.execute("DROP TRIGGER event_is_never_changed")
        redacted = "SELECT min(seq) FROM gone WHERE redacted = 1"
        connection.execute(f"UPDATE event SET kind = kind + 1 WHERE seq = ({redacted})")
        connection.execute(trigger)
    with ff.Store(path) as store:
        assert "the chain breaks here" in str(store.verify()[0])
