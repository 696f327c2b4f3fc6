"""Readers met with what nobody would write: only our errors, never a traceback, never a hang."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import flipflop as ff
from flipflop.errors import WhenError
from tests.harness.fuzz import fuzzed
from tests.store_cases import DECLARED, statement

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_spoiled_files_moments_and_ids_meet_only_our_errors(seed: int, tmp_path: Path) -> None:
    with ff.Store(tmp_path / "s.db") as store:
        store.append([*DECLARED, *(statement() for _ in range(5))])
        assert list(fuzzed(Random(seed), store, count=1000)) == []


@pytest.mark.parametrize("garbage", ["x", "9 ", "July ", "a-", "Ж", "\u0301", "1/", "T:", "~?", "of the "])
def test_a_hundred_kilobytes_of_garbage_are_refused_as_a_moment_before_anything_parses_them(garbage: str) -> None:
    """dateparser would need 6.5 seconds."""
    text = garbage * (100_000 // len(garbage))
    with pytest.raises(WhenError, match="200 at most") as caught:
        ff.When.parse(text, reference="2017-07-11T09:00Z", tz="UTC")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("odd", ["\ud800", "\0"])
def test_a_moment_with_a_character_that_no_file_holds_is_refused_by_what_has_it(odd: str) -> None:
    day = ff.When.parse("2017-07-09")
    for moment in (replace(day, text=odd), replace(day, tz=odd), replace(day, warnings=(odd,))):
        for make in (
            partial(ff.Statement, "ann", "words", moment),
            partial(ff.SpeaksFor, "ann", "bob", moment),
            partial(ff.SpeaksFor, "ann", "bob", None, moment),
            partial(ff.Source, "https://example.org", published=moment),
        ):
            with pytest.raises(ff.DataError, match=r"NUL|half a character"):
                make()
