"""From moments to places across a drawing: in percent, for any width, or in pixels, for a file. Knows no height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from flipflop.publish.markup import element, shape

if TYPE_CHECKING:
    from datetime import datetime

    from flipflop.figures.data import TimeSpan

_FAR: Final = 10
"""What lies further outside than ten widths is drawn as if it lay there: nobody sees it."""


_LEAST: Final = 0.001
"""Percent: a drawing without any width would be drawn at its own size instead of not at all."""


class Scale(Protocol):
    """Where moments stand across a plot, as SVG writes it."""

    span: TimeSpan

    def x(self, moment: datetime) -> str:
        """Return the place of a moment, for an attribute like x or x1."""

    def across(self, part: float) -> str:
        """Return a place as a part of the way across, as ``x`` writes it."""

    def inside(self, part: float, half: float) -> dict[str, str]:
        """Return the attribute that moves words of that half width to a part of the way across, not over an edge."""

    def reach(self, start: datetime, end: datetime) -> dict[str, str]:
        """Return x and width of a stretch of time."""

    def at(self, moment: datetime, y: float) -> dict[str, str]:
        """Return the attribute that moves a path to a moment and a height."""

    def curve(self, start: datetime, end: datetime, heights: tuple[float, float, float], **more: str) -> str:
        """Return a curve that leaves one moment upright and comes down upright on another; heights: from, pull, to."""


def part(span: TimeSpan, moment: datetime) -> float:
    """Return where a moment lies in a stretch: 0 at its start, 1 at its end, at most ten widths outside."""
    seconds = max((span.end - span.start).total_seconds(), 1.0)
    return min(max((moment - span.start).total_seconds() / seconds, -float(_FAR)), 1.0 + _FAR)


def short(number: float) -> str:
    """Return a number with at most three decimals."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


class Fluid:
    """Percent of a plot of any width: what the page's script sets anew when a reader looks closer."""

    def __init__(self, span: TimeSpan) -> None:
        self.span = span

    def x(self, moment: datetime) -> str:
        """See ``Scale``."""
        return self.across(part(self.span, moment))

    def across(self, part: float) -> str:
        """See ``Scale``."""
        return f"{short(100 * part)}%"

    def inside(self, part: float, half: float) -> dict[str, str]:
        """See ``Scale``."""
        room = f"{short(half)}px,{self.across(part)},100% - {short(half)}px"
        return {"style": f"transform:translate(clamp({room}),0)"}

    def reach(self, start: datetime, end: datetime) -> dict[str, str]:
        """See ``Scale``."""
        return {"x": self.x(start), "width": f"{short(100 * (part(self.span, end) - part(self.span, start)))}%"}

    def at(self, moment: datetime, y: float) -> dict[str, str]:
        """See ``Scale``."""
        return {"style": f"transform:translate({self.x(moment)},{short(y)}px)"}

    def curve(self, start: datetime, end: datetime, heights: tuple[float, float, float], **more: str) -> str:
        """See ``Scale``; the curve stretches with its own small drawing, which has no width below zero."""
        if end < start:
            start, end, heights = end, start, heights[::-1]
        left, pull, right = map(short, heights)
        line = shape("path", d=f"M0 {left}C0 {pull} 100 {pull} 100 {right}", vector_effect="non-scaling-stroke")
        place = {
            "x": self.x(start),
            "width": f"{short(max(_LEAST, 100 * (part(self.span, end) - part(self.span, start))))}%",
        }
        box = {"height": "100", "viewbox": "0 0 100 100", "ratio": "none", "overflow": "visible"}
        return element("svg", line, **place, **box, **more)


class Fixed:
    """Pixels of a plot of one width, for a drawing that leaves the page."""

    def __init__(self, span: TimeSpan, width: int) -> None:
        self.span, self.width = span, width

    def x(self, moment: datetime) -> str:
        """See ``Scale``."""
        return self.across(part(self.span, moment))

    def across(self, part: float) -> str:
        """See ``Scale``."""
        return short(self.width * part)

    def inside(self, part: float, half: float) -> dict[str, str]:
        """See ``Scale``."""
        return {"x": short(max(min(self.width * part, self.width - half), half))}

    def reach(self, start: datetime, end: datetime) -> dict[str, str]:
        """See ``Scale``."""
        return {"x": self.x(start), "width": short(self.width * (part(self.span, end) - part(self.span, start)))}

    def at(self, moment: datetime, y: float) -> dict[str, str]:
        """See ``Scale``."""
        return {"transform": f"translate({self.x(moment)} {short(y)})"}

    def curve(self, start: datetime, end: datetime, heights: tuple[float, float, float], **more: str) -> str:
        """See ``Scale``."""
        (left, pull, right), first, last = map(short, heights), self.x(start), self.x(end)
        line = shape("path", d=f"M{first} {left}C{first} {pull} {last} {pull} {last} {right}")
        return element("g", line, **more)
