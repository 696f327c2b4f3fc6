"""What the oracle of detection reads and gives: plain records and rows. Knows no rule and nothing of the product.

Moments and clocks are whole numbers; the moment of a statement is half open, `[said_from, said_until)`, never empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any, TypeVar

Row = TypeVar("Row", "Position", "Reversal", "Conflict")

SIGNS = {"strongly_oppose": -1, "oppose": -1, "mixed": 0, "support": 1, "strongly_support": 1}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Evidence; `corrected_at` is the store clock of the last correction of its words or moment."""

    id: str
    speaker: str
    said_from: int
    said_until: int
    on_behalf_of: str | None = None
    recorded_at: int = 0
    corrected_at: int | None = None


@dataclass(frozen=True, kw_only=True)
class Coding:
    """A judgement of one stance; a coder whose name begins with "model:" is a model, any other a person."""

    id: str
    statement: str
    topic: str
    stance: str
    coder: str
    qualifier: str | None = None
    confidence: float | None = None
    adjudicates: bool = False
    coded_at: int | None = None
    recorded_at: int = 0
    confirmed_at: int | None = None
    retracted: bool = False

    @property
    def judged_at(self) -> int:
        """Its clock, where absent the stamp (1)."""
        return self.recorded_at if self.coded_at is None else self.coded_at


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A heading; `mended_at` is the store clock of the last correction of its proposition."""

    id: str
    kind: str = "proposal"
    mended_at: int | None = None


@dataclass(frozen=True)
class Bound:
    """The first or last time of a relation, itself with a width; `sharp`: to the day or finer, and not "about"."""

    start: int
    end: int
    sharp: bool = True


@dataclass(frozen=True, kw_only=True)
class SpeaksFor:
    """A direct relation; `topics` is None for all; it has no source where `source` is None."""

    surrogate: str
    principal: str
    since: Bound | None = None
    until: Bound | None = None
    topics: frozenset[str] | None = None
    source: str | None = "https://example.org"


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a person decided about a pair, of one speaker or (conflicts) of two."""

    id: str
    earlier: str
    later: str
    topic: str
    outcome: str
    degree: str | None = None
    set_aside: str | None = None
    decided_at: int | None = None
    recorded_at: int = 0
    confirmed_at: int | None = None

    @property
    def judged_at(self) -> int:
        """Its clock, where absent the stamp (11)."""
        return self.recorded_at if self.decided_at is None else self.decided_at


@dataclass(frozen=True, kw_only=True)
class History:
    """All that one run of detection reads; `pair_limit` is the 1,000 of rule 20."""

    statements: tuple[Statement, ...]
    codings: tuple[Coding, ...]
    topics: tuple[Topic, ...]
    relations: tuple[SpeaksFor, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    pair_limit: int = 1000


@dataclass(frozen=True, kw_only=True)
class Position:
    """One row per statement and topic; the last two columns are the statement's, for rulings to be compared with."""

    speaker: str
    topic: str
    statement_id: str
    stance: str
    sign: int | None
    said_from: int
    said_until: int
    coder: str
    confidence: float | None
    disputed: bool
    qualifier: str | None
    on_behalf_of: str | None
    needs_review: bool
    recorded_at: int
    corrected_at: int | None

    @property
    def side(self) -> int | None:
        """The sign of a committed position, else None."""
        return self.sign or None

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands in the order of rule 8."""
        return self.said_from, self.said_until, self.statement_id


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """One row of one speaker on one topic; `mandate` is on whose behalf the later statement was made."""

    speaker: str
    topic: str
    mandate: str | None
    kind: str
    degree: str | None
    order: str
    earlier_id: str
    later_id: str
    earlier_stance: str
    later_stance: str
    earlier_from: int
    earlier_until: int
    later_from: int
    later_until: int
    gap_min: int
    gap_max: int
    switches: int
    rivals: int | None
    ruling: str | None
    needs_review: bool


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One row of two speakers on one topic."""

    speaker: str
    other: str
    topic: str
    kind: str
    order: str
    earlier_id: str
    later_id: str
    earlier_stance: str
    later_stance: str
    since: int
    until: int | None
    rivals: int | None
    ruling: str | None
    needs_review: bool


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The rows in the one order in which two lists of them are compared: column by column, none before any."""
    return sorted(rows, key=_columns)


def _columns(row: Position | Reversal | Conflict) -> tuple[tuple[bool, Any], ...]:  # columns of several types
    return tuple((value is not None, value) for value in astuple(row))


def before(earlier: Position, later: Position) -> bool:
    """Whether the order of the two is certain: the one closed before the other began."""
    return earlier.said_until <= later.said_from


def overlap(one: Position, other: Position) -> bool:
    """Whether their moments share any time."""
    return one.said_from < other.said_until and other.said_from < one.said_until


def latest(rulings: Iterable[Ruling]) -> Ruling | None:
    """The ruling that counts (11): the latest by its clock, then by id."""
    return max(rulings, key=lambda ruling: (ruling.judged_at, ruling.id), default=None)
