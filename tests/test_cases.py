"""A case says what the store says, and what is missing before print is told with what mends it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

import flipflop as ff
from flipflop.cases import (
    Cases,
    SecondLook,
    candidates_with,
    case_of,
    missing,
    open_candidates,
    publishable,
    refuse_backwards,
    speaker_of,
)
from flipflop.cases.trail import Trail
from flipflop.records import Event, Form
from flipflop.records.words import SpeakerKind
from tests.publish_cases import ANN, CODED, COMPLETE, EARLIER, LATER, PAIR, UNIT, coding, recorded, ruling, statement
from tests.store_cases import correction, redaction, retraction
from tests.test_store_model import StoreAgainstModel

if TYPE_CHECKING:
    from pathlib import Path

    from flipflop.cases import Case

DATASET = "datasets/cyber-unit-2017/events.jsonl"


def lacks(case: Case, *, approvals: int = 1) -> dict[str, bool]:
    """What is missing, and whether it is required."""
    return {one.what: one.required for one in missing(case, approvals=approvals)}


def case(folder: Path, *events: Event) -> Case:
    """The pair, of a store of these events."""
    with recorded(folder, *events) as store:
        return Cases(store).case(*PAIR)


def without(*left_out: Event) -> list[Event]:
    return [event for event in COMPLETE if event not in left_out]


def test_the_founding_case_holds_both_quotes_the_gap_and_the_ruling(tmp_path: Path) -> None:
    with recorded(tmp_path, *ff.read_events(DATASET)) as store:
        found = {one.speaker.id: one for one in Cases(store)}

    trump = found["donald-trump"]
    assert [*found] == ["donald-trump", "sergey-lavrov"]
    assert trump.earlier.statement.text.startswith("Putin & I discussed forming")
    assert (trump.found and trump.found.kind, trump.order, trump.outcome) == ("reversal", "certain", "reversal")
    assert (trump.gap_min.total_seconds(), trump.gap_max.total_seconds()) == (46_488, 46_490)
    assert [one.stance for one in (trump.earlier, trump.later)] == ["support", "oppose"]
    assert all(publishable(one) for one in found.values())


def test_a_case_stays_one_when_the_declaration_of_its_speaker_is_redacted(tmp_path: Path) -> None:
    with recorded(tmp_path, *COMPLETE, redaction(ANN)) as store:
        assert case_of(store, *PAIR) == Cases(store).case(*PAIR)


def test_a_case_is_the_same_whether_the_whole_store_was_read_or_only_the_pair(tmp_path: Path) -> None:
    amended = correction(EARLIER, context="In the town hall.")
    with recorded(tmp_path, *ff.read_events(DATASET)) as store:
        store.append([*COMPLETE, amended, retraction(ruling("Lawyer"))])

        cases = [*Cases(store)]

        assert [case_of(store, one.earlier.id[:8], one.later.id[:8]) for one in cases] == cases


def test_nothing_is_missing_in_a_complete_case(tmp_path: Path) -> None:
    assert missing(case(tmp_path, *COMPLETE), approvals=2) == ()


@pytest.mark.parametrize(
    ("change", "what", "required"),
    [
        ({"source": None}, "source", True),
        ({"source": ff.Source(outlet="Radio")}, "address", False),
        ({"source": ff.Source(url="javascript:alert(1)")}, "address", False),
        ({"form": Form.PARAPHRASE}, "quotation", True),
        ({"form": Form.REPORTED}, "quotation", False),
        ({"context": None}, "context", False),
        ({"text": "word " * 101}, "length", False),
        ({"said": ff.When.parse("2024-02", tz="UTC")}, "moment", False),
        ({"said": ff.When.parse("about 1 February 2024", tz="UTC")}, "moment", False),
        ({"said": ff.When.parse("2024-02-01")}, "moment", False),
        ({"said": ff.When.parse("2024-03-02T08:59/2024-03-02T09:30", tz="UTC")}, "order", True),
    ],
)  # fmt: skip
def test_what_a_statement_lacks_is_told(tmp_path: Path, change: dict[str, object], what: str, required: bool) -> None:
    first = replace(EARLIER, **change)
    pair = replace(ruling(), earlier=first.hash), replace(ruling("Lawyer"), earlier=first.hash)
    with recorded(tmp_path, ANN, UNIT, first, LATER, coding(first, "support"), CODED[1], *pair) as store:
        found = Cases(store).case(first.hash, LATER.hash, "unit")

    told = [one for one in missing(found) if one.what == what]
    assert [(one.required, one.statement) for one in told] == [(required, None if what == "order" else first.hash)]
    assert (told[0].command or "").startswith(f"flipflop amend {first.hash[:8]} --")
    assert publishable(found) is not required


@pytest.mark.parametrize(
    ("codings", "what", "required"),
    [
        ([], "coding", True),
        ([coding(EARLIER, "support", "model:tiny@1")], "coding", True),
        ([coding(EARLIER, "support", rationale=None)], "rationale", False),
        ([coding(EARLIER, "support", "A"), coding(EARLIER, "oppose", "B")], "agreement", True),
        ([coding(EARLIER, "oppose")], "change", True),
        ([coding(EARLIER, "mixed")], "change", True),
    ],
)
def test_what_the_codings_lack_is_told(tmp_path: Path, codings: list[ff.Coding], what: str, required: bool) -> None:
    found = case(tmp_path, *without(CODED[0]), *codings)

    assert lacks(found, approvals=2) == {what: required}


@pytest.mark.parametrize(
    ("rulings", "expected"),
    [
        ([], {"ruling": True, "reply": False}),
        ([ruling()], {"approval": False}),
        ([ruling("model:tiny@1")], {"ruling": True, "approval": True}),
        ([ruling(outcome=ff.Outcome.NO_REVERSAL)], {"outcome": True, "approval": False}),
        ([ruling("Lawyer", outcome=ff.Outcome.NO_REVERSAL), ruling()], {"approval": False, "dissent": False}),
        ([ruling("Lawyer"), ruling(innocent_reading="none found")], {"innocent reading": False}),
        ([ruling("Lawyer"), ruling(explanation=None)], {"explanation": False}),
        ([ruling("Lawyer"), ruling(reply=None)], {"reply": False}),
        ([ruling("Lawyer"), ruling(reply=ff.Answer(answered=False))], {}),
    ],
)
def test_what_the_ruling_lacks_is_told(tmp_path: Path, rulings: list[ff.Ruling], expected: dict[str, bool]) -> None:
    in_turn = [replace(one, decided_at=datetime(2024, 4, 1 + day, tzinfo=UTC)) for day, one in enumerate(rulings)]

    found = case(tmp_path, *without(*COMPLETE[-2:]), *in_turn)

    assert lacks(found) == expected


def test_two_approvals_ask_for_two_names_whose_last_word_agrees(tmp_path: Path) -> None:
    again = ruling("Lawyer", outcome=ff.Outcome.NOT_COMPARABLE)
    found = case(tmp_path, *without(COMPLETE[-1]), again, ruling("Editor", note="Still."))

    assert found.approvers == ("Editor",)
    assert not publishable(found, approvals=2)


def test_a_ruling_of_the_same_person_twice_is_one_approval(tmp_path: Path) -> None:
    found = case(tmp_path, *without(COMPLETE[-1]), ruling("Editor", note="Once more."))

    assert lacks(found, approvals=2) == {"approval": True}


def test_words_that_were_corrected_after_the_ruling_make_it_be_looked_at_again(tmp_path: Path) -> None:
    found = case(tmp_path, *COMPLETE, correction(LATER, text="No to this unit."))

    assert found.later.statement.text == "No to this unit."
    assert found.later.original.text == "No to the unit."
    assert found.approvers == ()
    assert [one.what for one in missing(found) if one.required] == ["review", "review", "approval"]


def test_a_correction_that_was_withdrawn_is_history_and_nothing_more(tmp_path: Path) -> None:
    wrong = correction(LATER, text="No to this unit.")
    found = case(tmp_path, *COMPLETE, wrong, retraction(wrong))

    assert missing(found, approvals=2) == ()
    assert not found.later.amended
    assert [record.kind for record in found.history][-2:] == ["correction", "retraction"]


def test_a_speaker_without_a_public_role_is_not_published(tmp_path: Path) -> None:
    nobody = replace(ANN, public_role=None, aliases=("@ann", "Mayor Ann"), wikidata="Q1")

    found = case(tmp_path, nobody, *COMPLETE[1:])

    (lack,) = missing(found, approvals=2)
    assert (lack.what, lack.required) == ("public role", True)
    assert lack.command == (
        "flipflop speaker add 'Ann Ames' --id ann --alias @ann --alias 'Mayor Ann' --wikidata Q1 --role \"…\""
    )


def test_what_is_asked_of_a_case_as_of_an_earlier_moment_is_what_was_known_then(tmp_path: Path) -> None:
    with recorded(tmp_path, *COMPLETE[:-2]) as store:
        then = [record.recorded_at for record in store.log()][-1]
        store.append(COMPLETE[-2:])

        assert Cases(store, as_of=then).case(*PAIR).outcome is None
        assert Cases(store).case(*PAIR).outcome == "reversal"


def test_open_candidates_are_the_changes_that_nobody_has_ruled_on(tmp_path: Path) -> None:
    with recorded(tmp_path, *COMPLETE[:-2]) as store:
        (found,) = open_candidates(store, speaker="ann", topic="unit")
        store.append(ruling())

        assert open_candidates(store) == []
        assert open_candidates(store, as_of=store.get(EARLIER.hash).recorded_at) == [found]

    assert (found.earlier, found.later, found.topic) == PAIR
    assert (found.kind, found.degree, found.ruled) == ("reversal", "full_flop", None)
    assert found.again == SecondLook(ruling=False, coding=False)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0)])
def test_what_a_new_statement_makes_of_the_record_is_what_the_detector_finds(
    tmp_path: Path, first: int, second: int
) -> None:
    statements = (EARLIER, LATER)
    with recorded(tmp_path, ANN, UNIT, statements[first], CODED[first]) as store:
        assert candidates_with(store, statements[first], CODED[first]) == []
        store.append([statements[second], CODED[second]])

        found = candidates_with(store, statements[second], CODED[second])

    assert found == [("reversal", *PAIR[:2])]


def test_what_was_said_on_anothers_behalf_makes_no_candidate_of_own_words(tmp_path: Path) -> None:
    house = ff.Speaker("house", "The House", kind=SpeakerKind.ORGANISATION)
    sent = replace(LATER, on_behalf_of="house")
    judged = replace(CODED[1], statement=sent.hash)
    with recorded(tmp_path, ANN, house, UNIT, EARLIER, CODED[0], sent, judged) as store:
        assert candidates_with(store, sent, judged) == []
        assert open_candidates(store) == []


def test_a_pair_that_is_named_backwards_is_refused_before_it_is_ruled_on(tmp_path: Path) -> None:
    with recorded(tmp_path, *COMPLETE) as store:
        refuse_backwards(store, *PAIR[:2])
        with pytest.raises(ff.DataError, match="name them the other way round"):
            refuse_backwards(store, LATER.hash, EARLIER.hash)


def test_a_speaker_whose_declaration_was_redacted_is_called_by_the_id(tmp_path: Path) -> None:
    with recorded(tmp_path, *COMPLETE) as store:
        assert speaker_of(store, "ann") == ANN
        store.append(redaction(ANN))
        assert speaker_of(store, "ann").name == "ann"


BAD = [
    ((EARLIER.hash, EARLIER.hash, "unit"), "not twice"),
    ((LATER.hash, EARLIER.hash, "unit"), "was said after"),
    ((EARLIER.hash, LATER.hash, "talks"), "topic 'talks' is not in this record"),
    ((EARLIER.hash, "0" * 32, "unit"), "there is no statement"),
    ((EARLIER.hash, CODED[0].hash, "unit"), "there is no statement"),
]


@pytest.mark.parametrize(("key", "told"), BAD)
def test_what_is_no_pair_is_refused(tmp_path: Path, key: tuple[str, str, str], told: str) -> None:
    with recorded(tmp_path, *COMPLETE) as store, pytest.raises(ff.DataError, match=told):
        Cases(store).case(*key)


def test_a_pair_of_two_speakers_is_refused(tmp_path: Path) -> None:
    bob = replace(LATER, speaker="bob")
    made = recorded(tmp_path, *COMPLETE, ff.Speaker("bob", "Bob"), bob, coding(bob, "oppose"))
    with made as store, pytest.raises(ff.DataError, match="a case is about one speaker"):
        case_of(store, EARLIER.hash, bob.hash)


@pytest.mark.parametrize("withdrawal", [retraction(LATER), redaction(LATER)], ids=["retracted", "redacted"])
def test_a_statement_that_was_withdrawn_is_in_no_case(tmp_path: Path, withdrawal: Event) -> None:
    with recorded(tmp_path, *COMPLETE, withdrawal) as store:
        assert [*Cases(store)] == []
        with pytest.raises(ff.DataError, match="was withdrawn"):
            case_of(store, *PAIR)


def test_the_topic_may_be_left_out_only_where_there_is_one(tmp_path: Path) -> None:
    talks = ff.Topic("talks", "Talks", "There should be talks.")
    both = [ff.Coding(one.hash, "talks", ff.Stance.SUPPORT, "Coder") for one in (EARLIER, LATER)]
    with recorded(tmp_path, *COMPLETE) as store:
        assert case_of(store, *PAIR[:2]).topic == UNIT
        store.append([talks, *both])
        with pytest.raises(ff.DataError, match="coded on talks, unit: say which"):
            case_of(store, *PAIR[:2])


def test_a_speaker_and_a_topic_may_share_a_slug(tmp_path: Path) -> None:
    body = ff.Topic("ann", "Ann", "Ann should be mayor.")
    both = [ff.Coding(one.hash, "ann", ff.Stance.SUPPORT, "Coder") for one in (EARLIER, LATER)]
    with recorded(tmp_path, *COMPLETE, body, *both) as store:
        found = case_of(store, *PAIR[:2], "ann")

        assert found == Cases(store).case(*PAIR[:2], "ann")
        assert (found.speaker, found.topic) == (ANN, body)
        with pytest.raises(ff.StoreError, match="could be any of"):
            store.get("ann")


codings = st.lists(
    st.builds(
        coding,
        st.just(EARLIER),
        st.sampled_from(ff.Stance),
        st.sampled_from(["Ada", "Bea", "Cem", "model:tiny@1", "model:big@2"]),
        rationale=st.integers(0, 99).map(str),
        adjudicates=st.sampled_from([False, False, False, True]),
    ),
    unique=True,
    max_size=7,
)


@settings(max_examples=40)
@given(codings)
def test_the_codings_that_count_in_a_case_are_those_of_positions(
    tmp_path_factory: pytest.TempPathFactory, made: list[ff.Coding]
) -> None:
    with recorded(tmp_path_factory.mktemp("case"), ANN, UNIT, EARLIER, LATER, *made) as store:
        rows = ff.positions(store)
        found = Cases(store).case(*PAIR).earlier

    expected = [(row.stance, row.disputed, row.coder) for row in rows.itertuples()]
    chose = [one.coding.coder for one in found.counting if one.coding.stance == found.stance and not found.disputed]
    coders = "; ".join(sorted(chose or [one.coding.coder for one in found.counting]))
    assert ([(found.stance, found.disputed, coders)] if made else []) == expected


class TrailAgainstModel(StoreAgainstModel):
    """The trail of the store's log against the model of the store."""

    def compare_frames(self) -> None:
        trail, until = Trail(self.store.log()), len(self.model.events)
        counting = {one.id: trail.reads(one) for one in trail.records.values() if trail.counts(one)}
        assert counting == self.model.counting(until)
        judged = (one for one in trail.records.values() if isinstance(one.event, ff.Coding))
        again = {one.seq - 1 for one in judged if trail.needs_review(one)}
        assert again == self.model.needs_review(until) | self.model.of_others(until)
        for one in trail.records.values():
            about = [other.id for other in trail.history(one.id) if other.id != one.id]
            assert about == [other.id for other in self.store.history(one.id)]


def test_a_trail_says_what_the_model_of_the_store_says(tmp_path: Path) -> None:
    few = settings(max_examples=12, stateful_step_count=25, deadline=None)
    where = str(tmp_path / "s.db")
    run_state_machine_as_test(lambda: TrailAgainstModel(where), settings=few)  # type: ignore[arg-type]  # any callable


def test_a_case_knows_the_answers_to_its_statements(tmp_path: Path) -> None:
    bob = ff.Speaker("bob", "Bob Bell")
    answer = ff.Statement("bob", "She is right.", ff.When.parse("2024-03-03"), responds_to=EARLIER.hash)
    with recorded(tmp_path, *COMPLETE, bob, answer) as store:
        both = case_of(store, *PAIR), Cases(store).case(*PAIR)

    for case in both:
        assert [(one.id, one.statement, one.name) for one in case.earlier.answers] == [
            (answer.hash, answer, "Bob Bell")
        ]
        assert case.later.answers == ()


def test_a_case_is_found_as_rulings_leave_it(tmp_path: Path) -> None:
    back = statement("Yes, again.", "2024-03-05T09:00Z")
    none = ruling(outcome=ff.Outcome.NO_REVERSAL)
    with recorded(tmp_path, *COMPLETE[:-2], none, back, coding(back, "support")) as store:
        assert case_of(store, LATER.hash, back.hash).found is None
        assert Cases(store).case(LATER.hash, back.hash, "unit").found is None


def test_a_case_is_about_two_statements_and_nothing_else(tmp_path: Path) -> None:
    spokes = ff.SpeaksFor("bob", "ann")
    with (
        recorded(tmp_path, *COMPLETE, ff.Speaker("bob", "Bob Bell"), spokes) as store,
        pytest.raises(ff.DataError, match="is a speaks for: a case is about two statements"),
    ):
        case_of(store, EARLIER.hash, spokes.hash)
