"""The timelines of a site, drawn once: of a topic with a lane per speaker, of a speaker with a lane per topic.

They show what the pages say and no more: no candidate that the site does not show, nobody left standing by a change
that nobody has ruled.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flipflop.figures.build import figure_data
from flipflop.figures.geometry import COMPACT, WIDE
from flipflop.figures.many import is_many
from flipflop.publish.legend import entries
from flipflop.publish.markup import attribute, element, said
from flipflop.publish.page import page_html
from flipflop.publish.poster import hatch
from flipflop.publish.sections import page_drawing
from flipflop.publish.site import addresses as at
from flipflop.publish.site.model import Standing
from flipflop.publish.symbols import hatch_symbol, line_symbol, stance_symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from flipflop.figures.data import Block, FigureData
    from flipflop.publish.legend import LegendEntry
    from flipflop.publish.site.model import Pair, Record

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
        shown = _shown(reversals, record.pairs.values())
        self._reversals = {column: _parts(shown, column) for column in ("topic", "speaker")}
        self._conflicts = _parts(_ruled(conflicts, record.pairs.values()), "topic")

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
        return "".join(_section(data, _in_view(block)) for block in data.blocks)

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


def _section(data: FigureData, block: Block) -> str:
    label = f"Timeline. {block.coverage}. The table below has every statement."
    drawings = "".join(
        page_drawing(block, data, name, paper, label=label) for name, paper in (("wide", WIDE), ("narrow", COMPACT))
    )
    standing = [
        element("li", f"{attribute(block.names[item.speaker])}: {attribute(item.note)}.") for item in block.stranded
    ]
    left = element("h3", "Left standing") + element("ul", "".join(standing)) if standing else ""
    legend = element("ul", "".join(element("li", _entry(one)) for one in entries(block)), class_="legend")
    pattern = element("svg", hatch(), class_="unseen", width="0", height="0", aria_hidden="true") if standing else ""
    figure = element("div", f"{pattern}{drawings}", class_="figure")
    return element("section", element("h2", "Timeline") + legend + figure + left)


def _entry(entry: LegendEntry) -> str:
    if entry.stance:
        symbol = stance_symbol(entry.group)
    else:
        symbol = hatch_symbol() if entry.group == "standing" else line_symbol(entry.group)
    return symbol + attribute(entry.words)


def _parts(frame: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    """Return the rows of each value of a column."""
    return {str(name): rows.reset_index(drop=True) for name, rows in frame.groupby(column, observed=True)}


def _shown(reversals: pd.DataFrame, pairs: Iterable[Pair]) -> pd.DataFrame:
    """Return the changes that the site shows; of a candidate no ruling, for it is not complete."""
    standings = {(pair.earlier.said.id, pair.later.said.id, pair.topic): pair.standing for pair in pairs}
    keys = zip(reversals["earlier_id"], reversals["later_id"], reversals["topic"], strict=True)
    known = [standings.get(key) for key in keys]
    is_open = [standing is Standing.CANDIDATE for standing in known]
    told = reversals.assign(ruling=reversals["ruling"].mask(_flags(reversals, is_open)))
    return told[_flags(reversals, [standing is not None for standing in known])]


def _ruled(conflicts: pd.DataFrame, pairs: Iterable[Pair]) -> pd.DataFrame:
    """Return accounts that differ, and who was left standing by a change that people ruled to be one."""
    changes = {(one.speaker, one.later.said.id, one.topic) for one in pairs if one.standing is Standing.CHANGE}
    keys = zip(conflicts["other"], conflicts["later_id"], conflicts["topic"], strict=True)
    after = [key in changes for key in keys]
    standing = conflicts["kind"].eq("stranded_surrogate") & _flags(conflicts, after)
    return conflicts[standing | conflicts["kind"].eq("conflicting_accounts")]


def _flags(frame: pd.DataFrame, values: list[bool]) -> pd.Series[bool]:
    import pandas as pd

    return pd.Series(values, index=frame.index, dtype=bool)
