"""From frames to figure data: what stands in which lane, in which zone, and which stretch of time to show first."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from flipflop.figures.choice import chosen
from flipflop.figures.data import (
    Arc,
    Block,
    Conflict,
    FigureData,
    Lane,
    Lanes,
    Rows,
    Step,
    Stranded,
    mark_key,
)
from flipflop.figures.judged import FLIPS, told_conflicts, told_reversals
from flipflop.figures.marks import coverage, gap_of, mark_of, moment_of, names
from flipflop.figures.rows import read_conflicts, read_positions, read_reversals
from flipflop.figures.view import first_view, whole_view
from flipflop.figures.zone import axis_words, drawn_zone, in_zone
from flipflop.records.names import counted_order
from flipflop.text.positions import side_words, standing_words
from flipflop.text.rulings import NO_CONFLICT, UNJUDGED, change_label, change_sentence, conflict_words
from flipflop.when.telling import day_words, last_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    import pandas as pd

    from flipflop.figures.data import Mark
    from flipflop.figures.rows import FrameRow

_EMPTY = datetime(2000, 1, 1, tzinfo=UTC)


def figure_data(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    as_of: datetime | None = None,
    lanes: str = "speaker",
    rows: str = "stance",
) -> FigureData:
    """Return what a timeline of these frames says: a block per topic, those with changes first, then by title.

    With ``lanes="topic"`` there is a block per speaker, with a lane per topic. ``rows`` says how a lane is laid out.
    ``as_of`` is the moment up to which the record was kept; by default the record ends with its last statement.
    Raises DataError for a missing column, a row without a moment, an unknown zone or choice.
    """
    tz, zone = drawn_zone(tz)
    held = read_positions(positions)
    record = _Record(held, zone, tz, as_of, chosen(lanes, Lanes, "lanes"), chosen(rows, Rows, "rows"))
    reversals = told_reversals(reversals)
    found, conflicts = read_reversals(reversals), told_conflicts(conflicts, reversals, positions)
    changes, against = record.by_block(found), record.by_block(_against(read_conflicts(conflicts)))
    blocks = [
        record.block(own, changes.get(name, []), against.get(name, [])) for name, own in record.by_block(held).items()
    ]
    blocks.sort(key=_rank)
    starts = [block.whole.start for block in blocks] or [_EMPTY]
    ends = [block.whole.end for block in blocks] or [_EMPTY]
    return FigureData(tz, axis_words(tz, min(starts), max(ends)), record.as_of, tuple(blocks))


class _Record:
    """The whole record, in one zone: what blocks refer to outside themselves."""

    def __init__(
        self, held: list[FrameRow], zone: tzinfo, tz: str, kept: datetime | None, lanes: Lanes, rows: Rows
    ) -> None:
        self.zone, self.tz, self.lanes, self.rows = zone, tz, lanes, rows
        moments = [moment_of(row) for row in held]
        self.as_of = day_words(kept, tz) if kept and held else last_date(moments, tz)
        self.names = names(held, "speaker", "speaker_name")
        self.topics = names(held, "topic", "topic_title")
        self.kinds = {row.text("topic"): row.text("topic_kind") for row in held}
        self.sides = {(row.text("topic"), row.text("statement_id")): row.sign or 0 for row in held}
        self.everything = _marks(held, self) if lanes is Lanes.TOPIC else []  # blocks of people share their time

    def by_block(self, rows: Iterable[FrameRow]) -> dict[str, list[FrameRow]]:
        """Rows by the topic of their block or, with a lane per topic, by its speaker."""
        groups: dict[str, list[FrameRow]] = {}
        for row in rows:
            groups.setdefault(row.text("topic" if self.lanes is Lanes.SPEAKER else "speaker"), []).append(row)
        return groups

    def block(self, rows: list[FrameRow], changes: list[FrameRow], against: list[FrameRow]) -> Block:
        marks = _marks(rows, self)
        own, lanes = {mark.key: mark for mark in marks}, self.own_lanes(rows)
        arcs = tuple(_arcs(changes, own, lanes, self))
        whole = whole_view(self.everything or marks)
        return Block(
            **self._heading(rows),
            lanes=lanes,
            marks=tuple(marks),
            steps=tuple(_steps(marks)),
            arcs=arcs,
            stranded=tuple(_stranded(against, own, self)),
            conflicts=tuple(_conflicts(against, self)),
            coverage=coverage(marks, self.tz),
            view=first_view(marks, arcs, whole),
            whole=whole,
            rows=self.rows,
        )

    def own_lanes(self, rows: Iterable[FrameRow]) -> tuple[Lane, ...]:
        """The lanes of a block, by name."""
        if self.lanes is Lanes.SPEAKER:
            here = {row.text("speaker") for row in rows}
            return tuple(Lane(speaker, name) for speaker, name in self.names.items() if speaker in here)
        of = {row.text("topic"): row.text("speaker") for row in rows}
        return tuple(Lane(of[topic], title, topic) for topic, title in self.topics.items() if topic in of)

    def _heading(self, rows: list[FrameRow]) -> dict[str, str]:
        kinds = {row.text("topic_kind") for row in rows}
        if self.lanes is Lanes.TOPIC:
            speaker, kind = rows[0].text("speaker"), kinds.pop() if len(kinds) == 1 else ""
            title = self.names[speaker]
            return {"topic": "", "title": title, "proposition": "", "topic_kind": kind, "speaker": speaker}
        topic = rows[0].text("topic")
        title = rows[0].text("topic_title") or topic
        proposition = rows[0].text("proposition") or title
        return {"topic": topic, "title": title, "proposition": proposition, "topic_kind": rows[0].text("topic_kind")}

    def lane(self, row: FrameRow) -> str:
        """The lane of a row."""
        return row.text(self.lanes)


def _rank(block: Block) -> tuple[int, tuple[tuple[int, str], ...], str]:
    """Put pairs on opposite sides before other ones, these before none; then by title."""
    kinds = {arc.kind for arc in block.arcs}
    rank = 0 if kinds & {*FLIPS} else 1 if kinds else 2
    return rank, counted_order(block.title), block.topic or block.speaker


def _marks(rows: Iterable[FrameRow], record: _Record) -> list[Mark]:
    """Return one mark a row, ordered by moment, speaker, id and lane, whatever the order of the frame."""
    marks = [mark_of(row, record.zone, record.tz, record.lane(row), record.names) for row in rows]
    return sorted(marks, key=lambda mark: (mark.start, mark.end, mark.speaker, mark.statement_id, mark.lane))


def _steps(marks: Iterable[Mark]) -> Iterable[Step]:
    """Link each position to the speaker's next one, where the order of the two is certain."""
    by_lane: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.look not in ("unclear", "disputed"):
            by_lane.setdefault(mark.lane, []).append(mark)
    for lane, own in sorted(by_lane.items()):
        for earlier, later in pairwise(own):
            if earlier.end <= later.start:
                yield Step(earlier.speaker, earlier.statement_id, later.statement_id, lane)


def _arcs(rows: Iterable[FrameRow], own: Mapping[str, Mark], lanes: Sequence[Lane], record: _Record) -> Iterable[Arc]:
    """Return the changes between marks of this block, by name of the lane and then by moment."""
    pairs = [(*_pair(row, own, record), row) for row in rows]
    known = [(earlier, later, row) for earlier, later, row in pairs if earlier is not None and later is not None]
    place = {lane.key: number for number, lane in enumerate(lanes)}
    for earlier, later, row in sorted(known, key=lambda pair: (place[pair[0].lane], pair[0].start, pair[1].start)):
        kind, ruling, gap = row.text("kind"), row.text("ruling"), gap_of(row, earlier, later)
        label, sentence = change_label(kind, ruling), change_sentence(kind, gap, ruling)
        ids = (earlier.statement_id, later.statement_id)
        reason = row.text("reason")
        yield Arc(row.text("speaker"), kind, *ids, gap.words, label, sentence, reason, ruling, earlier.lane)


def _pair(row: FrameRow, own: Mapping[str, Mark], record: _Record) -> tuple[Mark | None, Mark | None]:
    """Return the marks of a pair, where the block has them."""
    keys = (mark_key(row.text("speaker"), record.lane(row), row.text(name)) for name in ("earlier_id", "later_id"))
    earlier, later = (own.get(key) for key in keys)
    return earlier, later


def _against(conflicts: Iterable[FrameRow]) -> Iterable[FrameRow]:
    """Leave out what was ruled to be no conflict."""
    return (row for row in conflicts if row.text("ruling") not in NO_CONFLICT)


def _stranded(rows: Iterable[FrameRow], own: Mapping[str, Mark], record: _Record) -> Iterable[Stranded]:
    """Return who was on record while another changed position, as far as people ruled that it is so."""
    for row in rows:
        left, since, until = _pair(row, own, record)[0], row.moment("since"), row.moment("until")
        if not _is_stranded(row) or left is None or since is None:
            continue
        kind = record.kinds.get(row.text("topic"), "")
        note = standing_words(left.level, kind, record.as_of if _is_last(left, own.values()) else "")
        yield Stranded(
            row.text("speaker"),
            row.text("other"),
            left.statement_id,
            row.text("later_id"),
            in_zone(since, record.zone),
            None if until is None else in_zone(until, record.zone),
            note,
            left.lane,
        )


def _is_stranded(row: FrameRow) -> bool:
    return row.text("kind") == "stranded_surrogate" and row.text("ruling") not in UNJUDGED


def _is_last(left: Mark, marks: Iterable[Mark]) -> bool:
    """Tell whether no other statement there can be later: of whatever stance, also past the end of a mandate."""
    others = (mark for mark in marks if (mark.speaker, mark.lane) == (left.speaker, left.lane) and mark != left)
    return all(mark.end <= left.start for mark in others)


def _conflicts(rows: Iterable[FrameRow], record: _Record) -> Iterable[Conflict]:
    """Return the pairs of two speakers, but for those that ``_stranded`` tells of."""
    for row in rows:
        if _is_stranded(row):
            continue
        speaker, other, topic = row.text("speaker"), row.text("other"), row.text("topic")
        earlier, later, ruling = row.text("earlier_id"), row.text("later_id"), row.text("ruling")
        name, against = record.names.get(speaker, speaker), record.names.get(other, other)
        side = side_words(record.sides.get((topic, earlier), 0), record.kinds.get(topic, ""))
        words = conflict_words(row.text("kind"), name, against, side, ruling)
        yield Conflict(row.text("kind"), speaker, other, earlier, later, words, row.text("reason"), ruling)
