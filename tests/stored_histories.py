"""Histories of the oracle as a store has them: recorded in any order, mended, withdrawn, redacted, as of then.

``random_log`` makes a log of a random history, ``History`` of what it says at an instant follows by brute force, from
nothing but that list. Ids are the hashes of the events. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from random import Random
from typing import NamedTuple
from unittest import mock

from msgspec.structs import replace as with_fields

import flipflop as ff
from flipflop.detect import find_conflicts, find_reversals
from flipflop.frames import positions
from flipflop.records import Event, to_json
from flipflop.store.sql.columns import micros
from tests.detection_frames import shuffled, told
from tests.detection_histories import LAST, random_history
from tests.detection_oracle import KINDS, Outcome, outcome
from tests.detection_records import Conflict, History, Position, Reversal, Ruling, SpeaksFor, Statement
from tests.detection_store import RECORDING, WORLD, clock, made, said

DAY = (RECORDING - WORLD).days * 86_400
"""The instant of a history at which the clock of its store is at 0."""
AFTER = LAST + 40
"""From this instant of a store's clock on nothing is judged: things are withdrawn."""
END = AFTER + 40


class Entry(NamedTuple):
    """An event with the instant of its recording; ``about`` is what a correction, retraction or redaction is about.

    ``becomes`` is how a statement reads after a correction: no two of them stand at once.
    """

    at: int
    event: Event
    about: Event | None = None
    becomes: ff.Statement | None = None


class Log(NamedTuple):
    """What is recorded, in that order; ``history`` is all of it unmended, ``made`` its events by their names in it."""

    history: History
    entries: list[Entry]
    originals: dict[str, ff.Statement]
    """The statements as they were recorded, by the names in the history."""
    names: dict[str, Event]


def random_log(seed: int) -> Log:
    """A log of a random history; the same seed makes the same one."""
    rng = Random(seed)
    history = recordable(random_history(seed))
    corrected = {one.id: corrected_at(rng, history, one) for one in history.statements}
    events = made(history)
    originals = {
        one.id: mistaken(rng, events.statements[one.id]) if corrected[one.id] else events.statements[one.id]
        for one in history.statements
    }
    codings = {
        one.id: with_fields(events.codings[one.id], statement=originals[one.statement].hash) for one in history.codings
    }
    rulings = {
        one.id: with_fields(
            events.rulings[one.id], earlier=originals[one.earlier].hash, later=originals[one.later].hash
        )
        for one in history.rulings
    }
    entries = [Entry(0, event) for event in (*events.declared, *events.relations)]
    entries += [Entry(one.recorded_at, originals[one.id]) for one in history.statements]
    entries += [Entry(one.recorded_at, codings[one.id]) for one in history.codings]
    entries += [Entry(one.recorded_at, rulings[one.id]) for one in history.rulings]
    for one in history.statements:
        entries += corrections(rng, history, one, originals[one.id], events.statements[one.id], corrected[one.id])
    names: dict[str, Event] = {**originals, **codings, **rulings}
    entries += withdrawals(rng, [*names.values(), *events.relations], history, codings)
    return Log(history, sorted(entries, key=lambda entry: entry.at), originals, names)


def recordable(history: History) -> History:
    """The history as a store of today can have it: no judgement before what it is about, nothing confirmed or mended.

    Confirmations and mended propositions have no events yet; speakers are slugs.
    """
    recorded = {one.id: one.recorded_at for one in history.statements}

    def ruled(one: Ruling) -> Ruling:
        at = max(one.recorded_at, recorded[one.earlier], recorded[one.later])
        aside = one.set_aside if one.outcome == "no_reversal" else None
        return replace(one, recorded_at=at, confirmed_at=None, set_aside=aside)

    def related(one: SpeaksFor) -> SpeaksFor:
        surrogate, principal = one.surrogate.lower(), one.principal.lower()
        topics = frozenset({"t"}) if one.topics else None
        return replace(one, surrogate=surrogate, principal=principal, topics=topics, source=None)

    return replace(
        history,
        statements=tuple(replace(one, speaker=one.speaker.lower(), corrected_at=None) for one in history.statements),
        codings=tuple(replace(one, confirmed_at=None) for one in history.codings),
        topics=tuple(replace(one, mended_at=None) for one in history.topics),
        relations=tuple(dict.fromkeys(map(related, history.relations))),
        rulings=tuple(map(ruled, history.rulings)),
    )


def judged(history: History, statement: Statement) -> list[tuple[int, int]]:
    """When each judgement of a statement was made and recorded."""
    codings = ((one.judged_at, one.recorded_at) for one in history.codings if one.statement == statement.id)
    ends = ((one, (one.earlier, one.later)) for one in history.rulings)
    return [*codings, *((one.judged_at, one.recorded_at) for one, pair in ends if statement.id in pair)]


def corrected_at(rng: Random, history: History, statement: Statement) -> int | None:
    """When a statement was put right: seldom, and never between a judgement of it and its recording."""
    at = rng.randint(statement.recorded_at + 1, AFTER - 1)
    between = any(min(made_at, at_last) <= at <= at_last for made_at, at_last in judged(history, statement))
    return None if between or rng.random() > 0.25 else at


def mistaken(rng: Random, right: ff.Statement) -> ff.Statement:
    """The statement as it was recorded at first: with other words, or another moment."""
    start = rng.randint(0, 30)
    other = said(start, start + rng.choice([1, 2, 5, 9]))
    if rng.random() < 0.5 or other == right.said:
        return with_fields(right, text=f"{right.text} [sic]")
    return with_fields(right, said=other)


def corrections(
    rng: Random, history: History, one: Statement, original: ff.Statement, right: ff.Statement, at: int | None
) -> Iterator[Entry]:
    """What mends a statement; or makes it worse for a while in which nobody judges it, and is withdrawn."""
    if at is not None:
        yield Entry(at, correction(original, right, "put right"), original, right)
        return
    wrong = mistaken(rng, right)
    worse = correction(original, wrong, "a mistake")
    first, last = sorted((rng.randint(one.recorded_at + 1, END), rng.randint(one.recorded_at + 1, END)))
    clear = all(at_last < first or made_at > last for made_at, at_last in judged(history, one))
    if rng.random() < 0.15 and clear and first < last and worse.changes:
        yield Entry(first, worse, original, wrong)
        yield Entry(last, ff.Retraction(worse.hash, "it was right", "Editor"), worse)


def correction(original: ff.Statement, right: ff.Statement, reason: str) -> ff.Correction:
    before, after = to_json(original), to_json(right)
    changes = {name: after[name] for name in ("text", "said") if before[name] != after[name]}
    return ff.Correction(original.hash, changes, reason, "Editor")


def withdrawals(rng: Random, events: list[Event], history: History, codings: dict[str, ff.Coding]) -> Iterator[Entry]:
    """Retractions, some of them taken back, and redactions, after all judgements."""
    retracted = {codings[one.id].hash for one in history.codings if one.retracted}
    for event in events:
        chance = rng.random()
        if event.hash in retracted or chance < 0.06:
            at = rng.randint(AFTER, END - 1)
            withdrawn = ff.Retraction(event.hash, "recorded twice", "Editor")
            yield Entry(at, withdrawn, event)
            if rng.random() < 0.3:
                yield Entry(rng.randint(at + 1, END), ff.Retraction(withdrawn.hash, "it was not", "Editor"), withdrawn)
        elif chance > 0.98 and not isinstance(event, ff.SpeaksFor):
            yield Entry(END, ff.Redaction(event.hash, "a court", "Editor"), event)


def history_at(log: Log, at: int) -> History:
    """What a log says at an instant, by brute force: what is recorded and not withdrawn by then, as it reads then."""
    known = [entry for entry in log.entries if entry.at <= at]
    redacted = {entry.about.hash for entry in log.entries if isinstance(entry.event, ff.Redaction) and entry.about}

    def lives(event: Event) -> bool:
        if event.hash in redacted or all(entry.event != event for entry in known):
            return False
        return not any(
            isinstance(entry.event, ff.Retraction) and entry.about == event and lives(entry.event) for entry in known
        )

    def reads(one: Statement) -> Statement:
        mended = [
            (entry.at, entry.becomes)
            for entry in known
            if entry.becomes and entry.about == log.originals[one.id] and lives(entry.event)
        ]
        at_last, says = mended[-1] if mended else (None, log.originals[one.id])
        start, end = ((bound - WORLD).total_seconds() for bound in (says.said.start, says.said.end))
        return replace(
            one,
            said_from=int(start),
            said_until=int(end),
            recorded_at=DAY + one.recorded_at,
            corrected_at=None if at_last is None else DAY + at_last,
        )

    living = {name for name, event in log.names.items() if lives(event)}
    history = log.history
    return replace(
        history,
        statements=tuple(replace(reads(one), id=_id(log, one.id)) for one in history.statements if one.id in living),
        codings=tuple(
            replace(
                one,
                id=_id(log, one.id),
                statement=_id(log, one.statement),
                coded_at=None if one.coded_at is None else DAY + one.coded_at,
                recorded_at=DAY + one.recorded_at,
                retracted=False,
            )
            for one in history.codings
            if {one.id, one.statement} <= living
        ),
        rulings=tuple(
            replace(
                one,
                id=_id(log, one.id),
                earlier=_id(log, one.earlier),
                later=_id(log, one.later),
                decided_at=None if one.decided_at is None else DAY + one.decided_at,
                recorded_at=DAY + one.recorded_at,
            )
            for one in history.rulings
            if {one.id, one.earlier, one.later} <= living
        ),
        relations=tuple(
            one
            for one, event in zip(
                history.relations, [e.event for e in log.entries if isinstance(e.event, ff.SpeaksFor)], strict=True
            )
            if lives(event)
        ),
    )


def _id(log: Log, name: str) -> str:
    return log.names[name].hash


def differing(seed: int, place: str) -> list[str]:
    """Record a random log at a place and return where product and oracle part, now and at some instant before."""
    log, rng = random_log(seed), Random(seed)
    found = []
    with ff.Store(place) as store, mock.patch("flipflop.store.store.now") as now:
        for at, entries in groupby(log.entries, key=lambda entry: entry.at):
            now.return_value = micros(clock(at))
            store.append([entry.event for entry in entries])
        for at in (END, rng.randint(1, END)):
            said_then = product(store, log.history.pair_limit, None if at == END else clock(at), shuffle=seed)
            expected = outcome(history_at(log, at))
            expected = replace(expected, positions=[replace(row, corrected_at=None) for row in expected.positions])
            names = ("positions", "reversals", "conflicts")
            found += [f"{name} at {at}" for name in names if getattr(said_then, name) != getattr(expected, name)]
    return found


def product(store: ff.Store, pair_limit: int, as_of: datetime | None, shuffle: int) -> Outcome:
    """What the product says of a store, now or as of a moment, with the rows of every frame shuffled."""
    read = (positions, ff.Store.rulings, ff.Store.speaks_for, ff.Store.topics)
    held, ruled, spokes, topics = (shuffled(frame(store, as_of=as_of), shuffle) for frame in read)
    held = held.assign(corrected_at=None)
    changes = find_reversals(held, kinds=KINDS, rulings=ruled)
    against = find_conflicts(held, spokes, topics, rulings=ruled, pair_limit=pair_limit)
    return Outcome(told(held, Position), told(changes, Reversal), told(against, Conflict))
