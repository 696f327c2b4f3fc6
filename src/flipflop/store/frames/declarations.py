"""The small frames of a store: who and what there is, who speaks for whom, what was ruled.

Imports pandas: only ever imported inside a function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from flipflop.frames.contracts import CONTRACTS, DTYPES, TEXT
from flipflop.records.events import Ruling, SpeaksFor
from flipflop.store.log import what_counts
from flipflop.store.sql import columns as col
from flipflop.text.rulings import reply_words
from flipflop.text.sources import source_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from flipflop.records.events import Source
    from flipflop.store.log.what_counts import State
    from flipflop.store.sql.tables import Tables
    from flipflop.when import When

_TO_THE_DAY = {"second", "minute", "hour", "daypart", "day"}
_NEVER = np.iinfo(np.int64).min  # NaT
_OF_RULINGS = ("earlier", "later", "topic", "outcome", "degree", "explanation", "innocent_reading", "by", "note")


def speakers(tables: Tables, state: State) -> pd.DataFrame:
    """Return the latest declaration of each speaker as it reads, by slug; aliases joined with ``"; "``."""
    found = latest(tables, state, "speaker")
    return _frame("speakers", _by_slug("speaker", found, ("name", "aliases", "kind", "public_role", "wikidata")))


def topics(tables: Tables, state: State) -> pd.DataFrame:
    """Return the latest declaration of each topic as it reads, by slug."""
    return _frame(
        "topics",
        _by_slug("topic", latest(tables, state, "topic"), ("title", "proposition", "kind", "parent", "follows", "how")),
    )


def speaks_for(tables: Tables, state: State) -> pd.DataFrame:
    """Return who speaks for whom, in the order of recording, from when and until when it surely holds."""
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
            "since": [None if e.since is None else col.micros(_surely_since(e.since)) for e in relations],
            "until": [None if e.until is None else col.micros(_surely_until(e.until)) for e in relations],
            "topics": [_text(getattr(event, "topics", None)) for event in relations],
            **{
                f"source_{name}": [getattr(event.source, name, None) for event in relations]
                for name in ("url", "outlet", "title")
            },
        },
    )


def _surely_since(bound: When) -> datetime:
    """Return from when a relation surely holds: a bound to the day or finer counts, a wider one from its end."""
    return bound.start if _sharp(bound) else bound.end


def _surely_until(bound: When) -> datetime:
    """Return until when a relation surely holds: a bound to the day or finer counts, a wider one until its start."""
    return bound.end if _sharp(bound) else bound.start


def _sharp(bound: When) -> bool:
    return bound.precision in _TO_THE_DAY and not bound.approximate


def rulings(tables: Tables, state: State) -> pd.DataFrame:
    """Return the rulings that count, in the order of recording."""
    bodies = tables.bodies("ruling", 1, state.last)
    found = {seq: cast("Ruling", event) for seq, event in bodies if seq not in state.gone}
    ids = {event_id for r in found.values() for event_id in (bytes.fromhex(r.earlier), bytes.fromhex(r.later))}
    out = {event_id.hex() for event_id, (seq, _) in tables.find(ids).items() if seq in state.gone}
    found = {seq: r for seq, r in found.items() if r.earlier not in out and r.later not in out}
    confirmed = what_counts.confirmations(tables, state.gone, state.last)
    confirmed = {seq: by for seq, by in confirmed.items() if seq in found}
    others = what_counts.judged_of_others(tables, state.last, confirmed)
    stamps = tables.stamps([*found, *confirmed.values()])
    made = list(found.values())
    return _frame(
        "rulings",
        {
            **{name: [_text(getattr(ruling, name)) for ruling in made] for name in _OF_RULINGS},
            "reply_text": [reply_words(ruling.reply) if ruling.reply else None for ruling in made],
            "reply_url": [r.reply.source.url if r.reply and r.reply.source else None for r in made],
            "decided_at": [
                col.micros(r.decided_at) if r.decided_at is not None else stamps[seq][2] for seq, r in found.items()
            ],
            "seq": list(found),
            "ruling_id": [stamps[seq][0].hex() for seq in found],
            "needs_review": [seq in state.review or others(seq, ruling.topic) for seq, ruling in found.items()],
            "recorded_at": [stamps[seq][2] for seq in found],
            "set_aside": [_text(getattr(ruling, "set_aside", None)) for ruling in made],
            "confirmed_at": [stamps[confirmed[seq]][2] if seq in confirmed else None for seq in found],
            "framing": [_text(ruling.framing) for ruling in made],
            **_sources("explanation", [ruling.explanation_source for ruling in made]),
            **_sources("circumstances", [ruling.circumstances_source for ruling in made]),
        },
    )


def _sources(of: str, sources: Sequence[Source | None]) -> dict[str, Sequence[object]]:
    """The sources of what rulings say, in words, and their addresses."""
    words = [source and source_words(source.url or "", source.outlet or "", source.title or "") for source in sources]
    return {f"{of}_source": words, f"{of}_url": [source and source.url for source in sources]}


def latest(tables: Tables, state: State, kind: str) -> dict[str, dict[str, str | None]]:
    """Return the fields of the latest declaration that counts of each speaker or topic, by slug in their order.

    As it reads with its corrections.
    """
    found = {}
    for seq, recorded in tables.bodies(kind, 1, state.last):
        if seq not in state.gone:
            event = state.mended.get(seq, recorded)
            fields = {name: getattr(event, name) for name in event.__struct_fields__}
            found[fields["id"]] = {name: _text(value) for name, value in fields.items()}
    return dict(sorted(found.items()))


def _text(value: object) -> str | None:
    if isinstance(value, tuple):
        return "; ".join(value) if value else None
    return None if value is None else str(value)


def _by_slug(
    key: str, found: Mapping[str, Mapping[str, str | None]], names: Iterable[str]
) -> dict[str, Sequence[object]]:
    return {key: list(found), **{name: [cells[name] for cells in found.values()] for name in names}}


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
