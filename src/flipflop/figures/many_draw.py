"""From the figure data of a large record to a plotly figure: bars that count, and changes. One trace per meaning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from flipflop.figures.counts import bins_of, counted, lanes_of
from flipflop.figures.many import MOST_MARKS
from flipflop.figures.measure import fitted_names
from flipflop.figures.text import plotly_lines, plotly_text
from flipflop.figures.theme import FONT, TYPE
from flipflop.figures.zone import axis_words, in_zone, named_zone
from flipflop.text.numbers import counted as numbered
from flipflop.text.rulings import change_sentence
from flipflop.when.gap_words import gap_between
from flipflop.when.telling import Moment, moment_words
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.figures.counts import Bins, CountLanes
    from flipflop.figures.drawing import Layout, Trace
    from flipflop.figures.many import Many
    from flipflop.figures.theme import Theme


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ROW: Final = 78
_HALF: Final = 28
_LEFT: Final = 176
_FOOT: Final = 150
_LETTERS: Final = 100
_SIDES: Final = ((2, "for", "support"), (1, "neither for nor against", "unclear"), (0, "against", "oppose"))


def draw_many(many: Many, theme: Theme, *, title: str | None = None) -> dict[str, object]:
    """Return ``{"data": …, "layout": …}``: a lane for each topic, or for each speaker where there is one topic."""
    lanes, bins = lanes_of(many), bins_of(many)
    counts = counted(many, lanes, bins)
    drawn = [_bars(counts, bins, many, side, name, theme.colour(look)) for side, name, look in _SIDES]
    return {
        "data": [*drawn, *(_pairs(many, lanes, bins, *which) for which in _kinds_of_pairs(many, theme))],
        "layout": _layout(many, lanes, counts, bins, theme, title),
    }


def _bars(counts: NDArray[np.int64], bins: Bins, many: Many, side: int, name: str, colour: str) -> Trace:
    """Return the bars of one side; what is neither lies across the line, half above and half below."""
    half = counts[:, :, 1] / 2
    reach = np.maximum(counts[:, :, 0] + half, counts[:, :, 2] + half).max(axis=1)
    scale = _HALF / np.maximum(reach, 1)[:, None]
    base = np.stack([half, -half, -half - counts[:, :, 2]], axis=2)[:, :, side] * scale
    lane, place = np.nonzero(counts[:, :, side])
    starts, words, widths = _bins_in_words(bins, many)
    said = [_sides_told(*counts[row, at].tolist()) for row, at in zip(lane.tolist(), place.tolist(), strict=True)]
    return {
        "type": "bar",
        "name": name,
        "x": [starts[at] for at in place],
        "width": [widths[at] for at in place],
        "offset": 0,
        "y": (counts[lane, place, side] * scale[lane, 0]).round(2).tolist(),
        "base": (_line(lane) + base[lane, place]).round(2).tolist(),
        "marker": {"color": colour, "line": {"width": 0}},
        "hovertext": [f"<b>{words[at]}</b><br>{told}" for at, told in zip(place.tolist(), said, strict=True)],
        "hoverinfo": "text",
    }


def _line(lane: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the height of the line of each lane, in pixels from the top."""
    return lane * _ROW + 42


def _sides_told(against: int, neither: int, pro: int) -> str:
    total = against + neither + pro
    return f"{numbered(total, 'statement')}<br>{pro:,} for, {neither:,} neither, {against:,} against"


def _bins_in_words(bins: Bins, many: Many) -> tuple[list[str], list[str], list[float]]:
    """Return where each bin begins on the clock of the zone, its name, and its width in milliseconds."""
    zone, moments = zone_of(many.zone), [_EPOCH + timedelta(seconds=int(edge)) for edge in bins.edges]
    walls = [zone.wall(moment) for moment in moments]
    words = [moment_words(Moment(start, end), many.zone) for start, end in pairwise(moments)]
    widths = [(walls[place + 1] - walls[place]) / timedelta(milliseconds=1) for place in range(len(bins))]
    return [wall.isoformat() for wall in walls[:-1]], words, widths


def _kinds_of_pairs(many: Many, theme: Theme) -> list[tuple[str, str, NDArray[np.int64]]]:
    """Return the name, the colour and the places of the pairs of one speaker that are changes, and of all others."""
    changed = many.pairs.changed
    others = many.pairs.own & ~changed
    return [
        ("change of position", theme.change, np.flatnonzero(changed)),
        ("two statements that differ", theme.line, np.flatnonzero(others)),
    ]


def _pairs(many: Many, lanes: CountLanes, bins: Bins, name: str, colour: str, found: NDArray[np.int64]) -> Trace:
    """Return a short line for each of some pairs; where they are too many one for each bin, by its share."""
    later = many.pairs.later[found]
    lane = lanes.lane[(many.speaker if lanes.by == "speaker" else many.topic)[later]]
    if len(found) <= MOST_MARKS:
        zone = zone_of(many.zone)
        x = [zone.wall(_EPOCH + timedelta(seconds=at)).isoformat() for at in many.middle[later].tolist()]
        told, sizes = [_change_told(many, pair) for pair in found.tolist()], np.full(len(found), 7.0)
    else:
        place = np.searchsorted(bins.edges, many.middle[later], side="right") - 1
        code, count = np.unique(lane * len(bins) + place, return_counts=True)
        lane, place = np.divmod(code, len(bins))
        starts, words, widths = _bins_in_words(bins, many)
        x = [_later(starts[at], widths[at] / 2) for at in place.tolist()]
        told = [_pairs_told(words[at], number) for at, number in zip(place.tolist(), count.tolist(), strict=True)]
        sizes = 1 + 8 * count / np.array([count[lane == one].max() for one in lane.tolist()])
    return {
        "type": "scatter",
        "name": name,
        "mode": "markers",
        "x": x,
        "y": (_line(lane) - 35).tolist(),
        "marker": {"symbol": "line-ns-open", "size": sizes.round(1).tolist(), "color": colour,
                   "line": {"width": 1.4}},
        "hovertext": told,
        "hoverinfo": "text",
    }  # fmt: skip


def _pairs_told(when: str, count: int) -> str:
    return f"<b>{when}</b><br>{numbered(count, 'pair')}"


def _later(start: str, milliseconds: float) -> str:
    return (datetime.fromisoformat(start) + timedelta(milliseconds=milliseconds)).isoformat()


def _change_told(many: Many, pair: int) -> str:
    pairs = many.pairs
    earlier, later = int(pairs.earlier[pair]), int(pairs.later[pair])
    (start, end), (from_, until) = many.bounds(earlier), many.bounds(later)
    kind, ruling = pairs.kinds[pairs.kind[pair]].kind, pairs.rulings[pairs.ruling[pair]]
    gap = gap_between(timedelta(seconds=from_ - end), timedelta(seconds=until - start))
    name = many.speakers[many.speaker[later]].name
    told = change_sentence(kind, gap, ruling)
    return f"<b>{plotly_text(name)}</b><br>{plotly_text(told)}"


def _layout(
    many: Many, lanes: CountLanes, counts: NDArray[np.int64], bins: Bins, theme: Theme, title: str | None
) -> Layout:
    height = _ROW * len(lanes.names)
    head = plotly_lines(title, _LETTERS) if title else []
    top = 27 * len(head) + 20
    zone = named_zone(many.zone)
    first, last = (in_zone(_EPOCH + timedelta(seconds=int(at)), zone) for at in (bins.edges[0], bins.edges[-1]))
    return {
        "height": top + height + _FOOT,
        "margin": {"l": _LEFT, "r": 18, "t": top, "b": _FOOT},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": {"family": FONT, "size": TYPE.text, "color": theme.ink},
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "bgcolor": theme.paper, "bordercolor": theme.quiet,
                       "font": {"family": FONT, "size": TYPE.label, "color": theme.ink}},
        "barmode": "overlay",
        "bargap": 0,
        "legend": {"orientation": "h", "x": 0, "y": -44 / height, "yanchor": "top"},
        "xaxis": {"type": "date", "title": {"text": plotly_text(axis_words(many.zone, first, last))},
                  "gridcolor": theme.grid, "zeroline": False},
        "yaxis": {"range": [height, 0], "tickvals": [_ROW * lane + 42 for lane in range(len(lanes.names))],
                  "showticklabels": False, "gridcolor": theme.line, "zeroline": False, "fixedrange": True},
        "annotations": [*_names(lanes, counts, bins, theme), *_notes(many, bins, head, top, height)],
    }  # fmt: skip


def _names(lanes: CountLanes, counts: NDArray[np.int64], bins: Bins, theme: Theme) -> list[Layout]:
    place = {"xref": "paper", "x": 0, "xanchor": "right", "xshift": -10, "align": "right", "showarrow": False}
    size = {"size": TYPE.label}
    most = counts.sum(axis=2).max(axis=1).tolist()
    found = []
    fit = fitted_names(lanes.names, _LEFT - 20, TYPE.label, bold=True, most=2)
    for lane, (name, number) in enumerate(zip(lanes.names, most, strict=True)):
        lines = [plotly_text(line) for line in fit[name]]
        quiet = f'<span style="color:{theme.quiet}">at most {number:,} in a {bins.unit}</span>'
        text = "<br>".join([*(f"<b>{line}</b>" for line in lines), quiet])
        whole = {"text": text, "hovertext": plotly_text(name)}
        found.append({**place, **whole, "y": _ROW * lane + 42, "yanchor": "middle", "font": size})
    return found


def _notes(many: Many, bins: Bins, head: list[str], top: int, height: int) -> list[Layout]:
    place = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "align": "left", "showarrow": False,
             "xshift": 10 - _LEFT}  # fmt: skip
    told = (
        f"{many.coverage}; {many.pairs.tally.words}. Counted per {bins.unit}, where the middle of the moment lies. "
        "Above its line a statement is for the proposition, below it against; each lane has its own scale."
    )
    words = "<br>".join(plotly_lines(told, _LETTERS + 30))
    notes: list[Layout] = [{**place, "y": -84 / height, "yanchor": "top", "text": words}]
    if head:
        size = {"size": TYPE.title}
        notes.append({**place, "y": 1 + top / height, "yanchor": "top", "text": "<br>".join(head), "font": size})
    return notes
