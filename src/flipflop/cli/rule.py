"""The verb rule: what a person decides about a pair of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import ByOption, StoreOption, TzOption, asked, opened, usage_error, verb, warn
from flipflop.cli.options import offering
from flipflop.cli.signing import asked_by
from flipflop.cli.terminal import at_terminal, put
from flipflop.records import Answer, Degree, Explanation, Framing, Outcome, SetAside, Source

if TYPE_CHECKING:
    from flipflop.cases import FoundPair
    from flipflop.cli.interview import Given
    from flipflop.store import Store


@verb(
    "rule",
    "flipflop rule                  # walks all that waits for a ruling",
    "flipflop rule 3f2a9c1e 8b41d207 --topic joint-cyber-unit --outcome reversal \\",
    '      --innocent-reading "To discuss a thing is not to endorse it." --explanation none_found',
)
def rule(
    ctx: typer.Context,
    earlier: Annotated[
        str | None,
        typer.Argument(metavar="EARLIER", help="Id of the earlier statement.", autocompletion=offering("statement")),
    ] = None,
    later: Annotated[
        str | None,
        typer.Argument(metavar="LATER", help="Id of the later statement.", autocompletion=offering("statement")),
    ] = None,
    store: StoreOption = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Id or title.", autocompletion=offering("topic"))
    ] = None,
    outcome: Annotated[Outcome | None, typer.Option("--outcome", help="What it is.")] = None,
    set_aside: Annotated[
        SetAside | None,
        typer.Option("--set-aside", help="Of no_reversal: the end that was a jest or a quotation. [default: later]"),
    ] = None,
    innocent_reading: Annotated[
        str | None, typer.Option("--innocent-reading", metavar="TEXT", help='The kindest reading, or "none found".')
    ] = None,
    by: ByOption = None,
    degree: Annotated[Degree | None, typer.Option("--degree", help="How far the position moved.")] = None,
    explanation: Annotated[Explanation | None, typer.Option("--explanation", help="What explains it.")] = None,
    explanation_source: Annotated[
        str | None, typer.Option("--explanation-source", metavar="URL|OUTLET", help="Where that can be checked.")
    ] = None,
    circumstances_source: Annotated[
        str | None,
        typer.Option("--circumstances-source", metavar="URL|OUTLET", help="Where it can be checked what changed."),
    ] = None,
    framing: Annotated[Framing | None, typer.Option("--framing", help="What the speaker called it.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Anything else.")] = None,
    reply_text: Annotated[
        str | None, typer.Option("--reply-text", metavar="TEXT", help="What the speaker answered.")
    ] = None,
    reply_source: Annotated[str | None, typer.Option("--reply-source", metavar="URL", help="Where.")] = None,
    no_reply: Annotated[bool, typer.Option("--no-reply", help="The speaker was asked and did not answer.")] = False,
    tz: TzOption = None,
) -> None:
    """Decide about a pair of statements: a change of one speaker, or a conflict of two.

    Without ids it walks all that waits for a ruling, proposition and both quotes in view, and pairs whose words,
    moment or proposition changed after the ruling, which "confirm" lets hold.
    An innocent reading (or "none found") is required, and the source of an
    explanation and of changed circumstances: only with it are they told as facts.
    """
    from flipflop.cases import confirmed, refuse_backwards, refuse_what_stands, row_of
    from flipflop.cli.judgement import ruling_from

    if (earlier is None) != (later is None):
        ctx.fail("Missing argument 'LATER': a ruling is about a pair.")
    if no_reply and (reply_text or reply_source):
        ctx.fail("Give '--reply-text' or '--no-reply', not both.")
    if reply_source and not reply_text:
        ctx.fail("'--reply-source' needs '--reply-text'.")
    with opened(store, writing=True) as opening:
        zone = tz or opening.tz or "UTC"
        if earlier is None or later is None:
            if not at_terminal():
                ctx.fail("Missing arguments 'EARLIER LATER': only at a terminal are the candidates walked.")
            from flipflop.cli.walking import walk

            walk(opening, asked_by(ctx, by, opening), topic, zone)
            return
        first, second = opening.get(earlier).id, opening.get(later).id
        refuse_backwards(opening, first, second)
        about = opening.resolve_topic(asked(ctx, topic, "--topic", "Topic"))
        options = {
            "outcome": outcome,
            "set_aside": set_aside,
            "innocent_reading": innocent_reading,
            "explanation": explanation,
            "explanation_source": explanation_source,
            "circumstances_source": circumstances_source,
            "framing": framing,
        }
        given = {name: str(value) for name, value in options.items() if value is not None}
        _refuse_unfit(ctx, opening, (first, second), given, degree)
        _complete(ctx, opening, row_of(opening, first, second, about), (first, second), given, zone)
        more = (degree, note, _reply(reply_text, reply_source, no_reply))
        ruling = ruling_from(given, (first, second), about, asked_by(ctx, by, opening), *more)
        refuse_what_stands(opening, ruling)
        ruling = confirmed(opening, ruling)
        appended = opening.append(ruling)
    put(ruling.hash[:8])
    warn(appended.warnings)


def _refuse_unfit(ctx: typer.Context, store: Store, pair: tuple[str, str], given: Given, degree: Degree | None) -> None:
    """Leave with a usage error where what is given does not go together."""
    from flipflop.cases import CHANGES, outcomes_of

    outcome, outcomes = given.get("outcome"), outcomes_of(store, *pair)
    if outcome is not None and outcome not in outcomes:
        whose = "one speaker" if Outcome.REVERSAL in outcomes else "two speakers"
        usage_error(ctx, f"These are statements of {whose}. Choose '--outcome' from: {', '.join(outcomes)}")
    if degree is not None and outcome is not None and outcome not in CHANGES:
        usage_error(ctx, f"'--degree' goes with '--outcome' {' or '.join(CHANGES)}: else no position moved.")
    if "set_aside" in given and outcome not in (None, Outcome.NO_REVERSAL):
        usage_error(ctx, f"'--set-aside' goes with '--outcome' {Outcome.NO_REVERSAL}.")


def _complete(ctx: typer.Context, store: Store, row: FoundPair, pair: tuple[str, str], given: Given, zone: str) -> None:
    """Ask for what is missing at a terminal, both quotes in view; elsewhere leave with a usage error that names it."""
    from flipflop.cases import outcomes_of
    from flipflop.cli.interview import put_one
    from flipflop.cli.judgement import missing
    from flipflop.cli.walking import show

    if at_terminal() and "outcome" not in given:
        show(store, pair, zone)
    for question in missing(row.kind, outcomes_of(store, *pair), given):
        if at_terminal():
            given[question.name] = put_one(question)
        elif question.default is None:
            words = f" Choose from: {', '.join(question.choices)}" if question.choices else ""
            sourced = f" {question.asked}: only with it that is told as a fact." if question.reads else ""
            usage_error(ctx, f"Missing option '--{question.name.replace('_', '-')}'.{words}{sourced}")


def _reply(text: str | None, source: str | None, none: bool) -> Answer | None:
    if none:
        return Answer(answered=False)
    if text is None:
        return None
    return Answer(answered=True, text=text, source=Source(url=source) if source else None)
