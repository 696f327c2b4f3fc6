"""About has a width, midnight is the day, and both can be seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, strategies as st

from flipflop.errors import WhenError
from flipflop.when import Precision, When
from flipflop.when.about import core
from flipflop.when.telling import Moment, moment_words
from flipflop.when.zones import probably_meant, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

NEW_YORK = "America/New_York"
ZONES = ("UTC", NEW_YORK, "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "-04:00")
instants = st.timedeltas(timedelta(0), timedelta(days=60 * 365)).map(
    lambda since: datetime(1960, 3, 1, tzinfo=UTC) + since
)

ROUGH: dict[str, Callable[[datetime], str]] = {
    "second": lambda t: f"{t:%Y-%m-%d %H:%M:%S}",
    "minute": lambda t: f"{t:%Y-%m-%d %H:%M}",
    "hour": lambda t: f"{t:%Y-%m-%d} {t.hour % 12 or 12}{'am' if t.hour < 12 else 'pm'}",
    "daypart": lambda t: f"{t:%Y-%m-%d} {'morning' if t.hour < 12 else 'evening'}",
    "day": lambda t: f"{t:%Y-%m-%d}",
    "month": lambda t: f"{t:%B %Y}",
    "season": lambda t: f"summer {t.year}",
    "year": lambda t: f"{t.year}",
    "decade": lambda t: f"{t.year // 10}X",
    "days": lambda t: f"{t:%Y-%m-%d} to {t + timedelta(days=t.day):%Y-%m-%d}",
    "months": lambda t: f"{t.year}-02 to {t.year}-09",
    "years": lambda t: f"{t.year} to {t.year + 7}",
    "times": lambda t: f"{t:%Y-%m-%d} 9:05am to 11:20am",
}
WIDER: dict[str, timedelta] = {
    "second": timedelta(minutes=5), "minute": timedelta(minutes=15), "hour": timedelta(minutes=30),
    "daypart": timedelta(hours=2.5), "day": timedelta(hours=22), "month": timedelta(days=27),
    "season": timedelta(days=27), "year": timedelta(days=364), "decade": timedelta(days=3650),
    "days": timedelta(hours=34), "months": timedelta(days=56), "years": timedelta(days=729),
    "times": timedelta(minutes=30),
}  # fmt: skip
"""How much earlier and later at least; a day may have an hour less."""


@given(truth=instants, zone=st.sampled_from(ZONES), form=st.sampled_from(sorted(ROUGH)))
def test_about_is_wider_on_both_sides_and_gives_back_what_was_said(truth: datetime, zone: str, form: str) -> None:
    text = ROUGH[form](truth.astimezone(zone_of(zone).info))
    try:
        exact = When.parse(text, tz=zone, midnights="time")
    except WhenError:
        return  # a time that clocks skipped
    about = When.parse(f"about {text}" if form != "decade" else f"{text}~", tz=zone, midnights="time")

    assert about.start <= exact.start - WIDER[form]
    assert about.end >= exact.end + WIDER[form]
    assert about.precision is exact.precision
    assert core((about.start, about.end), about.precision, about.tz) == (exact.start, exact.end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("circa 2015", "about 2015"),
        ("about 9pm 9 July 2017 EDT", "about 9 July 2017, 21:00-22:00 EDT"),
        ("about 9:15pm 9 July 2017 EDT", "about 9 July 2017, 21:15 EDT"),
        ("about 9 July 2017", "about 9 July 2017"),
        ("about July 2017", "about July 2017"),
        ("circa the 1990s", "about 1990s"),
        ("about summer 2016", "about June-August 2016"),
        ("early July 2017", "about 1-10 July 2017"),
        ("mid-July 2017", "about 11-20 July 2017"),
        ("late July 2017", "about 21-31 July 2017"),
        ("late 2015", "about September-December 2015"),
        ("late February 2016", "about 21-29 February 2016"),
        ("early 1990s", "about 1990-1993"),
        ("2015~/2017", "about 2015-2017"),
        ("about 5-7 July 2017", "about 5-7 July 2017"),
        ("about 9:05am to 10:20am 9 July 2017", "about 9 July 2017, 09:05-10:20 EDT"),
        ("early 9 July 2017", "about 9 July 2017, 00:00-12:00 EDT"),
        ("18 May 2017, just after 11am", "about 18 May 2017, 11:00-12:00 EDT"),
        ("not after about 2015", "not after 31 December 2016"),
        ("before about 2015", "not after 31 December 2016"),
    ],
)
def test_what_is_known_roughly_is_told_as_it_was_said(text: str, expected: str) -> None:
    assert moment_words(When.parse(text, tz=NEW_YORK), NEW_YORK).replace("\u2013", "-") == expected


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2015-01-01", "2016-01-01", "year", "about 2015"),
        ("2017-07-09", "2017-07-10", "day", "about 9 July 2017"),
        ("2017-07-09T21:00", "2017-07-09T22:00", "hour", "about 9 July 2017, 21:00-22:00 UTC"),
        ("2017-07-21", "2017-08-01", "interval", "about 21-31 July 2017"),
        ("2016-01-01", "2016-05-01", "interval", "about January-April 2016"),
        ("2017-06-24", "2017-07-01", "week", "about 24-30 June 2017"),
        ("2017-07-09", "2017-07-09T12:00", "daypart", "about 9 July 2017, 00:00-12:00 UTC"),
    ],
)
def test_what_the_first_version_stored_is_told_as_before(start: str, end: str, precision: str, expected: str) -> None:
    first, last = (datetime.fromisoformat(bound).replace(tzinfo=UTC) for bound in (start, end))

    assert moment_words(Moment(first, last, precision, True, "UTC"), "UTC").replace("\u2013", "-") == expected


def test_about_nine_and_ten_to_nine_have_no_certain_order() -> None:
    about, exact = When.parse("about 9pm 9 July 2017 EDT"), When.parse("9 July 2017 8:50pm EDT")

    assert about.start < exact.end
    assert exact.start < about.end


MIDNIGHTS = [
    "2005-01-26 00:00:00", "2005-01-26T00:00:00Z", "2005-01-26T00:00", "2005-01-26T00:00:00.000Z",
    "2005-01-26T00:00:00+01:00", "2005-01-26 00:00:00-05:00", "26 January 2005 00:00 EST", "01/26/2005 00:00",
    "Wed, 26 Jan 2005 00:00:00 GMT", "20050126T000000Z",
]  # fmt: skip


@pytest.mark.parametrize("text", MIDNIGHTS)
def test_a_midnight_is_the_day_and_says_so(text: str) -> None:
    when = When.parse(text, tz=NEW_YORK)

    assert (when.precision, when.end - when.start) == (Precision.DAY, timedelta(days=1))
    assert zone_of(when.tz or "UTC").wall(when.start) == datetime.fromisoformat("2005-01-26")
    assert "midnight: taken as the day" in when.warnings[0]


@pytest.mark.parametrize("text", MIDNIGHTS)
@pytest.mark.parametrize(("midnights", "precision"), [("day", {"day"}), ("time", {"minute", "second"})])
def test_who_knows_what_midnights_are_gets_no_warning(
    text: str, midnights: Literal["day", "time"], precision: set[str]
) -> None:
    when = When.parse(text, tz=NEW_YORK, midnights=midnights)

    assert when.precision in precision
    assert not any("midnight" in warning for warning in when.warnings)


def test_midnight_in_the_words_of_people_is_a_time() -> None:
    assert When.parse("9 July 2017 12:00 am EDT").precision is Precision.MINUTE
    assert When.parse("9 July 2017 12am EDT").precision is Precision.HOUR
    assert When.parse("9 July 2017 00:00 to 00:30 EDT", tz="UTC").end - When.parse(
        "2017-07-09T04:00:01Z"
    ).start == timedelta(minutes=30, seconds=59)


def test_a_midnight_without_a_zone_is_a_day_without_a_zone() -> None:
    when = When.parse("2005-01-26 00:00:00")

    assert (when.tz, when.precision) == (None, Precision.DAY)


@pytest.mark.parametrize("word", ["EST", "cet", "EET", "MST", "WET", "GMT", "EDT"])
def test_a_zone_without_summer_time_is_told_with_the_one_that_is_meant(word: str) -> None:
    assert "you probably mean" in (probably_meant(word) or "")


@pytest.mark.parametrize("name", ["America/New_York", "UTC", "-05:00", "JST", "MSK"])
def test_a_zone_that_means_itself_is_not_remarked_on(name: str) -> None:
    assert probably_meant(name) is None
