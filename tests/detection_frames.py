"""Runs the product on a history of the oracle and tells its frames in the oracle's rows. Judges nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from random import Random
from typing import Any, TypeVar

import pandas as pd

from flipflop.detect import find_conflicts, find_reversals
from flipflop.frames import conform, positions
from tests.detection_oracle import KINDS, Outcome
from tests.detection_records import Bound, Coding, Conflict, History, Position, Reversal, Ruling, SpeaksFor, in_order
from tests.oracle_positions import awaits

ZERO = pd.Timestamp("2017-07-01T00:00Z")
SECOND = pd.Timedelta(seconds=1)
Row = TypeVar("Row", Position, Reversal, Conflict)


def product(history: History, kinds: Collection[str] = KINDS, shuffle: int | None = None) -> Outcome:
    """What the product says of a history; with a seed the rows of every frame are shuffled first."""
    held = positions(shuffled(statements(history), shuffle), shuffled(codings(history), shuffle))
    ruled = shuffled(rulings(history), shuffle)
    mixed = shuffled(held, shuffle)
    changes = find_reversals(mixed, kinds=kinds, rulings=ruled)
    spokes, topics = shuffled(relations(history), shuffle), shuffled(headings(history), shuffle)
    against = find_conflicts(mixed, spokes, topics, rulings=ruled, pair_limit=history.pair_limit)
    corrected = {statement.id: statement.corrected_at for statement in history.statements}
    held["corrected_at"] = [corrected[name] for name in held["statement_id"]]
    return Outcome(told(held, Position), told(changes, Reversal), told(against, Conflict))


def shuffled(frame: pd.DataFrame, seed: int | None) -> pd.DataFrame:
    """The frame with its rows in another order, and an index that says nothing."""
    if seed is None:
        return frame
    order = Random(seed).sample(range(len(frame)), len(frame))
    return frame.iloc[order]


def statements(history: History) -> pd.DataFrame:
    """The frame of statements."""
    rows = [
        {
            "statement_id": one.id,
            "speaker": one.speaker,
            "said_from": moment(one.said_from),
            "said_until": moment(one.said_until),
            "on_behalf_of": one.on_behalf_of,
            "recorded_at": moment(one.recorded_at),
        }
        for one in history.statements
    ]
    return conform("statements", pd.DataFrame(rows))


def codings(history: History) -> pd.DataFrame:
    """The frame of codings that count, flagged as a store flags them."""
    corrected = {statement.id: statement.corrected_at for statement in history.statements}
    mended = {topic.id: topic.mended_at for topic in history.topics}
    rows = [
        {
            "coding_id": one.id,
            "statement_id": one.statement,
            "topic": one.topic,
            "stance": one.stance,
            "coder": one.coder,
            "qualifier": one.qualifier,
            "confidence": one.confidence,
            "adjudicates": one.adjudicates,
            "coded_at": moment(one.judged_at),
            "needs_review": awaits(one, corrected[one.statement]),
            "proposition_mended": awaits(one, mended[one.topic]),
        }
        for one in history.codings
        if not one.retracted
    ]
    return conform("codings", pd.DataFrame(rows, columns=None if rows else [field.name for field in fields(Coding)]))


def rulings(history: History) -> pd.DataFrame:
    """The frame of rulings; flagged where an end or the proposition was mended after it."""
    corrected = {statement.id: statement.corrected_at for statement in history.statements}
    mended = {topic.id: topic.mended_at for topic in history.topics}

    def changed(one: Ruling) -> bool:
        since = max(one.judged_at, one.confirmed_at or 0)
        clocks = [mended[one.topic], corrected[one.earlier], corrected[one.later]]
        return any(clock is not None and clock > since for clock in clocks)

    rows = [
        {
            "ruling_id": one.id,
            "earlier": one.earlier,
            "later": one.later,
            "topic": one.topic,
            "outcome": one.outcome,
            "degree": one.degree,
            "set_aside": one.set_aside,
            "decided_at": None if one.decided_at is None else moment(one.decided_at),
            "recorded_at": moment(one.recorded_at),
            "confirmed_at": None if one.confirmed_at is None else moment(one.confirmed_at),
            "needs_review": changed(one),
        }
        for one in history.rulings
    ]
    return conform("rulings", pd.DataFrame(rows, columns=None if rows else [field.name for field in fields(Ruling)]))


def relations(history: History) -> pd.DataFrame:
    """The frame of relations; a wide or approximate bound is where it surely holds, as a store tells it."""
    rows = [
        {
            "surrogate": one.surrogate,
            "principal": one.principal,
            "since": sure(one.since, "end"),
            "until": sure(one.until, "start"),
            "topics": None if one.topics is None else "; ".join(sorted(one.topics)),
        }
        for one in history.relations
    ]
    names = [field.name for field in fields(SpeaksFor)]
    return conform("speaks_for", pd.DataFrame(rows, columns=None if rows else names))


def sure(bound: Bound | None, wide: str) -> pd.Timestamp | None:
    """The instant that a bound stands for: its outer edge where it is sharp, else its inner one."""
    if bound is None:
        return None
    sharp = "start" if wide == "end" else "end"
    return moment(getattr(bound, sharp if bound.sharp else wide))


def headings(history: History) -> pd.DataFrame:
    """The frame of topics."""
    return conform("topics", pd.DataFrame([{"topic": one.id, "kind": one.kind} for one in history.topics]))


def moment(instant: int) -> pd.Timestamp:
    """The instant of a history as a moment."""
    return ZERO + instant * SECOND


def told(frame: pd.DataFrame, kind: type[Row]) -> list[Row]:
    """The frame as rows of the oracle, in its order."""
    names = [field.name for field in fields(kind)]
    rows = frame[names].itertuples(index=False, name=None)
    return in_order(kind(**dict(zip(names, map(cell, row), strict=True))) for row in rows)


def cell(value: Any) -> Any:  # of any column
    """A cell as the oracle writes it: instants and spans as whole numbers, None where there is nothing."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return (value - ZERO) // SECOND
    if isinstance(value, pd.Timedelta):
        return value // SECOND
    return value
