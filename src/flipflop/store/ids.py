"""Which events are recorded, found by their ids: sixteen bytes of memory each. Knows nothing of any database."""

from __future__ import annotations

from collections import defaultdict
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD, _REST = slice(0, 2), slice(2, 5)
_WIDTH = 7  # three bytes of an id, and four of its seq
_SEQ = Struct(">I")


class Ids:
    """Seqs by the first bytes of ids, which hashes spread evenly; whoever asks must look at the ids of what is found.

    A dict of ids takes ten times the memory; an index that is kept sorted takes many times the time.
    """

    def __init__(self) -> None:
        self._seqs: defaultdict[bytes, bytearray] = defaultdict(bytearray)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Take in seqs and ids."""
        seqs, pack = self._seqs, _SEQ.pack
        for seq, event_id in rows:
            held = seqs[event_id[_HEAD]]
            held += event_id[_REST] + pack(seq)
            self._count += 1

    def candidates(self, ids: Iterable[bytes]) -> Iterator[int]:
        """Yield the seqs that may be those of the ids: all that are, and, seldom, another."""
        seqs = self._seqs
        for event_id in ids:
            found, rest = seqs[event_id[_HEAD]], event_id[_REST]
            place = found.find(rest)
            while place >= 0:
                if place % _WIDTH == 0:
                    yield _SEQ.unpack_from(found, place + 3)[0]
                place = found.find(rest, place + 1)
