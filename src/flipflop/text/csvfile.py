"""CSV: the fields of all events as columns, nested ones as JSON cells.

A spreadsheet runs a cell that starts with ``= + - @`` tab or CR as a formula, so such a cell (and one that starts with
``'``) is written with one ``'`` before it; reading strips exactly one.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from flipflop.errors import DataError, Problem, suggestion
from flipflop.records.codec import STAMPS
from flipflop.records.events import KINDS
from flipflop.text.rows import NumberedRow, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flipflop.records.codec import Json

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_NESTED = frozenset({"said", "since", "until", "source", "reply", "changes", "aliases", "attribution", "about"})
_SOURCE = ("url", "outlet", "title", "author", "published")
_WAY_OUT = (
    "a table of statements has the columns speaker, said, text, source_url, topic, stance and those of the data "
    "dictionary; a column is passed over where its name is empty"
)
_MAX_CELL = 16 * 1024 * 1024

COLUMNS = tuple(
    dict.fromkeys(
        (
            "event",
            "hash",
            *STAMPS,
            *(key for kind in KINDS.values() for key in kind.__struct_encode_fields__),
            *("redacted", "about"),  # of an event in a log export whose body is gone
        )
    )
)
"""The columns of an events file, in the order in which they are written."""


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unguard(cell: str) -> str:
    """Return what ``guard`` was given."""
    return cell.removeprefix("'")


def read(text: Iterable[str]) -> Iterator[NumberedRow]:
    """Yield one object a row, absent where a cell is empty; the header says which column is what, in any order.

    Besides ``COLUMNS`` a header may name ``source_url`` and the like; a column without a name is passed over, and so
    is a row whose cells are all empty. The separator is the comma, semicolon or tab that the header has most of. Raises
    DataError for a header that cannot be read.
    """
    lines = iter(text)
    header = next(lines, "").removeprefix("\ufeff")
    csv.field_size_limit(_MAX_CELL)
    separator = max(",;\t", key=header.count)
    rows = csv.reader(_chained(header, lines), delimiter=separator, strict=True)
    try:
        names = [unguard(name.strip()) for name in next(rows, [])]
    except csv.Error as error:
        raise DataError(Problem(f"is no CSV header{_reason(error)}", line=1)) from None
    _check_header(names)
    while True:
        number = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield NumberedRow(number, Problem(f"is no CSV{_reason(error)}"))
            return
        if any(cells):  # spreadsheets write empty rows as separators only
            yield NumberedRow(number, _row(names, cells))


def write(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the header and then one line an object (a quoted cell may hold line ends)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # RFC 4180; and a lone CR is only quoted if it is part of it
    writer.writerow(COLUMNS)
    yield _taken(buffer)
    for row in rows:
        writer.writerow(["" if row.get(name) is None else guard(_cell(row[name])) for name in COLUMNS])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    """What the buffer holds; it is empty afterwards."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _chained(header: str, lines: Iterator[str]) -> Iterator[str]:
    yield header
    yield from lines


def _check_header(names: list[str]) -> None:
    known = (*COLUMNS, *(f"source_{part}" for part in _SOURCE))
    hints = {name: suggestion(name, known) for name in names if name and name not in known}
    problems = [Problem(f"{name!r} is no column of an events file{hint}", line=1) for name, hint in hints.items()]
    if not all(hints.values()):
        problems.append(Problem(_WAY_OUT, line=1))
    problems += [
        Problem(f"column {name!r} stands there twice", line=1)
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    if not any(names):
        problems = [
            Problem("the file is empty: its first line must name the columns, such as speaker,said,text", line=1)
        ]
    if problems:
        raise DataError(problems)


def _reason(error: csv.Error) -> str:
    """What is wrong, and the way out."""
    if "new-line character" in str(error):
        return ": a lone CR ends a line, as on old Macs: save the file with the line ends LF or CRLF"
    return f" ({error}): is a quotation mark left open?"


def _row(names: list[str], cells: list[str]) -> Row | Problem:
    if len(cells) != len(names):
        return Problem(f"has {len(cells)} cells where the header has {len(names)}: is a comma in a text not quoted?")
    row: Row = {"event": "statement"}
    source: dict[str, Json] = {}
    for name, cell in zip(names, cells, strict=True):
        value = unguard(cell)
        if not name or not value:
            continue
        if name.startswith("source_"):
            source[name.removeprefix("source_")] = value
        else:
            try:
                row[name] = _json(name, value)
            except ValueError as error:
                return Problem(str(error), name)
    if source:
        whole = row.get("source")
        row["source"] = source | whole if isinstance(whole, dict) else source
    return row


def _json(name: str, value: str) -> Json:
    """The value in a cell: JSON where the field is nested, a number or a truth where it is one, else text."""
    if name in _NESTED and value[0] in "{[":
        try:
            found: Json = json.loads(value)
        except (ValueError, RecursionError):
            return value  # an EDTF set, or a text whose field will refuse it
        return found
    if name == "confidence":
        try:
            return float(value)
        except ValueError:
            raise ValueError(f"must be a number from 0 to 1, not {value!r}") from None
    if name in ("adjudicates", "answered", "redacted"):
        return {"true": True, "false": False}.get(value.lower(), value)
    return value


def _cell(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
