"""What a log export names without its body, and what of the export cannot be recorded elsewhere for that reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from flipflop.errors import StoreError
from flipflop.records.words import is_hash
from flipflop.store.log.append import references

if TYPE_CHECKING:
    from flipflop.errors import Problem
    from flipflop.records import Event
    from flipflop.store import Store
    from flipflop.text.rows import Row


def is_redacted(row: Row | Problem) -> TypeGuard[Row]:
    """Tell whether a line of a log export stands for an event without its body."""
    return type(row) is dict and row.get("redacted") is True


class RedactedElsewhere:
    """Events of a file that were redacted where it was written, and that the store does not have either."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.ids: set[str] = set()

    def note(self, row: Row) -> None:
        """Take note of a line without a body. Where the store has the event, all that is about it has its place."""
        event_id = row.get("hash")
        if isinstance(event_id, str) and is_hash(event_id):
            try:
                self._store.get(event_id)
            except StoreError:
                self.ids.add(event_id)

    def is_needed_by(self, event: Event) -> bool:
        """Tell whether an event refers to one of them, or to one that does."""
        if self.ids.isdisjoint(references(event)):
            return False
        self.ids.add(event.hash)
        return True
