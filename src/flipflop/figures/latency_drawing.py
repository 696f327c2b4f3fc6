"""Lays out how long positions lasted: two steps downwards and a band between them, and how many were at risk when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.plot import Plot, round_ticks
from flipflop.figures.scene import Scene
from flipflop.figures.theme import TYPE
from flipflop.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.figures.latency_data import LatencyData, Point

WIDE: Final = 840
NOTHING: Final = "No position in this record"
_UNITS: Final = (
    ("years", 31_556_952.0, 4 * 31_556_952.0),
    ("days", 86_400.0, 3 * 86_400.0),
    ("hours", 3_600.0, 3 * 3_600.0),
    ("minutes", 60.0, 0.0),
)
"""Unit, its seconds, and how much at least is told in it."""
_HEIGHT: Final = 260
_BAND: Final = 0.3


def draw_latency(data: LatencyData, title: str | None = None, *, width: int = WIDE) -> Scene:
    """Return the scene."""
    scene = Scene(width, data)
    scene.text(title or "How long positions lasted", scene.inside, TYPE.title, bold=True, most=4)
    scene.down(6)
    if not data.stays:
        scene.text(NOTHING, scene.inside, TYPE.heading, colour="quiet")
        scene.text(_foot(data), scene.inside, TYPE.text, colour="quiet")
        return scene
    scene.text(found_words(data), scene.inside, TYPE.label)
    scene.down(16)
    _plot(scene, data)
    scene.text(_foot(data), scene.inside, TYPE.text, colour="quiet")
    return scene


def unit_of(seconds: float) -> tuple[str, float]:
    """Return the unit in which so long a time is told, and its seconds."""
    return next((name, size) for name, size, least in _UNITS if seconds >= least)


def found_words(data: LatencyData) -> str:
    """Return how many of how many changed, as people ruled, and how all pairs of the record stand."""
    told = f"{data.changed:,} of {counted(len(data.stays), 'position')} ended in a change, as people ruled."
    return f"{told} All pairs, as of {data.until}: {data.pairs.words}."


def thinned(curve: Sequence[Point], most: int = 1_000) -> list[Point]:
    """Return at most about so many points, the last one of each stretch of time: no eye misses the others."""
    longest = max((point.seconds for point in curve), default=0.0) or 1.0
    return list({int(point.seconds / longest * most): point for point in curve}.values())


def _plot(scene: Scene, data: LatencyData) -> None:
    most = max(stay.longest for stay in data.stays)
    unit, size = unit_of(most)
    ticks = round_ticks(most / size, max(3, scene.width // 105))
    plot = Plot(scene.edge + 44, scene.y, scene.inside - 60, _HEIGHT, ticks[-1] * size, 1)
    plot.grid(scene, [(part / 4, f"{25 * part} %") for part in range(5)])
    low, high = (_steps(thinned(curve), most) for curve in (data.shortest, data.longest))
    corners = [(plot.x(seconds), plot.y(share)) for seconds, share in (*high, *reversed(low))]
    if low != high:
        scene.area(corners, "standing", _BAND)
        scene.line([(plot.x(seconds), plot.y(share)) for seconds, share in low], "change", 1.4, dash="dot")
    scene.line([(plot.x(seconds), plot.y(share)) for seconds, share in high], "change", 2.4)
    plot.below(scene, [(tick * size, f"{tick:g}") for tick in ticks])
    _at_risk(scene, plot, data, [tick * size for tick in ticks])
    scene.y += 6
    scene.text(f"Time since the first statement to that side, in {unit}", scene.inside, TYPE.text, colour="quiet")
    scene.down(8)


def _steps(curve: Sequence[Point], most: float) -> list[tuple[float, float]]:
    """Return the corners of a curve, from the whole at no time on to the longest time."""
    corners, share = [(0.0, 1.0)], 1.0
    for point in curve:
        corners += [(point.seconds, share), (point.seconds, point.share)]
        share = point.share
    return [*corners, (most, share)]


def _at_risk(scene: Scene, plot: Plot, data: LatencyData, ticks: Sequence[float]) -> None:
    """Write below the ticks how many positions had lasted so long."""
    y = plot.bottom + 30
    scene.text("lasted so long:", scene.inside, TYPE.text, at=y, colour="quiet", most=1)
    for tick in ticks:
        count = sum(stay.longest >= tick for stay in data.stays)
        scene.text(f"{count:,}", 100, TYPE.text, left=plot.x(tick), at=y + 17, colour="quiet", anchor="middle", most=1)


def _foot(data: LatencyData) -> str:
    parts = [
        "A position lasts from the first statement to one side until the one that changed it, as people ruled. Where "
        "nobody has judged a pair, or circumstances changed, it lasted at least so long, as at the end of the record "
        "(Kaplan-Meier estimate)."
    ]
    if data.shortest != data.longest:
        parts.append("Solid: the longest times that the dates allow; dotted: the shortest; shaded: between the two.")
    if data.unordered:
        parts.append(f"Left out, for their order is not known: {counted(data.unordered, 'pair')} of speaker and topic.")
    if data.open:
        parts.append(f"Left out, for a moment is open to one side: {counted(data.open, 'position')}.")
    return " ".join([*parts, f"{data.coverage}." if data.coverage else ""]).strip()
