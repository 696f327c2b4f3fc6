"""The page of a topic: its proposition, what the record shows of each speaker, and every position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.markup import attribute, element, said as shown
from flipflop.publish.site import addresses as at
from flipflop.publish.site.record_markup import (
    OF_TOPIC,
    course_words,
    others,
    part_of,
    position_row,
    row,
    speaker_link,
    table,
    titled,
    topics_listed,
    with_and_without,
)
from flipflop.publish.site.shell import Page
from flipflop.publish.site.table_pages import parts, ways
from flipflop.text.held_back import not_shown
from flipflop.text.numbers import counted
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.publish.site.drawings import Drawings
    from flipflop.publish.site.model import Heading, Position, Record

_SUMMARY = ("Speaker", "In this record", "Statements")
_KINDS = {
    "proposal": "A proposal: statements support or oppose it.",
    "account": "An account of what happened: statements affirm or deny it.",
}


def topic_pages(record: Record, drawings: Drawings) -> Iterator[Page]:
    """Yield the page of each topic, and the further parts of long ones."""
    for topic in record.topics.values():
        positions = positions_on(record, topic.id)
        several = parts(positions)
        for number, rows in enumerate(several, start=1):
            drawn = drawings.of_topic(topic.id) if number == 1 else ""
            yield _page(record, topic, positions, rows, drawn, number, len(several))


def positions_on(record: Record, topic: str) -> list[Position]:
    """Return all positions on a topic, by moment."""
    several = [position for held in record.by_topic[topic] for position in held.positions]
    return sorted(several, key=lambda one: (one.said.mark.start, one.said.mark.end, one.said.id))


def _page(
    record: Record, topic: Heading, every: list[Position], rows: tuple[Position, ...], drawn: str, part: int, last: int
) -> Page:
    here = at.topic_page(topic.id, part)
    counts, wider = _counts(record, topic, every), part_of(record, here, topic.id)
    main = [
        element("h1", shown(topic.title)),
        element("p", wider) if wider else "",
        element("p", shown(topic.proposition), class_="proposition"),
        element("p", attribute(_KINDS.get(topic.kind, "")), class_="note"),
    ]
    within = titled("Topics within this", topics_listed(record, here, record.parts_of[topic.id]))
    main += [within, drawn, _speakers(record, here, topic)] if part == 1 else []
    statements = _statements(record, here, topic, rows) + ways(
        here, lambda number: at.topic_page(topic.id, number), part, last
    )
    title = topic.title if part == 1 else f"{topic.title}, part {part}"
    return Page(here, title, "".join([*main, titled("Statements", statements)]), counts, topic.proposition)


def _counts(record: Record, topic: Heading, every: list[Position]) -> str:
    held, waiting = record.by_topic[topic.id], len(record.held_back.get(topic.id, ()))
    if waiting and not every:
        return f"{not_shown(waiting)}."
    covered = record.covered(position.said for position in every)
    more = f" {not_shown(waiting, more=True)}." if waiting else ""
    return attribute(
        f"{covered}, of {counted(len(held), 'speaker')}: {with_and_without(held)}, "
        f"{others(held):,} with nothing to compare or not decided.{more}"
    )


def _speakers(record: Record, here: str, topic: Heading) -> str:
    rows = [
        row(
            _SUMMARY,
            (
                speaker_link(record, here, held.speaker),
                course_words(record, here, held),
                record.covered(position.said for position in held.positions),
            ),
        )
        for held in record.by_topic[topic.id]
    ]
    caption = "What this record shows of each speaker, by name. It says nothing of what it does not hold."
    return titled("Speakers", table(caption, _SUMMARY, rows)) if rows else ""


def _statements(record: Record, here: str, topic: Heading, rows: tuple[Position, ...]) -> str:
    waiting = len(record.held_back.get(topic.id, ()))
    note = element("p", f"{not_shown(waiting, more=bool(rows))}.") if waiting else ""
    if not rows:
        return note or "<p>No statement in this record.</p>"
    caption = f"Statements on: {shown(topic.proposition)} {attribute(all_times(record.options.tz))}"
    return note + table(caption, OF_TOPIC, (position_row(record, here, position) for position in rows))
