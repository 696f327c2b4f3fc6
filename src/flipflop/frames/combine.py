"""Makes positions from statements and codings: whose judgement counts, and where people disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import pandas as pd

from flipflop.errors import DataError
from flipflop.frames.contracts import CONTRACTS, conform, moments, words
from flipflop.frames.ordering import break_ties, starts_of_runs
from flipflop.frames.reading import FrameReader, Instants, Integers, Texts
from flipflop.records import Stance
from flipflop.records.words import BY_CLAIM, MODEL, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

_CLAIM = np.array([BY_CLAIM.index(stance) for stance in Stance] + [-1], dtype=np.int64)
_DERIVED = {"said_from", "said_until", "stance", "sign", "disputed", "needs_review", "coder", "confidence"}
_OF_STATEMENTS = tuple(name for name in CONTRACTS["statements"] if name in CONTRACTS["positions"])
_OF_CODINGS = (*(name for name in CONTRACTS["codings"] if name in CONTRACTS["positions"]), "adjudicates", "seq")
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
    ``coder``. Of each coder the latest coding counts (by ``seq``, then ``coded_at``, then ``coding_id``, and where
    these do not tell, the order of the rows). The latest coding that adjudicates beats all others. Else people hide
    models. Coders who show opposite signs make the position ``disputed``: it has no sign, its stance is ``unclear``,
    so that a reader who ignores the flag concludes nothing. Coders who agree on the side give the stance that most
    of them chose; of equally frequent ones the one that claims less (unclear, mixed, plain, strong).
    ``coder`` names all who counted, joined with ``"; "``; ``confidence`` is the lowest of theirs; ``needs_review`` is
    true if it is for one of them. Codings of statements that are not there play no part.

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
    return _combined(_picked(statements, "speaker", speaker), _picked(codings, "topic", topic))


def _picked(frame: pd.DataFrame, column: str, value: str | None) -> pd.DataFrame:
    if value is None or column not in frame:
        return frame
    return frame[frame[column].isin([value]).to_numpy(dtype=bool)]


def _combined(statements: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    said = _read_statements(statements)
    coded = _read_codings(codings, said)
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


def _read_codings(frame: pd.DataFrame, said: _Said) -> _Coded:
    reader = FrameReader(frame, "codings")
    reader.require("statement_id", "topic", "stance", "coder")
    wanted = pd.Index(reader.names("statement_id"), dtype=object)
    topic, coder = reader.coded("topic"), reader.coded("coder")
    stance = _CLAIM[reader.words("stance", Stance)]
    row = _by_age(reader)
    confidence = reader.numbers("confidence")
    adjudicates, needs_review = reader.flags("adjudicates"), reader.flags("needs_review")
    reader.done()
    statement = said.places.get_indexer(wanted).astype(np.int64)  # -1 where there is no such statement
    row = row[statement[row] >= 0]
    return _Coded(
        row,
        statement[row],
        topic.codes[row],
        statement[row] * max(1, len(topic.words)) + topic.codes[row],
        stance[row],
        coder.codes[row],
        coder.words,
        confidence[row],
        adjudicates[row],
        needs_review[row],
    )


def _by_age(reader: FrameReader) -> Integers:
    """Return the rows, the latest coding last; ids, which are long to sort, are only looked at where all else ties."""
    frame = reader.frame
    keys: list[Integers] = []
    if "seq" in frame:
        keys.append(np.nan_to_num(reader.numbers("seq"), nan=-1).astype(np.int64))
    if "coded_at" in frame:
        keys.append(reader.instants("coded_at"))
    order: Integers = np.lexsort(keys[::-1]) if keys else np.arange(len(frame))
    if "coding_id" not in frame:
        return order
    tied = ~starts_of_runs(*(key[order] for key in keys)) if keys else np.ones(len(order), dtype=bool)
    if not tied[1:].any():
        return order
    return np.lexsort([reader.coded("coding_id", required=False).codes, *keys[::-1]])


class _Verdict(NamedTuple):
    """What holds for each (statement, topic); ``first`` is an entry of it, ``coder`` a place in ``coders``."""

    first: Integers
    stance: Integers
    disputed: NDArray[np.bool_]
    coder: Integers
    confidence: NDArray[np.float64]
    needs_review: NDArray[np.bool_]
    coders: list[str]

    def take(self, order: Integers) -> _Verdict:
        """Return the same in another order."""
        arrays = {name: getattr(self, name)[order] for name in self._fields if name != "coders"}
        return self._replace(**arrays)


def _judge(coded: _Coded) -> _Verdict:
    counted = _who_counts(coded)
    pair = coded.pair[counted]
    starts = np.flatnonzero(starts_of_runs(pair))
    size = np.diff(starts, append=len(pair))
    stance, disputed = coded.stance[counted][starts], np.zeros(len(starts), dtype=bool)
    coder, coders = coded.coder[counted][starts], coded.coders.tolist()
    several = np.flatnonzero(size > 1)
    if len(several):
        of_several = np.repeat(size > 1, size)
        stance[several], disputed[several] = _vote(coded.stance[counted[of_several]], size[several])
    for at in several.tolist():
        together = coded.coder[counted[starts[at] : starts[at] + size[at]]]
        coder[at] = len(coders)
        coders.append("; ".join(coded.coders[together]))
    nothing = not len(starts)  # of which there is nothing to reduce
    confidence = coded.confidence if nothing else np.fmin.reduceat(coded.confidence[counted], starts)
    needs_review = coded.needs_review if nothing else np.logical_or.reduceat(coded.needs_review[counted], starts)
    return _Verdict(counted[starts], stance, disputed, coder, confidence, needs_review, coders)


def _vote(stance: Integers, size: Integers) -> tuple[Integers, NDArray[np.bool_]]:
    """Return what runs of so many stances come to, and whether they are on both sides."""
    kinds = len(BY_CLAIM)
    which = np.repeat(np.arange(len(size)), size)
    votes = np.bincount(which * kinds + stance, minlength=len(size) * kinds).reshape(-1, kinds)
    disputed = np.logical_and(votes @ (_SIGN > 0), votes @ (_SIGN < 0))
    return np.where(disputed, BY_CLAIM.index(Stance.UNCLEAR), votes.argmax(axis=1)), disputed


def _who_counts(coded: _Coded) -> Integers:
    """Return the entries that count, by pair and then by name of coder."""
    by_coder = np.lexsort((coded.coder, coded.pair))  # stable: the latest entry stays the last
    latest = by_coder[_last_of_run(coded.pair[by_coder], coded.coder[by_coder])]
    is_model = np.array([name.startswith(MODEL) for name in coded.coders] + [False], dtype=bool)[coded.coder]
    if is_model.any():
        people = np.unique(coded.pair[latest[~is_model[latest]]])
        latest = latest[~(is_model[latest] & np.isin(coded.pair[latest], people))]
    if not coded.adjudicates.any():
        return latest
    rulers = np.flatnonzero(coded.adjudicates)
    rulers = rulers[np.lexsort((rulers, coded.pair[rulers]))]
    rulers = rulers[_last_of_run(coded.pair[rulers])]
    counted = np.concatenate([latest[~np.isin(coded.pair[latest], coded.pair[rulers])], rulers])
    return counted[np.lexsort((coded.coder[counted], coded.pair[counted]))]


def _last_of_run(*keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each entry of sorted keys whether it is the last with these values."""
    last = np.ones(len(keys[0]), dtype=bool)
    if len(last):
        last[:-1] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return last
