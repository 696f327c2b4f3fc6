"""Charts as pages of a few kilobytes, without a script, and as files. Knows what a chart says, not where it is from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from flipflop.figures.latency_data import LatencyData
from flipflop.figures.latency_drawing import draw_latency, found_words, thinned
from flipflop.figures.matrix_data import MatrixData
from flipflop.figures.matrix_drawing import EMPTY, NOTHING, draw_matrix
from flipflop.figures.switches_data import SwitchesData
from flipflop.figures.switches_drawing import draw_switches
from flipflop.publish import assets
from flipflop.publish.document import document
from flipflop.publish.markup import attribute, element, said
from flipflop.publish.scene_svg import scene_file, scene_markup
from flipflop.publish.statement import source
from flipflop.publish.symbols import stance_symbol
from flipflop.text.atomic import write_atomically
from flipflop.text.numbers import counted
from flipflop.when.telling import month_name
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from flipflop.figures.matrix_data import LastHeld
    from flipflop.figures.scene import Scene

Chart: TypeAlias = "MatrixData | SwitchesData | LatencyData"

_WIDTHS: Final = {"narrow": 344, "middle": 600, "wide": 840}
_MOST_ROWS: Final = 200
"""A table of a curve with more points leaves some out; the data (.json) has all."""
_TITLES: Final = {
    MatrixData: "The last position of each speaker on each topic",
    SwitchesData: "Statements a month, and how many of them changed a position",
    LatencyData: "How long positions lasted",
}


def write_chart(path: str | PathLike[str], chart: Chart, *, title: str | None = None, theme: str = "light") -> Path:
    """Write what ``matrix_data``, ``switches_data`` or ``latency_data`` of ``flipflop.figures`` returned.

    By the end of the name: a page (.html) that needs no script, fetches nothing, fits a telephone and follows the
    reader's theme; a drawing (.svg), which needs no browser; a picture (.png, .pdf) or plotly's data (.json), as
    ``write_figure`` writes them, in a theme. Raises DataError, StoreError, MissingExtraError.
    """
    from flipflop.figures.scene_plotly import figure_of
    from flipflop.publish.images import write_figure

    target = Path(path)
    match target.suffix.lower():
        case ".html" | ".htm":
            content = chart_html(chart, title)
        case ".svg":
            content = scene_file(scene_of(chart, title), chart_alt(chart), theme)
        case _:
            return write_figure(target, figure_of(scene_of(chart, title), theme))
    write_atomically(target, content.encode())
    return target


def scene_of(chart: Chart, title: str | None = None, width: int = _WIDTHS["wide"]) -> Scene:
    """Return the scene of a chart; a matrix is as wide as it must be."""
    match chart:
        case MatrixData():
            return draw_matrix(chart, title or _TITLES[MatrixData])
        case SwitchesData():
            return draw_switches(chart, title, width=width)
        case LatencyData():
            return draw_latency(chart, title, width=width)


def chart_alt(chart: Chart) -> str:
    """Return what a chart shows in plain sentences, for those who cannot see it."""
    match chart:
        case MatrixData():
            size = f"{counted(len(chart.speakers), 'speaker')}, {counted(len(chart.topics), 'topic')}"
            told = f"{size}. {EMPTY} {chart.coverage}." if chart.cells else f"{NOTHING}."
        case SwitchesData():
            told = " ".join(f"{panel.name}{': ' if panel.name else ''}{panel.words}." for panel in chart.panels)
        case LatencyData():
            told = found_words(chart) if chart.stays else ""
    return f"{_TITLES[type(chart)]}. {told or f'{NOTHING}.'}"


def chart_html(chart: Chart, title: str | None = None) -> str:
    """Return the page of a chart; every text in it is shown literally, only http and https addresses are links."""
    name = title or _TITLES[type(chart)]
    main = _matrix(chart, name) if isinstance(chart, MatrixData) else _drawn(chart, name)
    head, body = element("style", assets.style("chart.css")), element("main", main)
    return document(name, assets.STILL, head=[head], body=[body], drawn=True)


def _drawn(chart: SwitchesData | LatencyData, name: str) -> str:
    """Return the drawing for three widths, of which a reader sees one, and the same as a table."""
    label = chart_alt(chart)
    drawings = [scene_markup(scene_of(chart, name, width), label, f"scene {size}") for size, width in _WIDTHS.items()]
    heading = element("h1", said(name), class_="spoken")
    table = _switches_table(chart) if isinstance(chart, SwitchesData) else _latency_table(chart)
    summary = element("summary", "The same as a table")
    return "\n".join([heading, *drawings, element("details", summary + element("div", table, class_="scroll"))])


def _switches_table(chart: SwitchesData) -> str:
    rows = [
        (
            said(panel.name),
            f"{month_name(month.first.month)} {month.first.year}",
            f"{month.statements:,}",
            f"{month.changes:,}",
        )
        for panel in chart.panels
        for month in panel.months
    ]
    return _table(("", "Month", "Statements", "that changed a position"), rows, numbers=2)


def _latency_table(chart: LatencyData) -> str:
    rows = [
        (words, f"{point.seconds / 86_400:,.2f}", f"{point.at_risk:,}", f"{point.changed:,}", f"{point.share:.3f}")
        for words, curve in (("shortest", chart.shortest), ("longest", chart.longest))
        for point in thinned(curve, _MOST_ROWS)
    ]
    return _table(("Durations", "Days", "Lasted so long", "Changed then", "Share that still stood"), rows, numbers=4)


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]], *, numbers: int) -> str:
    head = element("tr", "".join(element("th", words, scope="col") for words in heads))
    return element("table", element("thead", head) + element("tbody", "\n".join(_row(row, numbers) for row in rows)))


def _row(cells: tuple[str, ...], numbers: int) -> str:
    words, figures = cells[:-numbers], cells[-numbers:]
    inside = [element("td", cell) for cell in words] + [element("td", cell, class_="number") for cell in figures]
    return element("tr", "".join(inside))


def _matrix(chart: MatrixData, name: str) -> str:
    """Return the matrix as what it is: a table."""
    heading = element("h1", said(name))
    if not chart.cells:
        return heading + element("p", NOTHING, class_="coverage")
    heads = element("td", "") + "".join(element("th", said(title), scope="col") for _, title in chart.topics)
    rows = "\n".join(_speaker(chart, speaker, name_) for speaker, name_ in chart.speakers)
    about = f"{EMPTY} {attribute(chart.coverage)}. {attribute(all_times(chart.zone))}"
    table = element("table", element("thead", element("tr", heads)) + element("tbody", rows), class_="matrix")
    around = element("section", table, class_="scroll", tabindex="0", aria_label=name)
    return heading + element("p", about, class_="coverage") + around


def _speaker(chart: MatrixData, speaker: str, name: str) -> str:
    """Return a row; on a telephone its cells stand one below the other, each with its topic."""
    own = {cell.topic: cell for cell in chart.cells if cell.speaker == speaker}
    cells = [
        element("td", element("span", said(title), class_="topic") + _cell(own[topic])) if topic in own
        else element("td", "")
        for topic, title in chart.topics
    ]  # fmt: skip
    return element("tr", element("th", said(name), scope="row") + "".join(cells))


def _cell(cell: LastHeld) -> str:
    look = cell.last.look if cell.sure else "unclear"
    symbol = stance_symbol(look, hollow=cell.sure and cell.last.hollow)
    notes = [attribute(cell.counts), f"last: {attribute(cell.last.when)}", f"Source: {source(cell.last)}"]
    return symbol + attribute(cell.words) + "".join(element("span", note, class_="note") for note in notes)
