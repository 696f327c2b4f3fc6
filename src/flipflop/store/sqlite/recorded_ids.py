"""Which events are recorded, found by their ids: six bytes of memory each. Knows nothing of any database."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PARTS = Struct(">H2s")  # of an id: which list, and what stands there
_LISTS = 1 << 15
_SEQ = Struct(">I")
_WIDTH = 5  # two bytes of an id, and the last three of its seq


class Ids:
    """Seqs, below 2^24, by the last 31 of the first 32 bits of ids; whoever asks must look at the ids of what is found.

    15 bits choose a list, as hashes spread evenly, which is searched for the other 16. A dict of ids takes fifteen
    times the memory, and an index that is kept sorted many times the time.
    """

    def __init__(self) -> None:
        self._lists = [bytearray() for _ in range(_LISTS)]
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Iterable[tuple[int, bytes | bytearray]]) -> None:
        """Take in seqs and ids."""
        lists, parts, pack = self._lists, _PARTS.unpack_from, _SEQ.pack
        for seq, event_id in rows:
            place, rest = parts(event_id)
            lists[place % _LISTS] += rest + pack(seq)[1:]
            self._count += 1

    def candidates(self, ids: Iterable[bytes]) -> Iterator[int]:
        """Yield the seqs that may be those of the ids: all that are, and, seldom, another."""
        lists, parts = self._lists, _PARTS.unpack_from
        for event_id in ids:
            which, rest = parts(event_id)
            found = lists[which % _LISTS]
            place = found.find(rest)
            while place >= 0:
                if place % _WIDTH == 0:
                    yield int.from_bytes(found[place + 2 : place + _WIDTH])
                place = found.find(rest, place + 1)
