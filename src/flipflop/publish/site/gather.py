"""Gathers from a store what a site shows, once and in bulk, and leaves out what it may not show. Writes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from flipflop.cases.lacking import LONG_QUOTE
from flipflop.cases.reading import Cases
from flipflop.errors import WhenError
from flipflop.figures.marks import mark_of, names
from flipflop.figures.rows import FrameRow, read_positions, rows_of
from flipflop.figures.zone import named_zone
from flipflop.frames.rulings import set_aside
from flipflop.publish.site import rules
from flipflop.publish.site.amendments import amendments_of
from flipflop.publish.site.conflicts import beside, shown_conflicts
from flipflop.publish.site.ended import standings_of
from flipflop.publish.site.model import Heading, LeftOut, Options, Person, Position, Record, Said, Standing
from flipflop.publish.site.pairing import held_of, pairs_of, told_of_pairs
from flipflop.publish.site.privacy import Hidden, cleared, hidden_of, shown_positions, shown_relations
from flipflop.records import SpeaksFor
from flipflop.text.positions import aside_words
from flipflop.when import When
from flipflop.when.telling import moment_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd

    from flipflop.figures.data import Mark
    from flipflop.publish.site.model import AmendmentNotice
    from flipflop.publish.site.pairing import Holding
    from flipflop.store import Store

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def gather(store: Store, options: Options) -> Record:
    """Return what a site shows of a store. Should somebody record something meanwhile, it is read once more."""
    while True:
        head = store.head()
        record = _gathered(store, options)
        if store.head() == head:
            return replace(record, head=head or "")


def _gathered(store: Store, options: Options) -> Record:
    statements, speakers = _rows(store.statements()), _rows(store.speakers())
    hidden = hidden_of(speakers, (row.text("speaker") for row in statements), store.names("speaker"))
    people = _people([row for row in speakers if row.text("speaker") not in hidden.ids])
    said = _statements(statements, hidden, people, options)
    rulings, relations = store.rulings(), shown_relations(store.speaks_for(), hidden)
    held, found, topics = _found(store, rulings, hidden, people)
    holding, cases = _holding(held, said, set_aside(rulings)), Cases(store, reversals=found)
    pairs, unfit = pairs_of(cases, rulings, holding, options)
    against = shown_conflicts(held, relations, store.topics(), rulings, told_of_pairs(found, pairs), options)
    shown = {pair.id: pair for pair in pairs if pair.standing is not Standing.CANDIDATE or options.candidates}
    amendments = amendments_of(cases.trail, {*said, *people, *topics})
    birth = next(iter(cases.trail.records.values()), None)
    record = Record(
        options=options,
        people=people,
        topics=topics,
        said=said,
        held=held_of(holding, pairs, shown),
        pairs=shown,
        amendments=tuple(replace(amendment, reason=hidden.other(amendment.reason)) for amendment in amendments),
        left_out=LeftOut(
            persons=len(hidden.ids),
            unapproved=sum(pair.standing is Standing.CANDIDATE and pair.decision is not None for pair in pairs),
        ),
        birth=birth.chain if birth else "",
        born=birth.recorded_at if birth else _NEVER,
        frames=(held, told_of_pairs(found, shown.values()), against),
        beside=beside(rulings, _relations(store, hidden), options.tz),
        standings=standings_of(cases.trail, pairs, options.approvals),
        held_back=_held_back(store, said, topics, holding),
        kept=max((one.recorded_at for one in cases.trail.records.values()), default=_NEVER),
    )
    return replace(record, warnings=(*_long_quotes(said.values()), *_named(hidden, record, amendments), *unfit))


def _found(
    store: Store, rulings: pd.DataFrame, hidden: Hidden, people: Collection[str]
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Heading]]:
    """Return positions and reversals of those who are shown, and the topics by title.

    Topics on which only people spoke who are left out are left out with them.
    """
    from flipflop.detect import find_reversals
    from flipflop.frames import positions

    held = shown_positions(positions(store), hidden, people)
    coded = store.codings(columns=["statement_id", "topic"]).merge(
        store.statements(columns=["statement_id", "speaker"])
    )
    private = set(coded["topic"]) - set(coded.loc[~coded["speaker"].isin(hidden.ids), "topic"])
    headings = _topics([row for row in _rows(store.topics()) if row.text("topic") not in private])
    return held, find_reversals(held, rulings=rulings), headings


def _relations(store: Store, hidden: Hidden) -> list[SpeaksFor]:
    """Return who speaks for whom as events, which have the dates as they were said, of those who are shown."""
    found = [one.event for one in store.events(kinds=("speaks_for",))]
    relations = [one for one in found if isinstance(one, SpeaksFor)]
    return [one for one in relations if not {one.surrogate, one.principal} & hidden.ids]


def _held_back(
    store: Store, said: Collection[str], topics: Collection[str], holding: Holding
) -> dict[str, tuple[str, ...]]:
    """Return by topic which statements that are shown are coded on it, but of another proposition than now stands."""
    codings = store.codings(columns=["statement_id", "topic", "proposition_mended"])
    codings = codings[codings["proposition_mended"]]
    shown = {(one.said.id, one.topic) for several in holding.values() for one in several}
    found: dict[str, dict[str, None]] = {}
    for statement, topic in zip(codings["statement_id"], codings["topic"], strict=True):
        if statement in said and topic in topics and (statement, topic) not in shown:
            found.setdefault(topic, {})[statement] = None
    return {topic: tuple(statements) for topic, statements in found.items()}


def _people(rows: list[FrameRow]) -> dict[str, Person]:
    shown = names(rows, "speaker", "name")
    known = {row.text("speaker"): row for row in rows}
    return {
        slug: Person(
            slug, name, known[slug].text("kind"), known[slug].text("public_role"), _item(known[slug].text("wikidata"))
        )
        for slug, name in shown.items()
    }


def _item(wikidata: str) -> str:
    """Return the id of a Wikidata item, or nothing where the text is none."""
    return wikidata if re.fullmatch(r"Q[1-9]\d*", wikidata) else ""


def _topics(rows: list[FrameRow]) -> dict[str, Heading]:
    shown, known = names(rows, "topic", "title"), {row.text("topic"): row for row in rows}
    wider = {slug: row.text("parent") for slug, row in known.items()}
    return {
        slug: Heading(
            slug,
            title,
            known[slug].text("proposition"),
            known[slug].text("kind"),
            parent=wider[slug] if wider[slug] in shown else "",
        )
        for slug, title in shown.items()
    }


def _statements(rows: list[FrameRow], hidden: Hidden, people: dict[str, Person], options: Options) -> dict[str, Said]:
    """Return the statements that are shown, by moment."""
    zone = named_zone(options.tz)
    shown = [row for row in rows if row.text("speaker") not in hidden.ids]
    ids = {row.text("statement_id") for row in shown}
    told = [FrameRow(row.cells | cleared(row, hidden, people, ids)) for row in shown]
    said = [_said(row, mark_of(row, zone, options.tz), options.tz) for row in told]
    said.sort(key=lambda one: (one.mark.start, one.mark.end, one.id))
    return {one.id: one for one in said}


def _said(row: FrameRow, mark: Mark, tz: str) -> Said:
    return Said(
        mark,
        row.text("precision"),
        row.flag("approximate"),
        row.text("tz"),
        row.text("context"),
        row.text("responds_to"),
        row.text("language"),
        row.text("source_author"),
        _published(row.text("source_published"), tz),
        row.flag("amended"),
    )


@lru_cache(maxsize=4096)
def _published(text: str, tz: str) -> str:
    """Return when a source was published in words, as typed where it cannot be read."""
    try:
        moment = When.parse(text, tz=tz)
        return moment_words(moment, tz)
    except WhenError:
        return text


def _holding(held: pd.DataFrame, said: dict[str, Said], aside: Mapping[tuple[str, str], bool]) -> Holding:
    found: Holding = {}
    place = {statement: number for number, statement in enumerate(said)}
    for row in sorted(read_positions(held), key=lambda row: place[row.text("statement_id")]):
        look = "disputed" if row.flag("disputed") else row.text("stance")
        statement, topic = row.text("statement_id"), row.text("topic")
        told = aside_words(aside.get((statement, topic)))
        position = Position(said[statement], topic, look, row.sign, row.flag("needs_review"), told)
        found.setdefault((row.text("speaker"), row.text("topic")), []).append(position)
    return found


def _long_quotes(said: Iterable[Said]) -> list[str]:
    long = [(one.id, rules.too_long(one.mark.text, one.mark.form)) for one in said]
    return [
        f"statement {id_[:8]} quotes {count} words; more than {LONG_QUOTE} may be more than a short citation"
        for id_, count in long
        if count
    ]


def _named(hidden: Hidden, record: Record, reasons: Iterable[AmendmentNotice]) -> list[str]:
    """Return a warning for each person who is left out and whom words that are shown name; no rule can mend that."""
    shown = [(f"statement {id_[:8]}", word) for id_, one in record.said.items() for word in _words(one)]
    shown += [(f"speaker {slug}", word) for slug, one in record.people.items() for word in (one.name, one.role)]
    shown += [(f"topic {slug}", word) for slug, one in record.topics.items() for word in (one.title, one.proposition)]
    shown += [(f"the reason of a correction of {one.kind} {_called(one)}", one.reason) for one in reasons]
    shown += [("the title, scope or publisher of the site", word) for word in _own_words(record.options)]
    for pair in record.pairs.values():
        for ruling in (one.ruling for one in pair.case.decisions):
            place = f"a ruling on {pair.case.earlier.id[:8]} and {pair.case.later.id[:8]}"
            shown += [(place, ruling.innocent_reading), (place, (ruling.reply.text if ruling.reply else None) or "")]
    return [
        f"words that are shown name {who}, who is left out: read again {_first_of(places)}"
        for who, places in hidden.told_in(shown).items()
    ]


def _called(amendment: AmendmentNotice) -> str:
    return amendment.about[:8] if amendment.kind == "statement" else amendment.about


def _own_words(options: Options) -> tuple[str, ...]:
    return (options.title, options.scope, options.publisher)


def _first_of(places: list[str], most: int = 5) -> str:
    more = f" and {len(places) - most:,} more" if len(places) > most else ""
    return ", ".join(places[:most]) + more


def _words(said: Said) -> tuple[str, ...]:
    """Return the texts of a statement that may name anybody."""
    mark = said.mark
    sources = (mark.source_title, mark.source_outlet, mark.source_url, said.author)
    return (mark.text, said.context, mark.attribution, *sources)


def _rows(frame: pd.DataFrame) -> list[FrameRow]:
    moments = [name for name in ("said_from", "said_until") if name in frame]
    return rows_of("record", frame, moments=moments)
