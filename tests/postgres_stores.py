"""Places for stores of the tests: new files, and databases on one server that are emptied and lent again."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import dict_row

import flipflop as ff
from flipflop.store.postgres.schema import DERIVED, LOG, guards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = ("fsync=off", "full_page_writes=off", "jit=off")
"""For tests of what a store says, which need no disk to hold it."""

_TABLES = (*LOG, *DERIVED, "coded", "setting", "export")
_GUARDS = [guard for guard in guards() if guard.when == "BEFORE TRUNCATE"]
_EMPTIED = (
    "SET search_path = flipflop; SET lock_timeout = '10s';"
    + "".join(f"ALTER TABLE {guard.table} DISABLE TRIGGER {guard.name};" for guard in _GUARDS)
    + f"TRUNCATE {', '.join(_TABLES)} RESTART IDENTITY;"
    + "".join(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name};" for guard in _GUARDS)
)


class Databases:
    """The databases of one server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._free: list[str] = []
        self._bare: list[str] = []
        self._numbers = count(1)

    def new(self) -> str:
        """Return the URL of a database that was just made, without a store."""
        name = f"store{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        return self.url.replace("@/postgres?", f"@/{name}?")

    @contextmanager
    def bare(self) -> Iterator[str]:
        """Give the URL of a database without a store, and take out of it what is there when the block ends."""
        url = self._bare.pop() if self._bare else self.new()
        yield url
        name = url.split("/")[3].split("?")[0]
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS flipflop, public CASCADE; CREATE SCHEMA public")
            connection.execute(
                f"ALTER DATABASE {name} RESET ALL; ALTER ROLE postgres IN DATABASE {name} RESET ALL".encode()
            )
        self._bare.append(url)

    @contextmanager
    def lent(self) -> Iterator[Callable[[], str]]:
        """Give the URLs of empty stores, which come back when the block ends."""
        taken: list[str] = []

        def fresh() -> str:
            url = self._free.pop() if self._free else self._made()
            taken.append(url)
            return url

        yield fresh
        for url in taken:
            emptied(url)
            self._free.append(url)

    def _made(self) -> str:
        url = self.new()
        ff.Store(url).close()
        return url


def emptied(where: str) -> str:
    """Take everything out of a store, as only the owner of the file or server can; return where it is."""
    if "://" not in where:
        Path(where).unlink(missing_ok=True)
        return where
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(_EMPTIED.encode())
    return where


def selected(where: str, query: str) -> list[dict[str, Any]]:
    """Return what a query finds in a store, as another program would ask."""
    if "://" not in where:
        with closing(sqlite3.connect(where)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]
    with psycopg.connect(where, options="-c search_path=flipflop", row_factory=dict_row) as server:
        return server.execute(query.encode()).fetchall()


def in_files(where: str) -> bytes:
    """Return all bytes of the files of a store; of a server, those of its database, not its WAL."""
    if "://" not in where:
        return Path(where).read_bytes()
    with psycopg.connect(where, autocommit=True) as server:
        server.execute("CHECKPOINT")
    query = (
        "SELECT current_setting('data_directory') AS folder, oid FROM pg_database WHERE datname = current_database()"
    )
    (found,) = selected(where, query)
    return b"".join(path.read_bytes() for path in Path(found["folder"], "base", str(found["oid"])).iterdir())
