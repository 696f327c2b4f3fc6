"""A plot on a scene: two linear scales, round ticks, grid lines. Knows no data and no colour but those of axes."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

from flipflop.figures.theme import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.figures.scene import Scene


@dataclass(frozen=True, slots=True)
class Plot:
    """A rectangle on a scene, in pixels, that shows 0 to ``x_most`` across and 0 to ``y_most`` upwards."""

    left: float
    top: float
    width: float
    height: float
    x_most: float
    y_most: float

    @property
    def bottom(self) -> float:
        """The height of the base line."""
        return self.top + self.height

    def x(self, value: float) -> float:
        """Return the pixel of a value across."""
        return round(self.left + value / (self.x_most or 1) * self.width, 2)

    def y(self, value: float) -> float:
        """Return the pixel of a value upwards."""
        return round(self.bottom - value / (self.y_most or 1) * self.height, 2)

    def grid(self, scene: Scene, ticks: Iterable[tuple[float, str]]) -> None:
        """Draw a line across at each value, its words left of it, and the base line."""
        for value, words in ticks:
            y = self.y(value)
            scene.line([(self.left, y), (self.left + self.width, y)], "line" if value == 0 else "grid")
            scene.text(words, 200, TYPE.text, left=self.left - 8, at=y - 8, colour="quiet", anchor="end", most=1)

    def below(self, scene: Scene, ticks: Iterable[tuple[float, str]]) -> None:
        """Write words below the base line, a small tick above each."""
        for value, words in ticks:
            x = self.x(value)
            scene.line([(x, self.bottom), (x, self.bottom + 5)], "line")
            scene.text(words, 200, TYPE.text, left=x, at=self.bottom + 8, colour="quiet", anchor="middle", most=2)


def round_ticks(most: float, about: int, *, whole: bool = False) -> list[float]:
    """Return about so many round values from 0 on, the last one at or above ``most``.

    >>> round_ticks(23, 4)
    [0.0, 10.0, 20.0, 30.0]
    """
    if most <= 0:
        return [0.0, 1.0]
    rough = most / about
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    if whole:
        step = max(1.0, float(round(step)))
    count = -int(-most // step)
    return [round(step * number, 10) for number in range(count + 1)]
