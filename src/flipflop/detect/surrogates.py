"""Finds where a surrogate and a principal part: stranded, undercut, off message, ahead. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.joining import join
from flipflop.detect.pairs import Conflicts
from flipflop.detect.relations import EVER
from flipflop.detect.sides import Sides
from flipflop.frames.ordering import starts_of_runs
from flipflop.frames.reading import NO_MOMENT, Instants, Integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.detect.relations import Relations
    from flipflop.detect.settling import SettledRecord
    from flipflop.detect.standing import StandingSide


class Meeting(NamedTuple):
    """A statement of one of two of whom S speaks for P: ``entry``, and both as persons (speaker and topic)."""

    entry: Integers
    surrogate: Integers
    principal: Integers

    def take(self, places: Integers | NDArray[np.bool_]) -> Meeting:
        """Return those at these places."""
        return Meeting(*(column[places] for column in self))


class Two:
    """All that is asked of surrogates and principals: what was said, what stood, and who spoke for whom then.

    ``entries`` are the live ones of all who speak for somebody or are spoken for.
    """

    def __init__(self, record: SettledRecord, relations: Relations, standing: StandingSide, entries: Integers) -> None:
        self.record, self.panel = record, record.whole
        self.relations, self.standing = relations, standing
        self.sides = Sides(self.panel, entries, self.panel.person[entries])
        committed = entries[self.panel.sign[entries] != 0]
        self.committed = committed[self.panel.in_order(committed, self.panel.person[committed])]

    def meetings(self, entries: Integers, *, of_surrogates: bool) -> Meeting:
        """Return each entry with everybody for whom its speaker speaks, or who speaks for its speaker."""
        surrogate, principal = self.relations.pairs()
        speaker, other = (surrogate, principal) if of_surrogates else (principal, surrogate)
        at, pair = join(self.panel.speaker_of(entries), speaker)
        entry, topics = entries[at], len(self.panel.topics)
        person = other[pair] * topics + self.panel.topic_of(entry)
        mine = self.panel.person[entry]
        return Meeting(entry, mine, person) if of_surrogates else Meeting(entry, person, mine)

    def end(self, met: Meeting, entries: Integers) -> Instants:
        """Return when the relation of the two ends that holds during each entry; see ``Relations.end``."""
        topics = max(1, len(self.panel.topics))
        who = met.surrogate // topics, met.principal // topics, self.panel.topic_of(entries)
        return self.relations.end(*who, self.panel.start[entries], self.panel.stop[entries])

    def overlapped(self, person: Integers, entries: Integers) -> NDArray[np.bool_]:
        """Tell whether a statement of the person on the side of each entry overlaps it."""
        start, stop = self.panel.start_rank[entries], self.panel.stop_rank[entries]
        return self.sides.overlapping(person, self.panel.sign[entries], start, stop) > 0

    def agreed(self, met: Meeting) -> Instants:
        """Return when the first side of either begins, after each entry, at whose end both stand on one side."""
        width = int(self.panel.person.max(initial=0)) + 1
        key = met.surrogate * width + met.principal
        pairs = np.unique(key)
        surrogate, principal = pairs // width, pairs % width
        found = np.full(len(key), NO_MOMENT)
        spoke = [join(who, self.panel.person[self.committed]) for who in (surrogate, principal)]
        at = np.concatenate([one[0] for one in spoke])
        entry = self.committed[np.concatenate([one[1] for one in spoke])]
        end = self.panel.stop_rank[entry]
        side = self.standing.side_at(surrogate[at], end)
        both = (side != 0) & (side == self.standing.side_at(principal[at], end))
        at, entry = at[both], entry[both]
        begins = at * (self.panel.ranks + 1) + self.panel.start_rank[entry]
        order = np.argsort(begins)
        which = np.searchsorted(pairs, key)
        place = np.searchsorted(begins[order], which * (self.panel.ranks + 1) + self.panel.stop_rank[met.entry])
        there = np.append(begins[order], -1)[place] // (self.panel.ranks + 1) == which
        found[there] = self.panel.start[entry[order][place[there]]]
        return found


def stranded(two: Two) -> Conflicts:
    """Return the pairs (what S last showed, P's flip away from it)."""
    panel, left = two.panel, two.record.left
    turns = left.entry[left.flips.later]
    met = two.meetings(turns[two.record.counted], of_surrogates=False)
    found = two.standing.at(met.surrogate, panel.start_rank[met.entry])
    fits = (found >= 0) & (panel.sign[found] == -panel.sign[met.entry]) & ~two.overlapped(met.surrogate, met.entry)
    met, found = met.take(fits), found[fits]
    end = two.end(met, met.entry)
    held = (end != NO_MOMENT) & (two.end(met, found) != NO_MOMENT)
    met, found, end = met.take(held), found[held], end[held]
    later, after = met.entry, panel.stop_rank[met.entry]
    moved = _sooner(two.sides.next(met.surrogate, panel.sign[later], after), two.sides.next(met.surrogate, 0, after))
    following = np.append(turns[1:], -1)[np.searchsorted(turns, later)]
    again = (following >= 0) & (panel.group[following] == panel.group[later])
    turned = np.where(again, panel.start[following], NO_MOMENT)
    return _pairs(two, "stranded_surrogate", met, found, later, _sooner(moved, turned, _unless_ever(end)))


def undercut(two: Two) -> Conflicts:
    """Return the pairs (what S stood for, P's first statement on the other side), where P never held that of S."""
    panel = two.panel
    met = two.meetings(two.committed, of_surrogates=False)
    found = two.standing.at(met.surrogate, panel.start_rank[met.entry])
    fits = (found >= 0) & (panel.sign[found] == -panel.sign[met.entry])
    met, found = met.take(fits), found[fits]
    fits = two.sides.begun(met.principal, panel.sign[found], panel.stop_rank[met.entry]) == 0
    fits &= two.standing.side_at(met.principal, panel.start_rank[found]) == 0
    fits &= ~two.overlapped(met.surrogate, met.entry)
    met, found = met.take(fits), found[fits]
    end = two.end(met, met.entry)
    held = (end != NO_MOMENT) & (two.end(met, found) != NO_MOMENT)
    met, found, end = met.take(held), found[held], end[held]
    first = np.unique(met.principal * len(panel) + found, return_index=True)[1]  # in the order of ``committed``
    met, found, end = met.take(first), found[first], end[first]
    return _pairs(two, "undercut", met, found, met.entry, _sooner(two.agreed(met), _unless_ever(end)))


def off_message(two: Two) -> tuple[Conflicts, Conflicts]:
    """Return the pairs (what stood for P, S's statement to the contrary), the first of each episode.

    Those apart in which P takes S's side later: there S was ahead.
    """
    panel = two.panel
    met = two.meetings(two.committed, of_surrogates=True)
    found = two.standing.at(met.principal, panel.start_rank[met.entry])
    fits = (found >= 0) & (panel.sign[found] == -panel.sign[met.entry]) & ~two.overlapped(met.principal, met.entry)
    met, found = met.take(fits), found[fits]
    end = two.end(met, met.entry)
    met, found, end = met.take(end != NO_MOMENT), found[end != NO_MOMENT], end[end != NO_MOMENT]
    first = _first_of_episodes(two, met)
    met, found, end = met.take(first), found[first], end[first]
    until = _sooner(two.agreed(met), _unless_ever(end))
    follows = two.sides.next(met.principal, panel.sign[met.entry], panel.stop_rank[met.entry]) != NO_MOMENT
    off, ahead = (
        _pairs(two, kind, met.take(which), found[which], met.entry[which], until[which])
        for kind, which in (("off_message", ~follows), ("ahead", follows))
    )
    return off, ahead


def _first_of_episodes(two: Two, met: Meeting) -> Integers:
    """Return the places of those with which an episode begins.

    While neither has moved, a surrogate who says it a hundred times is off message once. One count grows when S leaves
    its side, the other when P joins it, so together they name the episode.
    """
    side = two.panel.sign[met.entry].astype(np.int64)
    place = _places(two)
    left = _said_before(two, place, met.surrogate, -side, place[met.entry])
    joined = _said_before(two, place, met.principal, side, place[met.entry])
    order = np.lexsort((place[met.entry], met.principal, met.surrogate))
    begins = np.zeros(len(order), dtype=bool)
    for key in (met.surrogate, met.principal, side, left, joined):
        begins |= starts_of_runs(key[order])
    return np.sort(order[begins])


def _places(two: Two) -> Integers:
    """Return for each committed entry its place in the order of moments, whoever spoke."""
    entries = two.committed
    place = np.full(len(two.panel), -1)
    place[entries[two.panel.in_order(entries, np.zeros_like(entries))]] = np.arange(len(entries))
    return place


def _said_before(two: Two, place: Integers, person: Integers, side: Integers, upto: Integers) -> Integers:
    """Return how many statements of each person on a side come before a place."""
    entries, width = two.committed, len(two.committed) + 1
    key = np.sort((two.panel.person[entries] * 3 + two.panel.sign[entries] + 1) * width + place[entries])
    asked = (person * 3 + side + 1) * width
    return np.searchsorted(key, asked + upto) - np.searchsorted(key, asked)


def _sooner(*moments: Instants) -> Instants:
    """Return the earliest of moments, of which any may be missing."""
    least = np.minimum.reduce([np.where(moment == NO_MOMENT, EVER, moment) for moment in moments])
    return _unless_ever(least)


def _unless_ever(moments: Instants) -> Instants:
    return np.where(moments == EVER, NO_MOMENT, moments)


def _pairs(two: Two, kind: str, met: Meeting, earlier: Integers, later: Integers, until: Instants) -> Conflicts:
    topics = max(1, len(two.panel.topics))
    since = two.panel.start[later]
    return Conflicts.of(kind, met.surrogate // topics, met.principal // topics, earlier, later, since, until)
