"""Finds where two speakers' positions on one topic conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.detect import reasons
from flipflop.detect.kinds import ConflictKind, Order
from flipflop.detect.panel import STANCES, Panel
from flipflop.detect.relations import Relations
from flipflop.detect.reversals import speaker_names
from flipflop.detect.surrogates import Conflicts, joined, off_message, stranded, undercut
from flipflop.detect.voices import conflicting_accounts, different_voices
from flipflop.frames.contracts import CONTRACTS, moments, texts
from flipflop.frames.reading import NO_MOMENT, FrameReader
from flipflop.records import TopicKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.frames.reading import Integers, Texts

_STANCES = np.array([str(stance) for stance in STANCES], dtype=object)
_KINDS = tuple(ConflictKind)
_KIND_NAMES = np.array([str(kind) for kind in _KINDS], dtype=object)
_ORDERS = np.array([str(Order.CERTAIN), str(Order.UNKNOWN)], dtype=object)


def find_conflicts(
    positions: pd.DataFrame, speaks_for: pd.DataFrame, topics: pd.DataFrame, *, tz: str = "UTC"
) -> pd.DataFrame:
    """Return the pairs of speakers whose positions on one topic conflict. All are candidates.

    ``positions`` is as for ``find_reversals``; ``on_behalf_of`` and ``speaker_name`` are used where they are there.
    ``speaks_for`` has ``surrogate`` and ``principal``, and ``since`` and ``until`` where known (missing: open).
    ``topics`` has ``topic`` and ``kind``; a topic that is not listed counts as a proposal. Only positions that take a
    side count; mixed contradicts nobody. S speaks for P when the relation surely holds during all of S's moment. The
    *standing* position of a speaker at a moment is the reference as in ``find_reversals``; at the end of the record it
    is the one whose moment ended last.

    * ``stranded_surrogate``: when P flipped, S's standing position was on the side that P left. One row for each S, P,
      topic and flip. It ends with the first position of S on the other side that begins after S's own was over.
    * ``undercut``: P takes a side for the first time (by said_from, said_until, statement_id), S's standing position is
      on the other side, and no position of P on S's side is or may be earlier. It ends as above, or when P joins S.
    * ``off_message``: S takes the side opposite to P's standing position, and no position of P on S's side overlaps
      S's moment. Later statements of S like it open no new row until S or P has taken the other side: then this one
      ended.
    * ``conflicting_accounts``: on a topic of kind account, two speakers' standing positions at the end of the record
      are opposite, and neither speaks for the other. One row for each pair, which says nothing about who is right.
    * ``different_voice``: the same with standing positions on behalf of one organisation, on any topic; such a pair
      is not listed under ``conflicting_accounts`` again.

    In the first three kinds ``speaker`` is S and ``other`` is P; in the last two ``speaker`` comes before ``other``
    in the alphabet. ``earlier`` and ``later`` are in order of time, whoever spoke. ``order`` is ``certain`` but for
    pairs of the last two kinds whose moments overlap. ``since`` is when the later moment begins, in the last two kinds
    when both are over; ``until`` is when the moment begins that ended it (never before ``since``), NaT while it stands.
    ``reason`` tells clock times in ``tz``.

    Returns:
        Rows by since, speaker, other, topic, kind and ids; columns and dtypes as
        ``flipflop.frames.empty("conflicts")``, with a fresh index. The last two kinds list pairs, so their number can
        grow with the square of the number of speakers on a topic.

    Raises:
        DataError: frames that cannot be read: every problem of the first bad one, with its row.

    """
    panel = Panel.read(positions)
    relations = Relations.read(speaks_for, panel)
    mouths = different_voices(panel, relations, _codes(positions, "on_behalf_of", panel))
    accounts = conflicting_accounts(panel, relations, _accounts(topics, panel))
    parts = {
        ConflictKind.STRANDED_SURROGATE: stranded(panel, relations),
        ConflictKind.UNDERCUT: undercut(panel, relations),
        ConflictKind.OFF_MESSAGE: off_message(panel, relations),
        ConflictKind.CONFLICTING_ACCOUNTS: accounts.without(mouths),
        ConflictKind.DIFFERENT_VOICE: mouths,
    }
    kind = np.concatenate([np.full(len(parts[kind].since), code) for code, kind in enumerate(_KINDS)])
    return _frame(positions, panel, kind, joined([parts[kind] for kind in _KINDS]), tz)


def _codes(positions: pd.DataFrame, column: str, panel: Panel) -> Integers:
    """Return the column as codes for the panel's entries, -1 where missing."""
    if column not in positions:
        return np.full(len(panel), -1)
    return FrameReader(positions, "positions").coded(column, required=False).codes[panel.row]


def _accounts(topics: pd.DataFrame, panel: Panel) -> NDArray[np.bool_]:
    """Tell for each topic of the panel whether it is an account."""
    reader = FrameReader(topics, "topics")
    reader.require("topic", "kind")
    names = reader.names("topic")
    kinds = reader.words("kind", TopicKind, missing=TopicKind.PROPOSAL)
    reader.done()
    accounts = set(names[kinds == list(TopicKind).index(TopicKind.ACCOUNT)])
    return np.array([topic in accounts for topic in panel.topics], dtype=bool)


def _frame(positions: pd.DataFrame, panel: Panel, kind: Integers, found: Conflicts, tz: str) -> pd.DataFrame:
    mine = np.where(found.speaker == panel.speaker_of(found.earlier), found.earlier, found.later)
    theirs = np.where(mine == found.earlier, found.later, found.earlier)
    topic = panel.topic_of(found.earlier)
    order = np.lexsort((found.later, found.earlier, kind, topic, found.other, found.speaker, found.since))
    kind, mine, theirs, topic, found = kind[order], mine[order], theirs[order], topic[order], found.take(order)
    earlier, later = found.earlier, found.later
    reason = [
        reasons.conflict_reason(_KINDS[code], *words)
        for code, *words in zip(
            kind.tolist(),
            speaker_names(positions, panel, mine),
            _said(panel, mine, tz),
            speaker_names(positions, panel, theirs),
            _said(panel, theirs, tz),
            strict=True,
        )
    ]
    frame = pd.DataFrame(
        {
            "speaker": texts(panel.speakers[found.speaker]),
            "other": texts(panel.speakers[found.other]),
            "topic": texts(panel.topics[topic]),
            "kind": texts(_KIND_NAMES[kind]),
            "order": texts(_ORDERS[(panel.stop[earlier] > panel.start[later]).astype(np.int64)]),
            "earlier_id": texts(panel.ids[panel.row[earlier]]),
            "later_id": texts(panel.ids[panel.row[later]]),
            "earlier_stance": texts(_STANCES[panel.stance[earlier]]),
            "later_stance": texts(_STANCES[panel.stance[later]]),
            "since": moments(found.since),
            "until": moments(np.where(found.until == NO_MOMENT, NO_MOMENT, np.maximum(found.until, found.since))),
            "reason": texts(np.fromiter(reason, dtype=object, count=len(reason))),
        }
    )
    return frame[list(CONTRACTS["conflicts"])]


def _said(panel: Panel, entries: Integers, tz: str) -> Texts:
    when = reasons.say_moments(panel, entries, tz)
    said: Texts = reasons.stance_words(panel.stance[entries]) + " (" + when + ")"
    return said
