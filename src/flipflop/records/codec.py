"""Events to JSON, and the ids that follow from it. Knows nothing of reading them.

An id is the first 32 hex digits of SHA-256 over the event's kind and its canonical JSON: UTF-8, sorted keys, no spaces,
absent and default fields left out (so that a field added later changes no old id), no Unicode normalisation.

In JSON ``"event"`` is the kind; the field ``event`` of a correction, retraction or redaction is therefore ``"target"``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from flipflop.records.words import Form, Outcome, SpeakerKind, Stance, TopicKind
from flipflop.when import Precision

if TYPE_CHECKING:
    from collections.abc import Hashable

    from _typeshed import DataclassInstance

    from flipflop.records.events import Event, Json

STAMPS = ("seq", "recorded_at", "chain")
"""What a log export adds to each line; no part of any event."""

TARGET = {"event": "target"}
"""Field name to JSON key, where they differ."""


def event_hash(event: Event) -> str:
    """Return the id of an event: 32 hex digits."""
    return sha256(f"{event.kind_of_event}{_WRITERS[type(event)](event)}".encode()).hexdigest()[:32]


def encode(event: Event) -> str:
    """Return the canonical JSON of what the event says, its kind left out.

    The same as ``canonical`` of the object; written piece by piece because bulk appends spend their time here.
    """
    return _WRITERS[type(event)](event)


def canonical(value: Json) -> str:
    """Return canonical JSON: sorted keys, no spaces, characters as they are; NaN and infinities refused."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_json(event: Event) -> dict[str, Json]:
    """Return the event as a JSON object: its kind first, then its fields in their order, defaults left out."""
    return {"event": event.kind_of_event, **_object(event)}


def moment_text(moment: datetime) -> str:
    """Return a UTC datetime as ISO 8601 with Z; microseconds only where there are any."""
    if moment.microsecond:
        return moment.isoformat()[:-6] + "Z"
    day = _day(moment.toordinal())
    return f"{day}T{_DIGITS[moment.hour]}:{_DIGITS[moment.minute]}:{_DIGITS[moment.second]}Z"


@lru_cache(maxsize=4096)
def _day(ordinal: int) -> str:
    """A day as ISO 8601: much was said on the same ones."""
    return date.fromordinal(ordinal).isoformat()


_DIGITS = [f"{number:02}" for number in range(60)]  # to look them up takes half the time of formatting them


def _object(record: object) -> dict[str, Json]:
    """The fields of a record as JSON values, absent and default ones left out."""
    found: dict[str, Json] = {}
    for name, default in defaults(cast("Hashable", type(record))):
        value = getattr(record, name)
        if value is not None and (default is MISSING or value != default):
            found[TARGET.get(name, name)] = _value(value)
    return found


def _value(value: object) -> Json:
    match value:
        case str():
            return str(value)
        case bool() | int() | float():
            return value
        case datetime():
            return moment_text(value)
        case tuple():
            return [_value(item) for item in value]
        case dict():
            return cast("Json", value)
    return _object(value)


class _Writers(dict[type, Callable[[object], str]]):
    """Functions that write records of a class as canonical JSON, made when a class is first met.

    Made from source text as dataclasses make ``__init__``: without a loop over fields it takes half the time, and bulk
    appends spend theirs here.
    """

    def __missing__(self, record: type) -> Callable[[object], str]:
        found = self[record] = _writer(record)
        return found


_WRITERS = _Writers()


def _other(value: object) -> str:
    """The canonical JSON of a value of a rarer type."""
    return _WRITERS[type(value)](value) if is_dataclass(value) else canonical(_value(value))


_WRITTEN = {
    "datetime": '"{moment_text(VALUE)}"',
    **dict.fromkeys(("When", "Source", "Reply"), "{WRITERS[type(VALUE)](VALUE)}"),
    **dict.fromkeys(
        ("str", *(words.__name__ for words in (Precision, SpeakerKind, TopicKind, Form, Stance, Outcome))),
        "{encode_basestring(VALUE)}",
    ),
}
"""How values are written, by the type that a field is annotated with; all others by ``_other``."""


def _writer(record: type) -> Callable[[object], str]:
    types = {field.name: str(field.type) for field in fields(cast("type[DataclassInstance]", record))}
    names: dict[str, object] = {
        "WRITERS": _WRITERS,
        "moment_text": moment_text,
        "encode_basestring": encode_basestring,
        "other": _other,
    }
    lines, always = ["def write(record):", " text = ''"], ""
    for key, name, default in sorted(((TARGET.get(n, n), n, d) for n, d in defaults(record)), key=itemgetter(0)):
        written = f',"{key}":' + _WRITTEN.get(types[name].removesuffix(" | None"), "{other(VALUE)}")
        if default is MISSING:
            always += written.replace("VALUE", f"record.{name}")
            continue
        names[f"default_{name}"] = default
        there = f"value is not default_{name}" + ("" if default is None else f" and value != default_{name}")
        lines += [
            f" text += f'{always}'",
            f" value = record.{name}",
            f" if {there}:",
            f"  text += f'{written.replace('VALUE', 'value')}'",
        ]
        always = ""
    lines += [f" text += f'{always}'", " return '{' + text[1:] + '}'"]
    exec("\n".join(line for line in lines if line != " text += f''"), names)  # noqa: S102 -- our own field names only
    return cast("Callable[[object], str]", names["write"])


@cache
def defaults(record: Hashable) -> tuple[tuple[str, object], ...]:
    """Return field names and defaults of a record's class, in their order."""
    return tuple((field.name, field.default) for field in fields(cast("type[DataclassInstance]", record)))
