"""The verb add: a statement and its coding, recorded together, and checked at once against the record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias, cast

import typer

from flipflop.cli.base import (
    ClockOption,
    CoderOption,
    StoreOption,
    asked,
    asked_by,
    asked_word,
    each_tried,
    moment_from,
    opened,
    usage_error,
    verb,
    warn,
)
from flipflop.cli.options import (
    AboutOption,
    AuthorOption,
    BehalfOption,
    ContextOption,
    FormOption,
    OutletOption,
    PublishedOption,
    ReferenceOption,
    SaidFrom,
    SaidFromOption,
    SaidOption,
    ShownOption,
    TextArgument,
    TitleOption,
    UrlOption,
    WhoOption,
)
from flipflop.cli.terminal import agreed, ask, at_terminal, put, say
from flipflop.errors import DataError, Problem
from flipflop.records import Coding, Form, Source, Speaker, Stance, Statement, Topic, slugify

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.records import Event
    from flipflop.store import Appended, Store
    from flipflop.when import When


_Named: TypeAlias = "tuple[str, tuple[Event, ...]]"
"""The id for a name, and the declaration that has to come with it, if any."""


@verb(
    "add",
    "flipflop add --speaker donald-trump --topic joint-cyber-unit --stance support \\",
    '      --said "9 July 2017 7:50am EDT" --source https://twitter.com/… "Putin & I discussed …"',
    "pbpaste | flipflop add --speaker donald-trump … -",
)
def add(
    ctx: typer.Context,
    text: TextArgument = None,
    store: StoreOption = None,
    speaker: WhoOption = None,
    topic: AboutOption = None,
    stance: ShownOption = None,
    said: SaidOption = None,
    source: UrlOption = None,
    tz: ClockOption = None,
    form: FormOption = Form.QUOTE,
    context: ContextOption = None,
    on_behalf_of: BehalfOption = None,
    outlet: OutletOption = None,
    title: TitleOption = None,
    author: AuthorOption = None,
    published: PublishedOption = None,
    said_from: SaidFromOption = None,
    coder: CoderOption = None,
    reference: ReferenceOption = None,
) -> None:
    """Record a statement with its stance.

    Prints its id, and tells at once if it contradicts what the record holds.
    At a terminal, what is missing is asked for.
    """
    if said_from is not None and said is not None:
        usage_error(ctx, "Give '--said' or '--said-from', not both.")
    if said_from is not None and published is None:
        usage_error(ctx, "'--said-from published' needs '--published'.")
    with opened(store, writing=True) as opening:
        zone = tz or opening.tz
        who = asked(ctx, speaker, "--speaker", "Speaker")
        about = asked(ctx, topic, "--topic", "Topic")
        shown = asked_word(ctx, stance, "--stance", "Stance", Stance)
        if said_from is None:
            said = asked(ctx, said, "--said", "Said when")
        if not (outlet or title or author):
            source = asked(ctx, source, "--source", "Source (URL)")
        words = _words(asked(ctx, text, "TEXT", "Text"))
        judge = asked_by(ctx, coder, opening, "--coder")

        problems: list[Problem] = []
        slug, declared = _named(problems, "--speaker", who, lambda: _speaker(opening, who))
        heading, stated = _named(problems, "--topic", about, lambda: _topic(opening, about))
        behalf, also = _named(problems, "--on-behalf-of", on_behalf_of, lambda: _speaker(opening, str(on_behalf_of)))
        printed = _tried(problems, "--published", published, zone, None)
        moment = _moment(problems, said, said_from, printed, zone, reference)
        if problems or moment is None:
            raise DataError(problems)

        cited = Source(source, outlet, title, author, printed)
        statement = Statement(slug, words, moment, form, cited, on_behalf_of=behalf or None, context=context)
        coding = Coding(statement.hash, heading, Stance(shown), judge)
        appended = _record(opening, (*declared, *stated, *also), statement, coding)
        put(statement.hash[:8])
        warn((*moment.warnings, *appended.warnings))
        if not appended.idle:
            _tell_candidates(opening, statement, coding)


def _words(text: str) -> str:
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode().strip()
    except UnicodeDecodeError as error:
        raise DataError(f"standard input is not UTF-8 (byte {error.start + 1})") from None


def _moment(
    problems: list[Problem],
    said: str | None,
    said_from: SaidFrom | None,
    printed: When | None,
    zone: str | None,
    reference: str | None,
) -> When | None:
    """The moment of the statement, with what bounds it or what relative words refer to."""
    if said_from is not None:
        from flipflop.ingest import not_after

        return not_after(printed) if printed else None
    return _tried(problems, "--said", said, zone, reference or printed)


def _tried(
    problems: list[Problem], option: str, text: str | None, zone: str | None, reference: str | When | None
) -> When | None:
    if text is None:
        return None
    found = each_tried(problems, lambda: moment_from(text, option, tz=zone, reference=reference))
    return cast("When | None", found)


def _named(problems: list[Problem], option: str, name: str | None, find: Callable[[], _Named]) -> _Named:
    """What a name stands for, nothing where none is given; problems are told with the option."""
    if name is None:
        return "", ()
    try:
        return find()
    except DataError as error:
        problems += [Problem(problem.message, f"{option}:") for problem in error.problems]
        return "", ()


def _speaker(store: Store, name: str) -> _Named:
    """The speaker of that name; at a terminal an unknown one may be declared."""
    try:
        return store.resolve_speaker(name), ()
    except DataError as error:
        if not at_terminal() or not slugify(name):
            raise
        say(str(error))
        if not agreed(f"Declare a new speaker {name!r}?"):
            raise
        return slugify(name), (Speaker(slugify(name), ask("Name, as it is printed", default=name)),)


def _topic(store: Store, name: str) -> _Named:
    """The topic of that name; at a terminal an unknown one may be declared."""
    try:
        return store.resolve_topic(name), ()
    except DataError as error:
        if not at_terminal() or not slugify(name):
            raise
        say(str(error))
        if not agreed(f"Declare a new topic {name!r}?"):
            raise
        proposition = ask("Proposition (a sentence that one can support or oppose)")
        return slugify(name), (Topic(slugify(name), name, proposition),)


def _record(store: Store, declared: tuple[Event, ...], statement: Statement, coding: Coding) -> Appended:
    """Append all of it in one go; a statement that is known already is told, and refused where nothing is new."""
    appended = store.append([*declared, statement, coding])
    known = {skipped.id: skipped.why for skipped in appended.skipped}
    if coding.hash in known:
        store.append(statement if statement.hash in known else coding)  # a single one says since when, and the way out
    if statement.hash in known:
        say(f"note: the statement is {_why(known[statement.hash])}; its coding on {coding.topic} is new")
    return appended


def _tell_candidates(store: Store, statement: Statement, coding: Coding) -> None:
    """Say what the new statement makes of the speaker's record, without loading pandas."""
    from flipflop.cases import candidates_with

    for kind, earlier, later in candidates_with(store, statement, coding):
        say(f"candidate {kind.replace('_', ' ')}: {earlier[:8]} → {later[:8]} on {coding.topic}")
        say(f"  flipflop rule {earlier[:8]} {later[:8]} --topic {coding.topic}")


def _why(why: str) -> str:
    return {"known": "recorded already", "retracted": "recorded and retracted", "redacted": "redacted"}.get(why, why)
