"""One self-contained page: the figure, and below it the same facts as a table that needs no script."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.errors import DataError, Problem
from flipflop.figures.data import UNTITLED
from flipflop.figures.record_frames import RecordFrames, TimelineView
from flipflop.publish import assets
from flipflop.publish.document import document
from flipflop.publish.leaving import Facts, with_facts, write_leaving
from flipflop.publish.markup import attribute, element, said, script_json
from flipflop.records.addresses import web_address
from flipflop.text.atomic import write_atomically
from flipflop.text.numbers import as_of_words, counted
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from flipflop.figures.data import FigureData
    from flipflop.publish.ruled import Ruled

_MEGABYTES: Final = 6.0


def write_page(
    path: str | PathLike[str],
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    as_of: datetime | str | None = None,
    rulings: pd.DataFrame | None = None,
    megabytes: float = _MEGABYTES,
    lanes: str = "speaker",
    rows: str = "stance",
    address: str = "",
    assets: str | PathLike[str] | None = None,
) -> Path:
    """Write the page that ``page_html`` returns, as a whole or not at all, and return its path.

    ``assets`` is a folder into which its style and script go, for a host whose policy lets nothing stand inline.
    Raises DataError for frames or options that do not fit, StoreError where the file cannot be written.
    """
    frames, view = RecordFrames(positions, reversals, conflicts, rulings), _view(tz, title, as_of, lanes, rows)
    write_leaving(Path(path), _page(frames, view, megabytes, address), assets)
    return Path(path)


def write_svg(
    path: str | PathLike[str],
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    as_of: datetime | str | None = None,
    theme: str = "light",
    lanes: str = "speaker",
    rows: str = "stance",
) -> Path:
    """Write the drawing of the page as a complete SVG file, with headlines and legend, and return its path.

    Needs no browser. More than 2,000 statements, changes and conflicts together are drawn as counts. Raises DataError
    for frames or options that do not fit, StoreError where it cannot be written.
    """
    view = _view(tz, title, as_of, lanes, rows, theme)
    write_atomically(Path(path), _picture(RecordFrames(positions, reversals, conflicts), view).svg.encode())
    return Path(path)


def write_embed(
    path: str | PathLike[str],
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    as_of: datetime | str | None = None,
    rulings: pd.DataFrame | None = None,
    lanes: str = "speaker",
    rows: str = "stance",
    address: str = "",
) -> str:
    """Write the page and, beside it, its drawing as ``.svg``; return the HTML that embeds the page elsewhere.

    ``address`` is the folder on the web in which both will lie; without it the HTML names them as lying beside it.
    Raises DataError for frames or options that do not fit, StoreError where a file cannot be written.
    """
    from flipflop.publish.embed import embed_html, place_on_the_web

    page, picture = Path(path), Path(path).with_suffix(".svg")
    places = [place_on_the_web(address, file) for file in (page, picture)]
    frames, view = RecordFrames(positions, reversals, conflicts, rulings), _view(tz, title, as_of, lanes, rows)
    drawn = _picture(frames, view)
    own = places[0] if address else ""
    write_atomically(page, _page(frames, view, address=own).encode())
    write_atomically(picture, drawn.svg.encode())
    return embed_html(drawn.alt, *places, title=title or drawn.headline)


def page_html(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    as_of: datetime | str | None = None,
    rulings: pd.DataFrame | None = None,
    megabytes: float = _MEGABYTES,
    lanes: str = "speaker",
    rows: str = "stance",
    address: str = "",
) -> str:
    """Return a page with a section per topic: changes of position, timeline, table, conflicts.

    The frames are those of ``flipflop.timeline``, and so are ``lanes`` and ``rows``. All moments are shown in ``tz``,
    which the page names. The drawing stands in the page as SVG, so that it is there without a script. ``as_of`` is the
    moment up to which the record was kept; without it the page speaks of the day of the last statement. With
    ``rulings``, as from ``Store.rulings``, each change on which somebody has ruled is shown with who ruled, the
    innocent reading and the speaker's reply. Text in the frames is shown literally, whatever it contains; only http
    and https addresses become links.

    More than 2,000 statements, changes and conflicts together give the page of a large record: counts that turn into
    marks when one looks closely. It carries every statement, but words and sources only up to ``megabytes`` in all, and
    says whose. ``address`` is where the page will be on the web, for links to it. Raises DataError.
    """
    frames = RecordFrames(positions, reversals, conflicts, rulings)
    return _page(frames, _view(tz, title, as_of, lanes, rows), megabytes, address)


def _view(
    tz: str, title: str | None, as_of: datetime | str | None, lanes: str, rows: str, theme: str = "light"
) -> TimelineView:
    return TimelineView(tz, title, _moment(as_of, tz), theme, lanes, rows)


def _page(frames: RecordFrames, view: TimelineView, megabytes: float = _MEGABYTES, address: str = "") -> str:
    from flipflop.publish.alt import alt_text
    from flipflop.publish.ruled import NOTHING_RULED, latest

    if address and web_address(address) != address:
        raise DataError(Problem(f"{address!r} is no http(s) address", "address"))

    if frames.is_many:
        from flipflop.publish.many import many_html

        page = many_html(*frames[:3], rulings=frames.rulings, tz=view.tz, title=view.title, as_of=view.as_of,
                         megabytes=megabytes)  # fmt: skip
        name = view.title or UNTITLED
        told = f"{name}: {counted(frames.positions['statement_id'].nunique(), 'statement')}, with their sources."
        return with_facts(page, Facts(name, told, address))
    data = view.data(frames)
    page = _document(data, view.title, NOTHING_RULED if frames.rulings is None else latest(frames.rulings))
    return with_facts(page, Facts(view.title or data.headline, alt_text(data), address))


class _Picture(NamedTuple):
    """A complete drawing, its headline, and what it shows in plain words."""

    svg: str
    headline: str
    alt: str


def _picture(frames: RecordFrames, view: TimelineView) -> _Picture:
    """Draw a mark for each statement, or counts where they are too many."""
    from flipflop.publish.alt import alt_text
    from flipflop.publish.many import counts_picture
    from flipflop.publish.poster import timeline_svg

    if frames.is_many:
        counts = counts_picture(frames.positions, tz=view.tz, title=view.title, as_of=view.as_of, theme=view.theme)
        return _Picture(*counts)
    data = view.data(frames)
    return _Picture(timeline_svg(data, title=view.title, theme=view.theme), data.headline, alt_text(data))


def _moment(as_of: datetime | str | None, tz: str) -> datetime | None:
    from flipflop.figures.zone import named_zone

    if isinstance(as_of, str):
        try:
            as_of = datetime.fromisoformat(as_of)
        except ValueError:
            raise DataError(Problem(f"{as_of!r} is not an ISO 8601 date or moment", "as_of")) from None
    if as_of is not None and as_of.tzinfo is None:
        return as_of.replace(tzinfo=named_zone(tz))
    return as_of


def _document(data: FigureData, title: str | None, ruled: Ruled) -> str:
    from flipflop.publish.controls import contents, controls
    from flipflop.publish.poster import drawing_style, hatch
    from flipflop.publish.script_words import script_words, told_instants

    marks = [mark for block in data.blocks for mark in block.marks]
    words = script_words(data.zone, {mark.tz for mark in marks if mark.tz}, told_instants(marks))
    name = title or data.headline
    style = assets.style("legend.css", "page.css")
    head = [element("style", style), element("style", drawing_style(), id="drawing-style")]
    body = [
        element("svg", hatch(), class_="spoken", width="0", height="0", aria_hidden="true"),
        _header(data, name),
        controls(data) if data.blocks else "",
        contents(data),
        element("main", _main(data, title, ruled)),
        assets.FOOTER,
        element("script", script_json(words), type="application/json", id="words"),
        element("script", assets.page_script()),
    ]
    return document(name, assets.policy(), head=head, body=body)


def _header(data: FigureData, name: str) -> str:
    zone = element("span", attribute(all_times(data.zone)), class_="times")
    words = element("p", f"{attribute(as_of_words(data.as_of))} {zone}", class_="coverage")
    button = '<button type="button" id="theme" class="script">Dark</button>'
    return element("header", f"{button}{element('h1', said(name))}{words}")


def _main(data: FigureData, title: str | None, ruled: Ruled) -> str:
    from flipflop.publish.sections import Section, heading, how_to_read

    if not data.blocks:
        return element("p", "No statement in this record.", class_="coverage") + how_to_read(data)
    alone = len(data.blocks) == 1 and title is None
    sections = (
        Section(data, number, ruled).html("" if alone else heading(block, 2))
        for number, block in enumerate(data.blocks)
    )
    return "\n".join(sections) + how_to_read(data)
