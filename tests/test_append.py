"""Appending: all or nothing, each event once, every reference checked, every problem told at once."""

from __future__ import annotations

import copy
import pickle
import sys
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import flipflop as ff
from flipflop.errors import DuplicateError, Problem
from flipflop.records import Event, to_json
from flipflop.store import Located
from flipflop.store.model import Spool
from flipflop.when import Precision
from tests import strategies
from tests.store_cases import (
    ANN,
    BOB,
    DECLARED,
    NOON,
    Clock,
    coding,
    correction,
    redaction,
    retraction,
    said,
    statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flipflop.store import Appended


@pytest.fixture
def store(where: str) -> Iterator[ff.Store]:
    with ff.Store(where) as made:
        made.append(DECLARED)
        yield made


def messages(store: ff.Store, *events: Event | Located) -> list[str]:
    """What the store says against these events; it must stay as it was."""
    head = store.head()
    with pytest.raises(ff.DataError) as caught:
        store.append(events)
    assert store.head() == head
    return [str(problem) for problem in caught.value.problems]


def test_an_append_gives_each_event_its_place_its_id_and_the_moment_of_recording(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Clock(monkeypatch).tick()
    with ff.Store(where) as store:
        appended = store.append([ANN, BOB])

    assert list(appended.recorded) == [(1, ANN.hash, now, None), (2, BOB.hash, now, None)]
    assert appended.recorded[-1].id == BOB.hash
    assert appended.recorded[:1] == [(1, ANN.hash, now, None)]


def test_nothing_to_append_records_nothing(store: ff.Store) -> None:
    assert list(store.append([]).recorded) == []


def test_what_is_read_back_is_what_was_given(store: ff.Store) -> None:
    one = statement(source=ff.Source(url="https://example.org", published=said(1)), responds_to=None)
    store.append([one, coding(one)])

    assert [record.event for record in store.log()][-2:] == [one, coding(one)]


@given(st.lists(strategies.events, max_size=8))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_event_survives_its_columns(events: list[Event]) -> None:
    """References are left aside: events go through rows and back, whatever they hold."""
    from flipflop.store.sql.kinds import KINDS

    words: list[str] = []
    ids: list[str] = []

    class Keys(dict[str, int]):
        def __missing__(self, word: str) -> int:
            words.append(word)
            return len(words) - 1

    class Seqs(dict[str, tuple[int, str]]):
        def __missing__(self, event_id: str) -> tuple[int, str]:
            ids.append(event_id)
            return len(ids) - 1, "statement"

    for event in events:
        kind = KINDS[event.kind_of_event]
        if isinstance(event, (ff.Coding, ff.Ruling)) and "-" in f"{getattr(event, 'statement', '')}":
            continue
        row = [
            bytes.fromhex(ids[int(cell)]) if column.holds == "ref" and cell is not None else cell
            for column, cell in zip(kind.columns, kind.write(event, 7, Keys(), Seqs())[1:], strict=True)
        ]
        back = kind.read(row, lambda place: words[place], getattr(event, "event", None))
        assert back == event
        assert back.hash == event.hash


@pytest.mark.parametrize("confidence", [None, 0, 1, 0.0, 1.0, 0.1, 1e-300])
def test_a_confidence_keeps_its_id_whole_number_or_not(store: ff.Store, confidence: float | None) -> None:
    one = statement()
    judged = ff.Coding(one.hash, "unit", "support", "Coder", confidence)  # type: ignore[arg-type]  # a word becomes a Stance
    store.append([one, judged])

    assert store.verify() == []


def test_a_single_event_that_is_known_is_refused_with_its_date(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    with ff.Store(where) as store:
        store.append(ANN)
        clock.tick(3600)

        with pytest.raises(
            DuplicateError, match=rf"speaker is recorded already: {ANN.hash[:8]}, since 2023-11-14T22:13:20Z$"
        ):
            store.append(ANN)


def test_a_single_event_that_was_retracted_says_how_to_have_it_back(store: ff.Store) -> None:
    one = statement()
    out = retraction(one)
    store.append([one, out])

    with pytest.raises(DuplicateError, match=rf"retracted since .*; to have it back, retract {out.hash[:8]}"):
        store.append(one)


def test_a_judgement_or_declaration_that_was_overtaken_says_how_to_have_it_back(store: ff.Store) -> None:
    one, other = statement(), statement()
    rulings = [ff.Ruling(one.hash, other.hash, "unit", ff.Outcome.REVERSAL, "none found", by) for by in ("A", "B")]
    by_id = sorted(rulings, key=lambda ruling: ruling.hash)  # recorded together, so the id decides
    first: list[Event] = [ff.Coding(one.hash, "unit", ff.Stance.SUPPORT, "Coder"), by_id[0], ANN]
    later: list[Event] = [
        ff.Coding(one.hash, "unit", ff.Stance.OPPOSE, "Coder"),
        by_id[1],
        ff.Speaker(ANN.id, "Another Ann"),
    ]
    aside = ff.Coding(one.hash, "unit", ff.Stance.MIXED, "Somebody else")
    store.append([one, other, *first])
    store.append([*later, aside])  # recorded later: of rulings made at one moment the one with the last id counts

    for overtaken, by in zip(first, later, strict=True):
        with pytest.raises(DuplicateError, match=rf"counts in its place; to have it back, retract {by.hash[:8]}$"):
            store.append(overtaken)
        with pytest.raises(DuplicateError, match=r"since \S*Z$"):
            store.append(by)

    store.append([retraction(by) for by in later])
    for back in first:
        with pytest.raises(DuplicateError, match=r"since \S*Z$"):
            store.append(back)


def test_a_single_event_that_was_redacted_is_never_recorded_again(store: ff.Store) -> None:
    one = statement()
    store.append([one, redaction(one)])

    with pytest.raises(DuplicateError, match=r"redacted on .* never recorded again"):
        store.append(one)


def test_many_events_skip_what_is_known_retracted_or_redacted(store: ff.Store) -> None:
    known, retracted, redacted, new = (statement() for _ in range(4))
    store.append([known, retracted, redacted, retraction(retracted), redaction(redacted)])

    appended = store.append([known, retracted, redacted, new, new])

    assert [stamp.id for stamp in appended.recorded] == [new.hash]
    assert [(s.id, s.why) for s in appended.skipped] == [
        (known.hash, "known"),
        (retracted.hash, "retracted"),
        (redacted.hash, "redacted"),
        (new.hash, "known"),
    ]


def test_a_trial_tells_what_would_happen_and_leaves_the_store_as_it_was(store: ff.Store) -> None:
    head, one = store.head(), statement(source=ff.Source(outlet="A new outlet"))

    tried = store.trial([ANN, one])

    assert ([stamp.id for stamp in tried.recorded], len(tried.skipped), store.head()) == ([one.hash], 1, head)
    assert [stamp.id for stamp in store.append([ANN, one]).recorded] == [one.hash]
    assert store.verify() == []


def test_a_trial_can_be_looked_at_before_it_is_taken_back(store: ff.Store) -> None:
    one, seen = statement(), list[tuple[list[str], list[str]]]()

    def look(tried: Appended) -> None:
        seen.append(([stamp.id for stamp in tried.recorded], store.statements()["statement_id"].tolist()))

    store.trial([one], look=look)

    assert seen == [([one.hash], [one.hash])]
    assert store.statements().empty


def test_a_misspelt_speaker_is_refused_with_a_suggestion(store: ff.Store) -> None:
    store.append(ff.Speaker("donald-trump", "Donald Trump"))

    assert messages(store, statement("donald-trmp")) == [
        "speaker unknown speaker 'donald-trmp'; did you mean 'donald-trump'?"
    ]


def test_all_problems_of_a_batch_are_told_together_each_with_its_place(store: ff.Store) -> None:
    unknown = statement("carl")
    lines = [
        Located(unknown, "f.jsonl", 3),
        Located(coding(unknown, topic="zzz"), "f.jsonl", 4),
        Located(ff.SpeaksFor("ann", "bobb"), "f.jsonl", 5),
        Located(statement(), "f.jsonl", 6),
    ]

    assert messages(store, *lines) == [
        "f.jsonl:3: speaker unknown speaker 'carl'; declare it first (flipflop speaker add)",
        "f.jsonl:4: topic unknown topic 'zzz'; declare it first (flipflop topic add)",
        "f.jsonl:5: principal unknown speaker 'bobb'; did you mean 'bob'?",
    ]


def test_what_follows_from_an_earlier_problem_is_not_told_again(store: ff.Store) -> None:
    unknown = statement("carl")
    child = ff.Topic("child", "Child", "It is.", parent="nowhere")

    told = messages(
        store, unknown, coding(unknown), correction(unknown, text="mended"), child, coding(unknown, topic="child")
    )

    assert [message.split(" ")[0] for message in told] == ["speaker", "parent"]


def test_later_events_of_a_batch_may_refer_to_earlier_ones(where: str) -> None:
    one = statement()
    answer = statement("bob", responds_to=one.hash, on_behalf_of="ann")
    ruling = ff.Ruling(one.hash, answer.hash, "unit", "no_reversal", "none found", "Editor")  # type: ignore[arg-type]  # words
    events: list[Event] = [
        *DECLARED,
        one,
        answer,
        coding(one),
        correction(one, text="mended"),
        ruling,
        retraction(ruling),
    ]

    with ff.Store(where) as store:
        assert len(store.append(events).recorded) == len(events)
        assert store.verify() == []


def test_a_batch_of_many_chunks_is_one_batch(store: ff.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flipflop.store.log.append.CHUNK", 3)
    monkeypatch.setattr("flipflop.store.log.append.LONG", 4)
    spoken = [statement() for _ in range(10)]
    batch = [event for one in spoken for event in (one, coding(one))]

    assert len(store.append(iter(batch)).recorded) == 20
    assert messages(store, *(statement() for _ in range(7)), statement("carl"))
    assert store.verify() == []


def test_what_a_long_batch_returns_lies_in_a_file(store: ff.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flipflop.store.log.append.CHUNK", 3)
    monkeypatch.setattr(Spool, "IN_MEMORY", 40)
    known = [statement() for _ in range(5)]
    store.append(known)
    fresh = [statement() for _ in range(11)]
    before = len(DECLARED) + 5

    done = store.append([*fresh, *known])

    assert [(stamp.seq, stamp.id) for stamp in done.recorded] == [
        (before + place, event.hash) for place, event in enumerate(fresh, start=1)
    ]
    assert [done.recorded[place].id for place in (10, 0, -1)] == [fresh[place].hash for place in (10, 0, -1)]
    assert list(done.skipped) == [(event.hash, "known") for event in known]


@given(parts=st.lists(st.binary(max_size=9)), start=st.integers(0, 60), size=st.integers(0, 60))
def test_a_spool_gives_back_what_it_was_given(parts: list[bytes], start: int, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Spool, "IN_MEMORY", 10)
        spool = Spool()
        for part in parts:
            spool.add(part)
        whole = b"".join(parts)

        assert len(spool) == len(whole)
        assert spool.read(start, size) == whole[start : start + size]


def test_what_cannot_be_read_is_told_in_its_place(store: ff.Store) -> None:
    good = statement()
    batch: list[Located | Problem] = [
        Located(statement("carl"), "f", 1),
        Located(good, "f", 2),
        Problem("cannot be read", file="f", line=3),
        Located(coding(good), "f", 4),
        Located(statement("carol"), "f", 5),
    ]

    with pytest.raises(ff.DataError) as caught:
        store.append(batch)

    assert [problem.line for problem in caught.value.problems] == [1, 3, 5]


def test_a_spool_in_a_file_is_copied_and_pickled_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spool, "IN_MEMORY", 4)
    spool = Spool()
    spool.add(b"abcdef")
    spool.add(b"gh")

    for other in (copy.copy(spool), copy.deepcopy(spool), pickle.loads(pickle.dumps(spool))):
        assert other.read(0, 9) == b"abcdefgh"
    del other
    assert spool.read(0, 9) == b"abcdefgh"


@pytest.mark.skipif(sys.platform == "win32", reason="there a file has one place to read from")
def test_threads_read_of_a_spool_what_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spool, "IN_MEMORY", 4)
    spool = Spool(b"".join(number.to_bytes(16) for number in range(20_000)))
    wrong: list[int] = []

    def read(first: int) -> None:
        numbers = range(first, 20_000, 3)
        wrong.extend(number for number in numbers if int.from_bytes(spool.read(16 * number, 16)) != number)

    threads = [Thread(target=read, args=(first,)) for first in range(3)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)

    assert wrong == []


def test_a_spool_without_room_for_its_file_keeps_all_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spool, "IN_MEMORY", 4)
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    spool = Spool()
    for number in range(50):
        spool.add(bytes([number]))

    assert spool.read(0, 50) == bytes(range(50))


TOMORROW = datetime.now(UTC) + timedelta(days=1)

REFUSED: dict[str, tuple[Callable[[ff.Statement], Event], str]] = {
    "a coding of nothing": (lambda one: ff.Coding("0" * 32, "unit", "support", "C"), "no event '0000"),  # type: ignore[arg-type]
    "a coding of a speaker": (lambda one: ff.Coding(ANN.hash, "unit", "support", "C"), "is a speaker, not a statement"),  # type: ignore[arg-type]
    "a ruling of nothing": (
        lambda one: ff.Ruling(one.hash, "0" * 32, "unit", "reversal", "none found", "C"),  # type: ignore[arg-type]
        "later no event",
    ),
    "an answer to nothing": (lambda one: statement(responds_to="0" * 32), "responds_to no event"),
    "words on behalf of nobody": (lambda one: statement(on_behalf_of="nato"), "on_behalf_of unknown speaker 'nato'"),
    "a retraction of nothing": (lambda one: ff.Retraction("0" * 32, "r", "E"), "target no event"),
    "a retraction of no slug": (lambda one: ff.Retraction("carl", "r", "E"), "target no speaker or topic 'carl'"),
    "a redaction by name": (lambda one: ff.Redaction("ann", "r", "E"), "redact each declaration of it by its id"),
    "a correction of a speaker": (lambda one: correction(ANN, name="X"), "a speaker is not amended; declare it again"),
    "a correction of nothing": (lambda one: ff.Correction("0" * 32, {"text": "x"}, "r", "E"), "target no event"),
    "a correction without effect": (lambda one: correction(one, text=one.text), "says this already"),
    "a correction of an unknown field": (
        lambda one: correction(one, txt="x"),
        "changes.txt a statement has no such field",
    ),
    "a correction to no event": (lambda one: correction(one, text=" "), "changes.text"),
    "a correction to an unknown speaker": (
        lambda one: correction(one, speaker="bobb"),
        "changes.speaker unknown speaker 'bobb'; did you mean 'bob'?",
    ),
    "a moment that would be parsed on reading": (
        lambda one: correction(one, said="2017-07-09"),
        "changes.said must be given in full",
    ),
    "words of tomorrow": (
        lambda one: ff.Statement("ann", "x", ff.When("x", TOMORROW, TOMORROW + timedelta(1), Precision.DAY)),
        "said 'x' is not over yet",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_the_store_is_refused(store: ff.Store, case: str) -> None:
    make, expected = REFUSED[case]
    one = statement()
    store.append(one)

    (message,) = messages(store, make(one))

    assert expected in message


def test_said_may_have_begun_the_moment_before_it_is_recorded(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Clock(monkeypatch).tick()
    begun = ff.When("x", now - timedelta(microseconds=1), now + timedelta(days=1), Precision.DAY)
    begins = ff.When("x", now, now + timedelta(days=1), Precision.DAY)
    with ff.Store(where) as store:
        store.append(ANN)

        assert len(messages(store, ff.Statement("ann", "x", begins))) == 1
        assert len(store.append(ff.Statement("ann", "x", begun)).recorded) == 1


def test_a_coding_of_a_redacted_statement_is_refused(store: ff.Store) -> None:
    one = statement()
    store.append([one, redaction(one)])

    assert "was redacted" in messages(store, coding(one))[0]
    assert "nothing left to amend" in messages(store, correction(one, text="x"))[0]


def test_a_redaction_is_never_undone(store: ff.Store) -> None:
    one = statement()
    out = redaction(one)
    store.append([one, out])

    assert messages(store, retraction(out)) == ["target a redaction is never undone"]


def test_a_speaker_that_was_withdrawn_is_unknown_until_the_withdrawal_is(store: ff.Store) -> None:
    out = ff.Retraction("ann", "a mistake", "Editor")
    store.append(out)
    assert "unknown speaker 'ann'" in messages(store, statement())[0]

    store.append(retraction(out))

    assert len(store.append(statement()).recorded) == 1


def test_a_slug_names_all_its_declarations(store: ff.Store) -> None:
    store.append([ff.Speaker("ann", "Ann B."), ff.Retraction("ann", "a mistake", "Editor")])

    assert "ann" not in set(store.speakers()["speaker"])


def test_a_slug_of_a_speaker_and_a_topic_is_ambiguous(store: ff.Store) -> None:
    store.append(ff.Speaker("unit", "Unit"))

    assert "is a speaker and a topic" in messages(store, ff.Retraction("unit", "r", "E"))[0]


def test_topics_do_not_go_round_in_a_circle(store: ff.Store) -> None:
    under = ff.Topic("under", "Under", "It is.", parent="unit")
    store.append(under)

    told = messages(store, ff.Topic("unit", "The unit", "There should be.", parent="under"))

    assert told == ["parent topics would go round in a circle: unit > under > unit"]


def test_a_clock_that_is_set_back_does_not_turn_the_order_round(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    with ff.Store(where) as store:
        first = store.append(ANN).recorded[0].recorded_at
        clock.tick(-3600)

        assert store.append(BOB).recorded[0].recorded_at == first
        assert store.verify() == []


def test_an_error_in_the_source_of_events_leaves_the_store_as_it_was(store: ff.Store) -> None:
    def broken() -> Iterator[Event]:
        yield from (statement() for _ in range(3000))
        raise OSError("the source broke off")

    head = store.head()
    with pytest.raises(OSError, match=r"^the source broke off$"):
        store.append(broken())

    assert store.head() == head
    assert len(store.append(statement()).recorded) == 1


def test_an_append_inside_an_append_is_refused(store: ff.Store) -> None:
    def nested() -> Iterator[Event]:
        yield from (statement() for _ in range(3000))
        store.append(statement())

    with pytest.raises(ff.StoreError, match="an append is going on already"):
        store.append(nested())


def test_a_correction_that_no_longer_fits_is_passed_over(store: ff.Store) -> None:
    day = timedelta(days=1)
    moments = {n: ff.When(f"day {n}", NOON + n * day, NOON + (n + 1) * day, Precision.DAY) for n in (1, 5, 9)}
    relation = ff.SpeaksFor("ann", "bob", since=moments[5], until=moments[9])
    earlier = correction(relation, since=to_json(ff.SpeaksFor("ann", "bob", since=moments[1]))["since"])
    sooner = correction(relation, until=to_json(ff.SpeaksFor("ann", "bob", until=moments[1]))["until"])
    store.append([relation, earlier, sooner])
    assert store.as_it_reads(relation.hash) == ff.SpeaksFor("ann", "bob", since=moments[1], until=moments[1])

    store.append(retraction(earlier))

    assert store.as_it_reads(relation.hash) == relation
    assert store.verify() == []


def test_codings_and_rulings_are_to_be_looked_at_again_when_words_or_moment_change(store: ff.Store) -> None:
    one, two = statement(), statement()
    ruling = ff.Ruling(one.hash, two.hash, "unit", "reversal", "none found", "Editor")  # type: ignore[arg-type]  # a word
    mended = correction(one, text="other words")
    store.append([one, two, coding(one), coding(two), ruling, correction(two, context="a broadcast"), mended])

    assert list(store.codings()["needs_review"]) == [True, False]
    assert list(store.rulings()["needs_review"]) == [True]

    store.append(retraction(mended))

    assert not store.codings()["needs_review"].any()
    assert not store.rulings()["needs_review"].any()


def test_a_coding_of_the_mended_words_is_not_flagged_until_they_change_back(store: ff.Store) -> None:
    one = statement()
    mended = correction(one, text="other words")
    store.append([one, mended, coding(one)])
    assert list(store.codings()["needs_review"]) == [False]

    store.append(retraction(mended))

    assert list(store.codings()["needs_review"]) == [True]


def test_a_statement_that_responds_to_another_can_be_mended(store: ff.Store) -> None:
    one = statement()
    two = statement(responds_to=one.hash)
    store.append([one, two])

    store.append(correction(two, text="mended"))

    assert list(store.statements()["text"])[-1] == "mended"


def test_what_another_writer_withdrew_no_longer_counts_in_the_next_append(where: str, store: ff.Store) -> None:
    store.append(statement())
    with ff.Store(where) as other:
        other.append(retraction(ANN))

    assert messages(store, statement()) == ["speaker unknown speaker 'ann'; declare it first (flipflop speaker add)"]


def test_what_another_writer_redacted_and_its_words_with_it_can_be_used_anew(where: str, store: ff.Store) -> None:
    one = statement(source=ff.Source(outlet="A rare outlet"))
    store.append(one)
    with ff.Store(where) as other:
        other.append(redaction(one))
    store.append(statement(source=ff.Source(outlet="A rare outlet")))

    assert store.verify() == []
    assert store.statements()["source_outlet"].tolist() == ["A rare outlet"]


def test_a_declaration_that_was_only_tried_is_not_remembered(store: ff.Store) -> None:
    eve = ff.Speaker("eve", "Eve Ends")
    store.trial([eve, statement("eve")])

    assert messages(store, statement("eve")) == [
        "speaker unknown speaker 'eve'; declare it first (flipflop speaker add)"
    ]


def test_a_speaker_withdrawn_in_one_append_is_unknown_in_the_next(store: ff.Store) -> None:
    store.append(statement())
    store.append(retraction(ANN))

    assert messages(store, statement()) == ["speaker unknown speaker 'ann'; declare it first (flipflop speaker add)"]
