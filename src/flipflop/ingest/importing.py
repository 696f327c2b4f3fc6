"""Brings a file of events into a store: all of it, or nothing and every reason why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias, TypeVar

from flipflop.errors import DataError, Problem
from flipflop.ingest.names import Names
from flipflop.records import Speaker, Topic
from flipflop.store import Appended, Located, Skipped
from flipflop.text.files import name_of, rows_of, understood
from flipflop.text.rows import Located as LocatedRow, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flipflop.store import Store

    Progress: TypeAlias = Callable[[float | None], None]

_Item = TypeVar("_Item")

File: TypeAlias = "str | Path | IO[bytes]"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or on a dry run would do.

    ``recorded`` is the number of new events, ``skipped`` tells of the others why, ``declared`` are the declarations
    that were made up. ``replayed`` is True where a log export came into an empty store with its stamps.
    """

    recorded: int
    skipped: tuple[Skipped, ...] = ()
    declared: tuple[Speaker | Topic, ...] = ()
    replayed: bool = False
    warnings: tuple[str, ...] = ()

    def skipped_by_reason(self) -> dict[str, int]:
        """Return how many were left out for each reason."""
        return dict(Counter(skipped.why for skipped in self.skipped))


def import_events(
    store: Store,
    file: File,
    *,
    file_format: str | None = None,
    declare: bool = False,
    dry_run: bool = False,
    tz: str | None = None,
    coder: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Record the events of a JSON Lines or CSV file, in one transaction, and return what was done.

    ``file`` is a path or an open binary file; ``file_format`` is "jsonl" or "csv", by default what the name ends in.
    Speakers and topics may be given as ids, names or aliases, known to the store or declared earlier in the file; with
    ``declare``, unknown ones are declared (see ``Names``). Clock times without a zone are read in ``tz`` (default: the
    store's); a stance is coded by ``coder`` (default: the store's name) where the line does not say. What is recorded,
    retracted or redacted already is skipped. The export of a log comes into an empty store with its stamps.
    ``progress`` is called now and then with the share that is done, from 0 to 1, or None where that is not known.

    Raises DataError with every problem of the file, each with its line; then nothing is recorded.
    """
    name = name_of(file)
    if name.startswith(("http://", "https://")):
        raise DataError(f"{name} is an address, not a file: download it first (curl -O {name}) and import the file")
    rows = _told(rows_of(file, file_format=file_format), _number_of_lines(file) if progress else None, progress, 0.0)
    first = next(rows, None)
    if first is None:
        return Imported(0)
    rows = chain([first], rows)
    if store.head() is None and not dry_run and _is_stamped(first):
        return Imported(len(store.replay(rows, file=name).recorded), replayed=True)
    names = Names(store, declare=declare)
    reading = Reading(tz=tz or store.tz, coder=coder or store.by, resolve=names.resolve)
    events, skipped, problems = _understood(rows, names, reading, name)
    appended = _appended(store, _told(iter(events), len(events), progress, 0.5), problems, dry_run=dry_run)
    return Imported(
        len(appended.recorded),
        (*appended.skipped, *skipped),
        tuple(names.declared),
        warnings=tuple(names.warnings),
    )


def _understood(
    rows: Iterable[LocatedRow], names: Names, reading: Reading, name: str
) -> tuple[list[Located], list[Skipped], list[Problem]]:
    """What the lines say (made-up declarations before the line that needs them), what is left out, what is wrong."""
    events: list[Located] = []
    skipped: list[Skipped] = []
    problems: list[Problem] = []
    for number, row in rows:
        if isinstance(row, dict) and row.get("redacted") is True:
            skipped.append(Skipped(str(row.get("hash")), "redacted"))
            continue
        if isinstance(row, dict) and row.get("event") in ("statement", "coding"):
            names.proposition = _text(row.pop("proposition", None))
        declared = len(names.declared)
        line = understood(LocatedRow(number, row), reading, name)
        problems += line.problems
        for event in (*names.declared[declared:], *line.events):
            names.learn(event)
            events.append(Located(event, name, number))
    return events, skipped, problems


def _appended(store: Store, events: Iterator[Located], problems: list[Problem], *, dry_run: bool) -> Appended:
    """Record the events; where there are problems already, only look for those that the store finds."""
    if not problems and not dry_run:
        return store.append(events)
    try:
        appended = store.trial(events)
    except DataError as error:
        problems = [*problems, *error.problems]
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return appended


def _is_stamped(located: LocatedRow) -> bool:
    """Tell whether a line is one of a log export."""
    return isinstance(located.row, dict) and located.row.get("chain") is not None


def _told(items: Iterator[_Item], of: int | None, progress: Progress | None, before: float) -> Iterator[_Item]:
    """Pass items on and tell of the progress: reading is the first half of the way, recording the second."""
    for done, item in enumerate(items, start=1):
        if progress is not None and done % 100 == 0:
            progress(min(1.0, before + done / of / 2) if of else None)
        yield item


def _number_of_lines(file: File) -> int | None:
    """How many lines a file has, None where it can be read only once."""
    if not isinstance(file, str | Path):
        return None
    try:
        with Path(file).open("rb") as stream:
            return sum(1 for _ in stream)
    except OSError:
        return None  # told where it is read


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
