"""Which of several rulings on a pair of statements counts: the one rule for detection, lists, pages and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flipflop.frames.reading import FrameReader
from flipflop.records.words import MODEL

if TYPE_CHECKING:
    import pandas as pd

    from flipflop.frames.reading import Integers

PAIR = ["earlier", "later", "topic"]
"""What a ruling is about: two statements on a topic."""


def latest_rulings(rulings: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that count: of each pair the latest ruling, with the columns and in the order of ``rulings``.

    The latest is the one with the last ``decided_at`` (``recorded_at`` where that is missing), of several the one with
    the last ``ruling_id``. A ruling without any moment counts as earlier than one with a moment, and what is equal
    until there goes by ``seq``, and then by the order of the rows.

    Raises:
        DataError: a column of the pair is missing, or a moment is none or has no zone.

    """
    reader = FrameReader(rulings, "rulings")
    reader.require(*PAIR)
    oldest_first = by_age(reader)
    reader.done()
    replaced = rulings[PAIR].iloc[oldest_first].duplicated(keep="last").to_numpy()
    return rulings.iloc[np.sort(oldest_first[~replaced])]


def set_aside(rulings: pd.DataFrame) -> dict[tuple[str, str], bool]:
    """Return the statements that rulings set aside, by id and topic, and whether one names it a jest or a quotation.

    Of each pair the latest ruling of a person counts; one that is to be looked at again sets nothing aside. One that
    names no end sets the later statement aside, without saying why.
    """
    by_people = latest_rulings(rulings[~rulings["by"].fillna("").str.startswith(MODEL)])
    reader = FrameReader(by_people, "rulings")
    told, again = [reader.texts(name) for name in (*PAIR, "outcome", "set_aside")], reader.flags("needs_review")
    reader.done()
    found: dict[tuple[str, str], bool] = {}
    for (earlier, later, topic, outcome, which), held_back in zip(zip(*told, strict=True), again, strict=True):
        ends = {"earlier": [earlier], "both": [earlier, later]}.get(which or "", [later])
        for end in ends if outcome == "no_reversal" and not held_back else []:
            found[end, topic] = found.get((end, topic), False) or bool(which)
    return found


def by_age(reader: FrameReader) -> Integers:
    """Return the places of the rows of a frame of rulings, the oldest ruling first."""
    made = reader.clock("decided_at", "recorded_at")
    seq = np.nan_to_num(reader.numbers("seq"), nan=-1)
    ids = np.unique([name or "" for name in reader.texts("ruling_id")], return_inverse=True)[1]
    return np.lexsort((seq, ids, made))
