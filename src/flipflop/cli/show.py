"""The verb show: everything the record has on one event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import Format, FormatOption, StoreOption, TzOption, opened, verb
from flipflop.cli.frames import moment_cell
from flipflop.cli.options import offering
from flipflop.cli.quotes import block
from flipflop.cli.tables import print_rows
from flipflop.cli.terminal import emphasis, put, put_line
from flipflop.records import Statement, to_json
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.cli.tables import TableRow
    from flipflop.records import Event
    from flipflop.store import Store
    from flipflop.store.model import Recorded


@verb("show", "flipflop show 3f2a9c1e", "flipflop show donald-trump", "flipflop show 3f2a9c1e --format json")
def show(
    event: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An event's id, the start of it, or a slug.", autocompletion=offering("event")
        ),
    ],
    store: StoreOption = None,
    tz: TzOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """Show one event in full, with its history.

    Of a statement: its words as they read today, then codings, corrections and rulings as they were recorded.
    """
    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        found = opening.get(event)
        related = opening.history(found.id)
        if how is Format.TABLE:
            _print_text(opening, found, related, zone)
            return
        row = _row(opening, found, zone)
        reads = opening.as_it_reads(found.id)
        if reads is not None and reads != found.event:
            row["as_amended"] = _plain(reads)
        row["history"] = [_row(opening, record, zone) for record in related]
        print_rows([row], list(row), how)


def statement_block(store: Store, event_id: str, zone: str) -> str:
    """Return a statement as it reads today, for a person."""
    from flipflop.cases import speaker_of

    reads = store.as_it_reads(event_id)
    if not isinstance(reads, Statement):
        return f"{event_id[:8]}  (redacted)"
    behalf = speaker_of(store, reads.on_behalf_of).name if reads.on_behalf_of else ""
    return block(reads, speaker_of(store, reads.speaker).name, event_id, behalf=behalf, tz=zone)


def _print_text(store: Store, found: Recorded, related: list[Recorded], zone: str) -> None:
    if isinstance(found.event, Statement):
        put(statement_block(store, found.id, zone))
        put_line("")
    put_line(emphasis(found.kind.replace("_", " ")))
    for line in _lines(_row(store, found, zone)):
        put(line)
    for record in related:
        put_line("")
        put_line(emphasis(f"{record.kind.replace('_', ' ')} {record.id[:8]}"))
        for line in _lines(_row(store, record, zone), leave_out=("event", "hash", "chain")):
            put(line)


def _row(store: Store, record: Recorded, zone: str) -> TableRow:
    """An event as it was recorded, with its stamps; the moment of recording in the zone.

    Of a coding or ruling also that it needs another look, where it does.
    """
    row: TableRow = {"event": record.kind, "hash": record.id, "seq": record.seq}
    row["recorded_at"] = moment_cell(record.recorded_at, zone_of(zone).info)
    if record.recorded_by is not None:
        row["recorded_by"] = record.recorded_by
    row["chain"] = record.chain
    if record.kind in ("coding", "ruling") and store.needs_review(record.id):
        row["needs_review"] = True
    return row | (_plain(record.event) if record.event is not None else {"redacted": True})


def _plain(event: Event) -> TableRow:
    body: TableRow = json.loads(json.dumps(to_json(event)))
    del body["event"]
    return body


def _lines(row: TableRow, leave_out: tuple[str, ...] = ()) -> Iterator[str]:
    """Field and value, one a line; nested values as JSON, line ends in a text as what they are."""
    for name, value in row.items():
        if name in leave_out or value is None:
            continue
        if name == "needs_review":
            yield "  look again: words or moment changed after it"
            continue
        told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"  {name}: {told.replace(chr(10), chr(10) + '    ')}"
