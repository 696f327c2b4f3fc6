"""A plotly figure that a notebook shows wherever it is read, whole also with another title or width."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final, TypeAlias

import plotly.graph_objects as go
import plotly.io as pio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Layout: TypeAlias = dict[str, object]
Trace: TypeAlias = dict[str, object]
"""Parts of a figure as plotly takes them, before it has looked at them."""

_LIVE_ONLY = "plotly_mimetype"
"""What plotly gives a notebook of its own accord: data that only a program shows which knows plotly."""
_TITLE: Final = 20
_USUAL_WIDTH: Final = 700
"""How wide plotly draws what was given no width, in pixels."""


class Drawing(go.Figure):  # type: ignore[misc]  # plotly has no types
    """plotly's ``Figure``, which gives a notebook HTML as well where plotly would give it data only.

    Each brings plotly.js with it (5 MB), so that nothing is fetched, and what is run or shown twice is drawn twice. A
    renderer that somebody has chosen, with ``plotly.io.renderers.default`` or ``$PLOTLY_RENDERER``, is left alone.

    A title that it is given by ``update_layout`` gets room of its own above. Where ``redraw`` is given, which returns
    data and layout for a width in pixels, the figure is laid out anew for a ``width``, and takes no ``height`` that is
    less than it needs; what was done to its traces before is done again by who wants it.
    """

    def __init__(
        self, *args: object, redraw: Callable[[int], Mapping[str, object]] | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self._redraw = redraw
        self._wished: Layout = {}
        self._head = 0
        self._needed = _number(self["layout"]["height"])

    def update_layout(self, dict1: Layout | None = None, overwrite: bool = False, **kwargs: object) -> Drawing:
        """Do as plotly does, and give a new title or width the room that it needs."""
        given = {**(dict1 or {}), **kwargs}
        width = given.get("width")
        if self._redraw is not None and isinstance(width, (int, float)):
            self._lay_out(self._redraw(int(width)))
            given = {"height": None, **self._wished, **given}
        if self._redraw is not None and "height" in given:
            given["height"] = max(self._needed + self._head, _number(given["height"]))
        self._wished |= given
        super().update_layout(overwrite=overwrite, **given)
        if text := _title_of(given):
            self._make_room(text)
        return self

    def _lay_out(self, drawn: Mapping[str, object]) -> None:
        self._head = 0
        self.data = ()
        self.add_traces(drawn["data"])
        self["layout"] = drawn["layout"]
        self._needed = _number(self["layout"]["height"])

    def _make_room(self, text: str) -> None:
        """Move everything down by the height of a title, which stands at the left in lines as wide as the figure."""
        size = self["layout"]["title"]["font"]["size"] or _TITLE
        lines = text.split("<br>") if "<" in text else wrap(text, max(10, int(self._width * 1.7 / size)))
        head = round(size * 1.35 * len(lines)) + 12
        more, self._head = head - self._head, head
        down = 10 + round(size * 0.65 * (len(lines) - 1))  # plotly moves several lines up by half of what they add
        place = {"x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}
        title = {"text": "<br>".join(lines), "font": {"size": size}, "pad": {"l": 14, "t": down}, **place}
        high, top = self["layout"]["height"], self["layout"]["margin"]["t"] or 0
        room = {"height": high + more} if high else {}
        super().update_layout(title=title, margin={"t": top + more}, **room)

    @property
    def _width(self) -> float:
        return float(self["layout"]["width"] or _USUAL_WIDTH)

    def show(self, *args: object, **kwargs: object) -> None:
        """Do as plotly does, but in a notebook give HTML as well."""
        if pio.renderers.default == _LIVE_ONLY and not args and "renderer" not in kwargs:
            self._ipython_display_()
        else:
            super().show(*args, **kwargs)

    def _ipython_display_(self) -> None:
        if pio.renderers.default != _LIVE_ONLY:
            super()._ipython_display_()
            return
        from IPython.display import display

        height = self["layout"]["height"] or 525
        page = pio.to_html(self, full_html=False, include_plotlyjs=True, default_height=height)
        display(self._repr_mimebundle_() | {"text/html": page}, raw=True)


def _title_of(given: Mapping[str, object]) -> str:
    """Return the text of a title in any of the ways in which plotly takes one, "" for none."""
    title = given.get("title", given.get("title_text"))
    if isinstance(title, dict):
        title = title.get("text")
    return str(title) if title else ""


def _number(value: object) -> float:
    return value if isinstance(value, (int, float)) else 0
