"""What people write for a moment, in eight languages: read as it is meant, wider, or refused, and never otherwise.

The meanings in ``phrases.tsv`` were written before the grammar was asked, those in the other files each after it had
been mended by the ones before: of each it then read 90 of a hundred exactly.
"""

from __future__ import annotations

from collections import Counter

import pytest

from flipflop.errors import WhenError
from flipflop.when import When
from tests.phrases import REFERENCE, Phrase, judged, phrases

LISTS = ("phrases.tsv", "phrases_second.tsv", "phrases_third.tsv", "phrases_fourth.tsv")


@pytest.mark.parametrize("name", LISTS)
def test_no_phrase_is_read_as_something_else(name: str) -> None:
    assert [phrase.text for phrase in phrases(name) if judged(phrase) == "WRONG"] == []


@pytest.mark.parametrize("name", LISTS)
def test_most_phrases_are_read_exactly(name: str) -> None:
    read = Counter(judged(phrase) for phrase in phrases(name))

    assert read["exact"] >= 0.95 * read.total(), read


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May", "second", "the first", "half", "noon", "10 Downing Street", "7 days", "2016 election",
        "Good Friday 2017", "May Day 2016", "the 9/11 attacks", "page 12", "vol. 3, 2016", "Section 5, 2015",
        "G20", "24 hours", "next", "out 2016", "fine", "in", "3pm", "a 3 de", "le", "du au", "von bis",
        "midnight", "Sunday week", "weeks ago", "many days ago", "two Sundays", "before", "from to", "or", "/",
        "between and", "12", "1", "31", "0", "9 9", "heute Nacht", "morgen", "stanotte", "verano de 2016", "manana",
        "no. 9 July 2017", "half March", "since until March", "before after Friday", "over two weeks ago",
        "in two days", "the week", "the end of the year",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(text: str) -> None:
    with pytest.raises(WhenError):
        When.parse(text, reference=REFERENCE, tz="UTC")


def test_a_phrase_of_another_language_says_how_it_was_read() -> None:
    when = When.parse("letzte Woche", reference=REFERENCE, tz="Europe/Berlin")

    assert "read as German for 'last week'" in when.warnings


@pytest.mark.parametrize(
    ("means", "text"),
    [
        ("2017-07-10", "9 July 2017"),  # another day
        ("2017-07", "9 July 2017"),  # narrower
        ("refuse", "9 July 2017"),
    ],
)
def test_the_measure_finds_what_is_wrong(means: str, text: str) -> None:
    assert judged(Phrase(text, "UTC", means, "")) == "WRONG"
