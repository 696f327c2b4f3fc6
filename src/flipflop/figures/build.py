"""From frames to figure data: what stands in which lane, in which zone, and which stretch of time to show first."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from flipflop.errors import WhenError
from flipflop.figures.data import Arc, Block, Conflict, FigureData, Lane, Mark, Step, Stranded
from flipflop.figures.rows import read_conflicts, read_positions, read_reversals
from flipflop.figures.view import first_view, whole_view
from flipflop.figures.words import change_label, change_words, conflict_words, side_words, standing_words
from flipflop.figures.zone import axis_words, in_zone, named_zone
from flipflop.when import format_gap, format_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    import pandas as pd

    from flipflop.figures.rows import Cell

_CLOCK = (None, "second", "minute", "hour", "daypart", "interval")
_EMPTY = datetime(2000, 1, 1, tzinfo=UTC)


def figure_data(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    as_of: datetime | None = None,
) -> FigureData:
    """Return what a timeline of these frames says: a block per topic, those with changes first, then by title.

    ``as_of`` is the moment up to which the record was kept; by default the record ends with its last statement.
    Raises DataError for a missing column, a row without a moment, an unknown zone.
    """
    zone = named_zone(tz)
    rows = read_positions(positions)
    last = in_zone(max((moment for row in rows if (moment := row.moment("said_until"))), default=_EMPTY), zone)
    today = _day(in_zone(as_of, zone) if as_of else last - timedelta(microseconds=1))
    changes, against = _by_topic(read_reversals(reversals)), _by_topic(read_conflicts(conflicts))
    blocks = [
        _block(topic_rows, changes.get(topic, []), against.get(topic, []), zone, tz, today)
        for topic, topic_rows in _by_topic(rows).items()
    ]
    blocks.sort(key=_rank)
    starts = [block.whole.start for block in blocks] or [last]
    ends = [block.whole.end for block in blocks] or [last]
    return FigureData(tz, axis_words(tz, min(starts), max(ends)), today if rows else "", tuple(blocks))


def _block(rows: list[Cell], changes: list[Cell], against: list[Cell], zone: tzinfo, tz: str, as_of: str) -> Block:
    kind = rows[0].text("topic_kind")
    marks = _marks(rows, zone, tz)
    names = _names(rows)
    sides = {mark.statement_id: mark.level for mark in marks}
    arcs = tuple(_arcs(changes, {mark.statement_id: mark for mark in marks}, list(names)))
    stranded = tuple(_stranded(against, sides, zone, kind, as_of))
    topic = rows[0].text("topic")
    whole = whole_view(marks)
    return Block(
        topic=topic,
        title=rows[0].text("topic_title") or topic,
        proposition=rows[0].text("proposition") or rows[0].text("topic_title") or topic,
        topic_kind=kind,
        lanes=tuple(Lane(speaker, name) for speaker, name in names.items()),
        marks=tuple(marks),
        steps=tuple(_steps(marks)),
        arcs=arcs,
        stranded=stranded,
        conflicts=tuple(_conflicts(against, sides, names, kind)),
        coverage=_coverage(marks),
        view=first_view(marks, arcs, whole),
        whole=whole,
    )


def _rank(block: Block) -> tuple[int, str, str]:
    """Put full changes before half ones, these before none; then by title."""
    kinds = {arc.kind for arc in block.arcs}
    rank = 0 if kinds & {"reversal", "restoration"} else 1 if kinds else 2
    return rank, block.title.casefold(), block.topic


def _by_topic(rows: Iterable[Cell]) -> dict[str, list[Cell]]:
    topics: dict[str, list[Cell]] = {}
    for row in rows:
        topics.setdefault(row.text("topic"), []).append(row)
    return topics


def _names(rows: Iterable[Cell]) -> dict[str, str]:
    """Display names by slug, in the order of names; two people of one name keep their slugs beside it."""
    names = {row.text("speaker"): row.text("speaker_name") or row.text("speaker") for row in rows}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    shown = {slug: f"{name} ({slug})" if name in shared else name for slug, name in names.items()}
    return dict(sorted(shown.items(), key=lambda item: (item[1].casefold(), item[0])))


def _marks(rows: Iterable[Cell], zone: tzinfo, tz: str) -> list[Mark]:
    """Return one mark a row, ordered by moment, speaker and id, whatever the order of the frame."""
    marks = [_mark(row, zone, tz) for row in rows]
    return sorted(marks, key=lambda mark: (mark.start, mark.end, mark.speaker, mark.statement_id))


def _mark(row: Cell, zone: tzinfo, tz: str) -> Mark:
    start, end = row.moment("said_from"), row.moment("said_until")
    assert start is not None and end is not None, "read_positions lets no such row through"  # noqa: S101, PT018 -- for the type checker
    return Mark(
        statement_id=row.text("statement_id"),
        speaker=row.text("speaker"),
        look="disputed" if row.flag("disputed") else row.text("stance"),
        level=row.sign or 0,
        start=in_zone(start, zone),
        end=in_zone(end, zone),
        when=_when(row, start, end, tz),
        text=row.text("text"),
        form=row.text("form"),
        attribution=row.text("attribution"),
        on_behalf_of=row.text("on_behalf_of"),
        source_url=row.text("source_url"),
        source_title=row.text("source_title"),
        source_outlet=row.text("source_outlet"),
        coder=row.text("coder"),
        confidence=row.number("confidence"),
        needs_review=row.flag("needs_review"),
    )


def _when(row: Cell, start: datetime, end: datetime, tz: str) -> str:
    precision, there = row.text("precision") or None, row.text("tz")
    words = format_moment(start, end, precision, tz)
    if there and there != tz and precision not in _CLOCK:
        words += _where_said(start, end, precision, there, words)
    return f"about {words}" if row.flag("approximate") else words


def _where_said(start: datetime, end: datetime, precision: str | None, there: str, words: str) -> str:
    """Add the date as it was where it was given: a day of one zone is no day of another."""
    try:
        given = format_moment(start, end, precision, there)
    except WhenError:
        return ""
    return "" if given == words else f" ({given} in {there})"


def _steps(marks: Iterable[Mark]) -> Iterable[Step]:
    """Link each position to the speaker's next one, where the order of the two is certain."""
    by_speaker: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.look not in ("unclear", "disputed"):
            by_speaker.setdefault(mark.speaker, []).append(mark)
    for speaker, own in sorted(by_speaker.items()):
        for earlier, later in pairwise(own):
            if earlier.end <= later.start:
                yield Step(speaker, earlier.statement_id, later.statement_id)


def _arcs(rows: Iterable[Cell], marks: Mapping[str, Mark], order: list[str]) -> Iterable[Arc]:
    """Return the changes between marks of this block, by name of the speaker and then by moment."""
    pairs = [(marks.get(row.text("earlier_id")), marks.get(row.text("later_id")), row) for row in rows]
    known = [(earlier, later, row) for earlier, later, row in pairs if earlier is not None and later is not None]
    place = {speaker: number for number, speaker in enumerate(order)}
    for earlier, later, row in sorted(known, key=lambda pair: (place[pair[0].speaker], pair[0].start, pair[1].start)):
        kind, ruling, gap = row.text("kind"), row.text("ruling"), _gap(row, earlier, later)
        label = change_label(kind, ruling)
        sentence = f"{change_words(kind, gap)} ({label})"
        ids = (earlier.statement_id, later.statement_id)
        yield Arc(row.text("speaker"), kind, *ids, gap, label, sentence, row.text("reason"), ruling)


def _gap(row: Cell, earlier: Mark, later: Mark) -> str:
    low, high = row.duration("gap_min"), row.duration("gap_max")
    if low is None or high is None:
        low, high = later.start - earlier.end, later.end - earlier.start
    return format_gap(low, high)


def _stranded(
    rows: Iterable[Cell], sides: Mapping[str, int], zone: tzinfo, kind: str, as_of: str
) -> Iterable[Stranded]:
    for row in rows:
        left, since, until = row.text("earlier_id"), row.moment("since"), row.moment("until")
        if row.text("kind") != "stranded_surrogate" or left not in sides or since is None:
            continue
        note = (
            standing_words(sides[left], kind, as_of) if until is None else f"on record {side_words(sides[left], kind)}"
        )
        end = None if until is None else in_zone(until, zone)
        yield Stranded(
            row.text("speaker"), row.text("other"), left, row.text("later_id"), in_zone(since, zone), end, note
        )


def _conflicts(
    rows: Iterable[Cell], sides: Mapping[str, int], names: Mapping[str, str], kind: str
) -> Iterable[Conflict]:
    for row in rows:
        speaker, other = row.text("speaker"), row.text("other")
        earlier, later = row.text("earlier_id"), row.text("later_id")
        name, against = names.get(speaker, speaker), names.get(other, other)
        words = conflict_words(row.text("kind"), name, against, side_words(sides.get(earlier, 0), kind))
        yield Conflict(row.text("kind"), speaker, other, earlier, later, words, row.text("reason"))


def _coverage(marks: list[Mark]) -> str:
    count = len({mark.statement_id for mark in marks})
    first, last = (_day(pick(mark.middle for mark in marks)) for pick in (min, max))
    dates = first if first == last else f"{first} to {last}"
    return f"In this record: {dates}, {count} statement{'s' if count != 1 else ''}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B} {moment.year}"
