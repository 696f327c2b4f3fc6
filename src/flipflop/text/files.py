"""Files of events: read whole with every problem told, read line by line, written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from flipflop.errors import DataError, Problem
from flipflop.records.codec import to_json
from flipflop.text import jsonl
from flipflop.text.rows import NumberedRow, Reading, Row, stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flipflop.records.events import Event
    from flipflop.when.moment import Midnights

Where: TypeAlias = "str | Path | IO[bytes]"

_LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of a line with its end."""


@dataclass(frozen=True, slots=True)
class LineRead:
    """What one line of a file says: its events, none where there are problems."""

    number: int
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_events(
    file: Where,
    *,
    file_format: str | None = None,
    tz: str | None = None,
    midnights: Midnights | None = None,
    coder: str | None = None,
) -> list[Event]:
    """Return the events of a JSON Lines or CSV file, in its order.

    ``file_format`` is "jsonl" or "csv", by default what the name ends in. Clock times without a zone are read in
    ``tz``; ``midnights`` says whether 00:00 is the day or the time. A statement line that has ``topic`` and ``stance``
    gives the statement and a coding of it. A coding is by the ``coder`` of its line, or by ``coder``. Raises DataError
    with every problem of the file, each with its line.
    """
    lines = list(read_lines(file, Reading(tz=tz, coder=coder, midnights=midnights), file_format=file_format))
    if problems := [problem for line in lines for problem in line.problems]:
        raise DataError(problems)
    return [event for line in lines for event in line.events]


def read_lines(file: Where, reading: Reading | None = None, *, file_format: str | None = None) -> Iterator[LineRead]:
    """Yield what each line says, in constant memory; the problems of a line come with it, located."""
    name = name_of(file)
    for number, row in rows_of(file, file_format=file_format):
        try:
            yield LineRead(number, understood(row, reading or Reading()))
        except DataError as error:
            yield LineRead(number, problems=tuple(problem.at(name, number) for problem in error.problems))


def rows_of(file: Where, *, file_format: str | None = None, name: str | None = None) -> Iterator[NumberedRow]:
    """Yield the objects on the lines of a file, not yet understood; ``name`` is what to call it, if not its own."""
    name = name or name_of(file)
    kind = file_format or format_of(name)
    with opened(file) as stream:
        lines = _bounded(stream, name)
        if kind == "jsonl":
            yield from jsonl.read(lines)
        else:
            yield from _csv_rows(lines, name)


def understood(row: Row | Problem, reading: Reading) -> tuple[Event, ...]:
    """Return the events on one line. Raises DataError, not yet located, with what is wrong with it or its stamp."""
    if isinstance(row, Problem):
        raise DataError(row)
    events = reading.events(row)
    stamp_of(row)
    return events


def write_events(file: str | Path, events: Iterable[Event], *, file_format: str | None = None) -> int:
    """Write events to a file, each with its id, and return their number; the file appears whole or not at all."""
    from flipflop.text.atomic import writing

    count = 0

    def rows() -> Iterator[Row]:
        nonlocal count
        for event in events:
            count += 1
            yield with_hash(event)

    with writing(Path(file)) as stream:
        stream.writelines(encoded(rows(), file_format or format_of(str(file))))
    return count


def encoded(rows: Iterable[Row], file_format: str) -> Iterator[str]:
    """Yield the text of a file with these objects, piece by piece."""
    if file_format == "jsonl":
        return jsonl.write(rows)
    from flipflop.text import csvfile

    return csvfile.write(rows)


def with_hash(event: Event) -> Row:
    """Return the event as JSON with its id: the kind, the id, the fields."""
    body = to_json(event)
    return {"event": body.pop("event"), "hash": event.hash, **body}


def name_of(file: Where) -> str:
    """Return what to call a file in a message."""
    return str(file) if isinstance(file, str | Path) else "standard input"


def format_of(name: str, *, remedy: str = "say --as jsonl or --as csv") -> str:
    """Return the format that a file's name tells of; DataError with the remedy where it tells of none."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    known = {"jsonl": "jsonl", "ndjson": "jsonl", "csv": "csv", "tsv": "csv"}
    if suffix not in known:
        raise DataError(f"{name}: its format does not show in its name: {remedy}")
    return known[suffix]


@contextmanager
def opened(file: Where) -> Iterator[IO[bytes]]:
    """Give a file open for reading bytes; what is open already stays open. Raises DataError, in one line."""
    if not isinstance(file, str | Path):
        yield file
        return
    try:
        with Path(file).open("rb") as stream:
            yield stream
    except OSError as error:
        raise DataError(f"{file} cannot be read: {error.strerror}") from None


def _bounded(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield the lines. Raises DataError where one does not end, as in a device or an image of a disk."""
    for number, line in enumerate(iter(partial(stream.readline, _LONGEST_LINE), b""), start=1):
        if len(line) == _LONGEST_LINE:
            long = _LONGEST_LINE // 1024**2
            raise DataError(Problem(f"is longer than {long} MB: is this a file of events?", file=name, line=number))
        yield line


def _csv_rows(lines: Iterable[bytes], name: str) -> Iterator[NumberedRow]:
    from flipflop.text import csvfile

    try:
        yield from csvfile.read(_decoded(lines))
    except DataError as error:
        raise DataError([problem._replace(file=name) for problem in error.problems]) from None


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise DataError(
                Problem(f"is not UTF-8 (byte {error.start + 1} of the line): save the file as UTF-8", line=number)
            ) from None
