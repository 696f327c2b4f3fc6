"""One self-contained page for a large record: counts that turn into marks, and the quotations that have room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from flipflop.errors import DataError, Problem
from flipflop.figures.counts import lanes_of
from flipflop.figures.many import MOST_MARKS
from flipflop.figures.many_build import many_data
from flipflop.publish import assets
from flipflop.publish.document import document
from flipflop.publish.many import controls
from flipflop.publish.many.bars import counts_figure
from flipflop.publish.many.changes import changes_listed
from flipflop.publish.many.columns import packed_columns
from flipflop.publish.many.header import header, many_words, ruled_notes
from flipflop.publish.many.quotes import Quotes, carried
from flipflop.publish.markup import attribute, element, said, script_json
from flipflop.text.numbers import as_of_words
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from flipflop.figures.many import Many
    from flipflop.publish.many.changes import Listed

MEGABYTES: Final = 6.0
"""A page takes quotations up to this size, unless asked for more."""
_SCRIPTS: Final = ("unpack", "bins", "record", "chart", "words", "main", "reader")
_POLICY: Final = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is fetched; one script and one style sheet count, those whose hashes stand here."""
HOW_TO_READ: Final = (
    "One lane for each topic or person, in the order of names; those with the most statements have a lane of their "
    "own, the others share the last. Above its line a statement is for the proposition of its topic, below it against.",
    f"Up to {MOST_MARKS:,} statements, changes and conflicts in view are drawn one by one. Where they are more, "
    "statements are counted: a bar tells how many were recorded in that time, whatever they show. "
    "Each lane has a scale of its own and says its highest bar.",
    "A statement is counted where the middle of its moment lies; the moment may be known to the day, the month or the "
    "year only. As a mark it has a bar as wide as that time.",
    "A short line at the upper edge of a lane: the later of two statements of one person that differ, dark where a "
    "person has ruled that position was changed, else pale. Close enough, an arc leads from the earlier to the later "
    "one. Whether somebody changed their mind, was misunderstood or met new facts, the statements alone do not tell.",
    "Counts say what was recorded, not what was said: who is recorded more has higher bars.",
    "A hollow mark: reported or paraphrased, not the speaker's own words.",
    "A position is somebody's judgement of what a statement shows.",
)


def many_html(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    as_of: datetime | None = None,
    rulings: pd.DataFrame | None = None,
    lanes: str | None = None,
    megabytes: float = MEGABYTES,
    most_marks: int = MOST_MARKS,
) -> str:
    """Return the page of a large record; the frames and options are those of ``page_html``.

    ``lanes`` is what has a lane at first: "topic" (where there are several) or "speaker". The page carries every
    statement, but quotations and sources only up to ``megabytes`` in all: those of changes that were ruled on, then of
    other changes and conflicts, then the newest; it says how many. Up to ``most_marks`` statements, changes
    and conflicts in view are drawn one by one. Raises DataError.
    """
    if not megabytes > 0:
        raise DataError(Problem(f"{megabytes} is no size; give megabytes above 0", "megabytes"))
    many = many_data(positions, reversals, conflicts, tz=tz, as_of=as_of)
    by, notes = lanes_of(many, lanes).by, ruled_notes(many, positions, rulings)
    parts = _Parts(many, title, by, most_marks, notes, changes_listed(many, positions, reversals, notes))
    without = _document(parts, Quotes((), many.row[:0], 0, 0))
    rest = int(min(megabytes, _MOST) * 1_000_000) - len(without.encode()) - _SPARE
    return _document(parts, carried(many, positions, rest))


_MOST: Final = 1e6
_SPARE: Final = 1_000
"""Bytes for what is known last: the sentence on quotations."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a page is made of, but for the quotations."""

    many: Many
    title: str | None
    lanes: str
    most: int
    notes: dict[int, str]
    listed: Listed


def _document(parts: _Parts, quotes: Quotes) -> str:
    many = parts.many
    name = parts.title or many.headline
    columns, packed = packed_columns(many, quotes.places)
    record = header(many, columns, lanes=parts.lanes, most=parts.most, notes=parts.notes)
    body = [
        _header(many, name),
        element(
            "main",
            _record(parts, quotes) + controls.changes(many, parts.listed) + controls.statements(many) + _how_to_read(),
        ),
        assets.FOOTER,
        element("div", controls.symbols(), id="symbols", hidden=""),
        element("script", script_json(many_words(many)), type="application/json", id="words"),
        element("script", script_json(record), type="application/json", id="record"),
        element("script", packed, type="text/plain", id="columns"),
        element("script", "\n".join(quotes.blocks), type="text/plain", id="quotes"),
        element("script", _script()),
    ]
    return document(name, _policy(), head=[element("style", _style())], body=body)


_lines = "\n".join


def _header(many: Many, name: str) -> str:
    zone = element("span", attribute(all_times(many.zone)), class_="times")
    words = element("p", f"{attribute(as_of_words(many.as_of))} {zone}", class_="coverage")
    button = '<button type="button" id="theme" class="script">Dark</button>'
    return element("header", f"{button}{element('h1', said(name))}{words}")


def _record(parts: _Parts, quotes: Quotes) -> str:
    many = parts.many
    inside = [
        element("p", attribute(f"{many.coverage}."), class_="coverage"),
        element("p", attribute(_carries(many, quotes)), class_="note"),
        controls.propositions(many),
        counts_figure(many, parts.lanes),
        element("div", controls.chart(many, parts.lanes), class_="view"),
    ]
    return element("section", _lines(inside), id="timeline")


def _how_to_read() -> str:
    items = "".join(element("li", words) for words in HOW_TO_READ)
    return element("section", element("h2", "How to read this") + element("ul", items), class_="how")


def _carries(many: Many, quotes: Quotes) -> str:
    """Return what the page says of the quotations in it; never silent on those that are not."""
    if len(quotes.places) == len(many):
        return "This file carries the words and the source of every statement."
    some = "the" if quotes.changes == quotes.changes_in_all else f"{quotes.changes:,} of the"
    newest = f" and of the {quotes.newest:,} newest others" if quotes.newest else ""
    return (
        f"This file carries the words and sources of {len(quotes.places):,} of the {len(many):,} statements: of {some} "
        f"{quotes.changes_in_all:,} that belong to changes and conflicts{newest}. The words of the others are in "
        "the record."
    )


@cache
def _script() -> str:
    """Return the page's own script; the order of its parts is the order of their definitions."""
    paths = (*(f"script/{name}" for name in assets.TELLING), *(f"many/script/{name}" for name in _SCRIPTS))
    return f"(async () => {{\n{assets.joined_scripts(*paths)}}})();\n"


@cache
def _style() -> str:
    return assets.style("page.css", "many/many.css")


@cache
def _policy() -> str:
    return _POLICY.format(script=assets.digest(_script()), style=assets.digest(_style()))
