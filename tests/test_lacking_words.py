"""What a case lacks is told in a sentence, with the command that mends it: all of it, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flipflop as ff
from flipflop.cases import case_of, missing
from flipflop.records import Explanation, Form
from tests.publish_cases import ANN, CODED, EARLIER, LATER, UNIT, coding, recorded, ruling
from tests.store_cases import correction

if TYPE_CHECKING:
    from pathlib import Path

    from flipflop.records import Event

NOBODY = ff.Speaker("ann", "Ann Ames", aliases=("@ann",), wikidata="Q1")
SUMMARY = ff.Statement("ann", "Yes " * 101, ff.When.parse("about March 2024"), form=Form.PARAPHRASE)
HEARSAY = ff.Statement(
    "ann", "No.", ff.When.parse("2024-03-10"), form=Form.REPORTED, source=ff.Source(outlet="The Paper")
)


def told(folder: Path, *events: Event, approvals: int = 1) -> list[str]:
    """What is missing, a line each: required or not, the word, the sentence, the command; ids as E and L."""
    earlier, later = (event.hash for event in events if isinstance(event, ff.Statement))
    with recorded(folder, *events) as store:
        found = missing(case_of(store, earlier, later, "unit"), approvals=approvals)
    lines = [f"{'*' if one.required else '-'} {one.what}: {one.sentence} {one.command or ''}".rstrip() for one in found]
    assert {one.statement for one in found} <= {earlier, later, None}
    return [line.replace(earlier[:8], "E").replace(later[:8], "L") for line in lines]


PUBLIC = (
    "* public role: No public role is recorded for the speaker, and only people in public roles are published."
    " flipflop speaker add 'Ann Ames' --id ann --alias @ann --wikidata Q1 --role \"…\""
)
OF_EARLIER = [
    '* source: No source is recorded for the earlier statement. flipflop amend E --source URL --reason "…"',
    "* quotation: The words of the earlier statement are our own summary; a change of position rests on the speaker's"
    ' words. flipflop amend E --form quote --text "…" --reason "…"',
]
BETWEEN = [
    "* order: Nobody can say which statement came first: their moments overlap as far as they are known."
    ' flipflop amend E --said "…" --reason "…"',
    "* ruling: No person has ruled on the pair and written down an innocent reading: it is a candidate."
    " flipflop rule E L --topic unit",
]
ADVICE_ON_EARLIER = [
    "- context: Nothing is recorded of where and on what occasion the earlier statement was made."
    ' flipflop amend E --context "…" --reason "…"',
    "- length: The earlier statement has 101 words; more than 100 may be more than a short citation."
    ' flipflop amend E --text "…" --reason "…"',
    "- moment: The moment of the earlier statement is known only about, and to the month: 'about March 2024'."
    ' flipflop amend E --said "…" --reason "…"',
    "- moment: The moment of the earlier statement, 'about March 2024': no time zone is known: the day is taken in"
    ' UTC. flipflop amend E --said "…" --reason "…"',
]
ADVICE_ON_LATER = [
    "- address: The source of the later statement has no web address, so readers cannot open it."
    ' flipflop amend L --source URL --reason "…"',
    "- quotation: The words of the later statement are somebody else's report, not a quotation; the page says so."
    ' flipflop amend L --form quote --text "…" --reason "…"',
    "- context: Nothing is recorded of where and on what occasion the later statement was made."
    ' flipflop amend L --context "…" --reason "…"',
    "- moment: The moment of the later statement, '2024-03-10': no time zone is known: the day is taken in UTC."
    ' flipflop amend L --said "…" --reason "…"',
]
REPLY = (
    "- reply: The speaker's reply is not recorded, nor that it was asked for."
    " flipflop rule E L --topic unit --reply-text"
)
CODE = 'flipflop code {} --topic unit --stance STANCE --rationale "…"'


def test_of_two_bare_statements_all_is_missing(tmp_path: Path) -> None:
    assert told(tmp_path, NOBODY, UNIT, SUMMARY, HEARSAY) == [
        PUBLIC,
        *OF_EARLIER,
        f"* coding: Nobody has said what the earlier statement shows on this topic. {CODE.format('E')}",
        f"* coding: Nobody has said what the later statement shows on this topic. {CODE.format('L')}",
        *BETWEEN,
        *ADVICE_ON_EARLIER,
        *ADVICE_ON_LATER,
        f'{REPLY} "…"',
    ]


def test_a_program_and_coders_who_disagree_have_not_coded(tmp_path: Path) -> None:
    by_model = coding(SUMMARY, "support", "model:m@1", rationale=None)
    apart = [coding(HEARSAY, stance, coder, rationale=None) for stance, coder in (("oppose", "A"), ("support", "B"))]

    assert told(tmp_path, NOBODY, UNIT, SUMMARY, HEARSAY, by_model, *apart) == [
        PUBLIC,
        *OF_EARLIER,
        f"* coding: Only a program has said what the earlier statement shows; a person has to. {CODE.format('E')}",
        "* agreement: The coders see opposite sides in the later statement; somebody has to settle it."
        f" {CODE.format('L')} --adjudicate",
        *BETWEEN,
        *ADVICE_ON_EARLIER,
        f"- rationale: model:m@1 gave no reason for the coding of the earlier statement. {CODE.format('E')}",
        *ADVICE_ON_LATER,
        f"- rationale: A gave no reason for the coding of the later statement. {CODE.format('L')}",
        f"- rationale: B gave no reason for the coding of the later statement. {CODE.format('L')}",
        f'{REPLY} "…"',
    ]


def test_one_side_is_no_change(tmp_path: Path) -> None:
    same = [coding(one, "support") for one in (EARLIER, LATER)]

    assert told(tmp_path, ANN, UNIT, EARLIER, LATER, *same)[0] == (
        "* change: The codings that count show no change from the earlier statement to the later one. flipflop show L"
    )


def test_a_ruling_says_what_it_lacks(tmp_path: Path) -> None:
    bare = ruling(outcome=ff.Outcome.NO_REVERSAL, innocent_reading="none found", explanation=None, reply=None)

    assert told(tmp_path, ANN, UNIT, EARLIER, LATER, *CODED, bare, approvals=2) == [
        "* outcome: Editor ruled: no change of position.",
        '* approval: 1 of 2 people have ruled so: Editor. flipflop rule E L --topic unit --by "…"',
        "- innocent reading: No innocent reading was found; look for one once more, with somebody who knows the matter."
        ' flipflop rule E L --topic unit --innocent-reading "…"',
        "- explanation: The ruling does not say what the speaker, or the record, offers as an explanation."
        " flipflop rule E L --topic unit --explanation WORD",
        f'{REPLY} "…"  # or --no-reply',
    ]


def test_a_program_and_one_person_alone_have_not_ruled(tmp_path: Path) -> None:
    assert told(tmp_path, ANN, UNIT, EARLIER, LATER, *CODED, ruling("model:m@1"), approvals=2) == [
        "* ruling: model:m@1 is no person; a person has to rule. flipflop rule E L --topic unit",
        '* approval: 0 of 2 people have ruled so. flipflop rule E L --topic unit --by "…"',
    ]


def test_one_person_alone_is_told_to_ask_another(tmp_path: Path) -> None:
    assert told(tmp_path, ANN, UNIT, EARLIER, LATER, *CODED, ruling("A")) == [
        '- approval: Only A has ruled; a second person should look at it. flipflop rule E L --topic unit --by "…"'
    ]


def test_who_ruled_otherwise_is_named(tmp_path: Path) -> None:
    no, yes = ruling("A", outcome=ff.Outcome.NO_REVERSAL), ruling("B")
    with recorded(tmp_path, ANN, UNIT, EARLIER, LATER, *CODED, no) as store:
        store.append(yes)
        found = missing(case_of(store, EARLIER.hash, LATER.hash, "unit"))

    assert [(one.what, one.sentence, one.required) for one in found] == [
        ("approval", "Only B has ruled; a second person should look at it.", False),
        ("dissent", "A ruled otherwise, and has not ruled again since.", False),
    ]


def test_an_explanation_without_a_source_is_told_so(tmp_path: Path) -> None:
    alone = [ruling(by, explanation=Explanation.ACKNOWLEDGED) for by in ("A", "B")]

    assert told(tmp_path, ANN, UNIT, EARLIER, LATER, *CODED, *alone) == [
        "- explanation: The explanation has no source, so that pages tell it only as what the editor says."
        " flipflop rule E L --topic unit --explanation acknowledged --explanation-source URL"
    ]


def test_what_was_corrected_after_it_was_judged_has_to_be_looked_at_again(tmp_path: Path) -> None:
    mended = correction(LATER, text="No, no.")

    assert told(tmp_path, ANN, UNIT, EARLIER, LATER, *CODED, ruling("A"), ruling("B"), mended)[:2] == [
        "* review: Words or moment of the later statement were corrected after it was coded; the coding has to be"
        f" looked at again. {CODE.format('L')}",
        "* review: Words, moment or proposition were corrected after the ruling; it has to be made again."
        " flipflop rule E L --topic unit",
    ]
