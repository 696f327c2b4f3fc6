"""What a ruling says, in words: outcome, innocent reading, explanation, reply; who ruled only where that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.markup import element, link, said as shown
from flipflop.text.rulings import FRAMINGS, explained, explanation_words, reading_words, reply_words
from flipflop.text.sources import NONE_RECORDED, source_words
from flipflop.when.telling import day_words

if TYPE_CHECKING:
    from flipflop.cases.case import Decision
    from flipflop.publish.site.model import Pair, Record
    from flipflop.records import Ruling, Source


def ruled_on(record: Record, decision: Decision) -> str:
    """Return "on 3 May 2026", in the zone of the site."""
    return f"on {day_words(decision.decided_at, record.options.tz)}"


def ruled_by(record: Record, pair: Pair) -> str:
    """Return how many people ruled alike, or their names where the site shows these; or that only a program did."""
    names = pair.case.approvers
    if not names and pair.decision is not None and pair.decision.by_model:
        return "by a program only"
    if record.options.bylines and names:
        return f"by {', '.join(names)}"
    return "by one person" if len(names) < 2 else f"by {len(names)} people"


def reply(decision: Decision) -> str:
    """Return what the speaker answered, as markup, or that nothing was, or that nobody noted whether it was asked."""
    given = decision.ruling.reply
    return reply_words(given, shown) + _source(given.source if given is not None else None)


def _source(source: Source | None) -> str:
    """Return where it can be checked, as a link where it has an address, "" where nothing is recorded."""
    if source is None:
        return ""
    named = source_words(source.url or "", source.outlet or "", source.title or "")
    return f" ({link(source.url, 'source') if source.url else shown(named)})"


def _circumstances(ruling: Ruling) -> str:
    source = ruling.circumstances_source
    return f"as recorded{_source(source)}" if source else NONE_RECORDED


def ruling_facts(record: Record, pair: Pair, decision: Decision) -> str:
    """Return a ruling in full."""
    ruling = decision.ruling
    facts = [
        ("Outcome", explained(ruling, pair.kind)),
        ("Innocent reading", reading_words(ruling.innocent_reading, shown)),
        ("Explanation", (explanation_words(ruling) or "not recorded") + _source(ruling.explanation_source)),
        *([("The speaker called it", FRAMINGS[ruling.framing])] if ruling.framing else []),
        *([("What changed in between", _circumstances(ruling))] if ruling.outcome == "changed_circumstances" else []),
        ("The speaker’s reply", reply(decision)),  # noqa: RUF001 -- a typographer's apostrophe
        ("Ruled", shown(f"{ruled_by(record, pair)}, last {ruled_on(record, decision)}")),
    ]
    inside = "".join(element("dt", name) + element("dd", value) for name, value in facts)
    return element("dl", inside, class_="facts")
