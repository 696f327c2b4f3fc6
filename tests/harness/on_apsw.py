"""The store's own SQL on apsw, whose SQLite takes file systems written in Python: stdlib's ``sqlite3`` takes none.

What this replaces is ``sqlite3.connect``; pragmas, statements and their order are the store's.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from unittest.mock import patch

import apsw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row: TypeAlias = tuple[Any, ...]


class How(NamedTuple):
    """What may be set otherwise than a store does: how much is synced, and after how many pages the WAL is emptied."""

    synchronous: str = "FULL"
    checkpoint_every: int = 1000


class Cursor:
    """As much of ``sqlite3.Cursor`` as the store uses."""

    def __init__(self, cursor: apsw.Cursor) -> None:
        self._cursor = cursor
        self.lastrowid = cursor.connection.last_insert_rowid()

    def __iter__(self) -> Iterator[Row]:
        with _translated():
            yield from self._cursor

    def fetchone(self) -> Row | None:
        with _translated():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Row]:
        with _translated():
            return list(self._cursor.fetchall())


class Connection:
    """As much of ``sqlite3.Connection`` as the store uses."""

    def __init__(self, uri: str, timeout: float, vfs: str, how: How) -> None:
        flags = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        self._how = how
        with _translated():
            self._apsw = apsw.Connection(uri, flags=flags, vfs=vfs)
            self._apsw.set_busy_timeout(int(timeout * 1000))
            self._apsw.wal_autocheckpoint(how.checkpoint_every)

    @property
    def in_transaction(self) -> bool:
        return self._apsw.in_transaction

    def execute(self, sql: str, values: Iterable[Any] = ()) -> Cursor:
        sql = sql.replace("synchronous = FULL", f"synchronous = {self._how.synchronous}")
        with _translated():
            return Cursor(self._apsw.cursor().execute(sql, tuple(values)))

    def executemany(self, sql: str, rows: Iterable[Iterable[Any]]) -> Cursor:
        with _translated():
            return Cursor(self._apsw.cursor().executemany(sql, [tuple(row) for row in rows]))

    def executescript(self, script: str) -> Cursor:
        return self.execute(script)

    def close(self) -> None:
        with _translated():
            self._apsw.close()


_AS_IS = How()


@contextmanager
def _translated() -> Iterator[None]:
    """Raise what stdlib's ``sqlite3`` raises."""
    try:
        yield
    except apsw.ConstraintError as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise _coded(sqlite3.DatabaseError, error) from error
    except apsw.Error as error:
        raise _coded(sqlite3.OperationalError, error) from error


def _coded(kind: type[sqlite3.DatabaseError], error: apsw.Error) -> sqlite3.DatabaseError:
    translated = kind(str(error))
    translated.sqlite_errorcode = getattr(error, "extendedresult", apsw.SQLITE_ERROR)  # set where SQLite raised it
    return translated


@contextmanager
def stores_on(vfs: str, how: How = _AS_IS) -> Iterator[None]:
    """Open all stores inside the block on a file system of apsw's, by its name."""
    connect_really = sqlite3.connect

    def connect(where: str, *, uri: bool = False, timeout: float = 5, **more: Any) -> Connection | sqlite3.Connection:
        return Connection(where, timeout, vfs, how) if uri else connect_really(where, timeout=timeout, **more)

    with patch.object(sqlite3, "connect", connect):
        yield
