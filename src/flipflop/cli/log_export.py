"""The verbs that write the record out: log, export."""

from __future__ import annotations

from collections import deque
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
    note_copy,
    opened,
    verb,
)
from flipflop.cli.frames import moment_cell
from flipflop.cli.tables import print_rows
from flipflop.cli.terminal import put, put_raw
from flipflop.errors import DataError, StoreError
from flipflop.records import to_json
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.cli.tables import TableRow
    from flipflop.records import Event
    from flipflop.store import Store
    from flipflop.text.rows import Row


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
                "recorded_by": record.recorded_by,
                "event": record.kind,
                "id": record.id,
                "what": "redacted" if record.event is None else gist_of(record.event),
                "by": _by(record.event),
                "chain": record.chain,
            }
            for record in opening.log(as_of=as_of_moment(as_of, tz=zone))
        ]
    recorders = [row["recorded_by"] for row in rows]
    shown = {
        "seq": [str(row["seq"]) for row in rows],
        "recorded at": [str(row["recorded_at"])[:19].replace("T", " ") for row in rows],
        **({"recorded by": [str(name or "") for name in recorders]} if any(recorders) else {}),
        "event": [str(row["event"]).replace("_", " ") for row in rows],
        "id": [str(row["id"])[:8] for row in rows],
        "what": [str(row["what"]) for row in rows],
        "by": [str(row["by"] or "") for row in rows],
    }
    print_rows(rows, ("seq", "recorded_at", "recorded_by", "event", "id", "what", "by", "chain"), how, shown=shown)


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

    With its stamps: into an empty store it comes back as it was. A file that is
    there is replaced only if it is an earlier export of this store.
    """
    from flipflop.text.files import encoded, format_of

    if out is None:
        ctx.fail("Missing option '--output' / '-o'.")
    kind = "jsonl" if out == "-" else format_of(out, remedy="let it end in .jsonl or .csv")
    with opened(store, writing=out != "-") as opening:
        if out == "-":
            for line in encoded((record.to_json() for record in opening.log()), kind):
                put_raw(line)
        else:
            _write(opening, Path(out), kind)
            note_copy(opening, out)
            put(out)


def _write(store: Store, out: Path, kind: str) -> None:
    """Write the log to a file. Raises StoreError for one that is there and whose last event is none of this log."""
    from flipflop.text.atomic import writing
    from flipflop.text.files import encoded

    missing = {_last_chain(out, kind)} - {None}

    def rows() -> Iterator[Row]:
        for record in store.log():
            missing.discard(record.chain)
            yield record.to_json()

    with writing(out) as stream:
        stream.writelines(encoded(rows(), kind))
        if missing:
            raise StoreError(f"{out} is there already and is no earlier export of this store: choose another name")


def _last_chain(out: Path, kind: str) -> str | None:
    """Return what the last line of a file gives as its place in the chain, "" for none, None where there is no line."""
    from flipflop.text.atomic import refuse_taken
    from flipflop.text.files import rows_of

    refuse_taken(out, replace=True)
    if not out.exists() or not out.stat().st_size:
        return None
    try:
        (last,) = deque(rows_of(out, file_format=kind), maxlen=1) or (None,)
    except DataError:
        return ""
    return str(last.row.get("chain", "")) if last is not None and isinstance(last.row, dict) else ""


def _by(event: Event | None) -> str | None:
    """Return whose judgement or deed an event is, None where that is not recorded."""
    return getattr(event, "coder", None) or getattr(event, "by", None)


def gist_of(event: Event) -> str:
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
