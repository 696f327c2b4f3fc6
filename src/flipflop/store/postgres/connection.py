"""A store on a PostgreSQL server: connecting, making, refusing, migrating, and one transaction at a time.

Imports psycopg: only ever imported for a store that is named by a URL.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, nullcontext
from time import monotonic, sleep
from typing import TYPE_CHECKING

import psycopg
from psycopg import errors, sql

from flipflop.errors import DataError, StoreError
from flipflop.store import backend
from flipflop.store.backend import refuse_unusable
from flipflop.store.postgres import schema as pg_schema
from flipflop.store.postgres.tables import ServerSql, ServerTables
from flipflop.store.postgres.url import read_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONNECT_SECONDS = 10
"""How long to wait for a server, unless the URL or the environment says."""

# A temporary table never hides ours; a writer whose machine is gone is noticed within minutes, not hours.
_SESSION = """
SELECT set_config('search_path', 'flipflop, pg_temp', false), set_config('tcp_keepalives_idle', '30', false),
  set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false),
  CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END
"""
_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_STATE = """
SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),
  to_regnamespace('flipflop') IS NOT NULL,
  EXISTS (SELECT FROM pg_class WHERE relname = 'version' AND relnamespace = to_regnamespace('flipflop')),
  coalesce(has_schema_privilege(to_regnamespace('flipflop')::oid, 'USAGE'), true)
"""
# What befalls a server or a connection; of all that psycopg raises, the rest is a mistake of ours.
_TOLD = (
    psycopg.OperationalError,
    errors.InsufficientPrivilege,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
    errors.DataCorrupted,
    errors.IndexCorrupted,
    errors.UniqueViolation,  # what this program writes is looked for first: somebody's own rows are in its way
)
_SCRUBBING = 5.0
"""Seconds that a redaction waits for a session that reads: whoever wants to write waits behind it meanwhile."""
_BETWEEN = 0.2
"""Seconds between two looks whether the rows that a reader still saw may go now."""
_MAY_WRITE = "SELECT has_table_privilege('event', 'INSERT') AND NOT pg_is_in_recovery()"
_RECORDERS = """
SELECT DISTINCT grantee FROM information_schema.role_table_grants
WHERE table_schema = 'flipflop' AND table_name = 'event' AND privilege_type = 'INSERT' AND grantee <> current_user
"""
_OWNS = "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('flipflop.event')"


class Server:
    """One connection to one store: the schema ``flipflop`` of a database."""

    def __init__(self, url: str, *, create: bool, read_only: bool, timeout: float) -> None:
        self._address = read_address(url)
        self.timeout = timeout
        self.writable = not read_only
        self._process = os.getpid()
        self._closed = False
        self._connection = self._connect()
        self.sql = ServerSql(self._connection, psycopg.RawCursor)
        try:
            with self.told("open"):
                self.sql.execute(_SESSION)
                self._prepare(create=create and not read_only)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Where the store is, as it may be shown: without secrets."""
        return self._address.name

    @property
    def path(self) -> Path:
        """There is none. Raises StoreError with the way out."""
        raise StoreError(
            f"{self.name} is on a server, it is no file: pg_dump backs it up, and `flipflop export` writes its log"
        )

    def tables(self) -> ServerTables:
        """Return the tables of this connection."""
        return ServerTables(self.sql)

    def close(self) -> None:
        """Close the connection."""
        self._closed = True
        self._connection.close()

    def _refuse_unusable(self) -> None:
        refuse_unusable(self.name, self._process, closed=self._closed)

    @contextmanager
    def told(self, what: str = "read") -> Iterator[None]:
        """Turn what the server reports into one StoreError; mistakes of ours keep their traceback."""
        self._refuse_unusable()
        try:
            yield
        except _TOLD as error:
            self._refuse_unusable()  # closed since, while somebody went through its log
            raise StoreError(f"cannot {what} {self.name}: {self._explained(error)}") from error

    @contextmanager
    def transaction(self, *, bulk: bool = False) -> Iterator[None]:  # noqa: ARG002 -- a server goes on checking
        """Wait for one's turn, then hold one transaction: all that happens inside is kept on leaving, or nothing is.

        The lock comes before anything is read, and each statement of READ COMMITTED sees what was committed before it:
        what a writer reads is what the writers before it left.
        """
        if not self.writable:
            raise StoreError(
                f"{self.name} can only be read (the role, the server, or how it was opened): nothing was recorded"
            )
        if self._in_transaction():
            raise StoreError(f"{self.name}: an append is going on already; take the events out of it before recording")
        with self.told("write to"), self._one(_WRITING):
            self._take_turn()
            yield

    def changed(self) -> bool:
        """Tell that another connection may have written: a server does not say."""
        return True

    def undo(self) -> None:
        """Take back what the transaction did so far; leaving it then keeps nothing."""
        self.sql.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several tables as of one moment."""
        with self.told(), nullcontext() if self._in_transaction() else self._one(_READING):
            yield

    def copy(self, target: Path) -> None:
        """There is no file to copy. Raises StoreError with the way out."""
        raise StoreError(f"no {target} from {self.path}")

    def scrub(self) -> str | None:
        """Write the tables anew without what was deleted; return what is in the way, None when it is done.

        The server keeps deleted rows for whoever still reads an older state, if only its own analysis of a table that
        just grew: for these it is tried again, for as long as another session is waited for.
        """
        with self.told("erase from"):
            (owns,) = self.sql.execute(_OWNS).fetchone() or (False,)
            if not owns:
                return "only the owner of the store can erase its bytes: have the owner open it once for writing"
            patience = min(self.timeout, _SCRUBBING)
            self.sql.execute("SELECT set_config('lock_timeout', $1, false)", (str(int(patience * 1000)),))
            until = monotonic() + patience
            try:
                for table in (*pg_schema.LOG[2:], *pg_schema.DERIVED, "coded"):
                    while self._keeps_rows(table):
                        if monotonic() > until:
                            return (
                                "another session still sees an older state: its bytes stay until it ends and the "
                                "store is opened again"
                            )
                        sleep(_BETWEEN)
            except errors.LockNotAvailable:
                return "another session is using the store: its bytes stay until the store is opened again without it"
            finally:
                self.sql.execute("SELECT set_config('lock_timeout', '0', false)")
        return None

    def _keeps_rows(self, table: str) -> bool:
        """Write a table anew; tell whether the server says that it had to keep deleted rows."""
        kept: list[str] = []

        def told(notice: psycopg.errors.Diagnostic) -> None:
            kept.extend(re.findall(r"\d+", notice.message_detail or "")[:1])

        self._connection.add_notice_handler(told)
        try:
            self.sql.execute(f"VACUUM (FULL, VERBOSE) {table}")
        finally:
            self._connection.remove_notice_handler(told)
        return any(map(int, kept))

    def grant(self, role: str, to: str) -> None:
        """Let a role of the server read, or read and append. Raises StoreError where there is no such role."""
        if role not in pg_schema.ROLES:
            raise DataError(f"{role!r} is not one of {', '.join(pg_schema.ROLES)}")
        with self.told("grant rights on"):
            try:
                self._run(pg_schema.grants(role, sql.Identifier(to).as_string(self._connection)))
            except errors.UndefinedObject:
                raise StoreError(f"there is no role {to!r} on the server: CREATE ROLE makes one") from None

    # Helpers

    def _connect(self) -> psycopg.Connection:
        given = {"application_name": "flipflop", "connect_timeout": CONNECT_SECONDS, **self._address.parameters}
        if "PGCONNECT_TIMEOUT" in os.environ and "connect_timeout" not in self._address.parameters:
            del given["connect_timeout"]
        try:
            return psycopg.connect(**{**given, "client_encoding": "utf8"}, autocommit=True)  # type: ignore[arg-type]  # libpq's parameters are texts
        except psycopg.Error as error:
            raise StoreError(f"cannot open {self.name}: {self._explained(error)}") from None

    def _explained(self, error: psycopg.Error) -> str:
        """What the server says in one line, without secrets, and the way out where there is one."""
        said = self._address.without_secrets(" ".join((error.diag.message_primary or str(error)).split()))
        if isinstance(error, errors.LockNotAvailable):
            return (
                f"another program has been writing for {self.timeout:g} seconds: nothing was recorded; "
                "try again when it is done"
            )
        if isinstance(error, errors.InsufficientPrivilege):
            return f"{said}; its owner may do this, or grant it with: flipflop init --grant-recorder ROLE"
        if isinstance(error, errors.DiskFull):
            return f"{said}; make room on the server and try again"
        if isinstance(error, errors.UniqueViolation):
            return f"{said}; a row that this program did not write is in the way: have the owner of the store look"
        if self._is_lost():
            return f"{said}; record it again when the server is back: what it has kept is skipped"
        return said

    def _is_lost(self) -> bool:
        connection: psycopg.Connection | None = getattr(self, "_connection", None)
        return connection is not None and (connection.closed or connection.broken)

    def _in_transaction(self) -> bool:
        status = self._connection.info.transaction_status
        return status not in (psycopg.pq.TransactionStatus.IDLE, psycopg.pq.TransactionStatus.UNKNOWN)

    def _milliseconds(self) -> str:
        return str(max(1, int(self.timeout * 1000)))

    @contextmanager
    def _one(self, begin: str) -> Iterator[None]:
        """One transaction, kept on leaving unless something is raised, or undone inside."""
        self.sql.execute(begin)
        try:
            yield
            if self._in_transaction():
                self.sql.execute("COMMIT")
        finally:
            if self._in_transaction():
                self.sql.execute("ROLLBACK")

    def _take_turn(self) -> None:
        """Wait in the server's queue. Only who may write can stand in it, so that no reader holds anybody up."""
        self.sql.execute("SELECT set_config('lock_timeout', $1, true)", (self._milliseconds(),))
        self.sql.execute("LOCK TABLE turn IN EXCLUSIVE MODE")

    def _prepare(self, *, create: bool) -> None:
        """Refuse what is no store of ours; make one where there is none; bring an older one up to date."""
        number, encoding, there, ours, usable = self.sql.execute(_STATE).fetchone() or ()
        if number < pg_schema.MINIMUM_SERVER:
            raise StoreError(f"flipflop needs PostgreSQL 13 or later; {self.name} is {number // 10000}")
        if encoding != "UTF8":
            raise StoreError(
                f"{self.name} has the encoding {encoding}, a store needs UTF8: CREATE DATABASE … ENCODING 'UTF8'"
            )
        if not usable:
            raise StoreError(
                f"this role may not read {self.name}; its owner can say: flipflop init --grant-reader ROLE"
            )
        if there and not ours:
            raise StoreError(f"{self.name} has a schema {pg_schema.SCHEMA} that is not ours; left as it was")
        if not there:
            if not create:
                raise StoreError(f"there is no store at {self.name}; make one with: flipflop init -s URL")
            self._create()
        self._check_version()
        if self.writable:
            (self.writable,) = self.sql.execute(_MAY_WRITE).fetchone() or (False,)

    def _create(self) -> None:
        """Make an empty store: all of it, or nothing."""
        with self._changing():
            (there,) = self.sql.execute("SELECT to_regnamespace('flipflop') IS NOT NULL").fetchone() or (False,)
            if not there:  # no other program was faster
                self._run(pg_schema.creation())

    def _check_version(self) -> None:
        found = self._version()
        if found > backend.VERSION:
            raise StoreError(
                f"{self.name} was written by a newer flipflop (schema {found}; this one knows {backend.VERSION}): "
                "upgrade with: pip install -U flipflop-timeline"
            )
        if found < backend.VERSION:
            if not self.writable:
                raise StoreError(
                    f"{self.name} has an older schema ({found}): its owner brings it up to date by opening it"
                )
            with self._changing():
                self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        """Take the steps to this version, work out what follows from the log, and let recorders go on as before."""
        from flipflop.store.log.rebuild import rebuild

        version = self._version()
        for step in range(version, backend.VERSION):
            self._run(pg_schema.MIGRATIONS[step])
            self.sql.execute("INSERT INTO version (version) VALUES (?)", (step + 1,))
        if version < backend.VERSION:
            rebuild(self.tables())
            for (name,) in self.sql.execute(_RECORDERS).fetchall():
                self._run(pg_schema.grants("recorder", sql.Identifier(name).as_string(self._connection)))

    def _version(self) -> int:
        (found,) = self.sql.execute("SELECT coalesce(max(version), 0) FROM version").fetchone() or (0,)
        return int(found)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction that changes the schema; programs that want to do the same wait for each other."""
        with self._one(_WRITING):
            self.sql.execute("SELECT pg_advisory_xact_lock(?)", (backend.APPLICATION_ID,))
            yield

    def _run(self, script: str) -> None:
        """Run several statements at once, which the server does in one transaction."""
        self._connection.execute(script.encode())
