"""Many events into one SQLite store: guards and the index of ids out of the way, and back before the transaction ends.

SQLite's schema is part of the transaction: no other connection ever sees the store without them, and whatever cuts the
transaction short leaves them in place. Knows nothing of events.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from flipflop.store.sql.kinds import KIND_NAMES
from flipflop.store.sql.tables import EVENT
from flipflop.store.sqlite import schema
from flipflop.store.sqlite.recorded_ids import Ids

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from flipflop.store.sql.engine import Sql

MOST_IDS = 4_000_000
"""Ids that are held in memory; a batch of more goes on with the index."""

_GUARDS = re.findall(r"CREATE TRIGGER (\w+)", schema.guards())
_INDEX = "event_by_id"


class Bulk:
    """One long batch. What it takes out of the way comes back as it was found."""

    def __init__(self, sql: Sql) -> None:
        self.sql = sql
        self._guards = [guard for name in _GUARDS for guard in self._taken_out("trigger", name)]
        self._index: list[str] = []
        self._ids: Ids | None = None
        self._outgrew = False

    def go_on(self, before: int, now: int) -> None:
        """Hold ids in memory from when there are half as many new events as there were before.

        From about there the index has cost as much time as it takes to read all ids, and to sort them in the end.
        """
        if not self._outgrew and 2 * (now - before) >= before and now <= MOST_IDS:
            self._outgrew = True
            self._hold_ids()

    def note(self, events: list[Any]) -> None:
        """Take notice of events that were inserted: the cells of their rows, one after the other."""
        if self._ids is not None:
            self._ids.add(zip(events[:: len(EVENT)], events[1 :: len(EVENT)], strict=True))
            if len(self._ids) > MOST_IDS:
                self._make_index()

    def find(self, ids: Collection[bytes]) -> dict[bytes, tuple[int, str]] | None:
        """Return seq and kind of those events that are recorded, by id; None where the index must say."""
        if self._ids is None:
            return None
        found: dict[bytes, tuple[int, str]] = {}
        for seq in self._ids.candidates(ids):
            event_id, kind = self.sql.execute("SELECT id, kind FROM event WHERE seq = ?", (seq,)).fetchone()
            found[event_id] = (seq, KIND_NAMES[kind])
        return found

    def end(self) -> None:
        """Put everything back."""
        self._make_index()
        for guard in self._guards:
            self.sql.execute(guard)

    def _hold_ids(self) -> None:
        try:
            self._index = self._taken_out("index", _INDEX)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_LOCKED:
                raise
            return  # the events come from a query of this very connection, which still needs its indexes
        self._ids = Ids()
        # What damage left of an id is that of no event: `verify` tells of it.
        whole = "typeof(id) = 'blob' AND length(id) = 16"
        self._ids.add(self.sql.execute(f"SELECT seq, id FROM event WHERE {whole}"))

    def _make_index(self) -> None:
        for index in self._index:
            self.sql.execute(index)
        self._index, self._ids = [], None

    def _taken_out(self, kind: str, name: str) -> list[str]:
        """Drop a trigger or an index, and return what makes it again; nothing where somebody took it out before."""
        query = "SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?"
        found = [definition for (definition,) in self.sql.execute(query, (kind, name))]
        for _ in found:
            self.sql.execute(f"DROP {kind} {name}")
        return found
