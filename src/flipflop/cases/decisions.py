"""The rulings on a pair, as recorded, in the order in which they count; ``frames.latest_rulings`` is that of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.cases.case import Decision
from flipflop.records import Ruling

if TYPE_CHECKING:
    from datetime import datetime

    from flipflop.cases.trail import Trail
    from flipflop.store import Recorded


def decisions_on(trail: Trail, earlier: str, later: str, topic: str) -> tuple[Decision, ...]:
    """Return the rulings on a pair that nobody has withdrawn, the latest last: by when they were made, then by id.

    One that does not say when it was made was made when it was recorded; of those that were recorded together, the
    last in the log is the latest.
    """
    found = [
        (_age(record, ruling), Decision(record.id, ruling, _made_at(record, ruling), trail.needs_review(record)))
        for record in trail.about(earlier)
        if isinstance(ruling := record.event, Ruling)
        and (ruling.earlier, ruling.later, ruling.topic) == (earlier, later, topic)
        and trail.counts(record)
    ]
    return tuple(decision for _, decision in sorted(found, key=lambda one: one[0]))


def _made_at(record: Recorded, ruling: Ruling) -> datetime:
    return ruling.decided_at or record.recorded_at


def _age(record: Recorded, ruling: Ruling) -> tuple[datetime, int, str]:
    made = _made_at(record, ruling)
    return made, record.seq if made == record.recorded_at else -1, record.id
