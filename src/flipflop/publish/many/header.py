"""The words and names that the page's script needs, as JSON. Knows no markup."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from flipflop.errors import WhenError
from flipflop.figures.text import visible
from flipflop.figures.theme import PRINT
from flipflop.figures.words import (
    LOOKS,
    RULED_NONE,
    change_label,
    change_words,
    conflict_words,
    form_words,
    side_words,
    stance_word,
)
from flipflop.publish.many.quotes import BLOCK
from flipflop.publish.ruled import unclosed
from flipflop.records.words import NO_INNOCENT_READING, Form
from flipflop.when.words import DAYPARTS
from flipflop.when.zones import zone_of

if TYPE_CHECKING:
    import pandas as pd

    from flipflop.figures.data import Json
    from flipflop.figures.many import Many

MOST_LANES: Final = 12
CHANGES: Final = {
    "reversal": ("changed position", ""),
    "restoration": ("changed position again", ""),
    "walk_back": ("moved to a mixed position", "6 4"),
    "undetermined": ("opposite positions, order open", "2 3"),
    "reaffirmation": ("same side again", "1 3"),
    "softening": ("same side, less strongly", "1 3"),
    "hardening": ("same side, more strongly", "1 3"),
}
"""What a change shows, for a list to choose from, and the dashes of its arc."""
CONFLICTS: Final = {
    "stranded_surrogate": "on record while another changed position",
    "undercut": "another showed the opposite later",
    "off_message": "differs from another's position",
    "conflicting_accounts": "accounts that differ",
    "different_voice": "one body, opposite positions",
}
"""The same for statements of two speakers."""
HOLLOW: Final = ("reported", "paraphrase")
_QUIET: Final = ("reaffirmation", "softening", "hardening")
_TOPIC_KINDS: Final = ("proposal", "account")
_UNNAMED: Final = ("midday", "overnight")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HALF_YEAR: Final = 182 * 86_400
_SAMPLES: Final = 400
"""What a zone's clocks call themselves is looked up at so many moments of the record."""


def header(many: Many, columns: Json, *, lanes: str, most: int, notes: dict[int, str]) -> Json:
    """Return what the script must know beside the columns: names, words, and how it shall draw."""
    zones = sorted({many.zone, *(shape.tz for shape in many.shapes)} - {""})
    return {
        "columns": columns,
        "first": int(many.middle[0]) if len(many) else 0,
        "zone": many.zone,
        "zoneNames": {name: _letters(name, many) for name in zones},
        "speakers": [{"speaker": one.speaker, "name": one.name} for one in many.speakers],
        "topics": [
            {"topic": one.topic, "title": one.title, "proposition": one.proposition, "kind": one.kind}
            for one in many.topics
        ],
        "shapes": [
            {"width": one.width, "open": one.open, "precision": one.precision, "approximate": one.approximate,
             "tz": one.tz}
            for one in many.shapes
        ],
        "looks": [
            {"look": one.look, "side": one.side, "form": one.form, "review": one.needs_review} for one in many.looks
        ],
        "kinds": [_kind(one.kind, one.change, many.pairs.rulings) for one in many.pairs.kinds],
        "rulings": [visible(ruling) for ruling in many.pairs.rulings],
        "none": {"outcomes": list(RULED_NONE), "words": change_words("", "{gap}", RULED_NONE[0])},
        "notes": {str(pair): note for pair, note in notes.items()},
        "stances": [{look: stance_word(look, kind) for look in LOOKS} for kind in _TOPIC_KINDS],
        "sides": [[side_words(level, kind) for level in (-1, 0, 1)] for kind in _TOPIC_KINDS],
        "forms": {str(form): form_words(form) for form in Form},
        "hollow": list(HOLLOW),
        "dayparts": {f"{a}-{z}": name for name, (a, z) in DAYPARTS.items() if name not in _UNNAMED},
        "print": dict(asdict(PRINT)),
        "lanes": lanes,
        "most": most,
        "mostLanes": MOST_LANES,
        "block": BLOCK,
    }  # fmt: skip


def _kind(kind: str, change: bool, rulings: tuple[str, ...]) -> Json:
    """Return the words of a kind, with places to fill; only changes are said to be candidates."""
    words = change_words(kind, "{gap}") if change else _conflict_words(kind)
    dash: list[Json] = [int(length) for length in CHANGES.get(kind, ("", ""))[1].split()]
    labels: list[Json] = [visible(change_label(kind, ruling)) for ruling in rulings]
    told: dict[str, Json] = {"name": visible(kind), "words": visible(words), "labels": labels, "dash": dash}
    return {**told, "change": change, "quiet": kind in _QUIET, "headed": kind != "undetermined"}


def _conflict_words(kind: str) -> str:
    if kind in CONFLICTS:
        return conflict_words(kind, "{name}", "{other}", "{side}")
    return f"{kind.replace('_', ' ')}: {{name}} and {{other}}"


def _letters(name: str, many: Many) -> Json:
    """Return what the clocks of a zone call themselves, by their offset in seconds; nothing where they have digits."""
    try:
        info = zone_of(name).info
    except WhenError:
        return {}
    places = np.linspace(0, max(0, len(many) - 1), _SAMPLES).astype(np.int64)
    found: dict[str, Json] = {}
    for second in many.middle[places].tolist() if len(many) else []:
        for at in (second, second - _HALF_YEAR):
            try:
                local = (_EPOCH + timedelta(seconds=at)).astimezone(info)
            except OverflowError:
                continue
            if (letters := local.tzname() or "").isalpha():
                found[str(int((local.utcoffset() or timedelta(0)).total_seconds()))] = letters
    return dict(sorted(found.items()))


def ruled_notes(many: Many, positions: pd.DataFrame, rulings: pd.DataFrame | None) -> dict[int, str]:
    """Return what the latest ruling says beside each pair that has one: who, the innocent reading, the reply."""
    if rulings is None or not len(rulings):
        return {}
    from flipflop.frames import latest_rulings

    held = latest_rulings(rulings)[_RULED]
    rows = held.astype(object).where(held.notna(), None)
    latest = {row[:3]: _note(*row[3:]) for row in rows.itertuples(index=False, name=None)}
    pairs = many.pairs
    ruled = np.flatnonzero(pairs.ruled)
    ids, topics = positions["statement_id"], positions["topic"]
    keys = zip(
        ids.take(many.row[pairs.earlier[ruled]]).tolist(),
        ids.take(many.row[pairs.later[ruled]]).tolist(),
        topics.take(many.row[pairs.later[ruled]]).tolist(),
        strict=True,
    )
    return {pair: latest[key] for pair, key in zip(ruled.tolist(), keys, strict=True) if key in latest}


_RULED: Final = ["earlier", "later", "topic", "by", "innocent_reading", "note", "reply_text"]


def _note(by: str, reading: str, note: str | None, reply: str | None) -> str:
    innocent = (
        "No innocent reading was found" if reading == NO_INNOCENT_READING else f"Innocent reading: {unclosed(reading)}"
    )
    more = [note, f"Reply: {reply}" if reply else None]
    return visible(" ".join([f"{innocent} (ruled by {by}).", *(words for words in more if words)]))
