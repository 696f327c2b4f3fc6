"""Frames as rows to print: moments in one zone, durations in seconds, absent as null."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from flipflop.cli.base import Format
from flipflop.cli.tables import print_rows, text_of
from flipflop.figures.zone import in_zone
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from flipflop.cli.tables import CellValue, TableRow


def print_frame(
    frame: pd.DataFrame,
    how: Format,
    *,
    tz: str,
    table: Sequence[str] = (),
    shown: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """Print a frame. A table has only the columns ``table``, or the headings and cells that ``shown`` gives."""
    rows = rows_of_frame(frame, zone_of(tz).info)
    cells = {name: [*cells] for name, cells in shown.items()} if shown else None
    if cells is None and table:
        cells = {name: [text_of(row[name]) for row in rows] for name in table}
    print_rows(rows, list(frame.columns), how, shown=cells)


def rows_of_frame(frame: pd.DataFrame, zone: tzinfo) -> list[TableRow]:
    """Return the rows of a frame as JSON values, their keys the names of its columns."""
    columns = [
        [None if gone else _cell(value, zone) for value, gone in zip(frame[name], frame[name].isna(), strict=True)]
        for name in frame.columns
    ]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def moment_cell(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as ISO 8601 with its offset in the zone."""
    return in_zone(moment, zone).isoformat()


def _cell(value: object, zone: tzinfo) -> CellValue:
    import pandas as pd

    match value:
        case str() | bool() | int() | float():
            return value
        case list() | tuple():
            return [str(item) for item in value]
        case pd.Timestamp():
            return moment_cell(value.to_pydatetime(), zone)
        case datetime():
            return moment_cell(value.astimezone(UTC), zone)
        case timedelta():
            seconds = value.total_seconds()
            return int(seconds) if seconds.is_integer() else seconds
    return _plain(value)


def _plain(value: object) -> CellValue:
    """A numpy scalar as Python's own."""
    item = getattr(value, "item", None)
    found = item() if callable(item) else value
    return found if isinstance(found, (str, bool, int, float)) else str(found)
