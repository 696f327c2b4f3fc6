"""The rules of a site: what may be called a change of position, how a record of one speaker on one topic reads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flipflop.cases.lacking import LONG_QUOTE, publishable
from flipflop.publish.site.model import Course, Standing
from flipflop.records import Degree, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flipflop.cases.case import Case
    from flipflop.publish.site.model import Options, Position


def pair_id(earlier: str, later: str, topic: str) -> str:
    """Return the permanent id of a pair: the first 32 hex digits of the SHA-256 of its three ids, a line each.

    >>> pair_id("a" * 32, "b" * 32, "tax")
    '9e64eeb0545afa3ebd9a8ecd5bcef74e'
    """
    return hashlib.sha256("\n".join((earlier, later, topic)).encode()).hexdigest()[:32]


def standing(case: Case, options: Options) -> Standing:
    """Return how a pair stands: a change only where as many people as asked ruled so and nothing required is missing.

    A model rules nothing, and a ruling on words that were corrected since waits for another look.
    """
    decision = case.decision
    if decision is None or decision.needs_review or decision.by_model:
        return Standing.CANDIDATE
    if decision.ruling.outcome is Outcome.CHANGED_CIRCUMSTANCES:
        return Standing.CIRCUMSTANCES
    if decision.ruling.outcome is not Outcome.REVERSAL:
        return Standing.NO_CHANGE
    asked = options.approvals
    return Standing.CHANGE if publishable(case, approvals=asked, require=options.require) else Standing.CANDIDATE


def degree(case: Case) -> Degree:
    """Return how far a position moved: as ruled last, else as detected, else by the sides of the two statements."""
    ruled = case.decision.ruling.degree if case.decision else None
    found = case.found.degree if case.found else None
    if said := ruled or found:
        return Degree(said)
    earlier, later = (one.stance.sign if one.stance else None for one in (case.earlier, case.later))
    if earlier is None or later is None or earlier == later:
        return Degree.NO_FLIP
    return Degree.FULL_FLOP if earlier * later < 0 else Degree.HALF_FLIP


def course(positions: Iterable[Position], standings: Collection[Standing]) -> Course:
    """Return what the record shows of one speaker on one topic; ``standings`` are those of all pairs on it."""
    if Standing.CHANGE in standings:
        return Course.CHANGED
    if Standing.CANDIDATE in standings:
        return Course.OPEN
    if Standing.CIRCUMSTANCES in standings:
        return Course.EXCUSED
    if Standing.NO_CHANGE in standings:
        return Course.RULED_NONE
    if any(one.look == "disputed" for one in positions):
        return Course.OPEN
    sided = [one for one in positions if one.sign]
    return Course.NO_CHANGE if len(sided) > 1 else Course.ONE if sided else Course.NO_SIDE


def too_long(text: str, form: str) -> int:
    """Return the number of words of a quotation that is longer than a short citation, else 0."""
    count = len(text.split()) if form in ("quote", "condensed") else 0
    return count if count > LONG_QUOTE else 0
