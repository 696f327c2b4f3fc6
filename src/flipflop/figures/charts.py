"""The charts as callers ask for them: each a function from frames to a plotly figure. Draws none itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

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
    from flipflop.figures.geometry import paper_of
    from flipflop.figures.many import is_many
    from flipflop.figures.theme import theme_of

    colours = theme_of(theme)
    if is_many(positions, reversals, conflicts):
        from flipflop.figures.many_build import many_data
        from flipflop.figures.many_draw import draw_many

        return Drawing(draw_many(many_data(positions, reversals, conflicts, tz=tz), colours, title=title))
    data = figure_data(positions, reversals, conflicts, tz=tz, lanes=lanes, rows=rows)
    return Drawing(
        draw(data, colours, title=title),
        redraw=lambda width: draw(data, colours, paper=paper_of(width), title=title),
    )


def card(
    positions: pd.DataFrame,
    earlier: str,
    later: str,
    *,
    topic: str | None = None,
    rulings: pd.DataFrame | None = None,
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Return a plotly figure, 840 pixels wide, of two statements of one speaker: both quotations, moments, sources.

    ``positions`` is a frame like that of ``flipflop.timeline``; with all that the speaker said on the topic in it, the
    card can say how the two stand to each other. ``earlier`` and ``later`` are statement ids or the start of one;
    ``topic`` is needed where both are on several. With ``rulings``, as from ``Store.rulings``, the card says what was
    ruled, with the innocent reading and the reply; without, a change is a candidate. ``title`` stands in place of the
    proposition. Moments are shown in ``tz``. Quotations stand in full up to 24 lines, and are cut with a sign beyond.

    Raises DataError where there is no such pair: an id unknown or ambiguous, two speakers, no topic in common, the
    later statement before the earlier one; and for a missing column, an unknown zone or theme.
    """
    from flipflop.figures.card_data import card_data
    from flipflop.figures.card_drawing import draw_card
    from flipflop.figures.scene_plotly import figure_of

    data = card_data(positions, earlier, later, topic=topic, rulings=rulings, tz=tz)
    return figure_of(draw_card(data, title), theme)


def matrix(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Return a plotly figure, speakers down and topics across, both by name: the last position, how often it changed.

    An empty cell: no statement in this record. Frames are those of ``flipflop.timeline``; without ``reversals`` they
    are what ``find_reversals`` finds in ``positions``. Moments are told in ``tz``. The figure is as large as its words
    need, in pixels. Without positions it is empty and says so. Raises DataError as ``timeline`` does.
    """
    from flipflop.figures.matrix_data import matrix_data
    from flipflop.figures.matrix_drawing import draw_matrix
    from flipflop.figures.scene_plotly import figure_of

    return figure_of(draw_matrix(matrix_data(positions, reversals, tz=tz), title), theme)


def switches(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    *,
    by: str = "record",
    order: str = "name",
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Return a plotly figure of statements per month, and of how many of them changed a position.

    Frames are those of ``flipflop.timeline``; without ``reversals`` they are what ``find_reversals`` finds in
    ``positions``. A reversal or restoration counts in the month of its later statement, unless it was ruled to be none.
    Months are those of ``tz``; a statement that is known to no single month is told below, and drawn nowhere.

    ``by="speaker"`` or ``"topic"`` gives a panel to each, in the order of names. Who is covered more has more
    statements and more changes; ``order="changes"`` ranks panels nevertheless, by their number of changes, and says so.
    Without positions the figure is empty and says so. Raises DataError as ``timeline`` does, and for unknown choices.
    """
    from flipflop.figures.scene_plotly import figure_of
    from flipflop.figures.switches_data import switches_data
    from flipflop.figures.switches_drawing import draw_switches

    data = switches_data(positions, reversals, by=by, order=order, tz=tz)
    return figure_of(draw_switches(data, title), theme)


def latency(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    *,
    as_of: datetime | None = None,
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Return a plotly figure of how long positions lasted: the share that still stood, over the time since they began.

    A position begins with the first statement of a speaker to one side of a topic and lasts until their first statement
    to the other side, as ``reversals`` has it (without them: what ``find_reversals`` finds in ``positions``; what was
    ruled to be no change is none). One that nothing contradicts is censored at the end of the record: ``as_of``,
    else the last moment in it. Kaplan-Meier (1958) curves are drawn from the shortest and from the longest durations
    that the dates allow, with a band between them; where dates are exact the two are one.

    Positions whose order or whose moment is not known are counted below and drawn nowhere. Without positions the figure
    is empty and says so. Raises DataError as ``timeline`` does.
    """
    from flipflop.figures.latency_data import latency_data
    from flipflop.figures.latency_drawing import draw_latency
    from flipflop.figures.scene_plotly import figure_of

    return figure_of(draw_latency(latency_data(positions, reversals, as_of=as_of, tz=tz), title), theme)
