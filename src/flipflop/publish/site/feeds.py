"""The newest rulings as Atom (RFC 4287) and as JSON Feed 1.1, with ids that never change."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as Xml

from flipflop.figures.marks import headings
from flipflop.publish.site import addresses as at
from flipflop.publish.site.ended import HELD_BACK, REPLACED, WITHDRAWN
from flipflop.publish.site.model import Standing
from flipflop.publish.site.record_markup import pair_words
from flipflop.publish.site.rights import licence_of
from flipflop.publish.site.shell import absolute
from flipflop.text.quotations import quotation_line
from flipflop.text.rulings import explained, innocent_words, reply_words
from flipflop.text.visible import leading, visible
from flipflop.when.telling import utc_text

if TYPE_CHECKING:
    from flipflop.cases.case import Decision
    from flipflop.publish.site.ended import Ended
    from flipflop.publish.site.model import Pair, Record

NEWEST: Final = 100
ENDED_TITLES: Final = {
    WITHDRAWN: "Withdrawn: a ruling on two statements",
    REPLACED: "Replaced: a ruling on two statements",
    HELD_BACK: "Held back: a ruling on two statements",
}
ENDED_WORDS: Final = {
    WITHDRAWN: "This ruling was withdrawn. What was published under this address no longer stands.",
    REPLACED: "A later ruling took the place of this one. Its address tells what stands now, if anything does.",
    HELD_BACK: "What this ruling rests on was corrected since, or something new was recorded. Until somebody has "
    "looked at it again, it does not stand.",
}
_ATOM: Final = "http://www.w3.org/2005/Atom"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedEntry(NamedTuple):
    """One ruling as a feed tells it; texts are plain. ``updated`` is RFC 3339, UTC, and never goes back."""

    id: str
    path: str
    title: str
    words: str
    updated: str


def entries(record: Record) -> list[FeedEntry]:
    """Return the rulings, the last touched first: that there is a change, that there is none, and those that ended.

    An entry keeps its id when its ruling is withdrawn, replaced, or made on words that were corrected since, and says
    so: who reads a feed is told it like the ruling before.
    """
    standing = [
        _entry(record, pair, pair.decision)
        for pair in record.pairs.values()
        if pair.decision is not None and pair.standing is not Standing.CANDIDATE
    ]
    several = [*standing, *(_ended_entry(one) for one in record.standings.ended)]
    return sorted(several, key=lambda one: (one.updated, one.id), reverse=True)[:NEWEST]


def feed_updated(record: Record) -> str:
    """Return when anything was last recorded, mended or withdrawn that the feed may tell of: it never goes back."""
    moments = [pair.decision.decided_at for pair in record.pairs.values() if pair.decision is not None]
    return utc_text(max([*moments, record.standings.latest or record.born]))


def _ended_entry(ended: Ended) -> FeedEntry:
    return FeedEntry(
        id=_urn(ended.id),
        path=at.pair_page(ended.pair) if ended.pair else at.CORRECTIONS,
        title=ENDED_TITLES[ended.why],
        words=ENDED_WORDS[ended.why],
        updated=utc_text(ended.at),
    )


def _entry(record: Record, pair: Pair, decision: Decision) -> FeedEntry:
    person, topic = record.people[pair.speaker], record.topics[pair.topic]
    title = f"{leading(person.name)} on {topic.title}: {pair_words(record, pair)}"
    lines = [
        f"Proposition: {topic.proposition}",
        *(
            f"{name}, {one.said.mark.when}: {quotation_line(one.said.mark.text, one.said.mark.form)}"
            for name, one in zip(headings(*pair.marks), (pair.earlier, pair.later), strict=True)
        ),
        f"Ruled: {explained(decision.ruling, pair.kind)}. {innocent_words(decision.ruling.innocent_reading)}",
        f"Reply: {reply_words(decision.ruling.reply)}",
    ]
    return FeedEntry(
        id=_urn(decision.id),
        path=at.pair_page(pair.id),
        title=_clean(title).replace("\n", " "),
        words=_clean("\n\n".join(lines)),
        updated=utc_text(max(decision.decided_at, record.standings.touched[decision.id])),
    )


def feed_id(record: Record) -> str:
    """Return the id of the feed: made of the record's first event, so that title and address may change."""
    return _urn(record.birth)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'flipflop:{name}')}"


def _clean(text: str) -> str:
    """Return text that XML can hold and that deceives nobody's eye."""
    return _NOT_XML.sub("\ufffd", visible(text))


def atom(record: Record) -> bytes:
    """Return the Atom feed. Addresses are absolute where the site's own is known, else relative to the feed."""
    options, several = record.options, entries(record)
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _text(feed, "id", feed_id(record))
    _text(feed, "title", _clean(options.title))
    _text(feed, "subtitle", _clean(options.scope))
    _text(feed, "updated", feed_updated(record))
    _text(Xml.SubElement(feed, f"{{{_ATOM}}}author"), "name", _clean(options.publisher or options.title))
    if options.licence:
        _text(feed, "rights", _clean(" ".join(dict.fromkeys(licence_of(options)))))
    _link(feed, "self", _address(record, at.ATOM), "application/atom+xml")
    _link(feed, "alternate", _address(record, at.INDEX), "text/html")
    for one in several:
        entry = Xml.SubElement(feed, f"{{{_ATOM}}}entry")
        _text(entry, "id", one.id)
        _text(entry, "title", one.title)
        _text(entry, "updated", one.updated)
        _link(entry, "alternate", _address(record, one.path), "text/html")
        _text(entry, "content", one.words)
    Xml.indent(feed)
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: Xml.Element, rel: str, href: str, media_type: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": href, "type": media_type})


def _address(record: Record, path: str) -> str:
    return absolute(record.options, path) or at.link(at.ATOM, path)


def json_feed(record: Record) -> bytes:
    """Return the JSON Feed. It has addresses only where the site's own is known, for they must be absolute."""
    options = record.options
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": visible(options.title),
        "home_page_url": absolute(options, at.INDEX),
        "feed_url": absolute(options, at.JSON_FEED),
        "description": visible(options.scope),
        "language": "en",
        "authors": [{"name": visible(options.publisher or options.title)}],
    }
    items = [
        {
            "id": one.id,
            "url": absolute(options, one.path),
            "title": one.title,
            "content_text": one.words,
            "date_published": one.updated,
        }
        for one in entries(record)
    ]
    whole = {key: value for key, value in feed.items() if value}
    whole["items"] = [{key: value for key, value in item.items() if value} for item in items]
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
