"""Finds where a speaker's positions on one topic conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.detect import reasons
from flipflop.detect.changes import ReversalRows, find_rows
from flipflop.detect.kinds import DEFAULT_KINDS, DEGREES, DETECTOR, Order, ReversalKind
from flipflop.detect.panel import STANCES, Panel
from flipflop.detect.ruled import CHANGE, Rulings, told_by
from flipflop.detect.scan import KINDS
from flipflop.detect.second_look import flagged, flags_of
from flipflop.detect.settling import UNDETERMINED, settle
from flipflop.errors import DataError, Problem, suggestion
from flipflop.frames.contracts import CONTRACTS, moments, texts
from flipflop.frames.qualifiers import read_qualifiers
from flipflop.frames.reading import FrameReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.detect.settling import SettledRecord
    from flipflop.frames.contracts import Series
    from flipflop.frames.reading import Integers, Texts

_STANCES = np.array([str(stance) for stance in STANCES], dtype=object)
_KINDS = np.array([str(kind) for kind in KINDS], dtype=object)
_DEGREES = np.array([None if DEGREES[kind] is None else str(DEGREES[kind]) for kind in KINDS], dtype=object)
_ORDERS = np.array([str(Order.CERTAIN), str(Order.UNKNOWN)], dtype=object)


def find_reversals(
    positions: pd.DataFrame,
    *,
    kinds: Iterable[ReversalKind | str] = DEFAULT_KINDS,
    rulings: pd.DataFrame | None = None,
    tz: str = "UTC",
) -> pd.DataFrame:
    """Return the pairs earlier → later of one speaker's positions on one topic that conflict. All are candidates.

    ``positions`` needs ``speaker``, ``topic``, ``statement_id``, ``stance``, and ``said_from`` with ``said_until`` or
    one column ``said`` as people type moments. ``on_behalf_of``, ``disputed``, ``qualifier``, ``coder``,
    ``confidence``, ``recorded_at`` and ``speaker_name`` are used where they are there. The side is taken from
    ``stance``; a position that is disputed, unclear or without a stance takes no part. One moment is before another if
    it is over when the other begins. A speaker's own words and those for each organisation are sequences of their own.

    * A position's *reference* is the last position of its sequence that took a side and was over when it began (of
      several that ended at that instant the smallest ``statement_id``; none if these took both sides).
    * ``reversal``, ``restoration``: the reference took the other side. Of such positions in a row (by later_from,
      later_until, later_id) to one side only the first counts; the first of all is the reversal.
    * ``walk_back``: a mixed position with a reference; one for each reference, the first that is not ruled away.
    * ``undetermined``: the moments of opposite positions overlap. One row for each that comes later by (said_from,
      said_until, statement_id), with the nearest opposite before it and in ``rivals`` their number. ``gap_min`` is
      negative there: by so much the moments overlap.
    * On request: ``rescoping`` (the reference has the same side and another qualifier), else ``reaffirmation``,
      ``softening``, ``hardening``; ``commitment`` (a first side after mixed or unclear); ``other_mandate`` (the
      opposite of the last side over all other mandates).

    ``rulings`` (columns earlier, later, topic, outcome, and more where known) count the latest first; see
    ``flipflop.frames.latest_rulings``. A ruling on any pair of the same flip is one of that flip, and its pair stands
    in the row. ``no_reversal`` sets statements aside (``set_aside``), ``not_comparable`` cuts the sequence, and what
    follows is looked at again; the row of what was ruled away stays. ``changed_circumstances`` is never counted.
    ``needs_review`` flags a ruling that its frame flags, that new evidence followed, or that another one overruled.

    ``gap_min`` is later_from - earlier_until, ``gap_max`` later_until - earlier_from. ``switches`` counts the counted
    flips of the part of the sequence up to and including the later position. ``mandate`` is on whose behalf that was
    said. ``coder`` joins the coders of both positions, ``confidence`` is the lower one. ``reason`` tells clock times
    in ``tz``.

    Returns:
        Rows by later_from, later_until, speaker, topic, mandate, later_id, kind; columns and dtypes as
        ``flipflop.frames.empty("reversals")``, with a fresh index. O(n log n), once for each round of rulings that set
        aside or cut (in the sequences that have them).

    Raises:
        DataError: an unknown kind, or positions that cannot be read: every problem, with its row.

    """
    asked = _asked(kinds)
    panel = Panel.read(positions, unclear=ReversalKind.COMMITMENT in asked)
    record = settle(panel, Rulings.read(rulings, positions, panel))
    rows = find_rows(record, _qualifiers(positions, panel, asked), asked)
    order = np.lexsort((rows.earlier, rows.kind, rows.later, panel.stop[rows.later], panel.start[rows.later]))
    return _frame(positions, record, rows.take(order), tz)


def _qualifiers(positions: pd.DataFrame, panel: Panel, asked: frozenset[ReversalKind]) -> Integers:
    """Return a code for the qualifier of each entry, -1 for none, where a kind that looks at them is asked for."""
    if asked <= frozenset(DEFAULT_KINDS):
        return np.full(len(panel), -1)
    return read_qualifiers(FrameReader(positions, "positions"))[0][panel.row]


def _frame(positions: pd.DataFrame, record: SettledRecord, rows: ReversalRows, tz: str) -> pd.DataFrame:
    panel, (kind, earlier, later) = record.whole, rows[:3]
    gap_min, gap_max = panel.start[later] - panel.stop[earlier], panel.stop[later] - panel.start[earlier]
    unsure = kind == UNDETERMINED
    outcome, degree = _judged(record.rulings, rows)
    frame = pd.DataFrame(
        {
            "speaker": texts(panel.speakers[panel.speaker_of(later)]),
            "topic": texts(panel.topics[panel.topic_of(later)]),
            "kind": texts(_KINDS[kind]),
            "degree": texts(degree),
            "order": texts(_ORDERS[unsure.astype(np.int64)]),
            "earlier_id": texts(panel.ids[panel.row[earlier]]),
            "later_id": texts(panel.ids[panel.row[later]]),
            "earlier_stance": texts(_STANCES[panel.stance[earlier]]),
            "later_stance": texts(_STANCES[panel.stance[later]]),
            "earlier_from": moments(panel.start[earlier]),
            "earlier_until": moments(panel.stop[earlier]),
            "later_from": moments(panel.start[later]),
            "later_until": moments(panel.stop[later]),
            "gap_min": pd.Series(gap_min.view("timedelta64[us]")),
            "gap_max": pd.Series(gap_max.view("timedelta64[us]")),
            "switches": pd.Series(record.flips_until(later)),
            "coder": texts(_coders(positions, panel.row[earlier], panel.row[later])),
            "confidence": _confidence(positions, panel.row[earlier], panel.row[later]),
            "detector": texts(np.full(len(later), DETECTOR, dtype=object)),
            "reason": texts(_reasons(panel, speaker_names(positions, panel, later), rows, tz)),
            "ruling": texts(outcome),
            "rivals": pd.Series(pd.arrays.IntegerArray(rows.rivals, ~unsure)),
            "mandate": texts(told_by(panel.mandates, panel.mandate[later])),
            "needs_review": pd.Series(flags_of(flagged(positions, record), rows.ruling)),
        }
    )
    return frame[list(CONTRACTS["reversals"])]


def _judged(rulings: Rulings, rows: ReversalRows) -> tuple[Texts, Texts]:
    """Return what was decided on each row, and its degree: that of the kind, or a ruled one where it is a change."""
    outcome, ruled = (told_by(column, rows.ruling) for column in (rulings.outcome, rulings.degree))
    as_ruled = np.isin(outcome, np.array(CHANGE, dtype=object)) & (ruled != None)  # noqa: E711 - elementwise
    return outcome, np.where(as_ruled, ruled, _DEGREES[rows.kind])


def _asked(kinds: Iterable[ReversalKind | str]) -> frozenset[ReversalKind]:
    wanted = [kinds] if isinstance(kinds, str) else list(kinds)
    known = [str(kind) for kind in ReversalKind]
    problems = [
        Problem(f"{kind!r} is not one of {', '.join(known)}{suggestion(str(kind), known)}", "kinds")
        for kind in wanted
        if str(kind) not in known
    ]
    if problems:
        raise DataError(problems)
    return frozenset(map(ReversalKind, wanted))


def speaker_names(positions: pd.DataFrame, panel: Panel, entries: Integers) -> list[str]:
    """Return what to call the speaker of each entry: the name where there is one, else the id."""
    ids: list[str] = panel.speakers[panel.speaker_of(entries)].tolist()
    if "speaker_name" not in positions:
        return ids
    names = positions["speaker_name"].take(panel.row[entries]).to_numpy(dtype=object).tolist()
    return [name if isinstance(name, str) and name else slug for name, slug in zip(names, ids, strict=True)]


def _reasons(panel: Panel, who: list[str], rows: ReversalRows, tz: str) -> Texts:
    start, stop, earlier, later = panel.start, panel.stop, rows.earlier, rows.later
    both = np.concatenate([earlier, later])
    when = reasons.say_moments(panel, both, tz)
    before, after = np.split(reasons.stance_words(panel.stance[both]) + " (" + when + ")", 2)
    sure = rows.kind != UNDETERMINED  # else nothing is said of the time between
    gaps = np.full(len(later), "", dtype=object)
    gaps[sure] = reasons.say_gaps((start[later] - stop[earlier])[sure], (stop[later] - start[earlier])[sure])
    kinds = [KINDS[code] for code in rows.kind.tolist()]
    nearer = np.isin(rows.found, rows.found[~sure]) & (rows.kind < 2)  # flips beside an undetermined row
    sentences = map(reasons.reversal_reason, kinds, who, before, after, gaps, nearer.tolist())
    return np.fromiter(sentences, dtype=object, count=len(kinds))


def _coders(positions: pd.DataFrame, earlier: Integers, later: Integers) -> Texts:
    """Return who judged both positions; each pair of coders is joined once."""
    if "coder" not in positions:
        return np.full(len(later), None, dtype=object)
    coded = FrameReader(positions, "positions").coded("coder", required=False)
    each = len(coded.words) + 1
    pairs, distinct = pd.factorize((coded.codes[earlier] + 1) * each + coded.codes[later] + 1)
    names = ["", *coded.words]
    joined = [_both(names[pair // each], names[pair % each]) for pair in distinct.tolist()]
    return np.array([*joined, None], dtype=object)[pairs]


def _both(first: str, second: str) -> str | None:
    if first == second:
        return first or None
    return "; ".join(sorted({*first.split("; "), *second.split("; ")} - {""}))


def _confidence(positions: pd.DataFrame, earlier: Integers, later: Integers) -> Series:
    reader = FrameReader(positions, "positions")
    confidence = reader.numbers("confidence")
    reader.done()
    return pd.Series(np.fmin(confidence[earlier], confidence[later]))
