"""What a figure says, before anything is drawn: frozen, comparable, testable as JSON. Knows no pixel and no colour."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from flipflop.figures.zone import between
from flipflop.records.codec import Json
from flipflop.text.quotations import is_hollow, notes, quotation
from flipflop.text.sources import source_words
from flipflop.text.tally import tally_of
from flipflop.when.telling import FIRST_KNOWN, LAST_KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flipflop.text.tally import Tally

UNTITLED: Final = "Who said what, and when"
"""What a figure, page or site is called that has no title and no single proposition."""


class Lanes(StrEnum):
    """What has a lane of its own: speakers, in a block for each topic, or topics, in a block for each speaker."""

    SPEAKER = "speaker"
    TOPIC = "topic"


class Rows(StrEnum):
    """How a lane is laid out: for above and against below its line, or everything on the line where there is room."""

    STANCE = "stance"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Lane:
    """One speaker on the topic of the block or, where ``topic`` is given, one topic of the block's speaker.

    Lanes stand in the order of their names.
    """

    speaker: str
    name: str
    topic: str = ""

    @property
    def key(self) -> str:
        """What ``lane`` of a mark, step, arc or of something left standing refers to."""
        return self.topic or self.speaker


class Bounded:
    """A statement with its moment: half open, in the figure's zone; ``tz`` is where it was given."""

    __slots__ = ()
    statement_id: str
    start: datetime
    end: datetime
    precision: str
    approximate: bool
    tz: str | None

    @property
    def bounds(self) -> tuple[datetime, ...]:
        """The bounds that are known: a moment may be open to one side, and then reaches the edge of the calendar."""
        known_start = () if self.start < FIRST_KNOWN else (self.start,)
        known_end = () if self.end > LAST_KNOWN else (self.end,)
        return known_start + known_end

    @property
    def middle(self) -> datetime:
        """Where the symbol stands: the middle of the moment, or its one known bound."""
        first, last = (self.bounds or (self.start,))[0], (self.bounds or (self.start,))[-1]
        return between(first, last)


@dataclass(frozen=True, slots=True)
class Mark(Bounded):
    """One statement on one topic. ``start`` and ``end`` bound the moment, half open, in the figure's zone.

    ``look`` is the stance, or ``disputed``, and ``word`` says it; ``level`` is the side of the lane: +1 for, -1
    against, 0 neither. ``when`` is the moment in words, ``brief`` in short ones; ``tz`` is where it was given, None
    where nobody knows.
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
    lane: str = ""
    word: str = ""
    precision: str = ""
    tz: str | None = None
    approximate: bool = False
    brief: str = ""

    @property
    def key(self) -> str:
        """What tells the marks of a block apart: one statement may stand in several lanes of topics."""
        return mark_key(self.speaker, self.lane, self.statement_id)

    @property
    def hollow(self) -> bool:
        """Whether the words are not the speaker's own."""
        return is_hollow(self.form)

    @property
    def quoted(self) -> str:
        """The words, in quotation marks where they are the speaker's own."""
        return quotation(self.text, self.form)

    @property
    def source(self) -> str:
        """The source in words, or that none is recorded."""
        return source_words(self.source_url, self.source_outlet, self.source_title)

    def notes(self, shown: Callable[[str], str] = str) -> list[str]:
        """Return what a reader must know beside the words. See ``flipflop.text.quotations.notes``."""
        return notes(self.form, self.on_behalf_of, self.attribution, again=self.needs_review, shown=shown)


@dataclass(frozen=True, slots=True)
class Step:
    """Two positions of one speaker, next to each other in time and in an order that is certain."""

    speaker: str
    earlier_id: str
    later_id: str
    lane: str = ""

    @property
    def keys(self) -> tuple[str, str]:
        """The keys of both marks."""
        return _keys(self.speaker, self.lane, self.earlier_id, self.later_id)


@dataclass(frozen=True, slots=True)
class Arc:
    """Two marks of one speaker, an earlier and a later one. ``label`` says how they stand: what was ruled, if anything.

    ``ruling`` is the one that is told: see ``flipflop.text.rulings.UNJUDGED`` for what stands for none. ``reason`` is
    the detector's sentence; it is not drawn, for its moments need not be in the figure's zone.
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
    lane: str = ""

    @property
    def keys(self) -> tuple[str, str]:
        """The keys of both marks."""
        return _keys(self.speaker, self.lane, self.earlier_id, self.later_id)


@dataclass(frozen=True, slots=True)
class Stranded:
    """A statement on record while ``other`` changed position, from ``since`` until ``until`` (None: the record ends).

    Only where people ruled so.
    """

    speaker: str
    other: str
    statement_id: str
    by_id: str
    since: datetime
    until: datetime | None
    note: str
    lane: str = ""

    @property
    def key(self) -> str:
        """The key of the mark that was on record."""
        return mark_key(self.speaker, self.lane, self.statement_id)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of two speakers, as a sentence that says how they stand. ``ruling`` as of an arc."""

    kind: str
    speaker: str
    other: str
    earlier_id: str
    later_id: str
    sentence: str
    reason: str = ""
    ruling: str = ""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of time on the axis, in the figure's zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """Everything the record holds on one proposition or, with a lane per topic, of one speaker; what to look at first.

    A block of one speaker has no ``topic`` and no ``proposition``, and a ``topic_kind`` only where all lanes share it.
    """

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
    view: TimeSpan
    whole: TimeSpan
    speaker: str = ""
    rows: str = Rows.STANCE
    crowd: TimeSpan | None = None

    @property
    def views(self) -> dict[str, TimeSpan]:
        """The stretches that a reader is offered, the one seen first as ``view``; ``crowd`` is a close look at one."""
        views = {"view": self.view}
        if self.whole != self.view:
            views["whole"] = self.whole
        if self.crowd is not None:
            views["crowd"] = self.crowd
        return views

    @property
    def heading(self) -> str:
        """The proposition, or the name of the block's speaker."""
        return self.proposition or self.title

    @property
    def names(self) -> dict[str, str]:
        """The names of the block's speakers by slug, in the order of names."""
        return {self.speaker: self.title} if self.speaker else {lane.speaker: lane.name for lane in self.lanes}

    @property
    def tally(self) -> Tally:
        """How its pairs of one speaker each stand."""
        return tally_of((arc.kind, arc.ruling) for arc in self.arcs)

    @property
    def joins(self) -> tuple[Conflict, ...]:
        """The accounts that differ, to be joined by a plain line: it has no direction, for there is no culprit."""
        here = {mark.key for mark in self.marks}
        return tuple(
            item for item in self.conflicts
            if item.kind == "conflicting_accounts" and {item.earlier_id, item.later_id} <= here
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureData:
    """All blocks, in one zone that ``axis`` names. ``as_of`` is the day on which the record ends, in words."""

    zone: str
    axis: str
    as_of: str
    blocks: tuple[Block, ...]

    @property
    def headline(self) -> str:
        """What a figure or page of all blocks is called that was given no title."""
        return self.blocks[0].heading if len(self.blocks) == 1 else UNTITLED

    def only(self, number: int) -> FigureData:
        """Return the same with a single block."""
        return replace(self, blocks=(self.blocks[number],))

    def to_json(self) -> Json:
        """Return plain lists and objects; moments as ISO 8601 with offset."""
        return plain(asdict(self))


def mark_key(speaker: str, lane: str, statement_id: str) -> str:
    """Return the id of the statement, with the topic before it where lanes are topics."""
    return statement_id if lane in ("", speaker) else f"{lane} {statement_id}"


def _keys(speaker: str, lane: str, earlier_id: str, later_id: str) -> tuple[str, str]:
    return mark_key(speaker, lane, earlier_id), mark_key(speaker, lane, later_id)


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
