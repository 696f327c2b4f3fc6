"""What the store needs of a database, be it a file or a server: a connection, its transactions, its rows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from flipflop.errors import MissingExtraError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from flipflop.store.sql.columns import Cell
    from flipflop.store.sql.tables import Tables


class Rows(Protocol):
    """The rows that a query gives."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:  # noqa: ANN401  # cells: the door where values come in
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""


class Sql(Protocol):
    """Runs queries with ``?`` or ``?1`` where values go."""

    def execute(self, query: str, values: Sequence[Cell] = (), /) -> Rows:
        """Run one query."""

    def executemany(self, query: str, rows: Iterable[Sequence[Cell]], /) -> object:
        """Run one query for each row of values."""


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


def opened(where: str, *, create: bool, read_only: bool, timeout: float) -> Backend:
    """Return the store at a path or URL. Raises StoreError, and MissingExtraError for a URL without psycopg."""
    if not where.startswith(("postgresql://", "postgres://")):
        from flipflop.store.sqlite.connection import Database

        return Database(Path(where), create=create, read_only=read_only, timeout=timeout)
    try:
        import psycopg as _  # noqa: F401  # whether it is there
    except ImportError:  # psycopg, or the libpq that it needs, is missing
        raise MissingExtraError("a store on a PostgreSQL server", "postgres") from None
    from flipflop.store.postgres.connection import Server

    return Server(where, create=create, read_only=read_only, timeout=timeout)
