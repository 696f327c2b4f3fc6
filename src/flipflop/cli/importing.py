"""The verb import: events from a file, all of them or none."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import DEFAULT_STORE, ClockOption, StoreOption, is_there, made, opened, usage_error, verb, warn
from flipflop.cli.signing import login_name, signer
from flipflop.cli.terminal import progress, put, say
from flipflop.text.numbers import counted
from flipflop.text.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flipflop.cases import Twin
    from flipflop.ingest import Progress
    from flipflop.store import Store

_LOOKED_AT = 20_000
"""So many new events are looked through for what they bring; of more, the verbs that do so are named."""
_TOLD = 3
_LETTERS = 40
_STOPPED = 130  # what shells expect of a command that Ctrl-C ended


class FileFormat(StrEnum):
    """What a file of events is written in."""

    JSONL = "jsonl"
    CSV = "csv"


@verb(
    "import",
    "flipflop import events.jsonl",
    "flipflop import statements.csv --declare --dry-run",
    "flipflop import archive.jsonl --batch 10000",
    "curl -s https://example.org/events.jsonl | flipflop import - --as jsonl",
)
def import_file(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A .jsonl or .csv file; - is stdin.")],
    store: StoreOption = None,
    file_format: Annotated[
        FileFormat | None, typer.Option("--as", help="What the file is. [default: what its name ends in]")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check all, record nothing, say what it would bring.")
    ] = False,
    declare: Annotated[
        bool, typer.Option("--declare", help="Declare unknown speakers and topics; near-misses are refused.")
    ] = False,
    distinct: Annotated[
        list[str] | None,
        typer.Option("--distinct", metavar="NAME", help="Somebody else than the one it is near to; may be repeated."),
    ] = None,
    batch: Annotated[
        int | None, typer.Option("--batch", metavar="N", min=1, help="Record every N lines for good, and go on.")
    ] = None,
    tz: ClockOption = None,
    days: Annotated[bool, typer.Option("--days", help="2005-01-26 00:00:00 is that day.")] = False,
    times: Annotated[bool, typer.Option("--times", help="2005-01-26 00:00:00 is that second.")] = False,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference", metavar="WHEN", help='What "Sunday" refers to where no day of publication is given.'
        ),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option(
            "--coder",
            metavar="NAME",
            help="Who coded where a line does not say. [default: $FLIPFLOP_BY, else your own name]",
        ),
    ] = None,
) -> None:
    """Import events from a file: all of them or none.

    Every bad line is told, and then nothing is recorded. What is recorded,
    retracted or redacted already is skipped. The export of a log comes into an
    empty store with its stamps; into another one without what was redacted in
    it, and what is about that. Midnights are taken as days, with a warning,
    unless --days or --times says what they are.

    While a file is imported, nobody else can write. A very large one is better
    recorded in batches: --batch 10000. After Ctrl-C, a crash or a bad line,
    the same command goes on where it stopped. Bad lines are then told batch by
    batch; --dry-run tells all.
    """
    from flipflop.ingest import import_events

    if days and times:
        usage_error(ctx, "--days and --times go against each other.")
    with _tried_out(store) if dry_run else made(store) as opening, stoppable() as watch:
        before = opening.last_seq()
        imported = import_events(
            opening,
            sys.stdin.buffer if file == "-" else file,
            file_format=str(file_format) if file_format else None,
            declare=declare,
            distinct=distinct or (),
            dry_run=dry_run,
            batch=batch,
            tz=tz,
            midnights="day" if days else "time" if times else None,
            coder=signer(coder, opening) or login_name(),
            reference=reference,
            progress=watch,
            look=lambda tried: _tell_what_came(opening, before, len(tried.recorded), tried=True),
        )
        if not (dry_run or imported.replayed):
            _tell_what_came(opening, before, imported.recorded)
    for declared in imported.declared:
        say(f"{'would declare' if dry_run else 'declared'} {declared.kind_of_event} {declared.id}")
    warn(imported.warnings)
    would = "would be " if dry_run else ""
    put(f"{counted(imported.recorded, 'event')} {would}{'replayed' if imported.replayed else 'recorded'}")
    for why, number in imported.skipped.items():
        put(f"{counted(number, 'event')} skipped: {why}")


def _tell_what_came(store: Store, before: int, recorded: int, *, tried: bool = False) -> None:
    """Say what the statements recorded after a place in the log make of the record, and which it may have held.

    What is only ``tried`` out is in the store as long as this looks.
    """
    if not recorded:
        return
    if recorded > _LOOKED_AT:
        say(
            "note: what so many lines would bring is not looked for"
            if tried
            else "note: 'flipflop reversals', 'conflicts' and 'list --duplicates' say what so many lines brought"
        )
        return
    from flipflop.cases import brought_since, twins_since

    brought = brought_since(store, before)
    for number, name, see in (
        (brought.candidates, "candidate reversal", "reversals"),
        (brought.conflicts, "candidate conflict", "conflicts"),
    ):
        if number:
            say(f"would bring {counted(number, name)}" if tried else f"brought {counted(number, name)}: flipflop {see}")
    for topic in brought.unlooked:
        say(f"note: {topic} has many positions; which of them conflict: flipflop conflicts --topic {topic}")
    twins = twins_since(store, before)
    if twins:
        shown = ", ".join(_twin_words(store, twin, tried=tried) for twin in twins[:_TOLD])
        more = ", …" if len(twins) > _TOLD else ""
        are = "would be" if tried else "are"
        warn([f"nearly the same words of one speaker at one time {are} recorded twice: {shown}{more}"])
        if not tried:
            say("  flipflop list --duplicates")


def _twin_words(store: Store, twin: Twin, *, tried: bool) -> str:
    """Return a statement and the one that it is like; what is only tried out by its words, for its id leads nowhere."""
    if not tried:
        return f"{twin.second[:8]} (like {twin.first[:8]})"
    text = getattr(store.get(twin.second).event, "text", "")
    return f"{shortened(text, _LETTERS)!r} (like {twin.first[:8]})"


@contextmanager
def stoppable() -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows how far an import has come. Ctrl-C stops the import, and says what is recorded."""
    before = signal.getsignal(signal.SIGINT)
    try:
        with progress("importing") as show:
            watch = _Watch(show)
            if before is signal.default_int_handler:  # not so in a script: there the shell has it ignored
                signal.signal(signal.SIGINT, watch.interrupt)
            yield watch.see
    except KeyboardInterrupt as stopped:
        for note in getattr(stopped, "__notes__", ["nothing was recorded"]):
            say(note)
        raise typer.Exit(_STOPPED) from None
    finally:
        signal.signal(signal.SIGINT, before)


class _Watch:
    """Shows progress, and holds Ctrl-C back while a transaction is closed: only then what is said of it is true."""

    def __init__(self, show: Callable[[float | None, str], None] | None) -> None:
        self._show = show
        self._begun = monotonic()
        self._closing = False
        self._asked = False

    def see(self, step: Progress) -> None:
        """Show a step."""
        self._closing = step.closing
        if self._asked and not step.closing:
            raise KeyboardInterrupt
        if self._show is not None:
            share = min(1.0, step.line / step.of) if step.of else None
            speed = step.line / max(monotonic() - self._begun, 0.001)
            self._show(share, "recording" if step.closing else f"{speed:,.0f} lines/s")

    def interrupt(self, _signal: int, _frame: object) -> None:
        """Stop here, or before the next transaction begins."""
        if not self._closing:
            raise KeyboardInterrupt
        self._asked = True


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
