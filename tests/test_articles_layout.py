"""What the blocks of a text are by how they stand there."""

from __future__ import annotations

import pytest

from flipflop.errors import DataError
from flipflop.ingest.articles import BlockKind, ProposalKind, document_of
from tests.article_cases import kinds_of, proposed, said


def test_an_article_has_a_heading_a_byline_and_paragraphs() -> None:
    text = "Mayor Shifts on Harbor Bridge\n\nBy Leila Brand\n\nIt was over.\n\nWhat next\n\nNobody knows."

    assert kinds_of(document_of(text)) == [
        ("heading", "Mayor Shifts on Harbor B"),
        ("byline", "By Leila Brand"),
        ("prose", "It was over."),
        ("heading", "What next"),
        ("prose", "Nobody knows."),
    ]


def test_wrapped_lines_are_one_paragraph_and_lines_of_their_own_are_not() -> None:
    wrapped = (
        "The mayor said that it was over and that nobody\ncould have known about it before the last of them\nleft."
    )
    apart = "It was over.\n“Yes,” he said.\nNobody knew."

    assert len(document_of(wrapped).blocks) == 1
    assert len(document_of(apart).blocks) == 3


def test_line_ends_and_a_byte_order_mark_stay_in_the_text() -> None:
    text = "\ufeffMayor Jane Roe was here.\r\n\r\n“Yes,” she said.\r\n"
    (only,) = proposed(text)

    assert (only.quote, only.start) == ("Yes", text.index("Yes"))


@pytest.mark.parametrize(
    "line", ["Senator Jane Roe:", "Former Treasurer Jane Roe…", "Rep. Jane Roe, the ranking member...", "Jane Roe:"]
)
def test_a_line_with_only_a_name_is_a_speaker_line(line: str) -> None:
    blocks = document_of(f"It was over.\n\n{line}\n\n“We have no quarrel.”").blocks

    assert [block.kind for block in blocks] == [BlockKind.PROSE, BlockKind.SPEAKER, BlockKind.PROSE]


@pytest.mark.parametrize(
    "line", ["Jane Roe said:", "There were three of them:", "So what did it cost?", "Nobody knows…"]
)
def test_any_other_line_is_none(line: str) -> None:
    blocks = document_of(f"It was over.\n\n{line}\n\n“We have no quarrel.”").blocks

    assert BlockKind.SPEAKER not in {block.kind for block in blocks}


def test_the_turns_of_an_interview_are_their_speakers_and_questions_are_folded_away() -> None:
    text = "Weekly: Why now?\n\nJane Roe: Because it is late. I said so.\n\nWeekly: And then?\n\nJane Roe: Nothing."

    assert said(text) == [("Jane Roe", "Because it is late. I said so."), ("Jane Roe", "Nothing.")]
    assert [each.speaker for each in proposed(text) if each.kind is ProposalKind.QUESTION] == ["Weekly", "Weekly"]


def test_a_paragraph_between_two_turns_goes_on_with_the_first_and_the_one_after_the_last_does_not() -> None:
    text = "Weekly: Why now?\n\nJane Roe: It is late.\n\nVery late.\n\nWeekly: And?\n\nJane Roe: No.\n\nThe end of it."

    assert said(text) == [("Jane Roe", "It is late."), ("Jane Roe", "Very late."), ("Jane Roe", "No.")]


def test_the_q_and_a_of_an_interview_name_nobody() -> None:
    text = "Jane Roe spoke to us.\n\nQ: Why now?\n\nA: Because it is late.\n\nQ: And then?\n\nA: Nothing."

    assert said(text) == [("", "Because it is late."), ("", "Nothing.")]


def test_a_single_word_is_a_speaker_line_only_where_the_text_has_it_elsewhere() -> None:
    assert said("Nikki Haley spoke.\n\nHaley…\n\n…said that it was “a joke to us all.”") == [
        ("Nikki Haley", "a joke to us all.")
    ]
    assert BlockKind.SPEAKER not in {
        block.kind for block in document_of("It began.\n\nMeanwhile:\n\nIt went on.").blocks
    }


def test_a_plain_block_below_a_speaker_line_that_names_the_speaker_is_not_theirs() -> None:
    text = "Jane Roe:\n\nRoe has not been seen since the vote, and her office is silent.\n\n“We will,” said John Doe."

    assert said(text) == [("John Doe", "We will")]


def test_only_the_first_plain_block_is_a_speakers_where_no_other_speaker_line_follows() -> None:
    text = "It began.\n\nJane Roe:\n\nWe have no quarrel with anybody.\n\nThat was all, and the room was silent."

    assert said(text) == [("Jane Roe", "We have no quarrel with anybody.")]


COMMENTS = [
    "2 Comments\n\nBob\n\nMayor Roe said “I did it” to me.",
    "Comments (12)\n\nMayor Roe said “I did it” to me.",
    "3 thoughts on “The bridge”\n\nMayor Roe said “I did it” to me.",
    "Leave a comment\n\nMayor Roe said “I did it” to me.",
    "1. Mayor Roe said “I did it” to me.\n\nSo.\n\n• NOEL\n\n/  July 11, 2017\n\nYes.\n\n2. Bob\n\n/  July 11, 2017",
    "  1. Mayor Roe said “I did it” to me.\n\n    • NOEL\n\n       /  July 11, 2017\n\n      So she did it.",
]


@pytest.mark.parametrize("below", COMMENTS)
def test_comments_are_no_part_of_the_article(below: str) -> None:
    above = "Bridge talk\n\n“We will,” said Mayor Jane Roe.\n\nThat was all.\n\n"

    assert said(above + below) == [("Jane Roe", "We will")]
    assert document_of(above + below).blocks[-1].kind is BlockKind.COMMENT


def test_an_article_about_comments_has_none() -> None:
    text = "“No comment,” said Jane Roe.\n\nComments were few, and the office made none of them.\n\n“None,” she said."

    assert len(said(text)) == 2


HOLES = ["On Sunday Roe tweeted:", "Jane Roe wrote:", "Roe posted this statement:", "He said:"]


@pytest.mark.parametrize("line", HOLES)
def test_a_line_that_announces_missing_words_is_a_hole(line: str) -> None:
    text = f"Jane Roe left.\n\n{line}\n\nA bizarre suggestion given all the claims."

    assert [each.quote for each in proposed(text) if each.kind is ProposalKind.HOLE] == [line]
    assert said(text) == []


@pytest.mark.parametrize(
    "below", ["“It is over.”", "• It is over.", "https://twitter.com/roe/status/884016887692234753"]
)
def test_a_hole_is_filled_by_a_quotation_or_a_list_but_not_by_an_address(below: str) -> None:
    found = proposed(f"Jane Roe tweeted:\n\n{below}\n\nThat was all.")

    assert (ProposalKind.HOLE in {each.kind for each in found}) is below.startswith("http")


def test_a_quotation_with_a_speaker_of_its_own_does_not_fill_a_hole() -> None:
    text = "Jane Roe tweeted:\n\n“It is pretty close,” said John Doe.\n\nThat was all."

    assert said(text) == [("John Doe", "It is pretty close")]
    assert [each.quote for each in proposed(text) if each.kind is ProposalKind.HOLE] == ["Jane Roe tweeted:"]


def test_the_number_of_a_post_tells_when_the_missing_words_were_posted() -> None:
    text = "On Sunday Jane Roe tweeted:\n\nhttps://twitter.com/roe/status/884016887692234753\n\nThat was all."
    (hole,) = proposed(text)

    assert hole.said is not None
    assert hole.said.start.isoformat() == "2017-07-09T11:50:24+00:00"


def test_a_pasted_post_is_its_signers() -> None:
    text = "Jane Roe left.\n\nThe bridge is a great idea. — Jane Roe (@roe) July 9, 2017\n\nThat was all."
    (post,) = proposed(text)

    assert (post.kind, post.speaker, post.quote) == (ProposalKind.TWEET, "Jane Roe", "The bridge is a great idea.")


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "no words"), (" \n\t\n ", "no words"), ("a\x00b", "U\\+0000"), ("a" * 10_000_000, "500,000 at most")],
)
def test_what_is_no_article_is_refused_in_a_line(text: str, why: str) -> None:
    with pytest.raises(DataError, match=why) as caught:
        document_of(text)

    assert "\n" not in str(caught.value)
