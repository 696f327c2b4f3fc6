"""Which stretch of time a reader sees first: the closest look at a full change, or else the whole record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flipflop.figures.data import TimeSpan
from flipflop.figures.zone import in_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flipflop.figures.data import Arc, Block, Mark

_CLOSE_UP = 1 / 3
"""A close-up is worth it where the change takes less than this part of the record."""


_NEAR = 1 / 60
"""Statements nearer than this part of the record touch each other."""
_CROWD = 3
"""So many of them are worth a close look."""


def whole_view(marks: Sequence[Mark]) -> TimeSpan:
    """Return the whole record with a little air on both sides."""
    known = [bound for mark in marks for bound in mark.bounds] or [marks[0].start, marks[0].end]
    start, end = min(known), max(known)
    air = max((end - start) / 20, timedelta(seconds=30))
    return _padded(start, end, air, air)


def first_view(marks: Sequence[Mark], arcs: Iterable[Arc], whole: TimeSpan) -> TimeSpan:
    """Return the stretch that holds every full change, whatever was said meanwhile, and room to see what came after.

    Where that is most of the record, or nothing changed, it is the whole record.
    """
    known = {mark.key: mark for mark in marks}
    full = [arc for arc in arcs if arc.kind in ("reversal", "restoration")]
    if not full:
        return whole
    bounds = [bound for arc in full for key in arc.keys for bound in known[key].bounds]
    if not bounds:
        return whole
    start, end = min(bounds), max(bounds)
    if (end - start) > _CLOSE_UP * (whole.end - whole.start):
        return whole
    start, end = _grown(marks, start, end)
    view = _padded(start, end, (end - start) / 12, (end - start) / 4)
    return view if view.end - view.start < whole.end - whole.start else whole


def crowded_view(marks: Iterable[Mark], whole: TimeSpan) -> TimeSpan | None:
    """Return a close look at the stretch that holds the most statements, where so many share a few pixels."""
    length = whole.end - whole.start
    near = sorted((mark for mark in marks if mark.end - mark.start <= _NEAR * length), key=lambda mark: mark.middle)
    runs: list[list[Mark]] = [[]]
    for mark in near:
        if runs[-1] and mark.middle - runs[-1][-1].middle > _NEAR * length:
            runs.append([])
        runs[-1].append(mark)
    run = max(runs, key=len)
    if len(run) < _CROWD:
        return None
    starts, ends = [mark.start for mark in run], [mark.end for mark in run]
    start, end = min(starts), max(ends)
    if end - start > _CLOSE_UP * length or max(starts) < min(ends):  # nothing to tell apart
        return None
    return _padded(start, end, (end - start) / 12, (end - start) / 12)


def view_words(block: Block) -> list[tuple[str, str]]:
    """Return the views that a reader is offered by name, with the words on their buttons, the closest first."""
    if block.crowd is not None:
        return [("crowd", "Close-up"), ("view", "Whole record")]
    if block.view != block.whole:
        return [("view", "Close-up"), ("whole", "Whole record")]
    return [("view", "Whole record")]


def _grown(marks: Iterable[Mark], start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Take in statements that touch the stretch and are not much wider than it, such as those of one whole day."""
    most = 2 * (end - start)
    near = [mark for mark in marks if mark.start < end and start < mark.end and mark.end - mark.start <= most]
    return min(start, *(mark.start for mark in near)), max(end, *(mark.end for mark in near))


def _padded(start: datetime, end: datetime, before: timedelta, after: timedelta) -> TimeSpan:
    zone = start.tzinfo or UTC
    try:
        return TimeSpan(in_zone(start.astimezone(UTC) - before, zone), in_zone(end.astimezone(UTC) + after, zone))
    except OverflowError:
        return TimeSpan(start, end)
