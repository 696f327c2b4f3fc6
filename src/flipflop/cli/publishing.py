"""The verb publish: the record as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flipflop.cli.base import StoreOption, TzOption, note_copy, opened, verb, warn, zone_to_draw_in
from flipflop.cli.terminal import put, say
from flipflop.text.numbers import counted


@verb(
    "publish",
    'flipflop publish site --title "Who said what" --scope "All members of the cabinet, since they hold the office"',
    "flipflop publish site --approvals 2 --require reply --base-url https://example.org/record/",
    "flipflop publish preview --candidates     # what nobody has ruled on too, marked as such",
)
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder, or that of an earlier run.")],
    store: StoreOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What the site is called.")] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="TEXT", help="Who is covered, and why: stands on every page.")
    ] = None,
    tz: TzOption = None,
    approvals: Annotated[
        int, typer.Option("--approvals", metavar="N", min=1, help="How many people must have ruled alike.")
    ] = 1,
    require: Annotated[
        list[str] | None,
        typer.Option("--require", metavar="WORD", help="What else a change must not lack, such as reply. Repeatable."),
    ] = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Show also what is not called a change, marked as such.")
    ] = False,
    bylines: Annotated[bool, typer.Option("--bylines", help="Name who ruled.")] = False,
    with_log: Annotated[
        bool, typer.Option("--with-log", help="Add the whole log, with names of coders, notes and all.")
    ] = False,
    pictures: Annotated[
        bool, typer.Option("--pictures/--no-pictures", help="Draw a picture of each ruled pair, for links to it.")
    ] = True,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where the site will be, for feeds and pictures.")
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Who answers for it. [default: the title]")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also what was changed by hand since; else it is left, and told.")
    ] = False,
) -> None:
    """Write the record as a static site.

    Pages, feeds and data in one folder, for any web host or none. Only what people have ruled is called a change of
    position; persons without a public role are left out. Unchanged files are not touched.
    """
    from flipflop.publish.site import publish_site

    with opened(store, writing=True) as opening:
        done = publish_site(
            opening,
            folder,
            title=title,
            scope=scope,
            tz=zone_to_draw_in(tz, opening),
            approvals=approvals,
            require=require or (),
            candidates=candidates,
            bylines=bylines,
            with_log=with_log,
            pictures=pictures,
            base_url=base_url,
            publisher=publisher,
            overwrite=overwrite,
        )
        if done.written:
            note_copy(opening, folder)
    warn(done.warnings)
    written = counted(len(done.written), "file")
    say(f"{written} written, {len(done.unchanged):,} unchanged, {len(done.removed):,} removed")
    put(str(folder / "index.html"))
