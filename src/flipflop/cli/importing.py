"""The verb import: events from a file, all of them or none."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import (
    DEFAULT_STORE,
    ClockOption,
    CoderOption,
    StoreOption,
    counted,
    is_there,
    made,
    opened,
    verb,
    warn,
)
from flipflop.cli.terminal import progress, put, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.store import Store


class FileFormat(StrEnum):
    """What a file of events is written in."""

    JSONL = "jsonl"
    CSV = "csv"


@verb(
    "import",
    "flipflop import events.jsonl",
    "flipflop import statements.csv --declare --dry-run",
    "curl -s https://example.org/events.jsonl | flipflop import - --as jsonl",
)
def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A .jsonl or .csv file; - is stdin.")],
    store: StoreOption = None,
    file_format: Annotated[
        FileFormat | None, typer.Option("--as", help="What the file is. [default: what its name ends in]")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, record nothing.")] = False,
    declare: Annotated[
        bool, typer.Option("--declare", help="Declare unknown speakers and topics; near-misses are refused.")
    ] = False,
    tz: ClockOption = None,
    coder: CoderOption = None,
) -> None:
    """Import events from a file: all of them or none.

    Every bad line is told, and then nothing is recorded. What is recorded,
    retracted or redacted already is skipped. The export of a log comes into an
    empty store with its stamps.
    """
    from flipflop.ingest import import_events

    with _tried_out(store) if dry_run else made(store) as opening, progress("reading") as show:
        imported = import_events(
            opening,
            sys.stdin.buffer if file == "-" else file,
            file_format=str(file_format) if file_format else None,
            declare=declare,
            dry_run=dry_run,
            tz=tz or opening.tz,
            coder=coder or opening.by,
            progress=show,
        )
    for declared in imported.declared:
        say(f"{'would declare' if dry_run else 'declared'} {declared.kind_of_event} {declared.id}")
    warn(imported.warnings)
    would = "would be " if dry_run else ""
    put(f"{counted(imported.recorded, 'event')} {would}{'replayed' if imported.replayed else 'recorded'}")
    for why, number in imported.skipped_by_reason().items():
        put(f"{counted(number, 'event')} skipped: {why}")


@contextmanager
def _tried_out(where: str | None) -> Iterator[Store]:
    """The store of a dry run; where there is none, one that is thrown away."""
    from tempfile import TemporaryDirectory

    from flipflop.store import Store

    if is_there(where or DEFAULT_STORE):
        with opened(where, writing=True) as store:
            yield store
        return
    with TemporaryDirectory() as passing, Store(Path(passing) / DEFAULT_STORE) as store:
        yield store
