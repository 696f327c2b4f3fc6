"""A moment in words: dates as they were given, clock times on the clock of the reader, never finer than known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from hypothesis import given, strategies as st

import flipflop.when
from flipflop.errors import WhenError
from flipflop.when import When
from flipflop.when.gap_words import gap_between
from flipflop.when.telling import (
    Moment,
    covered_dates,
    day_words,
    last_date,
    moment_words,
    second_words,
    short_words,
    utc_text,
)
from flipflop.when.zone_words import all_times, axis_title, offset_words, place_words, zone_letters
from flipflop.when.zones import zone_of

NEW_YORK, MOSCOW, YAKUTSK = "America/New_York", "Europe/Moscow", "Asia/Yakutsk"


def plain(words: str) -> str:
    """Words with hyphens for dashes, as hands type them."""
    return words.replace("\u2013", "-")


def told(text: str, tz: str, *, said_in: str | None = None) -> str:
    """How a moment given in one zone is told in another."""
    return plain(moment_words(When.parse(text, tz=said_in or tz), tz))


@pytest.mark.parametrize(
    ("text", "tz", "expected"),
    [
        ("9 July 2017", NEW_YORK, "9 July 2017"),
        ("12 March 2017", NEW_YORK, "12 March 2017"),  # a day of 23 hours
        ("5 November 2017", NEW_YORK, "5 November 2017"),  # a day of 25 hours
        ("9-12 July 2017", NEW_YORK, "9-12 July 2017"),
        ("28 June to 3 July 2017", NEW_YORK, "28 June - 3 July 2017"),
        ("Dec 28 to Jan 3, 2017", NEW_YORK, "28 December 2016 - 3 January 2017"),
        ("July 2017", MOSCOW, "July 2017"),
        ("December 2012", MOSCOW, "December 2012"),
        ("summer 2017", MOSCOW, "June-August 2017"),
        ("winter 2016-17", MOSCOW, "December 2016 - February 2017"),
        ("2017", MOSCOW, "2017"),
        ("2016/2017", MOSCOW, "2016-2017"),
        ("1990s", MOSCOW, "1990s"),
        ("1990/1999", MOSCOW, "1990-1999"),  # somebody named both ends: that is no decade
        ("0844-03-02", "UTC", "2 March 844"),
    ],
)
def test_whole_days_are_told_as_dates(text: str, tz: str, expected: str) -> None:
    assert told(text, tz) == expected


@pytest.mark.parametrize(
    ("text", "said_in", "tz", "expected"),
    [
        ("24 July 2017", MOSCOW, NEW_YORK, "24 July 2017 (in Europe/Moscow)"),
        ("8 July 2017", YAKUTSK, NEW_YORK, "8 July 2017 (in Asia/Yakutsk)"),
        ("July 2017", MOSCOW, "UTC", "July 2017 (in Europe/Moscow)"),
        ("2017", MOSCOW, "UTC", "2017 (in Europe/Moscow)"),
        ("9 July 2017", "-04:00", "UTC", "9 July 2017 (in UTC-04:00)"),
        ("9 July 2017", "+04:00", "UTC", "9 July 2017 (in UTC+04:00)"),
        ("9 July 2017", "-04:00", NEW_YORK, "9 July 2017"),  # the same hours on both clocks
        ("9 July 2017", "Europe/London", "Europe/Lisbon", "9 July 2017"),
        ("../2015-05-05", MOSCOW, "UTC", "not after 5 May 2015 (in Europe/Moscow)"),
        ("2020-03-06/..", MOSCOW, "UTC", "not before 6 March 2020 (in Europe/Moscow)"),
    ],
)
def test_dates_stay_the_dates_of_their_place_on_every_clock(text: str, said_in: str, tz: str, expected: str) -> None:
    assert told(text, tz, said_in=said_in) == expected


@pytest.mark.parametrize(
    ("tz", "expected"),
    [("UTC", "9 July 2017"), (NEW_YORK, "9 July 2017 (time zone not known)"), ("+00:00", "9 July 2017")],
)
def test_where_nobody_knows_the_zone_the_days_are_those_of_utc(tz: str, expected: str) -> None:
    given = When.parse("9 July 2017")

    assert given.tz is None
    assert moment_words(given, tz) == expected


def test_a_zone_that_this_machine_does_not_know_is_left_out() -> None:
    start = datetime(2017, 7, 9, tzinfo=UTC)
    moment = Moment(start, start + timedelta(days=1), "day", tz="Mars/Base")

    assert moment_words(moment, "UTC") == "9 July 2017"
    assert plain(moment_words(moment, NEW_YORK)) == "8 July 2017, 20:00 - 9 July 2017, 20:00 EDT"


@pytest.mark.parametrize(
    ("text", "tz", "expected"),
    [
        ("2017-07-09T11:50:24Z", NEW_YORK, "9 July 2017, 07:50:24 EDT"),
        ("2017-07-09T11:50Z", NEW_YORK, "9 July 2017, 07:50 EDT"),
        ("2017-07-09T11:50Z", "-04:00", "9 July 2017, 07:50 UTC-04:00"),
        ("2017-07-09T11:50Z", "America/Sao_Paulo", "9 July 2017, 08:50 UTC-03:00"),  # no letters there
        ("9 July 2017 7am EDT", NEW_YORK, "9 July 2017, 07:00-08:00 EDT"),
        ("morning of 9 July 2017", NEW_YORK, "9 July 2017, 06:00-12:00 EDT (morning)"),
        ("afternoon of 9 July 2017", NEW_YORK, "9 July 2017, 12:00-18:00 EDT (afternoon)"),
        ("evening of 9 July 2017", NEW_YORK, "9 July 2017, 18:00-24:00 EDT (evening)"),
        ("night of 9 July 2017", NEW_YORK, "9 July 2017, 18:00 - 10 July 2017, 06:00 EDT (night)"),
        ("2017-11-05T01:30", NEW_YORK, "5 November 2017, 01:30 EDT - 01:30 EST"),
    ],
)
def test_clock_times_are_told_no_finer_than_they_are_known(text: str, tz: str, expected: str) -> None:
    assert told(text, tz) == expected


def test_the_name_of_a_part_of_the_day_stands_only_where_the_clock_shown_agrees() -> None:
    morning = When.parse("morning of 9 July 2017", tz=NEW_YORK)
    same_hours = Moment(morning.start, morning.end, "interval", tz=NEW_YORK)

    assert told("morning of 9 July 2017", MOSCOW, said_in=NEW_YORK) == "9 July 2017, 13:00-19:00 MSK"
    assert plain(moment_words(same_hours, NEW_YORK)) == "9 July 2017, 06:00-12:00 EDT"


@pytest.mark.parametrize(
    ("text", "tz", "expected"),
    [
        ("../2017-07-11", MOSCOW, "not after 11 July 2017"),
        ("2017-07-11/..", MOSCOW, "not before 11 July 2017"),
        ("2017-07-11T10:30/..", NEW_YORK, "not before 11 July 2017, 10:30 EDT"),
        ("../2015-05-05T10:30", NEW_YORK, "not after 5 May 2015, 10:30 EDT"),
        ("../2015-05-05T10:30:15", NEW_YORK, "not after 5 May 2015, 10:30:15 EDT"),
    ],
)
def test_what_is_open_to_one_side_names_its_bound(text: str, tz: str, expected: str) -> None:
    assert told(text, tz) == expected


@pytest.mark.parametrize(
    ("text", "said_in", "expected"),
    [
        ("December 2012", NEW_YORK, "Dec 2012"),
        ("about 2009", NEW_YORK, "about 2009"),
        ("about 9 July 2017", NEW_YORK, "about 9 Jul 2017"),
        ("1990s", MOSCOW, "1990s"),
        ("summer 2017", MOSCOW, "Jun-Aug 2017"),
        ("28 June to 3 July 2017", NEW_YORK, "28 Jun - 3 Jul 2017"),
        ("9-12 July 2017", NEW_YORK, "9-12 Jul 2017"),
        ("24 July 2017", MOSCOW, "24 Jul 2017"),  # the date there
        ("2017-07-10T02:30Z", "UTC", "9 Jul 2017"),  # an instant, on the clock here
        ("night of 9 July 2017", NEW_YORK, "9-10 Jul 2017"),
        ("../2011-12-31", MOSCOW, "not after 2011"),
        ("../2011-11-30", MOSCOW, "not after Nov 2011"),
        ("../2015-05-05T10:30", NEW_YORK, "not after 5 May 2015"),
        ("2012-01-01/..", MOSCOW, "not before 2012"),
        ("2020-03-01/..", MOSCOW, "not before Mar 2020"),
        ("2020-03-06/..", MOSCOW, "not before 6 Mar 2020"),
    ],
)
def test_in_short_words_a_moment_is_no_finer_than_it_is_known(text: str, said_in: str, expected: str) -> None:
    assert plain(short_words(When.parse(text, tz=said_in), NEW_YORK)) == expected


def test_what_is_open_to_both_sides_was_at_any_time_and_bounds_no_record() -> None:
    ever = Moment(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), "interval", approximate=True)

    assert moment_words(ever, MOSCOW) == short_words(ever, MOSCOW) == "at any time"
    assert covered_dates([ever], MOSCOW) == "dates not known"
    assert last_date([ever], MOSCOW) == ""
    assert covered_dates([ever, When.parse("2024")], "UTC") == "2024"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015~", "about 2015"),
        ("2017-07-09~", "about 9 July 2017"),
        ("../2015-05-05~", "not after 6 May 2015"),
    ],
)
def test_about_stands_before_what_is_approximate_and_not_open(text: str, expected: str) -> None:
    given = When.parse(text, tz=NEW_YORK)

    assert given.approximate
    assert moment_words(given, NEW_YORK) == expected


def test_about_stands_before_an_approximate_clock_time() -> None:
    nine = datetime(2017, 7, 10, 1, tzinfo=UTC)
    moment = Moment(nine, nine + timedelta(hours=1), "hour", approximate=True, tz=NEW_YORK)

    assert plain(moment_words(moment, NEW_YORK)) == "about 9 July 2017, 21:00-22:00 EDT"


def test_the_package_gives_what_makes_words_also_when_its_modules_are_loaded_already() -> None:
    assert flipflop.when.moment_words is moment_words
    assert flipflop.when.gap_between is gap_between
    assert flipflop.when.Moment is Moment


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WhenError, match="Mars/Base"):
        moment_words(When.parse("9 July 2017"), "Mars/Base")


@given(
    start=st.datetimes(timezones=st.just(UTC)),
    width=st.timedeltas(timedelta(microseconds=1), timedelta(days=9000)),
    own=st.sampled_from([None, NEW_YORK, "-04:00", "Mars/Base"]),
    tz=st.sampled_from([NEW_YORK, MOSCOW, "Asia/Kathmandu", "+14:00", "UTC"]),
)
def test_every_moment_can_be_told(start: datetime, width: timedelta, own: str | None, tz: str) -> None:
    end = start + width if start < datetime(9970, 1, 1, tzinfo=UTC) else datetime.max.replace(tzinfo=UTC)
    if start < end:
        moment = Moment(start, end, tz=own)

        assert moment_words(moment, tz)
        assert covered_dates([moment], tz)


@pytest.mark.parametrize(
    ("texts", "tz", "covered", "last"),
    [
        (["2024", "5 June 2025"], "UTC", "2024 to 5 June 2025", "5 June 2025"),
        (["9 July 2017", "9 July 2017"], "UTC", "9 July 2017", "9 July 2017"),
        (["1 January 2024", "2024"], "UTC", "2024", "2024"),  # of several that begin together the widest
        (["5 June 2025", "June 2025", "30 June 2025"], "UTC", "June 2025", "June 2025"),
        (["2017-07-09T11:50:24Z", "2017-07-10T00:45:52Z"], NEW_YORK, "9 July 2017", "9 July 2017"),
        (["2017-07-09T11:50:24Z", "2017-07-10T00:45:52Z"], "UTC", "9 July 2017 to 10 July 2017", "10 July 2017"),
        (["../2015-05-05", "2016"], "UTC", "5 May 2015 or earlier to 2016", "2016"),
        (["2016", "2020-03-06/.."], "UTC", "2016 to 6 March 2020 or later", "6 March 2020"),
        (["../2015-05-05", "2014"], "UTC", "2014 to 5 May 2015", "5 May 2015"),
        (["2016", "2015-03-06/.."], "UTC", "6 March 2015 to 2016", "2016"),
        (["2015~", "2016"], "UTC", "about 2015 to 2016", "2016"),
        ([], "UTC", "dates not known", ""),
    ],
)
def test_a_record_covers_its_earliest_to_its_latest_moment(texts: list[str], tz: str, covered: str, last: str) -> None:
    moments = [When.parse(text, tz="UTC") for text in texts]

    assert covered_dates(moments, tz) == covered
    assert covered_dates(reversed(moments), tz) == covered
    assert last_date(moments, tz) == last


def test_an_instant_has_a_day_and_a_second_on_the_clock_of_the_zone_and_one_form_for_machines() -> None:
    instant = datetime(2017, 7, 10, 0, 45, 52, 999_999, tzinfo=UTC)

    assert day_words(instant, NEW_YORK) == "9 July 2017"
    assert second_words(instant, NEW_YORK) == "9 July 2017, 20:45:52 EDT"
    assert utc_text(instant) == "2017-07-10T00:45:52Z"


@pytest.mark.parametrize(
    ("tz", "letters"),
    [(NEW_YORK, "EDT"), ("Asia/Tokyo", "JST"), (MOSCOW, "MSK"), ("Asia/Kathmandu", "UTC+05:45"), ("UTC", "UTC")],
)
def test_a_zone_has_its_letters_else_its_offset(tz: str, letters: str) -> None:
    info: tzinfo = zone_of(tz).info

    assert zone_letters(datetime(2017, 7, 9, tzinfo=UTC), info) == letters


def test_a_surface_names_its_zone() -> None:
    assert all_times(MOSCOW) == "All times in Europe/Moscow."
    assert axis_title(MOSCOW, timedelta(hours=3)) == "Time in Europe/Moscow (UTC+03:00)"
    assert axis_title(NEW_YORK, timedelta(hours=-4)) == "Time in America/New_York (UTC-04:00)"
    assert axis_title(NEW_YORK, None) == "Time in America/New_York"
    assert axis_title("UTC", timedelta(0)) == "Time in UTC"


def test_a_place_is_said_as_its_name_or_its_offset() -> None:
    assert place_words(MOSCOW) == "in Europe/Moscow"
    assert place_words("-04:00") == "in UTC-04:00"
    assert place_words(None) == "time zone not known"
    assert offset_words(timedelta(hours=5, minutes=45)) == "UTC+05:45"
