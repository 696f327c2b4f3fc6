"""The values in the cells of a row: moments, lists, ids of what an event is about. Knows no kind and no database.

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

from flipflop.errors import StoreError
from flipflop.records.codec import canonical, moment_text
from flipflop.when import Precision, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flipflop.records.codec import Json

Cell: TypeAlias = "str | int | float | bytes | bytearray | None"
Cells: TypeAlias = "tuple[Cell, ...]"

CHAIN_START = bytes(16)
"""The chain before the first event."""


class Amendment(NamedTuple):
    """A row of that table: the correction, retraction or redaction ``seq`` is about the event ``target``."""

    seq: int
    kind: str
    target: int


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


def optional_micros(moment: datetime | None) -> int | None:
    """Return the same, None for None."""
    return None if moment is None else micros(moment)


def optional_moment(micros: int | None) -> datetime | None:
    """Return the same, None for None."""
    return None if micros is None else moment(micros)


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
