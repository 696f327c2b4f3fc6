"""Makes positions from statements and codings: whose judgement counts, and where people disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import pandas as pd

from flipflop.errors import DataError
from flipflop.frames.contracts import CONTRACTS, conform, moments, texts, words
from flipflop.frames.ordering import break_ties, starts_of_runs
from flipflop.frames.qualifiers import read_qualifiers
from flipflop.frames.reading import FrameReader, Instants, Integers, Texts
from flipflop.records import Stance
from flipflop.records.words import BY_CLAIM, MODEL, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

_CLAIM = np.array([BY_CLAIM.index(stance) for stance in Stance] + [-1], dtype=np.int64)
_DERIVED = {
    *("said_from", "said_until", "stance", "sign", "disputed", "needs_review", "coder", "confidence", "qualifier"),
}
_OF_STATEMENTS = tuple(name for name in CONTRACTS["statements"] if name in CONTRACTS["positions"])
_OF_CODINGS = (
    *(name for name in CONTRACTS["codings"] if name in CONTRACTS["positions"]),
    *("adjudicates", "coded_at", "proposition_mended"),
)
_SIDES = (Stance.UNCLEAR, Stance.MIXED, Stance.SUPPORT, Stance.OPPOSE)  # a tie of votes goes to the first of them
_OF_SIDE = np.array(  # the plain and the strong stance of each
    [
        [BY_CLAIM.index(side), BY_CLAIM.index(Stance(f"strongly_{side}") if place > 1 else side)]
        for place, side in enumerate(_SIDES)
    ]
)
_SIDE = np.array([next(n for n, both in enumerate(_OF_SIDE) if at in both) for at in range(len(BY_CLAIM))] + [-1])
_SIGN = np.array([SIGNS[stance] or 0 for stance in BY_CLAIM], dtype=np.int8)


class FrameSource(Protocol):
    """What ``positions`` needs of a store."""

    def statements(
        self,
        *,
        as_of: datetime | str | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        columns: Iterable[str] | None = None,
    ) -> pd.DataFrame:
        """Return the frame of statements, of one speaker and one topic if asked, with these columns if asked."""

    def codings(
        self,
        *,
        as_of: datetime | str | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        columns: Iterable[str] | None = None,
    ) -> pd.DataFrame:
        """Return the frame of codings, of one speaker and one topic if asked, with these columns if asked."""


def positions(
    source: FrameSource | pd.DataFrame,
    codings: pd.DataFrame | None = None,
    *,
    as_of: datetime | str | None = None,
    speaker: str | None = None,
    topic: str | None = None,
) -> pd.DataFrame:
    """Return the stance that each statement shows towards each topic it was coded for.

    ``source`` is a store, or a frame of statements (``statement_id``, ``speaker``, and ``said_from`` with
    ``said_until`` or ``said`` as text); then ``codings`` is a frame with ``statement_id``, ``topic``, ``stance`` and
    ``coder``. Of each coder the latest coding counts (by ``coded_at``, then ``coding_id``, and where these do not
    tell, by ``seq`` and the order of the rows); it takes no part where ``proposition_mended``. People hide models. A
    person's coding that adjudicates decides alone while it is the latest of that coder. People who show opposite signs
    make the position ``disputed``: it has no sign, its stance is ``unclear``, so that a reader who ignores the flag
    concludes nothing; models on both sides show ``unclear``. Else the coders vote: first on the side (a tie goes to
    unclear, then to mixed), then on the strength (a tie to the weaker). ``coder`` names those who chose what is shown,
    joined with ``"; "`` (all of them where it is disputed or nobody did); ``confidence`` is the lowest of theirs;
    ``qualifier`` is what all who coded the winning side agree on. ``needs_review`` is true if it is for one who
    counted, where qualifiers differ, and where somebody judged after the adjudication. Codings of statements that are
    not there play no part.

    Returns:
        One row per (statement, topic), by moment, speaker, topic and statement; columns and dtypes as
        ``empty("positions")``, with a fresh index. No argument is changed.

    Raises:
        DataError: columns missing, unknown stances, moments without a zone, statements given twice; all of them.

    """
    if isinstance(source, pd.DataFrame):
        if codings is None:
            raise DataError("a frame of statements needs a frame of codings: positions(statements, codings)")
        if as_of is not None:
            raise DataError("as_of needs a store: a frame knows only what it holds")
        statements = source
    else:
        if codings is not None:
            raise DataError("a store brings its own codings: give either a store, or statements and codings")
        statements = source.statements(as_of=as_of, speaker=speaker, topic=topic, columns=_OF_STATEMENTS)
        codings = source.codings(as_of=as_of, speaker=speaker, topic=topic, columns=_OF_CODINGS)
    said = _read_statements(statements := _picked(statements, "speaker", speaker))
    coded = _read_codings(codings := _picked(codings, "topic", topic), said)
    if not isinstance(source, pd.DataFrame) and _any_tied(coded):  # ids take long to read, and are seldom needed
        codings = source.codings(as_of=as_of, speaker=speaker, topic=topic, columns=(*_OF_CODINGS, "coding_id"))
        coded = _read_codings(codings, said)
    return _combined(statements, codings, said, coded)


def _picked(frame: pd.DataFrame, column: str, value: str | None) -> pd.DataFrame:
    if value is None or column not in frame:
        return frame
    return frame[frame[column].isin([value]).to_numpy(dtype=bool)]


def _combined(statements: pd.DataFrame, codings: pd.DataFrame, said: _Said, coded: _Coded) -> pd.DataFrame:
    verdict = _judge(coded)
    of_statement, of_coding = coded.statement[verdict.first], coded.row[verdict.first]
    order = np.lexsort((said.stop[of_statement], said.start[of_statement]))
    start, stop = said.start[of_statement], said.stop[of_statement]
    keys: list[Integers | Texts] = [start, stop]
    for key in (said.speaker[of_statement], coded.topic[verdict.first], said.ids[of_statement]):
        order = break_ties(order, key, *keys)
        keys.append(key)
    of_statement, of_coding, verdict = of_statement[order], of_coding[order], verdict.take(order)
    found: dict[str, object] = {}
    for frame, rows in ((statements, of_statement), (codings, of_coding)):
        for column in CONTRACTS["positions"]:
            if column in frame and column not in found and column not in _DERIVED:
                found[column] = frame[column].take(rows).reset_index(drop=True)
    found["said_from"], found["said_until"] = moments(said.start[of_statement]), moments(said.stop[of_statement])
    found["stance"] = words(verdict.stance, map(str, BY_CLAIM))
    found["sign"] = pd.arrays.IntegerArray(_SIGN[verdict.stance], verdict.stance == BY_CLAIM.index(Stance.UNCLEAR))
    found["disputed"], found["needs_review"] = verdict.disputed, verdict.needs_review
    found["coder"], found["confidence"] = words(verdict.coder, verdict.coders), verdict.confidence
    found["qualifier"] = texts(np.array([*coded.qualifiers, None], dtype=object)[verdict.qualifier])
    return conform("positions", pd.DataFrame(found, copy=False))


class _Said(NamedTuple):
    ids: Texts
    speaker: Integers
    start: Instants
    stop: Instants
    places: pd.Index[Any]


def _read_statements(frame: pd.DataFrame) -> _Said:
    reader = FrameReader(frame, "statements")
    reader.require("statement_id", "speaker")
    ids, speaker = reader.names("statement_id"), reader.coded("speaker")
    start, stop = reader.interval()
    places = pd.Index(ids, dtype=object)
    if not places.is_unique:
        reader.at_rows(np.asarray(places.duplicated()), "statement_id", "this statement was given before")
    reader.done()
    return _Said(ids, speaker.codes, start, stop, places)


class _Coded(NamedTuple):
    """The codings of known statements: one entry each, latest last."""

    row: Integers
    statement: Integers
    topic: Integers
    pair: Integers
    stance: Integers
    coder: Integers
    coders: Texts
    confidence: NDArray[np.float64]
    adjudicates: NDArray[np.bool_]
    needs_review: NDArray[np.bool_]
    mended: NDArray[np.bool_]
    """whether the proposition was mended after it"""
    qualifier: Integers
    qualifiers: list[str]
    clock: Instants


def _read_codings(frame: pd.DataFrame, said: _Said) -> _Coded:
    reader = FrameReader(frame, "codings")
    reader.require("statement_id", "topic", "stance", "coder")
    wanted = pd.Index(reader.names("statement_id"), dtype=object)
    topic, coder = reader.coded("topic"), reader.coded("coder")
    stance = _CLAIM[reader.words("stance", Stance)]
    clock = reader.clock("coded_at", "recorded_at")
    row = _by_age(reader, clock)
    confidence = reader.numbers("confidence")
    adjudicates, needs_review = reader.flags("adjudicates"), reader.flags("needs_review")
    mended = reader.flags("proposition_mended")
    qualifier, qualifiers = read_qualifiers(reader)
    reader.done()
    statement = said.places.get_indexer(wanted).astype(np.int64)  # -1 where there is no such statement
    row = row[statement[row] >= 0]
    pair = statement[row] * max(1, len(topic.words)) + topic.codes[row]
    return _Coded(
        row,
        statement[row],
        topic.codes[row],
        pair,
        stance[row],
        coder.codes[row],
        coder.words,
        confidence[row],
        adjudicates[row],
        needs_review[row],
        mended[row],
        qualifier[row],
        qualifiers,
        clock[row],
    )


def _by_age(reader: FrameReader, clock: Instants) -> Integers:
    """Return the rows, the latest coding last; ids, which are long to sort, are only looked at where clocks tie."""
    order: Integers = np.argsort(clock, kind="stable")
    tied = ~starts_of_runs(clock[order])
    if not tied[1:].any():
        return order
    keys: list[Integers] = []
    if "seq" in reader.frame:
        keys.append(np.nan_to_num(reader.numbers("seq"), nan=-1).astype(np.int64))
    if "coding_id" in reader.frame:
        keys.append(reader.coded("coding_id", required=False).codes)
    return np.lexsort([*keys, clock])


def _any_tied(coded: _Coded) -> bool:
    """Tell whether only ids can order two codings: of one coder at one instant, or of any with an adjudication."""
    if starts_of_runs(coded.clock).all():
        return False
    settled = np.isin(coded.pair, coded.pair[coded.adjudicates])
    who = np.where(settled, -1, coded.coder)
    order = np.lexsort((who, coded.pair))  # stable: within a coder they come by clock
    return not bool(starts_of_runs(coded.pair[order], who[order], coded.clock[order]).all())


class _Verdict(NamedTuple):
    """What holds for each (statement, topic); ``first`` is an entry of it, ``coder`` a place in ``coders``."""

    first: Integers
    stance: Integers
    disputed: NDArray[np.bool_]
    coder: Integers
    confidence: NDArray[np.float64]
    needs_review: NDArray[np.bool_]
    qualifier: Integers
    coders: list[str]

    def take(self, order: Integers) -> _Verdict:
        """Return the same in another order."""
        arrays = {name: getattr(self, name)[order] for name in self._fields if name != "coders"}
        return self._replace(**arrays)


def _judge(coded: _Coded) -> _Verdict:
    counted, reopened = _who_counts(coded)
    pair = coded.pair[counted]
    starts = np.flatnonzero(starts_of_runs(pair))
    verdict = _Verdict(
        counted[starts],
        coded.stance[counted][starts],
        np.zeros(len(starts), dtype=bool),
        coded.coder[counted][starts],
        coded.confidence[counted][starts],
        np.isin(pair[starts], reopened) if len(reopened) else np.zeros(len(starts), dtype=bool),
        coded.qualifier[counted][starts],
        coded.coders.tolist(),
    )
    size = np.diff(starts, append=len(pair))
    if len(starts):
        verdict.needs_review[:] |= np.logical_or.reduceat(coded.needs_review[counted], starts)
    several = np.flatnonzero(size > 1)
    if len(several):
        _weigh(verdict, several, coded, counted[np.repeat(size > 1, size)], size[several])
    return verdict


def _weigh(verdict: _Verdict, several: Integers, coded: _Coded, entries: Integers, size: Integers) -> None:
    """Write what holds where several count: ``entries`` are theirs, in runs of ``size``."""
    which, begin = np.repeat(np.arange(len(size)), size), np.cumsum(size) - size
    stance = coded.stance[entries]
    shown, contested, winner = _vote(stance, which, len(size))
    by_people = ~_are_models(coded)[coded.coder[entries[begin]]]
    disputed = contested & by_people
    named = stance == shown[which]
    named |= (disputed | ~np.logical_or.reduceat(named, begin))[which]
    verdict.stance[several], verdict.disputed[several] = shown, disputed
    confidence = np.where(named, coded.confidence[entries], np.nan)
    verdict.confidence[several] = np.fmin.reduceat(confidence, begin)
    least, most = _bounds(coded.qualifier[entries], (_SIDE[stance] == winner[which]) & ~disputed[which], begin)
    verdict.qualifier[several] = np.where(least == most, least, -1)
    verdict.needs_review[several] |= least < most
    for at, first, number in zip(several.tolist(), begin.tolist(), size.tolist(), strict=True):
        together = entries[first : first + number][named[first : first + number]]
        verdict.coder[at] = len(verdict.coders)
        verdict.coders.append("; ".join(coded.coders[coded.coder[together]]))


def _vote(stance: Integers, which: Integers, number: int) -> tuple[Integers, NDArray[np.bool_], Integers]:
    """Return what each of so many groups of stances comes to, whether it is on both sides, and which side won.

    The side first (a tie goes to what says least), then how strongly (a tie goes to the weaker).
    """
    votes = np.bincount(which * len(BY_CLAIM) + stance, minlength=number * len(BY_CLAIM)).reshape(-1, len(BY_CLAIM))
    sides = votes @ (_SIDE[:-1, None] == np.arange(len(_SIDES)))
    contested = np.logical_and(sides[:, 2] > 0, sides[:, 3] > 0)
    winner = np.where(contested, 0, sides.argmax(axis=1))
    plain, strong = _OF_SIDE[winner, 0], _OF_SIDE[winner, 1]
    each = np.arange(number)
    return np.where(votes[each, strong] > votes[each, plain], strong, plain), contested, winner


def _bounds(codes: Integers, taking: NDArray[np.bool_], begin: Integers) -> tuple[Integers, Integers]:
    """Return the least and the greatest code of those that take part in each run; -1 twice where none does."""
    least = np.minimum.reduceat(np.where(taking, codes, np.iinfo(np.int64).max), begin)
    most = np.maximum.reduceat(np.where(taking, codes, -1), begin)
    return np.minimum(least, np.where(np.logical_or.reduceat(taking, begin), least, -1)), most


def _are_models(coded: _Coded) -> NDArray[np.bool_]:
    return np.array([name.startswith(MODEL) for name in coded.coders] + [False], dtype=bool)


def _who_counts(coded: _Coded) -> tuple[Integers, Integers]:
    """Return the entries that count, by pair and then by name of coder, and the pairs judged after an adjudication."""
    by_coder = np.lexsort((coded.coder, coded.pair))  # stable: the latest entry stays the last
    latest = by_coder[_last_of_run(coded.pair[by_coder], coded.coder[by_coder])]
    latest = latest[~coded.mended[latest]]
    is_model = _are_models(coded)[coded.coder]
    if is_model.any():
        people = np.unique(coded.pair[latest[~is_model[latest]]])
        latest = latest[~(is_model[latest] & np.isin(coded.pair[latest], people))]
    rulers = latest[coded.adjudicates[latest] & ~is_model[latest]]
    if not len(rulers):
        return latest, rulers
    rulers = rulers[np.lexsort((rulers, coded.pair[rulers]))]
    rulers = rulers[_last_of_run(coded.pair[rulers])]
    at = np.searchsorted(coded.pair[rulers], coded.pair[latest]).clip(max=len(rulers) - 1)
    concerned = coded.pair[rulers[at]] == coded.pair[latest]
    reopened = coded.pair[latest[concerned & (latest > rulers[at])]]
    counted = np.concatenate([latest[~concerned], rulers])
    return counted[np.lexsort((coded.coder[counted], coded.pair[counted]))], reopened


def _last_of_run(*keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each entry of sorted keys whether it is the last with these values."""
    last = np.ones(len(keys[0]), dtype=bool)
    if len(last):
        last[:-1] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return last
