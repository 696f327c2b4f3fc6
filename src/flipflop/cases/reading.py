"""Cases out of a store: ``Cases`` reads it once for any number of them, ``case_of`` only what is about one pair."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from flipflop.cases.case import Case, Evidence, Found, Judgement, Mended, Response
from flipflop.cases.decisions import decisions_on
from flipflop.cases.trail import Trail, trail_of
from flipflop.errors import DataError, StoreError
from flipflop.records import Coding, Correction, Speaker, Statement, Topic
from flipflop.records.words import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pandas as pd

    from flipflop.store import Store
    from flipflop.store.model import Recorded


class _Lookup:
    """Builds cases from a log, or the part of it that they need, and from what the detector found."""

    def __init__(self, trail: Trail, reversals: pd.DataFrame) -> None:
        self.reversals = reversals
        self.trail, self._found = trail, _found(reversals)
        self._speakers, self._topics = trail.latest("speaker"), trail.latest("topic")

    def case(self, earlier: str, later: str, topic: str) -> Case:
        """Return the case of two statements (ids in full) on a topic (its slug).

        Raises DataError where they are not two statements of one speaker that count, where the topic does not, and
        where the earlier one was surely made after the later one.
        """
        if topic not in self._topics:
            raise DataError(f"topic {topic!r} is not in this record, or was withdrawn")
        trail = self.trail
        first, second = (self._evidence(event_id, topic) for event_id in (earlier, later))
        _check_pair(first, second)
        return Case(
            speaker=self._speaker(first.statement.speaker),
            topic=cast("Topic", self._topics[topic]),
            earlier=first,
            later=second,
            found=self._found.get((earlier, later, topic)),
            decisions=decisions_on(trail, earlier, later, topic),
            history=trail.history(earlier, later),
        )

    def _evidence(self, event_id: str, topic: str) -> Evidence:
        trail = self.trail
        record = trail.records.get(event_id)
        if record is None or record.kind != "statement":
            raise DataError(f"there is no statement {event_id!r} in this record")
        if not trail.counts(record):
            raise DataError(f"statement {event_id[:8]} was withdrawn: nothing is published about it")
        mended = trail.corrections(event_id)
        return Evidence(
            id=event_id,
            statement=cast("Statement", trail.reads(record)),
            original=cast("Statement", record.event),
            recorded_at=record.recorded_at,
            judgements=_judgements(trail, event_id, topic),
            mended=tuple(Mended(one.id, cast("Correction", one.event), one.recorded_at) for one in mended),
            answers=self._answers(event_id),
        )

    def _answers(self, event_id: str) -> tuple[Response, ...]:
        found = sorted(self.trail.answers.get(event_id, ()), key=lambda one: (one[1].said.start, one[0]))
        return tuple(Response(one, event, self._speaker(event.speaker).name) for one, event in found)

    def _speaker(self, slug: str) -> Speaker:
        return cast("Speaker", self._speakers.get(slug) or Speaker(slug, slug))


class Cases(_Lookup):
    """A store as cases, read once; what is recorded after that is not seen.

    ``reversals`` is the frame of ``find_reversals`` to look pairs up in; without it the default kinds are found here.
    ``as_of`` is an earlier moment, as for ``Store.statements``. Memory grows with the number of events.
    """

    def __init__(
        self, store: Store, *, as_of: datetime | str | None = None, reversals: pd.DataFrame | None = None
    ) -> None:
        if reversals is None:
            from flipflop.detect import find_reversals
            from flipflop.frames import positions

            reversals = find_reversals(positions(store, as_of=as_of), rulings=store.rulings(as_of=as_of))
        super().__init__(Trail(store.log(as_of=as_of)), reversals)

    def __iter__(self) -> Iterator[Case]:
        """Yield the case of every row of ``reversals``."""
        for key in self._found:
            yield self.case(*key)


def case_of(store: Store, earlier: str, later: str, topic: str | None = None) -> Case:
    """Return one case, as ``Cases.case``, without reading the rest of the store.

    Ids may be shortened and the topic given by its title. It may be left out where both statements are coded on one
    topic and no other. Raises StoreError for an id that is not there, DataError for a pair that is no case.
    """
    from flipflop.detect import find_reversals
    from flipflop.frames import positions

    first, second = store.get(earlier), store.get(later)
    for record, given in ((first, earlier), (second, later)):
        if record.kind != "statement":
            raise DataError(f"{given!r} is a {record.kind.replace('_', ' ')}: a case is about two statements")
    answering = _answering(store, (first.id, second.id))
    statements = (first, second, *(store.get(one) for one in answering))
    trail = trail_of(store, *statements)
    about = store.resolve_topic(topic) if topic is not None else _only_topic(trail, first.id, second.id)
    who = cast("Statement | None", trail.reads(first))
    slugs = {event.speaker for one in statements if isinstance(event := trail.reads(one), Statement)}
    declared = [store.get(about, kind="topic"), *_declarations(store, slugs)]
    held = positions(store, speaker=who.speaker if who else None, topic=about)
    found = find_reversals(held, rulings=store.rulings())
    return _Lookup(Trail([*trail.records.values(), *declared]), found).case(first.id, second.id, about)


def speaker_of(store: Store, slug: str) -> Speaker:
    """Return a speaker as last declared; one whose declarations were redacted is called by the id."""
    try:
        found = store.get(slug, kind="speaker").event
    except StoreError:
        found = None
    return found if isinstance(found, Speaker) else Speaker(slug, slug)


def _declarations(store: Store, slugs: Iterable[str]) -> Iterator[Recorded]:
    """Yield the latest declaration of each speaker; of one whose declarations were redacted there is none."""
    for slug in slugs:
        with suppress(StoreError):
            yield store.get(slug, kind="speaker")


def _answering(store: Store, pair: tuple[str, str]) -> list[str]:
    """Return the ids of the statements that answer or continue one of the pair."""
    frame = store.statements(columns=["statement_id", "responds_to"])
    return [str(one) for one in frame.loc[frame["responds_to"].isin(pair), "statement_id"]]


_KEY = ["earlier_id", "later_id", "topic"]


def _found(reversals: pd.DataFrame) -> dict[tuple[str, str, str], Found]:
    columns = reversals[[*_KEY, "kind", "degree", "reason", "detector"]].astype(object)
    rows = columns.where(columns.notna(), None).itertuples(index=False, name=None)
    return {(earlier, later, topic): Found(*said) for earlier, later, topic, *said in rows}


def _check_pair(first: Evidence, second: Evidence) -> None:
    if first.id == second.id:
        raise DataError(f"a case is about two statements, not twice {first.id[:8]}")
    if first.statement.speaker != second.statement.speaker:
        one, other = first.statement.speaker, second.statement.speaker
        raise DataError(f"{first.id[:8]} is {one}'s and {second.id[:8]} is {other}'s: a case is about one speaker")
    if second.statement.said.end <= first.statement.said.start:
        raise DataError(f"{first.id[:8]} was said after {second.id[:8]}: give the earlier one first")


def _judgements(trail: Trail, statement: str, topic: str) -> tuple[Judgement, ...]:
    """Return the codings of a statement on a topic that stand, with the rule of ``positions`` for which count."""
    standing = [
        (record, record.event)
        for record in trail.about(statement)
        if isinstance(record.event, Coding) and record.event.topic == topic and trail.counts(record)
    ]
    in_turn = sorted(standing, key=lambda one: (one[1].coded_at or one[0].recorded_at, one[0].id))
    latest = list({coding.coder: (record.id, coding) for record, coding in in_turn}.items())
    people = [(one, coding) for coder, (one, coding) in latest if not coder.startswith(MODEL)]
    order = {record.id: place for place, (record, _) in enumerate(in_turn)}
    settling = sorted((one for one, coding in people if coding.adjudicates), key=order.__getitem__)[-1:]
    counting = set(settling) or {one for one, _ in people} or {one for _, (one, _) in latest}
    return tuple(
        Judgement(
            record.id,
            coding,
            coding.coded_at or record.recorded_at,
            record.id in counting,
            trail.needs_review(record),
        )
        for record, coding in standing
    )


def _only_topic(trail: Trail, earlier: str, later: str) -> str:
    """Return the topic on which both statements are coded.

    Raises:
        DataError: there is none, or several.

    """
    one, other = (
        {record.event.topic for record in trail.about(event_id) if isinstance(record.event, Coding)}
        for event_id in (earlier, later)
    )
    both = sorted(one & other)
    if len(both) == 1:
        return both[0]
    if not both:
        raise DataError(f"{earlier[:8]} and {later[:8]} are coded on no common topic: flipflop code ID --topic TOPIC")
    raise DataError(f"{earlier[:8]} and {later[:8]} are coded on {', '.join(both)}: say which with --topic")
