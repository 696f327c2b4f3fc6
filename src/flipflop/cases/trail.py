"""What a log says of each event: what is about it, whether it counts, how it reads. Knows nothing of pages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from flipflop.records import Coding, Correction, Ruling, Speaker, Statement, Topic
from flipflop.store.log import rules
from flipflop.store.sql.columns import Amendment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flipflop.records import Event
    from flipflop.records.codec import Json
    from flipflop.store import Recorded, Store


_DECLARED = (Speaker, Topic)


class Trail:
    """A log, or the part of it that is about a few events, looked up by what it is about. The order is that of seqs."""

    def __init__(self, log: Iterable[Recorded]) -> None:
        self.records = {record.id: record for record in sorted(log, key=lambda record: record.seq)}
        self._about: dict[str, list[Recorded]] = {}
        for record in self.records.values():
            for target in targets(record):
                self._about.setdefault(target, []).append(record)

    def about(self, event_id: str) -> list[Recorded]:
        """Return the events about this one, in the order of recording."""
        return self._about.get(event_id, [])

    def history(self, *event_ids: str) -> tuple[Recorded, ...]:
        """Return these events, all that is about them, and about that, in the order of recording.

        With a declaration come the others of the same speaker or topic, which mend each other.
        """
        found: dict[str, Recorded] = {}
        todo = [*event_ids]
        while todo:
            one = todo.pop()
            if one in self.records and one not in found:
                found[one] = self.records[one]
                todo += [record.id for record in (*self.about(one), *self._declared_with(self.records[one]))]
        return tuple(sorted(found.values(), key=lambda record: record.seq))

    def _declared_with(self, record: Recorded) -> list[Recorded]:
        return self._declared.get((record.kind, record.event.id), []) if isinstance(record.event, _DECLARED) else []

    @cached_property
    def _declared(self) -> dict[tuple[str, str], list[Recorded]]:
        """The declarations of each speaker and topic whose bodies are there."""
        found: dict[tuple[str, str], list[Recorded]] = {}
        for record in self.records.values():
            if isinstance(record.event, _DECLARED):
                found.setdefault((record.kind, record.event.id), []).append(record)
        return found

    @cached_property
    def _gone(self) -> set[int]:
        abouts = [link for target in self._about for link in self._links(target)]
        return rules.withdrawn(abouts) | rules.redacted(abouts)

    def counts(self, record: Recorded) -> bool:
        """Tell whether an event is neither retracted nor redacted."""
        return record.event is not None and record.seq not in self._gone

    def latest(self, kind: str) -> dict[str, Event]:
        """Return the last declaration that counts of each speaker or topic as it reads, by slug."""
        found = (self.reads(record) for record in self.records.values() if record.kind == kind and self.counts(record))
        return {event.id: event for event in found if event is not None}  # type: ignore[union-attr]  # these have one

    @cached_property
    def answers(self) -> dict[str, list[tuple[str, Statement]]]:
        """The statements that count and answer or continue another, as they read, with their ids: by that other."""
        found: dict[str, list[tuple[str, Statement]]] = {}
        for record in self.records.values():
            event = self.reads(record) if record.kind == "statement" and self.counts(record) else None
            if isinstance(event, Statement) and event.responds_to:
                found.setdefault(event.responds_to, []).append((record.id, event))
        return found

    def corrections(self, event_id: str) -> list[Recorded]:
        """Return the corrections of an event that count, in the order of recording."""
        return [one for one in self.about(event_id) if isinstance(one.event, Correction) and self.counts(one)]

    def reads(self, record: Recorded) -> Event | None:
        """Return an event with the corrections that count applied, None where it was redacted."""
        mending = self._mending(record)
        return record.event if mending is None else mending.version()

    def needs_review(self, judgement: Recorded) -> bool:
        """Tell whether words or moment of what a coding or ruling is about have changed since, or the proposition has.

        That is since it was recorded, or confirmed last.
        """
        return bool(self.causes(judgement))

    def causes(self, judgement: Recorded) -> set[str]:
        """Return because of what a coding or ruling waits for a second look: ids of its statements, slug of its topic.

        Of statements where words or moment, of the topic where the proposition changed since.
        """
        since = self._rests_since(judgement)
        mendings = {one: self._mending(self.records[one]) for one in targets(judgement) if one in self.records}
        found = {one for one, mending in mendings.items() if mending is not None and mending.judged_otherwise(since)}
        topic = judgement.event.topic if isinstance(judgement.event, Coding | Ruling) else ""
        return found | ({topic} if self.is_of_another_proposition(judgement) else set())

    def is_of_another_proposition(self, judgement: Recorded) -> bool:
        """Tell whether the proposition of its topic was mended since a coding or ruling was made, or confirmed last."""
        topic = judgement.event.topic if isinstance(judgement.event, Coding | Ruling) else ""
        return topic in self._propositions and self._propositions[topic].are_others(self._rests_since(judgement))

    def former_proposition(self, judgement: Recorded) -> str:
        """Return the proposition of which a coding or ruling was made, where that was mended since; else ""."""
        if not self.is_of_another_proposition(judgement) or not isinstance(judgement.event, Coding | Ruling):
            return ""
        return self._propositions[judgement.event.topic].at(self._rests_since(judgement)) or ""

    def _rests_since(self, judgement: Recorded) -> int:
        return max([judgement.seq, *(one.seq for one in self.corrections(judgement.id))])

    @cached_property
    def _propositions(self) -> dict[str, rules.Propositions]:
        """The propositions of each topic, by slug."""
        return {
            slug: rules.Propositions(self._declarations(made).course())
            for (kind, slug), made in self._declared.items()
            if kind == "topic"
        }

    def _declarations(self, made: list[Recorded]) -> rules.Declarations:
        bodies = {record.seq: record.event for record in made if record.event is not None}
        return rules.Declarations(bodies, {one.seq: self._changes(one) for one in made}, self._abouts(*made))

    def _mending(self, record: Recorded) -> rules.Mending | None:
        made = self._changes(record)
        if record.event is None or not made:
            return None
        return rules.Mending(record.event, made, self._abouts(record))

    def _changes(self, record: Recorded) -> dict[int, Mapping[str, Json]]:
        return {one.seq: one.event.changes for one in self.about(record.id) if isinstance(one.event, Correction)}

    def _abouts(self, *records: Recorded) -> list[Amendment]:
        """Who is about whom, of some events and all that is about them."""
        return [link for one in self.history(*(record.id for record in records)) for link in self._links(one.id)]

    def _links(self, target: str) -> list[Amendment]:
        if target not in self.records:
            return []
        return [Amendment(one.seq, one.kind, self.records[target].seq) for one in self.about(target)]


def trail_of(store: Store, *statements: Recorded) -> Trail:
    """Return the trail of a few statements: these, all that is about them, and about that."""
    return Trail({event.id: event for one in statements for event in (one, *store.history(one.id))}.values())


def declarations(store: Store, kind: str, slug: str) -> list[Recorded]:
    """Return all declarations of a speaker or topic, and what is about them. Raises StoreError where there is none."""
    latest = store.get(slug, kind=kind)
    return [latest, *store.history(latest.id)]


def targets(record: Recorded) -> tuple[str, ...]:
    """Return the ids of what an event is about: what it mends or withdraws, or the statements that it judges."""
    match record.event:
        case Coding(statement=statement):
            return (statement,)
        case Ruling(earlier=earlier, later=later):
            return (earlier, later)
        case _:
            return record.about
