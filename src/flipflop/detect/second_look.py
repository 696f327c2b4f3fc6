"""Tells which rulings are to be looked at again, for what came or was mended after them. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flipflop.detect.ruled import CHANGE, latest_of
from flipflop.frames.reading import FrameReader

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from flipflop.detect.ruled import Rulings
    from flipflop.detect.settling import SettledRecord
    from flipflop.frames.reading import Integers


def flagged(positions: pd.DataFrame, record: SettledRecord) -> NDArray[np.bool_]:
    """Tell of each ruling whether it is flagged: as its frame says, by new evidence, or by another ruling."""
    if not len(record.rulings):
        return record.rulings.review
    return record.rulings.review | _new_evidence(positions, record.rulings) | _overruled(record)


def flags_of(flags: NDArray[np.bool_], ruling: Integers) -> NDArray[np.bool_]:
    """Tell of each row, by its ruling or -1, whether that is flagged."""
    return np.append(flags, False)[ruling]


def _new_evidence(positions: pd.DataFrame, rulings: Rulings) -> NDArray[np.bool_]:
    """Tell where a statement of either speaker, recorded after the ruling, lies between its ends or overlaps one."""
    found = np.zeros(len(rulings), dtype=bool)
    if "recorded_at" not in positions:
        return found
    reader = FrameReader(positions, "positions")
    speaker, topic = reader.coded("speaker"), reader.coded("topic")
    start, stop = reader.interval()
    recorded = reader.instants("recorded_at")
    reader.done()
    person = speaker.codes * len(topic.words) + topic.codes
    late = np.flatnonzero(recorded > rulings.since.min())
    late = late[np.argsort(person[late], kind="stable")]
    one, other = rulings.earlier_row, rulings.later_row
    for who in (one, other):
        begin, end = (np.searchsorted(person[late], person[who], side=side) for side in ("left", "right"))
        ruling = np.repeat(np.arange(len(rulings)), end - begin)
        offset = np.arange(len(ruling)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
        new = late[np.repeat(begin, end - begin) + offset]
        first, last = one[ruling], other[ruling]
        near = (stop[first] <= start[new]) & (stop[new] <= start[last])
        for moment in (first, last):
            near |= (start[new] < stop[moment]) & (start[moment] < stop[new])
        near &= (recorded[new] > rulings.since[ruling]) & (new != first) & (new != last)
        found[ruling[near]] = True
    return found


def _overruled(record: SettledRecord) -> NDArray[np.bool_]:
    """Tell which rulings stand as a change though another one sets an end of theirs aside."""
    rulings = record.rulings
    places = np.arange(len(rulings))
    pair = rulings.earlier_row * (int(rulings.later_row.max()) + 1) + rulings.later_row
    stands = latest_of(pair, places, pair) == places
    aside = np.append(~record.live, False)
    ended = aside[rulings.earlier] | aside[rulings.later]
    overruled: NDArray[np.bool_] = ended & stands & np.isin(rulings.outcome, CHANGE)
    return overruled
