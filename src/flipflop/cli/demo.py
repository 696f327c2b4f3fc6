"""The verb demo: the founding case, from its events to a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flipflop.cli.base import made, or_of_root, verb
from flipflop.cli.quotes import words_of_moments
from flipflop.cli.terminal import put
from flipflop.detect import ConflictKind
from flipflop.text.numbers import counted
from flipflop.text.positions import stance_word
from flipflop.text.rulings import NO_CONFLICT, pair_label
from flipflop.when.gap_words import gap_between

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import timedelta


DEMO_STORE = "flipflop-demo.db"
"""Of its own, so that the demo never gets into somebody's flipflop.db unasked."""

_CASE = "cyber-unit-2017"
_TZ = "America/New_York"
_TOLD = {
    ConflictKind.STRANDED_SURROGATE: "Stranded surrogates, on record with what their principal then left",
    ConflictKind.OFF_MESSAGE: "Off message, against their principal's standing position",
    ConflictKind.CONFLICTING_ACCOUNTS: "Conflicting accounts, no culprit",
}
_INTRODUCTION = "The joint cyber security unit, July 2017"


DemoStore = Annotated[
    str | None,
    typer.Option("--store", "-s", metavar="FILE", callback=or_of_root, help=f"The store. [default: {DEMO_STORE}]"),
]


@verb("demo", "flipflop demo", "flipflop -s cyber.db demo -o cyber.html")
def demo(
    store: DemoStore = None,
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")] = Path(
        f"{_CASE}.html"
    ),
) -> None:
    """Record the founding case and draw its timeline.

    Without a named store it goes into flipflop-demo.db, never into your own.
    """
    from flipflop.cases import found_conflicts, found_reversals
    from flipflop.cli.timeline import draw
    from flipflop.ingest import import_events, shipped
    from flipflop.text.atomic import refuse_taken

    refuse_taken(out, replace=True)  # before anything is recorded
    place = store or DEMO_STORE
    with made(place, tz=_TZ) as opening:
        import_events(opening, shipped(_CASE))
        statements, topics = opening.statements(), opening.topics()
        names = dict(zip(statements["speaker"], statements["speaker_name"], strict=True))
        changes, _ = found_reversals(opening)
        against = found_conflicts(opening)
        draw(opening, out, tz=_TZ, title=_INTRODUCTION)
    put(f"{_INTRODUCTION}")
    put(f"{counted(len(statements), 'statement')} by {counted(len(names), 'person', 'people')}, recorded in {place}")
    moments = words_of_moments(statements, _TZ)
    kinds = dict(zip(topics["topic"], topics["kind"], strict=True))
    for row in changes.astype("object").to_dict(orient="records"):
        put(_change(row, names, moments, kinds))
    for kind in _TOLD:
        stands = (against["kind"] == kind) & ~against["ruling"].isin(NO_CONFLICT)
        rows = against[stands].to_dict(orient="records")
        put(f"\n{_TOLD[kind]}: {len(rows)}")
        for row in rows:
            put(_conflict(row, names))
    put("\nThe timeline, for any browser:")
    put(str(out))


def _change(row: dict[Hashable, Any], names: dict[str, str], moments: dict[str, str], kinds: dict[str, str]) -> str:
    gap = gap_between(row["gap_min"].to_pytimedelta(), row["gap_max"].to_pytimedelta())
    ruled = pair_label(row["kind"], row["ruling"] if isinstance(row["ruling"], str) else "")
    before, after = (stance_word(row[stance], kinds[row["topic"]]) for stance in ("earlier_stance", "later_stance"))
    return (
        f"\n{names[row['speaker']]} on {row['topic']}: {row['kind']}, {row['degree']} ({ruled})\n"
        f"  {before}, {moments[row['earlier_id']]} → {after}, {moments[row['later_id']]}\n"
        f"  {gap.joined}{_seconds(row['gap_min'], row['gap_max'])}"
    )


def _conflict(row: dict[Hashable, Any], names: dict[str, str]) -> str:
    one, other = names[row["speaker"]], names[row["other"]]
    ruled = pair_label(row["kind"], row["ruling"] if isinstance(row["ruling"], str) else "")
    who = f"{one} and {other}" if row["kind"] == ConflictKind.CONFLICTING_ACCOUNTS else f"{one}, speaking for {other},"
    return f"  {who} on {row['topic']} ({ruled})"


def _seconds(shortest: timedelta, longest: timedelta) -> str:
    """A gap in seconds where it is known to a minute: the middle of what it can be, and how far that may be off."""
    middle = (shortest + longest).total_seconds() / 2
    width = (longest - shortest).total_seconds() / 2
    return f" ({middle:,.0f} s ± {width:,.0f} s)".replace(",", " ") if width <= 60 else ""  # a minute
