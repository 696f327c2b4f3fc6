"""The verbs that list what follows from the record: list, reversals, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from flipflop.cli.base import (
    AsOfOption,
    ByOption,
    Format,
    FormatOption,
    StoreOption,
    TzOption,
    as_of_moment,
    moment_of,
    opened,
    usage_error,
    verb,
)
from flipflop.cli.options import offering
from flipflop.cli.quotes import words_of_moments
from flipflop.cli.terminal import say
from flipflop.detect import DEFAULT_KINDS, ReversalKind
from flipflop.text.numbers import counted
from flipflop.text.positions import stance_word
from flipflop.text.quotations import quotation_line
from flipflop.text.rulings import NO_CONFLICT, OUTCOMES, pair_label
from flipflop.text.sources import source_words
from flipflop.when.gap_words import gap_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    import pandas as pd

    from flipflop.store import Store

OfSpeaker = Annotated[
    str | None, typer.Option("--speaker", metavar="WHO", help="Only this speaker.", autocompletion=offering("speaker"))
]
OfTopic = Annotated[
    str | None, typer.Option("--topic", metavar="TOPIC", help="Only this topic.", autocompletion=offering("topic"))
]

_OF_CODING = (
    "topic",
    "topic_title",
    "stance",
    "coder",
    "confidence",
    "needs_review",
    "coding_id",
    "proposition_mended",
)


@verb(
    "list",
    "flipflop list --speaker donald-trump",
    "flipflop list --duplicates",
    "flipflop list --reread --file statements.csv",
    "flipflop list --topic joint-cyber-unit --since 2017-07-09 --tz America/New_York --format csv",
)
def list_statements(
    ctx: typer.Context,
    store: StoreOption = None,
    speaker: OfSpeaker = None,
    topic: OfTopic = None,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="Said then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Said then or before.")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="Only with these words.")] = None,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Only what may be recorded twice, side by side.")
    ] = False,
    second_look: Annotated[
        bool,
        typer.Option("--second-look", help="Codings and rulings made before words, moment or proposition changed."),
    ] = False,
    reread: Annotated[bool, typer.Option("--reread", help="What would be read otherwise today.")] = False,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="With --reread: also words that lost a first mark.")
    ] = None,
    amend: Annotated[bool, typer.Option("--amend", help="With --reread: amend all that is listed.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="With --reread: why.")] = None,
    by: ByOption = None,
    as_of: AsOfOption = None,
    tz: TzOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """List statements with their codings.

    In the order of their moments; a statement that is coded twice has two rows.
    With --duplicates, those of one speaker with nearly the same words whose
    moments overlap; duplicate_of is the one that was recorded first.
    With --second-look, the codings and, below them, the rulings that wait:
    amend ID… --confirm says that they hold.

    With --reread, the moments that would be read otherwise today than they were
    when they were recorded: what stands, what would be read, and why. At a
    terminal one key amends each; --amend amends all that is listed, with
    --speaker and --text those that they leave. With the FILE that version
    0.1.0 imported also the quotations that lost their first mark.
    """
    from flipflop.cases import duplicates as recorded_twice, waiting_rulings

    if not reread and (file or amend or reason or by):
        usage_error(ctx, "'--file', '--amend', '--reason' and '--by' go with '--reread'.")
    if reread:
        if topic or since or until or as_of or duplicates or second_look:
            usage_error(ctx, "'--reread' goes with '--speaker' and '--text' only.")
        _reread(ctx, store, Reread(speaker, text, file, amend, reason, by), tz, how)
        return
    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        moment = as_of_moment(as_of, tz=zone)
        who = opening.resolve_speaker(speaker) if speaker else None
        about = opening.resolve_topic(topic) if topic else None
        # A ruling may wait on statements that nobody codes on its topic any more.
        statements = opening.statements(as_of=moment, speaker=who, topic=None if second_look else about)
        codings = opening.codings(as_of=moment, speaker=who, topic=about)
        kinds = _kinds(opening, moment)
        rulings = waiting_rulings(opening, topic=about, as_of=moment) if second_look else None
    statements = _narrowed(statements, since, until, text, zone)
    if duplicates:
        statements = recorded_twice(statements)
    rows = statements.merge(codings[["statement_id", *_OF_CODING]], on="statement_id", how="inner" if topic else "left")
    if second_look:
        rows = rows[_waits(rows)].reset_index(drop=True)
    if not duplicates:
        rows = rows.sort_values(["said_from", "said_until", "statement_id", "topic"], ignore_index=True)
    _print(
        rows,
        how,
        zone,
        "codings that wait for a second look" if second_look else "statements",
        {
            "id": rows["statement_id"].str[:8],
            **({"duplicate of": _others(rows)} if duplicates else {}),
            **({"coding": rows["coding_id"].str[:8], "coder": rows["coder"]} if second_look else {}),
            "said": rows["statement_id"].map(words_of_moments(statements, zone)),
            "speaker": rows["speaker_name"].fillna(rows["speaker"].astype("string")),
            "topic": rows["topic"].astype("string").fillna(""),
            "position": [
                _position(kinds, *cells, again=bool(again))
                for cells, again in zip(_cells(rows, "topic", "stance"), _waits(rows), strict=True)
            ],
            "text": [quotation_line(*map(str, cells)) for cells in _cells(rows, "text", "form")],
            "source": [source_words(*cells) for cells in _cells(rows, "source_url", "source_outlet", "source_title")],
        },
    )
    if rulings is not None:
        _tell_rulings(rulings, statements)


def _narrowed(
    statements: pd.DataFrame, since: str | None, until: str | None, text: str | None, zone: str
) -> pd.DataFrame:
    """Return the statements of a stretch of time (as typed, in a zone) with some words."""
    if since is not None:
        statements = statements[statements["said_until"] > moment_of(since, "--since", tz=zone).start]
    if until is not None:
        statements = statements[statements["said_from"] < moment_of(until, "--until", tz=zone).end]
    if text is not None:
        statements = statements[statements["text"].str.contains(text, case=False, regex=False)]
    return statements


def _tell_rulings(rulings: pd.DataFrame, statements: pd.DataFrame) -> None:
    """Say which rulings on these statements wait for a second look: they are no rows of statements."""
    ends = set(statements["statement_id"])
    waiting = [
        row for row in _cells(rulings, "ruling_id", "earlier", "later", "topic", "outcome") if ends & {*row[1:3]}
    ]
    if not waiting:
        return
    say(f"{counted(len(waiting), 'ruling waits', 'rulings wait')} for a second look:")
    for ruling, earlier, later, topic, outcome in waiting:
        say(f"  {ruling[:8]}  {earlier[:8]} → {later[:8]} on {topic}: {OUTCOMES[outcome]}")
    say(f"flipflop amend {' '.join(row[0][:8] for row in waiting)} --confirm says that they hold")


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
    """List pairs of statements of one person that differ.

    None is a change of position until somebody has ruled that it is.
    """
    from flipflop.cases import found_reversals

    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        moment = as_of_moment(as_of, tz=zone)
        who = opening.resolve_speaker(speaker) if speaker else None
        about = opening.resolve_topic(topic) if topic else None
        found, looks = found_reversals(
            opening, speaker=who, topic=about, kinds=kind or DEFAULT_KINDS, as_of=moment, tz=zone
        )
        moments = _moments(opening.statements(as_of=moment, speaker=who, topic=about), found, zone)
        kinds = _kinds(opening, moment)
    again = [", ".join(["ruling"] * look.ruling + ["coding"] * look.coding) for look in looks]
    _print(
        found,
        how,
        zone,
        "statements of one person that differ",
        {
            "speaker": found["speaker"],
            "topic": found["topic"],
            "kind": found["kind"],
            "degree": found["degree"].fillna("order unknown"),
            "gap": [gap_between(least, most).words for least, most in _gaps(found)],
            **{end: _ends(found, end, moments, kinds) for end in ("earlier", "later")},
            "ruling": [pair_label(*cells) for cells in _cells(found, "kind", "ruling")],
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
    """List pairs of statements of two people that differ.

    None is a conflict until somebody has ruled that it is.
    """
    from flipflop.cases import found_conflicts

    with opened(store) as opening:
        zone = tz or opening.tz or "UTC"
        moment = as_of_moment(as_of, tz=zone)
        who = opening.resolve_speaker(speaker) if speaker else None
        about = opening.resolve_topic(topic) if topic else None
        found = found_conflicts(opening, speaker=who, topic=about, as_of=moment, tz=zone)
        if how is Format.TABLE:  # data has the column ``ruling``
            found = found[~found["ruling"].isin(NO_CONFLICT)].reset_index(drop=True)
        moments = _moments(opening.statements(as_of=moment, topic=about), found, zone)
        kinds = _kinds(opening, moment)
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
            **{end: _ends(found, end, moments, kinds) for end in ("earlier", "later")},
            "ruling": [pair_label(*cells) for cells in _cells(found, "kind", "ruling")],
        },
    )


class Reread(NamedTuple):
    """What ``list --reread`` was asked for."""

    speaker: str | None
    text: str | None
    file: str | None
    amend: bool
    reason: str | None
    by: str | None


def _reread(ctx: typer.Context, store: str | None, asked: Reread, tz: str | None, how: Format) -> None:
    from flipflop.cli.rereading import amend_again, asks, found_again, print_again

    walks = asks() and how is Format.TABLE and not asked.amend
    with opened(store, writing=walks or asked.amend) as opening:
        zone = tz or opening.tz or "UTC"
        who = opening.resolve_speaker(asked.speaker) if asked.speaker else None
        found = found_again(opening, asked.file, speaker=who, text=asked.text)
        if not (walks and found):
            print_again(found, how, zone)
        if walks or asked.amend:
            amend_again(ctx, opening, found, zone, every=asked.amend, reason=asked.reason, by=asked.by)


def _moments(statements: pd.DataFrame, found: pd.DataFrame, zone: str) -> dict[str, str]:
    """The moments of the statements that were found, in words: to write those of all takes most of the time."""
    ends = {*found["earlier_id"], *found["later_id"]}
    return words_of_moments(statements[statements["statement_id"].isin(ends)], zone)


def _cells(frame: pd.DataFrame, *columns: str) -> Iterable[tuple[str, ...]]:
    """Rows of texts; what is absent is empty."""
    return zip(*(frame[column].astype("string").fillna("") for column in columns), strict=True)


def _kinds(store: Store, as_of: datetime | None) -> dict[str, str]:
    """Which kind each topic is of."""
    return {topic: kind for topic, kind in _cells(store.topics(as_of=as_of), "topic", "kind")}  # noqa: C416 -- pairs, to the type checker too


def _others(rows: pd.DataFrame) -> list[str]:
    """Of what each row may be a duplicate; nothing where it was the first."""
    return [first[:8] if first != one else "" for one, first in _cells(rows, "statement_id", "duplicate_of")]


def _gaps(found: pd.DataFrame) -> Iterable[tuple[timedelta, timedelta]]:
    bounds = zip(found["gap_min"], found["gap_max"], strict=True)
    return ((least.to_pytimedelta(), most.to_pytimedelta()) for least, most in bounds)


def _waits(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether the coding of each row, if it has one, waits for a second look."""
    return (rows["needs_review"] == True) | (rows["proposition_mended"] == True)  # noqa: E712 -- missing is neither


def _position(kinds: dict[str, str], topic: str, stance: str, *, again: bool) -> str:
    return f"{stance_word(stance, kinds.get(topic, ''))}{' (look again)' if again else ''}"


def _ends(found: pd.DataFrame, end: str, moments: dict[str, str], kinds: dict[str, str]) -> list[str]:
    """What stands at one end of each pair: the statement, what it shows, when it was made."""
    return [
        f"{id_[:8]} {stance_word(stance, kinds.get(topic, ''))}, {moments[id_]}"
        for id_, stance, topic in _cells(found, f"{end}_id", f"{end}_stance", "topic")
    ]


def _print(frame: pd.DataFrame, how: Format, zone: str, things: str, shown: dict[str, Iterable[str]]) -> None:
    from flipflop.cli.frames import print_frame

    print_frame(frame, how, tz=zone, shown=shown)
    if frame.empty and how is Format.TABLE:
        say(f"no {things} in this record")
