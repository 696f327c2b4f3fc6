"""Joins arrays of codes. Knows nothing of what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from flipflop.frames.reading import Integers


def join(left: Integers, right: Integers) -> tuple[Integers, Integers]:
    """Return the places of all pairs of equal values; by the place in ``left``, then by that in ``right``."""
    order = np.argsort(right, kind="stable")
    begin = np.searchsorted(right[order], left, side="left")
    size = np.searchsorted(right[order], left, side="right") - begin
    at = np.repeat(np.arange(len(left)), size)
    offset = np.arange(len(at)) - np.repeat(np.cumsum(size) - size, size)
    return at, order[begin[at] + offset]
