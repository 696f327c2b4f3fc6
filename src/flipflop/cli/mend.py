"""The verbs that mend or withdraw our own record: amend, retract, redact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import ByOption, ClockOption, StoreOption, asked, moment_of, opened, verb, warn
from flipflop.cli.options import offering
from flipflop.cli.signing import asked_by
from flipflop.cli.terminal import agreed, at_terminal, put, say
from flipflop.errors import DataError, Problem
from flipflop.records import Correction, Redaction, Retraction, SpeaksFor, Statement, to_json
from flipflop.text.numbers import counted
from flipflop.when.telling import second_words

if TYPE_CHECKING:
    from flipflop.records.codec import Json
    from flipflop.store.model import Copies

Target = Annotated[
    str, typer.Argument(metavar="ID", help="The event's id, or the start of it.", autocompletion=offering("event"))
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]

_SOURCE = ("url", "outlet", "title", "author", "published")


@verb(
    "amend",
    'flipflop amend 3f2a9c1e --said "9 July 2017 8:45pm EDT" --reason "time of the archived tweet"',
    'flipflop amend 3f2a9c1e --set \'language="en"\' --reason "was missing"',
)
def amend(
    ctx: typer.Context,
    target: Target,
    store: StoreOption = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="The words as they should read.")] = None,
    said: Annotated[str | None, typer.Option("--said", metavar="WHEN", help="When it was said.")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="URL", help="Where it can be checked.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="TEXT", help="Who published the source.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title of the source.")] = None,
    author: Annotated[str | None, typer.Option("--author", metavar="TEXT", help="The author of the source.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar="WHEN", help="When it was published.")] = None,
    form: Annotated[
        str | None, typer.Option("--form", metavar="TEXT", help="quote, condensed, paraphrase, reported or act.")
    ] = None,
    context: Annotated[str | None, typer.Option("--context", metavar="TEXT", help="What a reader should know.")] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="WHO", help="Who said it.", autocompletion=offering("speaker"))
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="Of a relation: from when on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Of a relation: to when.")] = None,
    field: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=JSON", help="Any other field; null takes it away.")
    ] = None,
    tz: ClockOption = None,
    reason: Reason = None,
    by: ByOption = None,
) -> None:
    """Mend a statement or a relation.

    It keeps its id, and codings and rulings follow; the first version stays on record.
    """
    with opened(store, writing=True) as opening:
        found = opening.get(target)
        reads = opening.as_it_reads(found.id)
        if reads is None:
            raise DataError(f"{found.id[:8]} was redacted; there is nothing left to amend")
        if not isinstance(reads, (Statement, SpeaksFor)):
            raise DataError(
                f"{found.id[:8]} is a {found.kind.replace('_', ' ')}: only statements and relations are mended; "
                "retract it, and declare or record it anew"
            )
        zone = tz or opening.tz
        changes: dict[str, Json] = {}
        texts = {"text": text, "form": form, "context": context}
        changes |= {name: value for name, value in texts.items() if value is not None}
        if speaker is not None:
            changes["speaker"] = opening.resolve_speaker(speaker)
        for name, value in (("said", said), ("since", since), ("until", until)):
            if value is not None:
                changes[name] = _moment(value, f"--{name}", zone)
        parts: dict[str, Json] = dict(zip(_SOURCE, (source, outlet, title, author, None), strict=True))
        if published is not None:
            parts["published"] = _moment(published, "--published", zone)
        if given := {name: value for name, value in parts.items() if value is not None}:
            standing = to_json(reads).get("source")
            changes["source"] = {**(standing if isinstance(standing, dict) else {}), **given}
        changes |= _set(field or [], zone)
        if not changes:
            ctx.fail("Nothing to mend: give '--text', '--said', '--source' or another field.")
        why = asked(ctx, reason, "--reason", "Reason")
        correction = Correction(found.id, changes, why, asked_by(ctx, by, opening))
        opening.append(correction)
    put(correction.hash[:8])
    if {"text", "said"} & changes.keys():
        say("note: its codings and rulings are marked for another look, because words or moment changed")


@verb("retract", 'flipflop retract 3f2a9c1e --reason "recorded twice"')
def retract(
    ctx: typer.Context, target: Target, store: StoreOption = None, reason: Reason = None, by: ByOption = None
) -> None:
    """Withdraw an event of ours.

    It no longer counts, and stays on record. A retraction can be retracted too.
    """
    with opened(store, writing=True) as opening:
        found = opening.get(target)
        retraction = Retraction(found.id, asked(ctx, reason, "--reason", "Reason"), asked_by(ctx, by, opening))
        opening.append(retraction)
    put(retraction.hash[:8])


@verb("redact", 'flipflop redact 3f2a9c1e --reason "court order 12/34" --yes')
def redact(
    ctx: typer.Context,
    target: Target,
    store: StoreOption = None,
    reason: Reason = None,
    by: ByOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    drop: Annotated[
        bool | None,
        typer.Option("--drop-copies/--keep-copies", help="What to do with tables that others made beside the store."),
    ] = None,
) -> None:
    """Remove the body of an event for good.

    As a law may require; its id and place in the chain stay. It is never undone.
    """
    with opened(store, writing=True) as opening:
        found = opening.get(target)
        why = asked(ctx, reason, "--reason", "Reason")
        who = asked_by(ctx, by, opening)
        if not yes:
            if not at_terminal():
                ctx.fail("Missing option '--yes': a redaction is never undone.")
            if not agreed(f"Remove the body of {found.kind.replace('_', ' ')} {found.id[:8]} for good?"):
                say("nothing was done")
                raise typer.Exit(1)
        redaction = Redaction(found.id, why, who)
        copies: Copies | None = None if drop is None else "drop" if drop else "keep"
        appended = opening.append([redaction], copies=copies)
        notices = opening.notices()
    put(redaction.hash[:8])
    warn((*appended.warnings, *notices))
    warn(["the id is a hash of what was said: of a short text it can be guessed by trying"])
    if appended.exports:
        say(f"{counted(len(appended.exports), 'copy', 'copies')} left this store before, and may still hold the text:")
        for copy in appended.exports:
            say(f"  {second_words(copy.at, 'UTC')}  {copy.path}")
    if appended.quoted_in:
        say("the text still stands in " + ", ".join(event[:8] for event in appended.quoted_in) + ": redact these too")


def _moment(text: str, option: str, zone: str | None) -> Json:
    moment = moment_of(text, option, tz=zone)
    warn(moment.warnings)
    return to_json(SpeaksFor("a", "b", since=moment))["since"]


def _set(pairs: list[str], zone: str | None) -> dict[str, Json]:
    """The fields given as FIELD=JSON; what is no JSON is a text; moments may be typed."""
    found: dict[str, Json] = {}
    problems = []
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            problems.append(Problem(f"{pair!r} is not of the form FIELD=JSON", "--set"))
            continue
        try:
            found[name] = json.loads(value)
        except (ValueError, RecursionError):
            found[name] = value
        typed = found[name]
        if name in ("said", "since", "until") and isinstance(typed, str):
            found[name] = _moment(typed, f"--set {name}", zone)
    if problems:
        raise DataError(problems)
    return found
