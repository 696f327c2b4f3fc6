"""The SQLite file: opening, making, refusing, and one transaction at a time. Knows nothing of events."""

from __future__ import annotations

import os
import sqlite3
from _thread import get_ident
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from flipflop.errors import StoreError, install_command
from flipflop.store import backend
from flipflop.store.backend import refuse_unusable
from flipflop.store.sqlite.lock import FileLock
from flipflop.store.sqlite.tables import FileTables
from flipflop.text.unfinished import sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

MINIMUM_SQLITE = (3, 37, 0)  # STRICT tables

_PRAGMAS = """
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA threads = 2;
"""


_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


class Database:
    """One connection to one store file. ``writable`` is False when it was opened for reading."""

    def __init__(self, path: Path, *, create: bool, read_only: bool, timeout: float) -> None:
        if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
            needed = ".".join(map(str, MINIMUM_SQLITE))
            raise StoreError(f"flipflop needs SQLite {needed} or later; this Python has {sqlite3.sqlite_version}")
        self._given = path
        self._named = path.absolute()  # a program may go to another directory
        self.path = Path(os.path.realpath(path))  # what lies beside a store lies beside the file, not beside a link
        self.timeout = timeout
        self.writable = not read_only
        self._process, self._thread = os.getpid(), get_ident()
        self._closed = False
        self._version: int | None = None
        self.lock = FileLock(Path(f"{self.path}.lock"))
        with self.on_disk("open"):
            if _is_missing(self.path):
                if read_only or not create:
                    raise StoreError(f"there is no store at {path}; make one with: flipflop init -s {path}")
                self._create()
            try:
                self.sql = self._open()
            except StoreError:
                if read_only or not create or not _is_missing(self.path):
                    raise
                self._create()  # a crash had cut its making short, and opening has just taken that back
                self.sql = self._open()
            self._file = _identity(self._named)
            try:
                self._check()
            except BaseException:
                self.close()
                raise

    @property
    def name(self) -> str:
        """Where the store is, as it may be shown."""
        return str(self._given)

    def tables(self) -> FileTables:
        """Return the tables of this connection."""
        return FileTables(self.sql)

    def close(self) -> None:
        """Close the connection and the lock file."""
        self._refuse_other_thread()
        self._closed = True
        self.sql.close()
        self.lock.close()

    def _refuse_unusable(self) -> None:
        """Raise StoreError where SQLite would not serve us: that is no mistake of ours, but of who holds the store."""
        refuse_unusable(self.name, self._process, closed=self._closed)
        self._refuse_other_thread()

    def _refuse_other_thread(self) -> None:
        if get_ident() != self._thread:
            raise StoreError(f"{self.name} was opened in another thread: open it again in this one")

    @contextmanager
    def told(self, what: str = "read") -> Iterator[None]:
        """Turn what SQLite reports into one StoreError; mistakes of ours keep their traceback."""
        self._refuse_unusable()
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._refuse_unusable()  # closed since, while somebody went through its log
            if type(error) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
                raise
            raise StoreError(f"cannot {what} {self.name}: {_explained(error)}") from error
        except UnicodeDecodeError as error:  # from sqlite3, whose message quotes a damaged schema
            if what != "open":
                raise
            raise StoreError(f"cannot open {self.name}: the file is damaged: restore a backup") from error

    @contextmanager
    def on_disk(self, what: str) -> Iterator[None]:
        """Do the same for what the operating system reports; not around events of a caller: its errors are its own."""
        try:
            with self.told(what):
                yield
        except OSError as error:
            raise StoreError(f"cannot {what} {self.name}: {error.strerror or error}") from error

    @contextmanager
    def transaction(self, *, bulk: bool = False) -> Iterator[None]:
        """Hold the lock and one transaction: all that happens inside is kept on leaving, or nothing is.

        ``bulk`` does without the foreign keys: for who has seen to it already that they hold.
        """
        if not self.writable:
            barred = self._barred()
            why = "the file, its disk, or how it was opened" if barred is None else f"you may not write {barred}"
            raise StoreError(f"{self.name} can only be read ({why}): nothing was recorded")
        self._refuse_unusable()
        if self.sql.in_transaction:
            raise StoreError(f"{self.name}: an append is going on already; take the events out of it before recording")
        with self.told("write to"):
            self._take_turn()
            try:
                self._refuse_replaced()
                with self._without_foreign_keys() if bulk else nullcontext():
                    self.sql.execute("BEGIN IMMEDIATE")
                    try:
                        yield
                        if self.sql.in_transaction:
                            self.sql.execute("COMMIT")
                    finally:
                        if self.sql.in_transaction:
                            self.sql.execute("ROLLBACK")
            finally:
                self.lock.release()

    @contextmanager
    def _without_foreign_keys(self) -> Iterator[None]:
        """Switch them off around a transaction: inside one that cannot be done."""
        self.sql.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            self.sql.execute("PRAGMA foreign_keys = ON")

    def _take_turn(self) -> None:
        try:
            self.lock.acquire(self.timeout)
        except OSError as error:
            raise StoreError(f"cannot write to {self.name}: {error.strerror or error} ({self.lock.path})") from error

    def _refuse_replaced(self) -> None:
        """Raise StoreError where the path no longer leads to the file that was opened: what is written is lost."""
        if _identity(self._named) != self._file:
            raise StoreError(
                f"{self.name} was replaced or taken away since it was opened (by a restore?): nothing was recorded; "
                "open it again"
            )

    def changed(self) -> bool:
        """Tell, in a transaction, whether another connection wrote since this was asked last."""
        before = self._version
        (self._version,) = self.sql.execute("PRAGMA data_version").fetchone()
        return before != self._version

    def undo(self) -> None:
        """Take back what the transaction did so far; leaving it then keeps nothing."""
        self.sql.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several tables as of one moment."""
        with self.told():
            if self.sql.in_transaction:
                yield
                return
            self.sql.execute("BEGIN")
            try:
                yield
            finally:
                self.sql.execute("ROLLBACK")

    def copy(self, target: Path) -> None:
        """Copy the store, as of one moment, to a file that is new or empty, while writers go on."""
        with self.on_disk("copy"), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            self.sql.backup(copy, pages=-1)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def grant(self, role: str, to: str) -> None:
        """Who may read or write a file is no matter of ours. Raises StoreError with the way out."""
        raise StoreError(f"{self.name} is a file: chmod says who may read and write it (no {role} {to!r})")

    def scrub(self) -> str | None:
        """Rewrite the file and empty the WAL, so that no page holds what was deleted.

        ``secure_delete`` blanks deleted rows, but copies of them stay where SQLite once moved rows between pages.
        What is in the way is another program that reads an older state of the store, which keeps the WAL.
        """
        sweep(self.path.parent)
        with self.on_disk("erase from"):
            self.lock.acquire(self.timeout)
            try:
                self.sql.execute("VACUUM")
                (busy, _, _) = self.sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self.lock.release()
        if not busy:
            return None
        return (
            f"another program is reading the store: its bytes stay in {self.name}-wal until that program closes it "
            "and the store is opened again"
        )

    def _open(self) -> sqlite3.Connection:
        """Open as asked, or, where that cannot be, for reading.

        A reader opens as a writer would where it can, because only then it clears away the files beside the store.
        Where the WAL's index cannot be made, it reads the file as one that never changes (a read-only disk), or, where
        the newest events lie in the WAL, with an index in its own memory and nobody beside it (a full disk).
        """
        self._refuse_other_name()
        self.writable = self.writable and self._barred() is None  # SQLite then opens it for reading without a word
        last = "alone" if self._is_pending() else "ro&immutable=1"
        for mode in ("rw", "ro", last):
            connection = connect(self._given, "rw" if mode == "alone" else mode, self.timeout)
            try:
                if mode == "alone":
                    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._prepare(connection, writing=self.writable and mode == "rw")
            except sqlite3.OperationalError as error:
                connection.close()
                if error.sqlite_errorcode & 0xFF not in _NOT_WRITABLE or mode == last:
                    raise
                refused = error
            except BaseException:
                connection.close()
                raise
            else:
                self.writable = self.writable and mode == "rw"
                return connection
        raise refused

    def _is_pending(self) -> bool:
        """Tell whether newer events may lie beside the file, in its WAL."""
        return _holds_something(Path(f"{self.path}-wal"))

    def _refuse_other_name(self) -> None:
        """Raise StoreError where newer events lie beside another name of the file in this folder (a hard link)."""
        if self.path.stat().st_nlink == 1:
            return
        others = (path for path in self.path.parent.iterdir() if path.is_file() and path.samefile(self.path))
        for other in others:
            if other != self.path and _holds_something(Path(f"{other}-wal")):
                raise StoreError(
                    f"{self.name} is another name of {other}, which is in use or has newer events beside it: "
                    "open it under that name"
                )

    def _barred(self) -> Path | None:
        """Return the file, or the first of those beside it, that this user may not write."""
        files = (Path(f"{self.path}{side}") for side in ("", "-wal", "-shm", ".lock"))
        return next((file for file in files if file.exists() and not os.access(file, os.W_OK)), None)

    def _prepare(self, connection: sqlite3.Connection, *, writing: bool) -> None:
        _check_owner(connection, self._given)
        connection.executescript(_PRAGMAS)
        if writing:
            # Nothing to do, unless a crash came between making and this.
            connection.execute("PRAGMA journal_mode = WAL")
        else:
            connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()

    def _create(self) -> None:
        """Make an empty store: all of it, or nothing that passes for one."""
        if not self.path.parent.is_dir():
            raise StoreError(f"cannot make {self.name}: there is no directory {self._given.parent}")
        from flipflop.text.atomic import refuse_side_name

        refuse_side_name(self.path)
        self.lock.acquire(self.timeout)
        try:
            if not _is_missing(self.path):
                return  # another program was faster
            from flipflop.store.sqlite.schema import PAGE_SIZE, creation

            with closing(connect(self._given, "rwc", self.timeout)) as connection:
                connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
                connection.executescript(_PRAGMAS)
                script = creation()
                connection.executescript(
                    f"BEGIN IMMEDIATE; {script} PRAGMA application_id = {backend.APPLICATION_ID};"
                    f" PRAGMA user_version = {backend.VERSION}; COMMIT;"
                )
                connection.execute("PRAGMA journal_mode = WAL")
        finally:
            self.lock.release()

    def _check(self) -> None:
        """Refuse a newer schema; bring an older one up to date."""
        (version,) = self.sql.execute("PRAGMA user_version").fetchone()
        if version > backend.VERSION:
            raise StoreError(
                f"{self.name} was written by a newer flipflop (schema {version}; this one knows {backend.VERSION}): "
                f"take a newer flipflop, and install it with: {install_command()}"
            )
        if version < backend.VERSION:
            from flipflop.store.sqlite.migration import bring_up_to_date

            try:
                if self.writable:
                    with self.transaction(bulk=True):
                        bring_up_to_date(self.sql)
                else:
                    self._read_a_copy()
            except (sqlite3.IntegrityError, LookupError, TypeError, ValueError) as error:
                said = f"cannot bring {self.name} up to date: the file is damaged: restore a backup"
                raise StoreError(said) from error

    def _read_a_copy(self) -> None:
        """Read a store that an earlier version made, and that may not be written, from a private copy on disk."""
        from flipflop.store.sqlite.migration import bring_up_to_date

        copy = sqlite3.connect("", isolation_level=None)  # SQLite makes a file for it, which goes when it is closed
        self.sql.backup(copy, pages=-1)
        self.sql.close()
        self.sql = copy
        copy.executescript(_PRAGMAS)
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute("BEGIN IMMEDIATE")
        bring_up_to_date(copy)
        copy.execute("COMMIT")
        copy.executescript("PRAGMA foreign_keys = ON; PRAGMA query_only = ON")


def _is_missing(path: Path) -> bool:
    """Tell whether there is no file, or an empty one, which is what a crash before the first byte leaves."""
    try:
        return path.stat().st_size == 0 and not path.is_dir()
    except FileNotFoundError:
        return True


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that takes its name, None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def connect(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    """Return a connection to a file (mode ``ro``, ``rw``, ``rwc``) that leaves transactions to us."""
    if path.is_dir():
        raise StoreError(f"{path} is a directory, not a store; name a file in it, such as {path / 'flipflop.db'}")
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is no store before anything is done to it."""
    try:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise StoreError(f"{path} is not a flipflop store, and no SQLite file at all; left as it was") from None
        raise
    if owner != backend.APPLICATION_ID:
        raise StoreError(f"{path} is an SQLite file of another program, not a flipflop store; left as it was")


def _explained(error: sqlite3.DatabaseError) -> str:
    """What SQLite says, and the way out where there is one."""
    said = str(error)
    remedies = {
        "readonly": "; the file or its disk can only be read",
        "unable to open": "; may you read it, and is its directory writable?",
        "full": "; make room and try again",
        "disk I/O error": "; is the disk full, failing, or bounded for you? Try again when it is not",
        "locked": "; another program that is not flipflop holds it: close it there",
        "malformed": "; the file is damaged: restore a backup, or see what `flipflop verify` can still read",
        "decode": "; the file is damaged: restore a backup, or see what `flipflop verify` says",
        "not a database": "; the file is damaged: restore a backup",
    }
    return said + next((remedy for sign, remedy in remedies.items() if sign in said), "")
