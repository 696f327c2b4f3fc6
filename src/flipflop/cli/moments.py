"""The verb when: what flipflop makes of a moment, before anything is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import ClockOption, Format, FormatOption, StoreOption, moment_from, opened, verb, warn
from flipflop.cli.frames import moment_cell
from flipflop.cli.tables import print_rows
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    from flipflop.cli.tables import TableRow


@verb(
    "when",
    'flipflop when "9 July 2017 7:50am EDT"',
    'flipflop when "Sunday evening" --reference 2017-07-11T09:00 --tz America/New_York --format json',
)
def when(
    text: Annotated[str, typer.Argument(help="A moment, as people type it.")],
    store: StoreOption = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="WHEN", help='What "Sunday" refers to.')
    ] = None,
    tz: ClockOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """Show how a moment is understood.

    From when, until when (not included), how precisely.
    """
    zone = tz or _zone_of_store(store)
    moment = moment_from(text, "TEXT", tz=zone, reference=reference)
    shown = zone_of(zone or moment.tz or "UTC").info
    row: TableRow = {
        "text": moment.text,
        "start": moment_cell(moment.start, shown),
        "end": moment_cell(moment.end, shown),
        "precision": str(moment.precision),
        "approximate": moment.approximate,
        "tz": moment.tz,
        "warnings": list(moment.warnings),
    }
    if how is Format.TABLE:
        row["warnings"] = None
        cells = {name: [str(value)] for name, value in row.items() if value not in (None, False)}
        print_rows([row], list(row), how, shown=cells)
        warn(moment.warnings)
    else:
        print_rows([row], list(row), how)


def _zone_of_store(store: str | None) -> str | None:
    """The default zone of the store, where one is named or there; this verb needs none."""
    from flipflop.errors import StoreError

    try:
        with opened(store) as opening:
            return opening.tz
    except StoreError:
        if store is not None:
            raise
        return None
