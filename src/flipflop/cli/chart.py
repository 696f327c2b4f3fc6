"""The verb chart: the record as a matrix, as statements a month, as the time that positions lasted."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from flipflop.cli.base import AsOfOption, StoreOption, TzOption, as_of_moment, opened, usage_error, verb
from flipflop.cli.card import ENDINGS, ThemeName, ThemeOption
from flipflop.cli.listing import OfSpeaker, OfTopic
from flipflop.cli.terminal import put, say
from flipflop.errors import DataError

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from flipflop.store import Store


class ChartName(StrEnum):
    """What is drawn."""

    MATRIX = "matrix"
    SWITCHES = "switches"
    LATENCY = "latency"
    TIMELINE = "timeline"


class ByWhat(StrEnum):
    """What has a panel of its own, or a lane."""

    SPEAKER = "speaker"
    TOPIC = "topic"


class OrderOf(StrEnum):
    """How panels follow each other."""

    NAME = "name"
    CHANGES = "changes"


class RowsOf(StrEnum):
    """How a lane of a timeline is laid out."""

    STANCE = "stance"
    SINGLE = "single"


@verb(
    "chart",
    "flipflop chart matrix",
    "flipflop chart switches --by speaker -o switches.svg",
    "flipflop chart latency --topic joint-cyber-unit --theme print -o latency.pdf",
    "flipflop chart timeline --by topic --speaker 'Donald Trump' -o trump.png",
)
def chart(
    ctx: typer.Context,
    name: Annotated[ChartName, typer.Argument(metavar="NAME", help="matrix, switches, latency or timeline.")],
    store: StoreOption = None,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="[default: NAME.html; timeline.png]")
    ] = None,
    topic: OfTopic = None,
    speaker: OfSpeaker = None,
    by: Annotated[ByWhat | None, typer.Option("--by", help="Panels of switches, lanes of a timeline.")] = None,
    order: Annotated[OrderOf, typer.Option("--order", help="Panels of switches: changes ranks them.")] = OrderOf.NAME,
    rows: Annotated[RowsOf, typer.Option("--rows", help="Lanes of a timeline: single is one row.")] = RowsOf.STANCE,
    tz: TzOption = None,
    as_of: AsOfOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="A title of your own.")] = None,
    theme: ThemeOption = ThemeName.LIGHT,
) -> None:
    """Draw the record as a chart.

    matrix: the last position of each speaker on each topic. switches: statements a month, and how many of them changed
    a position. latency: how long positions lasted. timeline: as 'flipflop timeline', with lanes of your choice.
    FILE is a page (.html, but for a timeline), a drawing (.svg), a picture (.png, .pdf) or data (.json).
    """
    if by is not None and name in (ChartName.MATRIX, ChartName.LATENCY):
        usage_error(ctx, f"--by is an option of switches and timeline, not of {name}")
    target = out or Path("timeline.png" if name is ChartName.TIMELINE else f"{name}.html")
    known = ENDINGS[2:] if name is ChartName.TIMELINE else ENDINGS
    if target.suffix.lower() not in known:
        raise DataError(f"{target}: a {name} is written as {', '.join(one for one in known if one != '.htm')}")
    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        who = opening.resolve_speaker(speaker) if speaker else None
        about = opening.resolve_topic(topic) if topic else None
        found = _frames(opening, who, about, as_of_moment(as_of, tz=zone))
    if name is ChartName.TIMELINE:
        _timeline(target, found, by or ByWhat.SPEAKER, rows, tz=zone, title=title, theme=theme)
    else:
        _chart(target, name, found, "record" if by is None else by, order, tz=zone, title=title, theme=theme)
    if found.positions.empty:
        say(f"no coded statement in this record: the {name} is empty")
    put(str(target))


class _Frames(NamedTuple):
    positions: pd.DataFrame
    reversals: pd.DataFrame
    conflicts: pd.DataFrame
    as_of: datetime | None


def _frames(store: Store, speaker: str | None, topic: str | None, as_of: datetime | None) -> _Frames:
    """Return what is drawn; conflicts of a speaker with others are kept."""
    from flipflop.detect import find_conflicts, find_reversals
    from flipflop.frames import positions

    held = positions(store, as_of=as_of, topic=topic)
    against = find_conflicts(held, store.speaks_for(as_of=as_of), store.topics(as_of=as_of))
    if speaker is not None:
        held = held[held["speaker"] == speaker].reset_index(drop=True)
        against = against[against["speaker"].eq(speaker) | against["other"].eq(speaker)].reset_index(drop=True)
    return _Frames(held, find_reversals(held, rulings=store.rulings(as_of=as_of)), against, as_of)


def _timeline(
    target: Path, found: _Frames, lanes: ByWhat, rows: RowsOf, *, tz: str, title: str | None, theme: ThemeName
) -> None:
    from flipflop.figures import timeline
    from flipflop.publish import write_figure

    frames = (found.positions, found.reversals, found.conflicts)
    write_figure(target, timeline(*frames, tz=tz, title=title, theme=theme, lanes=lanes, rows=rows))


def _chart(
    target: Path, name: ChartName, found: _Frames, by: str, order: OrderOf, *, tz: str, title: str | None,
    theme: ThemeName,
) -> None:  # fmt: skip
    from flipflop.figures import latency_data, matrix_data, switches_data
    from flipflop.publish import write_chart

    frames = (found.positions, found.reversals)
    match name:
        case ChartName.MATRIX:
            write_chart(target, matrix_data(*frames, tz=tz), title=title, theme=theme)
        case ChartName.SWITCHES:
            write_chart(target, switches_data(*frames, by=by, order=order, tz=tz), title=title, theme=theme)
        case _:
            write_chart(target, latency_data(*frames, as_of=found.as_of, tz=tz), title=title, theme=theme)
