"""Makes events of the histories of the oracle, for real stores. Judges nothing, and records nothing itself.

An instant of the world is that many seconds after ``WORLD``, one of a store's clock after ``RECORDING``, which begins
when all has been said.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import flipflop as ff
from flipflop.records import Degree, Event, Outcome, SetAside, Stance, TopicKind
from flipflop.when import Precision, When
from tests.detection_records import Bound, Coding, History, Ruling, SpeaksFor, Statement

WORLD = datetime(2017, 7, 1, tzinfo=UTC)
RECORDING = datetime(2017, 7, 2, tzinfo=UTC)


class Made(NamedTuple):
    """The events of a history; ``ids`` are the hashes of its statements, codings and rulings, by their names in it."""

    declared: list[ff.Speaker | ff.Topic]
    relations: list[ff.SpeaksFor]
    statements: dict[str, ff.Statement]
    codings: dict[str, ff.Coding]
    rulings: dict[str, ff.Ruling]

    @property
    def ids(self) -> dict[str, str]:
        return {name: event.hash for part in self[2:] for name, event in part.items()}

    @property
    def all(self) -> list[Event]:
        """Every event, each after those that it is about."""
        return [*self.declared, *self.relations, *(event for part in self[2:] for event in part.values())]


def made(history: History) -> Made:
    """The events of a history, none of them withdrawn or mended."""
    people = {one.speaker for one in history.statements} | {
        who for one in history.relations for who in (one.surrogate, one.principal)
    }
    behalves = {one.on_behalf_of for one in history.statements if one.on_behalf_of}
    declared: list[ff.Speaker | ff.Topic] = [
        ff.Speaker(name.lower(), name, kind="organisation" if name in behalves else "person")  # type: ignore[arg-type]  # a word becomes a kind
        for name in sorted(people | behalves)
    ]
    declared += [ff.Topic(one.id, one.id, f"About {one.id}.", TopicKind(one.kind)) for one in history.topics]
    statements = {one.id: statement(one) for one in history.statements}
    codings = {one.id: coding(one, statements[one.statement]) for one in history.codings}
    rulings = {one.id: ruling(one, statements) for one in history.rulings}
    return Made(declared, [relation(one) for one in history.relations], statements, codings, rulings)


def statement(one: Statement) -> ff.Statement:
    behalf = one.on_behalf_of.lower() if one.on_behalf_of else None
    return ff.Statement(
        one.speaker.lower(), f"Words {one.id}.", said(one.said_from, one.said_until), on_behalf_of=behalf
    )


def coding(one: Coding, about: ff.Statement) -> ff.Coding:
    return ff.Coding(
        about.hash,
        one.topic,
        Stance(one.stance),
        one.coder,
        one.confidence,
        f"Reason {one.id}.",
        None if one.coded_at is None else clock(one.coded_at),
        adjudicates=one.adjudicates,
        qualifier=one.qualifier or None,
    )


def ruling(one: Ruling, statements: dict[str, ff.Statement]) -> ff.Ruling:
    return ff.Ruling(
        statements[one.earlier].hash,
        statements[one.later].hash,
        one.topic,
        Outcome(one.outcome),
        "none found",
        "Editor",
        Degree(one.degree) if one.degree else None,
        note=one.id,
        decided_at=None if one.decided_at is None else clock(one.decided_at),
        set_aside=SetAside(one.set_aside) if one.set_aside else None,
    )


def relation(one: SpeaksFor) -> ff.SpeaksFor:
    since, until = (None if end is None else bound(end) for end in (one.since, one.until))
    topics = tuple(sorted(one.topics)) if one.topics else ()
    return ff.SpeaksFor(one.surrogate.lower(), one.principal.lower(), since, until, topics)


def bound(end: Bound) -> When:
    """A bound of a relation; one that is not sharp is told to the month."""
    start, stop = (WORLD + timedelta(seconds=instant) for instant in (end.start, max(end.end, end.start + 1)))
    return When(start.isoformat(), start, stop, Precision.SECOND if end.sharp else Precision.MONTH, tz="UTC")


def said(since: int, until: int) -> When:
    start, end = (WORLD + timedelta(seconds=instant) for instant in (since, until))
    return When(f"{start.isoformat()}/{end.isoformat()}", start, end, Precision.INTERVAL, tz="UTC")


def clock(instant: int) -> datetime:
    return RECORDING + timedelta(seconds=instant)
