"""From rows to marks and to the words about them: names, moments, gaps, what a record covers. Knows no lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.figures.data import Bounded, Mark
from flipflop.figures.zone import in_zone
from flipflop.records.names import counted_order, told_apart
from flipflop.text.numbers import coverage_words
from flipflop.text.positions import stance_word
from flipflop.when.gap_words import gap_between
from flipflop.when.telling import Moment, covered_dates, moment_words, short_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from flipflop.figures.rows import FrameRow
    from flipflop.when.gap_words import Gap


def names(rows: Iterable[FrameRow], slug: str, name: str) -> dict[str, str]:
    """Return names by slug, in the order of names; two things of one name are told apart."""
    shown = told_apart({row.text(slug): row.text(name) or row.text(slug) for row in rows})
    return dict(sorted(shown.items(), key=lambda item: (counted_order(item[1]), item[0])))


def mark_of(row: FrameRow, zone: tzinfo, tz: str, lane: str = "", people: Mapping[str, str] | None = None) -> Mark:
    """Return the mark of a row of positions; ``people`` are names by slug, for those on whose behalf it was said."""
    moment, behalf = moment_of(row), row.text("on_behalf_of")
    look = "disputed" if row.flag("disputed") else row.text("stance")
    return Mark(
        statement_id=row.text("statement_id"),
        speaker=row.text("speaker"),
        look=look,
        level=row.sign or 0,
        start=in_zone(moment.start, zone),
        end=in_zone(moment.end, zone),
        when=moment_words(moment, tz),
        text=row.text("text"),
        form=row.text("form"),
        attribution=row.text("attribution"),
        on_behalf_of=(people or {}).get(behalf) or row.text("on_behalf_of_name") or behalf,
        source_url=row.text("source_url"),
        source_title=row.text("source_title"),
        source_outlet=row.text("source_outlet"),
        coder=row.text("coder"),
        confidence=row.number("confidence"),
        needs_review=row.flag("needs_review"),
        lane=lane or row.text("speaker"),
        word=stance_word(look, row.text("topic_kind")),
        precision=row.text("precision"),
        tz=moment.tz,
        approximate=moment.approximate,
        brief=short_words(moment, tz),
    )


def moment_of(row: FrameRow) -> Moment:
    """Return the moment of a row of positions or statements."""
    start, end = row.moment("said_from"), row.moment("said_until")
    assert start is not None and end is not None, "read_positions lets no such row through"  # noqa: S101, PT018 -- for the type checker
    return Moment(start, end, row.text("precision"), row.flag("approximate"), row.text("tz") or None)


def in_order(first: Mark, second: Mark) -> bool:
    """Tell whether the first statement was surely over when the second began."""
    return first.end <= second.start


def headings(first: Mark, second: Mark) -> tuple[str, str]:
    """Return what stands above two statements: which came first only where that is certain."""
    return ("Then", "Later") if in_order(first, second) else ("One statement", "Another")


def gap_of(row: FrameRow, earlier: Mark, later: Mark) -> Gap:
    """Return the time between two statements: as a row of reversals says it, else from their moments."""
    low, high = row.duration("gap_min"), row.duration("gap_max")
    if low is None or high is None:
        low, high = later.start - earlier.end, later.end - earlier.start
    return gap_between(low, high)


def coverage(marks: Sequence[Bounded], tz: str) -> str:
    """Return what a record holds: its first and last date, and how many statements; "" of none."""
    count = len({mark.statement_id for mark in marks})
    return coverage_words(covered_dates(marks, tz), count) if marks else ""
