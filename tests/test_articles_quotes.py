"""Quotation marks as articles have them, and whose words stand between them."""

from __future__ import annotations

import pytest

from flipflop.ingest.articles import Confidence, ProposalKind, document_of
from flipflop.ingest.articles.quoting import quoted
from tests.article_cases import proposed, said, told


def words(text: str) -> list[str]:
    """What stands between marks, paragraph by paragraph."""
    blocks = [(block.start, block.end) for block in document_of(text).blocks]
    return [text[span.start : span.end] for span in quoted(text, blocks)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” he said.", ["Yes,"]),
        ('"Yes," he said. "No."', ["Yes,", "No."]),
        ("‘Yes,’ he said. ‘It’s the residents’ wall.’", ["Yes,", "It’s the residents’ wall."]),
        ("'Yes,' he said. 'It's the residents' wall.'", ["Yes,", "It's the residents' wall."]),
        ("«Yes», he said.", ["Yes"]),
        ("„Yes“, he said.", ["Yes"]),
        ("“He told us ‘never’ twice,” she said.", ["He told us ‘never’ twice,"]),
        ("‘She said “there is no money”,’ he said.", ["She said “there is no money”,"]),
        ("“A “Joint Bridge” is a joke,” she said.", ["A “Joint Bridge” is a joke,"]),
        ("Marcia “Cia” Price spoke, and didn’t stop; the ’90s.", []),
        ("A 6-foot-2\" man in the '90s.", []),
        ("“One.\n\n“Two.\n\n“Three,” he said.", ["One.", "Two.", "Three,"]),
        ("He said “never and went.\n\nThen he left.", []),
        ("“", []),
        ("””““\"\"''‘’", []),
    ],
)
def test_what_stands_in_marks_is_found_whatever_they_look_like(text: str, expected: list[str]) -> None:
    assert words(text) == expected


SPEAKERS = [
    ("“We will,” said Jane Roe.", "Jane Roe"),
    ("“We will,” Mayor Jane Roe said on Sunday.", "Jane Roe"),
    ("“We will,” Jane Roe, the mayor of Riverton, told reporters.", "Jane Roe"),
    ("“We will,” the mayor, Jane Roe, told reporters.", "Jane Roe"),
    ("“We will,” said the mayor of Riverton, Jane Roe.", "Jane Roe"),
    ("Jane Roe, who signed it, said: “We will.”", "Jane Roe"),
    ("Rep. Jane Roe (D-Ohio) said that it was “a joke to us all.”", "Jane Roe"),
    ("According to Jane Roe, it was “a joke to us all.”", "Jane Roe"),
    ("Jane Roe rose. “We will,” she said.", "Jane Roe"),
    ("Jane Roe met John Doe. “We will,” she said.", "Jane Roe"),
    ("Jane Roe met John Doe. “We will,” he said.", "John Doe"),
    ("Jane Roe spoke. “We will,” Ms. Roe said.", "Jane Roe"),
    ("“We will,” said a spokesman for the ministry.", "a spokesman for the ministry"),
    ("On Tuesday night Jane Roe tweeted: “We will.”", "Jane Roe"),
    ("Jane Roe of Riverton went on: “We will.”", "Jane Roe"),
    ("“We will!” Dr. Jane Roe shouted.", "Jane Roe"),
    ("“Will we?” Mr. John Doe asked.", "John Doe"),
    ("South Korean President Park Geun-hye called it “a joke to us all.”", "Park Geun-hye"),
    ("“We will” ― Jane Roe", "Jane Roe"),
    ("“We will,” said CNN host Jane Roe.", "Jane Roe"),
    ("Reuters met John Doe. Reuters told John Doe that it was “a joke to us all.”", "Reuters"),
    ("Roe told John Doe, calling it “a joke to us all.”", "Roe"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_a_quotation_has_the_speaker_whom_its_sentence_names(text: str, speaker: str) -> None:
    assert {who for who, _ in said(text)} == {speaker}


def test_a_quotation_cut_by_its_speaker_is_two_of_one_person() -> None:
    text = "“I looked,” Jane Roe said, “and I cannot.” “Never.”"

    assert said(text) == [("Jane Roe", "I looked"), ("Jane Roe", "and I cannot."), ("Jane Roe", "Never.")]


def test_what_follows_in_the_paragraph_goes_on_and_another_sentence_with_a_name_does_not() -> None:
    text = "“Yes,” Jane Roe said. “Of course.” “No,” said John Doe. “Never.”"

    assert [who for who, _ in said(text)] == ["Jane Roe", "Jane Roe", "John Doe", "John Doe"]


def test_a_paragraph_that_ends_in_a_colon_introduces_the_next() -> None:
    text = "Jane Roe met John Doe on the bridge.\n\nHe added:\n\n“The main thing is that we met.”"

    assert said(text) == [("John Doe", "The main thing is that we met.")]


def test_a_pronoun_is_nobody_of_the_other_sex() -> None:
    text = "Mr. Roe and Anita Cole spoke with Mrs. Doe. “It is done,” he said."

    assert said(text) == [("Roe", "It is done")]


def test_mr_roe_is_not_the_woman_of_that_name() -> None:
    text = "Jane Roe spoke. “It is done,” Mr. Roe said."

    assert said(text) == [("Roe", "It is done")]


def test_a_programme_and_a_word_held_at_arms_length_are_folded_away() -> None:
    text = "Jane Roe told CNN’s “State of the City” that it was over. The so-called “Buckeye bonds” were never issued."
    folded = [(each.kind, each.quote, each.speaker) for each in proposed(text) if not each.kind.is_statement]

    assert folded == [(ProposalKind.TITLE, "State of the City", ""), (ProposalKind.SCARE, "Buckeye bonds", "")]


def test_a_quotation_that_nobody_is_named_for_has_no_speaker_and_low_confidence() -> None:
    (only,) = proposed("There were signs. “The water was never any good in that part of the town, and it will not be.”")

    assert (only.speaker, only.confidence) == ("", Confidence.LOW)


REPORTED = [
    ("Jane Roe said that taxes would fall.", ("Jane Roe", "taxes would fall")),
    ("Jane Roe said on Monday the taxes would fall.", ("Jane Roe", "the taxes would fall")),
    ("Jane Roe told reporters on Monday that taxes would fall.", ("Jane Roe", "taxes would fall")),
    ("Taxes would have to fall soon, Jane Roe said.", ("Jane Roe", "Taxes would have to fall soon")),
    ("According to Jane Roe, the taxes would fall soon.", ("Jane Roe", "the taxes would fall soon")),
    ("Jane Roe said that taxes “would surely fall” soon.", ("Jane Roe", "taxes “would surely fall” soon")),
    ("She left, Jane Roe having lost, and John Doe argued that it was late.", ("John Doe", "it was late")),
]


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_a_clause_of_reported_speech_is_proposed(text: str, expected: tuple[str, str]) -> None:
    assert told(text) == [expected]


NOT_REPORTED = [
    "Jane Roe declined to say that taxes would fall.",
    "Jane Roe would not say that taxes would fall.",
    "There are states and municipalities that would be hurt.",
    "Jane Roe could say that taxes would fall.",
    "The report that taxes would fall was wrong.",
]


@pytest.mark.parametrize("text", NOT_REPORTED)
def test_what_was_not_said_is_not_proposed(text: str) -> None:
    assert told(text) == []


def test_the_quoted_part_of_a_clause_is_part_of_it() -> None:
    clause, part = proposed("Jane Roe said that taxes “would surely fall” soon.")

    assert (clause.kind, part.kind) == (ProposalKind.MIXED, ProposalKind.DIRECT)
    assert part.part_of == (clause.start, clause.end)


def test_words_that_somebody_else_passed_on_are_to_be_checked_and_say_through_whom_they_came() -> None:
    clause, part = proposed("Jane Roe said on Sunday that John Doe once called the plan “the gold standard of plans.”")

    assert (clause.speaker, part.speaker, part.chain) == ("Jane Roe", "John Doe", (("person", "Jane Roe"),))
    assert part.confidence is Confidence.CHECK
    assert (str(clause.dated_by), str(part.dated_by)) == ("clause", "bound")


TWO = "John Doe met Jane Roe on the stage. "
BETWEEN_TWO = [
    ("“It is a bad plan,” Doe said of Roe.", "John Doe"),
    ("“It is a bad plan,” Roe told Doe.", "Jane Roe"),
    ("“It is a bad plan,” said Doe’s lawyer.", "Doe’s lawyer"),
    ("Doe, Roe said, is “unfit for the office.”", "Jane Roe"),
    ("Asked about Doe, Roe said he was “unfit for the office.”", "Jane Roe"),
    ("Doe’s lawyer Luis Ortega said he was “fit for the office.”", "Luis Ortega"),
    ("Doe, whom Roe called “unfit for the office,” smiled.", "Jane Roe"),
    ("Doe was called “unfit for the office” by Roe.", "Jane Roe"),
    ("Doe responded to Roe’s claim that he was “unfit for the office.”", "Jane Roe"),
    ("Doe quoted Roe as saying “it is over and done with.”", "Jane Roe"),
    ("Doe was quoted as saying “it is over and done with.”", "John Doe"),
    ("Doe and Roe both said it was “over and done with.”", "Doe and Roe"),
    ("Roe laughed when Doe said “it is over and done with.”", "John Doe"),
]


@pytest.mark.parametrize(("text", "speaker"), BETWEEN_TWO)
def test_of_two_the_one_who_said_it_is_the_speaker(text: str, speaker: str) -> None:
    assert {who for who, _ in said(TWO + text)} == {speaker}


NOBODYS = [
    "Doe was called “unfit for the office.”",
    "Doe was told that he was “unfit for the office.”",
    "Doe never said that Roe was “crooked as a fence.”",
    "Doe denied calling Roe “crooked as a fence.”",
    "Doe did not say that it was “over and done with.”",
    "Neither Doe nor Roe said it was “over and done with.”",
]


@pytest.mark.parametrize("text", NOBODYS)
def test_what_it_says_that_somebody_did_not_say_has_no_speaker(text: str) -> None:
    assert {who for who, _ in said(TWO + text)} == {""}
    assert told(TWO + text) == []
