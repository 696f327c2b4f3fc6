"""The verb timeline: the record as a page or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from flipflop.cli.base import AsOfOption, StoreOption, TzOption, as_of_moment, opened, verb, zone_to_draw_in
from flipflop.cli.listing import OfSpeaker, OfTopic
from flipflop.cli.picture_options import BlogOption
from flipflop.cli.terminal import put, say
from flipflop.errors import DataError
from flipflop.figures.data import Lanes, Rows
from flipflop.figures.record_frames import RecordFrames
from flipflop.text.held_back import BECAUSE, waiting_statements

if TYPE_CHECKING:
    from datetime import datetime

    from flipflop.store import Store

_PAGES = (".html", ".htm")
_PICTURES = (".svg", ".png", ".pdf", ".json")


@verb(
    "timeline",
    "flipflop timeline",
    "flipflop timeline --topic joint-cyber-unit --tz America/New_York -o cyber.html",
    "flipflop timeline --topic joint-cyber-unit -o cyber.svg",
    "flipflop timeline --as wordpress -o posts/cyber-unit",
    "flipflop timeline --embed --address https://example.org/timelines -o cyber.html",
)
def timeline(
    store: StoreOption = None,
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="A page (.html) or a figure.")] = Path(
        "timeline.html"
    ),
    topic: OfTopic = None,
    speaker: OfSpeaker = None,
    tz: TzOption = None,
    as_of: AsOfOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="A title of your own.")] = None,
    lanes: Annotated[Lanes, typer.Option("--lanes", help="What has a lane of its own.")] = Lanes.SPEAKER,
    rows: Annotated[
        Rows, typer.Option("--rows", help="For above and against below the line, or all on it.")
    ] = Rows.STANCE,
    embed: Annotated[
        bool, typer.Option("--embed", help="Print what embeds the page elsewhere; draws FILE.svg beside it.")
    ] = False,
    blog: BlogOption = None,
    address: Annotated[
        str, typer.Option("--address", metavar="URL", help="The folder on the web in which the page will lie.")
    ] = "",
    assets: Annotated[
        Path | None,
        typer.Option(
            "--assets", metavar="DIR", help="Put the page's style and script there, for hosts with a strict policy."
        ),
    ] = None,
    megabytes: Annotated[
        float,
        typer.Option("--megabytes", metavar="N", help="How large the page of a large record may grow by quotations."),
    ] = 6.0,
) -> None:
    """Draw who said what when, and what contradicts it.

    With --as wordpress there are two files, FILE.png and FILE.html, in the folder FILE where there is one: a picture
    with its alt text, and a fragment to paste that has every statement in a table.
    """
    from flipflop.publish.embed import place_on_the_web

    if assets is not None and (embed or blog is not None or out.suffix.lower() not in _PAGES):
        raise DataError(f"{out}: --assets is for a page of its own (.html)")
    if embed and out.suffix.lower() not in _PAGES:
        raise DataError(f"{out}: only a page (.html) can be embedded")
    if blog is None and out.suffix.lower() not in (*_PAGES, *_PICTURES):
        raise DataError(f"{out}: a timeline is written as .html, .svg, .png, .pdf or .json")
    with opened(store) as opening:
        zone = zone_to_draw_in(tz, opening)
        moment = as_of_moment(as_of, tz=zone)
        found = frames_of(opening, topic=topic, speaker=speaker, as_of=moment)
        options: TimelineOptions = {"tz": zone, "title": title, "as_of": moment, "lanes": str(lanes), "rows": str(rows)}
        if embed:
            told = _embed(out, found, address, options)
        elif blog is None:
            own = place_on_the_web(address, out) if address else ""
            told = str(written(out, found, options, megabytes=megabytes, address=own, assets=assets))
        else:
            told = _fragment(out, found, options)
        if found.positions.empty:
            say(f"{nothing_to_draw(opening, topic, speaker, moment)}: the timeline is empty")
    put(told)


def nothing_to_draw(store: Store, topic: str | None, speaker: str | None, as_of: datetime | None) -> str:
    """Return why there is no position: nobody has coded one, or all that are there wait for another look."""
    about = store.resolve_topic(topic) if topic else None
    who = store.resolve_speaker(speaker) if speaker else None
    codings = store.codings(as_of=as_of, speaker=who, topic=about, columns=["statement_id", "proposition_mended"])
    waiting = codings.loc[codings["proposition_mended"], "statement_id"].nunique()
    if not waiting:
        return "no coded statement in this record"
    return f"{waiting_statements(waiting)}, {BECAUSE} (flipflop list --second-look)"


class TimelineOptions(TypedDict):
    """How a timeline is drawn."""

    tz: str
    title: str | None
    as_of: datetime | None
    lanes: str
    rows: str


def draw(store: Store, out: Path, *, tz: str = "UTC", title: str | None = None) -> int:
    """Write the timeline of a whole store and return the number of its positions."""
    found = frames_of(store)
    written(out, found, {"tz": tz, "title": title, "as_of": None, "lanes": "speaker", "rows": "stance"})
    return len(found.positions)


def frames_of(
    store: Store, *, topic: str | None = None, speaker: str | None = None, as_of: datetime | None = None
) -> RecordFrames:
    """Return the frames of a store, of a topic (id or title), of a speaker (id or name) with conflicts with others."""
    from flipflop.detect import find_conflicts, find_reversals
    from flipflop.frames import positions

    who = store.resolve_speaker(speaker) if speaker else None
    held = positions(store, as_of=as_of, topic=store.resolve_topic(topic) if topic else None)
    rulings = store.rulings(as_of=as_of)
    against = find_conflicts(held, store.speaks_for(as_of=as_of), store.topics(as_of=as_of), rulings=rulings)
    if who is not None:
        held = held[held["speaker"] == who].reset_index(drop=True)
        against = against[against["speaker"].eq(who) | against["other"].eq(who)].reset_index(drop=True)
    return RecordFrames(held, find_reversals(held, rulings=rulings), against, rulings)


def written(
    out: Path,
    found: RecordFrames,
    options: TimelineOptions,
    *,
    theme: str = "light",
    megabytes: float = 6.0,
    address: str = "",
    assets: Path | None = None,
) -> Path:
    """Write a timeline as the end of the name says, a picture in that theme, and return its path."""
    from flipflop.figures import timeline as figure_of
    from flipflop.publish import write_figure, write_page, write_svg

    if out.suffix.lower() in _PAGES:
        return write_page(
            out, *found[:3], rulings=found.rulings, megabytes=megabytes, address=address, assets=assets, **options
        )
    if out.suffix.lower() == ".svg":
        return write_svg(out, *found[:3], theme=theme, **options)
    tz, title, lanes, rows = options["tz"], options["title"], options["lanes"], options["rows"]
    return write_figure(out, figure_of(*found[:3], tz=tz, title=title, theme=theme, lanes=lanes, rows=rows))


def _fragment(out: Path, found: RecordFrames, options: TimelineOptions) -> str:
    from flipflop.publish import write_timeline_fragment

    return str(write_timeline_fragment(out, found.positions, found.reversals, found.conflicts, **options))


def _embed(out: Path, found: RecordFrames, address: str, options: TimelineOptions) -> str:
    from flipflop.publish import write_embed

    told = write_embed(out, *found[:3], rulings=found.rulings, address=address, **options)
    say(f"{out}\n{out.with_suffix('.svg')}")
    return told.rstrip("\n")
