"""The verb timeline: the record as a page or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import AsOfOption, StoreOption, TzOption, as_of_moment, opened, verb
from flipflop.cli.listing import OfSpeaker, OfTopic
from flipflop.cli.terminal import put, say
from flipflop.errors import DataError

if TYPE_CHECKING:
    from datetime import datetime

    from flipflop.store import Store

_PICTURES = (".png", ".svg", ".json")


@verb(
    "timeline",
    "flipflop timeline",
    "flipflop timeline --topic joint-cyber-unit --tz America/New_York -o cyber.html",
    "flipflop timeline --topic joint-cyber-unit -o cyber.png",
)
def timeline(
    store: StoreOption = None,
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A page (.html) or a figure (.png, .svg, .json).")
    ] = Path("timeline.html"),
    topic: OfTopic = None,
    speaker: OfSpeaker = None,
    tz: TzOption = None,
    as_of: AsOfOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="A title of your own.")] = None,
) -> None:
    """Draw who said what when, and what contradicts it."""
    if out.suffix.lower() not in (".html", ".htm", *_PICTURES):
        raise DataError(f"{out}: a timeline is written as .html, .png, .svg or .json")
    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        who = opening.resolve_speaker(speaker) if speaker else None
        about = opening.resolve_topic(topic) if topic else None
        moment = as_of_moment(as_of, tz=zone)
        number = draw(opening, out, topic=about, speaker=who, tz=zone, as_of=moment, title=title)
    if not number:
        say("no coded statement in this record: the timeline is empty")
    put(str(out))


def draw(
    store: Store,
    out: Path,
    *,
    topic: str | None = None,
    speaker: str | None = None,
    tz: str = "UTC",
    as_of: datetime | None = None,
    title: str | None = None,
) -> int:
    """Write the timeline of a store and return the number of its positions. Conflicts with others are kept."""
    from flipflop.detect import find_conflicts, find_reversals
    from flipflop.figures import timeline as figure_of
    from flipflop.frames import positions
    from flipflop.publish import write_figure, write_page, write_svg

    held = positions(store, as_of=as_of, topic=topic)
    against = find_conflicts(held, store.speaks_for(as_of=as_of), store.topics(as_of=as_of))
    if speaker is not None:
        held = held[held["speaker"] == speaker].reset_index(drop=True)
        against = against[against["speaker"].eq(speaker) | against["other"].eq(speaker)].reset_index(drop=True)
    rulings = store.rulings(as_of=as_of)
    changes = find_reversals(held, rulings=rulings)
    if out.suffix.lower() == ".svg":
        write_svg(out, held, changes, against, tz=tz, title=title, as_of=as_of)
    elif out.suffix.lower() in _PICTURES:
        write_figure(out, figure_of(held, changes, against, tz=tz, title=title))
    else:
        write_page(out, held, changes, against, tz=tz, title=title, as_of=as_of, rulings=rulings)
    return len(held)
