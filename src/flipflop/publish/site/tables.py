"""The record as tables, the same rows for every format: no more in them than the pages show. Knows no format."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from flipflop.publish.site import addresses as at
from flipflop.records.addresses import web_address
from flipflop.text.rulings import AGAIN, UNJUDGED, reply_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flipflop.publish.site.model import Pair, Position, Record, Said
    from flipflop.records import Answer

Value: TypeAlias = "str | int | float | bool | None"


class Table(NamedTuple):
    """A table: ``columns`` are names with SQLite's word for their type; moments are ISO 8601 in UTC."""

    name: str
    told: str
    columns: dict[str, str]
    rows: Sequence[Sequence[Value]]


def _columns(text: str) -> dict[str, str]:
    pairs = (word.partition(":") for word in text.split())
    return {name: kind or "TEXT" for name, _, kind in pairs}


_STATEMENTS: Final = _columns(
    "statement_id speaker speaker_name text form said_from said_until precision approximate:INTEGER tz on_behalf_of"
    " attribution context responds_to language source_url source_outlet source_title source_author source_published"
    " amended:INTEGER page"
)
_POSITIONS: Final = _columns("statement_id speaker topic stance sign:INTEGER disputed:INTEGER said_from said_until")
_REVERSALS: Final = _columns(
    "pair_id standing speaker speaker_name topic topic_title proposition kind degree outcome explanation"
    " innocent_reading reply reply_url decided_at approvals:INTEGER earlier_id later_id earlier_stance later_stance"
    " earlier_from earlier_until later_from later_until gap_min_seconds:REAL gap_max_seconds:REAL gap earlier_text"
    " later_text page"
)
_RULINGS: Final = _columns("ruling_id pair_id outcome degree explanation innocent_reading reply reply_url decided_at")


def tables(record: Record) -> tuple[Table, ...]:
    """Return all tables of a site."""
    said, pairs = record.said.values(), record.pairs.values()
    return (
        Table(
            "statements", "Statements: words, moment, source", _STATEMENTS, [_statement(record, one) for one in said]
        ),
        Table("positions", "What each statement shows on each topic", _POSITIONS, _positions(record)),
        Table("reversals", "Pairs of statements that were compared", _REVERSALS, [_pair(record, one) for one in pairs]),
        Table("rulings", "All rulings on these pairs, in their order", _RULINGS, [*_rulings(pairs)]),
        Table(
            "speakers",
            "Who is covered",
            _columns("speaker name kind public_role wikidata page"),
            [
                (one.id, one.name, one.kind, one.role or None, one.wikidata or None, at.speaker_page(one.id))
                for one in record.people.values()
            ],
        ),
        Table(
            "topics",
            "Topics with their propositions",
            _columns("topic title proposition kind parent page"),
            [
                (one.id, one.title, one.proposition, one.kind, one.parent or None, at.topic_page(one.id))
                for one in record.topics.values()
            ],
        ),
    )


def _statement(record: Record, said: Said) -> list[Value]:
    mark = said.mark
    return [
        said.id, mark.speaker, record.people[mark.speaker].name, mark.text, mark.form, _iso(mark.start), _iso(mark.end),
        said.precision or None, int(said.approximate), said.tz or None, mark.on_behalf_of or None,
        mark.attribution or None, said.context or None, said.responds_to or None, said.language or None,
        linked(mark.source_url), mark.source_outlet or None, mark.source_title or None, said.author or None,
        said.published or None, int(said.amended), at.statement_page(said.id),
    ]  # fmt: skip


def _positions(record: Record) -> list[list[Value]]:
    return [
        [said.id, said.mark.speaker, one.topic, _stance(one), one.sign, int(one.look == "disputed"), *_moment(one)]
        for said in record.said.values()
        for one in record.shown_by[said.id]
    ]


def _pair(record: Record, pair: Pair) -> list[Value]:
    decision, topic = None if pair.told == AGAIN else pair.decision, record.topics[pair.topic]
    ruling = decision.ruling if decision else None
    reply, reply_url = _answer(ruling.reply if ruling else None)
    return [
        pair.id, pair.standing, pair.speaker, record.people[pair.speaker].name, pair.topic, topic.title,
        topic.proposition, pair.case.kind or None, None if pair.told in UNJUDGED else pair.degree,
        ruling.outcome if ruling else None, ruling.explanation if ruling else None,
        ruling.innocent_reading if ruling else None, reply, reply_url, _iso(decision.decided_at) if decision else None,
        len(pair.case.approvers), pair.earlier.said.id, pair.later.said.id, _stance(pair.earlier), _stance(pair.later),
        *_moment(pair.earlier), *_moment(pair.later), pair.case.gap_min.total_seconds(),
        pair.case.gap_max.total_seconds(), pair.gap.words, pair.earlier.said.mark.text, pair.later.said.mark.text,
        at.pair_page(pair.id),
    ]  # fmt: skip


def _answer(given: Answer | None) -> tuple[str | None, str | None]:
    if given is None:
        return (None, None)
    return (reply_words(given), linked(given.source.url if given.source else None))


def _rulings(pairs: Iterable[Pair]) -> Iterable[list[Value]]:
    for pair in pairs:
        for one in () if pair.told == AGAIN else pair.case.decisions:
            ruling, given = one.ruling, one.ruling.reply
            yield [
                one.id, pair.id, ruling.outcome, ruling.degree, ruling.explanation, ruling.innocent_reading,
                *_answer(given),
                _iso(one.decided_at),
            ]  # fmt: skip


def _stance(position: Position) -> str | None:
    return None if position.look == "disputed" else position.look


def _moment(position: Position) -> tuple[str, str]:
    return (_iso(position.said.mark.start), _iso(position.said.mark.end))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def linked(url: str | None) -> str | None:
    """Return a web address, or nothing where a reader should not be sent."""
    return (web_address(url) or None) if url else None
