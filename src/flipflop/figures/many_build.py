"""From frames to the figure data of a large record, a column at a time. Draws nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from flipflop.figures.data import Lane
from flipflop.figures.judged import told_conflicts, told_reversals
from flipflop.figures.many import Look, Many, PairKind, Pairs, Shape, TopicLane
from flipflop.figures.zone import drawn_zone
from flipflop.frames.ordering import break_ties
from flipflop.frames.reading import Coded, FrameReader
from flipflop.records.names import told_apart
from flipflop.records.words import SIGNS, Stance
from flipflop.text.numbers import counted, coverage_words
from flipflop.text.positions import LOOKS
from flipflop.text.rulings import NO_CONFLICT
from flipflop.text.visible import visible
from flipflop.when.telling import FIRST_KNOWN, LAST_KNOWN, Moment, covered_dates, day_words, last_date, said_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.frames.reading import Instants, Integers, Texts

Item = TypeVar("Item")
Ranked: TypeAlias = "tuple[Integers, tuple[Item, ...]]"
"""A code for each row, and what the codes stand for."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_EARLY, _LATE = ((bound - _EPOCH) // timedelta(microseconds=1) for bound in (FIRST_KNOWN, LAST_KNOWN))
_FAR = np.iinfo(np.int64).max
_OPEN = ("", "before", "after", "both")
_STANCES = (*Stance, "disputed")


def many_data(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    conflicts: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    as_of: datetime | None = None,
) -> Many:
    """Return what a figure of these frames says when there are too many statements for a mark each.

    The frames are those of ``figure_data``; one row of ``positions`` is one statement on one topic, and pairs of which
    one statement is not among them are left out, as there. The order of the rows plays no part.

    Raises:
        DataError: a missing column, a moment that is missing, without a zone or backwards, a stance or zone unknown.

    """
    tz = drawn_zone(tz).name
    reader = FrameReader(positions, "positions")
    reader.require("speaker", "topic", "statement_id", "stance", "said_from", "said_until")
    start, stop = reader.interval()
    speaker, topic = reader.coded("speaker"), reader.coded("topic")
    look, looks = _looks(reader)
    ids = reader.names("statement_id")
    reader.done()
    span = _span(start, stop)
    before, after = _widened(reader, start, stop)
    shape, shapes = _shapes(reader, span, before, after)
    order = np.lexsort((topic.codes, speaker.codes, stop, start, span.middle))
    order = break_ties(order, ids, topic.codes, speaker.codes, stop, start, span.middle)
    speakers, topics = _speakers(reader, speaker), _topics(reader, topic)
    edges = _edges(start, stop, before, after, shape, shapes)
    return Many(
        zone=tz,
        as_of=(day_words(as_of, tz) if as_of else last_date(edges, tz)) if len(ids) else "",
        coverage=_coverage(covered_dates(edges, tz), len(ids), len(speakers), len(topics)) if len(ids) else "",
        speakers=speakers,
        topics=topics,
        shapes=shapes,
        looks=looks,
        row=order,
        middle=span.middle[order],
        shape=shape[order],
        speaker=speaker.codes[order],
        topic=topic.codes[order],
        look=look[order],
        pairs=_pairs(_told_pairs(positions, reversals, conflicts), ids[order], topic.codes[order], topic.words),
    )


class _Span(NamedTuple):
    """Where each moment stands and how wide it is, in whole seconds."""

    middle: Integers
    width: Integers
    open: Integers


def _span(start: Instants, stop: Instants) -> _Span:
    """Return the middle of each moment, or its one known bound, as ``Mark.middle`` does."""
    first, end = start // _SECOND, -(-stop // _SECOND)
    open_before, open_after = start < _EARLY, stop > _LATE
    middle = np.where(open_before & ~open_after, end, np.where(open_after, first, (first + end) // 2))
    width = np.where(open_before | open_after, 0, end - first)
    return _Span(middle, width, open_before + 2 * open_after)


def _looks(reader: FrameReader) -> tuple[Integers, tuple[Look, ...]]:
    stance = reader.words("stance", Stance, missing=Stance.UNCLEAR)
    stance = np.where(reader.flags("disputed"), len(Stance), stance)
    form, review = _optional(reader, "form"), reader.flags("needs_review").astype(np.int64)
    code, found = _combined(stance, form.codes + 1, review)
    forms = ["", *form.words]
    looks = tuple(
        Look(str(_STANCES[at]), SIGNS.get(_STANCES[at]) or 0, visible(forms[how]), bool(again))
        for at, how, again in found
    )
    return _sorted(code, looks, [(LOOKS.index(one.look), one.form, one.needs_review) for one in looks])


def _widened(reader: FrameReader, start: Instants, stop: Instants) -> tuple[Integers, Integers]:
    """Return by how many seconds each moment was widened at its start and at its end; only approximate ones were."""
    before, after = np.zeros(len(start), dtype=np.int64), np.zeros(len(start), dtype=np.int64)
    how, where = _optional(reader, "precision"), _optional(reader, "tz")
    precisions, zones = [*how.words, None], [*where.words, None]  # the code of what is not there is -1
    for row in np.flatnonzero(reader.flags("approximate")).tolist():
        first, end = _instant(start[row]), _instant(stop[row])
        said = said_bounds(Moment(first, end, precisions[how.codes[row]], True, zones[where.codes[row]]))
        before[row], after[row] = ((wide // timedelta(seconds=1)) for wide in (said[0] - first, end - said[1]))
    return before, after


def _shapes(reader: FrameReader, span: _Span, before: Integers, after: Integers) -> tuple[Integers, tuple[Shape, ...]]:
    precision, tz = _optional(reader, "precision"), _optional(reader, "tz")
    about = reader.flags("approximate").astype(np.int64)
    code, found = _combined(span.width, span.open, precision.codes + 1, about, tz.codes + 1, before, after)
    precisions, zones = ["", *precision.words], ["", *tz.words]
    shapes = tuple(
        Shape(width, _OPEN[side], visible(precisions[how]), bool(near), visible(zones[where]), *moved)
        for width, side, how, near, where, *moved in found
    )
    keys = [(o.width, o.open, o.precision, o.tz, o.approximate, o.before, o.after) for o in shapes]
    return _sorted(code, shapes, keys)


def _optional(reader: FrameReader, column: str) -> Coded:
    if column in reader.frame:
        return reader.coded(column, required=False)
    return Coded(np.full(len(reader.frame), -1, dtype=np.int64), np.array([], dtype=object))


def _combined(*columns: Integers) -> tuple[Integers, list[list[int]]]:
    """Return one code for each combination of values that occurs, and these combinations."""
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        own, values = pd.factorize(column)
        code = pd.factorize(code * max(1, len(values)) + own)[0].astype(np.int64)
    first = _first(code, int(code.max(initial=-1)) + 1)
    return code, np.stack([column[first] for column in columns], axis=1).tolist()


def _first(codes: Integers, count: int) -> Integers:
    """Return the first entry of each code."""
    first = np.zeros(count, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return first


def _sorted(code: Integers, items: Sequence[Item], keys: Sequence[tuple[int | str | bool, ...]]) -> Ranked[Item]:
    """Put the items in the order of their keys, so that it does not depend on the order of the rows."""
    order = sorted(range(len(items)), key=lambda place: keys[place])
    rank = np.zeros(len(items), dtype=np.int64)
    rank[order] = np.arange(len(items))
    return rank[code], tuple(items[place] for place in order)


def _texts(reader: FrameReader, column: str, rows: Integers) -> list[str]:
    """Return the texts of some rows, "" where there is none."""
    if column not in reader.frame:
        return [""] * len(rows)
    values = reader.frame[column].take(rows).tolist()
    return [visible(value) if isinstance(value, str) else "" for value in values]


def _speakers(reader: FrameReader, coded: Coded) -> tuple[Lane, ...]:
    """Return the speakers by slug; two people of one name are told apart."""
    names = _texts(reader, "speaker_name", _first(coded.codes, len(coded.words)))
    shown = told_apart({slug: name or slug for slug, name in zip(coded.words, names, strict=True)})
    return tuple(Lane(visible(slug), visible(name)) for slug, name in shown.items())


def _topics(reader: FrameReader, coded: Coded) -> tuple[TopicLane, ...]:
    slugs, rows = [visible(word) for word in coded.words], _first(coded.codes, len(coded.words))
    titles, propositions, kinds = (
        _texts(reader, column, rows) for column in ("topic_title", "proposition", "topic_kind")
    )
    return tuple(
        TopicLane(slug, title or slug, proposition or title or slug, kind)
        for slug, title, proposition, kind in zip(slugs, titles, propositions, kinds, strict=True)
    )


def _told_pairs(
    positions: pd.DataFrame, reversals: pd.DataFrame | None, conflicts: pd.DataFrame | None
) -> list[tuple[str, pd.DataFrame | None]]:
    """Return the frames of pairs by their names, with the rulings that are told."""
    told = told_reversals(reversals)
    return [("reversals", told), ("conflicts", told_conflicts(conflicts, told, positions))]


def _pairs(frames: Sequence[tuple[str, pd.DataFrame | None]], ids: Texts, topic: Integers, topics: Texts) -> Pairs:
    """Return the pairs of all frames in the order of their later statements."""
    read = [_read_pairs(name, frame) for name, frame in frames if frame is not None]
    both = pd.concat(read, ignore_index=True) if read else pd.DataFrame(columns=[*_PAIR, "own"], dtype=object)
    both = both[both["own"].to_numpy(dtype=bool) | ~both["ruling"].isin(NO_CONFLICT).to_numpy(dtype=bool)]
    places = _Places(ids, topic, topics, both)
    earlier, later = places.of(both["earlier_id"]), places.of(both["later_id"])
    kind, kinds = pd.factorize(pd.MultiIndex.from_frame(both[["kind", "own"]]), sort=True)
    ruling, rulings = pd.factorize(both["ruling"], sort=True)
    known = np.flatnonzero((earlier >= 0) & (later >= 0))
    known = known[np.lexsort((ruling[known], kind[known], earlier[known], later[known]))]
    earlier, later, kind, ruling = (column[known].astype(np.int64) for column in (earlier, later, kind, ruling))
    return Pairs(earlier, later, kind, ruling, tuple(PairKind(name, bool(own)) for name, own in kinds), tuple(rulings))


_PAIR = ["earlier_id", "later_id", "topic", "kind", "ruling"]


def _read_pairs(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    reader = FrameReader(frame, name)
    reader.require("speaker", "topic", "kind", "earlier_id", "later_id")
    found = {column: reader.texts(column) for column in _PAIR}
    filled = {column: np.where(values == None, "", values) for column, values in found.items()}  # noqa: E711 - elementwise
    return pd.DataFrame(filled, dtype=object).assign(own=name == "reversals")


class _Places:
    """Finds statements by id and topic. Only ids that are asked for are looked up."""

    def __init__(self, ids: Texts, topic: Integers, topics: Texts, pairs: pd.DataFrame) -> None:
        self.asked = pd.Index(pd.unique(pd.concat([pairs["earlier_id"], pairs["later_id"]])), dtype=object)
        self.topic = pd.Index(topics, dtype=object).get_indexer(pd.Index(pairs["topic"], dtype=object))
        self.count = max(1, len(topics))
        code = self.asked.get_indexer(pd.Index(ids, dtype=object)) if len(self.asked) else np.full(len(ids), -1)
        self.place = np.flatnonzero(code >= 0)
        key = code[self.place] * self.count + topic[self.place]
        self.key, first = np.unique(key, return_index=True)
        self.place = self.place[first]

    def of(self, ids: pd.Series[str]) -> Integers:
        """Return the place of each statement on the topic of its pair, -1 where it is not in the record."""
        if not len(self.key):
            return np.full(len(ids), -1, dtype=np.int64)
        wanted = self.asked.get_indexer(pd.Index(ids, dtype=object)) * self.count + self.topic
        at = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return np.where((self.key[at] == wanted) & (self.topic >= 0), self.place[at], -1)


def _edges(
    start: Instants, stop: Instants, before: Integers, after: Integers, shape: Integers, shapes: tuple[Shape, ...]
) -> list[Moment]:
    """Return the earliest and the latest moment of a record, as ``covered_dates`` chooses them among all."""
    opens, closes = start >= _EARLY, stop <= _LATE
    known = np.flatnonzero(opens | closes)
    begin, end = start + before * _SECOND, stop - after * _SECOND  # as they were said
    wide = np.where(opens & closes, end - begin, _DAY)[known]
    found = []
    for key in (np.where(opens, begin, end - 1)[known], -np.where(closes, end, begin + 1)[known]):
        place = np.arange(len(known))
        for column in (key, -wide, shape[known]):
            place = place[column[place] == column[place].min(initial=_FAR)]
        found += [_moment(start[row], stop[row], shapes[shape[row]]) for row in known[place[:1]].tolist()]
    return found


def _moment(start: int, stop: int, shape: Shape) -> Moment:
    return Moment(_instant(start), _instant(stop), shape.precision, shape.approximate, shape.tz or None)


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=int(microseconds))


def _coverage(dates: str, statements: int, speakers: int, topics: int) -> str:
    """Return what ``marks.coverage`` tells of few, and of how many people and topics."""
    told = coverage_words(dates, statements)
    return f"{told} of {counted(speakers, 'speaker')} on {counted(topics, 'topic')}"
