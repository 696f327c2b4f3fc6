"""Which events are recorded, found by their ids: nine bytes of memory each. Knows nothing of any database."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PARTS = Struct(">H3s")  # of an id: which list, and what stands there
_WIDTH = 7  # three bytes of an id, and four of its seq
_SEQ = Struct(">I")


class Ids:
    """Seqs by the first five bytes of ids; whoever asks must look at the ids of what is found.

    Two bytes choose a list, as hashes spread evenly, which is searched for the other three. A dict of ids takes ten
    times the memory, and an index that is kept sorted many times the time.
    """

    def __init__(self) -> None:
        self._lists = [bytearray() for _ in range(1 << 16)]
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Iterable[tuple[int, bytes | bytearray]]) -> None:
        """Take in seqs and ids."""
        lists, parts, pack = self._lists, _PARTS.unpack_from, _SEQ.pack
        for seq, event_id in rows:
            place, rest = parts(event_id)
            lists[place] += rest + pack(seq)
            self._count += 1

    def candidates(self, ids: Iterable[bytes]) -> Iterator[int]:
        """Yield the seqs that may be those of the ids: all that are, and, seldom, another."""
        lists, parts = self._lists, _PARTS.unpack_from
        for event_id in ids:
            which, rest = parts(event_id)
            found = lists[which]
            place = found.find(rest)
            while place >= 0:
                if place % _WIDTH == 0:
                    yield _SEQ.unpack_from(found, place + 3)[0]
                place = found.find(rest, place + 1)
