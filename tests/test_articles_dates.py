"""When the statements of an article were made: said by their clause, carried over, or only bounded."""

from __future__ import annotations

import pytest

from flipflop.ingest.articles import document_of, proposals
from flipflop.when import When
from tests.article_cases import proposed

BOUND = ("not after 2017-07-11", "bound")


def dates(text: str) -> list[tuple[str, str] | None]:
    """The moment of each statement and how it is known."""
    found = [each for each in proposed(text) if each.kind.is_statement and each.part_of is None]
    return [(each.said.text, str(each.dated_by)) if each.said else None for each in found]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("“We will,” Jane Roe said on Sunday.", "Sunday"),
        ("On Sunday evening Jane Roe said: “We will.”", "Sunday evening"),
        ("“We will,” Jane Roe told reporters on 9 July.", "9 July"),
        ("Jane Roe said on Sunday that taxes would fall.", "Sunday"),
        ("Jane Roe tweeted at 7:50 a.m. EDT on Sunday that taxes would fall.", "7:50 a.m. EDT on Sunday"),
        ("In 2009 Jane Roe called it “a joke to us all.”", "2009"),
    ],
)
def test_a_clause_dates_what_is_said_in_it(text: str, moment: str) -> None:
    assert dates(text) == [(moment, "clause")]


@pytest.mark.parametrize(
    "text",
    [
        "“We left on Sunday,” Jane Roe said.",
        "Jane Roe said that taxes would have to fall on Sunday.",
        "“We will,” Jane Roe said after Sunday’s debate.",
        "“We will,” Jane Roe said ahead of the Sunday vote.",
        "“We will,” said Jane Roe, mayor since 2009.",
    ],
)
def test_what_dates_something_else_dates_nothing(text: str) -> None:
    assert dates(text) == [BOUND]


def test_a_date_is_carried_on_within_a_paragraph_and_to_the_same_speaker_in_the_next() -> None:
    text = (
        "“Yes,” Jane Roe said on Sunday. “Of course.”\n\n“Why not?” Ms. Roe said.\n\n“No,” said John Doe.\n\n"
        "The room was still.\n\nThe rain went on.\n\n“Well,” Ms. Roe said."
    )

    assert dates(text) == [("Sunday", "clause"), ("Sunday", "carried"), ("Sunday", "carried"), BOUND, BOUND]


def test_a_date_of_the_story_is_carried_to_what_its_person_says() -> None:
    text = "On Sunday Jane Roe became a skeptic.\n\n“I have looked again,” Ms. Roe said at a news conference."

    assert dates(text) == [("Sunday", "carried")]


def test_a_year_or_a_month_is_not_carried_on() -> None:
    text = "“Yes,” Jane Roe said in 2009. She is older now. “No,” she said."

    assert dates(text) == [("2009", "clause"), BOUND]


def test_where_a_story_was_filed_is_nobody_who_speaks() -> None:
    (only,) = proposed("RIVERTON, Ohio (AP) — Mayor Jane Roe left, saying the offers were too low.")

    assert only.speaker == "Jane Roe"


def test_a_zone_of_the_page_is_that_of_its_days() -> None:
    document = document_of("“Yes,” Jane Roe said on Sunday.", published=When.parse("2017-07-11"), tz="America/New_York")
    (only,) = proposals(document)

    assert only.said is not None
    assert only.said.start.isoformat() == "2017-07-09T04:00:00+00:00"
