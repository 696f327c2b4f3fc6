"""Where in an SQLite file the bytes of a table's rows are (https://www.sqlite.org/fileformat2.html, section 1.6)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LEAVES, _INTERIORS = {10, 13}, {2, 5}
_TABLE_LEAF, _TABLE_INTERIOR = 13, 5


def bytes_of_rows(path: Path, table: str) -> list[int]:
    """Return the places of all bytes of the rows of a table: sizes, rowids and payload, on overflow pages too.

    The file must be whole, without a WAL beside it.
    """
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?"
        (root,) = connection.execute(query, (table,)).fetchone()
    return list(_Pages(path.read_bytes()).of_tree(root))


class _Pages:
    def __init__(self, file: bytes) -> None:
        self.file = file
        self.size = int.from_bytes(file[16:18], "big")
        assert file[20] == 0  # no bytes are reserved at the end of pages

    def of_tree(self, page: int) -> Iterator[int]:
        start = (page - 1) * self.size
        header = start + (100 if page == 1 else 0)
        kind = self.file[header]
        assert kind in _LEAVES | _INTERIORS
        pointers = header + (8 if kind in _LEAVES else 12)
        for number in range(self._number(header + 3, 2)):
            cell = start + self._number(pointers + 2 * number, 2)
            if kind in _INTERIORS:
                yield from self.of_tree(self._number(cell, 4))
            if kind != _TABLE_INTERIOR:
                yield from self._of_cell(cell if kind in _LEAVES else cell + 4, kind)
        if kind in _INTERIORS:
            yield from self.of_tree(self._number(header + 8, 4))

    def _of_cell(self, cell: int, kind: int) -> Iterator[int]:
        length, content = self._varint(cell)
        if kind == _TABLE_LEAF:
            _, content = self._varint(content)
        local = self._local(length, kind)
        yield from range(cell, content + local)
        left, following = length - local, content + local
        while left:
            page = self._number(following, 4)
            following = (page - 1) * self.size
            here = min(left, self.size - 4)
            yield from range(following + 4, following + 4 + here)
            left -= here

    def _local(self, length: int, kind: int) -> int:
        """How many bytes of a payload stand in the cell itself."""
        most = self.size - 35 if kind == _TABLE_LEAF else (self.size - 12) * 64 // 255 - 23
        if length <= most:
            return length
        least = (self.size - 12) * 32 // 255 - 23
        kept = least + (length - least) % (self.size - 4)
        return kept if kept <= most else least

    def _number(self, at: int, width: int) -> int:
        return int.from_bytes(self.file[at : at + width], "big")

    def _varint(self, at: int) -> tuple[int, int]:
        """A number of one to nine bytes, and where it ends (nine occur only in numbers larger than any here)."""
        value = 0
        for place in range(at, at + 8):
            value = value << 7 | self.file[place] & 0x7F
            if self.file[place] < 0x80:
                return value, place + 1
        raise AssertionError(at)
