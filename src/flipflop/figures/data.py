"""What a figure says, before anything is drawn: frozen, comparable, testable as JSON. Knows no pixel and no colour."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


_OPEN_BEFORE: Final = 3
_OPEN_AFTER: Final = 9997


@dataclass(frozen=True, slots=True)
class Lane:
    """One speaker on one topic; lanes stand in the order of names."""

    speaker: str
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement on one topic. ``start`` and ``end`` bound the moment, half open, in the figure's zone.

    ``look`` is the stance, or ``disputed``; ``level`` is the side of the lane: +1 for, -1 against, 0 neither.
    """

    statement_id: str
    speaker: str
    look: str
    level: int
    start: datetime
    end: datetime
    when: str
    text: str
    form: str = ""
    attribution: str = ""
    on_behalf_of: str = ""
    source_url: str = ""
    source_title: str = ""
    source_outlet: str = ""
    coder: str = ""
    confidence: float | None = None
    needs_review: bool = False

    @property
    def bounds(self) -> tuple[datetime, ...]:
        """The bounds that are known: a moment may be open to one side, and then reaches the edge of the calendar."""
        known_start = () if self.start.year < _OPEN_BEFORE else (self.start,)
        known_end = () if self.end.year > _OPEN_AFTER else (self.end,)
        return known_start + known_end

    @property
    def middle(self) -> datetime:
        """Where the symbol stands: the middle of the moment, or its one known bound."""
        first, last = (self.bounds or (self.start,))[0], (self.bounds or (self.start,))[-1]
        return first + (last - first) / 2


@dataclass(frozen=True, slots=True)
class Step:
    """Two positions of one speaker, next to each other in time and in an order that is certain."""

    speaker: str
    earlier_id: str
    later_id: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A change from an earlier to a later mark. ``label`` says how it stands: candidate, or what was ruled.

    ``reason`` is the detector's sentence; it is not drawn, for its moments need not be in the figure's zone.
    """

    speaker: str
    kind: str
    earlier_id: str
    later_id: str
    gap: str
    label: str
    sentence: str
    reason: str = ""
    ruling: str = ""


@dataclass(frozen=True, slots=True)
class Stranded:
    """A statement left standing by a change of ``other``, from ``since`` until ``until`` (None: the record ends)."""

    speaker: str
    other: str
    statement_id: str
    by_id: str
    since: datetime
    until: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of two speakers that stand against each other, as a sentence."""

    kind: str
    speaker: str
    other: str
    earlier_id: str
    later_id: str
    sentence: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time on the axis, in the figure's zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """One topic: everything the record holds on one proposition, and the stretch of time to look at first."""

    topic: str
    title: str
    proposition: str
    topic_kind: str
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    steps: tuple[Step, ...]
    arcs: tuple[Arc, ...]
    stranded: tuple[Stranded, ...]
    conflicts: tuple[Conflict, ...]
    coverage: str
    view: Span
    whole: Span


@dataclass(frozen=True, slots=True)
class FigureData:
    """All blocks, in one zone that ``axis`` names. ``as_of`` is the day on which the record ends, in words."""

    zone: str
    axis: str
    as_of: str
    blocks: tuple[Block, ...]

    def only(self, number: int) -> FigureData:
        """Return the same with a single block."""
        return replace(self, blocks=(self.blocks[number],))

    def to_json(self) -> Json:
        """Return plain lists and objects; moments as ISO 8601 with offset."""
        return plain(asdict(self))


def plain(value: object) -> Json:
    """Return the value as JSON has it: moments as ISO 8601, tuples as lists."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case datetime() | date():
            return value.isoformat()
        case dict():
            mapping: Mapping[str, object] = value
            return {key: plain(item) for key, item in mapping.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    raise TypeError(f"no JSON for {type(value).__name__}")
