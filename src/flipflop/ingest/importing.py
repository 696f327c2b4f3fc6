"""Brings a file of events into a store, in one transaction or many: all that is told is recorded, or every reason why.

The file streams: of its lines only a few thousand are in memory at once, however long it is.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from flipflop.errors import DataError, FlipflopError
from flipflop.ingest.course import Course, Step
from flipflop.ingest.names import Names
from flipflop.ingest.redacted import Missing
from flipflop.records import Speaker, Statement, Topic
from flipflop.store import Located
from flipflop.store.log.idle import in_short
from flipflop.text.files import name_of, opened, rows_of, understood
from flipflop.text.rows import Located as LocatedRow, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from flipflop.errors import Problem
    from flipflop.records import Event
    from flipflop.store import Appended, Store
    from flipflop.text.rows import Row

    Progress: TypeAlias = Callable[[Step], None]

File: TypeAlias = "str | Path | IO[bytes]"

_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of standard input that are kept in memory; more than that goes to a temporary file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or on a dry run would do.

    ``recorded`` is the number of new events, ``skipped`` that of the others by reason (known, retracted, redacted,
    about what was redacted), ``declared`` are the declarations that were made up. ``replayed`` is True where a log
    export came into an empty store with its stamps.
    """

    recorded: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    declared: tuple[Speaker | Topic, ...] = ()
    replayed: bool = False
    warnings: tuple[str, ...] = ()


def import_events(
    store: Store,
    file: File,
    *,
    file_format: str | None = None,
    declare: bool = False,
    dry_run: bool = False,
    batch: int | None = None,
    tz: str | None = None,
    coder: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Record the events of a JSON Lines or CSV file, all of them or none, and return what was done.

    ``file`` is a path or an open binary file; ``file_format`` is "jsonl" or "csv", by default what the name ends in.
    Speakers and topics may be given as ids, names or aliases, known to the store or declared earlier in the file; with
    ``declare``, unknown ones are declared (see ``Names``). Clock times without a zone are read in ``tz`` (default: the
    store's); a stance is coded by ``coder`` (default: the store's name) where the line does not say. What is recorded,
    retracted or redacted already is skipped. The export of a log comes into an empty store with its stamps; into
    another, without what was redacted in it and what is about that. Memory
    grows with the number of speakers and topics, not with that of lines.

    With ``batch``, every so many lines are recorded for good. An import that was stopped, by whatever, is gone on with
    by importing the file again: what is recorded is skipped. A replay and a dry run are never cut into batches.

    ``progress`` is called every hundred lines, and before and after each transaction is closed. What it raises stops
    the import.

    Raises DataError with every problem of the file (with ``batch``: of the first batch that has any), each with its
    line; then nothing of it is recorded. A note on the error, or on the KeyboardInterrupt that stopped an import, says
    what is recorded.
    """
    name = name_of(file)
    if name.startswith(("http://", "https://")):
        raise DataError(f"{name} is an address, not a file: download it first (curl -O {name}) and import the file")
    with _source(file, spooled=batch is None) as source:
        course = Course(name, _number_of_lines(source) if progress else None, progress, batch=batch)
        rows = rows_of(source, file_format=file_format, name=name)
        first = next(rows, None)
        if first is None:
            return Imported(0)
        rows = chain([first], _to_the_end(rows))
        try:
            if _is_stamped(first) and store.head() is None:
                replay = store.trial_replay if dry_run else store.replay
                replayed = replay(course.through(rows), file=name)
                return Imported(len(replayed.recorded), replayed=True, warnings=replayed.warnings)
            names = Names(store, declare=declare)
            reading = Reading(tz=tz or store.tz, coder=coder or store.by, resolve=names.resolve)
            return _Import(store, names, reading, course).run(rows, dry_run=dry_run)
        except (FlipflopError, KeyboardInterrupt) as stopped:
            course.add_note(stopped)
            raise


class _Import:
    """One import: what it needs to understand lines, and what it left out."""

    def __init__(self, store: Store, names: Names, reading: Reading, course: Course) -> None:
        self.store, self.names, self.reading, self.course = store, names, reading, course
        self.missing = Missing(store)
        self.skipped = Counter[str]()
        self.idle = 0
        self.idle_told: tuple[str, ...] = ()

    def run(self, rows: Iterator[LocatedRow], *, dry_run: bool) -> Imported:
        """Record line after line, a transaction for each batch."""
        recorded, batch = 0, self.course.batch
        record = self.store.trial if dry_run else self.store.append
        size = None if dry_run or batch is None else batch - 1
        for first in rows:
            part = self.course.through(chain([first], islice(rows, size)))
            appended = _sorted_out(record, self._said(part))
            self.course.keep()
            recorded += len(appended.recorded)
            self._warn(appended)
            self.skipped.update(appended.skipped.by_reason())
        warnings = (*self.names.warnings, *self.idle_told)
        return Imported(recorded, dict(self.skipped), tuple(self.names.declared), warnings=warnings)

    def _warn(self, appended: Appended) -> None:
        """Pass on what the store warns of; of judgements without effect in one sentence, however many batches."""
        warnings = [*appended.warnings]
        if appended.idle:
            told = warnings.pop()
            self.idle += appended.idle
            self.idle_told = (told if self.idle == appended.idle else in_short(self.idle),)
        self.names.warnings += warnings

    def _said(self, rows: Iterable[LocatedRow]) -> Iterator[Located | Problem]:
        """Yield what the lines say, and what is wrong with them; made-up declarations come before what needs them."""
        names, file = self.names, self.course.name
        for number, row in rows:
            names.proposition = None
            if type(row) is dict and ("redacted" in row or "proposition" in row) and self._is_redacted(row):
                continue
            before = len(names.declared)
            try:
                events = understood(row, self.reading)
            except DataError as error:
                events = ()
                yield from (problem.at(file, number) for problem in error.problems)
            if len(names.declared) > before:
                yield from (Located(made, file, number) for made in names.declared[before:])
            for event in events:
                if type(event) is Speaker or type(event) is Topic:
                    names.learn(event)
                elif self.missing.ids and self.missing.is_needed_by(event):
                    self._leave_out(event, number)
                    continue
                yield Located(event, file, number)

    def _is_redacted(self, row: Row) -> bool:
        """Pass over a line without a body; take its topic's proposition out of another."""
        if row.get("redacted") is True:
            self.missing.note(row)
            self.skipped["redacted"] += 1
            return True
        if "proposition" in row and row.get("event") in ("statement", "coding"):
            self.names.proposition = _text(row.pop("proposition"))
        return False

    def _leave_out(self, event: Event, number: int) -> None:
        self.skipped["about what was redacted"] += 1
        if isinstance(event, Statement):
            self.names.warnings.append(
                f"{self.course.name}:{number}: this statement responds to one that was redacted, and is left out"
            )


def _sorted_out(
    record: Callable[[Iterator[Located | Problem]], Appended], events: Iterator[Located | Problem]
) -> Appended:
    """Record the events, or raise what is wrong with any of them in the order of the lines."""
    try:
        return record(events)
    except DataError as error:
        raise DataError(sorted(error.problems, key=lambda problem: problem.line or 0)) from None


def _is_stamped(located: LocatedRow) -> bool:
    """Tell whether a line is one of a log export."""
    return isinstance(located.row, dict) and located.row.get("chain") is not None


def _to_the_end(rows: Iterator[LocatedRow]) -> Iterator[LocatedRow]:
    """Pass lines on; where the file cannot be read further, the reason comes as the last one."""
    try:
        yield from rows
    except DataError as error:
        for problem in error.problems:
            yield LocatedRow(problem.line or 0, problem)


@contextmanager
def _source(file: File, *, spooled: bool) -> Iterator[File]:
    """Give a file to read from; what can be read only once is read before anything else waits for it.

    A transaction keeps other writers out, so it must not wait for a network. Batches are short, and may be endless.
    """
    if not spooled or (isinstance(file, str | Path) and (Path(file).is_file() or not Path(file).exists())):
        yield file
        return
    from shutil import copyfileobj
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(_IN_MEMORY) as spool:
        with opened(file) as stream:
            copyfileobj(stream, spool)
        spool.seek(0)
        yield spool


def _number_of_lines(file: File) -> int | None:
    """How many lines a file has, None where it can be read only once."""
    if isinstance(file, str | Path):
        if not Path(file).is_file():
            return None
        with opened(file) as stream:
            return _count(stream)
    if not file.seekable():
        return None
    here = file.tell()
    count = _count(file)
    file.seek(here)
    return count


def _count(stream: IO[bytes]) -> int:
    count, block = 0, b"\n"
    for block in iter(partial(stream.read, 1 << 20), b""):
        count += block.count(b"\n")
    return count + (not block.endswith(b"\n"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
