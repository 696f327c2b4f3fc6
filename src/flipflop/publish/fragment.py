"""What a blog takes: a picture, and a fragment of figure, img, blockquote, table and links that WordPress keeps.

WordPress strips scripts, frames, drawings and all elements that its allow-list (kses) does not name, bdi and time
among them; and it runs what stands in square brackets. So there is none of either here.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from flipflop.errors import DataError
from flipflop.publish.markup import attribute, element
from flipflop.publish.statement import HEADS
from flipflop.records.addresses import web_address
from flipflop.text.atomic import write_atomically
from flipflop.text.numbers import as_of_words
from flipflop.text.visible import visible
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from os import PathLike

    import pandas as pd
    import plotly.graph_objects as go

    from flipflop.figures.card_data import CardData
    from flipflop.figures.data import Block, FigureData, Mark

_BRACKETS = str.maketrans({"[": "&#091;", "]": "&#093;"})
"""Entities have three digits, as kses itself writes them."""
_DENSITY = 2
_COLUMN = 800
"""A post is narrow: the least width of a timeline, so that its words stay legible there."""


class WrittenFragment(NamedTuple):
    """The two files of a fragment."""

    picture: Path
    fragment: Path


class Picture(NamedTuple):
    """A picture as the fragment names it: its file beside the fragment, its size in CSS pixels, what it shows."""

    name: str
    width: int
    height: int
    alt: str


def write_fragment(stem: Path, figure: go.Figure, alt: str, body: str) -> WrittenFragment:
    """Write ``stem.png`` and ``stem.html``: the figure, then the body, which is markup of this module.

    A stem that ends in .png or .html is taken without it. Raises what ``write_figure`` raises.
    """
    from flipflop.publish.images import write_figure

    bare = stem.with_suffix("") if stem.suffix.lower() in (".png", ".html", ".htm") else stem
    picture = write_figure(bare.with_name(f"{bare.name}.png"), figure)
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    size = (width // _DENSITY, height // _DENSITY)
    fragment = bare.with_name(f"{bare.name}.html")
    write_atomically(fragment, (as_pasted(image(Picture(picture.name, *size, alt)) + "\n" + body)).encode())
    return WrittenFragment(picture, fragment)


def write_timeline_fragment(
    path: str | PathLike[str],
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    as_of: datetime | None = None,
    theme: str = "light",
    lanes: str = "speaker",
    rows: str = "stance",
) -> Path:
    """Write what a blog takes, ``path.png`` and ``path.html``, and return the path of the fragment.

    In a folder that is there the two are called timeline. The fragment holds the picture with its alt text, the changes
    of position, and every statement in a table, in elements that WordPress keeps as they are. Arguments are those of
    ``flipflop.timeline`` and ``write_page``. Raises DataError, also for more statements, changes and conflicts than
    anybody would paste (2,000 together), StoreError, MissingExtraError.
    """
    from flipflop.figures import timeline
    from flipflop.figures.record_frames import RecordFrames, TimelineView
    from flipflop.publish.alt import alt_text

    frames = RecordFrames(positions, reversals, conflicts)
    if frames.is_many:
        much = f"{len(positions):,} positions with their changes and conflicts"
        raise DataError(f"{much} are too many for a post; choose a topic or a speaker")
    data = TimelineView(tz, title, as_of, theme, lanes, rows).data(frames)
    figure = timeline(*frames[:3], tz=tz, title=title, theme=theme, lanes=lanes, rows=rows)
    figure.update_layout(width=_COLUMN)
    stem = Path(path) / "timeline" if Path(path).is_dir() else Path(path)
    return write_fragment(stem, figure, alt_text(data), timeline_fragment(data)).fragment


def as_pasted(markup: str) -> str:
    """Return markup that stays what it is: no blog takes a quotation for a shortcode.

    kses would make an entity of the text ``&#60;``, so the number sign after an ampersand is one already.
    """
    return markup.translate(_BRACKETS).replace("&amp;#", "&amp;&#035;") + "\n"


def image(picture: Picture) -> str:
    """Return the picture as a figure."""
    source = quote(picture.name)
    size = {"width": str(picture.width), "height": str(picture.height)}
    start = element("img", "", src=source, alt=picture.alt, **size).removesuffix("</img>")
    return element("figure", start, class_="wp-block-image")


def card_fragment(data: CardData) -> str:
    """Return both statements as quotations, what happened, and how the pair stands."""
    label = f" ({attribute(data.label)})" if data.label else ""
    parts = [
        element("p", element("strong", _own(data.sentence)) + label),
        _quotation(data.then),
        _quotation(data.later),
        *(element("p", _own(note)) for note in data.notes),
        element("p", f"{attribute(data.coverage)} of {_own(data.name)} on this. {attribute(all_times(data.zone))}"),
    ]
    return "\n".join(parts)


def timeline_fragment(data: FigureData) -> str:
    """Return a table of every statement for each block, and its pairs of statements that differ."""
    parts = [part for block in data.blocks for part in _block(block)]
    record = as_of_words(data.as_of) or "No statement in this record."
    return "\n".join([*parts, element("p", attribute(f"{record} {all_times(data.zone)}"))])


def _block(block: Block) -> Iterable[str]:
    yield element("h3", _own(block.heading))
    changes = [element("li", f"{_own(block.names[arc.speaker])} {_own(arc.sentence)}.") for arc in block.arcs]
    if changes:
        yield element("ul", "".join(changes))
    head = element("tr", "".join(element("th", words, scope="col") for words in HEADS))
    rows = "\n".join(_row(mark, block) for mark in block.marks)
    table = element("table", element("thead", head) + element("tbody", rows))
    yield element("figure", table, class_="wp-block-table")


def _row(mark: Mark, block: Block) -> str:
    cells = (attribute(mark.when), _own(block.names[mark.speaker]), attribute(mark.word), _words(mark), _link(mark))
    return element("tr", "".join(element("td", cell) for cell in cells))


def _quotation(mark: Mark) -> str:
    cite = {"cite": address} if (address := web_address(mark.source_url)) else {}
    where = f"{attribute(mark.when)}: {attribute(mark.word)}. Source: {_link(mark)}"
    inside = element("p", _words(mark)) + element("cite", where)
    return element("blockquote", inside, class_="wp-block-quote", **cite)


def _words(mark: Mark) -> str:
    lines = "<br>".join(_own(line) for line in visible(mark.quoted).split("\n"))
    return " ".join([lines, *(_own(note) for note in mark.notes())])


def _link(mark: Mark) -> str:
    address, words = web_address(mark.source_url), _own(mark.source)
    return element("a", words, href=address, rel="nofollow noopener noreferrer") if address else words


def _own(text: str) -> str:
    """Return text, escaped, with a direction of writing of its own."""
    return element("span", attribute(text), dir="auto")
