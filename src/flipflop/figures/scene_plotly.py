"""Makes a plotly figure of a scene, as plain dictionaries; its hidden axes count pixels. Knows no data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.text import plotly_text
from flipflop.figures.theme import FONT, MARK, SERIF, SIZES, SYMBOLS, TYPE, theme_of
from flipflop.records.addresses import web_address

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from flipflop.figures.drawing import Layout
    from flipflop.figures.scene import Path, Scene, SceneText, Symbol
    from flipflop.figures.theme import Theme


_ANCHORS: Final = {"start": "left", "middle": "center", "end": "right"}


def figure_of(scene: Scene, theme: str) -> go.Figure:
    """Return the figure in the colours of a theme. Raises DataError where there is none of that name."""
    from flipflop.figures.drawing import Drawing

    return Drawing(plotly_figure(scene, theme_of(theme)))


def plotly_figure(scene: Scene, theme: Theme) -> dict[str, object]:
    """Return ``{"data": …, "layout": …}``; the layout's ``meta`` is what the scene says, as data."""
    traces = [_path(path, theme) for path in scene.paths]
    traces += [_symbol(symbol, theme) for symbol in scene.symbols]
    return {"data": traces, "layout": _layout(scene, theme)}


def _layout(scene: Scene, theme: Theme) -> Layout:
    bare = {"visible": False, "fixedrange": True}
    label = {"family": FONT, "size": TYPE.label, "color": theme.ink}
    return {
        "width": scene.width,
        "height": scene.height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": {"family": FONT, "size": TYPE.text, "color": theme.ink},
        "hoverlabel": {"align": "left", "bgcolor": theme.paper, "bordercolor": theme.quiet, "font": label},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "annotations": [_text(text, theme) for text in scene.texts],
        "meta": scene.data.to_json(),
        "xaxis": {**bare, "range": [0, scene.width]},
        "yaxis": {**bare, "range": [scene.height, 0]},
    }


def _text(text: SceneText, theme: Theme) -> Layout:
    lines = [plotly_text(line) for line in text.lines]
    shown = "<br>".join(f"<b>{line}</b>" if text.bold else line for line in lines)
    if address := web_address(text.href):
        shown = f'<a href="{plotly_text(address)}">{shown}</a>'
    font = {"size": text.size, "family": SERIF if text.serif else FONT, "color": getattr(theme, text.colour)}
    side = _ANCHORS[text.anchor]
    place = {"x": text.x, "y": text.y, "xref": "x", "yref": "y", "xanchor": side, "yanchor": "top"}
    whole = {"hovertext": plotly_text(text.whole)} if text.whole else {}
    return {"text": shown, "font": font, "align": side, "showarrow": False, "borderpad": 0, **place, **whole}


def _path(path: Path, theme: Theme) -> Layout:
    x, y = ([None if point is None else point[axis] for point in path.points] for axis in (0, 1))
    colour = getattr(theme, path.colour)
    drawn: Layout = {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip"}
    if path.filled:
        return {**drawn, "fill": "toself", "fillcolor": colour, "opacity": path.filled, "line": {"width": 0}}
    drawn["line"] = {"color": colour, "width": path.width, "dash": path.dash}
    if not path.arrow:
        return drawn
    sizes = [*[0] * (len(path.points) - 1), 12]
    head = {"symbol": "arrow", "angleref": "previous", "size": sizes, "color": colour, "opacity": 1}
    return {**drawn, "mode": "lines+markers", "marker": head}


def _symbol(symbol: Symbol, theme: Theme) -> Layout:
    colour, size = theme.colour(symbol.look), SIZES.get(symbol.look, MARK) + symbol.larger
    shape = SYMBOLS.get(symbol.look, SYMBOLS["unclear"]) + ("-open" if symbol.hollow else "")
    drawn = {"symbol": shape, "size": size, "color": colour, "line": {"width": 1.8, "color": colour}}
    told = {"hovertext": [symbol.hover], "hoverinfo": "text"} if symbol.hover else {"hoverinfo": "skip"}
    return {"type": "scatter", "mode": "markers", "x": [symbol.x], "y": [symbol.y], "marker": drawn, **told}
