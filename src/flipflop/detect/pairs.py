"""Pairs of statements of two speakers, as arrays. Knows nothing of how they were found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flipflop.detect.kinds import ConflictKind
from flipflop.detect.ruled import NONE
from flipflop.frames.reading import Instants, Integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

KINDS = tuple(ConflictKind)


class Conflicts(NamedTuple):
    """Pairs of entries of a panel; ``kind`` is the place in ``KINDS``, ``rivals`` 0 where nothing is summed up."""

    kind: Integers
    speaker: Integers
    other: Integers
    earlier: Integers
    later: Integers
    since: Instants
    until: Instants
    rivals: Integers
    ruling: Integers

    @classmethod
    def of(
        cls,
        kind: str,
        speaker: Integers,
        other: Integers,
        earlier: Integers,
        later: Integers,
        since: Instants,
        until: Instants,
    ) -> Conflicts:
        """Return pairs of one kind on which nobody has ruled."""
        same, nothing = np.full(len(since), KINDS.index(ConflictKind(kind))), np.zeros(len(since), dtype=np.int64)
        return cls(same, speaker, other, earlier, later, since, until, nothing, nothing + NONE)

    def take(self, places: Integers | NDArray[np.bool_]) -> Conflicts:
        """Return the pairs at these places."""
        return Conflicts(*(column[places] for column in self))


def joined(parts: Sequence[Conflicts]) -> Conflicts:
    """Return all parts in one."""
    return Conflicts(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
