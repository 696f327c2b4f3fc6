"""What a statement that was just recorded makes of its speaker's record. Imports neither pandas nor numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.detect.check import ReversalPair
    from flipflop.records import Coding, Statement
    from flipflop.store import Store


def candidates_with(store: Store, statement: Statement, coding: Coding) -> list[ReversalPair]:
    """Return the candidates of the default kinds that the statement, so coded, makes with others of its speaker.

    A statement that was recorded belatedly can be the earlier of the two. As quick as its speaker's positions on the
    topic are few, whatever else the store holds.
    """
    history = store.committed_positions(statement.speaker, coding.topic)
    shown = coding.stance.sign
    if all(sign == shown for _, sign, _, _ in history):
        return []  # the same side as ever

    from flipflop.detect.check import SignedPosition, check
    from flipflop.store.sql.columns import micros

    said = statement.said
    new = SignedPosition(statement.hash, shown, micros(said.start), micros(said.end))
    rows = {row[0]: SignedPosition(*row) for row in history if row[0] != statement.hash}
    # What was said on another's behalf is a sequence of its own. Few statements are ever looked up: those found.
    found = check(new, rows.values())
    while others := {one for one in _named(found) & rows.keys() if _apart(store, statement, one)}:
        rows = {one: row for one, row in rows.items() if one not in others}
        found = check(new, rows.values())
    return found


def _named(found: Iterable[ReversalPair]) -> set[str]:
    return {one for pair in found for one in pair[1:]}


def _apart(store: Store, statement: Statement, other: str) -> bool:
    """Tell whether the other statement was made on another behalf."""
    said = store.as_it_reads(other)
    return getattr(said, "on_behalf_of", None) != statement.on_behalf_of
