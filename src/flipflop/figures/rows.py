"""The door: frames of any make become plain typed rows, or a DataError that names what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flipflop.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

POSITIONS = ("speaker", "topic", "statement_id", "stance", "said_from", "said_until")
_REVERSALS = ("speaker", "topic", "kind", "earlier_id", "later_id")
_CONFLICTS = ("speaker", "other", "topic", "kind", "earlier_id", "later_id")
_SIGNS = {"strongly_oppose": -1, "oppose": -1, "mixed": 0, "support": 1, "strongly_support": 1}


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One row of a frame, read by column name; a column or value that is absent reads as nothing."""

    cells: dict[str, object]

    def text(self, column: str) -> str:
        """The text of a column, or an empty one."""
        value = self.cells.get(column)
        return value if isinstance(value, str) else ""

    def flag(self, column: str) -> bool:
        """Whether the column says yes."""
        return self.cells.get(column) is True

    def number(self, column: str) -> float | None:
        """The number in a column, or None."""
        value = self.cells.get(column)
        return float(value) if isinstance(value, int | float) else None

    def moment(self, column: str) -> datetime | None:
        """The moment in a column, in UTC, or None."""
        value = self.cells.get(column)
        return value if isinstance(value, datetime) else None

    def duration(self, column: str) -> timedelta | None:
        """The duration in a column, or None."""
        value = self.cells.get(column)
        return value if isinstance(value, timedelta) else None

    @property
    def sign(self) -> int | None:
        """The side that the stance takes: -1, 0, +1; None where it is unclear or disputed."""
        return None if self.flag("disputed") else _SIGNS.get(self.text("stance"))


def read_positions(frame: pd.DataFrame) -> list[FrameRow]:
    """Return positions as rows. Raises DataError for a missing column or a row without a moment."""
    rows = rows_of("positions", frame, POSITIONS, ("said_from", "said_until"))
    lacking = [
        Problem("is missing", column, "positions", number)
        for number, row in enumerate(rows)
        for column in ("said_from", "said_until")
        if row.moment(column) is None
    ]
    if lacking:
        raise DataError(lacking)
    return rows


def read_reversals(frame: pd.DataFrame | None) -> list[FrameRow]:
    """Return reversals as rows; none for None."""
    return [] if frame is None else rows_of("reversals", frame, _REVERSALS, ())


def read_conflicts(frame: pd.DataFrame | None) -> list[FrameRow]:
    """Return conflicts as rows; none for None."""
    return [] if frame is None else rows_of("conflicts", frame, _CONFLICTS, ("since", "until"))


def rows_of(name: str, frame: pd.DataFrame, needed: Iterable[str] = (), moments: Iterable[str] = ()) -> list[FrameRow]:
    """Return the rows of any frame; ``moments`` are the columns to read as such. Raises DataError for a missing one."""
    absent = [column for column in needed if column not in frame.columns]
    if absent:
        raise DataError(Problem(f"need the column {column}", name) for column in absent)
    cells = {str(column): _cells(frame[column], column in moments) for column in frame.columns}
    return [FrameRow(dict(zip(cells, row, strict=True))) for row in zip(*cells.values(), strict=True)]


def _cells(column: pd.Series, is_moment: bool) -> list[object]:
    import pandas as pd

    if is_moment:
        column = pd.to_datetime(column, utc=True)
    missing = column.isna()
    return [None if gone else _python(value) for value, gone in zip(column.tolist(), missing.tolist(), strict=True)]


def _python(value: object) -> object:
    """Turn what pandas keeps in a cell into what Python calls it."""
    import pandas as pd

    if isinstance(value, pd.Timestamp):
        moment = value.to_pydatetime(warn=False)
        return moment if moment.tzinfo is None else moment.astimezone(UTC)
    if isinstance(value, pd.Timedelta):
        return value.to_pytimedelta()
    return value
