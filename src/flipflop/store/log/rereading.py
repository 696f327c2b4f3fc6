"""Lines of a file that are recorded already, but were read otherwise then: finds them by what was typed.

Readings of moments get better from version to version, and an id covers the reading. So the same line would get another
id today, and stand in the record twice. Knows nothing of files.
"""

from __future__ import annotations

import re
from contextlib import suppress
from struct import Struct
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec.structs import replace

from flipflop.errors import DataError, WhenError
from flipflop.records import events as ev
from flipflop.records.codec import moment_text, to_json
from flipflop.records.doubts import completed
from flipflop.store.sql.columns import moment
from flipflop.store.sql.kinds import KINDS
from flipflop.store.sqlite.recorded_ids import Ids
from flipflop.when import When
from flipflop.when.about import core
from flipflop.when.grammar import ONE_SIDED
from flipflop.when.moment import CLAMPED, MIDNIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flipflop.records.codec import Json
    from flipflop.store.sql.tables import Tables

_Event = TypeVar("_Event", bound=ev.Event)

ROWS = 10_000
"""Rows that are read at once."""


class Rereading:
    """What of one file is recorded under other ids.

    Memory is six bytes for each statement of a speaker in the file, and the two ids of each line that is read otherwise
    today.
    """

    def __init__(self) -> None:
        self._recorded: dict[str, str] = {}  # the id that a line would have today, and the one that it has
        self._typed = Ids()
        self._speakers: dict[str, bool] = {}  # whether there is anything of them
        self._redactions: bool | None = None  # whether there are any
        self._relations: dict[tuple[str, str], list[tuple[int, ev.SpeaksFor]]] | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is recorded under another id."""
        return bool(self._recorded)

    def as_recorded(self, event: _Event) -> _Event:
        """Return an event that refers to what is recorded in the place of what is read otherwise today."""
        if not self._recorded:
            return event
        changes: dict[str, Any] = {}  # fields of the event
        for name in KINDS[event.kind_of_event].referring:
            given = getattr(event, name)
            several = isinstance(given, tuple)
            recorded = tuple(map(self._of_today, given)) if several else self._of_today(given)
            if recorded != given:
                changes[name] = recorded
        if isinstance(event, ev.Correction) and event.changes.get("responds_to") in self._recorded:
            changes["changes"] = self._mended(event.changes)
        return replace(event, **changes) if changes else event

    def _of_today(self, event_id: str) -> str:
        return self._recorded.get(event_id, event_id)

    def _mended(self, changes: Any) -> Any:  # noqa: ANN401 -- the JSON of a correction
        return {**changes, "responds_to": self._recorded[changes["responds_to"]]}

    def find(self, tables: Tables, events: Mapping[int, ev.Event], until: int) -> dict[int, tuple[str, int]]:
        """Return the ids and seqs under which events that are not known by their own are recorded, by their places.

        Only what was recorded up to a seq is looked at. What is found is remembered for ``as_recorded``.
        """
        found: dict[int, tuple[str, int]] = {}
        kept = self._candidates(tables, events, until)
        redactions = self._has_redactions(tables)
        for place in events if redactions else sorted(kept):
            event = self.as_recorded(events[place])
            seq = next((seq for seq, one in kept.get(place, ()) if is_same_line(event, one)), None)
            if seq is None and redactions and isinstance(event, ev.Statement):
                seq = _redacted_as(tables, event)
            if seq is not None:
                event_id = tables.stamps([seq])[seq][0].hex()
                self._recorded[events[place].hash] = event_id
                found[place] = (event_id, seq)
        return found

    def _candidates(
        self, tables: Tables, events: Mapping[int, ev.Event], until: int
    ) -> dict[int, list[tuple[int, ev.Event]]]:
        """Return the recorded events that each may be, with their seqs; of most there are none."""
        found: dict[int, list[tuple[int, ev.Event]]] = {}
        seqs: dict[int, list[int]] = {}
        for place, event in events.items():
            if isinstance(event, ev.Statement):
                if self._has_spoken(tables, event.speaker, until):
                    key = _key(event.speaker, event.text, event.said.text)
                    if some := [*self._typed.candidates((key,))]:
                        seqs[place] = some
            elif isinstance(event, ev.SpeaksFor):
                found[place] = [*self._relations_of(tables, until).get((event.surrogate, event.principal), ())]
        bodies = dict(_bodies(tables, {seq for some in seqs.values() for seq in some}))
        return found | {place: [(seq, bodies[seq]) for seq in some if seq in bodies] for place, some in seqs.items()}

    def _has_redactions(self, tables: Tables) -> bool:
        if self._redactions is None:
            self._redactions = any(tables.all_gone().values())
        return self._redactions

    def _has_spoken(self, tables: Tables, speaker: str, until: int) -> bool:
        """Tell whether there are statements of a speaker; when it is asked first, take in what was typed for them."""
        found = self._speakers.get(speaker)
        if found is None:
            before = len(self._typed)
            self._typed.add(_typed_of(tables, speaker, until))
            found = self._speakers[speaker] = len(self._typed) > before
        return found

    def _relations_of(self, tables: Tables, until: int) -> dict[tuple[str, str], list[tuple[int, ev.SpeaksFor]]]:
        if self._relations is None:
            self._relations = {}
            for seq, event in tables.bodies("speaks_for", 1, until):
                one = cast("ev.SpeaksFor", event)
                self._relations.setdefault((one.surrogate, one.principal), []).append((seq, one))
        return self._relations


def _redacted_as(tables: Tables, event: ev.Statement) -> int | None:
    """Return the seq of a redacted statement that this is, as an earlier version read it.

    Its words are gone, so that nothing can be compared; but what it would have been read as gives its id.
    """
    others = [bytes.fromhex(one.hash) for one in _read_by_0_1_0(event)]
    places = tables.find(others) if others else {}
    gone = tables.gone([seq for seq, _ in places.values()])
    return next((seq for seq, redacted in gone.items() if redacted), None)


def _typed_of(tables: Tables, speaker: str, until: int) -> Iterator[tuple[int, bytes]]:
    """Yield the seq and the key of each statement of a speaker up to a seq."""
    key, last = tables.known_key(speaker), 0
    query = """SELECT seq, text, said_text, said_from FROM statement
        WHERE speaker = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"""
    while rows := [] if key is None else tables.sql.execute(query, (key, last, until, ROWS)).fetchall():
        for seq, text, said, start in rows:
            yield seq, _key(speaker, text, moment_text(moment(start)) if said is None else said)
        last = rows[-1][0]


def _key(speaker: str, text: str, said: str) -> bytes:
    """Return by what a line is found again in this process; version 0.1.0 took a first mark away from cells of CSV."""
    return _PACKED(hash((speaker, text.removeprefix(MARK), said.removeprefix(MARK))))


MARK = "'"
_PACKED = Struct("q").pack


def _bodies(tables: Tables, seqs: set[int]) -> Iterator[tuple[int, ev.Event]]:
    """Yield some statements: those of a file lie close together, so that they are read at once."""
    if not seqs:
        return
    first, last = min(seqs), max(seqs)
    if last - first < _CLOSE * len(seqs):
        yield from ((seq, event) for seq, event in tables.bodies("statement", first, last) if seq in seqs)
        return
    for seq in sorted(seqs):
        yield from tables.bodies("statement", seq, seq)


_CLOSE = 8


def is_same_line(given: ev.Event, kept: ev.Event) -> bool:
    """Tell whether two events are one line of a file, read differently: all that was typed is the same.

    Moments are compared by their texts. A phrase such as "yesterday", where no source says from what day it counts, is
    the same only where the moments overlap.
    """
    return _is_same(to_json(given), to_json(kept), "") and all(
        _is_one_moment(one, other, given) for one, other in zip(_moments(given), _moments(kept), strict=True)
    )


def _is_same(given: Json, kept: Json, name: str) -> bool:
    if isinstance(given, dict) and isinstance(kept, dict):
        if "start" in given and "start" in kept:
            return _is_same(given["text"], kept["text"], "")
        return given.keys() == kept.keys() and all(_is_same(given[key], kept[key], key) for key in given)
    if isinstance(given, list) and isinstance(kept, list):
        return len(given) == len(kept) and all(_is_same(*both, "") for both in zip(given, kept, strict=True))
    if isinstance(given, str) and isinstance(kept, str):
        return kept in (given, given.removeprefix(MARK)) or (name == "url" and completed(kept) == given)
    return given == kept


def _moments(event: ev.Event) -> Iterator[When | None]:
    if isinstance(event, ev.Statement):
        yield event.said
    elif isinstance(event, ev.SpeaksFor):
        yield event.since
        yield event.until


def _is_one_moment(given: When | None, kept: When | None, event: ev.Event) -> bool:
    if given is None or kept is None or (given.start < kept.end and kept.start < given.end):
        return True
    if isinstance(event, ev.Statement) and event.source is not None and event.source.published is not None:
        return True  # of both, as it was typed the same
    try:
        When.parse(given.text, tz=given.tz or "UTC", midnights="day")
    except WhenError:
        return False
    return True


def _read_by_0_1_0(event: ev.Statement) -> Iterator[ev.Statement]:
    """Yield a statement as version 0.1.0 may have recorded its line, where that is otherwise."""
    for one in (event, *_unmarked(event)):
        for source in _sources_of_0_1_0(one.source):
            for said in _moments_of_0_1_0(one.said):
                if one is not event or source is not event.source or said is not event.said:
                    yield replace(one, source=source, said=said)


def _unmarked(event: ev.Statement) -> Iterator[ev.Statement]:
    """Yield a statement without the first marks of its cells, where there are any and something stays in each."""
    source = event.source
    bare, of_source = _bare(event), {} if source is None else _bare(source)
    if bare or of_source:
        with suppress(DataError):
            yield replace(event, **bare, source=None if source is None else replace(source, **of_source))


def _bare(record: ev.Statement | ev.Source) -> dict[str, Any]:
    """The texts of a record that begin with the mark, without it."""
    texts = {name: getattr(record, name) for name in record.__struct_fields__}
    marked = {name: text for name, text in texts.items() if isinstance(text, str) and text.startswith(MARK)}
    return {name: text.removeprefix(MARK) for name, text in marked.items()}


def _sources_of_0_1_0(source: ev.Source | None) -> Iterator[ev.Source | None]:
    yield source
    if source is not None and source.url is not None:
        bare = source.url.removeprefix("https://")
        if completed(bare) == source.url != bare:
            yield replace(source, url=bare)


def _moments_of_0_1_0(said: When) -> Iterator[When]:
    yield said
    if ONE_SIDED in said.warnings:
        yield replace(said, warnings=(*said.warnings, CLAMPED))
    if MIDNIGHT in said.warnings:
        with suppress(WhenError):
            yield When.parse(said.text, tz=said.tz, midnights="time")
    if said.approximate and (was := core((said.start, said.end), said.precision, said.tz)):
        yield replace(said, start=was[0], end=was[1])
    if not _ISO.match(said.text) and (clock := _CLOCK.search(said.text)) is not None:
        loose = f"{clock[0]} is read on the 24-hour clock; write am or pm, or {int(clock[1]):02d}:…"
        yield replace(said, warnings=(loose, *said.warnings))


_ISO = re.compile(r"\d{4}-\d\d-\d\d\b")
_CLOCK = re.compile(r"\b(\d\d?):\d\d(:\d\d)?\b")
