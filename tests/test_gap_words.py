"""The time between two moments as a person would say it, and its bounds for whoever wants them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from flipflop.when import When, gap_between
from flipflop.when.gap_words import bounds_words

_TZ = "America/New_York"


def between(earlier: str, later: str, tz: str = _TZ) -> tuple[str, str]:
    """What is told of the time between two moments: alone, and joined to what happened."""
    one, other = (When.parse(text, tz=tz) for text in (earlier, later))
    return gap_between(other.start - one.end, other.end - one.start)


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=24), "24 s"),
        (timedelta(seconds=40), "40 s"),
        (timedelta(seconds=59.7), "1 min"),
        (timedelta(hours=12), "12 h"),
        (timedelta(hours=12, minutes=55), "12 h 55 min"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=3, hours=4), "3 days 4 h"),
        (timedelta(days=5, hours=15), "5 days 15 h"),
        (timedelta(days=73), "73 days"),
        (timedelta(days=100), "100 days"),
        (timedelta(days=425), "1 year 2 months"),
        (timedelta(days=1674), "4 years 7 months"),
    ],
)
def test_what_is_known_exactly_is_told_in_the_two_units_that_matter(exact: timedelta, expected: str) -> None:
    assert gap_between(exact, exact) == (expected, f"within {expected}")


@pytest.mark.parametrize(
    ("earlier", "later", "words", "joined"),
    [
        ("2017-07-09T11:50:24Z", "2017-07-10T00:45:12Z", "12 h 55 min", "within 12 h 55 min"),
        ("2017-07-09T11:50Z", "2017-07-10T00:45Z", "12 h 55 min", "after 12 h 55 min"),
        ("9 July 2017", "15 July 2017", "6 days", "after 6 days"),
        ("9 July 2017", "18 October 2017", "101 days", "after 101 days"),
        ("9 July 2017", "10 July 2017", "1 day", "after 1 day"),
        ("11 March 2017", "12 March 2017", "1 day", "after 1 day"),  # the second of them has 23 hours
        ("4 November 2017", "5 November 2017", "1 day", "after 1 day"),  # and here 25
        ("9 July 2017", "9 July 2017", "up to 24 h", "within 24 h"),
        ("2012", "2016", "about 4 years", "after about 4 years"),
        ("March 2013", "September 2017", "about 4½ years", "after about 4½ years"),
        ("January 2017", "September 2017", "about 8 months", "after about 8 months"),
        ("2000s", "2017", "7 to 18 years", "after 7 to 18 years"),
        ("January 2017", "March 2017", "1 to 3 months", "after 1 to 3 months"),
        ("July 2017", "August 2017", "up to 2 months", "within 2 months"),
        ("8-9 July 2017", "9-10 July 2017", "up to 3 days", "within 3 days"),
        ("1990s", "2000s", "up to 20 years", "within 20 years"),
        ("before 2012-01-01", "2024-03-02", "at least 12 years", "after at least 12 years"),
        ("before 2024-03-02", "2024-03-02", "an unknown time", "after an unknown time"),
        ("before 2024-03-02", "after 2020-01-01", "an unknown time", "after an unknown time"),
    ],
)
def test_what_is_known_between_bounds_is_told_no_finer(earlier: str, later: str, words: str, joined: str) -> None:
    assert between(earlier, later) == (words, joined)


@pytest.mark.parametrize(
    ("shortest", "longest", "expected"),
    [
        (timedelta(minutes=770), timedelta(minutes=785), "about 13 h"),
        (timedelta(days=18), timedelta(days=26), "about 3 weeks"),
        (timedelta(days=4), timedelta(days=6, hours=10), "about 5 days"),
        (timedelta(hours=4), timedelta(hours=6), "about 5 h"),
        (timedelta(minutes=30), timedelta(minutes=50), "about 40 min"),
        (timedelta(hours=2), timedelta(hours=30), "2 h to 30 h"),
        (timedelta(hours=-2), timedelta(hours=13, minutes=5), "up to 13 h 5 min"),
        (timedelta(days=-3), timedelta(days=3), "up to 3 days"),
        (timedelta(seconds=-5), timedelta(days=5), "up to 5 days"),
        (timedelta(days=200), timedelta(days=500), "6 to 17 months"),
        (timedelta(hours=33), timedelta(days=700_000), "at least 33 h"),
        (timedelta(seconds=5), timedelta(days=700_000), "at least 5 s"),
        (timedelta(days=365), timedelta(days=700_000), "at least 12 months"),
    ],
)
def test_what_is_known_roughly_is_told_as_about_or_between(
    shortest: timedelta, longest: timedelta, expected: str
) -> None:
    assert gap_between(shortest, longest).words == expected


@pytest.mark.parametrize(
    ("shortest", "longest", "expected"),
    [
        (timedelta(days=10, hours=23), timedelta(days=12, hours=23), "at least 10 days 23 h, at most 12 days 23 h"),
        (timedelta(days=100, hours=1), timedelta(days=102, hours=1), "at least 100 days 1 h, at most 102 days 1 h"),
        (timedelta(days=-1), timedelta(days=3), "at most 3 days"),
        (
            timedelta(seconds=46_488),
            timedelta(seconds=46_490),
            "at least 12 h 54 min 48 s, at most 12 h 54 min 50 s",
        ),
        (timedelta(days=3), timedelta(days=3), "3 days"),
        (timedelta(days=3), timedelta(days=700_000), "at least 3 days"),
        (timedelta(0), timedelta(days=700_000), "an unknown time"),
    ],
)
def test_the_bounds_can_be_told_exactly(shortest: timedelta, longest: timedelta, expected: str) -> None:
    assert bounds_words(shortest, longest) == expected


@given(
    st.timedeltas(timedelta(days=-9000), timedelta(days=90_000)),
    st.timedeltas(timedelta(microseconds=1), timedelta(days=9000)),
)
def test_every_gap_can_be_told_and_is_joined_by_one_word(shortest: timedelta, width: timedelta) -> None:
    gap = gap_between(shortest, shortest + width)

    assert gap.words
    assert gap.joined in {f"within {gap.words.removeprefix('up to ')}", f"after {gap.words}"}
    assert bounds_words(shortest, shortest + width)
