"""Events to JSON, and the ids that follow from it. Knows nothing of reading them.

An id is the first 32 hex digits of SHA-256 over the event's kind and its canonical JSON: UTF-8, sorted keys, no spaces,
absent and default fields left out (so that a field added later changes no old id), no Unicode normalisation.

In JSON ``"event"`` is the kind; the field ``event`` of a correction, retraction or redaction is therefore ``"target"``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import ClassVar, TypeAlias, cast

from msgspec import NODEFAULT, Struct, to_builtins
from msgspec.json import Encoder, decode as decoded

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

STAMPS = ("seq", "recorded_at", "chain")
"""What a log export adds to each line; no part of any event."""

RECORDED_BY = "recorded_by"
"""What it adds besides where a name was given."""

TARGET = {"event": "target"}
"""Field name to JSON key, where they differ."""


class Extra(Mapping[str, "str | int | float | bool"]):
    """A flat map of a user's own fields: frozen, and the same as another where their canonical JSON is.

    So 1, 1.0 and true are three values, as they are three ids.
    """

    __slots__ = ("_text", "_values")

    def __init__(self, values: Mapping[str, str | int | float | bool]) -> None:
        self._values = dict(sorted(values.items()))
        self._text = canonical(cast("Json", self._values))

    def __getitem__(self, name: str) -> str | int | float | bool:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Extra) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return repr(self._values)


class EventBase(Struct, frozen=True, omit_defaults=True, gc=False, rename=TARGET):
    """What all events share: a kind, and an id that is the hash of what they say."""

    kind_of_event: ClassVar[str]

    @property
    def hash(self) -> str:
        """The id of the event: 32 hex digits over its kind and its canonical JSON."""
        return event_hash(self)


def event_hash(event: EventBase) -> str:
    """Return the id of an event: 32 hex digits."""
    return sha256(event.kind_of_event.encode() + _encoded(event)).hexdigest()[:32]


def encode(event: EventBase) -> str:
    """Return the canonical JSON of what the event says, its kind left out: the same as ``canonical`` of the object."""
    return _encoded(event).decode()


_SORTED, _IN_ORDER = Encoder(order="sorted"), Encoder()


def _encoded(event: EventBase) -> bytes:
    """The canonical JSON in UTF-8."""
    if event.kind_of_event in _WITH_NUMBERS and _may_differ(event):
        return canonical(_plain(event)).encode()
    return _SORTED.encode(event)


def _plain(event: EventBase) -> dict[str, Json]:
    return cast("dict[str, Json]", to_builtins(event, enc_hook=dict))  # of all that is in an event only of ``Extra``


_WITH_NUMBERS = frozenset({"coding", "correction", "statement"})


def _may_differ(event: EventBase) -> bool:
    """Tell whether msgspec may write a number in it otherwise than Python does, as it writes small and large ones."""
    if event.kind_of_event == "statement":
        return getattr(event, "extra", None) is not None
    confidence = getattr(event, "confidence", None)
    return event.kind_of_event == "correction" or (confidence is not None and 0 < confidence < 0.0001)


def canonical(value: Json) -> str:
    """Return canonical JSON: sorted keys, no spaces, characters as they are; NaN and infinities refused."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_json(event: EventBase) -> dict[str, Json]:
    """Return the event as a JSON object: its kind first, then its fields in their order, defaults left out."""
    body = json.loads(json.dumps(_plain(event))) if _may_differ(event) else decoded(_IN_ORDER.encode(event))
    return {"event": event.kind_of_event, **body}


def moment_text(moment: datetime) -> str:
    """Return a UTC datetime as ISO 8601 with Z; microseconds only where there are any."""
    return _IN_ORDER.encode(moment)[1:-1].decode()


@cache
def defaults(record: type[Struct]) -> tuple[tuple[str, object], ...]:
    """Return field names and defaults (NODEFAULT where there is none) of a record's class, in their order."""
    names, given = record.__struct_fields__, record.__struct_defaults__
    return tuple(zip(names, (NODEFAULT,) * (len(names) - len(given)) + given, strict=True))


@cache
def shapes(record: type[Struct]) -> dict[str, str]:
    """Return how the fields of a record's class are annotated, by their names; ``| None`` left out."""
    return {name: record.__annotations__[name].removesuffix(" | None") for name in record.__struct_fields__}
