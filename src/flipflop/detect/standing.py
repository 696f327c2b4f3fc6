"""Tells which side a person stands on, over all mandates, and from when until when. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.joining import join
from flipflop.detect.panel import Closed
from flipflop.detect.sides import Sides
from flipflop.frames.ordering import starts_of_runs

if TYPE_CHECKING:
    from flipflop.detect.panel import Panel
    from flipflop.detect.settling import SettledRecord
    from flipflop.frames.reading import Instants, Integers

_NEVER = np.iinfo(np.int64).max


class Runs(NamedTuple):
    """Stretches of time in which a person stands on one side; ``first`` is the entry with which one began.

    ``begin`` and ``end`` are ranks; ``end`` is past all of them where the run lasts.
    """

    person: Integers
    begin: Integers
    end: Integers
    first: Integers


class StandingSide:
    """What stands at each instant at which that may change, for the persons of the given entries, which are live."""

    def __init__(self, record: SettledRecord, entries: Integers) -> None:
        self._panel = record.whole
        epochs = _epochs(record, entries)
        person, rank, group = _instants(record.whole, epochs)
        entry = _standing(record.whole, epochs, group, rank)
        bounds = np.concatenate([record.whole.start_rank[entries], record.whole.stop_rank[entries]])
        ranks, at = np.unique(bounds, return_index=True)
        self._moments = ranks, np.concatenate([record.whole.start[entries], record.whole.stop[entries]])[at]
        self._ranks = record.whole.ranks + 1
        self._person, self._rank, self._entry = person, rank, entry
        self._key = person * self._ranks + rank

    def at(self, person: Integers, rank: Integers) -> Integers:
        """Return the entry that stands for each person at that instant, -1 where nothing does."""
        if not len(self._key):
            return np.full(len(person), -1)
        at = np.searchsorted(self._key, person * self._ranks + rank, side="right") - 1
        return np.where((at >= 0) & (self._person[at] == person), self._entry[at], -1)

    def side_at(self, person: Integers, rank: Integers) -> Integers:
        """Return the side that stands for each person at that instant, 0 where nothing does."""
        return self._side(self.at(person, rank))

    def instant(self, rank: Integers) -> Instants:
        """Return the instants of these ranks at which something may change; others give any."""
        ranks, instants = self._moments
        found: Instants = instants[np.searchsorted(ranks, rank).clip(max=len(ranks) - 1)]
        return found

    def runs(self) -> Runs:
        """Return the stretches in which a side stands, by person and in order of time."""
        side = self._side(self._entry)
        first = np.flatnonzero(starts_of_runs(self._person) | starts_of_runs(side))
        follows = np.append(first[1:], len(side) - 1) if len(first) else first
        lasts = np.append(self._person[first][1:] != self._person[first][:-1], True) if len(first) else first > 0
        end = np.where(lasts, self._ranks, self._rank[follows])
        stands = side[first] != 0
        first, end = first[stands], end[stands]
        return Runs(self._person[first], self._rank[first], end, self._entry[first])

    def _side(self, entries: Integers) -> Integers:
        if not len(self._panel):
            return entries
        return np.where(entries >= 0, self._panel.sign[entries].astype(np.int64), 0)


class _Epochs(NamedTuple):
    """Stretches of time in which the same entries of a person are looked at; ``group`` counts them.

    Nearly every person has one only. What lies before a cut is looked at until something after it has closed.
    """

    entries: Integers
    group: Integers
    person: Integers
    """by group"""
    begin: Integers
    end: Integers


def _epochs(record: SettledRecord, entries: Integers) -> _Epochs:
    panel = record.whole
    persons, code = np.unique(panel.person[entries], return_inverse=True)
    hidden = _hidden_from(record, entries)
    ends = hidden < _NEVER
    bounds = np.unique(np.stack([code[ends], hidden[ends]], axis=1), axis=0)
    person = np.concatenate([np.arange(len(persons)), bounds[:, 0]])
    begin = np.concatenate([np.zeros(len(persons), dtype=np.int64), bounds[:, 1]])
    order = np.lexsort((begin, person))
    person, begin = person[order], begin[order]
    end = np.append(begin[1:], _NEVER)
    end[np.append(person[1:] != person[:-1], True)[: len(person)]] = _NEVER
    at, which = join(code, person)
    seen = hidden[at] > begin[which]
    return _Epochs(entries[at[seen]], which[seen], persons[person], begin, end)


def _hidden_from(record: SettledRecord, entries: Integers) -> Integers:
    """Return from which rank on an entry is not looked at: when the first one after a cut closes."""
    found = np.full(len(entries), _NEVER)
    panel = record.whole
    if not record.cut.any():
        return found
    # Parts ascend within a sequence: what hides an entry is the earliest end in any later part of its sequence.
    last = np.full(int(record.part[-1]) + 2, _NEVER)
    np.minimum.at(last, record.part[entries], panel.stop_rank[entries])
    sequence = np.full(len(last), -1)
    sequence[record.part] = panel.group
    for part in range(len(last) - 2, -1, -1):
        if sequence[part + 1] == sequence[part]:
            last[part] = min(last[part], last[part + 1])
    following = np.where(sequence[1:] == sequence[:-1], last[1:], _NEVER)
    return following[record.part[entries]]


def _instants(panel: Panel, epochs: _Epochs) -> tuple[Integers, Integers, Integers]:
    """Return by person and rank the instants at which what stands may change, each with its epoch."""
    group = np.concatenate([epochs.group, epochs.group])
    rank = np.concatenate([panel.start_rank[epochs.entries], panel.stop_rank[epochs.entries]])
    kept = (rank >= epochs.begin[group]) & (rank < epochs.end[group])
    key = np.unique(group[kept] * (panel.ranks + 1) + rank[kept])
    group, rank = key // (panel.ranks + 1), key % (panel.ranks + 1)
    return epochs.person[group], rank, group


def _standing(panel: Panel, epochs: _Epochs, group: Integers, rank: Integers) -> Integers:
    """Return what stands in each epoch at that instant, -1 where nothing does."""
    sign = panel.sign[epochs.entries]
    sided, mixed = sign != 0, sign == 0
    entries, of = epochs.entries[sided], epochs.group[sided]
    last = Closed(panel, entries, of).last(group, rank)
    walked = Closed(panel, epochs.entries[mixed], epochs.group[mixed]).last(group, rank)
    sides = Sides(panel, entries, of)
    found = last >= 0
    there = np.flatnonzero(found)
    group, rank, last, walked = group[there], rank[there], last[there], walked[there]
    opposite = -panel.sign[last]
    ended = (walked >= 0) & (panel.stop_rank[walked] > panel.stop_rank[last])
    ended |= sides.overlapping(group, opposite, panel.start_rank[last], panel.stop_rank[last]) > 0
    ended |= sides.begun(group, opposite, rank + 1) > sides.closed(group, opposite, rank)
    entry = np.full(len(found), -1)
    entry[there] = np.where(ended, -1, last)
    return entry
