"""The codings of a store that count, as a frame: only what is asked for is read. Imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.frames.contracts import moments, texts
from flipflop.store import columns as col, frame_cells as fc, frame_rows as fr
from flipflop.store.frame_query import read, with_theirs
from flipflop.store.frame_rows import Cell, Of, Rows
from flipflop.store.frames import latest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flipflop.frames.contracts import Series
    from flipflop.frames.reading import Integers
    from flipflop.store.state import State
    from flipflop.store.tables import Tables

_THIS, _STATEMENT = Of("seq", "coding"), Of("statement", "statement")
_UNCLEAR, _WHEN_RECORDED = 9, -(2**62)  # in the place of NULL

_CELLS = {
    "seq": Cell("b.seq"),
    "statement": Cell("b.statement"),
    "topic": Cell("b.topic"),
    "coding_id": Cell("id", fr.ids, _THIS),
    "statement_id": Cell("id", fr.ids, _STATEMENT),
    "stance": Cell(f"coalesce(b.stance, {_UNCLEAR})"),
    "coder": Cell("b.coder"),
    "confidence": Cell("b.confidence", fr.decimals),
    "rationale": Cell("b.rationale", fr.texts),
    "coded_at": Cell(f"coalesce(b.coded_at, {_WHEN_RECORDED})"),
    "recorded_at": Cell("recorded_at", of=_THIS),
    "adjudicates": Cell("b.adjudicates"),
}
_ALWAYS = {"seq", "statement", "topic"}


def codings(
    tables: Tables, state: State, *, topic: str | None = None, columns: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return the codings that count, of statements and topics that count, in the order of recording."""
    wanted = fc.asked("codings", columns)
    cells = with_theirs(_CELLS, {*wanted, *_ALWAYS, *(["recorded_at"] if "coded_at" in wanted else [])})
    where, values = "b.seq <= ?", [state.last]
    if topic is not None:
        where, values = f"b.topic = ? AND {where}", [tables.known_key(topic) or 0, state.last]
    rows = read(tables, cells, "coding", where, values, few=topic is not None)
    topics = latest(tables, state, "topic")
    counting = {key for slug in topics if (key := tables.known_key(slug)) is not None}
    counts = fc.standing(rows["seq"], state.gone) & fc.standing(rows["statement"], state.gone)
    rows = rows.keep(counts & ~fc.standing(rows["topic"], counting))
    made = {column: series(rows) for column, series in _makers(tables, state, topics, wanted).items()}
    return pd.DataFrame(made, index=pd.RangeIndex(len(rows)), copy=False)


def _makers(
    tables: Tables, state: State, topics: dict[str, dict[str, str | None]], wanted: tuple[str, ...]
) -> dict[str, Callable[[Rows], Series]]:
    """Return how each wanted column is made of the rows."""
    words = fc.Words(tables)

    def about(field: str) -> Callable[[int], str | None]:
        return lambda key: topics[words[key]][field]

    makers: dict[str, Callable[[Rows], Series]] = {
        "coding_id": lambda rows: fc.id_series(rows["coding_id"]),
        "statement_id": lambda rows: fc.id_series(rows["statement_id"]),
        "topic": lambda rows: fc.words(rows["topic"], words.__getitem__),
        "topic_title": lambda rows: fc.repeated(rows["topic"], about("title")),
        "proposition": lambda rows: fc.repeated(rows["topic"], about("proposition")),
        "topic_kind": lambda rows: fc.words(rows["topic"], about("kind")),
        "stance": lambda rows: fc.words(rows["stance"] + 2, _stance),
        "coder": lambda rows: fc.words(rows["coder"], words.__getitem__),
        "confidence": lambda rows: pd.Series(rows["confidence"]),
        "rationale": lambda rows: texts(rows["rationale"]),
        "coded_at": lambda rows: moments(_coded_at(rows)),
        "adjudicates": lambda rows: pd.Series(rows["adjudicates"].astype(bool)),
        "needs_review": lambda rows: pd.Series(~fc.standing(rows["seq"], state.review)),
        "seq": lambda rows: fc.counts(rows["seq"]),
    }
    return {column: makers[column] for column in wanted}


def _coded_at(rows: Rows) -> Integers:
    given = rows["coded_at"]
    return np.where(given == _WHEN_RECORDED, rows["recorded_at"], given)


def _stance(number: int) -> str:
    return str(col.STANCE_OF[None if number - 2 == _UNCLEAR else number - 2])
