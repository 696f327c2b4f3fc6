"""The timeline of who said what, and where it was contradicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


def timeline(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
    lanes: str = "speaker",
    rows: str = "stance",
) -> go.Figure:
    """Return a plotly figure with a block per topic and a lane per speaker, time from left to right in ``tz``.

    ``positions`` needs speaker, topic, statement_id, stance, said_from and said_until (aware moments, half open);
    speaker_name, proposition, topic_kind, text, form, precision, source_url and the like are shown where they are
    there. ``reversals`` and ``conflicts`` are what ``find_reversals`` and ``find_conflicts`` return. Moments are
    converted to ``tz``, which the axis names, because plotly drops offsets; where clocks are put back, an hour of
    that zone is drawn twice. A change is called a candidate until it is ruled on.

    With ``lanes="topic"`` there is a block per speaker and a lane per topic. ``rows="single"`` puts all statements of a
    lane on its line, so that many lanes fit on a page; shape and colour alone then say the stance.

    Where statements, changes and conflicts are more than 2,000 together, statements are counted instead of drawn as a
    mark each: bars per calendar day, month or year, above the line for, below it against, and a short line for each
    change of position; a lane for each topic, or for each speaker where there is one topic. ``lanes`` and ``rows`` then
    play no part.

    Without positions the figure is empty and says so. ``theme`` is "light", "dark" or "print" (white paper). Raises
    DataError for a missing column, a row without a moment, an unknown zone, theme or choice. A click on a mark opens
    its source on the pages that ``write_page`` writes; a bare figure has no script to do so, and carries the address
    in ``customdata``.
    """
    from flipflop.figures.build import figure_data
    from flipflop.figures.draw import draw
    from flipflop.figures.drawing import Drawing
    from flipflop.figures.many import is_many
    from flipflop.figures.theme import theme_of

    colours = theme_of(theme)
    if is_many(positions, reversals, conflicts):
        from flipflop.figures.many_build import many_data
        from flipflop.figures.many_draw import draw_many

        return Drawing(draw_many(many_data(positions, reversals, conflicts, tz=tz), colours, title=title))
    data = figure_data(positions, reversals, conflicts, tz=tz, lanes=lanes, rows=rows)
    return Drawing(draw(data, colours, title=title))
