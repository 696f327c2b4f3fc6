"""What counting needs of positions: whose, on what, when, to which side. Reads few columns and makes no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from flipflop.figures.data import Bounded
from flipflop.figures.marks import names
from flipflop.figures.rows import POSITIONS, read_positions
from flipflop.figures.zone import in_zone

if TYPE_CHECKING:
    from datetime import tzinfo

    import pandas as pd

_COLUMNS: Final = (*POSITIONS, "disputed", "precision", "approximate", "tz")


@dataclass(frozen=True, slots=True)
class Timed(Bounded):
    """One position. ``look`` and ``level`` are those of its mark; ``row`` is its place in the frame."""

    speaker: str
    topic: str
    statement_id: str
    look: str
    level: int
    start: datetime
    end: datetime
    row: int
    precision: str = ""
    approximate: bool = False
    tz: str | None = None


def timed(positions: pd.DataFrame, zone: tzinfo) -> list[Timed]:
    """Return positions in the order of the frame, their moments in the zone. Raises DataError as ``timeline`` does."""
    held = [column for column in _COLUMNS if column in positions.columns]
    return [
        Timed(
            speaker=row.text("speaker"),
            topic=row.text("topic"),
            statement_id=row.text("statement_id"),
            look="disputed" if row.flag("disputed") else row.text("stance"),
            level=row.sign or 0,
            start=in_zone(start, zone),
            end=in_zone(end, zone),
            row=number,
            precision=row.text("precision"),
            approximate=row.flag("approximate"),
            tz=row.text("tz") or None,
        )
        for number, row in enumerate(read_positions(positions[held]))
        if (start := row.moment("said_from")) is not None and (end := row.moment("said_until")) is not None
    ]


def named(positions: pd.DataFrame, slug: str, name: str) -> dict[str, str]:
    """Return the names of speakers or topics by slug, in their order."""
    return names(read_positions(positions.drop_duplicates(slug, keep="last")), slug, name)
