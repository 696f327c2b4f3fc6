"""Counts of statements per lane, stretch of time and side, for figures of large records. Counts; never draws or ranks.

A statement is counted once, where the middle of its moment lies (a moment open to one side: where its one bound lies).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from flipflop.errors import DataError, Problem, suggestion
from flipflop.figures.many import SIDES
from flipflop.records.names import counted_order
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.figures.many import Many

LanesBy: TypeAlias = Literal["speaker", "topic"]
_BY: Final = ("speaker", "topic")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_YEAR: Final = 9999
_MOST_BINS: Final = 240
_YEARS: Final = (("year", 1), ("decade", 10), ("century", 100))


@dataclass(frozen=True, slots=True)
class CountLanes:
    """Who or what has a lane, by name; ``lane`` tells the lane of each code of ``Many.speaker`` or ``Many.topic``.

    Where there are more than have room, those with the most statements have one, and ``others``, their number, share
    the last, which is named so.
    """

    by: LanesBy
    names: tuple[str, ...]
    lane: NDArray[np.int64]
    others: int


@dataclass(frozen=True, slots=True)
class Bins:
    """Stretches of time that touch: the first and, half open, the last bound of each, in UTC seconds."""

    unit: str
    edges: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.edges) - 1


def lanes_of(many: Many, by: str | None = None, *, most: int = 12) -> CountLanes:
    """Return the lanes of a record: by topic where there are several, unless asked otherwise. Raises DataError."""
    if by not in (None, *_BY):
        raise DataError(Problem(f"{by!r} is not one of {', '.join(_BY)}{suggestion(str(by), _BY)}", "lanes"))
    way: LanesBy = "speaker" if by == "speaker" or (by is None and len(many.topics) < 2) else "topic"
    names = [one.name for one in many.speakers] if way == "speaker" else [one.title for one in many.topics]
    often = np.bincount(many.speaker if way == "speaker" else many.topic, minlength=len(names))
    by_name = sorted(range(len(names)), key=lambda code: (counted_order(names[code]), code))
    own = set(np.argsort(-often[by_name], kind="stable")[: most if len(names) <= most else most - 1].tolist())
    shown = [code for place, code in enumerate(by_name) if place in own]
    others = len(names) - len(shown)
    lane = np.full(len(names), len(shown), dtype=np.int64)
    lane[shown] = np.arange(len(shown))
    label = [f"{others:,} others"] if others else []
    return CountLanes(way, (*(names[code] for code in shown), *label), lane, others)


def bins_of(many: Many) -> Bins:
    """Return calendar days, months or years of the record's zone: the finest that make at most about 240."""
    if not len(many):
        return Bins("day", np.zeros(1, dtype=np.int64))
    zone = zone_of(many.zone)
    first, last = (zone.wall(_EPOCH + timedelta(seconds=int(at))) for at in (many.middle[0], many.middle[-1]))
    unit, starts = _starts(first, last)
    edges = [(zone.utc(start) - _EPOCH) // timedelta(seconds=1) for start in starts]
    return Bins(unit, np.array(edges, dtype=np.int64))


def _starts(first: datetime, last: datetime) -> tuple[str, list[datetime]]:
    """Return the unit and the first moment of each bin, and of the one after the last, on the clocks of the zone."""
    days, years = (last - first).days + 1, last.year - first.year + 1
    if days <= _MOST_BINS:
        midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
        return "day", [midnight + timedelta(days=number) for number in range(days + 2)]
    if years * 12 <= _MOST_BINS:
        return "month", [_month(number) for number in range(12 * first.year, 12 * last.year + 13)]
    unit, step = next((pair for pair in _YEARS if years <= pair[1] * _MOST_BINS), _YEARS[-1])
    return unit, [_month(12 * year) for year in range(first.year // step * step, last.year + step + 1, step)]


def _month(number: int) -> datetime:
    return datetime(min(max(number // 12, 1), _LAST_YEAR), number % 12 + 1, 1)  # noqa: DTZ001 -- a wall clock


def counted(many: Many, lanes: CountLanes, bins: Bins) -> NDArray[np.int64]:
    """Return how many statements fall in each lane, bin and side (in the order of ``SIDES``).

    Every statement is counted once; the bins must hold them all, as those of ``bins_of`` do.
    """
    lane = lanes.lane[many.speaker if lanes.by == "speaker" else many.topic]
    side = np.array([look.side + 1 for look in many.looks], dtype=np.int64)[many.look]
    place = np.searchsorted(bins.edges, many.middle, side="right") - 1
    shape = (len(lanes.names), len(bins), len(SIDES))
    code = np.ravel_multi_index((lane, place, side), shape)
    return np.bincount(code, minlength=int(np.prod(shape))).reshape(shape)
