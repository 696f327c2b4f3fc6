"""The words in which a record is told, one by one, and where one way of telling ends and the next begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest

from flipflop.detect import find_conflicts, find_reversals
from flipflop.errors import DataError
from flipflop.frames import conform
from flipflop.frames.reading import FrameReader
from flipflop.text import numbers, positions, quotations, rulings, shortening, sources
from flipflop.when import When, gap_between, telling, zone_words
from flipflop.when.gap_words import bounds_words
from flipflop.when.zones import zone_of

DASH = "\u2013"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
KNOWN = timedelta(days=42, hours=13, minutes=20, seconds=43)
PROPOSAL = {
    "strongly_support": ("strongly supports", "strongly affirms"),
    "support": ("supports", "affirms"),
    "mixed": ("mixed", "mixed"),
    "oppose": ("opposes", "denies"),
    "strongly_oppose": ("strongly opposes", "strongly denies"),
    "unclear": ("unclear", "unclear"),
    "disputed": ("coders disagree", "coders disagree"),
    "never_seen": ("never seen", "never seen"),
}


@pytest.mark.parametrize(("look", "words"), PROPOSAL.items())
def test_a_stance_is_a_verb_that_fits_its_topic(look: str, words: tuple[str, str]) -> None:
    assert (positions.stance_word(look, "proposal"), positions.stance_word(look, "account")) == words
    assert set(positions.LOOKS) == PROPOSAL.keys() - {"never_seen"}


@pytest.mark.parametrize(
    ("level", "kind", "words"),
    [
        (2, "proposal", "in support"),
        (-1, "proposal", "in opposition"),
        (1, "account", "affirming it"),
        (-2, "account", "denying it"),
        (0, "account", "with a mixed position"),
    ],
)
def test_a_side_is_said_of_the_record(level: int, kind: str, words: str) -> None:
    assert positions.side_words(level, kind) == words
    assert positions.standing_words(level, kind, "") == f"on record {words}"
    told = positions.standing_words(level, kind, "5 May 2020")
    assert told == f"on record {words}; no later statement in this record as of 5 May 2020"


FORMS = {
    "quote": "",
    "condensed": "shortened by the outlet",
    "reported": "reported, not a quotation",
    "paraphrase": "paraphrase, not a quotation",
    "act": "an act",
}


@pytest.mark.parametrize(("form", "words"), FORMS.items())
def test_how_near_the_words_are_to_the_speakers_own_stands_beside_them(form: str, words: str) -> None:
    marked = [f"({words})"] if words else []

    assert quotations.form_words(form) == words
    assert quotations.notes(form, "", "") == marked
    assert quotations.notes(form, "The House", "Bob", again=True, shown=str.upper) == [
        *marked,
        "for THE HOUSE",
        "as told by BOB",
        "coding to be looked at again",
    ]
    assert quotations.is_hollow(form) == (form in ("reported", "paraphrase"))


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("Yes.", "quote", "\u201cYes.\u201d"),
        ("Yes.", "", "\u201cYes.\u201d"),
        ("Yes \u2026", "condensed", "(shortened by the outlet) \u201cYes \u2026\u201d"),
        ("He agreed.", "reported", "(reported, not a quotation) He agreed."),
        ("\u201cYes.\u201d", "quote", "\u201cYes.\u201d"),
        ("\u201eJa.\u201c", "quote", "\u201eJa.\u201c"),
        ("\u00abOui.\u00bb", "quote", "\u00abOui.\u00bb"),
        ("\u2018Yes.\u2019", "quote", "\u2018Yes.\u2019"),
        ('"Yes."', "quote", '"Yes."'),
        ("'Yes.'", "quote", "'Yes.'"),
        ('"Yes" and "no"', "quote", '\u201c"Yes" and "no"\u201d'),
        ("\u201cYes\u201d and \u201cno\u201d", "quote", "\u201c\u201cYes\u201d and \u201cno\u201d\u201d"),
        ('"', "quote", '\u201c"\u201d'),
        ("", "quote", ""),
    ],
)
def test_own_words_stand_in_quotation_marks_once(text: str, form: str, told: str) -> None:
    assert quotations.quotation_line(text, form) == told


@pytest.mark.parametrize(
    ("url", "outlet", "title", "words"),
    [
        ("https://example.org/a", "The Paper", "A day", "The Paper, A day"),
        ("https://example.org/a", "", "A day", "A day"),
        ("https://example.org/a", "", "", "example.org"),
        ("a shelf", "", "", "a shelf"),
        ("", "", "", "none recorded"),
    ],
)
def test_a_source_is_told_as_a_reader_knows_it(url: str, outlet: str, title: str, words: str) -> None:
    assert sources.source_words(url, outlet, title) == words
    assert sources.source_details("Bob", "5 May 2020") == ["by Bob", "published 5 May 2020"]
    assert sources.source_details("", "") == []


def test_numbers_have_their_nouns() -> None:
    assert [numbers.counted(n, "statement") for n in (0, 1, 2, 1200)] == [
        "0 statements",
        "1 statement",
        "2 statements",
        "1,200 statements",
    ]
    assert numbers.coverage_words("2024", 1) == "In this record: 2024, 1 statement"
    assert (numbers.as_of_words("5 May 2020"), numbers.as_of_words("")) == ("Record as of 5 May 2020.", "")


def test_a_text_is_cut_between_words_where_it_is_longer_than_its_room() -> None:
    text = "No unit, now or ever"

    assert [shortening.shortened(text, room) for room in (20, 19, 12, 4)] == [
        text,
        "No unit, now or \u2026",
        "No unit, \u2026",
        "No \u2026",
    ]
    assert shortening.shortened("Unabridged", 5) == "Unab \u2026"


def test_a_name_keeps_what_tells_it_from_others() -> None:
    names = ["Ministry of Trade", "Ministry of War", "Ministry", "Ada"]
    assert shortening.shared_words(names) == {"Ada": 0, "Ministry": 0, "Ministry of Trade": 2, "Ministry of War": 2}

    def told(room: int) -> str:
        return shortening.without_middle("Ministry of Trade", 2, lambda one: len(one) <= room)

    assert [told(room) for room in (16, 8, 3)] == ["Ministry \u2026 Trade", "\u2026 Trade", "\u2026 Trade"]


@pytest.mark.parametrize(
    ("hours", "words"),
    [(-4, "UTC-04:00"), (0, "UTC+00:00"), (5.75, "UTC+05:45"), (-3.5, "UTC-03:30"), (14, "UTC+14:00")],
)
def test_an_offset_is_told_in_hours_and_minutes(hours: float, words: str) -> None:
    offset = timedelta(hours=hours)

    assert zone_words.offset_words(offset) == words
    assert zone_words.axis_title("Somewhere", offset) == f"Time in Somewhere ({words})"


def test_a_zone_is_told_by_what_its_clocks_call_themselves() -> None:
    noon = datetime(2017, 7, 9, 12, tzinfo=UTC)

    assert zone_words.zone_letters(noon, zone_of("America/New_York").info) == "EDT"
    assert zone_words.zone_letters(noon, timezone(timedelta(hours=3))) == "UTC+03:00"
    assert zone_words.axis_title("UTC", timedelta(0)) == "Time in UTC"
    assert zone_words.axis_title("Europe/Paris", None) == "Time in Europe/Paris"
    assert zone_words.all_times("UTC") == "All times in UTC."
    assert [zone_words.place_words(name) for name in (None, "-04:00", "+03:00", "Europe/Moscow")] == [
        "time zone not known",
        "in UTC-04:00",
        "in UTC+03:00",
        "in Europe/Moscow",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017", "2017"),
        ("2015/2017", f"2015{DASH}2017"),
        ("1970s", f"1970{DASH}1979"),
        ("2017-07", "July 2017"),
        ("2017-07/2017-09", f"July{DASH}September 2017"),
        ("2016-12/2017-01", f"December 2016 {DASH} January 2017"),
        ("2017-07-09", "9 July 2017"),
        ("2017-07-09/2017-07-12", f"9{DASH}12 July 2017"),
        ("2017-07-30/2017-08-02", f"30 July {DASH} 2 August 2017"),
        ("2016-12-30/2017-01-02", f"30 December 2016 {DASH} 2 January 2017"),
        ("2017-07-09T07:50Z", "9 July 2017, 07:50 UTC"),
        ("2017-07-09T07:50:24Z", "9 July 2017, 07:50:24 UTC"),
        ("2017-07-09T07:50Z/2017-07-09T08:10Z", f"9 July 2017, 07:50{DASH}08:10 UTC"),
        ("2017-07-09T23:50Z/2017-07-09T23:59Z", f"9 July 2017, 23:50{DASH}23:59 UTC"),
        ("2017-07-09T23:50Z/2017-07-10T00:09Z", f"9 July 2017, 23:50 {DASH} 10 July 2017, 00:09 UTC"),
    ],
)
def test_a_moment_is_told_no_finer_and_no_wider_than_it_is_known(text: str, words: str) -> None:
    assert telling.moment_words(When.parse(text, tz="UTC"), "UTC").replace("1970s", f"1970{DASH}1979") == words


def test_an_instant_is_told_to_its_second() -> None:
    instant = datetime(2017, 7, 9, 11, 50, 24, 999_999, tzinfo=UTC)

    assert telling.second_words(instant, "UTC") == "9 July 2017, 11:50:24 UTC"
    assert telling.utc_text(instant) == "2017-07-09T11:50:24Z"
    assert telling.short_date(instant) == "9 Jul 2017"
    assert telling.short_date(instant, year=False) == "9 Jul"
    assert [telling.month_name(month) for month in (1, 12)] == ["January", "December"]


@pytest.mark.parametrize(
    ("texts", "covered", "last"),
    [
        ((), "dates not known", ""),
        (("2024",), "2024", "2024"),
        (("2024", "5 June 2025"), "2024 to 5 June 2025", "5 June 2025"),
        (("not after 5 May 2015",), "5 May 2015 or earlier", "5 May 2015"),
        (("after 5 March 2020",), "6 March 2020 or later", "6 March 2020"),
        (("2024", "2024-01-01"), "2024", "2024"),
        (("2024", "2024-12-31"), "2024", "2024"),
        (("2017-07-09T23:50Z", "2017-07-11T00:00Z"), "9 July 2017 to 11 July 2017", "11 July 2017"),
    ],
)
def test_what_a_record_covers_is_told_as_its_moments_are_known(texts: tuple[str, ...], covered: str, last: str) -> None:
    moments = [When.parse(text, tz="UTC") for text in texts]

    assert telling.covered_dates(moments, "UTC") == covered
    assert telling.last_date(moments, "UTC") == last


@pytest.mark.parametrize(
    ("shortest", "longest", "words", "bounds"),
    [
        (timedelta(0), 30 * DAY + SECOND, "up to 31 days", "at most 30 days 1 s"),
        (2 * DAY, 2 * DAY, "2 days", "2 days"),
        (KNOWN, KNOWN, "42 days 13 h", "42 days 13 h 20 min 43 s"),
        (60 * SECOND, 60 * SECOND, "1 min", "1 min"),
    ],
)
def test_a_gap_and_its_bounds(shortest: timedelta, longest: timedelta, words: str, bounds: str) -> None:
    assert (gap_between(shortest, longest).words, bounds_words(shortest, longest)) == (words, bounds)


def test_a_column_of_words_has_no_empty_word_and_none_that_does_not_occur() -> None:
    given = pd.Series(pd.Categorical(["", "ann", None], categories=["", "ann", "bob"]))

    column = conform("positions", pd.DataFrame({"coder": given}))["coder"]

    assert column.isna().tolist() == [True, False, True]
    assert list(column.cat.categories) == ["ann"]


def test_twenty_bad_rows_are_told_and_of_more_how_many() -> None:
    for number, more in ((20, []), (21, ["f: column … and 1 more rows like these"])):
        reader = FrameReader(pd.DataFrame({"column": range(number)}), "f")
        reader.at_rows(np.ones(number, dtype=bool), "column", "is bad")
        with pytest.raises(DataError) as raised:
            reader.done()
        assert len(raised.value.problems) == 20 + len(more)


def test_relations_that_cannot_be_read_are_refused() -> None:
    said = pd.DataFrame(
        {"speaker": ["p"], "topic": ["t"], "statement_id": ["a"], "stance": ["support"], "said": ["2017"]}
    )
    spokes = pd.DataFrame({"surrogate": ["s"], "principal": ["p"], "since": [date(2017, 1, 1)]})

    with pytest.raises(DataError, match="speaks_for"):
        find_conflicts(said, spokes, pd.DataFrame({"topic": ["t"], "kind": ["account"]}))


def test_a_later_statement_on_the_surrogates_side_is_told_of_the_record_and_not_of_the_principal() -> None:
    told = rulings.conflict_words("ahead", "Tom Hale", "Vera Lindqvist", "in support", "conflict")

    assert told == (
        "What Tom Hale said differs from the position that Vera Lindqvist had shown; a later statement of Vera "
        "Lindqvist in this record is on that side (ruled: conflict of two positions)"
    )


def test_what_happened_is_told_in_these_words_before_and_after_a_ruling() -> None:
    assert list(rulings.KINDS.values()) == [
        "opposite sides",
        "opposite sides, once more",
        "a side, then a mixed position",
        "opposite sides, order open",
        "same side again",
        "same side, less strongly",
        "same side, more strongly",
        "no side, then one",
        "same side, with another condition",
        "opposite sides, under different mandates",
        "same side as another, who showed the opposite later",
        "one side, before another showed the opposite",
        "a side, while another's was the opposite",
        "a side that a later statement of another is on",
        "accounts that differ",
        "one body, opposite sides",
    ]
    assert list(rulings.OUTCOMES.values()) == [
        "change of position",
        "no change of position",
        "changed circumstances, no change of position",
        "not comparable, no change of position",
        "conflict of two positions",
        "no conflict of two positions",
    ]
    assert list(rulings.DEGREES.values()) == [
        "from one side to the other",
        "from a side to a mixed position, or back",
        "no change of side",
    ]
    assert list(rulings.EXPLANATIONS.values()) == [
        "the speaker acknowledged the change",
        "something had happened in between",
        "looked for, none found",
        "the speaker denies a change",
    ]


def test_the_last_known_instant_is_an_end_and_what_lies_after_it_is_open() -> None:
    start, tick = telling.LAST_KNOWN - SECOND, timedelta(microseconds=1)

    assert telling.moment_words(telling.Moment(start, telling.LAST_KNOWN), "UTC").startswith(
        "29 December 9999, 23:59:5"
    )
    assert telling.moment_words(telling.Moment(start, telling.LAST_KNOWN + tick), "UTC").startswith("not before")


UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
TEENS = ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"]
ORDINALS = [
    *UNITS,
    *TEENS,
    *("eighteenth", "nineteenth", "twentieth"),
    *(f"twenty-{unit}" for unit in UNITS),
    *("thirtieth", "thirty-first"),
]


@pytest.mark.parametrize(("day", "word"), [*enumerate(ORDINALS, start=1)])
def test_a_day_of_the_month_is_read_in_words_with_its_weekday(day: int, word: str) -> None:
    wanted = datetime(2017, 7, day, tzinfo=UTC)

    assert When.parse(f"the {word} of July 2017", tz="UTC").start == wanted
    assert When.parse(f"{wanted:%A} {day} July 2017", tz="UTC").start == wanted


def test_both_coders_of_a_pair_are_named() -> None:
    rows = [
        ("a", "support", "2017", "kim"),
        ("b", "oppose", "2018", "ada"),
        ("c", "support", "2019", None),
        ("d", "oppose", "2020", "ada; lee"),
    ]
    said = pd.DataFrame(rows, columns=["statement_id", "stance", "said", "coder"]).assign(speaker="p", topic="t")

    assert find_reversals(said)["coder"].tolist() == ["ada; kim", "ada", "ada; lee"]
