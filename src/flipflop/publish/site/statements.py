"""The page of a statement: its words, moment and source, what it shows, what it was compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.markup import attribute, element, said as shown
from flipflop.publish.site import addresses as at
from flipflop.publish.site.record_markup import (
    listing,
    moment,
    notes,
    pair_item,
    position_words,
    quote,
    source,
    speaker_link,
    statement_link,
    titled,
    topic_link,
    waiting_on,
)
from flipflop.publish.site.shell import Page
from flipflop.text.held_back import BECAUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.publish.site.model import Position, Record, Said


def statement_pages(record: Record) -> Iterator[Page]:
    """Yield the page of each statement."""
    for said in record.said.values():
        yield _page(record, said)


def _page(record: Record, said: Said) -> Page:
    here = at.statement_page(said.id)
    person = record.people[said.mark.speaker]
    title = f"{person.name}, {said.mark.when}"
    role = element("span", shown(person.role), class_="note") if person.role else ""
    main = [
        element("h1", f"{speaker_link(record, here, person.id)}, {moment(said)}"),
        element("p", role) if role else "",
        element("blockquote", element("p", quote(said)), class_="words"),
        element("p", told) if (told := notes(here, said, record.told(said))) else "",
        _facts(record, here, said),
        titled("What it shows", _shows(record, here, said)),
        titled("Compared", _pairs(record, here, said)),
    ]
    counts = f"{attribute(record.coverage[person.id])} of {shown(person.name)}."
    return Page(here, _unique(title, said), "".join(main), counts, said.mark.text[:200])


def _unique(title: str, said: Said) -> str:
    """Return a title that no other statement of the same person and moment has."""
    return f"{title} ({said.id[:8]})"


def _facts(record: Record, here: str, said: Said) -> str:
    answered = record.said.get(said.responds_to)
    facts = [
        ("Source", source(said)),
        ("Context", shown(said.context) if said.context else ""),
        ("In response to", _answered(record, here, answered) if answered else ""),
        ("Permanent id", element("code", attribute(said.id))),
    ]
    inside = "".join(element("dt", name) + element("dd", value) for name, value in facts if value)
    return element("dl", inside, class_="facts")


def _answered(record: Record, here: str, answered: Said) -> str:
    return f"{shown(record.people[answered.mark.speaker].name)}, {statement_link(here, answered)}"


def _shows(record: Record, here: str, said: Said) -> str:
    shows = record.shown_by[said.id]
    found = listing(_position(record, here, one) for one in shows)
    if waits := waiting_on(record, here, said):
        return f"{found}<p>{waits[:1].upper()}{waits[1:]}, {BECAUSE}.</p>"
    return found or "<p>Nobody has coded it on a topic.</p>"


def _position(record: Record, here: str, position: Position) -> str:
    proposition = element("span", shown(record.topics[position.topic].proposition), class_="note")
    shows = f"{position_words(record, position)} {topic_link(record, here, position.topic)}"
    return element("li", f"{shows}{proposition}")


def _pairs(record: Record, here: str, said: Said) -> str:
    pairs = record.pairs_of.get(said.id, ())
    return listing(pair_item(record, here, pair, name=False) for pair in pairs)
