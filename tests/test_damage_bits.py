"""One bit of what is recorded turns round: ``verify`` tells, or the store does not open."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

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
