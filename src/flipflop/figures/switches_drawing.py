"""Lays out statements and changes per month on a scene: pale columns for all, dark ones within for changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.measure import width
from flipflop.figures.plot import Plot, round_ticks
from flipflop.figures.scene import Scene
from flipflop.figures.theme import TYPE
from flipflop.text.numbers import counted
from flipflop.when.telling import short_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flipflop.figures.switches_data import Month, SwitchesData, SwitchesPanel

WIDE: Final = 840
NOTHING: Final = "No statement in this record"
_HEIGHT: Final = 150
_AXIS: Final = 46
_PALE: Final = 0.55
_WIDEST: Final = 72
"""A column of a few months is no wider."""
_RANKED: Final = (
    "Ordered by number of changes. Who is covered more has more statements and more changes: this ranks the record, "
    "not the people."
)


def draw_switches(data: SwitchesData, title: str | None = None, *, width: int = WIDE) -> Scene:
    """Return the scene: a panel below the other, all to one scale."""
    scene = Scene(width, data)
    scene.text(title or "Statements a month, and how many of them changed a position", scene.inside, TYPE.title,
               bold=True, most=4)  # fmt: skip
    scene.down(6)
    if not data.panels:
        scene.text(NOTHING, scene.inside, TYPE.heading, colour="quiet")
        return scene
    if data.order == "changes":
        scene.text(_RANKED, scene.inside, TYPE.label)
    _key(scene)
    most = max((month.statements for panel in data.panels for month in panel.months), default=0)
    for panel in data.panels:
        _panel(scene, panel, most)
    scene.text(_foot(data), scene.inside, TYPE.text, colour="quiet")
    return scene


def _key(scene: Scene) -> None:
    """Say what pale and dark mean, where the eye begins."""
    left, y = float(scene.edge), scene.y + 4
    for colour, opacity, told in (("line", _PALE, "statements"), ("change", 1.0, "statements that changed a position")):
        far = left + 18 + width(told, TYPE.text)
        if far > scene.width - scene.edge:
            left, y = float(scene.edge), y + 20
        scene.area([(left, y + 2), (left + 12, y + 2), (left + 12, y + 14), (left, y + 14)], colour, opacity)
        scene.text(told, scene.inside - 18, TYPE.text, left=left + 18, at=y, most=1)
        left = far + 16
    scene.y = y + 24


def _panel(scene: Scene, panel: SwitchesPanel, most: int) -> None:
    scene.down(8)
    if panel.name:
        scene.text(panel.name, scene.inside, TYPE.heading, bold=True, most=2)
    scene.text(panel.words, scene.inside, TYPE.label, most=2)
    scene.down(26)
    ticks = round_ticks(most, 3, whole=True)
    gutter = 12 + width(f"{ticks[-1]:,.0f}", TYPE.text)
    plot = Plot(scene.edge + gutter, scene.y, scene.inside - gutter, _HEIGHT, max(1, len(panel.months)), ticks[-1])
    plot.grid(scene, [(tick, f"{tick:,.0f}") for tick in ticks])
    _columns(scene, plot, panel.months)
    _labels(scene, plot, panel.months)
    plot.below(scene, _ticks([month.first for month in panel.months], plot.width))
    scene.y = plot.bottom + _AXIS
    if panel.unplaced:
        changed = f", {panel.unplaced_changes:,} of them with a change" if panel.unplaced_changes else ""
        told = f"Not drawn, for their month is not known: {counted(panel.unplaced, 'statement')}{changed}."
        scene.text(told, scene.inside, TYPE.text, colour="quiet")


def _columns(scene: Scene, plot: Plot, months: Sequence[Month]) -> None:
    each = plot.width / plot.x_most
    air = max(min(2.0, each / 6), (each - _WIDEST) / 2)
    for colour, opacity, heights in (
        ("line", _PALE, [month.statements for month in months]),
        ("change", 1.0, [month.changes for month in months]),
    ):
        corners: list[tuple[float, float] | None] = []
        for number, height in enumerate(heights):
            if height:
                left, right, top = plot.x(number) + air, plot.x(number + 1) - air, plot.y(height)
                corners += [(left, plot.bottom), (left, top), (right, top), (right, plot.bottom), None]
        if corners:
            scene.area(corners, colour, opacity)


def _labels(scene: Scene, plot: Plot, months: Sequence[Month]) -> None:
    """Write "1 of 12" above the months with changes, as far as there is room; and clear of taller ones."""
    free = 0.0
    for number, month in enumerate(months):
        if not month.changes:
            continue
        words = f"{month.changes:,} of {month.statements:,}"
        half = width(words, TYPE.text) / 2 + 3
        middle = min(max(plot.x(number + 0.5), plot.left + half), plot.left + plot.width - half)
        if middle - half >= free:
            near = [other.statements for place, other in enumerate(months)
                    if plot.x(place) < middle + half and middle - half < plot.x(place + 1)]  # fmt: skip
            scene.text(words, 300, TYPE.text, left=middle, at=plot.y(max(near)) - 18, anchor="middle", most=1)
            free = middle + half


def _ticks(months: Sequence[date], room: float) -> Iterable[tuple[float, str]]:
    """Name as many months as there is room for: each, or every third, or Januaries, or fewer."""
    if not months:
        return
    spaces = room / len(months)
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120, 240) if spaces * step >= 44), 600)
    year = 0
    for number, month in enumerate(months):
        counted_months = 12 * month.year + month.month - 1
        if counted_months % step == 0:
            words = short_month(month.month) if step < 12 else str(month.year)
            yield number + 0.5, words + (f"\n{month.year}" if step < 12 and month.year != year else "")
            year = month.year


def _foot(data: SwitchesData) -> str:
    return (
        f"{data.coverage}; each is counted once for every topic it is coded on. A change counts in the month of its "
        f"later statement, and only where people ruled that it is one. Months of {data.zone}."
    )
