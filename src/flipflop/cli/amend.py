"""The verb amend: mends our own record of a statement, relation, speaker or topic, or confirms judgements of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from flipflop.cli.base import ByOption, ClockOption, StoreOption, asked, moment_of, opened, usage_error, verb, warn
from flipflop.cli.options import offering
from flipflop.cli.signing import asked_by
from flipflop.cli.terminal import put, say
from flipflop.errors import DataError, Problem
from flipflop.records import Correction, Speaker, SpeaksFor, Statement, Topic, to_json
from flipflop.text.numbers import counted

if TYPE_CHECKING:
    from flipflop.records.codec import Json
    from flipflop.store import Recorded, Store

    _Mended: TypeAlias = Statement | SpeaksFor | Speaker | Topic

_OF_SPEAKERS = ("--name", "--alias", "--drop-alias", "--kind", "--role", "--wikidata")
_OF_TOPICS = ("--title", "--proposition", "--kind", "--parent")
_OF_STATEMENTS = ("--text", "--said", "--form", "--context", "--speaker", "--source", "--outlet", "--title", "--author")
_OF_RELATIONS = ("--since", "--until", "--source", "--outlet", "--title", "--author", "--published")
_THEIRS: dict[type, tuple[str, ...]] = {
    Speaker: _OF_SPEAKERS,
    Topic: _OF_TOPICS,
    SpeaksFor: _OF_RELATIONS,
    Statement: (*_OF_STATEMENTS, "--published", "--until"),
}
"""The options that mend each kind of event."""


@verb(
    "amend",
    'flipflop amend 3f2a9c1e --said "9 July 2017 8:45pm EDT" --reason "time of the archived tweet"',
    'flipflop amend 3f2a9c1e --set \'language="en"\' --reason "was missing"',
    'flipflop amend donald-trump --name "Donald J. Trump" --alias @POTUS --reason "as he signs"',
    'flipflop amend joint-cyber-unit --proposition "…" --reason "named the wrong partner"',
    "flipflop amend 51d0a3c2 8b41d207 --confirm",
    "flipflop amend joint-cyber-unit --confirm",
)
def amend(
    ctx: typer.Context,
    target: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="An event's id, its start, or a slug.", autocompletion=offering("event")),
    ],
    store: StoreOption = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="The words as they should read.")] = None,
    said: Annotated[str | None, typer.Option("--said", metavar="WHEN", help="When it was said.")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="URL", help="Where it can be checked.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="TEXT", help="Who published the source.")] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The title of the source, or of a topic.")
    ] = None,
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
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="Of a speaker: the name.")] = None,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", metavar="NAME", help="Of a speaker: one more name or handle.")
    ] = None,
    drop_alias: Annotated[
        list[str] | None, typer.Option("--drop-alias", metavar="NAME", help="Of a speaker: one that was never theirs.")
    ] = None,
    role: Annotated[str | None, typer.Option("--role", metavar="TEXT", help="Of a speaker: the public role.")] = None,
    wikidata: Annotated[str | None, typer.Option("--wikidata", metavar="Q…", help="Of a speaker: the item.")] = None,
    proposition: Annotated[
        str | None, typer.Option("--proposition", metavar="TEXT", help="Of a topic: what one can support or oppose.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="TEXT", help="Of a speaker or topic.")] = None,
    parent: Annotated[str | None, typer.Option("--parent", metavar="TOPIC", help="Of a topic: the wider one.")] = None,
    field: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=JSON", help="Any other field; null takes it away.")
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Codings and rulings hold as they are, after a second look.")
    ] = False,
    tz: ClockOption = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; it is public.")] = None,
    by: ByOption = None,
) -> None:
    """Mend a statement, relation, speaker or topic, or confirm judgements.

    It keeps its id, and codings and rulings follow; the first version stays on
    record. Former names go on standing for a speaker. What was judged of other
    words, another moment or another proposition waits for a second look: record
    it again, or confirm it here, many at once (list --second-look shows them).
    With --confirm a topic or statement stands for all that wait because of it.
    """
    asked_for = _Asked(
        texts={
            "--text": text,
            "--form": form,
            "--context": context,
            "--name": name,
            "--role": role,
            "--wikidata": wikidata,
            "--proposition": proposition,
            "--kind": kind,
            "--title": title,
        },
        moments={"--said": said, "--since": since, "--until": until},
        names={"--speaker": speaker, "--parent": parent},
        source={"--source": source, "--outlet": outlet, "--author": author, "--published": published},
        aliases={"--alias": alias or [], "--drop-alias": drop_alias or []},
    )
    if confirm and (asked_for.options() or field):
        ctx.fail("'--confirm' changes nothing else: give it alone.")
    if len(target) > 1 and not confirm:
        ctx.fail("Only with '--confirm' several IDs are given.")
    with opened(store, writing=True) as opening:
        if confirm:
            _confirm(opening, target, reason, asked_by(ctx, by, opening))
            return
        found = opening.get(target[0])
        reads = _mendable(opening, found)
        if others := sorted(asked_for.options() - {*_THEIRS[type(reads)]}):
            usage_error(ctx, f"'{others[0]}' is nothing of a {found.kind.replace('_', ' ')}.")
        zone = tz or opening.tz
        changes = asked_for.changes(reads, opening, zone) | _set(field or [], zone)
        if not changes:
            ctx.fail("Nothing to mend: give '--text', '--said', '--source' or another field.")
        why = asked(ctx, reason, "--reason", "Reason")
        correction = Correction(found.id, changes, why, asked_by(ctx, by, opening))
        opening.append(correction)
        put(correction.hash[:8])
        _tell_consequences(opening, reads, changes)


@dataclass(frozen=True)
class _Asked:
    """What the options ask for, by their names; None and empty lists where they are not given."""

    texts: Mapping[str, str | None]
    moments: Mapping[str, str | None]
    names: Mapping[str, str | None]
    source: Mapping[str, str | None]
    aliases: Mapping[str, list[str]]

    def options(self) -> set[str]:
        """Return which options are given."""
        every = chain(*(each.items() for each in (self.texts, self.moments, self.names, self.source)))
        return {option for option, value in every if value is not None} | {o for o, v in self.aliases.items() if v}

    def changes(self, reads: _Mended, store: Store, zone: str | None) -> dict[str, Json]:
        """Return the fields of an event as it reads that get new values, in full."""
        texts = {option: value for option, value in self.texts.items() if value is not None}
        title = texts.pop("--title", None)
        found: dict[str, Json] = {_FIELDS.get(option, option[2:]): value for option, value in texts.items()}
        found |= {o[2:]: _moment(value, o, zone) for o, value in self.moments.items() if value is not None}
        for option, resolve in (("--speaker", store.resolve_speaker), ("--parent", store.resolve_topic)):
            if (name := self.names[option]) is not None:
                found[option[2:]] = resolve(name)
        if isinstance(reads, Topic) and title is not None:
            found["title"] = title
        elif source := _source(reads, {**self.source, "--title": title}, zone):
            found["source"] = source
        if isinstance(reads, Speaker) and any(self.aliases.values()):
            found["aliases"] = _aliases(reads, self.aliases["--alias"], self.aliases["--drop-alias"])
        return found


def _mendable(store: Store, found: Recorded) -> _Mended:
    """Return an event as it reads. Raises DataError where it is gone, or is not mended."""
    reads = store.as_it_reads(found.id)
    if reads is None:
        raise DataError(f"{found.id[:8]} was redacted; there is nothing left to amend")
    if not isinstance(reads, Statement | SpeaksFor | Speaker | Topic):
        raise DataError(
            f"{found.id[:8]} is a {found.kind.replace('_', ' ')}, which is not mended: "
            "retract it and record it anew, or confirm a coding or ruling with --confirm"
        )
    return reads


_FIELDS = {"--role": "public_role", "--source": "url"}
"""Options that are not called as their field."""


def _source(reads: _Mended, given: Mapping[str, str | None], zone: str | None) -> Json:
    """The source as it stands, with some parts of it new; None where none is given."""
    parts: dict[str, Json] = {
        _FIELDS.get(option, option[2:]): _moment(value, option, zone) if option == "--published" else value
        for option, value in given.items()
        if value is not None
    }
    standing = to_json(reads).get("source")
    return {**(standing if isinstance(standing, dict) else {}), **parts} if parts else None


def _aliases(reads: Speaker, added: list[str], dropped: list[str]) -> Json:
    """The aliases of a speaker with some added and some taken away. Raises DataError for one that is not there."""
    from flipflop.records.names import folded

    there = {folded(alias) for alias in reads.aliases}
    problems = [
        Problem(
            f"{alias!r} is no alias of {reads.id} (those are: {', '.join(reads.aliases) or 'none'})", "--drop-alias"
        )
        for alias in dropped
        if folded(alias) not in there
    ]
    if problems:
        raise DataError(problems)
    gone = {folded(alias) for alias in dropped}
    kept = [alias for alias in reads.aliases if folded(alias) not in gone]
    return [*kept, *(alias for alias in dict.fromkeys(added) if alias not in kept)]


def _confirm(store: Store, targets: list[str], reason: str | None, by: str) -> None:
    """Record that somebody looked again at codings and rulings, and that they hold; all of them or none.

    A topic or statement stands for all that wait because of it.
    """
    from flipflop.cases import confirmation

    named = {record.id: record for record in map(store.get, targets)}
    looked_at = dict.fromkeys(one for record in named.values() for one in _looked_at(store, record))
    made = [confirmation(named.get(one) or store.get(one), by, reason) for one in looked_at]
    store.append(made)
    for correction in made:
        put(correction.hash[:8])


def _looked_at(store: Store, record: Recorded) -> Iterable[str]:
    """Return the ids of what is to be confirmed by naming this, and tell what is not."""
    if record.kind in ("topic", "statement"):
        return _all_because_of(store, record)
    # A ruling may also wait because of what was recorded since, which only the detector sees.
    if record.kind == "coding" and not store.needs_review(record.id):
        say(f"note: {record.id[:8]} does not wait for a second look, and stays as it is")
        return ()
    return (record.id,)


def _all_because_of(store: Store, mended: Recorded) -> Iterable[str]:
    """Return the ids of all that wait because of this alone, and tell how many they are, and what else waits."""
    from flipflop.cases import waiting_because_of

    name = mended.event.id if isinstance(mended.event, Topic) else mended.id[:8]
    found = waiting_because_of(store, mended)
    told = f"{counted(len(found.codings), 'coding')} and {counted(len(found.rulings), 'ruling')}"
    if found.codings or found.rulings:
        say(f"note: {told} waited for a second look because of {name}; they hold as they are")
    elif not found.others:
        say(f"note: nothing waits for a second look because of {name}")
    if found.others:
        ids = " ".join(one[:8] for one in found.others)
        say(f"note: these wait because of something else, too, and are confirmed by their own ids: {ids}")
    return (*found.codings, *found.rulings)


def _tell_consequences(store: Store, reads: _Mended, changes: Mapping[str, Json]) -> None:
    if isinstance(reads, Topic) and "proposition" in changes:
        _tell_held_back(store, reads.id)
    elif {"text", "said"} & changes.keys():
        say("note: its codings and rulings are marked for another look, because words or moment changed")


def _tell_held_back(store: Store, topic: str) -> None:
    """Say how many judgements were made of another proposition than now stands."""
    codings = int(store.codings(topic=topic, columns=["proposition_mended"])["proposition_mended"].sum())
    rulings = store.rulings()
    again = int((rulings["needs_review"] & (rulings["topic"] == topic)).sum())
    if codings or again:
        say(
            f"note: {counted(codings, 'coding')} and {counted(again, 'ruling')} wait for a second look, because the "
            f"proposition changed: until then no page rests on them (flipflop list --topic {topic} --second-look shows "
            f"them; flipflop amend {topic} --confirm says that all of them hold)"
        )


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
