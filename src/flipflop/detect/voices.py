"""Finds speakers whose last word on a topic is opposite: conflicting accounts, different voices of one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flipflop.detect.panel import Panel
from flipflop.detect.surrogates import Conflicts
from flipflop.frames.ordering import starts_of_runs
from flipflop.frames.reading import NO_MOMENT, Integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.detect.relations import Relations


def conflicting_accounts(panel: Panel, relations: Relations, accounts: NDArray[np.bool_]) -> Conflicts:
    """Return the pairs of opposite last positions on topics that are accounts."""
    entries = panel.committed
    entries = entries[accounts[panel.topic_of(entries)]] if len(entries) else entries
    last = _last_words(panel, entries, panel.group[entries])
    return _opposites(panel, relations, last, panel.topic_of(last))


def different_voices(panel: Panel, relations: Relations, organisation: Integers) -> Conflicts:
    """Return the pairs of opposite last positions on behalf of one organisation; ``organisation`` -1 is nobody's."""
    entries = panel.committed
    entries = entries[organisation[entries] >= 0]
    organisations = int(organisation.max(initial=0)) + 1
    last = _last_words(panel, entries, panel.group[entries] * organisations + organisation[entries])
    return _opposites(panel, relations, last, panel.topic_of(last) * organisations + organisation[last])


def _last_words(panel: Panel, entries: Integers, voice: Integers) -> Integers:
    """Return for each voice its entry that closed last (the smallest statement_id), none if these took both sides."""
    _, name = np.unique(panel.ids[panel.row[entries]], return_inverse=True)
    order = np.lexsort((name, -panel.stop_rank[entries], voice))
    entries, voice = entries[order], voice[order]
    closing = starts_of_runs(voice) | starts_of_runs(panel.stop_rank[entries])
    at = np.flatnonzero(closing)
    if not len(at):
        return entries
    sign = panel.sign[entries]
    one_sided = np.minimum.reduceat(sign, at) == np.maximum.reduceat(sign, at)
    found: Integers = entries[at[starts_of_runs(voice[at]) & one_sided]]
    return found


def _opposites(panel: Panel, relations: Relations, last: Integers, heading: Integers) -> Conflicts:
    """Return all pairs with opposite signs under one heading of speakers of whom neither speaks for the other."""
    plus, minus = last[panel.sign[last] > 0], last[panel.sign[last] < 0]
    heading_plus, heading_minus = heading[panel.sign[last] > 0], heading[panel.sign[last] < 0]
    order = np.argsort(heading_minus, kind="stable")
    begin = np.searchsorted(heading_minus[order], heading_plus, side="left")
    size = np.searchsorted(heading_minus[order], heading_plus, side="right") - begin
    at = np.repeat(np.arange(len(plus)), size)
    offset = np.arange(len(at)) - np.repeat(np.cumsum(size) - size, size)
    one, other = plus[at], minus[order[begin[at] + offset]]
    free = ~relations.related(panel, one, other) & ~relations.related(panel, other, one)
    free &= panel.speaker_of(one) != panel.speaker_of(other)
    one, other = one[free], other[free]
    swap = panel.speaker_of(other) < panel.speaker_of(one)
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    speaker, their = panel.speaker_of(one), panel.speaker_of(other)
    late = panel.stop[other] <= panel.start[one]  # then, and only then, the second one is surely earlier
    earlier, later = np.where(late, other, one), np.where(late, one, other)
    since = np.maximum(panel.stop[one], panel.stop[other])
    return Conflicts(speaker, their, earlier, later, since, np.full(len(one), NO_MOMENT))
