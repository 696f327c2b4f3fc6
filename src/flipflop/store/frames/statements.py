"""The statements of a store that count, as a frame: only what is asked for is read. Imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from flipflop.frames.contracts import moments, texts
from flipflop.records.events import Statement
from flipflop.store.frames import cells as fc, rows as fr
from flipflop.store.frames.arrow import WORTH_IT
from flipflop.store.frames.declarations import latest
from flipflop.store.frames.query import PUSHED, count, read, with_theirs
from flipflop.store.frames.rows import Arrays, Of, QueryColumn
from flipflop.store.sql import columns as col
from flipflop.store.sql.kinds import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flipflop.frames.contracts import Series
    from flipflop.frames.reading import Integers
    from flipflop.store.log.what_counts import State
    from flipflop.store.sql.tables import Tables

_THIS, _TARGET = Of("seq", "statement"), Of("target", "statement")

_CELLS = {
    "seq": QueryColumn("b.seq"),
    "id": QueryColumn("id", fr.ids, _THIS),
    "speaker": QueryColumn("b.speaker"),
    "text": QueryColumn("b.text", fr.texts),
    "form": QueryColumn("b.form"),
    "said_from": QueryColumn("b.said_from"),
    "said_until": QueryColumn("b.said_until"),
    "said_text": QueryColumn("b.said_text", fr.texts),
    "said_how": QueryColumn("b.said_how"),
    "on_behalf_of": QueryColumn("coalesce(b.on_behalf_of, -1)"),
    "attribution": QueryColumn("b.attribution", fr.texts),
    "context": QueryColumn("b.context", fr.texts),
    "target": QueryColumn("coalesce(b.responds_to, -1)"),
    "responds_to": QueryColumn("id", fr.ids, _TARGET),
    "language": QueryColumn("coalesce(b.language, -1)"),
    "url": QueryColumn("b.url", fr.texts),
    "title": QueryColumn("b.title", fr.texts),
    "outlet": QueryColumn("coalesce(b.outlet, -1)"),
    "author": QueryColumn("coalesce(b.author, -1)"),
    "published": QueryColumn("b.published", fr.first_texts),
    "recorded_at": QueryColumn("recorded_at", of=_THIS),
}

_MADE_OF = {
    "statement_id": ("id",),
    "speaker_name": ("speaker",),
    "on_behalf_of_name": ("on_behalf_of",),
    "said": ("said_from", "said_text"),
    "precision": ("said_how",),
    "approximate": ("said_how",),
    "tz": ("said_how",),
    "source_url": ("url",),
    "source_title": ("title",),
    "source_outlet": ("outlet",),
    "source_author": ("author",),
    "source_published": ("published",),
    "amended": ("seq",),
}
"""What a column is made of; the others of cells of their own name."""


class Filter(NamedTuple):
    """Which statements: all conditions together; moments in microseconds; None is no condition."""

    speaker: str | None = None
    topic: str | None = None
    since: int | None = None
    until: int | None = None


def statements(tables: Tables, state: State, only: Filter, columns: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the statements that count, in the order of recording, with these columns (None: all)."""
    wanted = fc.asked("statements", columns)
    mended = {seq: event for seq, event in state.mended.items() if isinstance(event, Statement)}
    kept = _Kept(tables, state, only, mended)
    needed = {"seq", *kept.needs, *(cell for column in wanted for cell in _MADE_OF.get(column, (column,)))}
    rows = read(tables, with_theirs(_CELLS, needed), "statement", *kept.where(), few=kept.few())
    rows = rows.keep(fc.standing(rows["seq"], state.gone) & kept.keeps(rows))
    made = {column: series(rows) for column, series in _makers(tables, state, wanted).items()}
    return pd.DataFrame(_amended(made, rows["seq"], mended, tables, state), index=pd.RangeIndex(len(rows)), copy=False)


class _Kept:
    """The conditions: in SQL as far as the recorded values go, and once more for statements that read otherwise."""

    def __init__(self, tables: Tables, state: State, only: Filter, mended: Mapping[int, Statement]) -> None:
        self.tables, self.only, self.mended, self.last = tables, only, mended, state.last
        self.speaker = None if only.speaker is None else tables.known_key(only.speaker) or 0
        self.topic = None if only.topic is None else tables.known_key(only.topic) or 0
        self.coded = None if only.topic is None else _coded_for(tables, state, only.topic, self.topic or 0)
        self.needs = ("said_from", "said_until", "speaker") if mended and only != Filter() else ()

    def where(self) -> tuple[str, list[int]]:
        """Return the conditions and their values."""
        only = self.only
        conditions = [
            ("b.speaker = ?", self.speaker),
            ("b.said_until > ?", only.since),
            ("b.said_from < ?", only.until),
        ]
        pushed = [condition for condition, value in conditions if value is not None]
        values = [value for _, value in conditions if value is not None]
        if self.topic is not None:
            by_speaker = self.speaker is not None  # then there is an index
            source = "coded WHERE speaker = ? AND topic = ?" if by_speaker else "coding WHERE topic = ?"
            pushed.append(f"b.seq IN (SELECT statement FROM {source})")
            values += [self.topic] if self.speaker is None else [self.speaker, self.topic]
        if not pushed or len(self.mended) > PUSHED:
            return "b.seq <= ?", [self.last]
        either = f" OR b.seq IN ({', '.join(map(str, self.mended))})" if self.mended else ""
        return f"({' AND '.join(pushed)}{either}) AND b.seq <= ?", [*values, self.last]

    def few(self) -> bool:
        """Tell whether these are few of all statements: of a period that must be counted."""
        if self.only.speaker is not None or self.only.topic is not None:
            return True
        return self.only != Filter() and count(self.tables, "statement", *self.where()) < WORTH_IT

    def keeps(self, rows: Arrays) -> fr.Array:
        """Tell which of the rows that were read meet the conditions once corrections are applied."""
        keep = np.ones(len(rows), dtype=bool)
        if self.coded is not None:
            keep &= np.isin(rows["seq"], self.coded)
        if not self.needs:
            return keep
        meets = rows["speaker"] == self.speaker if self.speaker is not None else keep.copy()
        if self.only.since is not None:
            meets &= rows["said_until"] > self.only.since
        if self.only.until is not None:
            meets &= rows["said_from"] < self.only.until
        for row in np.flatnonzero(~fc.standing(rows["seq"], self.mended)).tolist():
            meets[row] = self._meets(self.mended[int(rows["seq"][row])])
        kept: fr.Array = keep & meets
        return kept

    def _meets(self, event: Statement) -> bool:
        only = self.only
        return (
            only.speaker in (None, event.speaker)
            and (only.since is None or col.micros(event.said.end) > only.since)
            and (only.until is None or col.micros(event.said.start) < only.until)
        )


def _coded_for(tables: Tables, state: State, topic: str, key: int) -> Integers:
    """Return the statements (seqs) that codings which count put under a topic that counts."""
    if topic not in latest(tables, state, "topic"):
        return np.zeros(0, dtype=np.int64)
    cells = {"seq": QueryColumn("b.seq"), "statement": QueryColumn("b.statement")}
    rows = read(tables, cells, "coding", "b.topic = ? AND b.seq <= ?", [key, state.last], few=True)
    return rows.keep(fc.standing(rows["seq"], state.gone))["statement"]


def _speaker_names(tables: Tables, state: State) -> dict[int, str]:
    """Return the name in the latest declaration of each speaker that counts, by the key of the id."""
    rows = tables.sql.execute("SELECT seq, slug, name FROM speaker WHERE seq <= ? ORDER BY seq", (state.last,))
    return {key: name for seq, key, name in rows if seq not in state.gone}


def _makers(tables: Tables, state: State, wanted: tuple[str, ...]) -> dict[str, Callable[[Arrays], Series]]:
    """Return how each wanted column is made of the rows."""
    words = fc.Words(tables)
    names = _speaker_names(tables, state) if {"speaker_name", "on_behalf_of_name"} & set(wanted) else {}

    def name_of(key: int) -> str | None:
        return names.get(key) or words[key]

    def behalf_of(key: int) -> str | None:
        return None if key < 0 else name_of(key)

    def manner(key: int) -> tuple[str, bool, str | None]:
        precision, approximate, tz, _ = col.manner_of(words[key])
        return str(precision), approximate, tz

    def word(cell: str) -> Callable[[Arrays], Series]:
        return lambda rows: fc.words(rows[cell], words.__getitem__)

    def text(cell: str) -> Callable[[Arrays], Series]:
        return lambda rows: texts(rows[cell])

    def moment(cell: str) -> Callable[[Arrays], Series]:
        return lambda rows: moments(rows[cell])

    makers: dict[str, Callable[[Arrays], Series]] = {
        "statement_id": lambda rows: fc.id_series(rows["id"]),
        "speaker": word("speaker"),
        "speaker_name": lambda rows: fc.repeated(rows["speaker"], name_of),
        "text": text("text"),
        "form": lambda rows: fc.words(rows["form"], lambda code: str(FORMS[code])),
        "said_from": moment("said_from"),
        "said_until": moment("said_until"),
        "said": lambda rows: texts(fc.typed(rows["said_from"], rows["said_text"])),
        "precision": lambda rows: fc.words(rows["said_how"], lambda key: manner(key)[0]),
        "approximate": lambda rows: fc.flags(rows["said_how"], lambda key: manner(key)[1]),
        "tz": lambda rows: fc.words(rows["said_how"], lambda key: manner(key)[2]),
        "on_behalf_of": word("on_behalf_of"),
        "attribution": lambda rows: fc.attributions(rows["attribution"]),
        "context": text("context"),
        "responds_to": lambda rows: fc.id_series(rows["responds_to"]),
        "language": word("language"),
        "source_url": text("url"),
        "source_title": text("title"),
        "source_outlet": word("outlet"),
        "source_author": word("author"),
        "source_published": text("published"),
        "amended": lambda rows: pd.Series(np.zeros(len(rows), dtype=bool)),
        "recorded_at": moment("recorded_at"),
        "seq": lambda rows: fc.counts(rows["seq"]),
        "on_behalf_of_name": lambda rows: fc.words(rows["on_behalf_of"], behalf_of),
    }
    return {column: makers[column] for column in wanted}


def _amended(
    made: dict[str, Series], seqs: Integers, mended: Mapping[int, Statement], tables: Tables, state: State
) -> dict[str, Series]:
    """Write the cells of amended statements over those that were recorded."""
    rows = np.flatnonzero(~fc.standing(seqs, mended)).tolist() if mended else []
    if not rows:
        return made
    names = latest(tables, state, "speaker")
    cells = [_cells_of(mended[int(seqs[row])]) for row in rows]
    for cell in cells:
        for whose in ("speaker", "on_behalf_of"):
            slug = cell[whose]
            cell[f"{whose}_name"] = names[slug]["name"] if isinstance(slug, str) and slug in names else slug
    for column in made.keys() & cells[0].keys():
        made[column] = fc.overwritten(made[column], rows, [cell[column] for cell in cells])
    return made


def _cells_of(event: Statement) -> dict[str, object]:
    said, source = event.said, event.source
    published = source.published if source else None
    return {
        "speaker": event.speaker,
        "text": event.text,
        "form": str(event.form),
        "said_from": col.micros(said.start),
        "said_until": col.micros(said.end),
        "said": said.text,
        "precision": str(said.precision),
        "approximate": said.approximate,
        "tz": said.tz,
        "on_behalf_of": event.on_behalf_of,
        "attribution": " > ".join(event.attribution) or None,
        "context": event.context,
        "responds_to": event.responds_to,
        "language": event.language,
        "source_url": source.url if source else None,
        "source_title": source.title if source else None,
        "source_outlet": source.outlet if source else None,
        "source_author": source.author if source else None,
        "source_published": published.text if published else None,
        "amended": True,
    }
