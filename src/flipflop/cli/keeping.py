"""The verbs that write the record out: log, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import (
    AsOfOption,
    Format,
    FormatOption,
    StoreOption,
    TzOption,
    as_of_moment,
    opened,
    verb,
)
from flipflop.cli.frames import moment_cell
from flipflop.cli.tables import print_rows
from flipflop.cli.terminal import put, put_raw, say
from flipflop.records import Coding, Correction, Redaction, Retraction, Ruling, to_json
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from flipflop.cli.tables import TableRow
    from flipflop.records import Event


@verb("log", "flipflop log", "flipflop log --format jsonl", "flipflop log --tz Europe/Moscow")
def log(
    store: StoreOption = None, as_of: AsOfOption = None, tz: TzOption = None, how: FormatOption = Format.TABLE
) -> None:
    """List all events in the order of recording."""
    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        info = zone_of(zone).info
        rows: list[TableRow] = [
            {
                "seq": record.seq,
                "recorded_at": moment_cell(record.recorded_at, info),
                "event": record.kind,
                "id": record.id,
                "what": "redacted" if record.event is None else _what(record.event),
                "by": _by(record.event),
                "chain": record.chain,
            }
            for record in opening.log(as_of=as_of_moment(as_of, tz=zone))
        ]
    shown = {
        "seq": [str(row["seq"]) for row in rows],
        "recorded at": [str(row["recorded_at"])[:19].replace("T", " ") for row in rows],
        "event": [str(row["event"]).replace("_", " ") for row in rows],
        "id": [str(row["id"])[:8] for row in rows],
        "what": [str(row["what"]) for row in rows],
        "by": [str(row["by"] or "") for row in rows],
    }
    print_rows(rows, ("seq", "recorded_at", "event", "id", "what", "by", "chain"), how, shown=shown)


@verb(
    "export",
    "flipflop export -o record.jsonl",
    "flipflop export -o record.csv",
    "flipflop export -o - | gzip > record.jsonl.gz",
)
def export(
    ctx: typer.Context,
    store: StoreOption = None,
    out: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="A .jsonl or .csv file; - is stdout (JSON Lines)."),
    ] = None,
) -> None:
    """Write the whole log to a file.

    With its stamps: into an empty store it comes back as it was.
    """
    from flipflop.text.atomic import writing
    from flipflop.text.files import encoded, format_of

    if out is None:
        ctx.fail("Missing option '--output' / '-o'.")
    kind = "jsonl" if out == "-" else format_of(out, remedy="let it end in .jsonl or .csv")
    with opened(store, writing=out != "-") as opening:
        lines = encoded((record.to_json() for record in opening.log()), kind)
        if out == "-":
            for line in lines:
                put_raw(line)
        else:
            with writing(Path(out)) as stream:
                stream.writelines(lines)
            if opening.writable:
                opening.exported(out)
            else:
                say("warning: the store can only be read, so it keeps no note of this copy for a later redaction")
            put(out)


def _by(event: Event | None) -> str | None:
    """Return whose judgement or deed an event is, None where that is not recorded."""
    match event:
        case Coding():
            return event.coder
        case Correction() | Ruling() | Retraction() | Redaction():
            return event.by
    return None


def _what(event: Event) -> str:
    """An event in a few words: its fields without the long ones."""
    body = to_json(event)
    told = [str(body[name]) for name in _TELLING if name in body]
    return " · ".join(_short(word) for word in told)


_TELLING = (
    "id", "name", "speaker", "surrogate", "principal", "target", "statement", "earlier", "later", "topic", "stance",
    "outcome", "reason", "proposition", "text",
)  # fmt: skip


def _short(word: str) -> str:
    return word[:8] if len(word) == 32 and all(c in "0123456789abcdef" for c in word) else word
