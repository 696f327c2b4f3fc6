"""The values in the cells of a row: moments, lists, sources, what few events have. Knows no kind and no database.

Repeated texts (speakers, topics, outlets, zones, coders …) are integer keys into one table of words; references to
other events are their ``seq``; moments are microseconds since 1970, UTC. An id recomputed from the columns is the id
that was given.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from msgspec import to_builtins

from flipflop.errors import StoreError
from flipflop.records.codec import canonical, moment_text, to_json
from flipflop.records.events import Source
from flipflop.records.reading import part, some_fields
from flipflop.when import Precision, When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from msgspec import Struct

    from flipflop.records.codec import Json
    from flipflop.records.events import Event

Cell: TypeAlias = "str | int | float | bytes | bytearray | None"
Cells: TypeAlias = "tuple[Cell, ...]"

CHAIN_START = bytes(16)
"""The chain before the first event."""


class Amendment(NamedTuple):
    """A row of that table: the correction, retraction or redaction ``seq`` is about the event ``target``."""

    seq: int
    kind: str
    target: int


FLAGS = {0: False, 1: True}
"""What stands for true and false; nothing else does."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Return the microseconds from 1970 to an aware datetime."""
    return (moment - EPOCH) // _MICROSECOND


def moment(micros: int) -> datetime:
    """Return the datetime in UTC for microseconds since 1970. Raises StoreError outside the years 1 to 9999."""
    try:
        return EPOCH + timedelta(microseconds=micros)
    except (OverflowError, TypeError) as error:
        raise StoreError(f"the store is damaged: {micros!r} is no moment; see: flipflop verify") from error


def when_cells(when: When | None, keys: Mapping[str, int]) -> Cells:
    """Return four cells: from, until, text (None where it is the start written as ISO 8601), key of the manner."""
    if when is None:
        return (None, None, None, None)
    start, text = when.start, when.text
    manner = keys[_how(when.precision, when.approximate, when.tz, when.warnings)]
    return (
        (start - EPOCH) // _MICROSECOND,
        (when.end - EPOCH) // _MICROSECOND,
        None if text == moment_text(start) else text,
        manner,
    )


def how(when: When) -> str:
    """Return how a moment is known as canonical JSON; few of these differ in a store, so they are words."""
    return _how(when.precision, when.approximate, when.tz, when.warnings)


@lru_cache(maxsize=1024)
def _how(precision: Precision, approximate: bool, tz: str | None, warnings: tuple[str, ...]) -> str:
    manner: dict[str, Json] = {"precision": str(precision)}
    if approximate:
        manner["approximate"] = True
    if tz is not None:
        manner["tz"] = tz
    if warnings:
        manner["warnings"] = list(warnings)
    return canonical(manner)


def when_of(start: int | None, end: int, text: str | None, how: str) -> When | None:
    """Return the moment of its four cells, None where there is none."""
    if start is None:
        return None
    begin = moment(start)
    precision, approximate, tz, warnings = manner_of(how)
    return When(moment_text(begin) if text is None else text, begin, moment(end), precision, approximate, tz, warnings)


@lru_cache(maxsize=1024)
def manner_of(how: str) -> tuple[Precision, bool, str | None, tuple[str, ...]]:
    """Return precision, approximate, tz and warnings of a manner."""
    manner = unpacked(how)
    warnings = tuple(manner.get("warnings", ()))
    return Precision(manner["precision"]), manner.get("approximate", False), manner.get("tz"), warnings


def packed_when(when: When | None) -> str | None:
    """Return a moment that nobody searches by as one JSON array: text, from, until, manner."""
    if when is None:
        return None
    return canonical([when.text, micros(when.start), micros(when.end), json.loads(how(when))])


def unpacked_when(packed: str | None) -> When | None:
    """Return the moment of such an array."""
    if packed is None:
        return None
    text, start, end, manner = unpacked(packed)
    return when_of(start, end, text, canonical(manner))


def packed_list(items: tuple[str, ...]) -> str | None:
    """Return texts as one JSON array, None for none."""
    return canonical(list(items)) if items else None


def unpacked_list(packed: str | None) -> tuple[str, ...]:
    """Return the texts of such an array."""
    return tuple(unpacked(packed)) if packed else ()


def unpacked(text: str) -> Any:  # noqa: ANN401  # JSON: the door where values come in
    """Return the value of a cell of JSON. Raises ValueError where it is not written as it was: a bit has turned."""
    value = json.loads(text)
    if canonical(value) != text:
        raise ValueError("JSON that is not canonical")
    return value


def packed_part(value: Struct) -> str:
    """Return a record that is part of an event as JSON."""
    return canonical(to_builtins(value))


def unpacked_part(record: type[Struct], text: str) -> object:
    """Return such a record. Raises ValueError where it is written otherwise."""
    value = part(record, json.loads(text))
    if packed_part(value) != text:
        raise ValueError(f"a {record.__name__} that is written otherwise")
    return value


def packed_some(event: Event, names: tuple[str, ...]) -> str:
    """Return some fields of an event, but those that it has not, as one JSON object."""
    given = to_json(event)
    return canonical({name: given[name] for name in names if name in given})


def unpacked_some(record: type[Event], names: tuple[str, ...], text: str) -> dict[str, object]:
    """Return the values of such fields. Raises ValueError where they are written otherwise."""
    given = unpacked(text)
    values = some_fields(record, given)
    written = {name: to_builtins(value, enc_hook=dict) for name, value in values.items()}
    if not given.keys() <= set(names) or canonical(written) != text:
        raise ValueError("fields that are written otherwise")
    return values


def source_cells(source: Source | None, keys: Mapping[str, int]) -> Cells:
    """Return the five cells of a source: url, key of the outlet, title, key of the author, when it was published."""
    if source is None:
        return (None, None, None, None, None)
    return (
        source.url,
        None if source.outlet is None else keys[source.outlet],
        source.title,
        None if source.author is None else keys[source.author],
        None if source.published is None else packed_when(source.published),
    )


def source_of(cells: Sequence[Any], word: Callable[[int], str]) -> Source | None:
    """Return the source of these cells, None where there is none."""
    url, outlet, title, author, published = cells
    if url is outlet is title is author is published is None:
        return None
    said = (None if key is None else word(key) for key in (outlet, author))
    return Source(url, next(said), title, next(said), None if published is None else unpacked_when(published))


def in_parts(items: list[Any]) -> Iterator[list[Any]]:
    """Yield the items some at a time: as many as one IN list takes."""
    return in_rows(items, _MANY)


_MANY = 500


def in_rows(cells: list[Cell], width: int) -> Iterator[list[Cell]]:
    """Yield the rows, that many cells wide, of a list that has their cells row after row."""
    return (cells[at : at + width] for at in range(0, len(cells), width))


def filled(columns: Sequence[str], cells: list[Cell]) -> tuple[list[str], list[Cell]]:
    """Leave out of such a list the columns in which nothing stands, and return the names of the others with it.

    The module sqlite3 takes five times as long for None as for a number.
    """
    found = {name: cells[at :: len(columns)] for at, name in enumerate(columns)}
    kept = {name: column for name, column in found.items() if column.count(None) < len(column)}
    return list(kept), list(chain.from_iterable(zip(*kept.values(), strict=True)))
