"""A plotly figure that a notebook shows wherever it is read: in Jupyter, in VS Code, as HTML made by nbconvert."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TypeAlias

import plotly.graph_objects as go
import plotly.io as pio

Layout: TypeAlias = dict[str, object]
Trace: TypeAlias = dict[str, object]
"""Parts of a figure as plotly takes them, before it has looked at them."""

_LIVE_ONLY = "plotly_mimetype"
"""What plotly gives a notebook of its own accord: data that only a program shows which knows plotly."""

_is_first = chain([True], repeat(False))


class Drawing(go.Figure):  # type: ignore[misc]  # plotly has no types
    """plotly's ``Figure``, which gives a notebook HTML as well where plotly would give it data only.

    The first one of a session brings plotly.js with it (5 MB), so that nothing is fetched. A renderer that somebody
    has chosen, with ``plotly.io.renderers.default`` or ``$PLOTLY_RENDERER``, is left alone.
    """

    def _ipython_display_(self) -> None:
        if pio.renderers.default != _LIVE_ONLY:
            super()._ipython_display_()
            return
        from IPython.display import display

        height = self.layout.height or 525
        page = pio.to_html(self, full_html=False, include_plotlyjs=next(_is_first), default_height=height)
        display(self._repr_mimebundle_() | {"text/html": page}, raw=True)
