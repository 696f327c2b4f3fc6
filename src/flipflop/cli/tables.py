"""Rows on stdout, as a table that fits, CSV, JSON or JSON Lines. Knows nothing of what the rows say."""

from __future__ import annotations

import csv
import io
import json
import sys
import textwrap
from typing import TYPE_CHECKING, TypeAlias

from flipflop.cli.base import Format
from flipflop.cli.terminal import columns_of, cut, emphasis, put, put_line, put_raw, visible, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CellValue: TypeAlias = "str | int | float | bool | list[TableRow] | list[str] | TableRow | None"
TableRow: TypeAlias = "dict[str, CellValue]"

_NARROWEST = 6
_GAP = "  "


def print_rows(
    rows: Sequence[TableRow], columns: Sequence[str], how: Format, *, shown: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Print rows. ``columns`` are the columns of CSV; ``shown`` maps the headings of the table to their cells."""
    match how:
        case Format.JSON:
            put_raw(_json(rows, indent=2) + "\n")
        case Format.JSONL:
            for row in rows:
                put_raw(_json(row) + "\n")
        case Format.CSV:
            put_raw(_csv(rows, columns))
        case Format.TABLE if rows:
            cells = shown or {name: [text_of(row.get(name)) for row in rows] for name in columns}
            _print_table(list(cells), [*zip(*cells.values(), strict=True)])


def text_of(value: CellValue) -> str:
    """Return a cell as text; absent is empty, nested is JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _json(value: object, indent: int | None = None) -> str:
    """JSON in which no character can steer a terminal or reorder a line: such ones are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return text if text.isascii() and "\x7f" not in text else text.translate(_STEERING)


_STEERING = {
    code: f"\\u{code:04x}"
    for code in (*range(0x7F, 0xA0), 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def _csv(rows: Sequence[TableRow], columns: Sequence[str]) -> str:
    from flipflop.text.csvfile import guard

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        values = [row.get(name) for name in columns]
        writer.writerow([guard(value) if isinstance(value, str) else text_of(value) for value in values])
    return buffer.getvalue()


def _print_table(headings: list[str], rows: list[tuple[str, ...]]) -> None:
    lines = [tuple(" ".join(visible(cell).split()) for cell in row) for row in rows]
    wanted = [max(columns_of(heading), *(columns_of(row[i]) for row in lines)) for i, heading in enumerate(headings)]
    if not sys.stdout.isatty():
        widths = wanted
    elif (room := width() - len(_GAP) * (len(headings) - 1)) >= sum(min(_NARROWEST, each) for each in wanted) * 2:
        widths = _fitted(wanted, room)
    else:
        _print_stacked(headings, lines)
        return
    put_line(emphasis(_line(headings, widths)))
    for row in lines:
        put(_line(row, widths))


def _fitted(wanted: list[int], room: int) -> list[int]:
    """Widths that fit: the widest columns give way first."""
    widths = list(wanted)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widest = max(widths)
        next_widest = max((each for each in widths if each < widest), default=_NARROWEST)
        holders = [i for i, each in enumerate(widths) if each == widest]
        excess = sum(widths) - room
        step = max(1, min(widest - max(next_widest, _NARROWEST), -(-excess // len(holders))))
        for i in holders:
            widths[i] = max(_NARROWEST, widest - step)
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for cell, columns in zip(cells, widths, strict=True):
        fitting = cut(cell, columns)
        padded.append(fitting + " " * (columns - columns_of(fitting)))
    return _GAP.join(padded).rstrip()


def _print_stacked(headings: list[str], rows: list[tuple[str, ...]]) -> None:
    """A block a row, for a terminal too narrow for columns."""
    for number, row in enumerate(rows):
        if number:
            put("")
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                put(textwrap.fill(f"{heading}: {cell}", width(), subsequent_indent="  "))
