"""The store against a model that says the same in the simplest words: whatever is done to both, both say the same."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import flipflop as ff
from flipflop.errors import DuplicateError
from flipflop.records import Event, from_json, to_json
from flipflop.store.log import what_counts
from tests.harness.histories import go_through
from tests.postgres_stores import emptied
from tests.store_cases import DECLARED, Clock, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Callable

SLUGS = {"speaker": ("ann", "bob"), "topic": ("unit", "talks")}


class Model:
    """A list of events; every question is answered by reading all of it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.stamps: list[int] = []

    def about(self, place: int, kind: type[Event], until: int) -> list[int]:
        """Places of the events of a kind about the event at a place, before ``until``."""
        target = self.events[place].hash
        return [
            i for i, e in enumerate(self.events[:until]) if isinstance(e, kind) and getattr(e, "event", None) == target
        ]

    def is_withdrawn(self, place: int, until: int) -> bool:
        return any(not self.is_withdrawn(r, until) for r in self.about(place, ff.Retraction, until))

    def is_redacted(self, place: int) -> bool:
        return bool(self.about(place, ff.Redaction, len(self.events)))

    def has_body(self, place: int) -> bool:
        event = self.events[place]
        if isinstance(event, ff.Correction) and self.is_redacted(self.place(event.event)):
            return False
        return not self.is_redacted(place)

    def place(self, event_id: str) -> int:
        return next(i for i, e in enumerate(self.events) if e.hash == event_id)

    def reads(self, place: int, until: int) -> Event:
        event = self.events[place]
        if isinstance(event, ff.Coding):
            return event  # a correction of one only says that it was confirmed
        for c in self.about(place, ff.Correction, until):
            mended = self.events[c]
            if isinstance(mended, ff.Correction) and self.has_body(c) and not self.is_withdrawn(c, until):
                event = from_json({**to_json(event), **mended.changes})
        return event

    def counting(self, until: int) -> dict[str, Event]:
        """What counts, as it reads, by id."""
        return {
            self.events[i].hash: self.reads(i, until)
            for i in range(until)
            if self.has_body(i) and not self.is_redacted(i) and not self.is_withdrawn(i, until)
        }

    def declares(self, kind: str, slug: str) -> bool:
        counting = self.counting(len(self.events)).values()
        return any(e.kind_of_event == kind and getattr(e, "id", None) == slug for e in counting)

    def latest_topic(self, slug: str, until: int) -> int | None:
        """The place of the declaration of a topic that counts."""
        places = [i for i, e in enumerate(self.events[:until]) if isinstance(e, ff.Topic) and e.id == slug]
        counting = (i for i in reversed(places) if self.has_body(i) and not self.is_withdrawn(i, until))
        return next(counting, None)

    def proposition(self, slug: str, until: int) -> str | None:
        place = self.latest_topic(slug, until)
        return None if place is None else getattr(self.reads(place, until), "proposition", None)

    def rests_since(self, place: int, until: int) -> int:
        """The place at which a coding was made, or confirmed last."""
        made = self.about(place, ff.Correction, until)
        return max([place, *(c for c in made if self.has_body(c) and not self.is_withdrawn(c, until))])

    def of_others(self, until: int) -> set[int]:
        """Places of the codings that were made of another proposition than now stands."""
        return {
            i
            for i, event in enumerate(self.events[:until])
            if isinstance(event, ff.Coding)
            and self.has_body(i)
            and self.proposition(event.topic, self.rests_since(i, until)) != self.proposition(event.topic, until)
        }

    def needs_review(self, until: int) -> set[int]:
        """Places of the codings that rest on other words than now stand."""
        found = set()
        for i, event in enumerate(self.events[:until]):
            if isinstance(event, ff.Coding) and self.has_body(i) and self.has_body(self.place(event.statement)):
                then, now = (self.reads(self.place(event.statement), n) for n in (self.rests_since(i, until), until))
                assert isinstance(then, ff.Statement)
                assert isinstance(now, ff.Statement)
                if (then.text, then.said) != (now.text, now.said):
                    found.add(i)
        return found


class StoreAgainstModel(RuleBasedStateMachine):
    """Appends, corrections, retractions of anything, redactions, reopening, clocks that jump."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = emptied(where)
        self.patch = pytest.MonkeyPatch()
        self.clock = Clock(self.patch)
        self.model = Model()
        self.number = count()
        self.store = ff.Store(where)

    def teardown(self) -> None:
        try:
            assert self.store.verify() == []
            self.compare_frames()
        finally:
            self.store.close()
            self.patch.undo()

    def record(self, event: Event, *, fits: bool = True) -> None:
        """Append to both; where it does not fit, the store refuses it and stays as it was."""
        if not fits:
            head = self.store.head()
            with pytest.raises(ff.DataError):
                self.store.append(event)
            assert self.store.head() == head
            return
        (stamp,) = self.store.append(event).recorded
        self.model.events.append(event)
        self.model.stamps.append(max(self.clock.now, *self.model.stamps[-1:], 0))
        assert stamp.seq == len(self.model.events)

    def pick(self, number: int, *kinds: type[Event]) -> int | None:
        """The place of some event of these kinds."""
        places = [i for i, e in enumerate(self.model.events) if isinstance(e, kinds)]
        return places[number % len(places)] if places else None

    @initialize()
    def declare(self) -> None:
        for event in DECLARED:
            self.record(event)

    @rule(seconds=st.integers(-5, 60))
    def tick(self, seconds: int) -> None:
        self.clock.tick(seconds)

    @rule(speaker=st.sampled_from(SLUGS["speaker"]), minute=st.integers(0, 9), to=st.none() | st.integers(0, 99))
    def say(self, speaker: str, minute: int, to: int | None) -> None:
        event = statement(speaker, f"text {next(self.number)}", at=minute, responds_to=self.answered(to))
        self.record(event, fits=self.model.declares("speaker", speaker))

    def answered(self, number: int | None) -> str | None:
        """The id of some statement, redacted ones too, to which another responds."""
        place = None if number is None else self.pick(number, ff.Statement)
        return None if place is None else self.model.events[place].hash

    @rule(slug=st.sampled_from(SLUGS["speaker"]))
    def declare_speaker_again(self, slug: str) -> None:
        self.record(ff.Speaker(slug, f"Name {next(self.number)}"))

    @rule(slug=st.sampled_from(SLUGS["topic"]))
    def declare_topic_again(self, slug: str) -> None:
        self.record(ff.Topic(slug, f"Title {next(self.number)}", "A sentence."))

    @rule(slug=st.sampled_from(SLUGS["topic"]), words=st.sampled_from(["A sentence.", "Another.", "A third."]))
    def mend_topic(self, slug: str, words: str) -> None:
        place = self.model.latest_topic(slug, len(self.model.events))
        if place is not None:
            fits = self.model.proposition(slug, len(self.model.events)) != words
            self.record(correction(self.model.events[place], proposition=words), fits=fits)

    @rule(which=st.integers(0, 99))
    def confirm(self, which: int) -> None:
        place = self.pick(which, ff.Coding)
        if place is not None:
            clock = f"2020-01-01T00:00:00.{next(self.number) + 100001:06d}Z"
            fits = not self.model.is_redacted(place)
            self.record(correction(self.model.events[place], confirmed_at=clock), fits=fits)

    @rule(which=st.integers(0, 99), topic=st.sampled_from(SLUGS["topic"]))
    def code(self, which: int, topic: str) -> None:
        place = self.pick(which, ff.Statement)
        if place is not None:
            one = self.model.events[place]
            assert isinstance(one, ff.Statement)
            fits = self.model.declares("topic", topic) and not self.model.is_redacted(place)
            self.record(coding(one, topic=topic, coder=f"Coder {next(self.number)}"), fits=fits)

    @rule(
        which=st.integers(0, 99),
        field=st.sampled_from(["text", "said", "context", "responds_to"]),
        to=st.none() | st.integers(0, 99),
    )
    def correct(self, which: int, field: str, to: int | None) -> None:
        place = self.pick(which, ff.Statement)
        if place is not None:
            number = next(self.number)
            said, answered = to_json(statement(at=100 + number))["said"], self.answered(to)
            value = {"said": said, "responds_to": answered}.get(field, f"mended {number}")
            one = correction(self.model.events[place], **{field: value})
            reads = self.model.reads(place, len(self.model.events))
            assert isinstance(reads, ff.Statement)
            self.record(
                one,
                fits=not self.model.is_redacted(place)
                and self.model.declares("speaker", reads.speaker)
                and not (field == "responds_to" and answered in (reads.responds_to, self.model.events[place].hash)),
            )

    @rule(which=st.integers(0, 99), what=st.sampled_from(["any", "any", "retraction", "correction"]))
    def retract(self, which: int, what: str) -> None:
        kinds: dict[str, type[Event]] = {"retraction": ff.Retraction, "correction": ff.Correction}
        place = self.pick(which, kinds[what]) if what in kinds else which % len(self.model.events)
        if place is not None:
            one = self.model.events[place]
            self.record(retraction(one), fits=not isinstance(one, ff.Redaction))

    @rule(which=st.integers(0, 99))
    @precondition(lambda self: len(self.model.events) > 8)
    def redact(self, which: int) -> None:
        self.record(redaction(self.model.events[which % len(self.model.events)]))

    @rule(which=st.integers(0, 99))
    def record_again(self, which: int) -> None:
        place = which % len(self.model.events)
        event, until = self.model.events[place], len(self.model.events)
        why = "retracted" if self.model.is_withdrawn(place, until) else "known"
        with pytest.raises(DuplicateError):
            self.store.append(event)

        (skipped,) = self.store.append([event]).skipped

        assert skipped == (event.hash, "redacted" if self.model.is_redacted(place) else why)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = ff.Store(self.where, create=False)

    @invariant()
    def the_same_counts_now(self) -> None:
        until = len(self.model.events)
        assert {r.id: r.event for r in self.store.events()} == self.model.counting(until)
        places = {seq - 1 for seq in what_counts.now(self.store._tables).review}
        assert places == self.model.needs_review(until)

    @rule(which=st.integers(0, 99))
    def the_same_counted_then(self, which: int) -> None:
        if self.model.stamps:
            stamp = self.model.stamps[which % len(self.model.stamps)]
            until = sum(one <= stamp for one in self.model.stamps)
            moment = datetime.fromtimestamp(stamp / 1_000_000, UTC)
            assert {r.id: r.event for r in self.store.events(as_of=moment)} == self.model.counting(until)
            places = {seq - 1 for seq in what_counts.at(self.store._tables, until).review}
            assert places == self.model.needs_review(until)

    def compare_frames(self) -> None:
        """Frames and views say what the model says."""
        until = len(self.model.events)
        counting = self.model.counting(until)
        said_now = [e for e in counting.values() if isinstance(e, ff.Statement)]
        frame = self.store.statements()
        assert list(frame["text"]) == [e.text for e in said_now]
        assert [m.to_pydatetime() for m in frame["said_from"]] == [e.said.start for e in said_now]
        answered = frame["responds_to"].astype(object)
        assert list(answered.where(answered.notna(), None)) == [e.responds_to for e in said_now]
        view = self.store._tables.sql.execute("SELECT text, said FROM statements ORDER BY seq").fetchall()
        assert view == [(e.text, e.said.text) for e in said_now]
        coded = [
            e.hash
            for e in counting.values()
            if isinstance(e, ff.Coding) and e.statement in counting and self.model.declares("topic", e.topic)
        ]
        codings = self.store.codings()
        assert list(codings["coding_id"]) == coded
        others = {self.model.events[i].hash for i in self.model.of_others(until)}
        assert set(codings.loc[codings["proposition_mended"], "coding_id"]) == others & set(coded)
        for place in self.model.of_others(until) | self.model.needs_review(until):
            assert self.store.needs_review(self.model.events[place].hash)
        view = self.store._tables.sql.execute("SELECT coding_id, needs_review FROM codings ORDER BY seq").fetchall()
        assert view == list(zip(coded, codings["needs_review"], strict=True))


def test_a_store_says_what_the_model_says(where: str) -> None:
    few = settings(max_examples=10 if "://" in where else 30, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(lambda: StoreAgainstModel(where), settings=few)  # type: ignore[arg-type]  # any callable


@pytest.mark.parametrize("seed", range(4))
def test_histories_leave_the_same_step_by_step_in_one_batch_and_replayed(places: Callable[[], str], seed: int) -> None:
    three = [places(), places(), places()]
    for which in range(3):
        go_through(Random(100 * seed + which), [emptied(place) for place in three])
