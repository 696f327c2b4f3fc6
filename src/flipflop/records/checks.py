"""Checks on the fields of an event, gathered so that a reader learns of all that is wrong at once."""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING

from msgspec.structs import force_setattr

from flipflop.errors import DataError, Problem, suggestion
from flipflop.records.codec import Extra
from flipflop.records.words import MODEL, is_hash, is_slug, slugify
from flipflop.when import When

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum
    from types import TracebackType

    from msgspec import Struct


class gathering:  # noqa: N801 -- reads as a phrase at its only use: ``with checks.gathering() as check``
    """Collect problems of one record; on leaving, raise them together as one DataError."""

    __slots__ = ("prefix", "problems")

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.problems: list[Problem] = []

    def __enter__(self) -> gathering:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self.problems:
            raise DataError(self.problems)

    def add(self, message: str, field: str | None = None) -> None:
        """Note one problem of one field."""
        name = ".".join(part for part in (self.prefix, field) if part) or None
        self.problems.append(Problem(message, name))

    def text(self, record: Struct, field: str) -> None:
        """A text that is there: not blank, storable."""
        value = getattr(record, field)
        if not isinstance(value, str):
            self.add(f"must be a text, not {_shown(value)}", field)
        elif not value or value.isspace():
            self.add("must not be empty", field)
        elif fault := text_fault(value):
            self.add(f"{_shown(value)} {fault}", field)

    def texts(self, record: Struct, *fields: str) -> None:
        """Texts that may be absent (None), but not blank."""
        for field in fields:
            if getattr(record, field) is not None:
                self.text(record, field)

    def tuple_of_texts(self, record: Struct, field: str) -> None:
        """Several texts; any list of them becomes a tuple."""
        value = getattr(record, field)
        if value == ():
            return
        if isinstance(value, str) or not isinstance(value, (list, tuple)):
            self.add(f"must be a list of texts, not {_shown(value)}", field)
            return
        for item in value:
            if not isinstance(item, str) or not item.strip() or text_fault(item):
                self.add(f"must be a list of texts that are not empty and hold no NUL; {_shown(item)} is none", field)
        force_setattr(record, field, tuple(value))

    def slugs(self, record: Struct, field: str) -> None:
        """The ids of several speakers or topics; any list of them becomes a tuple."""
        self.tuple_of_texts(record, field)
        values = getattr(record, field)
        for value in dict.fromkeys(values) if isinstance(values, tuple) else ():
            if isinstance(value, str) and not is_slug(value):
                self.add(f"{_shown(value)} is no id (lower-case words joined by hyphens)", field)

    def slug(self, record: Struct, field: str) -> None:
        """The permanent id of a speaker or topic."""
        value = getattr(record, field)
        if not isinstance(value, str):
            self.add(f"must be an id such as 'donald-trump', not {_shown(value)}", field)
        elif not is_slug(value):
            hint = slugify(value) if isinstance(value, str) and not text_fault(value) else ""
            remedy = f"; did you mean {hint!r}?" if hint and hint != value else ""
            self.add(f"{_shown(value)} is no id (lower-case words joined by hyphens){remedy}", field)

    def optional_slug(self, record: Struct, field: str) -> None:
        """The same, or None."""
        if getattr(record, field) is not None:
            self.slug(record, field)

    def reference(self, record: Struct, field: str) -> None:
        """An event's id, or a slug where the event has one."""
        value = getattr(record, field)
        if not isinstance(value, str) or not (is_hash(value) or is_slug(value)):
            self.add(
                f"{_shown(value)} is neither an event's id (32 hex digits) nor the id of a speaker or topic", field
            )

    def references(self, record: Struct, field: str) -> None:
        """The ids of several events, each once; any list of them becomes a tuple."""
        self.tuple_of_texts(record, field)
        values = getattr(record, field)
        for value in dict.fromkeys(values) if isinstance(values, tuple) else ():
            if isinstance(value, str) and not is_hash(value):
                self.add(f"{_shown(value)} is no event's id (32 hex digits)", field)
            elif values.count(value) > 1:
                self.add(f"{_shown(value)} stands there twice", field)

    def coder(self, record: Struct, field: str) -> None:
        """A person's name, or ``model:name@version``."""
        self.text(record, field)
        value = getattr(record, field)
        if isinstance(value, str) and not _is_named(value):
            self.add(f"{_shown(value)}: a model is named 'model:name@version'", field)

    def word(self, record: Struct, field: str, words: type[StrEnum]) -> None:
        """One of a closed set of words."""
        value = getattr(record, field)
        if isinstance(value, words):
            return
        try:
            force_setattr(record, field, words(value))
        except ValueError:
            known = [str(word) for word in words]
            hint = suggestion(value, known) if isinstance(value, str) else ""
            self.add(f"{_shown(value)} is not one of {', '.join(known)}{hint}", field)

    def optional_word(self, record: Struct, field: str, words: type[StrEnum]) -> None:
        """The same, or None."""
        if getattr(record, field) is not None:
            self.word(record, field, words)

    def fraction(self, record: Struct, field: str) -> None:
        """A number from 0 to 1."""
        value = getattr(record, field)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            self.add(f"must be a number from 0 to 1, not {_shown(value)}", field)
        elif isinstance(value, int):
            force_setattr(record, field, float(value))

    def flag(self, record: Struct, field: str) -> None:
        """Exactly True or False."""
        value = getattr(record, field)
        if value is not True and value is not False:
            self.add(f"must be true or false, not {_shown(value)}", field)

    def moment(self, record: Struct, field: str) -> None:
        """The clock of a machine or a judgement, or None."""
        if getattr(record, field) is not None:
            self.clock(record, field)

    def clock(self, record: Struct, field: str) -> None:
        """An aware datetime, kept in UTC."""
        value = getattr(record, field)
        if not isinstance(value, datetime) or value.tzinfo is None:
            self.add(f"must be a datetime with its zone, not {_shown(value)}", field)
        elif value.tzinfo is not UTC:
            force_setattr(record, field, value.astimezone(UTC))

    def required(self, record: Struct, field: str, kind: type) -> None:
        """A value of that class."""
        value = getattr(record, field)
        if not isinstance(value, kind):
            self.add(f"must be a {kind.__name__}, not {_shown(value)}", field)
        elif isinstance(value, When):
            for text in (value.text, value.tz or "", *value.warnings):
                if fault := text_fault(text):
                    self.add(f"{_shown(text)} {fault}", field)

    def optional(self, record: Struct, field: str, kind: type) -> None:
        """A value of that class, or None."""
        if getattr(record, field) is not None:
            self.required(record, field, kind)

    def span(self, record: Struct, since: str = "since", until: str = "until") -> None:
        """Two moments that may be absent, of which the second is not over before the first begins."""
        self.optional(record, since, When)
        self.optional(record, until, When)
        first, last = getattr(record, since), getattr(record, until)
        if isinstance(first, When) and isinstance(last, When) and last.end <= first.start:
            self.add(f"ends ({last.text!r}) before it begins ({first.text!r})", until)

    def own_fields(self, record: Struct, field: str) -> None:
        """A flat map of the user's own fields, or None, which an empty one becomes too."""
        value = getattr(record, field)
        if value is None:
            return
        if not isinstance(value, Mapping):
            self.add(f"must map names to texts, numbers or flags, not {_shown(value)}", field)
            return
        faults = [(name, fault) for name, given in value.items() if (fault := _own_fault(name, given))]
        for name, fault in faults:
            self.add(f"{_shown(name)} {fault}", field)
        if not faults:
            force_setattr(record, field, Extra(value) if value else None)

    def digest(self, record: Struct, field: str) -> None:
        """A SHA-256 as 64 lower-case hex digits."""
        value = getattr(record, field)
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            self.add(f"must be 64 hex digits of SHA-256, not {_shown(value)}", field)

    def base64(self, record: Struct, field: str) -> None:
        """Bytes in base64 without line ends, or None."""
        value = getattr(record, field)
        if value is not None and not _is_base64(value):
            self.add(f"must be base64 without line ends, not {_shown(value)}", field)

    def path_inside(self, record: Struct, field: str) -> None:
        """A path with ``/`` from a folder on, which does not lead out of it on any system."""
        self.text(record, field)
        value = getattr(record, field)
        if isinstance(value, str) and (
            any(sign in value for sign in "\\:") or not {"", ".", ".."}.isdisjoint(value.split("/"))
        ):
            self.add(f"{_shown(value)} is no path inside the folder of captures, such as '2017/07/page.html'", field)

    def changes(self, record: Struct, field: str) -> None:
        """A mapping from field names to new values, not empty, in a copy of its own."""
        value = getattr(record, field)
        if not isinstance(value, Mapping) or not value or not all(isinstance(key, str) for key in value):
            self.add(f"must map field names to their new values, not {_shown(value)}", field)
            return
        if not _is_shallow(value):
            self.add(f"is nested more than {_DEEPEST} deep, which no field is: mend the line, or take it out", field)
            return
        faults = {fault for part in _parts_of(value) if (fault := _part_fault(part))}
        for fault in sorted(faults):
            self.add(fault, field)
        force_setattr(record, field, dict(value))


_DIGEST = re.compile("[0-9a-f]{64}")


def _is_base64(value: object) -> bool:
    try:
        return isinstance(value, str) and value != "" and b2a_base64(a2b_base64(value)).decode() == f"{value}\n"
    except ValueError:
        return False


_LARGEST = 2**53
"""Whole numbers up to this are the same in every program."""


def _own_fault(name: object, value: object) -> str | None:
    """Return what is wrong with one of the user's own fields, None for nothing."""
    if not plain(name):
        return "is no name of a field"
    if isinstance(value, str):
        return text_fault(value)
    if isinstance(value, bool) or (isinstance(value, (int, float)) and -_LARGEST <= value <= _LARGEST):
        return None
    if isinstance(value, (int, float)):
        return f"is {_shown(value)}, a number that other programs do not keep: write it as a text"
    return f"must be a text, a number, true or false, not {_shown(value)}"


def _is_named(coder: str) -> bool:
    """Tell whether a coder that is a model says which."""
    name, at, version = coder.removeprefix(MODEL).partition("@")
    return not coder.startswith(MODEL) or bool(name and at and version)


@lru_cache(maxsize=1024)
def is_coder(value: str) -> bool:
    """Tell whether the value can name a coder. Few do, of many codings."""
    return plain(value) and _is_named(value)


def plain(value: object) -> bool:
    """Tell whether the value is a text with which nothing is wrong: quickly, for events in bulk."""
    return (
        type(value) is str
        and value != ""
        and not value.isspace()
        and "\0" not in value
        and (value.isascii() or not text_fault(value))
    )


def text_fault(value: str) -> str | None:
    """Return what makes a text unfit for storing, or None: a NUL character, or a lone surrogate."""
    if "\0" in value:
        return "holds a NUL character, which no text needs: take it out"
    if value.isascii():
        return None
    try:
        value.encode()
    except UnicodeEncodeError as error:
        return f"holds half a character (a lone surrogate, position {error.start}): take it from the source again"
    return None


_DEEPEST = 16
"""Lists and objects in each other that the new value of a field may hold: a reply with its source has three."""


def _is_shallow(value: object) -> bool:
    """Tell whether a JSON value can be gone through by functions that call themselves, from one level to the next."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for one in level if isinstance(one, (Mapping, list, tuple)) for inner in _inside(one)]
        if not level:
            return True
    return False


def _inside(value: Mapping[object, object] | list[object] | tuple[object, ...]) -> Iterable[object]:
    return value.values() if isinstance(value, Mapping) else value


def _parts_of(value: object) -> list[object]:
    """Every text, number and constant in a JSON value, keys included."""
    match value:
        case Mapping():
            return [part for pair in value.items() for item in pair for part in _parts_of(item)]
        case list() | tuple():
            return [part for item in value for part in _parts_of(item)]
    return [value]


def _part_fault(part: object) -> str | None:
    if isinstance(part, float) and not isfinite(part):
        return f"holds {part}, which is no number of JSON: write it as a text"
    return text_fault(part) if isinstance(part, str) else None


def _shown(value: object, length: int = 60) -> str:
    """A value as an error may print it: escaped, and short."""
    shown = ascii(value) if isinstance(value, str) and text_fault(value) else repr(value)
    return shown if len(shown) <= length else f"{shown[: length - 1]}…"
