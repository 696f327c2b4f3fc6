"""The first page of a site: what the record holds, the search, the newest rulings, all topics and all speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.publish.markup import attribute, element, said as shown
from flipflop.publish.site import addresses as at
from flipflop.publish.site.ended import HELD_BACK
from flipflop.publish.site.model import Course, Standing
from flipflop.publish.site.record_markup import (
    listing,
    pair_item,
    speaker_link,
    summary,
    titled,
    topics_listed,
    with_and_without,
)
from flipflop.publish.site.searching import shard_paths
from flipflop.publish.site.shell import SCRIPT, Page
from flipflop.text.held_back import rulings_wait
from flipflop.text.numbers import counted

if TYPE_CHECKING:
    from flipflop.publish.site.model import Record

NEWEST: Final = 20


def index(record: Record) -> Page:
    """Return the first page."""
    numbers = record_counts(record)
    main = "".join([
        element("h1", shown(record.options.title)),
        element("p", shown(record.options.scope), class_="scope"),
        element("p", numbers, class_="coverage"),
        _search(record),
        _newest(record),
        titled("Topics", topics_listed(record, at.INDEX, record.topics)),
        titled("Speakers", _speakers(record)),
    ])  # fmt: skip
    return Page(at.INDEX, record.options.title, main, numbers, record.options.scope, scripts=(SCRIPT,))


def compared(record: Record) -> Page:
    """Return the page that lists every pair of statements that was looked at."""
    pairs = [*reversed(record.pairs.values())]
    groups = (
        (Standing.CHANGE, "Changes of position", "Ruled by people, with an innocent reading beside each."),
        (Standing.CIRCUMSTANCES, "After circumstances changed", "Ruled by people to be no change of position."),
        (Standing.NO_CHANGE, "No change of position", "Looked at by people, who ruled that it is none."),
        (
            Standing.CANDIDATE,
            "Two statements that differ",
            "Nobody has called these a change of position; they may be none.",
        ),
    )
    sections = []
    for standing, title, told in groups:
        items = [pair_item(record, at.COMPARED, pair) for pair in pairs if pair.standing is standing]
        if items or standing in (Standing.CHANGE, Standing.NO_CHANGE):
            sections.append(titled(title, element("p", told, class_="note") + (listing(items) or "<p>None.</p>")))
    lead = "Pairs of statements of one speaker on one topic that people have compared, the latest first."
    main = element("h1", "Statements compared") + element("p", lead) + _waiting(record) + "".join(sections)
    return Page(at.COMPARED, "Statements compared", main, pair_counts(record), lead)


def record_counts(record: Record) -> str:
    """Return the numbers of the whole record."""
    statements = record.covered(record.said.values())
    held = sum(1 for one in record.held.values() if one.course is not Course.NO_SIDE)
    people = counted(len(record.people), "speaker")
    compared = f" Pairs of statements: {record.tally(record.pairs.values()).words}." if record.pairs else ""
    return attribute(
        f"{statements}, of {people} on {counted(len(record.topics), 'topic')}. One speaker on one topic, "
        f"{counted(held, 'record')}: {with_and_without(record.held.values())}, "
        f"{record.courses[Course.ONE]:,} with one side taken once, {record.courses[Course.OPEN]:,} not decided."
        f"{compared}{_left_out(record)}"
    )


def _left_out(record: Record) -> str:
    number = record.left_out.persons
    if not number:
        return ""
    return f" {counted(number, 'person')} without a public role {'is' if number == 1 else 'are'} left out."


def pair_counts(record: Record) -> str:
    """Return how many pairs were looked at, and what came of it."""
    none = sum(pair.standing is Standing.NO_CHANGE for pair in record.pairs.values())
    told = f"{counted(len(record.pairs), 'pair')} compared: {record.tally(record.pairs.values()).words}"
    return attribute(f"{told}, {none:,} ruled to be none. {record.covered(record.said.values())}.")


def _search(record: Record) -> str:
    """Return the search, which a reader without JavaScript never sees: the lists below say the same."""
    field = '<label for="q">Search names, topics and words</label>' + (
        '<input id="q" type="search" autocomplete="off" spellcheck="false" aria-describedby="found">'
    )
    found = '<p id="found" role="status"></p><ul id="hits"></ul>'
    shards = " ".join(at.link(at.INDEX, path) for path in shard_paths(record))
    return element("div", field + found, class_="search", id="search", role="search", data_shards=shards, hidden="")


def _newest(record: Record) -> str:
    ruled = [pair for pair in record.pairs.values() if pair.standing is not Standing.CANDIDATE and pair.decision]
    ruled.sort(key=lambda pair: (pair.decision.decided_at if pair.decision else record.born, pair.id), reverse=True)
    items = [pair_item(record, at.INDEX, pair) for pair in ruled[:NEWEST]]
    every = element("p", element("a", "All statements compared", href=at.COMPARED))
    waiting = _waiting(record)
    none = "" if waiting else "<p>Nobody has ruled on a pair of statements yet.</p>"
    return titled("Newest rulings", (listing(items) or none) + waiting + every)


def _waiting(record: Record) -> str:
    """Return on how many pairs a ruling is held back, as a paragraph; nothing for none."""
    pairs = {one.pair for one in record.standings.ended if one.why == HELD_BACK}
    return element("p", f"{rulings_wait(len(pairs))}.", class_="note") if pairs else ""


def _speakers(record: Record) -> str:
    items = (
        element("li", f"{speaker_link(record, at.INDEX, person)} {summary(held, len(record.of_speaker[person]))}"
                + element("span", shown(record.people[person].role), class_="note"))
        for person, held in record.by_speaker.items()
    )  # fmt: skip
    return listing(items, class_="names")
