"""That one speaks for another, in plain words: with the dates that are recorded, and never as what holds today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.when.telling import AT_ANY_TIME, moment_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.when.telling import HasMoment


def relation_dates(since: HasMoment | None, until: HasMoment | None, tz: str) -> tuple[str, str]:
    """Return from when and until when a relation is recorded, as moments are told; "" for a bound that is open."""
    told = (moment_words(bound, tz) if bound else "" for bound in (since, until))
    first, last = ("" if words == AT_ANY_TIME else words for words in told)
    return first, last


def relation_words(surrogate: str, principal: str, dates: tuple[str, str], topics: Sequence[str]) -> str:
    """Return who spoke for whom, from when until when and on what; names and topics as they are to be shown.

    >>> relation_words("Tom Hale", "Vera Lindqvist", ("February 2013", "2015"), [])
    'Tom Hale spoke for Vera Lindqvist from February 2013 to 2015, on all topics, as recorded'
    """
    scope = f"on {', '.join(topics) or 'all topics'}"
    match dates:
        case "", "":
            return f"{surrogate} is recorded as speaking for {principal}, without dates, {scope}"
        case since, "":
            span = f"from {since}, until when is not recorded"
        case "", until:
            span = f"until {until}, from when is not recorded"
        case since, until:
            span = f"from {since} to {until}"
    return f"{surrogate} spoke for {principal} {span}, {scope}, as recorded"
