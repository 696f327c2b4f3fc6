"""Brings a file of events into a store, in one transaction or many: all that is told is recorded, or every reason why.

The way of a line is the loop of ``_Import``. The file streams: of its lines only a few thousand are in memory at once,
however long it is.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from flipflop.errors import DataError, FlipflopError, StoreError
from flipflop.ingest.doubts import Doubts
from flipflop.ingest.names import Names
from flipflop.ingest.places import means_the_same
from flipflop.ingest.progress import LineCounter
from flipflop.ingest.redacted_elsewhere import RedactedElsewhere, is_redacted
from flipflop.records import Speaker, SpeaksFor, Statement, Topic
from flipflop.store import Located
from flipflop.store.log.idle import in_short
from flipflop.store.log.rereading import Rereading
from flipflop.text.files import copy_to, name_of, opened, rows_of, understood
from flipflop.text.numbers import counted
from flipflop.text.rows import NumberedRow, Reading
from flipflop.when.moment import MIDNIGHT
from flipflop.when.reference import reference_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from flipflop.errors import Problem
    from flipflop.ingest.progress import Progress
    from flipflop.records import Event
    from flipflop.store import Appended, Store
    from flipflop.text.rows import Row
    from flipflop.when.moment import Midnights

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
    distinct: Collection[str] = (),
    dry_run: bool = False,
    look: Callable[[Appended], None] | None = None,
    batch: int | None = None,
    tz: str | None = None,
    midnights: Midnights | None = None,
    coder: str | None = None,
    reference: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Imported:
    """Record the events of a JSON Lines or CSV file, all of them or none, and return what was done.

    ``file`` is a path or an open binary file; ``file_format`` is "jsonl" or "csv", by default what the name ends in.
    Speakers and topics may be given as ids, names or aliases, known to the store or declared earlier in the file; with
    ``declare``, unknown ones are declared (see ``Names``), those in ``distinct`` although they are nearly others. A
    declaration that takes the place of another is refused, unless its line is one of a log. Clock times without a zone
    are read in ``tz`` (default: the store's), relative moments of sources without a day of publication from
    ``reference`` (a day or moment in ISO 8601); ``midnights`` says whether 00:00 is the day or the time (the day, with
    a warning, unless it is said); a stance is coded by ``coder`` where the line does not say who coded it. What is
    recorded, retracted or redacted already is skipped. The export of a log comes into an empty store with its stamps;
    into another, without what was redacted in it and what is about that. Memory grows with the number of speakers and
    topics, not with that of lines.

    With ``batch``, every so many lines are recorded for good. An import that was stopped, by whatever, is gone on with
    by importing the file again: what is recorded is skipped. A replay and a dry run are never cut into batches. In a
    dry run ``look`` is called with what would be recorded, before that is taken back, and may read the store; a replay
    is not looked at.

    ``progress`` is called every hundred lines, and before and after each transaction is closed. What it raises stops
    the import.

    Raises DataError with every problem of the file (with ``batch``: of the first batch that has any), each with its
    line; then nothing of it is recorded. A note on the error, or on the KeyboardInterrupt that stopped an import, says
    what is recorded.
    """
    name = name_of(file)
    if reference is not None:
        reference_of(reference, None)
    if name.startswith(("http://", "https://")):
        raise DataError(f"{name} is an address, not a file: download it first (curl -O {name}) and import the file")
    with _source(file, spooled=batch is None) as source:
        counter = LineCounter(name, _number_of_lines(source) if progress else None, progress, batch=batch)
        lines = _lines(source, file_format, name)
        first = next(lines, None)
        if first is None:
            return Imported(0)
        lines = chain([first], lines)
        try:
            if _is_stamped(first.row) and store.head() is None:
                replay = store.trial_replay if dry_run else store.replay
                replayed = replay(counter.through(lines), file=name)
                return Imported(len(replayed.recorded), replayed=True, warnings=replayed.warnings)
            names = Names(store, declare=declare, distinct=distinct)
            reading = Reading(tz or store.tz, coder, midnights, reference, names.resolve)
            record = partial(partial(store.trial, look=look) if dry_run else store.append, rereading=Rereading())
            return _Import(store, names, reading, counter).run(lines, record, None if dry_run else batch)
        except (FlipflopError, KeyboardInterrupt) as stopped:
            counter.add_note(stopped)
            raise


class _Import:
    """One import into a store: the way of every line, and what came of them so far."""

    def __init__(self, store: Store, names: Names, reading: Reading, counter: LineCounter) -> None:
        self.store, self.names, self.reading, self.counter = store, names, reading, counter
        self.redacted = RedactedElsewhere(store)
        self.doubts = Doubts()
        self.skipped = Counter[str]()
        self.idle = 0
        self.idle_told: tuple[str, ...] = ()
        self.midnights = 0

    def run(
        self, lines: Iterator[NumberedRow], record: Callable[[Iterable[Located | Problem]], Appended], size: int | None
    ) -> Imported:
        """Record batch by batch, each in a transaction of its own, and return what was done.

        The store draws the events out of the lines itself, some hundreds at a time: no more are ever in memory.
        """
        recorded = 0
        for first in lines:
            batch = chain([first], islice(lines, size and size - 1))
            with _problems_in_order():
                appended = record(self._events(batch))
            self.counter.keep()
            recorded += len(appended.recorded)
            self.skipped.update(appended.skipped.by_reason())
            self._warn(appended)
        doubts = (f"{self.counter.name}:{told}" for told in self.doubts.told())
        warnings = (*self.names.warnings, *doubts, *self.idle_told, *_of_midnights(self.midnights))
        return Imported(recorded, dict(self.skipped), tuple(self.names.declared), warnings=warnings)

    def _events(self, batch: Iterable[NumberedRow]) -> Iterator[Located | Problem]:
        """Go the way of each line: yield what it has the store record, or what is wrong with it."""
        names, redacted, file = self.names, self.redacted, self.counter.name
        for number, row in self.counter.through(batch):
            # Of what was redacted where the file was written there is nothing to record.
            if is_redacted(row):
                redacted.note(row)
                self.skipped["redacted"] += 1
                continue

            # Understand the line. Names become ids; what is not declared is, where that was asked for.
            before = len(names.declared)
            problems: list[Problem] = []
            events = self._understood(row, number, problems)

            # What was made up comes before what needs it.
            if len(names.declared) > before:
                yield from (Located(made, file, number) for made in names.declared[before:])

            # Hand on what the line says; the store skips what it knows already.
            for event in events:
                self.midnights += _is_midnight(event, row)
                if self._is_handed_on(event, row, number, problems):
                    yield Located(event, file, number, _is_typed(event, row))
            yield from (problem.at(file, number) for problem in problems)

    def _understood(self, row: Row | Problem, number: int, problems: list[Problem]) -> tuple[Event, ...]:
        """Return the events on a line, or add what is wrong with it."""
        problems += self.doubts.of_row(row, number)
        if problems:
            return ()
        self.names.proposition = _taken_proposition(row)
        try:
            return understood(row, self.reading)
        except DataError as error:
            problems += error.problems
            return ()

    def _is_handed_on(self, event: Event, row: Row | Problem, number: int, problems: list[Problem]) -> bool:
        """Take note of an event, and tell whether the store gets it; add what is wrong with a declaration."""
        if isinstance(event, Speaker | Topic):
            try:
                if not _is_stamped(row) and self._is_declared(event):
                    return False
            except DataError as error:
                if self._is_recorded(event):
                    return True  # the store skips it, and what it was mended to since stands
                problems += error.problems
                return False
            self.names.learn(event)
        elif self.redacted.ids and self.redacted.is_needed_by(event):
            self._leave_out(event, number)
            return False
        elif type(event) is Statement:
            self.doubts.of_statement(event, number)
        return True

    def _is_declared(self, event: Speaker | Topic) -> bool:
        """Tell whether the same is declared in other words. Raises DataError where it takes somebody's place."""
        standing = self.names.standing(event)
        if standing == event or not means_the_same(event, standing):
            return False
        self.skipped["known"] += 1
        return True

    def _is_recorded(self, event: Event) -> bool:
        with suppress(StoreError):
            return self.store.get(event.hash).id == event.hash
        return False

    def _leave_out(self, event: Event, number: int) -> None:
        self.skipped["about what was redacted"] += 1
        if isinstance(event, Statement):
            self.names.warnings.append(
                f"{self.counter.name}:{number}: this statement responds to one that was redacted, and is left out"
            )

    def _warn(self, appended: Appended) -> None:
        """Pass on what the store warns of; of judgements without effect in one sentence, however many batches."""
        warnings = [*appended.warnings]
        if appended.idle:
            told = warnings.pop()
            self.idle += appended.idle
            self.idle_told = (told if self.idle == appended.idle else in_short(self.idle),)
        self.names.warnings += warnings


def _lines(source: File, file_format: str | None, name: str) -> Iterator[NumberedRow]:
    """Read line after line. Where the file cannot be read further, the reason comes as the last one.

    Raises DataError where it cannot be read at all.
    """
    rows = rows_of(source, file_format=file_format, name=name)
    yield from islice(rows, 1)
    try:
        yield from rows
    except DataError as error:
        for problem in error.problems:
            yield NumberedRow(problem.line or 0, problem)


def _is_midnight(event: Event, row: Row | Problem) -> bool:
    """Tell whether a line gave a midnight as words, so that somebody has to say what it means."""
    said = row.get("said") if isinstance(row, dict) else None
    return isinstance(event, Statement) and isinstance(said, str) and MIDNIGHT in event.said.warnings


def _is_typed(event: Event, row: Row | Problem) -> bool:
    """Tell whether a line gave a moment as people type it, so that another version may read it otherwise."""
    if type(row) is not dict:
        return False
    if type(event) is Statement:
        return type(row.get("said")) is str
    return type(event) is SpeaksFor and str in (type(row.get("since")), type(row.get("until")))


def _of_midnights(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    said = f"{counted(number, 'statement')} of midnight {'was' if number == 1 else 'were'} taken as of the day"
    return (f"{said}: import with --days where that is right, with --times where the time is meant",)


def _is_stamped(row: Row | Problem) -> bool:
    """Tell whether a line is one of a log export."""
    return isinstance(row, dict) and row.get("chain") is not None


def _taken_proposition(row: Row | Problem) -> str | None:
    """Take the proposition of its topic out of a statement or coding, which has no such field; None where none is."""
    if type(row) is not dict or "proposition" not in row or row.get("event") not in ("statement", "coding"):
        return None
    given = row.pop("proposition")
    return given if isinstance(given, str) and given.strip() else None


@contextmanager
def _problems_in_order() -> Iterator[None]:
    """Raise what is wrong with any of the events in the order of the lines."""
    try:
        yield
    except DataError as error:
        raise DataError(sorted(error.problems, key=lambda problem: problem.line or 0)) from None


@contextmanager
def _source(file: File, *, spooled: bool) -> Iterator[File]:
    """Give a file to read from; what can be read only once is read before anything else waits for it.

    A transaction keeps other writers out, so it must not wait for a network. Batches are short, and may be endless.
    """
    if not spooled or (isinstance(file, str | Path) and (Path(file).is_file() or not Path(file).exists())):
        yield file
        return
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(_IN_MEMORY) as spool:
        with opened(file) as stream:
            copy_to(spool, stream, name_of(file))
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
