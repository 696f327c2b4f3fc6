"""The page of a pair: then and later, what was ruled with every earlier ruling, and all else the speaker said on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.figures.marks import headings
from flipflop.publish.markup import attribute, element, said as shown
from flipflop.publish.site import addresses as at
from flipflop.publish.site.claims import claim_review
from flipflop.publish.site.ended import HELD_BACK
from flipflop.publish.site.feeds import ENDED_TITLES, ENDED_WORDS
from flipflop.publish.site.model import Standing
from flipflop.publish.site.record_markup import (
    OF_TOPIC,
    notes,
    pair_words,
    position_row,
    position_words,
    quote,
    source,
    speaker_link,
    statement_link,
    table,
    titled,
    topic_link,
)
from flipflop.publish.site.rulings import ruled_by, ruled_on, ruling_facts
from flipflop.publish.site.shell import Page
from flipflop.text.held_back import RULING_WAITS
from flipflop.text.rulings import AGAIN, explained, innocent_words
from flipflop.when.gap_words import bounds_words
from flipflop.when.telling import day_words
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from flipflop.cases.case import Decision
    from flipflop.publish.site.ended import Ended
    from flipflop.publish.site.model import Pair, Position, Record


def pair_pages(record: Record, cards: Collection[str] = ()) -> Iterator[Page]:
    """Yield the page of each pair; ``cards`` are the paths of the pictures that there are.

    Where a ruling was once and no pair is shown any more, a page says so at the address, and not who or what it was.
    """
    for pair in record.pairs.values():
        yield _page(record, pair, has_card=at.card_file(pair.id) in cards)
    last = {one.pair: one for one in sorted(record.standings.ended, key=lambda one: one.at)}
    for pair_id, ended in last.items():
        if pair_id and pair_id not in record.pairs:
            yield _ended_page(record, ended)


def _ended_page(record: Record, ended: Ended) -> Page:
    since = f"Since {day_words(ended.at, record.options.tz)}."
    corrections = element("a", "What was corrected, withdrawn or removed", href=at.link("pair/", at.CORRECTIONS))
    main = (
        element("h1", ENDED_TITLES[ended.why])
        + element("p", attribute(f"{ENDED_WORDS[ended.why]} {since}"), class_="lead")
        + element("p", f"{corrections}.")
    )
    title = f"{ENDED_TITLES[ended.why]} ({ended.pair[:8]})"
    counts = f"{RULING_WAITS}." if ended.why == HELD_BACK else "no statement."
    return Page(at.pair_page(ended.pair), title, main, counts, ENDED_WORDS[ended.why])


def _page(record: Record, pair: Pair, *, has_card: bool) -> Page:
    here = at.pair_page(pair.id)
    person, topic = record.people[pair.speaker], record.topics[pair.topic]
    title = f"{person.name} on {topic.title}, {pair.earlier.said.mark.when} and {pair.later.said.mark.when}"
    heading = f"{speaker_link(record, here, person.id)} on {topic_link(record, here, topic.id)}"
    main = [
        element("h1", heading),
        element("p", shown(topic.proposition), class_="proposition"),
        element("p", _lead(record, pair), class_=f"lead {pair.standing.replace('_', '-')}"),
        _card(record, here, pair),
        titled("What was ruled", _ruled(record, pair)),
        titled("All rulings", _history(record, pair) if pair.case.decisions and pair.told != AGAIN else ""),
        titled("All that this record holds of the speaker on this topic", _all(record, here, pair)),
        _elsewhere(here, pair, has_card=has_card),
    ]
    counts = f"{attribute(record.covered_on(pair.speaker, pair.topic))} of "
    counts += f"{shown(person.name)} on this topic; {attribute(record.coverage[person.id])} on all."
    described = f"{person.name} on “{topic.proposition}”: {pair_words(record, pair)}."
    data = claim_review(record, pair)
    image = at.card_file(pair.id) if has_card else ""
    return Page(here, title, "".join(main), counts, described, image, data)


def _lead(record: Record, pair: Pair) -> str:
    name, words = shown(record.people[pair.speaker].name), attribute(pair_words(record, pair))
    decision = pair.decision
    if pair.standing is Standing.CANDIDATE or decision is None:
        return f"<strong>{_capital(words)}.</strong> What the two statements show together is open."
    ruled = attribute(f"Ruled {ruled_by(record, pair)} {ruled_on(record, decision)}.")
    if pair.standing is Standing.CHANGE:
        return f"{name} <strong>{words}</strong>. {ruled}"
    return f"<strong>{_capital(words)}.</strong> {ruled}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _card(record: Record, here: str, pair: Pair) -> str:
    bounds = bounds_words(pair.case.gap_min, pair.case.gap_max)
    exact = element("span", attribute(bounds), class_="note")
    gap = element("p", attribute(f"{pair.gap.words} between") + exact, class_="gap")
    first, second = headings(*pair.marks)
    return element(
        "div", _side(record, here, pair.earlier, first) + gap + _side(record, here, pair.later, second), class_="pair"
    )


def _side(record: Record, here: str, position: Position, title: str) -> str:
    said = position.said
    return element("section", "".join([
        element("h2", f"{title}: {position_words(record, position)}"),
        element("p", statement_link(here, said), class_="when"),
        element("blockquote", element("p", quote(said))),
        element("p", told) if (told := notes(here, said, record.mark(position))) else "",
        element("p", shown(said.context), class_="note") if said.context else "",
        element("p", f"Source: {source(said)}", class_="source"),
    ]))  # fmt: skip


def _ruled(record: Record, pair: Pair) -> str:
    if pair.decision is None:
        return "<p>No person has ruled on this pair.</p>"
    if pair.told == AGAIN:
        return f"<p>{ENDED_WORDS[HELD_BACK]}</p>"
    return ruling_facts(record, pair, pair.decision)


def _history(record: Record, pair: Pair) -> str:
    return element("ol", "".join(element("li", _line(record, pair, one)) for one in pair.case.decisions))


def _line(record: Record, pair: Pair, decision: Decision) -> str:
    program = ", by a program, which does not count" if decision.by_model else ""
    told = attribute(f"{ruled_on(record, decision)[3:]}{program}: {explained(decision.ruling, pair.kind)}.")
    return f"{told} {innocent_words(decision.ruling.innocent_reading, shown)}"


def _all(record: Record, here: str, pair: Pair) -> str:
    held = record.held[pair.speaker, pair.topic]
    caption = f"In the order of moments. {attribute(all_times(record.options.tz))}"
    return table(caption, OF_TOPIC, (position_row(record, here, one) for one in held.positions))


def _elsewhere(here: str, pair: Pair, *, has_card: bool) -> str:
    own = element("a", "This pair as JSON", href=at.link(here, at.pair_data(pair.id)), type="application/json")
    card = element("a", "As a picture (PNG)", href=at.link(here, at.card_file(pair.id))) if has_card else ""
    return element("p", " · ".join(part for part in (own, card) if part), class_="note")
