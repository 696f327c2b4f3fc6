"""What a statement that was just recorded makes of its speaker's record. Imports neither pandas nor numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    return check(new, [SignedPosition(*row) for row in history])
