"""The keys of words, remembered: a dict that asks the store for what it does not hold. Knows nothing of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.store.backend import Sql

WORDS_KEPT = 100_000
"""Words remembered at once: memory stays flat however many there are."""


class Keys(dict[str, int]):
    """The key of each word; one that is new is added to the store when its key is asked for."""

    def __init__(self, sql: Sql) -> None:
        super().__init__()
        self._sql = sql

    def __missing__(self, text: str) -> int:
        found = self.known(text)
        if found is None:
            (found,) = self._sql.execute("INSERT INTO word (text) VALUES (?) RETURNING key", (text,)).fetchone()
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[text] = found
        return int(found)

    def known(self, text: str) -> int | None:
        """Return the key of a word, None if it is not in the store."""
        row = self._sql.execute("SELECT key FROM word WHERE text = ?", (text,)).fetchone()
        return None if row is None else int(row[0])
