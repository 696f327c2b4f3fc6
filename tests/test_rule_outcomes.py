"""Of two statements of one speaker something else can be ruled than of two speakers'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import flipflop as ff
from flipflop.records import TopicKind
from tests.cli_running import flipflop
from tests.store_cases import DECLARED, UNIT, coding, statement

if TYPE_CHECKING:
    from pathlib import Path

MINE, ALSO_MINE = statement(text="Yes."), statement(text="No.", at=9)
HIS = statement("bob", at=4)
SHOWN = [coding(MINE), coding(ALSO_MINE, "oppose"), coding(HIS, "oppose")]
ACCOUNT = replace(UNIT, kind=TopicKind.ACCOUNT)
READING = ("--topic", "unit", "--innocent-reading", "none found", "--by", "Me")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with ff.Store(tmp_path / "s.db") as opened:
        opened.append([*(ACCOUNT if one is UNIT else one for one in DECLARED), MINE, ALSO_MINE, HIS, *SHOWN])
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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--outcome", "no_reversal", "--degree", "half_flip"), "'--degree' goes with '--outcome' reversal or changed"),
        (("--outcome", "reversal", "--set-aside", "both"), "'--set-aside' goes with '--outcome' no_reversal"),
    ],
)
def test_what_does_not_go_with_an_outcome_is_refused(store: Path, words: tuple[str, ...], told: str) -> None:
    done = flipflop("-s", store, "rule", MINE.hash, ALSO_MINE.hash, *words, *READING)

    assert done.code == 2
    assert told in " ".join(done.err.split())


@pytest.mark.parametrize("end", ["later", "earlier", "both"])
def test_the_end_that_is_set_aside_is_recorded(store: Path, end: str) -> None:
    words = ("--outcome", "no_reversal", "--set-aside", end)

    assert flipflop("-s", store, "rule", MINE.hash, ALSO_MINE.hash, *words, *READING).code == 0
    with ff.Store(store) as opened:
        assert list(opened.rulings()["set_aside"]) == [end]


def test_a_pair_that_is_in_no_row_is_refused_with_the_command_for_the_one_that_is_meant(store: Path) -> None:
    done = flipflop("-s", store, "rule", HIS.hash, ALSO_MINE.hash, "--outcome", "conflict", *READING)

    assert done.code == 1
    assert f"the nearest is: flipflop rule {MINE.hash[:8]} {HIS.hash[:8]} --topic unit" in done.err


def test_a_ruling_that_would_set_aside_what_stands_as_a_change_is_refused(store: Path) -> None:
    back = statement(text="Yes again.", at=30)
    with ff.Store(store) as opened:
        opened.append([back, coding(back)])
    words = ("--outcome", "reversal")
    assert flipflop("-s", store, "rule", ALSO_MINE.hash, back.hash, *words, *READING).code == 0

    done = flipflop("-s", store, "rule", MINE.hash, ALSO_MINE.hash, "--outcome", "no_reversal", *READING)

    assert done.code == 1
    assert f"an end of {ALSO_MINE.hash[:8]} → {back.hash[:8]}, which is ruled a change" in done.err
