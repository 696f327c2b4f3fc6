"""Ranges, bounds and nights as people type them: both ends, told again as they were typed."""

from __future__ import annotations

import pytest

from flipflop.errors import WhenError
from flipflop.when import When, moment_words

REFERENCE = "2017-07-11T09:00"


def told(text: str) -> str:
    words = moment_words(When.parse(text, reference=REFERENCE, tz="Europe/London"), "Europe/London")
    return words.replace("\u2013", "-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 July 2017 22:30-23:30", "9 July 2017, 22:30-23:30 BST"),
        ("9 July 2017, 20.00-21.30", "9 July 2017, 20:00-21:30 BST"),
        ("9 July 2017 between 20:00 and 21:30", "9 July 2017, 20:00-21:30 BST"),
        ("9 July 2017 22:30:10-22:30:20", "9 July 2017, 22:30:10-22:30:20 BST"),
        ("9 July 2017 from 8pm to 9pm", "9 July 2017, 20:00-22:00 BST"),
        ("9 July 2017 22:00 to 00:00", "9 July 2017, 22:00-24:00 BST"),
        ("9 July 2017, 10pm to midnight", "9 July 2017, 22:00-24:00 BST"),
        ("9 July 2017 22:00-24:00", "9 July 2017, 22:00-24:00 BST"),
        ("Sunday 23:00 to 01:00", "9 July 2017, 23:00 - 10 July 2017, 01:00 BST"),
        ("5-6pm on July 9, 2017", "9 July 2017, 17:00-19:00 BST"),
        ("5 to 6 pm on Sunday", "9 July 2017, 17:00-19:00 BST"),
        ("between 5 and 6pm, 9 July 2017", "9 July 2017, 17:00-19:00 BST"),
        ("9 July 2017, 5 - 6 pm", "9 July 2017, 17:00-19:00 BST"),
        ("8:00-9:30pm, 9 July 2017", "9 July 2017, 20:00-21:30 BST"),
        ("9 July 2017 12-1:30pm", "9 July 2017, 12:00-13:30 BST"),
    ],
)
def test_times_of_one_day_are_read_and_told_as_they_were_typed(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("5-6pm on July 9, 2017", "5 is read as pm, as the end of the range is"),
        ("9 July 2017 23:00 to 01:00", "it runs past midnight: the end is on 2017-07-10"),
    ],
)
def test_what_a_range_leaves_to_its_reader_is_told(text: str, warning: str) -> None:
    assert warning in When.parse(text, tz="UTC").warnings


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("11-1pm 9 July 2017", "may be am or pm"),
        ("08:00-9:30pm 9 July 2017", "may be am or pm"),
        ("9 July 2017 12:30-1:30", "write the date of both ends, or am and pm"),
        ("9 July 2017 10:00 to 09:00", "write the date of both ends"),
        ("22:00 to 00:00 9 July 2017", "write the date of both ends"),
        ("10pm to midnight on 9 July 2017", "write 12:00 am"),
        ("10.00-11:30, 9 July 2017", "may end a range or be an offset"),
        ("July 5-6pm", "not the day"),
        ("5-9 July 2017 6pm", "no date"),
        ("31/1 January 2017", "runs backwards"),
        ("the night of 8-10 July 2017", "no date"),
        ("Saturday and Sunday", "no date"),
    ],
)
def test_a_range_that_may_be_another_one_is_refused(text: str, why: str) -> None:
    with pytest.raises(WhenError, match=why):
        When.parse(text, reference=REFERENCE, tz="UTC")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 or 9 July 2017", "8-9 July 2017"),
        ("July 8/9, 2017", "8-9 July 2017"),
        ("Saturday or Sunday", "8-9 July 2017"),
        ("June/July 2016", "June-July 2016"),
        ("1995 or 1996", "1995-1996"),
        ("spring or summer 2016", "March-August 2016"),
        ("mid- to late July 2016", "about 11-31 July 2016"),
        ("the night of 8-9 July 2017", "8 July 2017, 18:00 - 9 July 2017, 06:00 BST (night)"),
        ("overnight 30 June/1 July 2017", "30 June 2017, 18:00 - 1 July 2017, 06:00 BST (night)"),
        ("the night between Saturday and Sunday", "8 July 2017, 18:00 - 9 July 2017, 06:00 BST (night)"),
    ],
)
def test_one_of_two_is_all_from_the_one_to_the_other(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on or before 9 July 2017", "not after 9 July 2017"),
        ("not later than 9 July 2017", "not after 9 July 2017"),
        ("up to 9 July 2017", "not after 9 July 2017"),
        ("9 July 2017 at the latest", "not after 9 July 2017"),
        ("9 July 2017 or earlier", "not after 9 July 2017"),
        ("prior to 9 July 2017", "not after 8 July 2017"),
        ("no earlier than 9 July 2017", "not before 9 July 2017"),
        ("9 July 2017 or later", "not before 9 July 2017"),
        ("from 9 July 2017 onwards", "not before 9 July 2017"),
        ("beginning of July 2016", "about 1-10 July 2016"),
    ],
)
def test_bounds_stand_before_a_date_or_after_it(text: str, expected: str) -> None:
    assert told(text) == expected
