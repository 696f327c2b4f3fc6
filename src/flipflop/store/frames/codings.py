"""The codings of a store that count, as a frame: only what is asked for is read. Imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.frames.contracts import moments, texts
from flipflop.records.events import Statement
from flipflop.store.frames import cells as fc, rows as fr
from flipflop.store.frames.declarations import latest
from flipflop.store.frames.query import PUSHED, read, with_theirs
from flipflop.store.frames.rows import Arrays, Of, QueryColumn
from flipflop.store.sql.kinds import STANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from flipflop.frames.contracts import Series
    from flipflop.frames.reading import Integers
    from flipflop.store.log.what_counts import State
    from flipflop.store.sql.tables import Tables

_THIS, _STATEMENT = Of("seq", "coding"), Of("statement", "statement")
_UNCLEAR, _WHEN_RECORDED = 9, -(2**62)  # in the place of NULL
_STANCES = {number: word for word, number in STANCES.items()}

_CELLS = {
    "seq": QueryColumn("b.seq"),
    "statement": QueryColumn("b.statement"),
    "topic": QueryColumn("b.topic"),
    "coding_id": QueryColumn("id", fr.ids, _THIS),
    "statement_id": QueryColumn("id", fr.ids, _STATEMENT),
    "stance": QueryColumn(f"coalesce(b.stance, {_UNCLEAR})"),
    "coder": QueryColumn("b.coder"),
    "confidence": QueryColumn("b.confidence", fr.decimals),
    "rationale": QueryColumn("b.rationale", fr.texts),
    "coded_at": QueryColumn(f"coalesce(b.coded_at, {_WHEN_RECORDED})"),
    "recorded_at": QueryColumn("recorded_at", of=_THIS),
    "adjudicates": QueryColumn("b.adjudicates"),
    "qualifier": QueryColumn("b.qualifier", fr.texts),
}
_ALWAYS = {"seq", "statement", "topic"}


def codings(
    tables: Tables,
    state: State,
    *,
    speaker: str | None = None,
    topic: str | None = None,
    columns: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the codings that count, of statements and topics that count, in the order of recording."""
    wanted = fc.asked("codings", columns)
    cells = with_theirs(_CELLS, {*wanted, *_ALWAYS, *(["recorded_at"] if "coded_at" in wanted else [])})
    where, values = ["b.seq <= ?"], [state.last]
    if topic is not None:
        where, values = ["b.topic = ?", *where], [tables.known_key(topic) or 0, state.last]
    if speaker is not None:
        said = _Said(tables, state, speaker)
        cells, where = cells | {"said": QueryColumn(said.recorded)}, [*said.where, *where]
    rows = read(tables, cells, "coding", " AND ".join(where), values, few=len(where) > 1)
    if speaker is not None:
        rows = rows.keep(said.keeps(rows))
    topics = latest(tables, state, "topic")
    counting = {key for slug in topics if (key := tables.known_key(slug)) is not None}
    counts = fc.standing(rows["seq"], state.gone) & fc.standing(rows["statement"], state.gone)
    rows = rows.keep(counts & ~fc.standing(rows["topic"], counting))
    made = {column: series(rows) for column, series in _makers(tables, state, topics, wanted).items()}
    return pd.DataFrame(made, index=pd.RangeIndex(len(rows)), copy=False)


class _Said:
    """The condition that a speaker made the statement: as recorded, unless a correction says otherwise."""

    def __init__(self, tables: Tables, state: State, speaker: str) -> None:
        self.recorded = f"b.seq IN (SELECT coding FROM coded WHERE speaker = {tables.known_key(speaker) or 0})"
        mended = {seq: event for seq, event in state.mended.items() if isinstance(event, Statement)}
        self.mended, self.theirs = set(mended), {seq for seq, event in mended.items() if event.speaker == speaker}

    @property
    def where(self) -> list[str]:
        """What the database can tell; nothing where it would have to be told of too many corrections."""
        either = f" OR b.statement IN ({', '.join(map(str, self.theirs))})" if self.theirs else ""
        return [f"({self.recorded}{either})"] if len(self.theirs) <= PUSHED else []

    def keeps(self, rows: Arrays) -> NDArray[np.bool_]:
        """Tell for each row that was read whether the condition holds."""
        statement = rows["statement"]
        recorded = rows["said"].astype(bool) & fc.standing(statement, self.mended)
        return np.logical_or(recorded, ~fc.standing(statement, self.theirs))


def _makers(
    tables: Tables, state: State, topics: dict[str, dict[str, str | None]], wanted: tuple[str, ...]
) -> dict[str, Callable[[Arrays], Series]]:
    """Return how each wanted column is made of the rows."""
    words = fc.Words(tables)

    def about(field: str) -> Callable[[int], str | None]:
        return lambda key: topics[words[key]][field]

    makers: dict[str, Callable[[Arrays], Series]] = {
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
        "qualifier": lambda rows: texts(rows["qualifier"]),
        "proposition_mended": lambda rows: pd.Series(np.zeros(len(rows), dtype=bool)),
    }
    return {column: makers[column] for column in wanted}


def _coded_at(rows: Arrays) -> Integers:
    given = rows["coded_at"]
    return np.where(given == _WHEN_RECORDED, rows["recorded_at"], given)


def _stance(number: int) -> str:
    return str(_STANCES[None if number - 2 == _UNCLEAR else number - 2])
