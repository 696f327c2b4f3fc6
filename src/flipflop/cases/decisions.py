"""The rulings on a pair, as recorded, in the order in which they count; ``frames.latest_rulings`` is that of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.cases.case import Decision
from flipflop.records import Ruling
from flipflop.store.log import rules

if TYPE_CHECKING:
    from flipflop.cases.trail import Trail


def decisions_on(trail: Trail, earlier: str, later: str, topic: str) -> tuple[Decision, ...]:
    """Return the rulings on a pair that nobody has withdrawn, the latest last: see ``flipflop.store.log.rules.age``."""
    found = [
        (
            rules.age(ruling, record.id, record.recorded_at),
            Decision(record.id, ruling, ruling.decided_at or record.recorded_at, trail.needs_review(record)),
        )
        for record in trail.about(earlier)
        if isinstance(ruling := record.event, Ruling)
        and (ruling.earlier, ruling.later, ruling.topic) == (earlier, later, topic)
        and trail.counts(record)
    ]
    return tuple(decision for _, decision in sorted(found, key=lambda one: one[0]))
