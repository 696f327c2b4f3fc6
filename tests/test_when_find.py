"""Moments in running text: found where the words say one, and never where they only look like it."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given, strategies as st

from flipflop.when import When, find
from flipflop.when.words import MONTHS, WEEKDAYS

REFERENCE = "2017-07-11"
ZONE = "America/New_York"


def found(text: str) -> list[str]:
    return [each.when.text for each in find(text, REFERENCE, ZONE)]


SAID = [
    "Monday", "Sunday evening", "Sunday at 8 p.m.", "July 9", "9 July", "July 9, 2017", "Sunday, July 9",
    "9 July 2017", "July 9, 2017 at 7:50am EDT", "8:45 p.m. ET on Sunday", "2017-07-09", "Sept. 11, 2016", "July 2017",
    "late July 2016", "the 1990s", "last year", "last week", "earlier this week", "two weeks ago", "yesterday",
    "today", "last summer", "summer 2016", "summer of 2016", "Q3 2016", "second half of 2016", "9-12 July 2017",
    "Monday (Tuesday NZT)", "second of May 2016", "Last Monday", "7:50 AM - 9 Jul 2017", "the day before yesterday",
    "2017-07-09T07:50:00", "2017-07-09T11:50:39Z", "Sun Jul 09 11:50:39 +0000 2017", "early 2016", "mid-2016",
    "circa 2015", "around January 2015", "first quarter of 2016", "from March to June 2016", "over the weekend",
    "Tue, 27 Feb 2018 10:00:00 -0500",
]  # fmt: skip
FRAMES = ["He said so {}.", "{}, she said it was over.", "The mayor, who resigned {}, declined.", "It ({}) was a lie."]


@pytest.mark.parametrize(("words", "frame"), list(product(SAID, FRAMES)))
def test_a_moment_is_found_in_any_sentence_and_read_as_when_reads_it(words: str, frame: str) -> None:
    text = frame.format(words)

    (only,) = find(text, REFERENCE, ZONE)

    assert (text[only.start : only.end], only.when) == (words, When.parse(words, reference=REFERENCE, tz=ZONE))


NO_MOMENTS = [
    "It may happen again, and they may march.",
    "The second time was worse: second to none, a split second.",
    "A march through the city was led by Fredric March.",
    "The Sun said so, and the sun set.",
    "She sat and wed him; the mar on the hull; a dec of cards.",
    "Theresa May said that May would not resign.",
    "April Smith and June Carter sang; August Wilson wrote.",
    "In May Smith's view it was wrong.",
    "The fall of the wall; a spring in his step; one morning; all night.",
    "The Sunday Times, the Sunday Telegraph and Fox News Sunday reported it.",
    "Black Friday, Good Friday and Super Tuesday are names.",
    "USA Today and the Today programme had it.",
    "Every Monday, each Friday, next Sunday and any Tuesday.",
    "On a Monday, or on Mondays.",
    "She won 2000 votes in 2000 homes, with 1066 and all that.",
    "The vote will be held on July 15, and it is due on Friday.",
    "By Friday the bill, until Monday.",
    "Room 9.30, version 1.5, 9/11, 24/7, $1999, 2016-style and @June2016.",
    "The Monday after that, the previous Friday.",
]


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_what_only_looks_like_a_moment_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("month", [name.title() for name in MONTHS])
def test_a_month_alone_needs_the_word_before_it(month: str) -> None:
    assert found(f"{month} is a name. A {month} is another.") == []
    assert [each.when.text for each in find(f"He left in {month}.", "2017-12-31", ZONE)] == [month]


@pytest.mark.parametrize("day", [name.title() for name in WEEKDAYS])
def test_a_short_weekday_needs_its_date(day: str) -> None:
    assert found(f"{day[:3]} said so.") == []
    assert found(f"It was {day[:3]} 9 of them.") == []


def test_a_month_that_is_somebodys_name_is_no_month_unless_it_has_a_day_or_a_year() -> None:
    text = "Theresa May spoke in May; in May 2016 and on May 5 she had not."

    assert found(text) == ["May 2016", "May 5"]


def test_a_bound_is_read_as_one() -> None:
    text = "Nothing since July 2016, nothing before Sunday."

    assert [(when.text, when.precision.value) for _, _, when in find(text, REFERENCE, ZONE)] == [
        ("since July 2016", "interval"),
        ("before Sunday", "interval"),
    ]


@pytest.mark.parametrize("words", ["from 2011 to 2016", "between 2011 and 2016", "from Monday to Friday"])
def test_a_range_is_one_moment(words: str) -> None:
    assert found(f"It went on {words}, he said.") == [words]


def test_monday_and_monday_are_two_moments() -> None:
    assert found("He spoke on Monday and Sunday.") == ["Monday", "Sunday"]


def test_two_calendars_are_one_moment_with_both_labels() -> None:
    text = "Dmitry Peskov told a conference call on Monday (Tuesday NZT)."

    (only,) = find(text, REFERENCE, ZONE)

    assert only.when.text == "Monday (Tuesday NZT)"
    assert only.when.start.isoformat() == "2017-07-10T04:00:00+00:00"


def test_what_is_left_out_dates_nothing() -> None:
    text = "“I left on Sunday,” he said Monday."

    assert [each.when.text for each in find(text, REFERENCE, ZONE, leave_out=[(0, 19)])] == ["Monday"]


def test_a_month_without_its_year_is_none_where_the_next_one_may_be_meant() -> None:
    text = "It ends on Nov. 1, in September or on July 30; it began in December, on Feb. 13."

    assert found(text) == ["December", "Feb. 13"]


def test_a_clock_without_a_zone_leaves_its_day() -> None:
    assert [each.when.text for each in find("It was Sunday at 8 p.m. there.", REFERENCE)] == ["Sunday"]


def test_without_a_reference_only_whole_dates_are_found() -> None:
    assert [each.when.text for each in find("On Monday, or on 9 July 2017.", None, ZONE)] == ["9 July 2017"]


NAMES = st.sampled_from(["may", "second", "march", "sun", "fall", "mon", "sat", "wed", "spring", "one", "first", "dec"])
PLAIN = st.lists(NAMES | st.sampled_from(["the", "a", "said", "and", "he", "they", "to", "was"]), max_size=12)


@given(PLAIN)
def test_small_words_in_any_order_are_no_moment(words: list[str]) -> None:
    assert found(" ".join(words)) == []


@given(st.text(max_size=200))
def test_any_text_is_searched_and_offsets_are_those_of_the_moment(text: str) -> None:
    for start, end, when in find(text, REFERENCE, ZONE):
        assert text[start:end] == when.text


@given(st.lists(st.sampled_from(SAID), max_size=6))
def test_moments_come_in_order_and_do_not_overlap(words: list[str]) -> None:
    moments = find("; then ".join(words), REFERENCE, ZONE)

    assert all(one.end <= other.start for one, other in pairwise(moments))
