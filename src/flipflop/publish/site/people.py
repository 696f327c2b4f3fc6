"""The page of a speaker: on each topic what the record shows, change or none, and every statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.markup import attribute, element, link, said as shown
from flipflop.publish.site import addresses as at
from flipflop.publish.site.record_markup import (
    OF_SPEAKER,
    course_words,
    others,
    row,
    said_row,
    table,
    titled,
    topic_link,
    with_and_without,
)
from flipflop.publish.site.shell import Page
from flipflop.publish.site.table_pages import parts, ways
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.publish.site.drawings import Drawings
    from flipflop.publish.site.model import Held, Person, Record, Said

_SUMMARY = ("Topic", "In this record", "Statements")


def speaker_pages(record: Record, drawings: Drawings) -> Iterator[Page]:
    """Yield the page of each speaker, and the further parts of long ones."""
    for person in record.people.values():
        several = parts(record.of_speaker[person.id])
        for number, rows in enumerate(several, start=1):
            drawn = drawings.of_speaker(person.id) if number == 1 else ""
            yield _page(record, person, rows, drawn, number, len(several))


def _page(record: Record, person: Person, rows: tuple[Said, ...], drawn: str, part: int, last: int) -> Page:
    here = at.speaker_page(person.id, part)
    title = person.name if part == 1 else f"{person.name}, part {part}"
    statements = _statements(record, here, person, rows) + ways(
        here, lambda number: at.speaker_page(person.id, number), part, last
    )
    main = [element("h1", shown(person.name)), _about(person)]
    main += [_topics(record, here, person), drawn] if part == 1 else []
    role = f", {person.role}" if person.role else ""
    described = f"What {person.name}{role} said, and when: {record.coverage[person.id]} in this record."
    return Page(here, title, "".join([*main, titled("Statements", statements)]), _counts(record, person), described)


def _about(person: Person) -> str:
    known = link(f"https://www.wikidata.org/wiki/{person.wikidata}", "Wikidata") if person.wikidata else ""
    told = " · ".join(part for part in (shown(person.role) if person.role else "", known) if part)
    return element("p", told, class_="role") if told else ""


def _counts(record: Record, person: Person) -> str:
    held = record.by_speaker[person.id]
    return attribute(
        f"{record.coverage[person.id]}. Topics: {len(held):,}, of them {with_and_without(held)}, "
        f"{others(held):,} with nothing to compare or not decided."
    )


def _topics(record: Record, here: str, person: Person) -> str:
    rows = [
        row(_SUMMARY, (_topic(record, here, held), course_words(record, here, held), record.covered(_said(held))))
        for held in record.by_speaker[person.id]
    ]
    caption = "What this record shows on each topic. It says nothing of what it does not hold."
    return titled("Topics", table(caption, _SUMMARY, rows)) if rows else ""


def _topic(record: Record, here: str, held: Held) -> str:
    proposition = element("span", shown(record.topics[held.topic].proposition), class_="note")
    return topic_link(record, here, held.topic) + proposition


def _said(held: Held) -> list[Said]:
    return [position.said for position in held.positions]


def _statements(record: Record, here: str, person: Person, rows: tuple[Said, ...]) -> str:
    if not rows:
        return "<p>No statement in this record.</p>"
    caption = (
        f"Statements of {shown(person.name)} in the order of their moments. {attribute(all_times(record.options.tz))}"
    )
    return table(caption, OF_SPEAKER, (said_row(record, here, said) for said in rows))
