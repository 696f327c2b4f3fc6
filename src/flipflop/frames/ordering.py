"""Sorts by several keys where the last ones, texts, seldom decide. Arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from flipflop.frames.reading import Integers, Texts


def break_ties(order: Integers, by: Integers | Texts, *keys: Integers | Texts) -> Integers:
    """Return ``order``, which sorts ``keys``, with entries that are equal in all of them sorted by one more key.

    Where few are equal this is much faster than sorting by all keys.
    """
    same = np.ones(max(0, len(order) - 1), dtype=bool)
    for key in keys:
        in_order = key[order]
        same &= in_order[1:] == in_order[:-1]
    if not same.any():
        return order
    run = np.concatenate([[0], np.cumsum(~same)])
    tied = np.zeros(len(order), dtype=bool)
    tied[1:] |= same
    tied[:-1] |= same
    where = np.flatnonzero(tied)
    rank = by[order[where]]
    if rank.dtype == np.object_:
        rank = np.unique(rank, return_inverse=True)[1]
    settled = order.copy()
    settled[where] = order[where][np.lexsort((rank, run[where]))]
    return settled


def starts_of_runs(*keys: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Tell for each entry of sorted keys whether it differs in any of them from the one before."""
    first = np.ones(len(keys[0]), dtype=bool)
    if len(first):
        first[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return first
