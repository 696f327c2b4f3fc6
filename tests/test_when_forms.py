"""What is read, what is refused, and what dateparser would have made of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from flipflop.errors import WhenError
from flipflop.when import Precision, When

NEW_YORK = "America/New_York"


def bounds(text: str, *, reference: str | None = None, tz: str | None = None) -> str:
    """The interval as two ISO texts in UTC, a slash between."""
    when = When.parse(text, reference=reference, tz=tz)
    return "/".join(bound.replace(tzinfo=None).isoformat(timespec="minutes") for bound in (when.start, when.end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-07-09/2017-07-12", "2017-07-09T00:00/2017-07-13T00:00"),
        ("2020-21", "2020-01-01T00:00/2022-01-01T00:00"),
        ("2020-21~", "2020-02-01T00:00/2020-07-01T00:00"),
        ("2020-21/2020-22", "2020-03-01T00:00/2020-09-01T00:00"),
        ("winter 2016-17", "2016-12-01T00:00/2017-03-01T00:00"),
        ("winter 2016", "2015-12-01T00:00/2017-03-01T00:00"),
        ("July 9-12, 2017", "2017-07-09T00:00/2017-07-13T00:00"),
        ("Nov 30 to Jan 3, 2017", "2016-11-30T00:00/2017-01-04T00:00"),
        ("6pm-8pm 9 July 2017 EDT", "2017-07-09T22:00/2017-07-10T01:00"),
        ("9 July 2017 7:50am EDT (11:50 UTC)", "2017-07-09T11:50/2017-07-09T11:51"),
        ("\u0662\u0660\u0661\u0667-\u0660\u0667-\u0660\u0669", "2017-07-09T00:00/2017-07-10T00:00"),
        ("9\u00a0July\u202f2017", "2017-07-09T00:00/2017-07-10T00:00"),
        ("9 JULY 2017", "2017-07-09T00:00/2017-07-10T00:00"),
        ("not after 2017-07-11", "0001-01-01T00:00/2017-07-12T00:00"),
        ("dimanche 9 juillet 2017", "2017-07-09T00:00/2017-07-10T00:00"),
        ("9 de julio de 2017 07:50 UTC-04:00", "2017-07-09T11:50/2017-07-09T11:51"),
        ("9 июля 2017", "2017-07-09T00:00/2017-07-10T00:00"),
        ("2017. július 9.", "2017-07-09T00:00/2017-07-10T00:00"),
    ],
)
def test_a_form_is_read_as_its_writer_means_it(text: str, expected: str) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2017", "3 April 2017 or 4 March 2017"),
        ("9/7/17", "all four"),
        ("9 July 17", "four digits"),
        ("July '17", "all four"),
        ("the 90s", "all four"),
        ("1900s", "ten years or a hundred"),
        ("30 February 2017", "no day 30"),
        ("2017-02-30", "no date of the calendar"),
        ("2017-13", "no month 13"),
        ("2017-25", "EDTF level 2"),
        ("2017-07-09T24:00Z", "00:00 of the next day"),
        ("9 July 2017 13:50 pm EDT", "from 1 to 12"),
        ("9 July 2017 midnight EDT", "begin the day or end it"),
        ("9 July 2017 7:50am", "without a time zone"),
        ("2017-07-09T07:50", "without a time zone"),
        ("9 July 2017 7:50am Mars/Olympus", "not known"),
        ("Sunday, 10 July 2017", "is a Monday, not a Sunday"),
        ("Sunday (10 July 2017)", "is a Monday, not a Sunday"),
        ("9 July 2017 7:50am EDT (12:50 UTC)", "is at no time"),
        ("12 July 2017 to 9 July 2017", "backwards"),
        ("yesterday", "reference"),
        ("Sunday evening", "reference"),
        ("May", "reference"),
        ("9 listopad 2017", "October (hr) or November"),
        ("-1985", "years 1 to 9999"),
        ("../..", "no date"),
        ("9 July\x002017", "U+0000"),
        ("9 July\u202e 2017", "U+202E"),
        ("9" * 201, "201 characters"),
        ("  ", "no moment"),
        ("9 July 2017 EDT MSK", "kind"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(WhenError) as caught:
        When.parse(text)

    assert why in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["We", "soon", "recently", "may have said", "second time", "60 percent", "9/11", "24/7", "Section 5", "out 2017",
     "a few days ago", "at 11 Wall Street", "Black Friday voters", "the 2018 midterms", "mars attacks 2017", "now"],
)  # fmt: skip
def test_a_phrase_that_is_no_date_is_refused_even_with_a_reference(text: str) -> None:
    with pytest.raises(WhenError):
        When.parse(text, reference="2017-07-11T09:00", tz=NEW_YORK)


# The traps of dateparser, one by one.


def test_monday_on_a_monday_is_the_same_day_and_flagged() -> None:
    when = When.parse("Monday", reference="2017-07-10T17:00", tz="UTC")
    assert f"{when.start:%Y-%m-%d}" == "2017-07-10"
    assert "same day" in when.warnings[0]


def test_a_month_does_not_take_its_day_from_the_reference() -> None:
    assert bounds("Jan 2015", reference="2017-07-11") == "2015-01-01T00:00/2015-02-01T00:00"


def test_a_decade_is_ten_years_and_not_seconds_ago() -> None:
    when = When.parse("1990s", reference="2017-07-11")
    assert (when.start.year, when.end.year, when.precision) == (1990, 2000, Precision.DECADE)


def test_day_and_month_never_change_places() -> None:
    assert bounds("25/12/2017") == bounds("12/25/2017") == bounds("25.12.2017")
    for text in ("03/04/2017", "3.4.2017", "04-03-2017"):
        with pytest.raises(WhenError, match="may be"):
            When.parse(text)


@pytest.mark.parametrize("word", ["IST", "CST", "PST", "BST", "AST"])
def test_a_zone_with_several_meanings_names_them(word: str) -> None:
    with pytest.raises(WhenError, match=r"may be .*\+0\d:\d0") as caught:
        When.parse(f"9 July 2017 7:50am {word}")
    assert word in str(caught.value)


def test_the_zone_of_the_call_settles_an_abbreviation_with_several_meanings() -> None:
    assert When.parse("9 July 2017 7:50am IST", tz="Asia/Kolkata").tz == "+05:30"
    with pytest.raises(WhenError, match="none of them"):
        When.parse("9 July 2017 7:50am IST", tz="Asia/Tokyo")
    assert When.parse("9 January 2017 7:50am CST", tz="America/Chicago").tz == "-06:00"


def test_an_abbreviation_out_of_season_is_flagged() -> None:
    when = When.parse("9 July 2017 7:50am EST")
    assert when.tz == "-05:00"
    assert "America/New_York kept another time" in when.warnings[0]


# Weekdays, calendars and clocks.


def test_last_monday_in_the_same_week_covers_both_readings() -> None:
    when = When.parse("last Monday", reference="2017-07-13", tz="UTC")
    assert (when.start.day, when.end.day) == (3, 11)
    assert "covers both" in when.warnings[0]


def test_two_calendars_must_agree() -> None:
    when = When.parse("Monday (Tuesday NZT)", reference="2017-07-11T09:00", tz=NEW_YORK)
    assert (f"{when.start:%dT%H}", f"{when.end:%dT%H}", when.precision) == ("10T04", "11T04", Precision.DAY)
    assert "two calendars" in when.warnings[-1]
    with pytest.raises(WhenError, match="is at no time"):
        When.parse("Monday (Wednesday NZT)", reference="2017-07-11T09:00", tz=NEW_YORK)


def test_a_day_that_cannot_be_in_the_given_zone_yields_to_the_one_that_names_its_zone() -> None:
    when = When.parse("Monday (Tuesday NZT)", reference="2017-07-11T09:00", tz="Pacific/Auckland")
    assert (f"{when.start:%dT%H}", f"{when.end:%dT%H}", when.tz) == ("10T12", "11T12", "Pacific/Auckland")
    assert "which the text does not name" in when.warnings[-1]


def test_a_clock_time_that_was_skipped_is_refused_and_one_shown_twice_covers_both() -> None:
    with pytest.raises(WhenError, match="skipped"):
        When.parse("2017-03-12T02:30", tz=NEW_YORK)
    when = When.parse("2017-11-05T01:30", tz=NEW_YORK)
    assert when.end - when.start == timedelta(minutes=61)
    assert "twice" in when.warnings[-1]


def test_days_have_as_many_hours_as_the_zone_gave_them() -> None:
    hours = [(w := When.parse(day, tz=NEW_YORK)).end - w.start for day in ("2017-03-12", "2017-07-09", "2017-11-05")]
    assert hours == [timedelta(hours=23), timedelta(hours=24), timedelta(hours=25)]


def test_a_day_that_a_zone_left_out_does_not_exist() -> None:
    with pytest.raises(WhenError, match="does not exist in Pacific/Apia"):
        When.parse("2011-12-30", tz="Pacific/Apia")


def test_a_borrowed_zone_is_flagged_where_it_matters() -> None:
    assert "read in America/New_York" in When.parse("9 July 2017 7:50am", tz=NEW_YORK).warnings[0]
    assert When.parse("2017-07-09", tz=NEW_YORK).warnings == ()
    assert "taken in UTC" in When.parse("2017-07-09").warnings[0]


def test_the_zone_is_kept_as_written() -> None:
    written = {
        "2017-07-09T07:50-04:00": "-04:00",
        "2017-07-09 07:50 Europe/Moscow": "Europe/Moscow",
        "2017-07-09": None,
    }
    assert {text: When.parse(text).tz for text in written} == written


def test_a_reference_of_another_zone_is_seen_from_the_zone_of_the_call() -> None:
    assert bounds("yesterday", reference="2017-07-11T02:00Z", tz=NEW_YORK) == "2017-07-09T04:00/2017-07-10T04:00"


def test_a_night_says_that_it_runs_past_midnight() -> None:
    when = When.parse("Sunday night", reference="2017-07-11", tz="UTC")
    assert when.end - when.start == timedelta(hours=12)
    assert "past midnight" in " ".join(when.warnings)


def test_the_edge_of_the_calendar_is_clamped_with_a_warning() -> None:
    for text, tz in (("9999", None), ("0001-01-01", "Asia/Tokyo")):
        assert "held inside the years 1 to 9999" in When.parse(text, tz=tz).warnings


@pytest.mark.parametrize("text", ["2017-07-09/..", "../2017-07-09", "not after 5 May 2012", "since July 2017"])
def test_what_is_open_on_one_side_says_so_and_nothing_of_the_calendars_edge(text: str) -> None:
    warnings = When.parse(text, tz="UTC").warnings

    assert [warning for warning in warnings if "open on one side" in warning] == [*warnings]


def test_a_moment_made_by_hand_keeps_its_promises() -> None:
    day = When.parse("2017-07-09T11:50:24Z")
    with pytest.raises(WhenError, match="empty"):
        When("x", day.end, day.start, Precision.DAY)
    with pytest.raises(WhenError, match="UTC"):
        When("x", datetime.fromisoformat("2017-07-09"), day.end, Precision.DAY)
