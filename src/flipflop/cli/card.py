"""The verb card: two statements of one speaker side by side, for a page, a picture or a blog."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flipflop.cli.base import AsOfOption, StoreOption, TzOption, as_of_moment, opened, verb, zone_to_draw_in
from flipflop.cli.options import offering
from flipflop.cli.picture_options import BlogOption, ThemeName, ThemeOption
from flipflop.cli.terminal import put
from flipflop.errors import DataError

ENDINGS = (".html", ".htm", ".png", ".svg", ".pdf", ".json")


@verb(
    "card",
    "flipflop card 3f2a9c1e 8b41d207",
    "flipflop card 3f2a9c1e 8b41d207 --tz America/New_York -o card.png",
    "flipflop card 3f2a9c1e 8b41d207 --as wordpress -o posts/cyber-unit",
)
def card(
    earlier: Annotated[
        str,
        typer.Argument(metavar="EARLIER", help="Id of the earlier statement.", autocompletion=offering("statement")),
    ],
    later: Annotated[
        str, typer.Argument(metavar="LATER", help="Id of the later statement.", autocompletion=offering("statement"))
    ],
    store: StoreOption = None,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="[default: card.html; for a blog: card]")
    ] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Id or title.", autocompletion=offering("topic"))
    ] = None,
    blog: BlogOption = None,
    tz: TzOption = None,
    as_of: AsOfOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="In place of the proposition.")] = None,
    theme: ThemeOption = ThemeName.LIGHT,
) -> None:
    """Show two statements of one speaker side by side, then and later.

    Both quotes with their moments and sources, how far they are apart, and how the pair stands: a candidate until
    somebody has ruled. FILE is a page (.html), a picture (.png, .svg, .pdf) or data (.json). With --as wordpress there
    are two files, FILE.png and FILE.html, in the folder FILE where there is one.
    """
    from flipflop.frames import positions
    from flipflop.publish import write_card, write_card_fragment

    target = out or Path("card" if blog else "card.html")
    if blog is None and target.suffix.lower() not in ENDINGS:
        raise DataError(f"{target}: a card is written as {', '.join(ENDINGS[2:])} or .html")
    with opened(store) as opening:
        zone = zone_to_draw_in(tz, opening)
        about = opening.resolve_topic(topic) if topic else None
        moment = as_of_moment(as_of, tz=zone)
        held, rulings = positions(opening, as_of=moment), opening.rulings(as_of=moment)
    write = write_card if blog is None else write_card_fragment
    put(str(write(target, held, earlier, later, topic=about, rulings=rulings, tz=zone, title=title, theme=str(theme))))
