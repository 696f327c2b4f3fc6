"""What would be read otherwise today, as ``list --reread`` shows it: a table, or one after the other at a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flipflop.cases.reread import SecondReading, second_readings
from flipflop.cli.base import Format
from flipflop.cli.log_export import gist_of
from flipflop.cli.signing import asked_by
from flipflop.cli.tables import print_rows
from flipflop.cli.terminal import at_terminal, choose, put, say
from flipflop.records import SpeaksFor, Statement, to_json
from flipflop.text.numbers import counted
from flipflop.text.quotations import quotation_line
from flipflop.when import Precision, When, moment_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

    from flipflop.cli.tables import TableRow
    from flipflop.store import Store

_COLUMNS = ("id", "event", "speaker", "field", "typed", "stands", "reads", "why", "text")


def found_again(
    store: Store, file: str | None, *, speaker: str | None = None, text: str | None = None
) -> list[SecondReading]:
    """Return what would be read otherwise, of a speaker (a slug), and with some words in quotation or moment."""
    wanted = (text or "").casefold()
    return [
        one
        for one in second_readings(store, file)
        if (speaker is None or _speaker(one) == speaker)
        and any(wanted in words.casefold() for words in (_text(one), _typed(one)))
    ]


def print_again(found: Sequence[SecondReading], how: Format, zone: str) -> None:
    """Print it: what stands, what would be read today, and why."""
    shown = {
        "id": [one.id[:8] for one in found],
        "typed": [_typed(one) for one in found],
        "stands": [_both(one, zone)[0] for one in found],
        "would be read": [_both(one, zone)[1] for one in found],
        "why": [one.why for one in found],
        "text": [_quotation(one) for one in found],
    }
    print_rows([_row(one) for one in found], _COLUMNS, how, shown=shown)
    if not found and how is Format.TABLE:
        say("nothing in this record would be read otherwise today")


def amend_again(
    ctx: typer.Context,
    store: Store,
    found: Sequence[SecondReading],
    zone: str,
    *,
    every: bool,
    reason: str | None,
    by: str | None,
) -> None:
    """Record corrections: of all, or at a terminal of those that the person says."""
    chosen = list(found) if every else _walked(found, zone)
    if not chosen:
        return
    name = asked_by(ctx, by, store)
    store.append([one.correction(name, reason) for one in chosen])
    say(f"{counted(len(chosen), 'correction')} recorded")


def asks() -> bool:
    """Tell whether a person can be asked about each."""
    return at_terminal()


def _walked(found: Sequence[SecondReading], zone: str) -> list[SecondReading]:
    """Show one after the other, and return those that are to be amended."""
    chosen: list[SecondReading] = []
    for number, one in enumerate(found, start=1):
        put(f"\n{number} of {len(found)}: {one.id[:8]} {_quotation(one)}")
        put(f"  typed:  {_typed(one)}")
        stands, reads = _both(one, zone)
        put(f"  stands: {stands}")
        put(f"  today:  {reads}")
        put(f"  why:    {one.why}")
        decided = choose("What", ("amend", "skip", "rest", "quit"))
        if decided == "quit":
            break
        if decided == "rest":
            return [*chosen, *found[number - 1 :]]
        if decided == "amend":
            chosen.append(one)
    return chosen


def _row(one: SecondReading) -> TableRow:
    field, _, part = one.field.partition(".")
    reads = to_json(one.mended)[field]
    row: TableRow = {"id": one.id, "event": one.mended.kind_of_event, "speaker": _speaker(one), "field": one.field}
    row |= {"typed": _typed(one), "stands": _plain(one.stands)}
    row["reads"] = json.loads(json.dumps(reads[part] if part and isinstance(reads, dict) else reads))
    return row | {"why": one.why, "text": _text(one)}


def _plain(value: When | str) -> TableRow | str:
    """A value as JSON has it."""
    if isinstance(value, str):
        return value
    written = to_json(Statement("a", "b", value))["said"]
    found: TableRow = json.loads(json.dumps(written))
    return found


def _speaker(one: SecondReading) -> str:
    return str(getattr(one.mended, "speaker", None) or getattr(one.mended, "surrogate", ""))


def _typed(one: SecondReading) -> str:
    return one.stands if isinstance(one.stands, str) else one.stands.text


def _text(one: SecondReading) -> str:
    if isinstance(one.mended, SpeaksFor):
        return f"speaks for {one.mended.principal}"
    return one.mended.text if isinstance(one.mended, Statement) else gist_of(one.mended)


def _quotation(one: SecondReading) -> str:
    if isinstance(one.mended, Statement):
        return quotation_line(one.mended.text, one.mended.form)
    return f"{_speaker(one)} {_text(one)}" if isinstance(one.mended, SpeaksFor) else _text(one)


def _both(one: SecondReading, zone: str) -> tuple[str, str]:
    """What stands and what would be read, in words; where these are the same, with the bounds."""
    if isinstance(one.stands, str) or isinstance(one.reads, str):
        return str(one.stands), str(one.reads)
    stands, reads = moment_words(one.stands, zone), moment_words(one.reads, zone)
    if stands != reads or (one.stands.start, one.stands.end) == (one.reads.start, one.reads.end):
        return stands, reads
    return f"{stands} ({_bounds(one.stands, zone)})", f"{reads} ({_bounds(one.reads, zone)})"


def _bounds(moment: When, zone: str) -> str:
    return moment_words(replace(moment, approximate=False, precision=Precision.INTERVAL), zone)
