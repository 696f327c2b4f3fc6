"""Rulings that no longer stand: that and since when, for feeds and at the address of the pair. Knows no page.

Neither who nor what nor why is told: of what is gone only that it is. Readers of a feed who had the ruling under its id
learn it under that id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.publish.site.rules import pair_id
from flipflop.records import Ruling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flipflop.cases.trail import Trail
    from flipflop.publish.site.model import Pair
    from flipflop.store import Recorded

WITHDRAWN: Final = "withdrawn"
REPLACED: Final = "replaced"
CORRECTED: Final = "corrected"
_MENDS: Final = ("correction", "retraction", "redaction")


class Ended(NamedTuple):
    """A ruling that once counted: its id, the id of its pair ("" where it was removed), why, and since when."""

    id: str
    pair: str
    why: str
    at: datetime


class Standings(NamedTuple):
    """What became of all rulings: those that ended, and when each that stands was last touched, by its id.

    ``latest`` is when anything about any ruling was recorded last; it never goes back.
    """

    ended: tuple[Ended, ...]
    touched: Mapping[str, datetime]
    latest: datetime | None


def standings_of(trail: Trail, shown: Mapping[str, Pair]) -> Standings:
    """Return what became of the rulings of a log; those that stand are the decisions of the pairs that are shown.

    A ruling that never counted because something is missing, or because whom it is about is left out, is none of both.
    """
    rulings = [record for record in trail.records.values() if record.kind == "ruling"]
    deciding = {pair.decision.id for pair in shown.values() if pair.decision is not None}
    of_pair: dict[str, list[Recorded]] = {}
    for ruling in rulings:
        of_pair.setdefault(_pair_of(ruling), []).append(ruling)
    times = {
        ruling.id: _touched(trail, of_pair[_pair_of(ruling)] if _pair_of(ruling) else [ruling]) for ruling in rulings
    }
    ended = [
        Ended(ruling.id, _pair_of(ruling), why, times[ruling.id])
        for ruling in rulings
        if ruling.id not in deciding and (why := _why(trail, ruling, shown))
    ]
    moments = [record.recorded_at for record in trail.records.values() if record.kind in _MENDS]
    moments += [one.event.decided_at for one in rulings if isinstance(one.event, Ruling) and one.event.decided_at]
    latest = max([*times.values(), *moments], default=None)
    return Standings(tuple(ended), {id_: at for id_, at in times.items() if id_ in deciding}, latest)


def _pair_of(ruling: Recorded) -> str:
    event = ruling.event
    return pair_id(event.earlier, event.later, event.topic) if isinstance(event, Ruling) else ""


def _why(trail: Trail, ruling: Recorded, shown: Mapping[str, Pair]) -> str:
    event = ruling.event
    if not isinstance(event, Ruling) or not trail.counts(ruling):
        return WITHDRAWN
    if not all(one in trail.records and trail.counts(trail.records[one]) for one in (event.earlier, event.later)):
        return WITHDRAWN
    if _pair_of(ruling) in shown and shown[_pair_of(ruling)].decision is not None:
        return REPLACED
    return CORRECTED if trail.needs_review(ruling) else ""


def _touched(trail: Trail, rulings: list[Recorded]) -> datetime:
    """Return when the rulings of one pair, or what they are about, were last recorded, mended or withdrawn."""
    todo = [ruling.id for ruling in rulings]
    for ruling in rulings:
        if isinstance(ruling.event, Ruling):
            todo += [ruling.event.earlier, ruling.event.later]
    found: dict[str, datetime] = {ruling.id: ruling.recorded_at for ruling in rulings}
    while todo:
        for record in trail.about(todo.pop()):
            if record.kind in _MENDS and record.id not in found:
                found[record.id] = record.recorded_at
                todo.append(record.id)
    return max(found.values())
