"""The timelines of a site, drawn once: of a topic with a lane per speaker, of a speaker with a lane per topic.

They show what the pages say and no more: the pairs and conflicts that the site shows, as it tells them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flipflop.figures.build import figure_data
from flipflop.figures.geometry import COMPACT, WIDE
from flipflop.figures.many import is_many
from flipflop.publish.legend import entries
from flipflop.publish.markup import attribute, element, link, said
from flipflop.publish.page import page_html
from flipflop.publish.poster import hatch
from flipflop.publish.sections import ON_RECORD, TWO_PEOPLE, page_drawing
from flipflop.publish.site import addresses as at
from flipflop.publish.symbols import hatch_symbol, line_symbol, stance_symbol
from flipflop.text.relations import relation_words
from flipflop.text.rulings import UNJUDGED, innocent_words
from flipflop.text.sources import source_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from flipflop.figures.data import Block, FigureData
    from flipflop.publish.legend import LegendEntry
    from flipflop.publish.site.conflicts import Beside, SpokenFor
    from flipflop.publish.site.model import Record

FEWEST: Final = 2
"""Positions below which there is nothing to see beside the table."""
ROOMY: Final = 12
"""Lanes up to which there is room for a line above and one below each."""
_LANES: Final = {"topic": "speaker", "speaker": "topic"}
_PAGES: Final = {"topic": at.topic_page, "speaker": at.speaker_page}


class Drawings:
    """Draws the timelines of a record; its frames are cut into topics and speakers once."""

    def __init__(self, record: Record) -> None:
        positions, reversals, conflicts = record.frames
        self._options = record.options
        self._names = {
            "topic": {topic.id: topic.title for topic in record.topics.values()},
            "speaker": {person.id: person.name for person in record.people.values()},
        }
        self._positions = {column: _parts(positions, column) for column in ("topic", "speaker")}
        self._reversals = {column: _parts(reversals, column) for column in ("topic", "speaker")}
        self._conflicts = _parts(conflicts, "topic")
        self._beside = record.beside

    def of_topic(self, topic: str) -> str:
        """Return the timeline of a topic as a section: drawn, or as a link where it is too long; or nothing."""
        return self._section("topic", topic)

    def of_speaker(self, speaker: str) -> str:
        """Return the timeline of a speaker."""
        return self._section("speaker", speaker)

    def long_ones(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of a page of its own for each timeline that is too long to be drawn."""
        for column, parts in self._positions.items():
            for name in parts:
                if is_many(*self._frames(column, name)):
                    yield at.timeline_of(_PAGES[column](name)), self._page(column, name)

    def _section(self, column: str, name: str) -> str:
        positions = self._positions[column].get(name)
        if positions is None or len(positions) < FEWEST:
            return ""
        if is_many(*self._frames(column, name)):
            page = _PAGES[column](name)
            link = element("a", "Timeline of all statements", href=at.link(page, at.timeline_of(page)))
            return element("section", element("h2", "Timeline") + element("p", link))
        rows = "stance" if positions[_LANES[column]].nunique() <= ROOMY else "single"
        data = figure_data(*self._frames(column, name), tz=self._options.tz, lanes=_LANES[column], rows=rows)
        here = _PAGES[column](name)
        return "".join(_section(data, _in_view(block), self._beside, here) for block in data.blocks)

    def _page(self, column: str, name: str) -> bytes:
        """Return the timeline of a long record as a page that counts, with the site's scope at its foot."""
        title = self._names[column][name]
        page = page_html(*self._frames(column, name), tz=self._options.tz, title=title, lanes=_LANES[column])
        scope = element("p", f"<strong>Who is covered, and why:</strong> {said(self._options.scope)}")
        own = _PAGES[column](name)
        back = element("p", element("a", f"All on {said(title)}", href=at.link(own, own)))
        begin, _, end = page.rpartition("</body>")
        return f"{begin}{element('footer', back + scope)}</body>{end}".encode()

    def _frames(self, column: str, name: str) -> tuple[pd.DataFrame, pd.DataFrame | None, pd.DataFrame | None]:
        against = self._conflicts.get(name) if column == "topic" else None
        return self._positions[column][name], self._reversals[column].get(name), against


def _in_view(block: Block) -> Block:
    """Return a block as it is shown where nothing can be moved: whole, unless the close-up has most of it."""
    inside = sum(block.view.start <= mark.middle <= block.view.end for mark in block.marks)
    return block if 2 * inside > len(block.marks) else replace(block, view=block.whole)


def _section(data: FigureData, block: Block, found: Beside, here: str) -> str:
    label = f"Timeline. {block.coverage}. The table below has every statement."
    drawings = "".join(
        page_drawing(block, data, name, paper, label=label) for name, paper in (("wide", WIDE), ("narrow", COMPACT))
    )
    legend = element("ul", "".join(element("li", _entry(one)) for one in entries(block)), class_="legend")
    hatched = element("svg", hatch(), class_="unseen", width="0", height="0", aria_hidden="true")
    figure = element("div", f"{hatched if block.stranded else ''}{drawings}", class_="figure")
    told = _Told(block, found, here)
    return element("section", element("h2", "Timeline") + legend + figure + told.standing() + told.conflicts())


class _Told:
    """Tells the pairs of two speakers of a block: each with both statements, the relation and the innocent reading."""

    def __init__(self, block: Block, found: Beside, here: str) -> None:
        self.block, self.found, self.here = block, found, here
        self.marks = {mark.statement_id: mark for mark in block.marks}

    def standing(self) -> str:
        """Return who was on record when somebody else changed position, as a list with its heading; or nothing."""
        items = [
            element("li", f"{self._name(item.speaker)}: {attribute(item.note)}. {self._name(item.other)} changed "
                    f"position afterwards: {self._half(item.statement_id)}; {self._half(item.by_id)}."
                    + self._beside(item.speaker, item.other, item.statement_id, item.by_id, judged=True))
            for item in self.block.stranded
        ]  # fmt: skip
        return element("h3", ON_RECORD) + element("ul", "".join(items)) if items else ""

    def conflicts(self) -> str:
        """Return the other ones likewise."""
        items = [
            element("li", f"{attribute(item.sentence)}: {self._half(item.earlier_id)}; {self._half(item.later_id)}."
                    + self._beside(item.speaker, item.other, item.earlier_id, item.later_id,
                                   judged=item.ruling not in UNJUDGED))
            for item in self.block.conflicts
        ]  # fmt: skip
        return element("h3", TWO_PEOPLE) + element("ul", "".join(items)) if items else ""

    def _name(self, speaker: str) -> str:
        return said(self.block.names.get(speaker, speaker))

    def _half(self, statement: str) -> str:
        mark = self.marks.get(statement)
        if mark is None:
            return "a statement that this page does not show"
        page = at.link(self.here, at.statement_page(statement))
        words = element("a", attribute(f"{mark.word}, {mark.when}"), href=page)
        return f"{self._name(mark.speaker)} {words}"

    def _beside(self, speaker: str, other: str, earlier: str, later: str, *, judged: bool) -> str:
        """Return the innocent reading of what was ruled, and by which source the one speaks for the other."""
        readings = (self.found.readings.get((*pair, self.block.topic)) for pair in ((earlier, later), (later, earlier)))
        reading = next((one for one in readings if one is not None), None)
        notes = [innocent_words(reading, said)] if judged and reading is not None else []
        spoken = self.found.spoken(speaker, other, self.block.topic)
        notes += [self._relation(speaker, other, relation) for relation in spoken]
        return "".join(element("span", note, class_="note") for note in notes)

    def _relation(self, speaker: str, other: str, relation: SpokenFor) -> str:
        since, until = map(attribute, relation.dates)
        topics = [said(topic) for topic in relation.topics]
        told = relation_words(self._name(speaker), self._name(other), (since, until), topics)
        url = relation.source.url or ""
        source = link(url, source_words(url, relation.source.outlet or "", relation.source.title or ""))
        return f"{told}. Source: {source}"


def _entry(entry: LegendEntry) -> str:
    if entry.stance:
        symbol = stance_symbol(entry.group)
    else:
        symbol = hatch_symbol() if entry.group == "standing" else line_symbol(entry.group)
    return symbol + attribute(entry.words)


def _parts(frame: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    """Return the rows of each value of a column."""
    return {str(name): rows.reset_index(drop=True) for name, rows in frame.groupby(column, observed=True)}
