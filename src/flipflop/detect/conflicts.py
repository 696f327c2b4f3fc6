"""Finds where two speakers' positions on one topic conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.detect import reasons
from flipflop.detect.accounts import conflicting_accounts
from flipflop.detect.kinds import ConflictKind, Order
from flipflop.detect.pairs import KINDS, Conflicts, joined
from flipflop.detect.panel import STANCES, Panel
from flipflop.detect.relations import Relations
from flipflop.detect.reversals import speaker_names
from flipflop.detect.ruled import Rulings, latest_of, told_by
from flipflop.detect.second_look import flagged, flags_of
from flipflop.detect.settling import settle
from flipflop.detect.standing import StandingSide
from flipflop.detect.surrogates import Two, off_message, stranded, undercut
from flipflop.detect.voices import different_voices
from flipflop.frames.contracts import CONTRACTS, moments, texts
from flipflop.frames.reading import FrameReader
from flipflop.records import TopicKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.detect.settling import SettledRecord
    from flipflop.frames.reading import Integers, Texts

_STANCES = np.array([str(stance) for stance in STANCES], dtype=object)
_KIND_NAMES = np.array([str(kind) for kind in KINDS], dtype=object)
_ACCOUNTS = KINDS.index(ConflictKind.CONFLICTING_ACCOUNTS)
_ORDERS = np.array([str(Order.CERTAIN), str(Order.UNKNOWN)], dtype=object)


def find_conflicts(
    positions: pd.DataFrame,
    speaks_for: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    rulings: pd.DataFrame | None = None,
    tz: str = "UTC",
    pair_limit: int = 1000,
) -> pd.DataFrame:
    """Return the pairs of speakers whose positions on one topic conflict. All are candidates.

    ``positions`` is as for ``find_reversals``. ``speaks_for`` has ``surrogate`` and ``principal``, and where known
    ``since`` and ``until`` (from when and until when it surely holds; missing: open) and ``topics`` (slugs joined with
    ``"; "``; missing: all). ``topics`` has ``topic`` and ``kind``; a topic that is not listed counts as a proposal.
    ``rulings`` is a frame of rulings: what they set aside takes no part, and flips that they rule away or excuse leave
    nobody standing. Only positions that take a side count. S speaks for P at a moment that lies surely within one span.

    The *standing* side of a speaker, over all mandates, is that of the last committed position closed by then. Nothing
    stands once a mixed position has closed after it, nor where a position of the other side overlaps it, or has begun
    and not closed. What lies before a cut is not looked at once something after the cut has closed.

    * ``stranded_surrogate``: P flipped away from S's standing side; S spoke for P at both moments, and no position of S
      on the new side overlaps the flip. Until S's next position on that side or mixed, or P's next flip.
    * ``undercut``: P takes the side opposite to S's standing one, never having held that of S; one per statement of S.
    * ``off_message``: S takes the side opposite to P's standing one; one row an episode. ``ahead`` where P takes S's
      side later. These two and ``undercut`` end with the first statement at whose end both stand on one side.
    * ``conflicting_accounts``: on a topic of kind account, two speakers stand on opposite sides at the same instant,
      and neither speaks for the other at both statements. One row per pair of standing runs, until one of them ceases;
      past ``pair_limit`` pairs of a topic one row per speaker and run, with the number of its pairs in ``rivals``.
    * ``different_voice``: a flip between two persons in what was said on behalf of one organisation.

    In the kinds of surrogate and principal ``speaker`` is S and ``other`` is P, and the relation's end ends a row too.
    In accounts ``speaker`` comes before ``other`` in the alphabet (in a summed row: is whose row it is), ``earlier`` is
    the speaker's and ``order`` is unknown; else earlier is before later. ``ruling`` is the latest ruling on any pair of
    the same two runs, ``needs_review`` whether it is to be looked at again. ``reason`` tells clock times in ``tz``.

    Returns:
        Rows by since, speaker, other, topic, kind and ids; columns and dtypes as
        ``flipflop.frames.empty("conflicts")``, with a fresh index.

    Raises:
        DataError: frames that cannot be read: every problem of the first bad one, with its row.

    """
    panel = Panel.read(positions)
    spokes, accounts = Relations.read(speaks_for, panel), _accounts(topics, panel)
    record = settle(panel, Rulings.read(rulings, positions, panel))
    return _frame(positions, record, find_pairs(record, spokes, accounts, pair_limit), tz)


def find_pairs(record: SettledRecord, relations: Relations, accounts: NDArray[np.bool_], pair_limit: int) -> Conflicts:
    """Return the pairs of all kinds, with the rulings on them, in no particular order."""
    panel = record.whole
    related = np.zeros(len(panel.speakers) + 1, dtype=bool)
    related[np.concatenate([relations.surrogate, relations.principal])] = True
    entries = np.flatnonzero(record.live)
    of_two = related[panel.speaker_of(entries)]
    asked = of_two | (accounts[panel.topic_of(entries)] if len(entries) else of_two)
    standing = StandingSide(record, entries[asked])
    two = Two(record, relations, standing, entries[of_two])
    found = joined([stranded(two), undercut(two), *off_message(two)])
    found = found._replace(ruling=_ruled(record, found))
    across = conflicting_accounts(record, relations, standing, accounts, pair_limit)
    return joined([found, across, different_voices(record)])


def _ruled(record: SettledRecord, found: Conflicts) -> Integers:
    """Return the latest ruling on any pair of the same two runs as each pair's, -1 where there is none."""
    left, rulings = record.left, record.rulings
    run = np.full(len(record.whole), -1)
    run[left.entry] = left.flips.run(left.panel, np.arange(len(left.entry)))
    width = int(run.max(initial=0)) + 1
    own = rulings.of_two
    earlier, later = rulings.earlier[own], rulings.later[own]
    panel = record.whole
    kept = record.live[earlier] & record.live[later] & (panel.sign[earlier] != 0) & (panel.sign[later] != 0)
    kept &= (panel.speaker_of(earlier) != panel.speaker_of(later)) & (panel.stop[earlier] <= panel.start[later])
    known = run[earlier[kept]] * width + run[later[kept]]
    return latest_of(known, own[kept], run[found.earlier] * width + run[found.later])


def _accounts(topics: pd.DataFrame, panel: Panel) -> NDArray[np.bool_]:
    """Tell for each topic of the panel whether it is an account."""
    reader = FrameReader(topics, "topics")
    reader.require("topic", "kind")
    names = reader.names("topic")
    kinds = reader.words("kind", TopicKind, missing=TopicKind.PROPOSAL)
    reader.done()
    accounts = set(names[kinds == list(TopicKind).index(TopicKind.ACCOUNT)])
    return np.array([topic in accounts for topic in panel.topics], dtype=bool)


def _frame(positions: pd.DataFrame, record: SettledRecord, found: Conflicts, tz: str) -> pd.DataFrame:
    panel, topic = record.whole, record.whole.topic_of(found.earlier)
    order = np.lexsort((found.later, found.earlier, found.kind, topic, found.other, found.speaker, found.since))
    found, topic = found.take(order), topic[order]
    earlier, later = found.earlier, found.later
    frame = pd.DataFrame(
        {
            "speaker": texts(panel.speakers[found.speaker]),
            "other": texts(panel.speakers[found.other]),
            "topic": texts(panel.topics[topic]),
            "kind": texts(_KIND_NAMES[found.kind]),
            "order": texts(_ORDERS[(found.kind == _ACCOUNTS).astype(np.int64)]),
            "earlier_id": texts(panel.ids[panel.row[earlier]]),
            "later_id": texts(panel.ids[panel.row[later]]),
            "earlier_stance": texts(_STANCES[panel.stance[earlier]]),
            "later_stance": texts(_STANCES[panel.stance[later]]),
            "since": moments(found.since),
            "until": moments(found.until),
            "reason": texts(_reasons(positions, panel, found, tz)),
            "rivals": pd.Series(pd.arrays.IntegerArray(found.rivals, found.rivals == 0)),
            "ruling": texts(told_by(record.rulings.outcome, found.ruling)),
            "needs_review": pd.Series(flags_of(flagged(positions, record), found.ruling)),
        }
    )
    return frame[list(CONTRACTS["conflicts"])]


def _reasons(positions: pd.DataFrame, panel: Panel, found: Conflicts, tz: str) -> Texts:
    mine = np.where(found.speaker == panel.speaker_of(found.earlier), found.earlier, found.later)
    theirs = np.where(mine == found.earlier, found.later, found.earlier)
    sentences = [
        reasons.conflict_reason(KINDS[code], *words)
        for code, *words in zip(
            found.kind.tolist(),
            speaker_names(positions, panel, mine),
            _said(panel, mine, tz),
            speaker_names(positions, panel, theirs),
            _said(panel, theirs, tz),
            strict=True,
        )
    ]
    return np.fromiter(sentences, dtype=object, count=len(sentences))


def _said(panel: Panel, entries: Integers, tz: str) -> Texts:
    when = reasons.say_moments(panel, entries, tz)
    said: Texts = reasons.stance_words(panel.stance[entries]) + " (" + when + ")"
    return said
