"""The verbs that copy a whole store and bring it back: backup, restore."""

from __future__ import annotations

from typing import Annotated

import typer

from flipflop.cli.base import DEFAULT_STORE, UNNOTED, StoreOption, opened, usage_error, verb, warn
from flipflop.cli.terminal import put, say
from flipflop.text.numbers import counted


@verb("backup", "flipflop backup cyber-2017-07-24.db", "flipflop -s cyber.db backup /mnt/backup/cyber.db --force")
def backup(
    ctx: typer.Context,
    target: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.")],
    store: StoreOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a verified copy of the store, also while others write to it.

    The file appears whole or not at all. 'restore' brings it back.
    """
    if target == "-":
        usage_error(ctx, "A backup is a file of its own; to a pipe goes 'flipflop export -o -'.")
    with opened(store, writing=True) as opening:
        written = opening.backup(target, force=force)
        if str(written.absolute()) not in {copy.path for copy in opening.exports()}:
            warn([UNNOTED])
    put(str(written))


@verb("restore", "flipflop restore cyber-2017-07-24.db", "flipflop restore cyber-2017-07-24.db cyber.db --force")
def restore_store(
    source: Annotated[str, typer.Argument(metavar="BACKUP", help="A file that 'backup' wrote.")],
    target: Annotated[str | None, typer.Argument(metavar="[STORE]", help="Where to. [default: the store]")] = None,
    store: StoreOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Take the place of the store that is there, which is kept beside it.")
    ] = False,
) -> None:
    """Put a backup in the place of a store, verified before.

    What was there is kept under another name. Close other programs first.
    """
    from flipflop.store import restore

    restored = restore(source, target or store or DEFAULT_STORE, force=force)
    put(str(restored.path))
    if restored.head is not None:
        say(f"{counted(restored.head.seq, 'event')}, head {restored.head.chain}")
    for kept in restored.kept:
        say(f"kept what was there: {kept}")
