"""The frames of a record and how a reader is shown them: what travels together through every figure and page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from flipflop.figures.data import FigureData


class RecordFrames(NamedTuple):
    """Positions, and what was found and ruled on them; None where it was not asked."""

    positions: pd.DataFrame
    reversals: pd.DataFrame | None = None
    conflicts: pd.DataFrame | None = None
    rulings: pd.DataFrame | None = None

    @property
    def is_many(self) -> bool:
        """Whether these are more than is drawn one by one. See ``flipflop.figures.many.is_many``."""
        from flipflop.figures.many import is_many

        return is_many(self.positions, self.reversals, self.conflicts)


@dataclass(frozen=True, slots=True)
class TimelineView:
    """How a timeline is shown: zone, title, end of the record, colours of pictures, lanes and their rows."""

    tz: str = "UTC"
    title: str | None = None
    as_of: datetime | None = None
    theme: str = "light"
    lanes: str = "speaker"
    rows: str = "stance"

    def data(self, frames: RecordFrames) -> FigureData:
        """Return what the timeline of few statements says."""
        from flipflop.figures.build import figure_data

        return figure_data(*frames[:3], tz=self.tz, as_of=self.as_of, lanes=self.lanes, rows=self.rows)
