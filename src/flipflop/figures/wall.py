"""Moments on an axis of plotly, which knows no zone. Knows neither heights nor colours.

Nearly always they stand as the clock on the wall of the figure's zone shows them, so that plotly marks the axis at any
zoom. Where a change of clocks would show (moments of the hour that is there twice in the wrong order, a stretch of
hours with one too many or too few), they stand on a clock that is never changed, with marks of our own in the zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from flipflop.figures.ticks import ticks
from flipflop.figures.zone import Clock, in_zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from flipflop.figures.data import Block, TimeSpan

_SHORT: Final = timedelta(days=8)
"""A stretch in which an hour too many or too few is seen."""


@dataclass(frozen=True, slots=True)
class Wall:
    """Where the moments of one block stand; ``steady`` is the clock that is never changed, where that is needed."""

    zone: tzinfo
    steady: timezone | None = None

    def naive(self, moment: datetime) -> datetime:
        """Return the moment as plotly draws it."""
        if self.steady is not None:
            moment = in_zone(moment, self.steady)
        return moment.replace(tzinfo=None)

    def text(self, moment: datetime) -> str:
        """Return the moment as plotly reads it."""
        return self.naive(moment).isoformat()

    def range(self, span: TimeSpan) -> list[str]:
        """Return a stretch of the axis."""
        return [self.text(span.start), self.text(span.end)]

    def marked(self, span: TimeSpan, most: int) -> dict[str, object]:
        """Return how the axis is marked in a view of this span; nothing where plotly marks it by itself."""
        if self.steady is None:
            return {}
        found = ticks(span, most, self.zone)
        words = [f"{tick.words}<br>{tick.context}".removesuffix("<br>") for tick in found]
        return {"tickmode": "array", "tickvals": [self.text(tick.moment) for tick in found], "ticktext": words}


def wall_of(block: Block) -> Wall:
    """Return where the moments of a block stand."""
    start = block.view.start
    zone = start.tzinfo.zone if isinstance(start.tzinfo, Clock) else start.tzinfo or UTC
    offset = start.utcoffset()
    shows = any(_changes_within(span) for span in block.views.values()) or _is_out_of_order(block)
    return Wall(zone, timezone(offset) if shows and offset is not None else None)


def _changes_within(span: TimeSpan) -> bool:
    """Tell whether the clocks are changed in a stretch that is short enough to see it."""
    return span.end - span.start <= _SHORT and span.start.utcoffset() != span.end.utcoffset()


def _is_out_of_order(block: Block) -> bool:
    """Tell whether a clock on the wall shows something earlier that was later, or shows them at once."""
    moments = sorted({bound for mark in block.marks for bound in (*mark.bounds, mark.middle)})
    return any(one >= other for one, other in pairwise(_walls(moments)))


def _walls(moments: Iterable[datetime]) -> Iterable[datetime]:
    return (moment.replace(tzinfo=None) for moment in moments)
