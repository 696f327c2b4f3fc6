"""What a store holds that would be read otherwise today: moments, and quotations that lost their first mark.

Knows the store and how moments are read; asks nobody and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from msgspec.structs import replace

from flipflop.errors import DataError, FlipflopError
from flipflop.records import Correction, Source, Statement, to_json
from flipflop.store.sql.kinds import KINDS
from flipflop.text.files import rows_of
from flipflop.when import Precision, When
from flipflop.when.moment import MIDNIGHT
from flipflop.when.reference import BORROWED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flipflop.records import Event
    from flipflop.records.codec import Json
    from flipflop.store import Store
    from flipflop.store.model import Recorded
    from flipflop.text.files import Where

_Typed: TypeAlias = "tuple[str | None, str, str]"

LOST_MARK = "version 0.1.0 took away the mark with which the words begin in the file"
_MIDNIGHT = "midnight to the second is how machines write a bare day"
_MARK = "'"
_PUBLISHED = ".published"


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A field of an event, by its id, that would be read otherwise today.

    ``field`` is its name, as "said" or "since", "text", or "source.published"; ``stands`` is what the record says,
    ``reads`` what would be recorded today, and ``why`` a sentence for a person. ``mended`` is the event as it would
    then read.
    """

    id: str
    field: str
    stands: When | str
    reads: When | str
    why: str
    mended: Event

    def correction(self, by: str, reason: str | None = None) -> Correction:
        """Return the correction that puts today's reading in the place of what stands."""
        name = self.field.partition(".")[0]
        changes: dict[str, Json] = {name: to_json(self.mended)[name]}
        return Correction(self.id, changes, reason or f"read again: {self.why}", by)


def second_readings(store: Store, file: Where | None = None, *, file_format: str | None = None) -> list[SecondReading]:
    """Return what counts and would be read otherwise today, in the order of recording.

    A moment is read from its text once more, in the zone that it was read in, and of a phrase that counts from another
    day from that on which its source was published; where none is known, it is left out, and so it is where the two
    readings have nothing in common, as then it was counted from some other day. With the ``file`` that was once
    imported also the quotations of which version 0.1.0 took away the first mark. Raises DataError where the file cannot
    be read.
    """
    marked = {} if file is None else _marked(store, rows_of(file, file_format=file_format))
    counting = store.events(kinds=[name for name, kind in KINDS.items() if kind.reads_as_mended])
    return [one for record in counting for one in (*_of_event(record), *_lost_mark(record, marked))]


def _of_event(record: Recorded) -> Iterator[SecondReading]:
    event = cast("Event", record.event)
    for name, moment in _moments(event):
        today = _read_today(moment, _counted_from(event) if name == "said" else None)
        if today is not None:
            yield SecondReading(record.id, name, moment, today, _why(moment, today), _with(event, name, today))


def _moments(event: Event) -> Iterator[tuple[str, When]]:
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if isinstance(value, When):
            yield name, value
        elif isinstance(value, Source) and value.published is not None:
            yield f"{name}{_PUBLISHED}", value.published


def _counted_from(event: Event) -> When | None:
    return event.source.published if isinstance(event, Statement) and event.source is not None else None


def _with(event: Event, name: str, moment: When) -> Event:
    field = name.removesuffix(_PUBLISHED)
    changes: dict[str, Any] = {field: moment}  # fields of the event
    if field != name:
        changes = {field: replace(getattr(event, field), published=moment)}
    return replace(event, **changes)


def _read_today(moment: When, reference: When | None) -> When | None:
    """Return a moment as it is read today where that is another reading, None where it is the same or none."""
    today = _parsed(moment, moment.tz)
    counted = today is None
    if counted and reference is not None:
        given = None if BORROWED in moment.warnings else moment.tz  # the zone may be that of the reference
        today = _parsed(moment, given, reference)
    if today is None or _is_alike(today, moment):
        return None
    if MIDNIGHT in today.warnings:
        today = replace(today, warnings=tuple(one for one in today.warnings if one != MIDNIGHT))
        if _is_alike(today, moment):
            return None
    if counted and not (today.start < moment.end and moment.start < today.end):
        return None
    return today


def _parsed(moment: When, tz: str | None, reference: When | None = None) -> When | None:
    try:
        return When.parse(moment.text, tz=tz, reference=reference)
    except DataError:
        return None  # a version that reads it no longer has nothing better to say


def _is_alike(one: When, other: When) -> bool:
    """Tell whether two readings say the same; how a zone is written is not looked at."""
    return replace(one, tz=None) == replace(other, tz=None)


def _why(moment: When, today: When) -> str:
    if moment.precision in (Precision.SECOND, Precision.MINUTE) and today.precision is Precision.DAY:
        return _MIDNIGHT
    if (moment.start, moment.end) != (today.start, today.end):
        if today.approximate and today.start <= moment.start and moment.end <= today.end:
            return "what is known roughly is wide enough to hold the truth"
        return f"{moment.text!r} means another time"
    if (moment.precision, moment.approximate) != (today.precision, today.approximate):
        return f"{moment.text!r} says otherwise how finely it is known"
    dropped = [one for one in moment.warnings if one not in today.warnings]
    added = [one for one in today.warnings if one not in moment.warnings]
    return f"what it leaves open: {'; '.join(added)}" if added else f"nothing is open there: {'; '.join(dropped)}"


def _marked(store: Store, rows: Iterable[tuple[int, Any]]) -> dict[_Typed, str]:
    """Return the quotations of a file that begin with a mark, by speaker, words without it, and moment as typed."""
    found: dict[_Typed, str] = {}
    for _, row in rows:
        text, said = (row.get(name) for name in ("text", "said")) if isinstance(row, dict) else (None, None)
        if isinstance(text, str) and text.startswith(_MARK) and isinstance(said, str):
            found[_speaker(store, row), text.removeprefix(_MARK), said] = text
    return found


def _lost_mark(record: Recorded, marked: dict[_Typed, str]) -> Iterator[SecondReading]:
    """Yield a quotation that stands without the first mark that it has in a file."""
    event = record.event
    if isinstance(event, Statement) and (text := marked.get((event.speaker, event.text, event.said.text))):
        yield SecondReading(record.id, "text", event.text, text, LOST_MARK, replace(event, text=text))


def _speaker(store: Store, row: dict[str, Json]) -> str | None:
    try:
        return store.resolve_speaker(str(row.get("speaker")))
    except FlipflopError:
        return None
