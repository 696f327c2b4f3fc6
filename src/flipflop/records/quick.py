"""Reads JSON objects with which nothing is wrong, fast. Says nothing of the others: ``reading`` reads those at length.

Whatever is unusual, wrong or only written otherwise, raises inside and gives None; so an event from here is the one
that reading at length gives.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from flipflop.records import words
from flipflop.records.codec import RECORDED_BY, STAMPS, TARGET, shapes
from flipflop.records.events import KINDS, Source
from flipflop.when import Precision, When
from flipflop.when.moment import quick, quick_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flipflop.records.codec import Json
    from flipflop.records.events import Event
    from flipflop.when.moment import Midnights

    Resolve: TypeAlias = Callable[[str, str], str]

_NAMED = {"SpeakerId": "speaker", "TopicId": "topic"}
NAMES = {
    name: of
    for kind in KINDS.values()
    for name, shape in shapes(kind).items()
    for alias, of in _NAMED.items()
    if alias in shape
}
"""Fields that hold ids of speakers or topics, or names that stand for them, and of which."""

AROUND = frozenset({"event", "hash", "about", *STAMPS, RECORDED_BY})
"""Keys of a line that are no fields of its event."""

How: TypeAlias = "tuple[str | None, Midnights | None]"
"""How moments are read: the zone of those that name none, and what midnights are."""

# Takes the value, how moments are read, and the object; or the words of a closed set by how they are written. JSON's
# door.
_Read: TypeAlias = "Callable[[Any, How, Mapping[str, Json]], object] | dict[Any, StrEnum]"
Plan: TypeAlias = "tuple[type[Event], Mapping[str, tuple[str, _Read | None] | None]]"
"""The class of a kind and, by key, the field and how it is read; None for a key that is passed over."""


def quickly(data: Mapping[str, Json], how: How, resolve: Resolve | None, plan: Plan | None = None) -> Event | None:
    """Return the event that an object describes; None where it takes longer. ``plan`` may say how to read its kind."""
    try:
        event = _event(data, how, resolve, plan or _PLANS[cast("str", data["event"])])
    except (LookupError, TypeError, ValueError):  # DataError is a ValueError
        return None
    given = data.get("hash")
    return event if given is None or given == event.hash else None


def _event(data: Mapping[str, Json], how: How, resolve: Resolve | None, plan: Plan) -> Event:
    kind, known = plan
    values: dict[str, object] = {}
    for key, value in data.items():
        if value is None or (field := known[key]) is None:
            continue
        name, read = field
        if read is None:
            values[name] = value
        elif isinstance(read, dict):
            values[name] = read[value]
        elif read is _name:
            values[name] = value if resolve is None else resolve(name, cast("str", value))
        elif read is _names:
            given = _list(cast("list[str]", value))
            values[name] = given if resolve is None else tuple(resolve(name, one) for one in given)
        else:
            values[name] = read(value, how, data)
    return kind(**values)  # type: ignore[arg-type]  # the class checks its values


def _name(value: str, _how: How, _data: Mapping[str, Json]) -> object:
    """Stands for names, which are resolved."""
    return value


def _names(value: list[str], _how: How, _data: Mapping[str, Json]) -> object:
    """Stands for lists of them."""
    return value


def _said(value: Json, how: How, data: Mapping[str, Json]) -> When:
    """The moment of a statement: of phrases relative to the day on which its source was published."""
    if type(value) is not str:
        return _when(value, how)
    source = data.get("source")
    published = source.get("published") if type(source) is dict else None
    if published is None:
        return _when(value, how)
    return When.parse(value, reference=_when(published, how), tz=how[0], midnights=how[1])


def _when(value: Json, how: How, _data: object = None) -> When:
    if type(value) is str:
        return (quick(value) or quick_day(value) if how[0] is None else None) or _parsed(value, how)
    return _full(_object(value, _OF_A_MOMENT))


@lru_cache(maxsize=4096)
def _parsed(text: str, how: How) -> When:
    """A moment as people type it: many statements were made, and many sources published, on one day."""
    return When.parse(text, tz=how[0], midnights=how[1])


def _full(given: dict[str, Any]) -> When:
    """A moment written in full."""
    text, tz = given["text"], given.get("tz")
    approximate = given.get("approximate", False)
    if type(text) is not str or not (tz is None or type(tz) is str) or type(approximate) is not bool:
        raise TypeError
    start, end, warnings = _clock(given["start"]), _clock(given["end"]), given.get("warnings")
    precision = _PRECISIONS[given["precision"]]
    return When(text, start, end, precision, approximate, tz, () if warnings is None else _list(warnings))


def _clock(value: str, _how: How | None = None, _data: object = None) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _list(value: list[str], _how: How | None = None, _data: object = None) -> tuple[str, ...]:
    if type(value) is not list or not all(type(item) is str for item in value):
        raise TypeError
    return tuple(value)


def _source(value: Json, how: How, _data: object) -> Source:
    given = {"url": value} if type(value) is str else _object(value, _OF_A_SOURCE)
    published = given.get("published")
    when = None if published is None else _when(published, how)
    return Source(given.get("url"), given.get("outlet"), given.get("title"), given.get("author"), when)


def _object(value: Json, keys: frozenset[str]) -> dict[str, Any]:
    if type(value) is not dict or not value.keys() <= keys:
        raise TypeError
    return value


_OF_A_MOMENT, _OF_A_SOURCE = frozenset(When.__struct_fields__), frozenset(Source.__struct_fields__)
_PRECISIONS = {str(precision): precision for precision in Precision}


_READ: dict[str, _Read] = {"When": _when, "datetime": _clock, "tuple[str, ...]": _list, "Source": _source}
"""How a field is read, by its annotation."""
_READ |= {
    closed.__name__: {str(word): word for word in closed}
    for closed in vars(words).values()
    if isinstance(closed, type) and issubclass(closed, StrEnum)
}


def _how(name: str, shape: str) -> _Read | None:
    """How a field is read; None where its class takes it as it is."""
    if name == "said":
        return _said
    if name in NAMES:
        return _names if shape.startswith("tuple") else _name
    return _READ.get(shape)


def plan(kind: str, around: Iterable[str] = ()) -> Plan:
    """Return how to read events of a kind whose keys in ``around`` are passed over."""
    record = KINDS[kind]
    ways = {n: _how(n, shape) for n, shape in shapes(record).items() if shape != "Answer"}  # rare, and read at length
    known = {TARGET.get(name, name): (name, read) for name, read in ways.items()}
    return record, {**known, **dict.fromkeys((*AROUND, *around))}


_PLANS = {kind: plan(kind) for kind in KINDS}
"""How to read each kind."""
