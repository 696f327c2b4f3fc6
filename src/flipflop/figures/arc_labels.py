"""What stands above the arcs of a lane: a label each where there is room, one for several where labels would touch.

The page's script does the same when a reader looks closer (``spread`` in figure.js).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flipflop.text.rulings import UNJUDGED
from flipflop.when.gap_words import gap_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flipflop.figures.data import Arc, Mark
    from flipflop.figures.geometry import PixelScale

IN_ALL, WITHIN_TIME = "{count} in all", "{count} {joined}"
RULED_OF, NOT_JUDGED = "{ruled} of {count} count as ruled", "no ruling counts here"
"""What a label for several arcs tells; ``joined`` is that of a gap."""
BRACKET: Final = (3, 7)
"""So far below its words are the line of a label for several arcs, and the ends of that line."""
_BOLD: Final = 7.9
_PLAIN: Final = 7.2
"""Width of a letter of a gap, which stands in bold, and of the words below it."""
_BOUNDS: Final = 2
_INSET: Final = 2
"""So much shorter than its arcs is a bracket at both ends: the next one may begin where it ends."""
_TOGETHER: Final = 24
"""Arcs that reach no further together are one place on the page."""


@dataclass(frozen=True, slots=True)
class ArcLabel:
    """Two lines above arcs, which reach from ``left`` to ``right`` of ``room`` pixels as far as they are in view."""

    arcs: tuple[Arc, ...]
    left: float
    right: float
    room: float
    gap: str
    words: str

    @property
    def half(self) -> float:
        """Half of its width, in pixels."""
        return max(len(self.gap) * _BOLD, len(self.words) * _PLAIN) / 2 + 4

    @property
    def part(self) -> float:
        """Where the middle of what is in view of its arcs lies: 0 at the start of the plot, 1 at its end."""
        return (self.left + self.right) / 2 / self.room

    @property
    def bracket(self) -> tuple[float, float]:
        """From where to where a bracket over its arcs reaches."""
        inset = _INSET if self.right - self.left > 4 * _INSET else 0
        return self.left + inset, self.right - inset

    @property
    def middle(self) -> float:
        """The pixel above which it stands: over its arcs, but not over an edge."""
        return max(min(self.part * self.room, self.room - self.half), self.half)


def arc_labels(arcs: Iterable[Arc], marks: Mapping[str, Mark], scale: PixelScale) -> list[ArcLabel]:
    """Return the labels of the arcs of one lane, from left to right: none covers another, every arc in view has one.

    Arcs at one place share a label first, so that a day with many changes stays apart from the months around it. Then
    labels that touch become one, until its arcs are as wide as its words: what follows has room for a label again.
    """

    def joined(labels: Iterable[ArcLabel], belong: Callable[[ArcLabel, ArcLabel], bool]) -> list[ArcLabel]:
        found: list[ArcLabel] = []
        for one in labels:
            label = one
            while found and belong(found[-1], label):
                label = label_of([*found.pop().arcs, *label.arcs], marks, scale)
            found.append(label)
        return found

    alone = [label for arc in arcs if (label := label_of([arc], marks, scale)).left <= label.right]
    labels = sorted(alone, key=lambda label: label.part)
    for belong in (_at_one_place, _want_room, _touch):
        labels = joined(labels, belong)
    return labels


def _at_one_place(one: ArcLabel, other: ArcLabel) -> bool:
    return max(one.right, other.right) - min(one.left, other.left) <= _TOGETHER


def _want_room(one: ArcLabel, other: ArcLabel) -> bool:
    return _touch(one, other) and one.right - one.left < 2 * one.half


def _touch(one: ArcLabel, other: ArcLabel) -> bool:
    return other.middle - other.half < one.middle + one.half


def label_of(arcs: Sequence[Arc], marks: Mapping[str, Mark], scale: PixelScale) -> ArcLabel:
    """Return the label of an arc, or of several. Those that are out of view have ``left`` behind ``right``."""
    ends = [marks[key] for arc in arcs for key in arc.keys]
    places = [scale(mark.middle) for mark in ends]
    left, right = max(min(places), 0.0), min(max(places), scale.width)
    gap, words = (arcs[0].gap, arcs[0].label) if len(arcs) == 1 else (_within(len(arcs), ends), _standing(arcs))
    return ArcLabel(tuple(arcs), left, right, scale.width, gap, words)


def _within(count: int, marks: list[Mark]) -> str:
    """Return how many changes there are within how much time; where that is open, only how many."""
    if any(len(mark.bounds) < _BOUNDS for mark in marks):
        return IN_ALL.format(count=count)
    longest = max(mark.end for mark in marks) - min(mark.start for mark in marks)
    return WITHIN_TIME.format(count=count, joined=gap_between(longest, longest).joined)


def _standing(arcs: Sequence[Arc]) -> str:
    """Return how several pairs stand."""
    first, *others = {arc.label for arc in arcs}
    ruled = sum(arc.ruling not in UNJUDGED for arc in arcs)
    if others:
        return RULED_OF.format(ruled=ruled, count=len(arcs)) if ruled else NOT_JUDGED
    return first
