"""The verb chart: the record as a matrix, as statements a month, as the time that positions lasted."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import (
    AsOfOption,
    StoreOption,
    TzOption,
    as_of_moment,
    opened,
    usage_error,
    verb,
    zone_to_draw_in,
)
from flipflop.cli.card import ENDINGS
from flipflop.cli.listing import OfSpeaker, OfTopic
from flipflop.cli.picture_options import ThemeName, ThemeOption
from flipflop.cli.terminal import put, say
from flipflop.cli.timeline import TimelineOptions, frames_of, nothing_to_draw, written
from flipflop.errors import DataError
from flipflop.figures.data import Rows

if TYPE_CHECKING:
    from datetime import datetime

    from flipflop.figures.record_frames import RecordFrames


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
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="[default: NAME.html]")] = None,
    topic: OfTopic = None,
    speaker: OfSpeaker = None,
    by: Annotated[ByWhat | None, typer.Option("--by", help="Panels of switches, lanes of a timeline.")] = None,
    order: Annotated[OrderOf, typer.Option("--order", help="Panels of switches: changes ranks them.")] = OrderOf.NAME,
    rows: Annotated[Rows, typer.Option("--rows", help="Lanes of a timeline: single is one row.")] = Rows.STANCE,
    tz: TzOption = None,
    as_of: AsOfOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="A title of your own.")] = None,
    theme: ThemeOption = ThemeName.LIGHT,
) -> None:
    """Draw the record as a chart.

    matrix: the last position of each speaker on each topic. switches: statements a month, and how many of them changed
    a position. latency: how long positions lasted. timeline: as 'flipflop timeline' draws it, in any theme.
    FILE is a page (.html), a drawing (.svg), a picture (.png, .pdf) or data (.json).
    """
    if by is not None and name in (ChartName.MATRIX, ChartName.LATENCY):
        usage_error(ctx, f"--by is an option of switches and timeline, not of {name}")
    target = out or Path(f"{name}.html")
    if target.suffix.lower() not in ENDINGS:
        raise DataError(f"{target}: a {name} is written as {', '.join(ENDINGS[2:])} or .html")
    with opened(store) as opening:
        zone = zone_to_draw_in(tz, opening)
        moment = as_of_moment(as_of, tz=zone)
        found = frames_of(opening, topic=topic, speaker=speaker, as_of=moment)
        if name is ChartName.TIMELINE:
            lanes = by or ByWhat.SPEAKER
            how: TimelineOptions = {"tz": zone, "title": title, "as_of": moment, "lanes": lanes, "rows": rows}
            written(target, found, how, theme=theme)
        else:
            panels = "record" if by is None else by
            _chart(target, name, found, panels, order, tz=zone, as_of=moment, title=title, theme=theme)
        if found.positions.empty:
            say(f"{nothing_to_draw(opening, topic, speaker, moment)}: the chart is empty")
    put(str(target))


def _chart(
    target: Path, name: ChartName, found: RecordFrames, by: str, order: OrderOf, *, tz: str,
    as_of: datetime | None, title: str | None, theme: ThemeName,
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
            write_chart(target, latency_data(*frames, as_of=as_of, tz=tz), title=title, theme=theme)
