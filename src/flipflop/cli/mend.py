"""The verbs that withdraw our own record or remove it: retract, redact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import ByOption, StoreOption, asked, opened, verb, warn
from flipflop.cli.options import offering
from flipflop.cli.signing import asked_by
from flipflop.cli.terminal import agreed, at_terminal, put, say
from flipflop.records import Redaction, Retraction
from flipflop.text.numbers import counted
from flipflop.when.telling import second_words

if TYPE_CHECKING:
    from flipflop.store.model import Copies

Target = Annotated[
    str, typer.Argument(metavar="ID", help="The event's id, or the start of it.", autocompletion=offering("event"))
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]


@verb("retract", 'flipflop retract 3f2a9c1e --reason "recorded twice"')
def retract(
    ctx: typer.Context, target: Target, store: StoreOption = None, reason: Reason = None, by: ByOption = None
) -> None:
    """Withdraw an event of ours.

    It no longer counts, and stays on record. A retraction can be retracted too.
    """
    with opened(store, writing=True) as opening:
        found = opening.get(target)
        retraction = Retraction(found.id, asked(ctx, reason, "--reason", "Reason"), asked_by(ctx, by, opening))
        opening.append(retraction)
    put(retraction.hash[:8])


@verb("redact", 'flipflop redact 3f2a9c1e --reason "court order 12/34" --yes')
def redact(
    ctx: typer.Context,
    target: Target,
    store: StoreOption = None,
    reason: Reason = None,
    by: ByOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    drop: Annotated[
        bool | None,
        typer.Option("--drop-copies/--keep-copies", help="What to do with tables that others made beside the store."),
    ] = None,
) -> None:
    """Remove the body of an event for good.

    As a law may require; its id and place in the chain stay. It is never undone.
    """
    with opened(store, writing=True) as opening:
        found = opening.get(target)
        why = asked(ctx, reason, "--reason", "Reason")
        who = asked_by(ctx, by, opening)
        if not yes:
            if not at_terminal():
                ctx.fail("Missing option '--yes': a redaction is never undone.")
            if not agreed(f"Remove the body of {found.kind.replace('_', ' ')} {found.id[:8]} for good?"):
                say("nothing was done")
                raise typer.Exit(1)
        redaction = Redaction(found.id, why, who)
        copies: Copies | None = None if drop is None else "drop" if drop else "keep"
        appended = opening.append([redaction], copies=copies)
        notices = opening.notices()
    put(redaction.hash[:8])
    warn((*appended.warnings, *notices))
    warn(["the id is a hash of what was said: of a short text it can be guessed by trying"])
    if appended.exports:
        say(f"{counted(len(appended.exports), 'copy', 'copies')} left this store before, and may still hold the text:")
        for copy in appended.exports:
            say(f"  {second_words(copy.at, 'UTC')}  {copy.path}")
    if appended.quoted_in:
        say("the text still stands in " + ", ".join(event[:8] for event in appended.quoted_in) + ": redact these too")
