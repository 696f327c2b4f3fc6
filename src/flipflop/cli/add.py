"""The verb add: a statement and its coding, recorded together, and checked at once against the record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

import typer
from msgspec.structs import replace

from flipflop.cli.answers import Answers, there
from flipflop.cli.base import (
    ClockOption,
    CoderOption,
    StoreOption,
    moment_from,
    moment_of,
    opened,
    usage_error,
    verb,
    warn,
)
from flipflop.cli.options import (
    AboutOption,
    AttributionOption,
    AuthorOption,
    BehalfOption,
    ConfidenceOption,
    ContextOption,
    FormOption,
    LanguageOption,
    OutletOption,
    PublishedOption,
    RationaleOption,
    ReferenceOption,
    RespondsOption,
    SaidFrom,
    SaidFromOption,
    SaidOption,
    ShownOption,
    TextArgument,
    TitleOption,
    UrlOption,
    WhoOption,
)
from flipflop.cli.signing import asked_by
from flipflop.cli.terminal import agreed, ask, ask_if_any, choose, put, say
from flipflop.errors import DataError
from flipflop.records import Citation, Coding, Form, Source, Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.records import Event
    from flipflop.store import Appended, Store
    from flipflop.when import When


_TOLD = 3
"""So many conflicts are told one by one."""
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
    form: FormOption = None,
    context: ContextOption = None,
    on_behalf_of: BehalfOption = None,
    outlet: OutletOption = None,
    title: TitleOption = None,
    author: AuthorOption = None,
    published: PublishedOption = None,
    said_from: SaidFromOption = None,
    attribution: AttributionOption = None,
    responds_to: RespondsOption = None,
    language: LanguageOption = None,
    coder: CoderOption = None,
    confidence: ConfidenceOption = None,
    rationale: RationaleOption = None,
    reference: ReferenceOption = None,
) -> None:
    """Record a statement, with its stance on a topic or alone.

    Prints its id, and tells at once if it contradicts what the record holds, or
    may stand there already. At a terminal, what is missing is asked for; the
    words may be pasted, and an empty line ends them.
    """
    if said_from is not None and said is not None:
        usage_error(ctx, "Give '--said' or '--said-from', not both.")
    if said_from is not None and published is None:
        usage_error(ctx, "'--said-from published' needs '--published'.")
    judgement = {"--topic": topic, "--stance": stance}
    judged = any(value is not None for value in (*judgement.values(), confidence, rationale))
    given = {
        "--speaker": speaker,
        **(judgement if judged else {}),
        "--said": said or said_from,
        "--source": source or outlet or title or author,
        "TEXT": text,
    }
    missing = [option for option, value in given.items() if value is None]
    with opened(store, writing=True) as opening, Answers(ctx, missing) as answers:
        readers = _Readers(opening, tz or opening.tz, at_terminal=answers.at_terminal)
        who = answers.read(speaker, "--speaker", "Speaker", readers.speaker)
        about = answers.read(topic, "--topic", "Topic", readers.topic, asker=ask if judged else ask_if_any)
        shown = answers.read(stance, "--stance", "Stance", Stance, asker=_stance, needed=judged or about is not None)
        behalf = answers.read(on_behalf_of, "--on-behalf-of", "For whom", readers.speaker, needed=False)
        printed = answers.read(published, "--published", "Published", readers.moment("--published"), needed=False)
        moment = _moment(answers, readers, said, said_from, printed, reference)
        cited = answers.read(source, "--source", "Source (URL)", readers.source, needed=given["--source"] is None)
        answered = answers.read(responds_to, "--responds-to", "Answers which", readers.statement, needed=False)
        if answers.asks and not (cited and cited.outlet):
            outlet = outlet or ask_if_any("Outlet")
        nearness = answers.read(form, "--form", "Form", Form, asker=_form) or Form.QUOTE
        words = answers.read(text, "TEXT", "Text", _words, asker=_pasted)
        if answers.asks:
            context = context or ask_if_any("Context")
        answers.done()

        where = cited or Source(outlet=outlet, title=title, author=author)
        statement = Statement(
            there(who)[0],
            there(words),
            there(moment),
            nearness,
            replace(
                where,
                outlet=outlet or where.outlet,
                title=title or where.title,
                author=author,
                published=printed,
            ),
            tuple(attribution or ()),
            on_behalf_of=behalf and behalf[0],
            context=context,
            responds_to=answered,
            language=language,
        )
        coding = None
        if about is not None:
            judge = asked_by(ctx, coder, opening, "--coder")
            coding = Coding(statement.hash, about[0], there(shown), judge, confidence, rationale)
        twins = _told_twins(ctx, opening, statement, at_terminal=answers.at_terminal)
        declared = [event for named in (who, about, behalf) if named for event in named[1]]
        appended = _record(opening, declared, statement, coding)
        put(statement.hash[:8])
        for note in readers.notes:
            say(f"note: {note}")
        told = () if answers.asks else there(moment).warnings  # at a terminal, where the moment was given
        warn((*told, *_doubts(statement), *twins, *appended.warnings))
        if coding is not None and not appended.idle:
            _tell_candidates(opening, statement, coding)
            _tell_conflicts(opening, statement, coding, readers.zone)


class _Readers:
    """What makes an answer into what it stands for. Raises DataError where it stands for nothing."""

    def __init__(self, store: Store, zone: str | None, *, at_terminal: bool) -> None:
        self.store, self.zone, self.at_terminal = store, zone, at_terminal
        self.notes: list[str] = []

    def speaker(self, name: str) -> _Named:
        """The speaker of that name."""
        return self._named("speaker", name, self.store.resolve_speaker)

    def topic(self, name: str) -> _Named:
        """The topic of that name."""
        return self._named("topic", name, self.store.resolve_topic)

    def _named(self, kind: str, name: str, resolve: Callable[[str], str]) -> _Named:
        """The id that a name stands for; at a terminal, who misspelt it or has a new one is asked."""
        try:
            return resolve(name), ()
        except DataError as unknown:
            from flipflop.cli import unknown_names

            if "could be any of" in str(unknown):
                raise
            if self.at_terminal:
                return unknown_names.meant(self.store, kind, name, unknown)
            raise unknown_names.suggested(self.store, kind, name) from None

    def moment(self, option: str, reference: str | When | None = None) -> Callable[[str], When]:
        """Return what reads a moment; at a terminal, where no option can follow, the remedy is the date."""
        if self.at_terminal and reference is None:
            return lambda text: moment_of(text, option, tz=self.zone)
        return lambda text: moment_from(text, option, tz=self.zone, reference=reference)

    def source(self, address: str) -> Source:
        """The source at an address; of what may be none it is told."""
        if address.startswith(("https://", "http://")) and address.count("://") == 1 and " " not in address:
            return Source(address)
        from flipflop.records import doubts

        if fault := doubts.address_fault(address):
            raise DataError(fault)
        whole = doubts.completed(address)
        if not doubts.is_words(whole):
            if whole != address:
                self.notes.append(f"the source is read as {whole}")
            return Source(whole)
        if self.at_terminal:
            return _what_words_are(address)
        self.notes.append(f"--source {address!r} is no web address: the name of an outlet or title has its own option")
        return Source(address)

    def statement(self, start: str) -> str:
        """The id of a statement."""
        found = self.store.get(start)
        if not isinstance(found.event, Statement):
            raise DataError(f"{start!r} is a {found.kind.replace('_', ' ')}, not a statement")
        return found.id


def _what_words_are(words: str) -> Source:
    """Ask what somebody gave for an address that is none."""
    match choose(f"{words!r} is no web address. It is the", ["outlet", "title", "neither"]):
        case "outlet":
            return Source(outlet=words)
        case "title":
            return Source(title=words)
    return Source(words)


def _moment(
    answers: Answers,
    readers: _Readers,
    said: str | None,
    said_from: SaidFrom | None,
    printed: When | None,
    reference: str | None,
) -> When | None:
    """The moment of the statement, with what bounds it or what relative words refer to."""
    if said_from is not None:
        from flipflop.ingest import not_after

        return not_after(printed) if printed else None
    moment = answers.read(said, "--said", "Said when", readers.moment("--said", reference or printed))
    if answers.asks and moment is not None:
        from flipflop.when.telling import moment_words

        say(f"  {moment_words(moment, readers.zone or moment.tz or 'UTC')}")
        for warning in moment.warnings:
            say(f"  {warning}")
    return moment


def _stance(question: str) -> str:
    return choose(question, [str(word) for word in Stance])


def _form(question: str) -> str:
    return choose(question, [str(word) for word in Form], default=str(Form.QUOTE))


def _pasted(question: str) -> str:
    from flipflop.cli.pasting import ask_text

    return ask_text(question)


def _words(text: str) -> str:
    """The words as given, or from standard input but for the line ends that close them."""
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DataError(f"standard input is not UTF-8 (byte {error.start + 1})") from None


def _doubts(statement: Statement) -> list[str]:
    """What is doubtful in a statement with which nothing is wrong."""
    published = statement.source.published if statement.source else None
    if published is None or statement.said.start < published.end:
        return []
    from flipflop.records.doubts import said_after_published

    return [told for told in (said_after_published(statement),) if told]


def _told_twins(ctx: typer.Context, store: Store, statement: Statement, *, at_terminal: bool) -> list[str]:
    """Return a warning of what may be the same statement; at a terminal, leave unless it is to be recorded."""
    from flipflop.cases import twins_of

    twins = twins_of(store, statement)
    if not twins:
        return []
    told = f"nearly the same words of that speaker at that time are recorded: {', '.join(twin[:8] for twin in twins)}"
    if not at_terminal:
        return [f"{told}; if it is one: flipflop retract {statement.hash[:8]} --reason 'recorded twice'"]
    say(f"note: {told}")
    if agreed("Record it all the same?"):
        return []
    if _is_cited(ctx, store, twins[0], statement.source):
        raise typer.Exit
    say("nothing was recorded")
    raise typer.Exit(1)


def _is_cited(ctx: typer.Context, store: Store, recorded: str, source: Source | None) -> bool:
    """Offer to record a source as a further one of a statement, unless that has it already; tell whether it was."""
    known = store.as_it_reads(recorded)
    if source is None or (isinstance(known, Statement) and known.source == source):
        return False
    if not agreed(f"Record its source as a further one of {recorded[:8]}?"):
        return False
    citation = Citation(recorded, source, asked_by(ctx, None, store))
    store.append(citation)
    put(citation.hash[:8])
    return True


def _record(store: Store, declared: list[Event], statement: Statement, coding: Coding | None) -> Appended:
    """Append all of it in one go; a statement that is known already is told, and refused where nothing is new."""
    if coding is None:
        return store.append([*declared, statement]) if declared else store.append(statement)
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


def _tell_conflicts(store: Store, statement: Statement, coding: Coding, zone: str | None) -> None:
    """Say with whom the new statement conflicts; pandas is loaded only where it may."""
    from flipflop.cases import conflicts_with

    found, looked = conflicts_with(store, statement, coding, tz=zone or "UTC")
    if not looked:
        say(f"note: {coding.topic} has many positions; whether this conflicts with one: {_verb(coding)}")
    if found is None:
        return
    for earlier, later, reason in found[["earlier_id", "later_id", "reason"]].head(_TOLD).itertuples(index=False):
        say(f"candidate conflict: {earlier[:8]} → {later[:8]} on {coding.topic}")
        say(f"  {reason}")
    if len(found) > _TOLD:
        say(f"… and {len(found) - _TOLD} more: {_verb(coding)}")


def _verb(coding: Coding) -> str:
    return f"flipflop conflicts --topic {coding.topic}"


def _why(why: str) -> str:
    return {"known": "recorded already", "retracted": "recorded and retracted", "redacted": "redacted"}.get(why, why)
