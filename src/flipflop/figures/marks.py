"""From rows to marks and to the words about them: names, moments, gaps, what a record covers. Knows no lane."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flipflop.errors import WhenError
from flipflop.figures.data import Mark
from flipflop.figures.words import stance_word
from flipflop.figures.zone import in_zone
from flipflop.records.names import told_apart
from flipflop.when import format_gap, format_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from flipflop.figures.data import Bounded
    from flipflop.figures.rows import Cell
    from flipflop.figures.timed import Timed

WIDEST_DAY = timedelta(hours=26)
"""No day is longer, whatever its clocks do."""
_INSTANT = timedelta(microseconds=1)


def names(rows: Iterable[Cell], slug: str, name: str) -> dict[str, str]:
    """Return names by slug, in the order of names; two things of one name are told apart."""
    shown = told_apart({row.text(slug): row.text(name) or row.text(slug) for row in rows})
    return dict(sorted(shown.items(), key=lambda item: (item[1].casefold(), item[0])))


def mark_of(row: Cell, zone: tzinfo, tz: str, lane: str = "", people: Mapping[str, str] | None = None) -> Mark:
    """Return the mark of a row of positions; ``people`` are names by slug, for those on whose behalf it was said."""
    start, end = row.moment("said_from"), row.moment("said_until")
    behalf = row.text("on_behalf_of")
    look = "disputed" if row.flag("disputed") else row.text("stance")
    assert start is not None and end is not None, "read_positions lets no such row through"  # noqa: S101, PT018 -- for the type checker
    return Mark(
        statement_id=row.text("statement_id"),
        speaker=row.text("speaker"),
        look=look,
        level=row.sign or 0,
        start=in_zone(start, zone),
        end=in_zone(end, zone),
        when=_when(row, start, end, tz),
        text=row.text("text"),
        form=row.text("form"),
        attribution=row.text("attribution"),
        on_behalf_of=(people or {}).get(behalf, behalf),
        source_url=row.text("source_url"),
        source_title=row.text("source_title"),
        source_outlet=row.text("source_outlet"),
        coder=row.text("coder"),
        confidence=row.number("confidence"),
        needs_review=row.flag("needs_review"),
        lane=lane or row.text("speaker"),
        word=stance_word(look, row.text("topic_kind")),
        precision=row.text("precision"),
        tz=row.text("tz"),
        given=_given(row, start, end, tz),
        approximate=row.flag("approximate"),
    )


def in_order(first: Mark, second: Mark) -> bool:
    """Tell whether the first statement was surely over when the second began."""
    return first.end <= second.start


def headings(first: Mark, second: Mark) -> tuple[str, str]:
    """Return what stands above two statements: which came first only where that is certain."""
    return ("Then", "Later") if in_order(first, second) else ("One statement", "Another")


def _given(row: Cell, start: datetime, end: datetime, tz: str) -> str:
    """Return a date as it was given, where it was given; nothing where a clock time is known."""
    try:
        words = format_moment(start, end, row.text("precision") or None, row.text("tz") or tz)
    except WhenError:
        return ""
    return "" if ":" in words else words


def _when(row: Cell, start: datetime, end: datetime, tz: str) -> str:
    """Return the moment in the zone; a day of another zone is no day of this one, and stays that day."""
    words, given = format_moment(start, end, row.text("precision") or None, tz), _given(row, start, end, tz)
    if given and given != words:
        words = f"{given} (in {row.text('tz')})"
    return f"about {words}" if row.flag("approximate") else words


def gap_words(row: Cell, earlier: Mark, later: Mark) -> str:
    """Return the time between two statements in words, with both bounds where they differ."""
    low, high = row.duration("gap_min"), row.duration("gap_max")
    if low is None or high is None:
        low, high = later.start - earlier.end, later.end - earlier.start
    return format_gap(low, high)


def coverage(marks: Sequence[Mark] | Sequence[Timed]) -> str:
    """Return what a record holds: its first and last date, and how many statements."""
    count = len({mark.statement_id for mark in marks})
    reach = [_reach(mark) for mark in marks]
    first, last = day(min(start for start, _ in reach)), day(max(end for _, end in reach))
    dates = first if first == last else f"{first} to {last}"
    return f"In this record: {dates}, {count} statement{'s' if count != 1 else ''}"


def _reach(mark: Bounded) -> tuple[datetime, datetime]:
    """Return the first and the last instant of a moment; of one known to the day its middle, which has that date."""
    if mark.end - mark.start <= WIDEST_DAY or len(mark.bounds) < 2:
        return mark.middle, mark.middle
    return mark.start, mark.end - _INSTANT


def day(moment: datetime) -> str:
    """Return "9 July 2017"."""
    return f"{moment.day} {moment:%B} {moment.year}"
