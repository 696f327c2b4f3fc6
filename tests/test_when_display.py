"""A moment and a gap as a reader sees them: at their true precision, in one named zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from flipflop.when import When, format_gap, format_moment, moment_words

NEW_YORK, MOSCOW = "America/New_York", "Europe/Moscow"


def shown(text: str, tz: str, *, said_in: str | None = None) -> str:
    """How a moment said in one zone is shown in another."""
    when = When.parse(text, tz=said_in or tz)
    return format_moment(when.start, when.end, when.precision, tz).replace("\u2013", "-")


@pytest.mark.parametrize(
    ("text", "tz", "expected"),
    [
        ("2017-07-09T11:50:24Z", NEW_YORK, "9 July 2017, 07:50:24 EDT"),
        ("2017-07-09T11:50Z", NEW_YORK, "9 July 2017, 07:50 EDT"),
        ("2017-07-09T11:50Z", "-04:00", "9 July 2017, 07:50 UTC-04:00"),
        ("9 July 2017 7am EDT", NEW_YORK, "9 July 2017, 07:00-08:00 EDT"),
        ("morning of 9 July 2017", NEW_YORK, "9 July 2017, 06:00-12:00 EDT (morning)"),
        ("evening of 9 July 2017", NEW_YORK, "9 July 2017, 18:00-24:00 EDT (evening)"),
        ("night of 9 July 2017", NEW_YORK, "9 July 2017, 18:00 - 10 July 2017, 06:00 EDT (night)"),
        ("9 July 2017", NEW_YORK, "9 July 2017"),
        ("12 March 2017", NEW_YORK, "12 March 2017"),
        ("9-12 July 2017", NEW_YORK, "9-12 July 2017"),
        ("28 June to 3 July 2017", NEW_YORK, "28 June - 3 July 2017"),
        ("Dec 28 to Jan 3, 2017", NEW_YORK, "28 December 2016 - 3 January 2017"),
        ("July 2017", MOSCOW, "July 2017"),
        ("summer 2017", MOSCOW, "June-August 2017"),
        ("winter 2016-17", MOSCOW, "December 2016 - February 2017"),
        ("2017", MOSCOW, "2017"),
        ("2016/2017", MOSCOW, "2016-2017"),
        ("1990s", MOSCOW, "1990s"),
        ("../2017-07-11", MOSCOW, "before 12 July 2017"),
        ("2017-07-11/..", MOSCOW, "not before 11 July 2017"),
        ("2017-11-05T01:30", NEW_YORK, "5 November 2017, 01:30 EDT - 01:31 EST"),
    ],
)
def test_a_moment_is_shown_no_finer_than_it_is_known(text: str, tz: str, expected: str) -> None:
    assert shown(text, tz) == expected


def test_a_day_of_another_zone_shows_both_its_ends() -> None:
    assert shown("8 July 2017", NEW_YORK, said_in="Asia/Yakutsk") == "7 July 2017, 11:00 - 8 July 2017, 11:00 EDT"
    assert shown("morning of 9 July 2017", MOSCOW, said_in=NEW_YORK) == "9 July 2017, 13:00-19:00 MSK"


def test_a_day_of_a_zone_that_is_not_known_here_is_shown_in_the_zone_of_the_reader() -> None:
    start = datetime(2017, 7, 9, tzinfo=UTC)

    assert moment_words(start, start + timedelta(days=1), "day", "Mars/Base", tz="UTC") == "9 July 2017"


@given(
    start=st.datetimes(timezones=st.just(UTC)),
    width=st.timedeltas(timedelta(microseconds=1), timedelta(days=9000)),
    tz=st.sampled_from([NEW_YORK, MOSCOW, "Asia/Kathmandu", "+14:00", "UTC"]),
)
def test_every_moment_can_be_shown(start: datetime, width: timedelta, tz: str) -> None:
    end = start + width if start < datetime(9970, 1, 1, tzinfo=UTC) else datetime.max.replace(tzinfo=UTC)
    if start < end:
        assert format_moment(start, end, None, tz)


@pytest.mark.parametrize(
    ("shortest", "longest", "expected"),
    [
        (timedelta(seconds=46_488), timedelta(seconds=46_490), "12 h 55 min"),
        (timedelta(minutes=770), timedelta(minutes=785), "12 h 50 min to 13 h 5 min"),
        (timedelta(seconds=24), timedelta(seconds=24), "24 s"),
        (timedelta(seconds=59.6), timedelta(seconds=59.9), "1 min"),
        (timedelta(hours=12), timedelta(hours=12), "12 h"),
        (timedelta(days=3), timedelta(days=3), "3 days"),
        (timedelta(days=3, hours=4), timedelta(days=3, hours=4), "3 days 4 h"),
        (timedelta(days=2), timedelta(days=4), "2 days to 4 days"),
        (timedelta(days=100), timedelta(days=100), "100 days"),
        (timedelta(days=425), timedelta(days=425), "1 year 2 months"),
        (timedelta(days=300), timedelta(days=500), "300 days to 1 year 5 months"),
        (timedelta(seconds=-5), timedelta(days=5), "up to 5 days"),
        (timedelta(0), timedelta(0), "0 s"),
    ],
)
def test_a_gap_is_told_as_finely_as_its_bounds_agree(shortest: timedelta, longest: timedelta, expected: str) -> None:
    assert format_gap(shortest, longest) == expected
