"""Events from JSON, with everything that is wrong told at once. Knows nothing of files.

What nothing is wrong with is read by ``quick``; here is what must be read at length, and why the rest is no event.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from msgspec import NODEFAULT

from flipflop.errors import DataError, Problem, suggestion
from flipflop.records.codec import TARGET, defaults, shapes
from flipflop.records.events import KINDS, Answer, Source
from flipflop.records.quick import AROUND, NAMES, quickly
from flipflop.when import Precision, When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from msgspec import Struct

    from flipflop.records.codec import Json
    from flipflop.records.events import Event
    from flipflop.records.quick import How
    from flipflop.when.moment import Midnights


def decode(kind: str, text: str) -> Event:
    """Return the event of that kind from its JSON text; DataError where it is none."""
    return from_json({"event": kind, **json.loads(text)})


def from_json(
    data: Mapping[str, Json],
    *,
    tz: str | None = None,
    midnights: Midnights | None = None,
    resolve: Callable[[str, str], str] | None = None,
) -> Event:
    """Return the event that a JSON object describes.

    Moments may be objects (as written by ``to_json``) or text as people type it, read in zone ``tz``; ``said``
    relative to the source's day of publication. ``midnights`` says whether 00:00 is the day or the time.
    ``resolve(field, text)`` may turn names and aliases of speakers and topics into their ids. A ``"hash"`` is checked.
    Raises DataError with every problem found, each naming its field.
    """
    how = (tz, midnights)
    return quickly(data, how, resolve) or _at_length(data, how, resolve)


def _at_length(data: Mapping[str, Json], how: How, resolve: Callable[[str, str], str] | None) -> Event:
    """Read an object that is unusual, or no event."""
    kind = data.get("event")
    if not isinstance(kind, str) or kind not in KINDS:
        hint = suggestion(kind, KINDS) if isinstance(kind, str) else ""
        shown = "is missing" if kind is None else f"{kind!r} is not one of {', '.join(KINDS)}{hint}"
        raise DataError(Problem(shown, "event"))
    body = {key: value for key, value in data.items() if key not in AROUND and value is not None}
    event = cast("Event", _Reader(how, resolve).record(KINDS[kind], body))
    given = data.get("hash")
    if given is not None and given != event.hash:
        raise DataError(Problem(f"{given!r} is not the id of this event ({event.hash}): was the line changed?", "hash"))
    return event


def _moment(value: Json, how: How, reference: When | None = None) -> When:
    """Return the moment from its JSON object, or from text as people type it. Raises DataError."""
    if isinstance(value, str):
        return When.parse(value, reference=reference, tz=how[0], midnights=how[1])
    if not isinstance(value, dict):
        raise DataError(f"must be a moment: a text such as '9 July 2017 7:50am EDT', or an object, not {value!r}")
    return cast("When", _Reader(how, None).record(When, value))


def part(record: type[Struct], body: Mapping[str, Json]) -> Struct:
    """Return a record that is part of an event, such as a source, from its JSON object. Raises DataError."""
    return cast("Struct", _Reader((None, None), None).record(record, body))


@cache
def _by_key(record: type[Struct]) -> dict[str, tuple[str, object]]:
    """Field names and defaults of a record's class, by their keys in JSON."""
    return {TARGET.get(name, name): (name, default) for name, default in defaults(record)}


_MANY = 100
"""Fields that are none past which an object is something else."""


class _Reader:
    """Builds records from JSON objects, gathering what is wrong."""

    def __init__(self, how: How, resolve: Callable[[str, str], str] | None) -> None:
        self.how = how
        self.resolve = resolve
        self.problems: list[Problem] = []

    def record(self, kind: type[Struct], body: Mapping[str, Json]) -> object:
        """Return the record of that class; raise all problems of its fields together."""
        known = _by_key(kind)
        values: dict[str, object] = {}
        reference = _reference(body, self.how)
        self.problems += _unknown([key for key in body if key not in known], known)
        for key, value in body.items():
            if key in known and value is not None:
                self._field(values, known[key][0], value, kind, reference)
        for key, (name, default) in known.items():
            if default is NODEFAULT and name not in values and not self._told(key):
                self.problems.append(Problem("is missing", key))
        if not self.problems:
            return kind(**values)
        if kind is not When:
            self._problems_of(kind, values, known.values())
        raise DataError(self.problems)

    def _told(self, key: str) -> bool:
        """Tell whether something is wrong with a field that stands there."""
        return any(problem.field and problem.field.startswith(key) for problem in self.problems)

    def _field(self, values: dict[str, object], name: str, value: Json, kind: type, reference: When | None) -> None:
        """Read one field into ``values``, or note what is wrong with it."""
        try:
            values[name] = self._read(name, value, kind, reference)
        except DataError as error:
            key = TARGET.get(name, name)
            self.problems += [p._replace(field=_inside(key, p.field)) for p in error.problems]

    def _read(self, name: str, value: Json, kind: type, reference: When | None) -> object:
        if kind is When:
            return _when_field(name, value)
        shape = shapes(kind)[name]
        if shape.startswith("tuple"):
            given = _list(value)
            return (
                given if self.resolve is None or name not in NAMES else tuple(self.resolve(name, one) for one in given)
            )
        match shape:
            case "When":
                return _moment(value, self.how, reference if name == "said" else None)
            case "datetime":
                return _clock(value)
            case "Source":
                return self._nested(Source, "source", {"url": value} if isinstance(value, str) else value)
            case "Answer":
                return self._nested(Answer, "reply", value)
        if self.resolve is not None and name in NAMES and isinstance(value, str):
            return self.resolve(name, value)
        return value

    def _nested(self, kind: type, itself: str, value: Json) -> object:
        """Read a part of an event, which calls itself so where something is wrong with it."""
        if not isinstance(value, dict):
            names = ", ".join(name for name, _ in defaults(kind))
            raise DataError(f"must be an object with {names}, not {value!r}")
        try:
            return _Reader(self.how, None).record(kind, value)
        except DataError as error:
            named = ((p, str(p.field).removeprefix(itself).removeprefix(".")) for p in error.problems)
            raise DataError(p._replace(field=field or None) for p, field in named) from None

    def _problems_of(self, kind: type, values: dict[str, object], known: Iterable[tuple[str, object]]) -> None:
        """Add what the class itself finds wrong with the values that could be read: it tells of more at once."""
        missing = {name for name, default in known if default is NODEFAULT and name not in values}
        try:
            kind(**values, **dict.fromkeys(missing))
        except DataError as error:
            faulty = {str(p.field).split(".", maxsplit=1)[0] for p in self.problems}
            self.problems += [
                p
                for p in error.problems
                if p.field not in missing and str(p.field).split(".", maxsplit=1)[0] not in faulty
            ]


def _unknown(keys: list[str], known: Iterable[str]) -> list[Problem]:
    """What is wrong with keys that are no fields; of hundreds it is told once, for no two of them are near a field."""
    if len(keys) > _MANY:
        return [Problem(f"{len(keys):,} of its fields are none of {', '.join(known)}")]
    return [Problem(f"is no field here{suggestion(key, known)}", key) for key in keys]


def _inside(key: str, field: str | None) -> str:
    """Return where a problem is."""
    return key if field is None else f"{key}.{field}"


def _reference(body: Mapping[str, Json], how: How) -> When | None:
    """The moment that relative phrases in ``said`` refer to: the day on which the source was published."""
    source = body.get("source")
    published = source.get("published") if isinstance(source, dict) else None
    if published is None or not isinstance(body.get("said"), str):
        return None
    try:
        return _moment(published, how)
    except DataError:
        return None  # told where the source itself is read


def _when_field(name: str, value: Json) -> object:
    match name:
        case "start" | "end":
            return _clock(value)
        case "precision":
            try:
                return Precision(str(value))
            except ValueError:
                known = [str(word) for word in Precision]
                raise DataError(f"{value!r} is not one of {', '.join(known)}{suggestion(str(value), known)}") from None
        case "approximate":
            if not isinstance(value, bool):
                raise DataError(f"must be true or false, not {value!r}")
            return value
        case "warnings":
            return _list(value)
    if not isinstance(value, str):
        raise DataError(f"must be a text, not {value!r}")
    return value


def _clock(value: Json) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise DataError(f"must be a moment such as 2017-07-09T11:50:24Z, not {value!r}")
    return moment.astimezone(UTC)


def _list(value: Json) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise DataError(f"must be a list of texts, not {value!r}")
    return tuple(cast("list[str]", value))
