"""Of two statements of one speaker something else can be ruled than of two speakers'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from tests.cli_running import flipflop
from tests.store_cases import DECLARED, statement

if TYPE_CHECKING:
    from pathlib import Path

MINE, ALSO_MINE = statement(text="Yes."), statement(text="No.", at=9)
HIS = statement("bob", at=20)
READING = ("--topic", "unit", "--innocent-reading", "none found", "--by", "Me")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with ff.Store(tmp_path / "s.db") as opened:
        opened.append([*DECLARED, MINE, ALSO_MINE, HIS])
    return tmp_path / "s.db"


@pytest.mark.parametrize(
    ("other", "outcome", "told"),
    [
        (HIS, "reversal", "of two speakers. Choose '--outcome' from: conflict, no_conflict, not_comparable"),
        (
            ALSO_MINE,
            "conflict",
            "of one speaker. Choose '--outcome' from: reversal, no_reversal, changed_circumstances",
        ),
    ],
)
def test_an_outcome_that_does_not_fit_is_refused_with_those_that_do(
    store: Path, other: ff.Statement, outcome: str, told: str
) -> None:
    done = flipflop("-s", store, "rule", MINE.hash, other.hash, "--outcome", outcome, *READING)

    assert done.code == 2
    assert told in " ".join(done.err.split())
    with ff.Store(store) as opened:
        assert opened.rulings().empty


@pytest.mark.parametrize(("other", "outcome"), [(HIS, "no_conflict"), (ALSO_MINE, "reversal")])
def test_an_outcome_that_fits_is_recorded(store: Path, other: ff.Statement, outcome: str) -> None:
    assert flipflop("-s", store, "rule", MINE.hash, other.hash, "--outcome", outcome, *READING).code == 0
    with ff.Store(store) as opened:
        assert list(opened.rulings()["outcome"]) == [outcome]
