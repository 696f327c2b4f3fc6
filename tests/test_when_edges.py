"""Moments and gaps at the edges of what can be: they are told, too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flipflop.when.gap_words import gap_between
from flipflop.when.telling import Moment, moment_words
from flipflop.when.zones import MAX, MIN

FIRST_HOURS = Moment(MIN, datetime(1, 1, 1, 3, tzinfo=UTC), "", False, "America/New_York")
LAST_HOURS = Moment(datetime(9999, 12, 31, 20, tzinfo=UTC), MAX, "", False, "UTC")


@pytest.mark.parametrize(
    ("moment", "tz", "expected"),
    [
        (FIRST_HOURS, "America/New_York", "not after 1 January 1"),
        (LAST_HOURS, "UTC", "not before 31 December 9999, 20:00 UTC"),
        (LAST_HOURS, "Asia/Tokyo", "not before 31 December 9999, 23:59:59 JST"),
    ],
)
def test_a_moment_at_an_edge_of_the_calendar_is_told(moment: Moment, tz: str, expected: str) -> None:
    assert moment_words(moment, tz) == expected


def test_the_time_between_moments_that_run_backwards_is_none() -> None:
    assert gap_between(timedelta(seconds=-2), timedelta(0)).words == "up to 0 s"
