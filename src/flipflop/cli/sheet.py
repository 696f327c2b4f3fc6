"""The verb sheet: one case, with all that is known and all that is missing, for whoever answers for its print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flipflop.cli.base import StoreOption, TzOption, opened, verb, zone_to_draw_in
from flipflop.cli.options import offering
from flipflop.cli.terminal import put, say
from flipflop.errors import DataError
from flipflop.text.numbers import counted


@verb(
    "sheet",
    "flipflop sheet 3f2a9c1e 8b41d207",
    "flipflop sheet 3f2a9c1e 8b41d207 --topic joint-cyber-unit --tz America/New_York -o case.html",
)
def sheet(
    earlier: Annotated[
        str,
        typer.Argument(metavar="EARLIER", help="Id of the earlier statement.", autocompletion=offering("statement")),
    ],
    later: Annotated[
        str, typer.Argument(metavar="LATER", help="Id of the later statement.", autocompletion=offering("statement"))
    ],
    store: StoreOption = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Id or title.", autocompletion=offering("topic"))
    ] = None,
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page.")] = Path("case.html"),
    approvals: Annotated[int, typer.Option("--approvals", min=1, help="How many people must have ruled so.")] = 1,
    require: Annotated[
        list[str] | None,
        typer.Option("--require", metavar="WORD", help="What else must not lack, such as reply. Repeatable."),
    ] = None,
    tz: TzOption = None,
) -> None:
    """Write the page that goes to the lawyer.

    Both quotes with moments, sources, codings, the ruling with its innocent reading, the reply, the history, and what
    is still missing before print. It prints on A4. The topic may be left out where the pair is coded on no other.
    """
    from flipflop.cases import case_of, missing
    from flipflop.publish import write_sheet

    if out.suffix.lower() not in (".html", ".htm"):
        raise DataError(f"{out}: a sheet is written as .html; print it from the browser")
    with opened(store) as opening:
        words, zone = require or (), zone_to_draw_in(tz, opening)
        write_sheet(out, opening, earlier, later, topic=topic, tz=zone, approvals=approvals, require=words)
        lacks = missing(case_of(opening, earlier, later, topic), approvals=approvals, require=words)
    required = [one for one in lacks if one.required]
    for one in required:
        say(f"missing: {one.sentence}")
    if not required:
        say(f"nothing required is missing; {counted(len(lacks), 'thing')} would help: see the end of the sheet")
    put(str(out))
