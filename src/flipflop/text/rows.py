"""One line of a file as one object, and that object as events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from msgspec import to_builtins

from flipflop.errors import DataError, Problem
from flipflop.records.codec import RECORDED_BY, STAMPS
from flipflop.records.quick import plan, quickly
from flipflop.records.reading import from_json
from flipflop.when import When

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.records.codec import Json
    from flipflop.records.events import Event
    from flipflop.when.moment import Midnights

Row: TypeAlias = "dict[str, Json]"

_OF_A_CODING = ("topic", "stance", "coder", "confidence", "rationale", "coded_at", "qualifier")
_STATEMENT = plan("statement", _OF_A_CODING)


class NumberedRow(NamedTuple):
    """A line of a file, not yet understood: its number from 1, and the object on it or what is wrong with it."""

    number: int
    row: Row | Problem


@dataclass(frozen=True, slots=True)
class LogStamp:
    """What a log export says of an event: its place, the moment of recording (as written), by whom, and the chain."""

    seq: int
    recorded_at: str
    recorded_by: str | None
    chain: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How lines are understood: the zone of clock times without one, who coded unless said, what midnights are.

    ``reference`` is what relative moments count from where the source has no day of publication; ``resolve`` turns
    names into ids.
    """

    tz: str | None = None
    coder: str | None = None
    midnights: Midnights | None = None
    reference: str | None = None
    resolve: Callable[[str, str], str] | None = field(default=None, compare=False)

    def events(self, row: Row) -> tuple[Event, ...]:
        """Return the events on one line: one, or a statement and its coding where it carries topic and stance."""
        if row.get("event") == "coding" and row.get("coder") is None and self.coder is not None:
            row = {**row, "coder": self.coder}
        if self.reference is not None and row.get("event") == "statement":
            row = self._counted(row, self.reference)
        if row.get("event") != "statement" or (row.get("topic") is None and row.get("stance") is None):
            return (self._event(row),)
        how = (self.tz, self.midnights)
        statement = quickly(row, how, self.resolve, _STATEMENT) or self._event(
            {key: value for key, value in row.items() if key not in _OF_A_CODING}
        )
        coding: Row = {"event": "coding", "statement": statement.hash, "coder": self.coder}
        coding |= {key: row[key] for key in _OF_A_CODING if row.get(key) is not None}
        return statement, self._event(coding)

    def _event(self, row: Row) -> Event:
        return from_json(row, tz=self.tz, midnights=self.midnights, resolve=self.resolve)

    def _counted(self, row: Row, reference: str) -> Row:
        """Return the row with its moment counted from the reference; as it is where that gives none."""
        said, source = row.get("said"), row.get("source")
        if not isinstance(said, str) or (isinstance(source, dict) and source.get("published") is not None):
            return row
        try:
            moment = When.parse(said, reference=reference, tz=self.tz, midnights=self.midnights)
        except DataError:
            return row  # told where the moment is read
        return {**row, "said": cast("Json", to_builtins(moment))}


def stamp_of(row: Row) -> LogStamp | None:
    """Return the stamp of a log export's line, None where the line carries none; DataError where it is no stamp."""
    if row.keys().isdisjoint(STAMPS):
        return None
    given = [key for key in STAMPS if row.get(key) is not None]
    if not given:
        return None
    if len(given) < len(STAMPS):
        raise DataError(Problem(f"a line of a log has all of {', '.join(STAMPS)}, or none of them", given[0]))
    seq, recorded_at, chain = (row[key] for key in STAMPS)
    if isinstance(seq, str) and seq.isdecimal():
        seq = int(seq)
    if isinstance(seq, bool) or not isinstance(seq, int) or seq < 1:
        raise DataError(Problem(f"must be a whole number from 1, not {seq!r}", "seq"))
    by = row.get(RECORDED_BY)
    return LogStamp(seq, str(recorded_at), None if by is None else str(by), str(chain))
