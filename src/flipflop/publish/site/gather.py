"""Gathers from a store what a site shows, once and in bulk, and leaves out what it may not show. Writes nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import DataError, WhenError
from flipflop.figures.marks import gap_words, mark_of, names
from flipflop.figures.rows import Cell, read_positions, read_reversals, rows_of
from flipflop.figures.zone import named_zone
from flipflop.publish.cases import Cases
from flipflop.publish.missing import LONG_QUOTE
from flipflop.publish.site import rules
from flipflop.publish.site.mends import mends_of
from flipflop.publish.site.model import Heading, Held, LeftOut, Options, Pair, Person, Position, Record, Said, Standing
from flipflop.when import When, format_moment

if TYPE_CHECKING:
    import pandas as pd

    from flipflop.figures.data import Mark
    from flipflop.store import Store

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_Key = tuple[str, str, str]


def gather(store: Store, options: Options) -> Record:
    """Return what a site shows of a store. Should somebody record something meanwhile, it is read once more."""
    while True:
        head = store.head()
        record = _gathered(store, options)
        if store.head() == head:
            return record


class _Hidden(NamedTuple):
    """Who is left out: their ids, and every name by which a field may call them."""

    ids: frozenset[str]
    names: frozenset[str]

    def without(self, chain: str) -> str:
        """Return a chain of attribution without those who are left out."""
        return " > ".join(part for part in chain.split(" > ") if part and part not in self.names)


def _gathered(store: Store, options: Options) -> Record:
    from flipflop.detect import find_conflicts, find_reversals
    from flipflop.frames import positions

    speakers = _rows(store.speakers())
    hidden = _hidden(speakers)
    people = _people([row for row in speakers if row.text("speaker") not in hidden.ids])
    every = positions(store)
    rulings = store.rulings()
    held = _shown(every, hidden)
    reversals = find_reversals(held, rulings=rulings)
    speaks_for = store.speaks_for()
    speaks_for = speaks_for[speaks_for["surrogate"].isin(people) & speaks_for["principal"].isin(people)]
    conflicts = find_conflicts(held, speaks_for.reset_index(drop=True), store.topics())
    said, without = _statements(store, hidden, people, options)
    topics = _topics(store, every, held)
    found = _positions(held, said)
    cases = Cases(store, reversals=reversals)
    pairs, warnings = _pairs(cases, rulings, reversals, found, options)
    shown = {pair.id: pair for pair in pairs if pair.standing is not Standing.CANDIDATE or options.candidates}
    unapproved = sum(pair.standing is Standing.CANDIDATE and pair.decision is not None for pair in pairs)
    birth = next(iter(cases.trail.records.values()), None)
    return Record(
        options=options,
        people=people,
        topics=topics,
        said=said,
        held=_held(found, pairs, shown),
        pairs=shown,
        mends=mends_of(cases.trail, said),
        left_out=LeftOut(len(hidden.ids), without, unapproved),
        birth=birth.chain if birth else "",
        born=birth.recorded_at if birth else _NEVER,
        frames=(held, reversals, conflicts),
        warnings=(*_long_quotes(said), *_named(hidden, said, topics), *warnings),
    )


def _hidden(speakers: list[Cell]) -> _Hidden:
    left = [row for row in speakers if not rules.is_public(row.text("kind"), row.text("public_role"))]
    called = [
        name for row in left for name in (row.text("speaker"), row.text("name"), *row.text("aliases").split("; "))
    ]
    return _Hidden(frozenset(row.text("speaker") for row in left), frozenset(filter(None, called)))


def _people(rows: list[Cell]) -> dict[str, Person]:
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


def _topics(store: Store, every: pd.DataFrame, held: pd.DataFrame) -> dict[str, Heading]:
    """Return the topics by title, but those on which only people spoke who are left out."""
    private = set(every["topic"]) - set(held["topic"])
    rows = [row for row in _rows(store.topics()) if row.text("topic") not in private]
    shown, known = names(rows, "topic", "title"), {row.text("topic"): row for row in rows}
    return {
        slug: Heading(slug, title, known[slug].text("proposition"), known[slug].text("kind"))
        for slug, title in shown.items()
    }


def _shown(positions: pd.DataFrame, hidden: _Hidden) -> pd.DataFrame:
    """Return the positions that are shown, without a coder's name, or anybody's who is left out."""
    kept = positions[~positions["speaker"].isin(hidden.ids)].reset_index(drop=True)
    behalf = kept["on_behalf_of"].astype("string")
    chains = kept["attribution"].map(hidden.without, na_action="ignore")
    return kept.assign(
        coder=kept["coder"].mask(kept["coder"].notna()),
        on_behalf_of=behalf.mask(behalf.isin(hidden.ids)),
        attribution=chains.mask(chains == ""),
    )


def _statements(
    store: Store, hidden: _Hidden, people: dict[str, Person], options: Options
) -> tuple[dict[str, Said], int]:
    """Return the statements that are shown, by moment, and the number of those that are not."""
    zone = named_zone(options.tz)
    rows = _rows(store.statements())
    shown = [row for row in rows if row.text("speaker") not in hidden.ids]
    ids = {row.text("statement_id") for row in shown}
    told = [Cell(row.cells | _cleared(row, hidden, people, ids)) for row in shown]
    said = [_said(row, mark_of(row, zone, options.tz), options.tz) for row in told]
    said.sort(key=lambda one: (one.mark.start, one.mark.end, one.id))
    return {one.id: one for one in said}, len(rows) - len(shown)


def _cleared(row: Cell, hidden: _Hidden, people: dict[str, Person], ids: set[str]) -> dict[str, object]:
    """Return the fields that may name somebody who is left out, without them; who is spoken for, by name."""
    behalf, answers = row.text("on_behalf_of"), row.text("responds_to")
    return {
        "on_behalf_of": people[behalf].name if behalf in people else "",
        "attribution": hidden.without(row.text("attribution")),
        "responds_to": answers if answers in ids else "",
    }


def _said(row: Cell, mark: Mark, tz: str) -> Said:
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
        return format_moment(moment.start, moment.end, moment.precision, tz)
    except WhenError:
        return text


def _positions(held: pd.DataFrame, said: dict[str, Said]) -> dict[tuple[str, str], list[Position]]:
    """Return the positions of each speaker on each topic, by moment."""
    found: dict[tuple[str, str], list[Position]] = {}
    place = {statement: number for number, statement in enumerate(said)}
    for row in sorted(read_positions(held), key=lambda row: place[row.text("statement_id")]):
        look = "disputed" if row.flag("disputed") else row.text("stance")
        position = Position(said[row.text("statement_id")], row.text("topic"), look, row.sign)
        found.setdefault((row.text("speaker"), row.text("topic")), []).append(position)
    return found


def _pairs(
    cases: Cases,
    rulings: pd.DataFrame,
    reversals: pd.DataFrame,
    found: dict[tuple[str, str], list[Position]],
    options: Options,
) -> tuple[list[Pair], list[str]]:
    """Return all pairs that were ruled on or found, by moment, and what to say of those that are none."""
    held = {(one.said.id, topic): one for (_, topic), several in found.items() for one in several}
    gaps = {_key(row, "earlier_id", "later_id"): row for row in read_reversals(reversals)}
    keys = dict.fromkeys([*(_key(row, "earlier", "later") for row in _rows(rulings)), *gaps])
    pairs, warnings = [], []
    for earlier, later, topic in keys:
        first, second = held.get((earlier, topic)), held.get((later, topic))
        if first is None or second is None:
            continue  # somebody's who is left out, or no longer coded on the topic
        try:
            case = cases.case(earlier, later, topic)
        except DataError as error:
            warnings.append(f"the ruling on {earlier[:8]} and {later[:8]} is not shown: {error}")
            continue
        row = gaps.get((earlier, later, topic), Cell({}))
        pairs.append(
            Pair(
                id=rules.pair_id(earlier, later, topic),
                case=case,
                speaker=first.said.mark.speaker,
                topic=topic,
                earlier=first,
                later=second,
                standing=rules.standing(case, options.approvals),
                degree=rules.degree(case),
                gap=gap_words(row, first.said.mark, second.said.mark),
            )
        )
    pairs.sort(key=lambda pair: (pair.later.said.mark.start, pair.earlier.said.mark.start, pair.id))
    return pairs, warnings


def _key(row: Cell, earlier: str, later: str) -> _Key:
    return (row.text(earlier), row.text(later), row.text("topic"))


def _held(
    found: dict[tuple[str, str], list[Position]], pairs: list[Pair], shown: dict[str, Pair]
) -> dict[tuple[str, str], Held]:
    by_key: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        by_key.setdefault((pair.speaker, pair.topic), []).append(pair)
    return {
        key: Held(
            *key,
            tuple(several),
            tuple(pair for pair in by_key.get(key, ()) if pair.id in shown),
            rules.course(several, [pair.standing for pair in by_key.get(key, ())]),
        )
        for key, several in found.items()
    }


def _long_quotes(said: dict[str, Said]) -> list[str]:
    long = [(one.id, rules.too_long(one.mark.text, one.mark.form)) for one in said.values()]
    return [
        f"statement {id_[:8]} quotes {count} words; more than {LONG_QUOTE} may be more than a short citation"
        for id_, count in long
        if count
    ]


def _named(hidden: _Hidden, said: dict[str, Said], topics: dict[str, Heading]) -> list[str]:
    """Return a warning where words that are shown name somebody who is left out; no rule can mend that."""
    shown = [word for one in said.values() for word in (one.mark.text, one.context, one.mark.source_title)]
    shown += [word for topic in topics.values() for word in (topic.title, topic.proposition)]
    everything = "\n".join(shown).casefold()
    count = sum(name.casefold() in everything for name in hidden.names if " " in name)
    whose = "a person" if count == 1 else f"{count} persons"
    return (
        [f"{whose} without a public role is named in words of others that are shown: read them again"] if count else []
    )


def _rows(frame: pd.DataFrame) -> list[Cell]:
    """Return the rows of a frame of the store."""
    moments = [name for name in ("said_from", "said_until") if name in frame]
    return rows_of("record", frame, moments=moments)
