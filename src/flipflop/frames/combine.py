"""Makes positions from statements and codings: whose judgement counts, and where people disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import pandas as pd

from flipflop.errors import DataError
from flipflop.frames.contracts import CONTRACTS, conform, moments
from flipflop.frames.reading import FrameReader, Instants, Texts
from flipflop.records import Stance
from flipflop.records.words import SIGNS

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

MODEL = "model:"
"""How the name of a coder begins that is no person."""

# The order settles ties between coders who agree on the side: whoever claims less wins.
_BY_CLAIM = (
    Stance.UNCLEAR,
    Stance.MIXED,
    Stance.OPPOSE,
    Stance.SUPPORT,
    Stance.STRONGLY_OPPOSE,
    Stance.STRONGLY_SUPPORT,
)
_CLAIM = np.array([_BY_CLAIM.index(stance) for stance in Stance] + [-1], dtype=np.int64)
_DERIVED = {"said_from", "said_until", "stance", "sign", "disputed", "needs_review", "coder", "confidence"}
_SIGN = np.array([SIGNS[stance] or 0 for stance in _BY_CLAIM], dtype=np.int8)


class FrameSource(Protocol):
    """What ``positions`` needs of a store."""

    def statements(self, *, as_of: datetime | str | None = None, speaker: str | None = None) -> pd.DataFrame:
        """Return the frame of statements, of one speaker if asked."""

    def codings(self, *, as_of: datetime | str | None = None, topic: str | None = None) -> pd.DataFrame:
        """Return the frame of codings, of one topic if asked."""


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
        statements = source.statements(as_of=as_of, speaker=speaker)
        codings = source.codings(as_of=as_of, topic=topic)
    return _combined(_picked(statements, "speaker", speaker), _picked(codings, "topic", topic))


def _picked(frame: pd.DataFrame, column: str, value: str | None) -> pd.DataFrame:
    if value is None or column not in frame:
        return frame
    return frame[frame[column].isin([value]).to_numpy(dtype=bool)]


def _combined(statements: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    said = _read_statements(statements)
    coded = _read_codings(codings, said.ids)
    verdict = _judge(coded)
    found = pd.DataFrame(index=pd.RangeIndex(len(verdict.first)))
    for frame, rows in ((statements, coded.statement[verdict.first]), (codings, coded.row[verdict.first])):
        for column in CONTRACTS["positions"]:
            if column in frame and column not in found and column not in _DERIVED:
                found[column] = frame[column].take(rows).reset_index(drop=True)
    rows = coded.statement[verdict.first]
    found["said_from"], found["said_until"] = moments(said.start[rows]), moments(said.stop[rows])
    found["stance"] = np.array(_BY_CLAIM, dtype=object)[verdict.stance]
    sign = pd.Series(_SIGN[verdict.stance].astype(object))
    found["sign"] = sign.where(verdict.stance != _BY_CLAIM.index(Stance.UNCLEAR), pd.NA)
    found["disputed"], found["needs_review"] = verdict.disputed, verdict.needs_review
    found["coder"], found["confidence"] = verdict.coder, verdict.confidence
    in_order = found.sort_values(["said_from", "said_until", "speaker", "topic", "statement_id"], kind="stable")
    return conform("positions", in_order)


class _Said(NamedTuple):
    ids: Texts
    start: Instants
    stop: Instants


def _read_statements(frame: pd.DataFrame) -> _Said:
    reader = FrameReader(frame, "statements")
    reader.require("statement_id", "speaker")
    ids = reader.names("statement_id")
    reader.coded("speaker")
    start, stop = reader.interval()
    reader.at_rows(pd.Series(ids).duplicated().to_numpy(), "statement_id", "this statement was given before")
    reader.done()
    return _Said(ids, start, stop)


class _Coded(NamedTuple):
    """The codings of known statements: one entry each, latest last."""

    row: NDArray[np.int64]
    statement: NDArray[np.int64]
    pair: NDArray[np.int64]
    stance: NDArray[np.int64]
    coder: NDArray[np.int64]
    coders: Texts
    confidence: NDArray[np.float64]
    adjudicates: NDArray[np.bool_]
    needs_review: NDArray[np.bool_]


def _read_codings(frame: pd.DataFrame, ids: Texts) -> _Coded:
    reader = FrameReader(frame, "codings")
    reader.require("statement_id", "topic", "stance", "coder")
    statement = _places(ids, reader.names("statement_id"))
    topic, coder = reader.coded("topic"), reader.coded("coder")
    stance = _CLAIM[reader.words("stance", Stance)]
    age = _age(reader)
    confidence = reader.numbers("confidence")
    adjudicates, needs_review = reader.flags("adjudicates"), reader.flags("needs_review")
    reader.done()
    row = np.lexsort(age)
    row = row[statement[row] >= 0]
    return _Coded(
        row,
        statement[row],
        statement[row] * max(1, len(topic.words)) + topic.codes[row],
        stance[row],
        coder.codes[row],
        coder.words,
        confidence[row],
        adjudicates[row],
        needs_review[row],
    )


def _places(ids: Texts, wanted: Texts) -> NDArray[np.int64]:
    """Return where each wanted id stands among ``ids``, -1 where it does not."""
    return pd.Index(ids, dtype=object).get_indexer(pd.Index(wanted, dtype=object)).astype(np.int64)


def _age(reader: FrameReader) -> tuple[NDArray[np.int64], ...]:
    """Return the keys that tell which coding is later, the weightiest last."""
    frame = reader.frame
    keys = [np.arange(len(frame))]
    if "coding_id" in frame:
        keys.append(reader.coded("coding_id", required=False).codes)
    if "coded_at" in frame:
        keys.append(reader.instants("coded_at"))
    if "seq" in frame:
        keys.append(np.nan_to_num(reader.numbers("seq"), nan=-1).astype(np.int64))
    return tuple(keys)


class _Verdict(NamedTuple):
    """What holds for each (statement, topic); ``first`` is an entry of it."""

    first: NDArray[np.int64]
    stance: NDArray[np.int64]
    disputed: NDArray[np.bool_]
    coder: Texts
    confidence: NDArray[np.float64]
    needs_review: NDArray[np.bool_]


def _judge(coded: _Coded) -> _Verdict:
    counted = _who_counts(coded)
    pair = coded.pair[counted]
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    size = np.diff(starts, append=len(pair))
    which = np.repeat(np.arange(len(starts)), size)
    kinds = len(_BY_CLAIM)
    votes = np.bincount(which * kinds + coded.stance[counted], minlength=len(starts) * kinds).reshape(-1, kinds)
    for_it, against_it = votes @ (_SIGN > 0), votes @ (_SIGN < 0)
    disputed = np.asarray((for_it > 0) & (against_it > 0), dtype=bool)
    stance = np.where(disputed, _BY_CLAIM.index(Stance.UNCLEAR), votes.argmax(axis=1))
    names = coded.coders[coded.coder[counted]]
    together = names[starts]
    for at in np.flatnonzero(size > 1):
        together[at] = "; ".join(names[starts[at] : starts[at] + size[at]])
    if not len(starts):
        nothing = np.zeros(0)
        return _Verdict(counted, stance, disputed, together, nothing, nothing.astype(bool))
    return _Verdict(
        counted[starts],
        stance,
        disputed,
        together,
        np.fmin.reduceat(coded.confidence[counted], starts),
        np.logical_or.reduceat(coded.needs_review[counted], starts),
    )


def _who_counts(coded: _Coded) -> NDArray[np.int64]:
    """Return the entries that count, by pair and then by name of coder."""
    entries = np.arange(len(coded.row))
    by_coder = np.lexsort((entries, coded.coder, coded.pair))
    latest = by_coder[_last_of_run(coded.pair[by_coder], coded.coder[by_coder])]
    rulers = entries[coded.adjudicates]
    rulers = rulers[np.lexsort((rulers, coded.pair[rulers]))]
    rulers = rulers[_last_of_run(coded.pair[rulers])]
    is_model = np.array([name.startswith(MODEL) for name in coded.coders] + [False], dtype=bool)[coded.coder]
    people = np.unique(coded.pair[latest[~is_model[latest]]])
    hidden = np.isin(coded.pair[latest], coded.pair[rulers])
    hidden |= is_model[latest] & np.isin(coded.pair[latest], people)
    counted = np.concatenate([latest[~hidden], rulers])
    return counted[np.lexsort((coded.coder[counted], coded.pair[counted]))]


def _last_of_run(*keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each entry of sorted keys whether it is the last with these values."""
    last = np.ones(len(keys[0]), dtype=bool)
    if len(last):
        last[:-1] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return last
