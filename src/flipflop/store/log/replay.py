"""A log export put into an empty store as it was: the same stamps, the same chain, checked line by line."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import DataError, Problem
from flipflop.records.codec import moment_text
from flipflop.records.reading import from_json
from flipflop.records.words import is_hash
from flipflop.store.log import rules
from flipflop.store.log.append import CHUNK, Appender, references
from flipflop.store.model import Appended, StampedLines, Stamps, checked_name
from flipflop.store.sql.columns import micros, moment
from flipflop.store.sql.kinds import ABOUT_KINDS, KIND_CODES
from flipflop.text.rows import stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flipflop.records.codec import Json
    from flipflop.records.events import Event
    from flipflop.store.sql.tables import Tables


class LogLine(NamedTuple):
    """One line of a log export. ``event`` is None where it was redacted; then ``about`` says what it was about.

    So it does of a retraction by slug: of declarations that were redacted nothing else says what they declared.
    """

    number: int
    kind: str
    id: str
    event: Event | None
    about: tuple[str, ...]
    seq: int
    recorded_at: int
    recorded_by: str | None
    chain: bytes


class Replayer(Appender):
    """Like an append, but stamps and chain are those of the lines, and checked instead of made."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables, now=0, long=True)
        self.stamp = 0
        self.clock = StampedLines()
        self.absent: dict[int, LogLine] = {}
        self._targets_now: list[int] = []
        self._unbound = False

    def replay(self, lines: Iterable[LogLine | Problem], file: str | None) -> Appended:
        """Write all lines. Raises DataError with every problem found."""
        source = iter(lines)
        while part := list(islice(source, CHUNK)):
            self._begin()
            self._known = self._find({i for line in part if isinstance(line, LogLine) for i in _mentioned(line)})
            for line in part:
                problem = line if isinstance(line, Problem) else self._fault(line)
                if problem is not None:
                    number = problem.line if isinstance(line, Problem) else line.number
                    self.problems.append(problem._replace(file=file, line=number))
                elif isinstance(line, LogLine) and not self.problems:
                    self._write(line)
        self._check_absent(file)
        self.finish()
        return Appended(Stamps(1, self.ids, self.clock))

    def _fault(self, line: LogLine) -> Problem | None:
        """Return what is wrong with a line, None for nothing. After the first, the chain is not followed further."""
        if self.problems:
            return None
        if line.seq != self.seq + 1:
            return Problem(f"is {line.seq}, but {self.seq + 1} comes next: a line is missing, or out of place", "seq")
        if line.recorded_at < self.stamp:
            return Problem("lies before that of the line above", "recorded_at")
        missing = [i for i in _mentioned(line) if i != line.id and i not in self._known]
        if not (missing and line.kind in ABOUT_KINDS) and not self._follows(line):
            return Problem("does not follow from the lines so far: this line or its stamps were changed", "chain")
        if missing:
            return Problem(f"mentions {missing[0]}, which no line above records")
        return Problem("is on a line above already", "hash") if line.id in self._known else None

    def _follows(self, line: LogLine) -> bool:
        """Tell whether the chain holds at a line: as it is made today, or as by version 2 and earlier."""
        stamp = (line.seq, line.recorded_at, bytes.fromhex(line.id), line.kind)
        self._targets_now = self._meant(line) if line.kind in ABOUT_KINDS else []
        self._unbound = line.chain == rules.link(self.chain, *stamp, by=line.recorded_by)
        if self._unbound or line.kind not in ABOUT_KINDS:
            return self._unbound
        about = super()._about(line.kind, self._targets_now)
        return line.chain == rules.link(self.chain, *stamp, about, line.recorded_by)

    def _meant(self, line: LogLine) -> list[int]:
        """Return the seqs of what a line is about."""
        given = sorted(self._known[target][0] for target in line.about)
        if line.event is None:
            return given
        found = super()._targets(line.event)
        unsaid = [seq for seq in given if seq in self.absent and self.absent[seq].kind in ("speaker", "topic")]
        return sorted({*found, *unsaid})

    def _targets(self, event: Event) -> list[int]:  # noqa: ARG002 -- of the line whose chain was just followed
        return self._targets_now

    def _about(self, kind: str, targets: list[int]) -> bytes | None:
        return None if self._unbound else super()._about(kind, targets)

    def _write(self, line: LogLine) -> None:
        self.stamp = line.recorded_at
        self.recorded_at = moment(line.recorded_at)
        if line.recorded_by != self.by:
            self.by, self._by_key = line.recorded_by, None
        if line.event is not None:
            self._record(line.event, line.id)
        else:
            self._record_absent(line)
        self.clock.add(line.recorded_at, line.recorded_by)

    def _record_absent(self, line: LogLine) -> None:
        """Stamp an event whose body was redacted."""
        targets = self._targets_now
        if targets:
            self._settle_before()
        self._stamp(line.kind, line.id, self._about(line.kind, targets) if targets else None)
        self.absent[line.seq] = line
        if targets:
            self._note_about(line.kind, targets, None)

    def _check_absent(self, file: str | None) -> None:
        """What is missing must have been redacted: itself, or what it corrected."""
        self.flush()
        for seq, line in self.absent.items():
            corrected = {self._find([i])[i][0] for i in line.about} if line.kind == "correction" else set()
            if seq not in self.redacted and not corrected & self.redacted:
                problem = Problem(f"says that {line.id} was redacted, but no redaction names it", "redacted")
                self.problems.append(problem._replace(file=file, line=line.number))


def lines_of(
    rows: Iterable[Mapping[str, Json] | tuple[int, Mapping[str, Json] | Problem]],
) -> Iterator[LogLine | Problem]:
    """Read the objects of a log export; what is wrong with one comes in its place."""
    for place, row in enumerate(rows, start=1):
        number, body = row if isinstance(row, tuple) else (place, row)
        if isinstance(body, Problem):
            yield body._replace(line=number)
            continue
        try:
            yield _line(number, dict(body))
        except DataError as error:
            yield from (problem._replace(line=number) for problem in error.problems)


def _line(number: int, row: dict[str, Json]) -> LogLine:
    stamp = stamp_of(row)
    if stamp is None:
        raise DataError(Problem("has no stamps: this is no log export; import it instead", "seq"))
    recorded_at, chain = _clock(stamp.recorded_at), bytes.fromhex(_digits(stamp.chain, "chain"))
    stamps = (stamp.seq, recorded_at, checked_name(stamp.recorded_by), chain)
    about = row.get("about") or []
    if not isinstance(about, list):
        raise DataError(Problem("must be a list of ids", "about"))
    targets = tuple(_digits(target, "about") for target in about)
    if row.get("redacted") is not True:
        event = from_json(row)
        return LogLine(number, event.kind_of_event, event.hash, event, targets, *stamps)
    kind = row.get("event")
    if not isinstance(kind, str) or kind not in KIND_CODES:
        raise DataError(Problem(f"{kind!r} is not one of {', '.join(KIND_CODES)}", "event"))
    return LogLine(number, kind, _digits(row.get("hash"), "hash"), None, targets, *stamps)


def _digits(value: Json, field: str) -> str:
    if not isinstance(value, str) or not is_hash(value):
        raise DataError(Problem(f"must be 32 hex digits, not {value!r}", field))
    return value


def _clock(text: str) -> int:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or moment_text(moment(micros(at))) != text:
        raise DataError(Problem(f"must be a moment as a log export writes it, not {text!r}", "recorded_at"))
    return micros(at)


def _mentioned(line: LogLine) -> list[str]:
    """The id of a line, and all ids that it mentions."""
    return [line.id, *line.about, *(filter(is_hash, references(line.event)) if line.event is not None else ())]
