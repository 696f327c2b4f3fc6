"""The contract of an engine: what the store needs of a database, be it a file or a server.

An engine brings three things, and all that is true of the log (``log``), of its tables (``sql``) and of frames
(``frames``) then holds for it too:

* a ``Backend``: one connection, its transactions, and what becomes of the file or the schema as a whole;
* what runs its queries, as ``sql.engine.Sql`` says;
* its ``sql.tables.Tables``: the little that it says otherwise than the others, the checks that only it needs, and what
  steps aside for a long batch.

``sqlite`` and ``postgres`` are the two that there are.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from flipflop.errors import StoreError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flipflop.store.sql.engine import Sql
    from flipflop.store.sql.tables import Tables

APPLICATION_ID = 0x464C4950  # "FLIP"
"""What tells a store from a database of another program."""
VERSION = 3
"""The version of its schema."""


class Backend(Protocol):
    """One connection to one store. ``writable`` is False where it can only be read."""

    writable: bool

    @property
    def sql(self) -> Sql:
        """Runs queries."""

    @property
    def name(self) -> str:
        """Where the store is, as it may be shown: without secrets."""

    @property
    def path(self) -> Path:
        """The file. Raises StoreError where there is none."""

    def tables(self) -> Tables:
        """Return the tables of this connection."""

    def close(self) -> None:
        """Close the connection."""

    def told(self, what: str = "read") -> AbstractContextManager[None]:
        """Turn what the database reports into one StoreError; mistakes of ours keep their traceback."""

    def transaction(self, *, bulk: bool = False) -> AbstractContextManager[None]:
        """Wait for one's turn, then hold one transaction: all that happens inside is kept on leaving, or nothing is.

        ``bulk`` is for many events at once, whose references the caller has checked.
        """

    def changed(self) -> bool:
        """Tell, in a transaction, whether another connection may have written since this was asked last."""

    def undo(self) -> None:
        """Take back what the transaction did so far; leaving it then keeps nothing."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Read several tables as of one moment."""

    def copy(self, target: Path) -> None:
        """Copy the store, as of one moment, to a file. Raises StoreError where it is no file itself."""

    def grant(self, role: str, to: str) -> None:
        """Let a role of the server read, or read and append. Raises StoreError where there are none."""

    def scrub(self) -> str | None:
        """Erase the bytes of what was deleted; return what is in the way, None when it is done."""


def refuse_unusable(name: str, opened_by: int, *, closed: bool) -> None:
    """Raise StoreError for a store that was closed, and in a process that was forked after it was opened.

    Locks stay with the process that took them, so that what its child records would be lost when it closes the store.
    """
    if os.getpid() != opened_by:
        raise StoreError(f"{name} was opened before this process was forked: open it again in this one")
    if closed:
        raise StoreError(f"{name} was closed: open it again to go on")
