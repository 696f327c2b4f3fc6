"""The oracle of detection: what its rules say of a small history, written from their text alone, by brute force.

Slow and plain on purpose. Nothing here looks at the product, and the product looks at nothing here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tests.detection_records import Conflict, History, Position, Reversal
from tests.oracle_conflicts import conflicts
from tests.oracle_positions import positions
from tests.oracle_reversals import DEFAULT_KINDS, KINDS, flagged_rulings, reversals

__all__ = ["DEFAULT_KINDS", "KINDS", "Outcome", "conflicts", "flagged_rulings", "outcome", "positions", "reversals"]


@dataclass(frozen=True)
class Outcome:
    """The three frames of a history, each in the order of `in_order`."""

    positions: list[Position]
    reversals: list[Reversal]
    conflicts: list[Conflict]


def outcome(history: History, kinds: Collection[str] = KINDS) -> Outcome:
    """What the rules say of a history."""
    rows = positions(history.statements, history.codings, history.topics)
    return Outcome(
        rows,
        reversals(rows, history.rulings, kinds, history.topics),
        conflicts(rows, history.relations, history.topics, history.rulings, history.pair_limit),
    )
