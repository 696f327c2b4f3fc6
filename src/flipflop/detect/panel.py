"""Positions as sorted arrays, which answer what somebody last showed before a moment; the rest follows from that.

Rows are grouped by (speaker, topic, mandate) and sorted by (said_from, said_until, statement_id) within. Moments are
compared by rank, a small number: so (group, moment) fits into one integer, and one binary search answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.errors import DataError
from flipflop.frames.ordering import break_ties, starts_of_runs
from flipflop.frames.reading import Coded, FrameReader, Instants, Texts
from flipflop.records import Stance
from flipflop.records.words import SIGNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.frames.reading import Integers

STANCES = tuple(Stance)
UNCLEAR = 2
"""The sign of what is unclear, for arrays; -1 and +1 are the sides, 0 is mixed."""
_NO_PART = 9
_ROOM = 2**62
_SIGN = np.array([UNCLEAR if SIGNS[stance] is None else SIGNS[stance] for stance in STANCES], dtype=np.int8)


@dataclass(frozen=True)
class Given:
    """What words about a moment need beside its bounds: a code for each row into (precision, approximate, tz)."""

    code: Integers
    known: list[tuple[str, bool, str | None]]
    approximate: NDArray[np.bool_]

    @classmethod
    def read(cls, reader: FrameReader) -> Given:
        """Read the columns ``precision``, ``approximate`` and ``tz``, each where it is there."""
        nothing = Coded(np.full(len(reader.frame), -1), np.array([], dtype=object))
        precision, tz = (
            reader.coded(column, required=False) if column in reader.frame else nothing
            for column in ("precision", "tz")
        )
        about, zones = reader.flags("approximate"), len(tz.words) + 1
        code, distinct = pd.factorize(((precision.codes + 1) * zones + tz.codes + 1) * 2 + about)
        names, places = ["", *precision.words], [None, *tz.words]
        known = [(names[one // 2 // zones], bool(one % 2), places[one // 2 % zones]) for one in distinct.tolist()]
        return cls(code, known, about)


@dataclass(frozen=True)
class Panel:
    """The positions that take part; every array has one entry for each, in the panel's order."""

    speakers: Texts
    topics: Texts
    mandates: Texts
    person: Integers
    """speaker code * number of topics + topic code"""
    mandate: Integers
    """on whose behalf, -1 for own words"""
    group: Integers
    """the sequence: a person's own words, or those for one organisation"""
    start: Instants
    stop: Instants
    start_rank: Integers
    stop_rank: Integers
    ranks: int
    stance: Integers
    sign: NDArray[np.int8]
    row: Integers
    """the row of the input frame"""
    ids: Texts
    """by row of the input frame"""
    given: Given
    """by row of the input frame"""

    @classmethod
    def read(cls, positions: pd.DataFrame, *, unclear: bool = False) -> Panel:
        """Read any frame that has the columns; what is unclear is left out unless asked for, what is disputed always.

        Raises:
            DataError: with every problem found in it.

        """
        reader = FrameReader(positions, "positions")
        reader.require("speaker", "topic", "statement_id", "stance")
        speaker, topic, ids = reader.coded("speaker"), reader.coded("topic"), reader.names("statement_id")
        stance = reader.words("stance", STANCES, missing=Stance.UNCLEAR)
        mandate = reader.coded("on_behalf_of", required=False) if "on_behalf_of" in positions else None
        start, stop = reader.interval()
        _refuse_twins(reader, topic)
        disputed, given = reader.flags("disputed"), Given.read(reader)
        reader.done()
        sign = _SIGN[stance]
        sign[disputed] = _NO_PART
        rows = np.flatnonzero(sign <= (UNCLEAR if unclear else 1))
        person = speaker.codes[rows] * len(topic.words) + topic.codes[rows]
        behalf = np.full(len(rows), -1) if mandate is None else mandate.codes[rows]
        group, groups = _sequences(person, len(speaker.words) * len(topic.words), behalf)
        start, stop = start[rows], stop[rows]
        start_rank, stop_rank, ranks = _ranked(start, stop, groups)
        begins = group * ranks + start_rank
        order = break_ties(np.argsort(begins), stop_rank, begins)
        order = break_ties(order, ids[rows], begins, stop_rank)
        row = rows[order]
        return cls(
            speaker.words,
            topic.words,
            np.array([], dtype=object) if mandate is None else mandate.words,
            person[order],
            behalf[order],
            group[order],
            start[order],
            stop[order],
            start_rank[order],
            stop_rank[order],
            ranks,
            stance[row],
            sign[row],
            row,
            ids,
            given,
        )

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def committed(self) -> Integers:
        """The entries that take a side."""
        return np.flatnonzero(np.abs(self.sign) == 1)

    @cached_property
    def closed(self) -> Closed:
        """The committed entries of each group by the moment at which each is over."""
        return Closed(self, self.committed, self.group[self.committed])

    def picked(self, entries: Integers, group: Integers) -> Panel:
        """Return these entries as a panel of their own, as ordered, in other groups; these must ascend."""
        arrays = {name: getattr(self, name)[entries] for name in _BY_ENTRY}
        return replace(self, group=group, **arrays)

    def speaker_of(self, entries: Integers) -> Integers:
        """Return the speakers' codes."""
        return self.person[entries] // max(1, len(self.topics))

    def topic_of(self, entries: Integers) -> Integers:
        """Return the topics' codes."""
        return self.person[entries] % max(1, len(self.topics))

    def in_order(self, entries: Integers, group: Integers) -> Integers:
        """Return the places of entries by group, and within by (said_from, said_until, statement_id)."""
        begins = group * self.ranks + self.start_rank[entries]
        stops = self.stop_rank[entries]
        order = break_ties(np.argsort(begins, kind="stable"), stops, begins)
        return break_ties(order, self.ids[self.row[entries]], begins, stops)


_BY_ENTRY = ("person", "mandate", "start", "stop", "start_rank", "stop_rank", "stance", "sign", "row")


class Closed:
    """Answers what a group last showed before a moment: of the given entries the one whose moment closed last.

    Of several that close at the same instant the one with the smallest statement_id stands for all; when both signs
    close at that instant, there is no last sign.
    """

    def __init__(self, panel: Panel, entries: Integers, group: Integers) -> None:
        key = group * panel.ranks + panel.stop_rank[entries]
        order = np.argsort(key, kind="stable")
        self._ranks = panel.ranks
        self._key = key[order]
        order = break_ties(order, panel.ids[panel.row[entries]], key)
        self._entry = entries[order]
        sign = panel.sign[self._entry]
        first = starts_of_runs(self._key)
        run = np.cumsum(first) - 1
        at = np.flatnonzero(first)
        self._representative = self._entry[at][run]
        if len(at):
            both = np.logical_and(np.minimum.reduceat(sign, at) == -1, np.maximum.reduceat(sign, at) == 1)
            self._representative = np.where(both[run], -1, self._representative)
        self._plus = np.concatenate([[0], np.cumsum(sign == 1)])

    def _upto(self, group: Integers, rank: Integers) -> Integers:
        """Return how many entries, over all groups in order, are closed by then."""
        return np.searchsorted(self._key, group * self._ranks + rank, side="right")

    def last(self, group: Integers, rank: Integers) -> Integers:
        """Return the entry that each group last showed by the moment of that rank, or -1."""
        if not len(self._key):
            return np.full(len(group), -1)
        at = self._upto(group, rank) - 1
        found = self._representative[at]
        return np.where((at >= 0) & (self._key[at] // self._ranks == group), found, -1)

    def count(self, group: Integers, rank: Integers) -> tuple[Integers, Integers]:
        """Return how many entries of each group are closed by then: those with plus, those with minus."""
        begin = np.searchsorted(self._key, group * self._ranks, side="left")
        end = self._upto(group, rank)
        plus = self._plus[end] - self._plus[begin]
        return plus, end - begin - plus


def _sequences(person: Integers, persons: int, mandate: Integers) -> tuple[Integers, int]:
    """Return a code for each (person, mandate) that sorts like them, and a number above all of these."""
    if not (mandate >= 0).any():
        return person, persons
    distinct, code = np.unique(person * (int(mandate.max()) + 2) + mandate + 1, return_inverse=True)
    return code, len(distinct)


def _ranked(start: Instants, stop: Instants, groups: int) -> tuple[Integers, Integers, int]:
    """Return both bounds as numbers from 0 that sort like them, and a number above all of these.

    Counted in the largest unit that all moments share (mostly a second), unless (group, number) would then not fit
    into 62 bits: then numbered one by one, which has to sort them all.

    Raises:
        DataError: even that does not fit.

    """
    if not len(start):
        return start, stop, 1
    low = int(start.min())
    unit = max(1, int(np.gcd(np.gcd.reduce(start - low), np.gcd.reduce(stop - low))))
    ranks = (int(stop.max()) - low) // unit + 1
    if groups * 2 * ranks < _ROOM:
        return (start - low) // unit, (stop - low) // unit, ranks
    distinct, rank = np.unique(np.concatenate([start, stop]), return_inverse=True)
    if groups * 2 * len(distinct) >= _ROOM:
        raise DataError("too many speakers, topics and moments at once; go through the topics one by one")
    return rank[: len(start)], rank[len(start) :], len(distinct)


def _refuse_twins(reader: FrameReader, topic: Coded) -> None:
    """Note statements that stand more than once under one topic."""
    ids = reader.frame["statement_id"]  # as it is: Arrow compares its texts faster than Python could
    if ids.is_unique:
        return
    twins = pd.DataFrame({"id": pd.factorize(ids)[0], "topic": topic.codes}).duplicated().to_numpy()
    reader.at_rows(twins, "statement_id", "this statement has a position on this topic already")
