"""Backup and restore: whole copies of a store's file, verified before they take their place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import StoreError
from flipflop.store.sqlite.connection import Database, connect
from flipflop.store.sqlite.lock import FileLock
from flipflop.store.store import DEFAULT_PATH, DEFAULT_TIMEOUT, Store
from flipflop.text.atomic import placed, refuse_taken

if TYPE_CHECKING:
    from flipflop.store.backend import Backend
    from flipflop.store.log.seal import Seal

_FORCED = "choose another name, or say --force (force=True)"
_KEPT = "with --force (force=True) it is kept under another name"
_JOURNALS = ("-wal", "-shm", "-journal")
_SIDES = (*_JOURNALS, ".lock")
"""What SQLite and the lock leave beside a file."""


class Restored(NamedTuple):
    """What a restore did: where the store is, its head (None: nothing recorded), and what was there and is kept."""

    path: Path
    head: Seal | None
    kept: tuple[Path, ...]


def write_backup(database: Backend, target: Path, *, force: bool) -> None:
    """Copy a store as of one moment to a file that appears whole and verified, or not at all.

    Writers go on meanwhile. Raises StoreError where ``target`` is there already, unless ``force``, where it is the
    store itself or one that is in use, and where the copy does not verify.
    """
    target = _real(target)
    _refuse_same(database.path, target, "a backup")
    if force and any(_beside(target, side).exists() for side in _JOURNALS):
        raise StoreError(f"{target} is a store that a program has open: choose another name")
    try:
        mode = _mode(database.path)
    except FileNotFoundError:
        raise StoreError(f"{database.name} was taken away since it was opened: open it again") from None
    with placed(target, replace=force, remedy=_FORCED, mode=mode, sides=_SIDES) as unfinished:
        database.copy(unfinished)
        _verified(
            unfinished, database.path, "no backup was written; see what `flipflop verify` says, and keep the file"
        )


def restore(
    backup: str | PathLike[str],
    where: str | PathLike[str] = DEFAULT_PATH,
    *,
    force: bool = False,
    timeout: float = DEFAULT_TIMEOUT,
) -> Restored:
    """Put a backup in the place of a store: verified first, then whole or not at all.

    An older schema is brought up to date. What is there already is left alone, or, with ``force``, kept beside it under
    a name that ``kept`` tells. Raises StoreError where the backup is none or does not verify, where there is a store
    and ``force`` is not given, and while another program has that store open.
    """
    for given in (os.fspath(backup), os.fspath(where)):
        if "://" in given:
            raise StoreError("backups are files; of a server's store its own tools make and restore them (pg_dump)")
    source, target = Path(backup), _real(Path(where))
    if not source.exists():
        raise StoreError(f"there is no backup at {source}")
    _refuse_same(source, target, "the store")
    refuse_taken(target, replace=force, remedy=_KEPT)
    _refuse_exports(source)
    with closing(Database(source, create=False, read_only=True, timeout=timeout)) as database:
        lock = FileLock(_beside(target, ".lock"))
        try:
            lock.acquire(timeout)
        except OSError as error:
            raise StoreError(f"cannot write to {target}: {error.strerror or error} ({lock.path})") from error
        try:
            with placed(target, replace=force, remedy=_KEPT, mode=_mode(source), sides=_SIDES) as unfinished:
                database.copy(unfinished)
                head = _verified(unfinished, source, "nothing was restored; try an older backup", came_from=source)
                kept = _set_aside(target)
        finally:
            lock.release()
            lock.close()
    return Restored(target, head, kept)


def _verified(copy: Path, of: Path, then: str, *, came_from: Path | None = None) -> Seal | None:
    """Return the head of a copy that verifies; note in it where it came from, so that a redaction can tell of it."""
    with Store(copy, create=False) as store:
        findings = store.verify()
        if findings:
            more = f" (and {len(findings) - 1:,} more)" if len(findings) > 1 else ""
            raise StoreError(f"{of} does not verify: {findings[0]}{more}; {then}")
        if came_from is not None:
            store.exported(came_from)
        return store.seal() if store.head() is not None else None


def _real(path: Path) -> Path:
    """The file itself where a link points to one, so that it is replaced and not the link."""
    return path.resolve() if path.is_symlink() else path


def _mode(path: Path) -> int:
    """The permissions of a copy: those of the file, and that its owner may write (a backup may be read-only)."""
    return path.stat().st_mode & 0o777 | 0o600


def _refuse_same(one: Path, other: Path, what: str) -> None:
    if other.exists() and one.exists() and one.samefile(other):
        raise StoreError(f"{one} and {other} are the same file: {what} needs a file of its own")


def _refuse_exports(source: Path) -> None:
    if source.suffix.lower() in (".jsonl", ".ndjson", ".csv", ".tsv"):
        raise StoreError(f"{source} is an export, no backup: it comes back with `flipflop import {source}`")


def _set_aside(target: Path) -> tuple[Path, ...]:
    """Keep what is in the place of the store under another name; the file stays there too, to be replaced at once.

    Journals must go before the new file comes: SQLite would take them for its own.
    """
    _refuse_open(target)
    mark = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    kept = []
    for side in ("", *_JOURNALS):
        old = _beside(target, side)
        if os.path.lexists(old):
            new = target.with_name(f"{target.name}.before-{mark}{side}")
            if side:
                old.rename(new)
            else:
                _double(old, new)
            kept.append(new)
    return tuple(kept)


def _double(old: Path, new: Path) -> None:
    try:
        new.hardlink_to(old)
    except OSError:  # a disk without links
        old.rename(new)


def _refuse_open(target: Path) -> None:
    """Raise StoreError while another connection has the store open; else fold its WAL into it, if it can be read."""
    if not target.exists() or not target.stat().st_size:
        return  # SQLite would make a database of an empty file
    try:
        with closing(connect(target, "rw", 0)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.executescript("BEGIN EXCLUSIVE; COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(f"a program has {target} open: close it there first; nothing was restored") from None
    except (sqlite3.DatabaseError, StoreError):
        return  # damaged, or no store at all: that is why somebody restores


def _beside(path: Path, side: str) -> Path:
    return Path(f"{path}{side}")
