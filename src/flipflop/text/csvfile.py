"""CSV: the fields of all events as columns, nested ones as JSON cells.

A spreadsheet runs a cell as a formula that starts with ``= + - @`` (blanks before them, full-width ones too), and what
follows ``;`` or a tab where it parts cells by those. So ``'`` is written before such a sign, and before a cell that
starts with a tab, a line end or ``'`` itself; the column ``guarded`` names the cells of its row to which that was done,
and only from those is it taken away. Whatever anybody else wrote comes in as it stands.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from flipflop.errors import DataError, Problem, suggestion
from flipflop.records.codec import RECORDED_BY, STAMPS, shapes
from flipflop.records.events import KINDS
from flipflop.text.rows import NumberedRow, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flipflop.records.codec import Json

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_STARTS = re.compile(rf"[\t\r\n']|\s*[{_SIGNS}]")
_INSIDE = rf"[;\t]\s*{{}}(?='*[{_SIGNS}])|[\r\n]\s*{{}}(?='*[=\uff1d])"
_PARTED = re.compile(_INSIDE.format("", ""))
_PARTED_GUARDED = re.compile(_INSIDE.format("'", "'"))
_SHAPES = {name: shape for kind in KINDS.values() for name, shape in shapes(kind).items()}
_PARTS = ("When", "Source", "Answer", "Mapping", "Extra", "tuple")
_NESTED = {name for name, shape in _SHAPES.items() if shape.startswith(_PARTS)} | {"about"}
_NUMBERS = {name for name, shape in _SHAPES.items() if shape == "float"}
_FLAGS = {name for name, shape in _SHAPES.items() if shape == "bool"} | {"redacted"}
_SOURCE = ("url", "outlet", "title", "author", "published")
_WAY_OUT = (
    "a table of statements has the columns speaker, said, text, source_url, topic, stance and those of the data "
    "dictionary; a column is passed over where its name is empty"
)
_MAX_CELL = 16 * 1024 * 1024
_MOST_COLUMNS = 250
"""Columns with names that a header may have: four times as many as there are to be had."""

COLUMNS = tuple(
    dict.fromkeys(
        (
            "event",
            "hash",
            *STAMPS,
            *(key for kind in KINDS.values() for key in kind.__struct_encode_fields__),
            *("redacted", "about"),  # of an event in a log export whose body is gone
            RECORDED_BY,
        )
    )
)
"""The columns of an events file, in the order in which they are written; the last one is ``GUARDED``."""
GUARDED = "guarded"
"""The column that names the cells of its row that were guarded: the mark of a file of ours."""
_HEADER_OF_0_1_0 = (
    "event hash seq recorded_at chain id name aliases kind public_role wikidata title proposition parent surrogate "
    "principal since until speaker text said form source attribution on_behalf_of context responds_to language "
    "statement topic stance coder confidence rationale coded_at adjudicates target changes reason by earlier later "
    "outcome innocent_reading degree explanation reply note decided_at redacted about"
)
"""What version 0.1.0 wrote as header, without a mark; it put ``'`` before every cell that might be run, names none."""


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, nor a part of it."""
    guarded = _PARTED.sub(r"\g<0>'", cell)
    return f"'{guarded}" if _STARTS.match(cell) else guarded


def unguard(cell: str) -> str:
    """Return what ``guard`` was given."""
    return _PARTED_GUARDED.sub(lambda found: found[0][:-1], cell.removeprefix("'"))


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
        names = [name.strip() for name in next(rows, [])]
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
            yield NumberedRow(number, _row(names, cells, of_0_1_0=" ".join(names) == _HEADER_OF_0_1_0))


def write(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the header and then one line an object (a quoted cell may hold line ends)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # RFC 4180; and a lone CR is only quoted if it is part of it
    writer.writerow((*COLUMNS, GUARDED))
    yield _taken(buffer)
    for row in rows:
        cells = ["" if row.get(name) is None else _cell(row[name]) for name in COLUMNS]
        guarded = [guard(cell) for cell in cells]
        named = [name for name, cell, safe in zip(COLUMNS, cells, guarded, strict=True) if cell != safe]
        writer.writerow([*guarded, " ".join(named)])
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
    named = len(names) - names.count("")
    if named > _MOST_COLUMNS:
        raise DataError(Problem(f"names {named:,} columns, so it is no file of events: {_WAY_OUT}", line=1))
    known = (*COLUMNS, GUARDED, *(f"source_{part}" for part in _SOURCE))
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


def _row(names: list[str], cells: list[str], *, of_0_1_0: bool) -> Row | Problem:
    if len(cells) != len(names):
        return Problem(f"has {len(cells)} cells where the header has {len(names)}: is a comma in a text not quoted?")
    row: Row = {"event": "statement"}
    source: dict[str, Json] = {}
    guarded = set(cells[names.index(GUARDED)].split()) if GUARDED in names else ()
    for name, cell in zip(names, cells, strict=True):
        value = unguard(cell) if name in guarded else cell.removeprefix("'") if of_0_1_0 else cell
        if not name or not value or name == GUARDED:
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
    if name in _NUMBERS:
        try:
            return float(value)
        except ValueError:
            raise ValueError(f"must be a number from 0 to 1, not {value!r}") from None
    if name in _FLAGS:
        return {"true": True, "false": False}.get(value.lower(), value)
    return value


def _cell(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
