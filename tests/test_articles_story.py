"""A blog post with every trap of the founding article: nobody is given words that they did not say."""

from __future__ import annotations

import textwrap

import pytest

from flipflop.ingest.articles import BlockKind, Confidence, DatedBy, ProposalKind, document_of
from tests.article_cases import BLOG, proposed, said, told

FIVE_LINES = {"Priya Nair", "Ruth Steinmetz", "Carl Odom", "Luis Ortega", "Glenda Swift"}
RIGHT = [
    ("Priya Nair", "It’s not the dumbest idea"),
    ("Priya Nair", "a blind spot"),
    ("Ruth Steinmetz", "Partnering with"),
    ("Ruth Steinmetz", "We have no quarrel"),
    ("Carl Odom", "like the guy"),
    ("Luis Ortega", "would be dangerously"),
    ("Luis Ortega", "If that’s our best plan"),
    ("Glenda Swift", "very important step"),
    ("Glenda Swift", "What we want"),
    ("Dmitry Pavlov", "The two of them"),
    ("Dmitry Pavlov", "Nothing was promised"),
    ("Dmitry Pavlov", "about the possib"),
    ("Svetlana Lukina", "The governor proposed"),
    ("Svetlana Lukina", "This does not mean"),
    ("Svetlana Lukina", "The main thing is"),
    ("Svetlana Lukina", "Maybe this will be"),
    ("Svetlana Lukina", "Nobody knows"),
    ("Kwame Okafor", "can’t happen"),
]


@pytest.mark.parametrize(("speaker", "words"), RIGHT)
def test_every_statement_has_its_speaker(speaker: str, words: str) -> None:
    assert [who for who, quote in said(BLOG) if quote.startswith(words)] == [speaker]


def test_nobody_else_is_given_a_quotation() -> None:
    known = tuple(words for _, words in RIGHT)

    assert [pair for pair in said(BLOG) if not pair[1].startswith(known)] == [("Kwame Okafor", "Joint Bridge")]


def test_both_dangling_lines_are_holes_and_nothing_is_put_into_them() -> None:
    holes = [(each.quote, each.speaker) for each in proposed(BLOG) if each.kind is ProposalKind.HOLE]

    assert holes == [("On Sunday Okafor tweeted:", "Kwame Okafor"), ("Okafor tweeted:", "Kwame Okafor")]
    assert not any("bizarre" in each.quote or each.quote.startswith("Mayor Okafor tweeted") for each in proposed(BLOG))


def test_comments_are_left_out_and_with_them_they_have_no_speaker() -> None:
    with_comments, without = proposed(BLOG, comments=True), proposed(BLOG)
    added = with_comments[len(without) :]
    end = BLOG.index("The Ledger has suggested")

    assert with_comments[: len(without)] == without
    assert all(each.end < end for each in without)
    assert [each.quote for each in added] == [
        "Why not put Hugo Ferrante in charge of it?",
        "I will build it with my own hands",
    ]
    assert {(each.speaker, each.confidence) for each in added} == {("", Confidence.LOW)}


def test_a_speaker_line_names_who_speaks_below() -> None:
    lines = [block.about for block in document_of(BLOG).blocks if block.kind is BlockKind.SPEAKER]

    assert len(lines) == len(FIVE_LINES)
    assert all(any(name in line for name in FIVE_LINES) for line in lines)


def test_words_without_marks_below_a_speaker_line_are_to_be_checked() -> None:
    (first,) = [each for each in proposed(BLOG) if each.quote.startswith("Partnering")]

    assert first.confidence is Confidence.CHECK


def test_names_of_programmes_are_folded_away_and_stand_in_the_chain() -> None:
    titles = [each.quote for each in proposed(BLOG) if each.kind is ProposalKind.TITLE]
    (naive,) = [each for each in proposed(BLOG) if each.quote.startswith("would be dangerously")]

    assert titles == ["State of the City", "This Week"]
    assert naive.chain == (("outlet", "Gazette News"), ("outlet", "CNN"), ("programme", "State of the City"))


def test_a_paper_whose_headline_stands_above_is_in_the_chain() -> None:
    (first,) = [each for each in proposed(BLOG) if each.quote.startswith("The two of them")]

    assert first.chain == (("outlet", "Stuff"),)


def test_monday_and_tuesday_are_one_moment_with_both_labels() -> None:
    (first,) = [each for each in proposed(BLOG) if each.quote.startswith("The two of them")]

    assert first.said is not None
    assert (first.said.text, first.said.start.isoformat()) == ("Monday (Tuesday NZT)", "2017-07-10T00:00:00+00:00")
    assert first.dated_by is DatedBy.CLAUSE


def test_a_date_is_carried_on_and_marked_as_carried() -> None:
    (carried,) = [each for each in proposed(BLOG) if each.quote.startswith("Nothing was promised")]

    assert carried.said is not None
    assert (carried.said.text, carried.dated_by) == ("Monday (Tuesday NZT)", DatedBy.CARRIED)


def test_what_has_no_date_is_only_bounded_by_the_day_of_publication() -> None:
    (first,) = [each for each in proposed(BLOG) if each.quote.startswith("It’s not the dumbest")]

    assert first.said is not None
    assert (first.said.text, first.dated_by) == ("not after 2017-07-11", DatedBy.BOUND)


def test_reported_speech_ends_where_the_reporter_goes_on() -> None:
    first = told(BLOG)[0]

    assert first == ("Kwame Okafor", "a proposed “Joint Bridge” run by the city and the state “can’t happen,”")


def test_without_a_date_of_publication_nothing_relative_is_dated() -> None:
    found = proposed(BLOG, published=None)

    assert {each.dated_by for each in found} == {None}


CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
COPIES = {
    "line ends of Windows": BLOG.replace("\n", "\r\n"),
    "straight marks": BLOG.translate(CURLY).replace("…", "..."),
    "no empty lines": "\n".join(line for line in BLOG.splitlines() if line.strip()),
    "no indents": "\n".join(line.strip() for line in BLOG.splitlines()),
    "wrapped": "\n\n".join(textwrap.fill(p, 72) if not p.startswith((" ", "\n")) else p for p in BLOG.split("\n\n")),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy_that_lost_its_typography_gives_the_same_speakers(copy: str) -> None:
    known = {(speaker, words.translate(CURLY)) for speaker, words in [*RIGHT, ("Kwame Okafor", "Joint Bridge")]}
    found = [(speaker, " ".join(quote.translate(CURLY).split())) for speaker, quote in said(copy)]

    assert [pair for pair in found if not any(pair[0] == who and pair[1].startswith(w) for who, w in known)] == []
    assert len(found) == len(said(BLOG))
