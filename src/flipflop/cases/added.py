"""What that which was just recorded makes of the record. Imports pandas only where there may be a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flipflop.records import Topic, TopicKind

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from flipflop.detect.check import ReversalPair
    from flipflop.records import Coding, Statement
    from flipflop.store import Store


AT_ONCE = 500
"""Codings of one topic among which conflicts are looked for while somebody waits: of an account, pairs are many."""


class ConflictsMade(NamedTuple):
    """Conflicts as ``find_conflicts`` has them, None where there can be none; whether they were looked for at all."""

    found: pd.DataFrame | None
    looked: bool = True


class Brought(NamedTuple):
    """How many candidates, and conflicts, name statements recorded after a place in the log.

    ``unlooked`` are the topics with too many codings (``AT_ONCE``) to look for conflicts at once.
    """

    candidates: int
    conflicts: int
    unlooked: tuple[str, ...] = ()


def candidates_with(store: Store, statement: Statement, coding: Coding) -> list[ReversalPair]:
    """Return the candidates of the default kinds that the statement, so coded, makes with others of its speaker.

    A statement that was recorded belatedly can be the earlier of the two. What is ruled on is passed over, and so is
    what a ruling sets aside. As quick as its speaker's positions on the topic are few, whatever else the store holds;
    pandas is loaded only where somebody ruled on the topic or spoke on it on another's behalf.
    """
    history = store.committed_positions(statement.speaker, coding.topic)
    shown = coding.stance.sign
    if all(sign == shown for _, sign, _, _ in history):
        return []  # the same side as ever
    if store.is_ruled_or_sent(statement.speaker, coding.topic):
        return _open(store, statement.speaker, coding.topic, {statement.hash})

    from flipflop.detect.check import SignedPosition, check
    from flipflop.store.sql.columns import micros

    said = statement.said
    new = SignedPosition(statement.hash, shown, micros(said.start), micros(said.end))
    return check(new, (SignedPosition(*row) for row in history))


def conflicts_with(store: Store, statement: Statement, coding: Coding, *, tz: str = "UTC") -> ConflictsMade:
    """Return the conflicts in which the statement, so coded, is one of the two; ``reason`` tells clock times in ``tz``.

    Not looked for where the topic has more than ``AT_ONCE`` codings.
    """
    if not coding.stance.sign or not _may_conflict(store, coding.topic, {statement.speaker}, statement.on_behalf_of):
        return ConflictsMade(None)
    if store.is_coded_more_often(coding.topic, AT_ONCE):
        return ConflictsMade(None, looked=False)
    return ConflictsMade(_naming(store, coding.topic, {statement.hash}, tz))


def brought_since(store: Store, seq: int) -> Brought:
    """Return how many candidates and conflicts name a statement that was coded after a place in the log.

    As quick as the positions of those speakers on those topics are few; pandas is loaded where a conflict may be.
    """
    coded: dict[tuple[str, str], set[str]] = {}
    for speaker, topic, statement in store.coded_since(seq):
        coded.setdefault((speaker, topic), set()).add(statement)
    by_topic: dict[str, set[str]] = {}
    candidates = 0
    for (speaker, topic), new in coded.items():
        by_topic.setdefault(topic, set()).update(new)
        candidates += len(_candidates(store, speaker, topic, new))
    may = [topic for topic in by_topic if _may_conflict(store, topic, {who for who, about in coded if about == topic})]
    unlooked = tuple(topic for topic in may if store.is_coded_more_often(topic, AT_ONCE))
    conflicts = sum(len(_naming(store, topic, by_topic[topic])) for topic in may if topic not in unlooked)
    return Brought(candidates, conflicts, unlooked)


def _candidates(store: Store, speaker: str, topic: str, new: Collection[str]) -> list[ReversalPair]:
    history = store.committed_positions(speaker, topic)
    if len({sign for _, sign, _, _ in history}) < 2:
        return []
    if store.is_ruled_or_sent(speaker, topic):
        return _open(store, speaker, topic, new)
    from flipflop.detect.check import SignedPosition, findings

    found = findings(SignedPosition(*row) for row in history)
    return [pair for pair in found if pair.earlier_id in new or pair.later_id in new]


def _open(store: Store, speaker: str, topic: str, statements: Collection[str]) -> list[ReversalPair]:
    """Return the candidates that name one of the statements, as rulings and mandates leave them. Loads pandas."""
    from flipflop.cases.candidates import open_candidates
    from flipflop.detect.check import ReversalPair
    from flipflop.detect.kinds import ReversalKind

    found = (
        ReversalPair(ReversalKind(one.kind), one.earlier, one.later)
        for one in open_candidates(store, speaker=speaker, topic=topic)
    )
    return sorted(pair for pair in found if not {pair.earlier_id, pair.later_id}.isdisjoint(statements))


def _may_conflict(store: Store, topic: str, speakers: Collection[str], behalf: str | None = None) -> bool:
    """Tell whether there can be a conflict at all: of an account, or with whom somebody speaks for."""
    if behalf is not None or any(map(store.is_in_a_relation, speakers)):
        return True
    declared = store.as_it_reads(store.get(topic, kind="topic").id)
    return isinstance(declared, Topic) and declared.kind is TopicKind.ACCOUNT


def _naming(store: Store, topic: str, statements: Collection[str], tz: str = "UTC") -> pd.DataFrame:
    from flipflop.cases.candidates import found_conflicts

    found = found_conflicts(store, topic=topic, tz=tz)
    named = found["earlier_id"].isin(statements) | found["later_id"].isin(statements)
    return found[named & found["ruling"].isna()]
