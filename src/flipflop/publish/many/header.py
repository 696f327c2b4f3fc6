"""The words and names that the page's script needs, as JSON. Knows no markup."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from flipflop.figures.theme import PRINT
from flipflop.publish.many.quotes import BLOCK
from flipflop.publish.script_words import script_words
from flipflop.records.words import Form
from flipflop.text import tally
from flipflop.text.numbers import forms
from flipflop.text.positions import LOOKS, side_words, stance_word
from flipflop.text.quotations import form_words, is_hollow
from flipflop.text.rulings import UNJUDGED, change_sentence, conflict_words, counts_as_change, ruling_note
from flipflop.text.visible import visible
from flipflop.when.gap_words import Gap
from flipflop.when.telling import FIRST_KNOWN, LAST_KNOWN

if TYPE_CHECKING:
    import pandas as pd

    from flipflop.figures.many import Many
    from flipflop.records.codec import Json

MOST_LANES: Final = 12
_DASHES: Final[dict[str, Json]] = {
    "walk_back": [6, 4],
    "undetermined": [2, 3],
    "reaffirmation": [1, 3],
    "softening": [1, 3],
    "hardening": [1, 3],
}
"""The dashes of an arc; without any it is drawn through."""
_GAP: Final = Gap("{gap}", "{joined}")
"""Places for a script to fill."""
_TOPIC_KINDS: Final = ("proposal", "account")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = ((bound - _EPOCH) // timedelta(seconds=1) for bound in (FIRST_KNOWN, LAST_KNOWN))
_UNITS: Final = ("second", "minute", "hour", "day", "week", "month", "year")
"""Stretches in which a script counts."""


def header(many: Many, columns: Json, *, lanes: str, most: int, notes: dict[int, str]) -> Json:
    """Return what the script must know beside the columns: names, words, and how it shall draw."""
    return {
        "columns": columns,
        "first": int(many.middle[0]) if len(many) else 0,
        "speakers": [{"speaker": one.speaker, "name": one.name} for one in many.speakers],
        "topics": [
            {"topic": one.topic, "title": one.title, "proposition": one.proposition, "kind": one.kind}
            for one in many.topics
        ],
        "shapes": [
            {"width": one.width, "open": one.open, "precision": one.precision, "approximate": one.approximate,
             "tz": one.tz, "before": one.before, "after": one.after}
            for one in many.shapes
        ],
        "looks": [
            {"look": one.look, "side": one.side, "form": one.form, "review": one.needs_review} for one in many.looks
        ],
        "kinds": [_kind(one.kind, one.own, many.pairs.rulings) for one in many.pairs.kinds],
        "rulings": [visible(ruling) for ruling in many.pairs.rulings],
        "tally": {
            "changed": tally.CHANGED, "excused": list(tally.EXCUSED), "open": list(tally.OPEN),
            "again": list(tally.AGAIN_WAITS), "none": tally.NONE,
        },
        "changed": [counts_as_change(ruling) for ruling in many.pairs.rulings],
        "judged": [ruling not in UNJUDGED for ruling in many.pairs.rulings],
        "notes": {str(pair): note for pair, note in notes.items()},
        "stances": [{look: stance_word(look, kind) for look in LOOKS} for kind in _TOPIC_KINDS],
        "sides": [[side_words(level, kind) for level in (-1, 0, 1)] for kind in _TOPIC_KINDS],
        "forms": {str(form): form_words(form) for form in Form},
        "hollow": [str(form) for form in Form if is_hollow(form)],
        "stretches": {unit: [*forms(unit), "an hour" if unit == "hour" else f"a {unit}"] for unit in _UNITS},
        "print": dict(asdict(PRINT)),
        "lanes": lanes,
        "most": most,
        "mostLanes": MOST_LANES,
        "block": BLOCK,
    }  # fmt: skip


def _kind(kind: str, own: bool, rulings: tuple[str, ...]) -> Json:
    """Return what is told of pairs of a kind, for each ruling: sentences with places for names, gap and side."""
    tells = _own_words if own else _conflict_words
    told: dict[str, Json] = {
        "name": visible(kind),
        "told": [visible(tells(kind, ruling)) for ruling in rulings],
        "dash": _DASHES.get(kind, []),
        "open": [tally.tally_of([(kind, ruling)]).open for ruling in rulings],
        "again": [tally.tally_of([(kind, ruling)]).again for ruling in rulings],
    }
    return {**told, "own": own, "headed": kind != "undetermined"}


def _own_words(kind: str, ruling: str) -> str:
    return change_sentence(kind, _GAP, ruling)


def _conflict_words(kind: str, ruling: str) -> str:
    return conflict_words(kind, "{name}", "{other}", "{side}", ruling)


def many_words(many: Many) -> dict[str, Json]:
    """Return the words and letters with which the script tells moments."""
    width = np.array([one.width for one in many.shapes], dtype=np.int64)[many.shape]
    start = many.middle - width // 2
    asked = np.clip(np.concatenate([start, start + width - 1]), _FIRST, _LAST)
    return script_words(many.zone, {one.tz for one in many.shapes if one.tz}, np.unique(asked).tolist())


def ruled_notes(many: Many, positions: pd.DataFrame, rulings: pd.DataFrame | None) -> dict[int, str]:
    """Return what the latest ruling says beside each pair that has one: who, the innocent reading, the reply."""
    if rulings is None or not len(rulings):
        return {}
    from flipflop.frames import latest_rulings

    held = latest_rulings(rulings)[_RULED]
    rows = held.astype(object).where(held.notna(), None)
    latest = {row[:3]: visible(ruling_note(*row[3:])) for row in rows.itertuples(index=False, name=None)}
    pairs = many.pairs
    ruled = np.flatnonzero(pairs.judged)
    ids, topics = positions["statement_id"], positions["topic"]
    keys = zip(
        ids.take(many.row[pairs.earlier[ruled]]).tolist(),
        ids.take(many.row[pairs.later[ruled]]).tolist(),
        topics.take(many.row[pairs.later[ruled]]).tolist(),
        strict=True,
    )
    return {pair: latest[key] for pair, key in zip(ruled.tolist(), keys, strict=True) if key in latest}


_RULED: Final = ["earlier", "later", "topic", "by", "innocent_reading", "note", "reply_text"]
