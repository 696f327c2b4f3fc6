"""A ruled pair as schema.org ClaimReview, for search engines and fact-check databases.

The standard knows one claim, not a pair. The claim is the proposition, where one of the two statements is for it: made
then, there, in that statement. Where neither is, it is what the earlier statement says. Nobody is said to have claimed
something on the day, or in the source, of its denial, nor in a statement that a ruling set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.zone import in_zone, named_zone
from flipflop.publish.site import addresses as at
from flipflop.publish.site.model import Standing
from flipflop.publish.site.shell import absolute
from flipflop.records import Outcome
from flipflop.records.addresses import web_address
from flipflop.text.quotations import quotation_line
from flipflop.text.rulings import innocent_words
from flipflop.text.visible import visible

if TYPE_CHECKING:
    from flipflop.publish.site.model import Pair, Position, Record
    from flipflop.records.codec import Json

RATINGS: Final = {"no_flip": 3, "half_flip": 2, "full_flop": 1}
LABELS: Final = {
    "no_flip": "No change of position",
    "half_flip": "Partial change of position",
    "full_flop": "Full change of position",
}
_YEAR, _MONTH, _DAY = 4, 7, 10
_DIGITS: Final = {"year": _YEAR, "decade": _YEAR, "season": _YEAR, "month": _MONTH}


def claim_review(record: Record, pair: Pair) -> Json:
    """Return the review of a pair that was ruled a change of position, or ruled to be none; None for any other."""
    decision = pair.decision
    is_none = pair.standing is Standing.NO_CHANGE and decision and decision.ruling.outcome is Outcome.NO_REVERSAL
    made = _made(pair)
    if decision is None or made is None or not (pair.standing is Standing.CHANGE or is_none):
        return None
    degree = "no_flip" if is_none else str(pair.degree)
    options = record.options
    explanation = innocent_words(decision.ruling.innocent_reading)
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": absolute(options, at.pair_page(pair.id)) or f"{pair.id}.html",
        "datePublished": in_zone(decision.decided_at, named_zone(options.tz)).date().isoformat(),
        "author": _without_empty({
            "@type": "Organization", "name": options.publisher or options.title, "url": options.base_url
        }),
        "claimReviewed": _claimed(record, made),
        "itemReviewed": _item(record, made),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[degree],
            "bestRating": 3,
            "worstRating": 1,
            "alternateName": LABELS[degree],
            "ratingExplanation": explanation,
        },
    }  # fmt: skip


def _made(pair: Pair) -> Position | None:
    """Return the statement in which the claim was made: the first that is for the proposition, else the earlier one.

    None that a ruling set aside: without any there is no claim.
    """
    kept = [one for one in (pair.earlier, pair.later) if not one.aside]
    return next((one for one in kept if one.sign == 1), kept[0] if kept else None)


def _claimed(record: Record, made: Position) -> str:
    mark = made.said.mark
    return record.topics[made.topic].proposition if made.sign == 1 else visible(quotation_line(mark.text, mark.form))


def _item(record: Record, made: Position) -> Json:
    person = record.people[made.said.mark.speaker]
    known = f"https://www.wikidata.org/entity/{person.wikidata}" if person.wikidata else ""
    kind = "Organization" if person.kind == "organisation" else "Person"
    return {
        "@type": "Claim",
        "datePublished": _date(record, made),
        "author": _without_empty({"@type": kind, "name": person.name, "sameAs": known}),
        "appearance": _work(record, made),
    }


def _work(record: Record, position: Position) -> Json:
    """Return where a statement stands: its source, or our page of it where the source has no address."""
    own = absolute(record.options, at.statement_page(position.said.id)) or f"../{at.statement_page(position.said.id)}"
    return {"@type": "CreativeWork", "url": web_address(position.said.mark.source_url) or own}


def _date(record: Record, position: Position) -> str:
    """Return the day of a statement, as given or in the zone of the site; the month or year if no more is known."""
    said = position.said
    return said.dates(record.options.tz)[0].date().isoformat()[: _DIGITS.get(said.precision, _DAY)]


def _without_empty(fields: dict[str, Json]) -> Json:
    return {name: value for name, value in fields.items() if value}
