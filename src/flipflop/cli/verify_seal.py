"""The verbs that prove what is recorded: verify, seal."""

from __future__ import annotations

import sys
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import Format, FormatOption, StoreOption, opened, usage_error, verb, warn
from flipflop.cli.frames import moment_cell
from flipflop.cli.tables import print_rows
from flipflop.cli.terminal import put, say
from flipflop.errors import DataError
from flipflop.records.codec import moment_text
from flipflop.text.numbers import counted

if TYPE_CHECKING:
    from flipflop.store import Finding, Seal
    from flipflop.store.log.timestamp import Timestamp


@verb(
    "verify",
    "flipflop verify",
    "flipflop verify --sealed seals.txt",
    "flipflop verify --sealed head.txt --timestamp head.tsr --ca authority.pem",
)
def verify(
    ctx: typer.Context,
    store: StoreOption = None,
    sealed: Annotated[
        str | None,
        typer.Option("--sealed", metavar="SEAL", help="Prove that nothing up to a seal changed: a file, - or a line."),
    ] = None,
    timestamp: Annotated[
        str | None, typer.Option("--timestamp", metavar="FILE", help="And by when the seal existed: a .tsr file.")
    ] = None,
    ca: Annotated[
        str | None, typer.Option("--ca", metavar="FILE", help="PEM certificates whose timestamps you trust.")
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="First make the tables anew that follow from the log.")
    ] = False,
) -> None:
    """Check every id, the chain and the views.

    Exit code 1 where something does not hold.
    """
    if timestamp is not None and (sealed is None or ca is None):
        usage_error(ctx, "'--timestamp' needs '--sealed', the seal that it is of, and '--ca', whom you trust.")
    if ca is not None and timestamp is None:
        usage_error(ctx, "'--ca' is for '--timestamp'.")
    seals = [] if sealed is None else _seals(sealed)
    files = None if timestamp is None or ca is None else (_bytes(timestamp), _bytes(ca))
    with opened(store, writing=rebuild) as opening:
        if rebuild:
            opening.rebuild()
        findings = opening.verify(sealed=seals)
        stamp = None if files is None else _stamp(seals, *files, findings)
        sound = not findings  # else the log may not be readable to its end
        head = opening.head() if sound else None
        bodies = {record.seq: record.event is not None for record in opening.log()} if sound else {}
        notices = opening.notices() if sound else ()
    warn(notices)
    for finding in findings:
        put(str(finding))
    if findings:
        say(f"error: {counted(len(findings), 'finding')}")
        raise typer.Exit(1)
    put(f"ok: {counted(len(bodies), 'event')}, head {head or 'none'}")
    for seal in seals:
        redacted = sum(not there for seq, there in bodies.items() if seq <= seal.seq)
        less = f", but for {counted(redacted, 'redacted body', 'redacted bodies')}" if redacted else ""
        put(f"sealed: all up to event {seal.seq}, recorded at {moment_text(seal.recorded_at)}, is unchanged{less}")
    if stamp is not None:
        _tell(stamp)


@verb(
    "seal",
    "flipflop seal",
    "flipflop seal >> seals.txt",
    "flipflop seal --timestamp https://tsa.example.org/tsr -o head.tsr > head.txt",
)
def seal_store(
    ctx: typer.Context,
    store: StoreOption = None,
    timestamp: Annotated[
        str | None,
        typer.Option("--timestamp", metavar="URL", help="Ask an authority (RFC 3161) to vouch for the moment."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Where its answer goes: a .tsr file.")
    ] = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """Print the head of the chain: a line to publish or sign.

    Whoever holds the line can prove later, with 'verify --sealed', that nothing
    recorded up to it was changed, not even by us.
    """
    if (timestamp is None) != (out is None):
        usage_error(ctx, "'--timestamp URL' and '--output FILE.tsr' go together; the line itself goes to stdout.")
    with opened(store) as opening:
        seal = opening.seal()
        warn(opening.notices())
    if timestamp is not None and out is not None:
        _ask(seal, timestamp, Path(out))
    if how is Format.TABLE:
        put(str(seal))
    else:
        row = {"seal": str(seal), **seal._asdict(), "recorded_at": moment_cell(seal.recorded_at, UTC)}
        print_rows([row], ("seal", "seq", "chain", "recorded_at"), how)


def _ask(seal: Seal, url: str, out: Path) -> None:
    from flipflop.store.log.timestamp import request_timestamp
    from flipflop.text.atomic import placed

    with placed(out) as unfinished:
        unfinished.write_bytes(request_timestamp(seal, url))
    say(f"timestamp: {out}")


def _seals(given: str) -> list[Seal]:
    """The seals in the line, the file or the pipe that ``--sealed`` names."""
    from flipflop.store import read_seals

    if given.startswith("flipflop-seal/"):
        return read_seals(given)
    content = _bytes(given)
    text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
    return read_seals(text, file="standard input" if given == "-" else given)


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise DataError(f"{name} cannot be read: {error.strerror}") from None


def _stamp(seals: list[Seal], answer: bytes, ca: bytes, findings: list[Finding]) -> Timestamp | None:
    from flipflop.store import Finding
    from flipflop.store.log.timestamp import check_timestamp

    try:
        return check_timestamp(seals, answer, ca)
    except DataError as error:
        findings.append(Finding(str(error), "the moment of the seal is unproven; look for the right files"))
        return None


def _tell(stamp: Timestamp) -> None:
    put(
        f"timestamp: the seal of {counted(stamp.seal.seq, 'event')} existed by {moment_text(stamp.at)}, says {stamp.by}"
    )
    if stamp.at < stamp.seal.recorded_at:
        warn([f"the last event was recorded at {moment_text(stamp.seal.recorded_at)} by a clock that ran ahead"])
