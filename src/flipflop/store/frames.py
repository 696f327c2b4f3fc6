"""The store as frames: what counts, now or at an earlier moment, in the columns and dtypes of ``flipflop.frames``.

Imports pandas: only ever imported inside a function.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pandas as pd

from flipflop.frames.contracts import CONTRACTS, DTYPES, TEXT
from flipflop.records.codec import moment_text
from flipflop.records.events import Ruling, SpeaksFor, Statement
from flipflop.store import columns as col

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flipflop.records.events import Event
    from flipflop.store.state import State
    from flipflop.store.tables import Tables

_NEVER = np.iinfo(np.int64).min  # NaT

_STATEMENTS = """
SELECT s.seq, e.id, s.speaker, s.text, s.form, s.said_from, s.said_until, s.said_text, s.said_how, s.on_behalf_of,
  s.attribution, s.context, r.id, s.language, s.url, s.title, s.outlet, s.author, s.published, e.recorded_at
FROM statement AS s JOIN event AS e ON e.seq = s.seq LEFT JOIN event AS r ON r.seq = s.responds_to
WHERE s.seq <= ?
"""
_CODINGS = """
SELECT c.seq, e.id, c.statement, s.id, c.topic, c.stance, c.coder, c.confidence, c.rationale,
  coalesce(c.coded_at, e.recorded_at), c.adjudicates
FROM coding AS c JOIN event AS e ON e.seq = c.seq JOIN event AS s ON s.seq = c.statement
WHERE c.seq <= ?
"""


class Filter(NamedTuple):
    """Which statements: all conditions together; moments in microseconds; None is no condition."""

    speaker: str | None = None
    topic: str | None = None
    since: int | None = None
    until: int | None = None


def statements(tables: Tables, state: State, only: Filter) -> pd.DataFrame:
    """Return the statements that count, in the order of recording."""
    names = {slug: cells["name"] for slug, cells in latest(tables, state, "speaker").items()}
    words = _Words(tables)
    query, values = _filtered(_STATEMENTS, only, tables, state)
    rows = [row for row in tables.sql.execute(query, values) if row[0] not in state.gone]
    cells = _Columns(rows, 20)
    how = [col.manner_of(words.text[key]) for key in cells[8]]
    start = cells[5]
    data: dict[str, Sequence[object]] = {
        "statement_id": [event_id.hex() for event_id in cells[1]],
        "speaker": words.of(cells[2]),
        "text": cells[3],
        "form": [str(col.FORMS[code]) for code in cells[4]],
        "said_from": start,
        "said_until": cells[6],
        "said": [
            moment_text(col.moment(at)) if text is None else text for at, text in zip(start, cells[7], strict=True)
        ],
        "precision": [str(precision) for precision, *_ in how],
        "approximate": [approximate for _, approximate, *_ in how],
        "tz": [tz for _, _, tz, _ in how],
        "on_behalf_of": words.of(cells[9]),
        "attribution": [_joined(col.unpacked_list(packed)) for packed in cells[10]],
        "context": cells[11],
        "responds_to": [None if event_id is None else event_id.hex() for event_id in cells[12]],
        "language": words.of(cells[13]),
        "source_url": cells[14],
        "source_title": cells[15],
        "source_outlet": words.of(cells[16]),
        "source_author": words.of(cells[17]),
        "source_published": [None if packed is None else json.loads(packed)[0] for packed in cells[18]],
        "amended": [False] * len(rows),
        "recorded_at": cells[19],
        "seq": cells[0],
    }
    _amend(data, state.mended)
    data["speaker_name"] = [names.get(cast("str", slug), slug) for slug in data["speaker"]]
    frame = _frame("statements", data)
    return _kept(frame, only, tables, state) if state.mended or only.topic else frame


def _filtered(query: str, only: Filter, tables: Tables, state: State) -> tuple[str, list[int]]:
    """Push conditions into SQL, but for statements that read otherwise than recorded."""
    conditions, values = [], [state.last]
    if only.speaker is not None:
        conditions.append("s.speaker = ?")
        values.append(tables.known_key(only.speaker) or 0)
    if only.since is not None:
        conditions.append("s.said_until > ?")
        values.append(only.since)
    if only.until is not None:
        conditions.append("s.said_from < ?")
        values.append(only.until)
    if conditions:
        mended = ", ".join(map(str, state.mended)) or "NULL"
        query += f" AND ({' AND '.join(conditions)} OR s.seq IN ({mended}))"
    return f"{query} ORDER BY s.seq", values


def _amend(data: dict[str, Sequence[object]], mended: Mapping[int, Event]) -> None:
    """Write the cells of amended statements over those that were recorded."""
    if not mended:
        return
    columns = {name: list(cells) for name, cells in data.items()}
    for row, seq in enumerate(data["seq"]):
        event = mended.get(cast("int", seq))
        if isinstance(event, Statement):
            for name, value in _cells_of(event).items():
                columns[name][row] = value
    data.update(columns)


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
        "attribution": _joined(event.attribution),
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


def _kept(frame: pd.DataFrame, only: Filter, tables: Tables, state: State) -> pd.DataFrame:
    """Drop what the conditions exclude once corrections are applied."""
    keep = np.ones(len(frame), dtype=bool)
    if only.speaker is not None:
        keep &= (frame["speaker"] == only.speaker).to_numpy(dtype=bool)
    if only.since is not None:
        keep &= (frame["said_until"] > pd.Timestamp(col.moment(only.since))).to_numpy(dtype=bool)
    if only.until is not None:
        keep &= (frame["said_from"] < pd.Timestamp(col.moment(only.until))).to_numpy(dtype=bool)
    if only.topic is not None:
        coded = set(codings(tables, state, topic=only.topic)["statement_id"])
        keep &= frame["statement_id"].isin(coded).to_numpy(dtype=bool)
    return frame if keep.all() else frame[keep].reset_index(drop=True)


def codings(tables: Tables, state: State, *, topic: str | None = None) -> pd.DataFrame:
    """Return the codings that count, of statements and topics that count, in the order of recording."""
    topics = latest(tables, state, "topic")
    words = _Words(tables)
    query, values = _CODINGS, [state.last]
    if topic is not None:
        query += " AND c.topic = ?"
        values.append(tables.known_key(topic) or 0)
    gone = state.gone
    rows = [
        row
        for row in tables.sql.execute(f"{query} ORDER BY c.seq", values)
        if row[0] not in gone and row[2] not in gone and words.text[row[4]] in topics
    ]
    cells = _Columns(rows, 11)
    slugs = words.of(cells[4])
    about = [topics[cast("str", slug)] for slug in slugs]
    return _frame(
        "codings",
        {
            "coding_id": [event_id.hex() for event_id in cells[1]],
            "statement_id": [event_id.hex() for event_id in cells[3]],
            "topic": slugs,
            "topic_title": [one["title"] for one in about],
            "proposition": [one["proposition"] for one in about],
            "topic_kind": [one["kind"] for one in about],
            "stance": [str(col.STANCE_OF[number]) for number in cells[5]],
            "coder": words.of(cells[6]),
            "confidence": [np.nan if number is None else number for number in cells[7]],
            "rationale": cells[8],
            "coded_at": cells[9],
            "adjudicates": cells[10],
            "needs_review": [seq in state.review for seq in cells[0]],
            "seq": cells[0],
        },
    )


def speakers(tables: Tables, state: State) -> pd.DataFrame:
    """Return the latest declaration of each speaker, by slug; aliases joined with ``"; "``."""
    found = latest(tables, state, "speaker")
    return _frame("speakers", _by_slug("speaker", found, ("name", "aliases", "kind", "public_role", "wikidata")))


def topics(tables: Tables, state: State) -> pd.DataFrame:
    """Return the latest declaration of each topic, by slug."""
    return _frame(
        "topics", _by_slug("topic", latest(tables, state, "topic"), ("title", "proposition", "kind", "parent"))
    )


def speaks_for(tables: Tables, state: State) -> pd.DataFrame:
    """Return who speaks for whom, in the order of recording: from the start of ``since`` to the end of ``until``."""
    found = [
        state.mended.get(seq, event)
        for seq, event in tables.bodies("speaks_for", 1, state.last)
        if seq not in state.gone
    ]
    relations = [event for event in found if isinstance(event, SpeaksFor)]
    return _frame(
        "speaks_for",
        {
            "surrogate": [event.surrogate for event in relations],
            "principal": [event.principal for event in relations],
            "since": [None if e.since is None else col.micros(e.since.start) for e in relations],
            "until": [None if e.until is None else col.micros(e.until.end) for e in relations],
        },
    )


def rulings(tables: Tables, state: State) -> pd.DataFrame:
    """Return the rulings that count, in the order of recording; ``ruling_id`` and ``needs_review`` are appended."""
    bodies = tables.bodies("ruling", 1, state.last)
    found = {seq: cast("Ruling", event) for seq, event in bodies if seq not in state.gone}
    ids = {event_id for r in found.values() for event_id in (bytes.fromhex(r.earlier), bytes.fromhex(r.later))}
    out = {event_id.hex() for event_id, (seq, _) in tables.find(ids).items() if seq in state.gone}
    found = {seq: r for seq, r in found.items() if r.earlier not in out and r.later not in out}
    stamps = tables.stamps(found)
    made = list(found.values())
    frame = _frame(
        "rulings",
        {
            **{
                name: [_text(getattr(ruling, name)) for ruling in made]
                for name in (
                    "earlier",
                    "later",
                    "topic",
                    "outcome",
                    "degree",
                    "explanation",
                    "innocent_reading",
                    "by",
                    "note",
                )
            },
            "reply_text": [_reply_text(ruling) for ruling in made],
            "reply_url": [r.reply.source.url if r.reply and r.reply.source else None for r in made],
            "decided_at": [
                col.micros(r.decided_at) if r.decided_at is not None else stamps[seq][2] for seq, r in found.items()
            ],
            "seq": list(found),
        },
    )
    frame["ruling_id"] = pd.Series([stamps[seq][0].hex() for seq in found], dtype=TEXT)
    frame["needs_review"] = np.array([seq in state.review for seq in found], dtype=bool)
    return frame


def latest(tables: Tables, state: State, kind: str) -> dict[str, dict[str, str | None]]:
    """Return the fields of the latest declaration that counts of each speaker or topic, by slug in their order."""
    found = {}
    for seq, event in tables.bodies(kind, 1, state.last):
        if seq not in state.gone:
            fields = {name: getattr(event, name) for name in event.__dataclass_fields__ if name != "kind_of_event"}
            found[fields["id"]] = {name: _text(value) for name, value in fields.items()}
    return dict(sorted(found.items()))


def _text(value: object) -> str | None:
    if isinstance(value, tuple):
        return "; ".join(value) if value else None
    return None if value is None else str(value)


def _reply_text(ruling: Ruling) -> str | None:
    if ruling.reply is None:
        return None
    return ruling.reply.text if ruling.reply.answered else "no answer"


def _joined(attribution: tuple[str, ...]) -> str | None:
    return " > ".join(attribution) or None


def _by_slug(
    key: str, found: Mapping[str, Mapping[str, str | None]], names: Iterable[str]
) -> dict[str, Sequence[object]]:
    return {key: list(found), **{name: [cells[name] for cells in found.values()] for name in names}}


class _Words:
    """All words of a store, by key."""

    def __init__(self, tables: Tables) -> None:
        self.text: dict[int, str] = dict(tables.sql.execute("SELECT key, text FROM word").fetchall())

    def of(self, keys: Iterable[int | None]) -> list[str | None]:
        return [None if key is None else self.text[key] for key in keys]


class _Columns:
    """Rows turned on their side: column by number, a tuple of cells each."""

    def __init__(self, rows: Sequence[tuple[Any, ...]], width: int) -> None:
        self._cells = list(zip(*rows, strict=True)) if rows else [()] * width

    def __getitem__(self, column: int) -> tuple[Any, ...]:
        return self._cells[column]


def _frame(name: str, data: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """Return the columns of a contract, in its order, with its dtypes."""
    made = {column: _MAKERS.get(kind, _other(kind))(data[column]) for column, kind in CONTRACTS[name].items()}
    return pd.DataFrame(made, columns=list(made))


def _moments(values: Sequence[object]) -> pd.Series[Any]:
    micros = np.array([_NEVER if value is None else value for value in values], dtype=np.int64)
    return pd.Series(pd.DatetimeIndex(micros.view("datetime64[us]")).tz_localize("UTC"))


def _texts(values: Sequence[object]) -> pd.Series[Any]:
    return pd.Series(np.array(values, dtype=object), dtype=TEXT)


def _flags(values: Sequence[object]) -> pd.Series[Any]:
    return pd.Series(np.array(values, dtype=bool))


def _other(kind: str) -> Callable[[Sequence[object]], pd.Series[Any]]:
    return lambda values: pd.Series(list(values), dtype=cast("Any", DTYPES[cast("Any", kind)]))


_MAKERS: dict[str, Callable[[Sequence[object]], pd.Series[Any]]] = {
    "moment": _moments,
    "text": _texts,
    "flag": _flags,
}
