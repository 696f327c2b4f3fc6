"""The verbs that list what follows from the record: list, reversals, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import (
    AsOfOption,
    Format,
    FormatOption,
    StoreOption,
    TzOption,
    as_of_moment,
    moment_of,
    opened,
    verb,
)
from flipflop.cli.quotes import words_of_moments
from flipflop.cli.terminal import say
from flipflop.detect import ReversalKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from flipflop.store import Store

OfSpeaker = Annotated[str | None, typer.Option("--speaker", metavar="WHO", help="Only this speaker.")]
OfTopic = Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="Only this topic.")]

_OF_CODING = ("topic", "topic_title", "stance", "coder", "confidence", "needs_review", "coding_id")


@verb(
    "list",
    "flipflop list --speaker donald-trump",
    "flipflop list --topic joint-cyber-unit --since 2017-07-09 --tz America/New_York --format csv",
)
def list_statements(
    store: StoreOption = None,
    speaker: OfSpeaker = None,
    topic: OfTopic = None,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="Said then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Said then or before.")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="Only with these words.")] = None,
    as_of: AsOfOption = None,
    tz: TzOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """List statements with their codings.

    In the order of their moments; a statement that is coded twice has two rows.
    """
    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        moment = as_of_moment(as_of, tz=zone)
        who = opening.resolve_speaker(speaker) if speaker else None
        about = opening.resolve_topic(topic) if topic else None
        statements = opening.statements(as_of=moment, speaker=who)
        codings = opening.codings(as_of=moment, topic=about)
    if since is not None:
        statements = statements[statements["said_until"] > moment_of(since, "--since", tz=zone).start]
    if until is not None:
        statements = statements[statements["said_from"] < moment_of(until, "--until", tz=zone).end]
    if text is not None:
        statements = statements[statements["text"].str.contains(text, case=False, regex=False)]
    rows = statements.merge(codings[["statement_id", *_OF_CODING]], on="statement_id", how="inner" if topic else "left")
    rows = rows.sort_values(["said_from", "said_until", "statement_id", "topic"], ignore_index=True)
    _print(
        rows,
        how,
        zone,
        "statements",
        {
            "id": rows["statement_id"].str[:8],
            "said": rows["statement_id"].map(words_of_moments(statements, zone)),
            "speaker": rows["speaker_name"].fillna(rows["speaker"].astype("string")),
            "topic": rows["topic"].astype("string").fillna(""),
            "stance": rows["stance"].astype("string").fillna("")
            + rows["needs_review"].map({True: " (look again)"}).astype("string").fillna(""),
            "text": rows["text"].where(
                rows["form"] == "quote", "[" + rows["form"].astype("string") + "] " + rows["text"]
            ),
        },
    )


@verb(
    "reversals",
    "flipflop reversals",
    "flipflop reversals --kind walk_back --format json",
    "flipflop -s demo.db reversals",
)
def reversals(
    store: StoreOption = None,
    speaker: OfSpeaker = None,
    topic: OfTopic = None,
    kind: Annotated[list[ReversalKind] | None, typer.Option("--kind", help="Only this kind; may be repeated.")] = None,
    as_of: AsOfOption = None,
    tz: TzOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """List changes of position.

    Each is a candidate until somebody has ruled.
    """
    from flipflop.when.display import format_gap

    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        found, again = found_reversals(opening, speaker=speaker, topic=topic, kinds=kind, as_of=as_of, tz=zone)
        moments = words_of_moments(opening.statements(as_of=as_of_moment(as_of, tz=zone)), zone)
    gaps = zip(found["gap_min"], found["gap_max"], strict=True)
    _print(
        found,
        how,
        zone,
        "changes of position",
        {
            "speaker": found["speaker"],
            "topic": found["topic"],
            "kind": found["kind"],
            "degree": found["degree"].fillna("order unknown"),
            "gap": [format_gap(shortest.to_pytimedelta(), longest.to_pytimedelta()) for shortest, longest in gaps],
            "earlier": found["earlier_id"].str[:8] + " " + found["earlier_id"].map(moments),
            "later": found["later_id"].str[:8] + " " + found["later_id"].map(moments),
            "ruling": found["ruling"].fillna("candidate"),
            **({"look again": again} if any(again) else {}),
        },
    )


@verb("conflicts", "flipflop conflicts", "flipflop conflicts --topic unit-was-agreed --format csv")
def conflicts(
    store: StoreOption = None,
    speaker: OfSpeaker = None,
    topic: OfTopic = None,
    as_of: AsOfOption = None,
    tz: TzOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """List where one person's position stands against another's."""
    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        found = found_conflicts(opening, speaker=speaker, topic=topic, as_of=as_of, tz=zone)
    _print(
        found,
        how,
        zone,
        "conflicts",
        {
            "kind": found["kind"],
            "speaker": found["speaker"],
            "other": found["other"],
            "topic": found["topic"],
            "since": points(found["since"], zone),
            "statements": found["earlier_id"].str[:8] + " " + found["later_id"].str[:8],
        },
    )


def found_reversals(
    store: Store,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    kinds: Iterable[ReversalKind] | None = None,
    as_of: str | None = None,
    tz: str = "UTC",
) -> tuple[pd.DataFrame, list[str]]:
    """Return the reversals of a store, of the default kinds unless some are named, and what of each to look at again.

    That is its ruling, a coding or both, where words or moment changed after them; else an empty text.
    """
    from flipflop.cases.again import to_look_at
    from flipflop.detect import DEFAULT_KINDS, find_reversals
    from flipflop.frames import positions

    moment = as_of_moment(as_of, tz=tz)
    who = store.resolve_speaker(speaker) if speaker else None
    about = store.resolve_topic(topic) if topic else None
    held = positions(store, as_of=moment, speaker=who, topic=about)
    rulings = store.rulings(as_of=moment)
    found = find_reversals(held, kinds=tuple(kinds or DEFAULT_KINDS), rulings=rulings)
    return found, to_look_at(found, held, rulings)


def found_conflicts(
    store: Store,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    as_of: str | None = None,
    tz: str = "UTC",
) -> pd.DataFrame:
    """Return the conflicts of a store; ``speaker`` is either of the two."""
    from flipflop.detect import find_conflicts
    from flipflop.frames import positions

    moment = as_of_moment(as_of, tz=tz)
    about = store.resolve_topic(topic) if topic else None
    held = positions(store, as_of=moment, topic=about)
    found = find_conflicts(held, store.speaks_for(as_of=moment), store.topics(as_of=moment))
    if speaker is None:
        return found
    who = store.resolve_speaker(speaker)
    return found[(found["speaker"] == who) | (found["other"] == who)].reset_index(drop=True)


def points(instants: pd.Series[pd.Timestamp], zone: str) -> list[str]:
    """Return instants to the minute, with their zone; nothing where there is none."""
    from flipflop.when.zones import zone_of

    local = instants.dt.tz_convert(zone_of(zone).info)
    return [f"{moment:%Y-%m-%d %H:%M %Z}" if moment == moment else "" for moment in local]


def _print(frame: pd.DataFrame, how: Format, zone: str, things: str, shown: dict[str, Iterable[str]]) -> None:
    from flipflop.cli.frames import print_frame

    print_frame(frame, how, tz=zone, shown=shown)
    if frame.empty and how is Format.TABLE:
        say(f"no {things} in this record")
