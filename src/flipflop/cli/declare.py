"""The verbs that set up a case: init, speaker, topic, speaks-for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flipflop.cli.base import (
    DEFAULT_STORE,
    PLAIN,
    VERBS,
    ClockOption,
    Format,
    FormatOption,
    StoreOption,
    asked,
    examples,
    made,
    moment_of,
    opened,
    verb,
    warn,
    zone_told,
)
from flipflop.cli.options import offering
from flipflop.cli.signing import keep_name, login_name, own_name
from flipflop.cli.terminal import put, say
from flipflop.errors import DataError
from flipflop.records import Speaker, SpeakerKind, SpeaksFor, Topic, TopicKind, slugify

if TYPE_CHECKING:
    from flipflop.store import Store

speaker = typer.Typer(
    **PLAIN,
    no_args_is_help=True,
    help="Declare the people and organisations that say things.",
    epilog=examples('flipflop speaker add "Donald Trump"', "flipflop speaker list"),
)
topic = typer.Typer(
    **PLAIN,
    no_args_is_help=True,
    help="Declare topics, each with its one proposition.",
    epilog=examples("flipflop topic add --help", "flipflop topic list"),
)
VERBS |= {"speaker": speaker, "topic": topic}


@verb("init", "flipflop init", 'flipflop init --tz America/New_York --by "A. Person"')
def init(
    store: StoreOption = None,
    tz: Annotated[
        str | None,
        typer.Option(
            "--tz", metavar="ZONE", callback=zone_told, help="Zone of clock times without one, and of output."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Your own name, for all stores.")] = None,
    readers: Annotated[
        list[str] | None, typer.Option("--grant-reader", metavar="ROLE", help="Let a role of the server read.")
    ] = None,
    recorders: Annotated[
        list[str] | None, typer.Option("--grant-recorder", metavar="ROLE", help="Let a role read and append.")
    ] = None,
) -> None:
    """Make a store, or set its default time zone, or who may use it on a PostgreSQL server.

    --by sets the name under which you record, code, rule and mend. It lies in a
    file of yours, not in the store: whoever else opens the store signs with his
    own. It stands in the stamp of all that you record, and stays there.
    """
    from flipflop.store import Store
    from flipflop.when.zones import zone_of

    zone = zone_of(tz).name if tz else None
    with made(store) as making:
        for kind, roles in (("reader", readers), ("recorder", recorders)):
            for role in roles or ():
                making.grant(kind, role)
    with Store.init(store or DEFAULT_STORE, tz=zone) as ready:
        put(f"{ready.name}: zone {ready.tz or 'none'}")
    if by and by.strip():
        say(f"you sign as {by.strip()!r}: kept in {keep_name(by.strip())}")
    elif own_name() is None and (login := login_name()) is not None:
        say(f"you record as {login!r}, your login name: 'flipflop init --by NAME' sets another, on this machine")


@speaker.command("add", epilog=examples('flipflop speaker add "Donald Trump" --alias @realDonaldTrump'))
def speaker_add(
    name: Annotated[str, typer.Argument(help="The name, as it is printed.")],
    store: StoreOption = None,
    slug: Annotated[
        str | None, typer.Option("--id", metavar="TEXT", help="The permanent id. [default: made from the name]")
    ] = None,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", metavar="NAME", help="Another name or handle; may be repeated.")
    ] = None,
    kind: Annotated[SpeakerKind, typer.Option("--kind", help="What the speaker is.")] = SpeakerKind.PERSON,
    role: Annotated[str | None, typer.Option("--role", metavar="TEXT", help="The public role.")] = None,
    wikidata: Annotated[str | None, typer.Option("--wikidata", metavar="Q…", help="The Wikidata item.")] = None,
) -> None:
    """Declare a speaker; an id that is taken is refused, with who has it."""
    declared = Speaker(_slug(slug, name), name, tuple(alias or ()), kind, role, wikidata)
    with made(store) as opening:
        _declare(opening, declared)
    put(declared.id)


@speaker.command("list", epilog=examples("flipflop speaker list", "flipflop speaker list --format csv"))
def speaker_list(store: StoreOption = None, how: FormatOption = Format.TABLE) -> None:
    """List the speakers."""
    from flipflop.cli.frames import print_frame

    with opened(store) as opening:
        print_frame(opening.speakers(), how, tz="UTC", table=("speaker", "name", "aliases", "public_role"))


@topic.command(
    "add",
    epilog=examples(
        "flipflop topic add joint-cyber-unit \\",
        '      --proposition "The US and Russia should form a joint cyber security unit."',
    ),
)
def topic_add(
    ctx: typer.Context,
    slug: Annotated[str, typer.Argument(metavar="ID", help="The permanent id.")],
    store: StoreOption = None,
    proposition: Annotated[
        str | None, typer.Option("--proposition", metavar="TEXT", help="What one can support or oppose.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The heading. [default: made from the id]")
    ] = None,
    kind: Annotated[
        TopicKind, typer.Option("--kind", help="A proposal to support, or an account of what happened.")
    ] = TopicKind.PROPOSAL,
    parent: Annotated[
        str | None, typer.Option("--parent", metavar="TOPIC", help="The wider topic.", autocompletion=offering("topic"))
    ] = None,
) -> None:
    """Declare a topic; an id that is taken is refused, with what it stands for."""
    stated = asked(ctx, proposition, "--proposition", "Proposition (a sentence that one can support or oppose)")
    with made(store) as opening:
        wider = opening.resolve_topic(parent) if parent else None
        _declare(opening, Topic(slug, title or slug.replace("-", " ").capitalize(), stated, kind, wider))
    put(slug)


@topic.command("list", epilog=examples("flipflop topic list", "flipflop topic list --format json"))
def topic_list(store: StoreOption = None, how: FormatOption = Format.TABLE) -> None:
    """List the topics."""
    from flipflop.cli.frames import print_frame

    with opened(store) as opening:
        print_frame(opening.topics(), how, tz="UTC", table=("topic", "kind", "proposition"))


@verb("speaks-for", "flipflop speaks-for nikki-haley donald-trump --since 2017-01-27 --until 2018-12-31")
def speaks_for(
    surrogate: Annotated[str, typer.Argument(help="Who speaks.", autocompletion=offering("speaker"))],
    principal: Annotated[str, typer.Argument(help="For whom.", autocompletion=offering("speaker"))],
    store: StoreOption = None,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="From when on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="To the end of when.")] = None,
    tz: ClockOption = None,
) -> None:
    """Record who speaks for whom, and from when to when."""
    with opened(store, writing=True) as opening:
        zone = tz or opening.tz
        relation = SpeaksFor(
            opening.resolve_speaker(surrogate),
            opening.resolve_speaker(principal),
            moment_of(since, "--since", tz=zone) if since else None,
            moment_of(until, "--until", tz=zone) if until else None,
        )
        (stamp,) = opening.append(relation).recorded
    put(stamp.id[:8])
    for moment in (relation.since, relation.until):
        warn(moment.warnings if moment else ())


def _declare(store: Store, declared: Speaker | Topic) -> None:
    """Record a declaration that takes nobody's place; one that is recorded already is told."""
    from flipflop.ingest.places import is_declared

    if is_declared(store, declared):
        say("note: this is declared already")
    else:
        store.append(declared)


def _slug(given: str | None, name: str) -> str:
    slug = given or slugify(name)
    if not slug:
        raise DataError(f"no id can be made from the name {name!r}: give one with --id")
    return slug
