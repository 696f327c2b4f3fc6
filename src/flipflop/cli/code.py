"""The verb code: a further judgement of a statement that is recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from flipflop.cli.base import CoderOption, StoreOption, asked, asked_word, opened, verb, warn
from flipflop.cli.options import offering
from flipflop.cli.signing import asked_by
from flipflop.cli.terminal import put
from flipflop.errors import DataError
from flipflop.records import Coding, Stance, Statement


@verb(
    "code",
    "flipflop code 3f2a9c1e --topic joint-cyber-unit --stance oppose",
    'flipflop code 3f2a9c1e --topic joint-cyber-unit --stance mixed --adjudicate --rationale "hedged"',
)
def code(
    ctx: typer.Context,
    statement: Annotated[
        str,
        typer.Argument(
            metavar="STATEMENT", help="The statement's id, or the start of it.", autocompletion=offering("statement")
        ),
    ],
    store: StoreOption = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Id or title.", autocompletion=offering("topic"))
    ] = None,
    stance: Annotated[Stance | None, typer.Option("--stance", help="What the words show.")] = None,
    coder: CoderOption = None,
    qualifier: Annotated[
        str | None, typer.Option("--qualifier", metavar="TEXT", help="Of what it is true: only if …, except ….")
    ] = None,
    confidence: Annotated[float | None, typer.Option("--confidence", min=0, max=1, help="From 0 to 1.")] = None,
    rationale: Annotated[str | None, typer.Option("--rationale", metavar="TEXT", help="Why.")] = None,
    adjudicate: Annotated[bool, typer.Option("--adjudicate", help="Settle a dispute among coders.")] = False,
) -> None:
    """Judge what a recorded statement shows towards a topic."""
    from flipflop.cases import confirmed

    with opened(store, writing=True) as opening:
        found = opening.get(statement)
        if not isinstance(found.event, Statement):
            raise DataError(f"{found.id[:8]} is no statement but a {found.kind.replace('_', ' ')}")
        about = opening.resolve_topic(asked(ctx, topic, "--topic", "Topic"))
        shown = asked_word(ctx, stance, "--stance", "Stance", Stance)
        judge = asked_by(ctx, coder, opening, "--coder")
        judged = (found.id, about, Stance(shown), judge, confidence, rationale)
        coding = Coding(*judged, adjudicates=adjudicate, qualifier=qualifier)
        appended = opening.append(confirmed(opening, coding))
    put(coding.hash[:8])
    warn(appended.warnings)
