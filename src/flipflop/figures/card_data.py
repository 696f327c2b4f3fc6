"""A card: two statements of one speaker on one proposition, side by side, each with its moment and its source."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from flipflop.errors import DataError, Problem
from flipflop.figures.data import plain
from flipflop.figures.judged import told_reversals
from flipflop.figures.marks import coverage, gap_of, mark_of, names
from flipflop.figures.rows import FrameRow, read_positions, read_reversals
from flipflop.figures.zone import drawn_zone
from flipflop.text.rulings import UNJUDGED, change_label, change_sentence, change_words, innocent_words
from flipflop.text.tally import tally_of
from flipflop.text.visible import leading

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from flipflop.figures.data import Mark
    from flipflop.records.codec import Json
    from flipflop.when.gap_words import Gap

_OPEN: Final = (
    "Whether somebody changed their mind, was misunderstood or met new facts, the two statements alone do not tell."
)


@dataclass(frozen=True, slots=True)
class CardData:
    """What a card says. ``sentence`` is what happened, ``label`` what was ruled; until then ``sentence`` says all.

    ``kind`` is what ``find_reversals`` calls the pair, empty where it is no pair of its. ``zone`` is that of all
    moments.
    """

    speaker: str
    name: str
    topic: str
    proposition: str
    then: Mark
    later: Mark
    kind: str
    gap: str
    sentence: str
    label: str
    ruling: str
    notes: tuple[str, ...]
    coverage: str
    zone: str

    def to_json(self) -> Json:
        """Return plain lists and objects; moments as ISO 8601 with offset."""
        return plain(asdict(self))


def card_data(
    positions: pd.DataFrame,
    earlier: str,
    later: str,
    *,
    topic: str | None = None,
    rulings: pd.DataFrame | None = None,
    tz: str = "UTC",
) -> CardData:
    """Return what the card of two statements says. See ``card``."""
    tz, zone = drawn_zone(tz)
    rows = read_positions(positions)
    pair = (_named(rows, earlier, "earlier"), _named(rows, later, "later"))
    if pair[0] == pair[1]:
        raise DataError(Problem(f"a card is about two statements, not twice {pair[0][:8]}", "later"))
    about = _topic(rows, pair, topic)
    first, second = (_row(rows, id_, about) for id_ in pair)
    speaker = _one_speaker(first, second)
    here = [row.text("speaker") == speaker and row.text("topic") == about for row in rows]
    found = _found(positions[here], pair, rulings)
    people = names(rows, "speaker", "speaker_name")
    then, after = (mark_of(row, zone, tz, people=people) for row in (first, second))
    if after.end <= then.start:
        raise DataError(Problem(f"{pair[1][:8]} was said before {pair[0][:8]}: name them the other way round", "later"))
    kind, gap = found.text("kind"), gap_of(found, then, after)
    ruling = found.text("ruling")
    return CardData(
        speaker=speaker,
        name=first.text("speaker_name") or speaker,
        topic=about,
        proposition=first.text("proposition") or first.text("topic_title") or about,
        then=then,
        later=after,
        kind=kind,
        gap=gap.words,
        sentence=_sentence(first.text("speaker_name") or speaker, kind, gap, ruling),
        label="" if ruling in UNJUDGED else change_label(kind, ruling),
        ruling=ruling,
        notes=tuple(_notes(kind, ruling, pair, about, rulings)),
        coverage=coverage([mark_of(row, zone, tz) for row, own in zip(rows, here, strict=True) if own], tz),
        zone=tz,
    )


def _named(rows: Iterable[FrameRow], name: str, field: str) -> str:
    """Return the one id that is named or begins so."""
    ids = {row.text("statement_id") for row in rows}
    found = [name] if name in ids else sorted(id_ for id_ in ids if name and id_.startswith(name))
    if len(found) == 1:
        return found[0]
    told = f"{name!r} begins {len(found)} statements: {', '.join(found[:5])}" if found else _unknown(name)
    raise DataError(Problem(told, field))


def _unknown(name: str) -> str:
    return f"{name!r} is no statement with a position in this record"


def _topic(rows: Iterable[FrameRow], pair: tuple[str, str], topic: str | None) -> str:
    """Return the one topic on which both statements show a position."""
    one, other = ({row.text("topic") for row in rows if row.text("statement_id") == id_} for id_ in pair)
    shared = sorted(one & other)
    if topic is not None and topic not in shared:
        told = f"{topic!r} is not one that both statements are on; both are on: {', '.join(shared) or 'no topic'}"
        raise DataError(Problem(told, "topic"))
    if topic is None and len(shared) != 1:
        told = (
            f"must be named: both statements are on {', '.join(shared)}"
            if shared
            else "must be one of both: they share none"
        )
        raise DataError(Problem(told, "topic"))
    return topic or shared[0]


def _row(rows: Iterable[FrameRow], statement_id: str, topic: str) -> FrameRow:
    return next(row for row in rows if (row.text("statement_id"), row.text("topic")) == (statement_id, topic))


def _one_speaker(first: FrameRow, second: FrameRow) -> str:
    one, other = first.text("speaker"), second.text("speaker")
    if one != other:
        raise DataError(Problem(f"is of {other!r}, the earlier one of {one!r}: a card shows one speaker", "later"))
    return one


def _found(positions: pd.DataFrame, pair: tuple[str, str], rulings: pd.DataFrame | None) -> FrameRow:
    """Return what detection says of the pair, or nothing."""
    from flipflop.detect import find_reversals
    from flipflop.detect.kinds import ReversalKind

    found = find_reversals(positions, kinds=tuple(ReversalKind), rulings=rulings)
    here = found[(found["earlier_id"] == pair[0]) & (found["later_id"] == pair[1])]
    return next(iter(read_reversals(told_reversals(here))), FrameRow({}))


def _sentence(name: str, kind: str, gap: Gap, ruling: str) -> str:
    """Return what happened and, until somebody has ruled, that nobody has; detection makes nothing of some pairs."""
    if not kind:
        return f"{leading(name)}: two statements, {gap.words} apart"
    return f"{leading(name)} {(change_sentence if ruling in UNJUDGED else change_words)(kind, gap, ruling)}"


def _notes(kind: str, told: str, pair: tuple[str, str], topic: str, rulings: pd.DataFrame | None) -> Iterable[str]:
    """Return what stands below: the innocent reading and the reply, or what the two statements do not tell."""
    ruled = _ruling(pair, topic, rulings)
    counted = tally_of([(kind, told)])
    if counted.open or counted.again:
        yield _OPEN
    elif ruled is not None and told not in UNJUDGED:
        yield innocent_words(ruled.text("innocent_reading"))
        if reply := ruled.text("reply_text"):
            yield f"Reply: {reply}"


def _ruling(pair: tuple[str, str], topic: str, rulings: pd.DataFrame | None) -> FrameRow | None:
    """Return the latest ruling on the pair."""
    from flipflop.frames import latest_rulings

    if rulings is None:
        return None
    latest = latest_rulings(rulings)
    on_pair = (latest["earlier"] == pair[0]) & (latest["later"] == pair[1]) & (latest["topic"] == topic)
    latest = latest[on_pair].astype(object)
    cells = latest.where(latest.notna(), None).to_dict("records")
    return FrameRow({str(name): value for name, value in cells[0].items()}) if cells else None
