"""The verb rule: what a person decides about a pair of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import ByOption, StoreOption, TzOption, asked, asked_word, opened, usage_error, verb, warn
from flipflop.cli.signing import asked_by
from flipflop.cli.terminal import ask, at_terminal, choose, put, say
from flipflop.records import NO_INNOCENT_READING, Answer, Degree, Explanation, Outcome, Ruling, Source
from flipflop.text.rulings import change_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.cases import Candidate
    from flipflop.store import Store

_SEE = "'flipflop show' says which"
_READING = f"Innocent reading ({NO_INNOCENT_READING!r} if you looked and found none)"


@verb(
    "rule",
    "flipflop rule                  # walks the open candidates",
    "flipflop rule 3f2a9c1e 8b41d207 --topic joint-cyber-unit --outcome reversal \\",
    '      --innocent-reading "To discuss a thing is not to endorse it." --explanation none_found',
)
def rule(
    ctx: typer.Context,
    earlier: Annotated[str | None, typer.Argument(metavar="EARLIER", help="Id of the earlier statement.")] = None,
    later: Annotated[str | None, typer.Argument(metavar="LATER", help="Id of the later statement.")] = None,
    store: StoreOption = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="Id or title.")] = None,
    outcome: Annotated[Outcome | None, typer.Option("--outcome", help="What it is.")] = None,
    innocent_reading: Annotated[
        str | None, typer.Option("--innocent-reading", metavar="TEXT", help='The kindest reading, or "none found".')
    ] = None,
    by: ByOption = None,
    degree: Annotated[Degree | None, typer.Option("--degree", help="How far the position moved.")] = None,
    explanation: Annotated[Explanation | None, typer.Option("--explanation", help="What explains it.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Anything else.")] = None,
    reply_text: Annotated[
        str | None, typer.Option("--reply-text", metavar="TEXT", help="What the speaker answered.")
    ] = None,
    reply_source: Annotated[str | None, typer.Option("--reply-source", metavar="URL", help="Where.")] = None,
    no_reply: Annotated[bool, typer.Option("--no-reply", help="The speaker was asked and did not answer.")] = False,
    tz: TzOption = None,
) -> None:
    """Decide about a pair of statements.

    Without ids it walks the open candidates, both quotes in view, and pairs whose words, moment or
    proposition changed after the ruling. An innocent reading (or "none found") is required.
    """
    from flipflop.cases import confirmed, outcomes_of, refuse_backwards

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
            _walk(opening, asked_by(ctx, by, opening), topic, zone)
            return
        first, second = opening.get(earlier), opening.get(later)
        refuse_backwards(opening, first.id, second.id)
        outcomes = outcomes_of(opening, first.id, second.id)
        if outcome is not None and outcome not in outcomes:
            whose = "one speaker" if Outcome.REVERSAL in outcomes else "two speakers"
            usage_error(ctx, f"These are statements of {whose}. Choose '--outcome' from: {', '.join(outcomes)}")
        if at_terminal() and outcome is None:
            _show(opening, first.id, second.id, zone)
        ruling = Ruling(
            first.id,
            second.id,
            opening.resolve_topic(asked(ctx, topic, "--topic", "Topic")),
            Outcome(asked_word(ctx, outcome, "--outcome", "Outcome", outcomes)),
            asked(ctx, innocent_reading, "--innocent-reading", _READING),
            asked_by(ctx, by, opening),
            degree,
            explanation,
            _reply(reply_text, reply_source, no_reply),
            note,
        )
        ruling = confirmed(opening, ruling)
        appended = opening.append(ruling)
    put(ruling.hash[:8])
    warn(appended.warnings)


def _reply(text: str | None, source: str | None, none: bool) -> Answer | None:
    if none:
        return Answer(answered=False)
    if text is None:
        return None
    return Answer(answered=True, text=text, source=Source(url=source) if source else None)


def _walk(store: Store, by: str, topic: str | None, zone: str) -> None:
    """Show one open candidate after the other and record what is decided."""
    from flipflop.cases import confirmed, open_candidates

    candidates = open_candidates(store, topic=store.resolve_topic(topic) if topic else None, tz=zone)
    if not candidates:
        say("no open candidates in this record")
    for number, candidate in enumerate(candidates, start=1):
        put(f"\nCandidate {number} of {len(candidates)} on {candidate.topic}: {candidate.reason}\n")
        for line in _what_changed(candidate):
            put(f"{line}\n")
        _show(store, candidate.earlier, candidate.later, zone)
        decided = choose("Outcome", [*map(str, Outcome.of_one_speaker()), "skip", "quit"])
        if decided == "quit":
            return
        if decided == "skip":
            continue
        reading = ask(_READING)
        why = choose("Explanation", [*map(str, Explanation), "unknown"])
        ruling = Ruling(
            candidate.earlier,
            candidate.later,
            candidate.topic,
            Outcome(decided),
            reading,
            by,
            candidate.degree if decided == Outcome.REVERSAL else None,
            None if why == "unknown" else Explanation(why),
        )
        ruling = confirmed(store, ruling)
        store.append(ruling)
        put(f"recorded {ruling.hash[:8]}")


def _what_changed(candidate: Candidate) -> Iterator[str]:
    """What to look at again of a pair, as sentences."""
    if candidate.again.ruling and candidate.ruled:
        ruled = change_label(candidate.kind, candidate.ruled)
        yield f"Look again ({ruled}): words, moment or proposition changed after that."
    if candidate.again.coding:
        yield f"Look again at the codings, too: words or moment changed after one of them ({_SEE})."


def _show(store: Store, earlier: str, later: str, zone: str) -> None:
    from flipflop.cli.show import statement_block

    for event_id in (earlier, later):
        put(statement_block(store, event_id, zone) + "\n")
