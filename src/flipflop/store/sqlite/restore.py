"""Restore: a backup in the place of a store's file, verified before it takes it; what was there is kept."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import StoreError
from flipflop.store.sqlite.backup import JOURNALS, SIDES, beside, mode_of, real, refuse_faulty, refuse_same
from flipflop.store.sqlite.connection import Database, connect
from flipflop.store.sqlite.lock import FileLock
from flipflop.store.store import DEFAULT_PATH, DEFAULT_TIMEOUT, Store
from flipflop.text.atomic import placed, refuse_taken

if TYPE_CHECKING:
    from flipflop.store.log.seal import Seal

_KEPT = "with --force (force=True) it is kept under another name"


class Restored(NamedTuple):
    """What a restore did: where the store is, its head (None: nothing recorded), and what was there and is kept."""

    path: Path
    head: Seal | None
    kept: tuple[Path, ...]


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
    source, target = Path(backup), real(Path(where))
    if not source.exists():
        raise StoreError(f"there is no backup at {source}")
    refuse_same(source, target, "the store")
    refuse_taken(target, replace=force, database=True, remedy=_KEPT)
    _refuse_exports(source)
    with closing(Database(source, create=False, read_only=True, timeout=timeout)) as database:
        lock = FileLock(beside(target, ".lock"))
        try:
            lock.acquire(timeout)
        except OSError as error:
            raise StoreError(f"cannot write to {target}: {error.strerror or error} ({lock.path})") from error
        try:
            with placed(
                target, replace=force, database=True, remedy=_KEPT, mode=mode_of(source), sides=SIDES
            ) as unfinished:
                aside = target.with_name(f"{target.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
                database.copy(unfinished)
                head = _verified(unfinished, (source, aside) if os.path.lexists(target) else (source,))
                kept = _set_aside(target, aside)
        finally:
            lock.release()
            lock.close()
    return Restored(target, head, kept)


def _verified(copy: Path, others: tuple[Path, ...]) -> Seal | None:
    """Return the head of a copy that verifies; note in it the others that there are, for a redaction to tell of them.

    The first of the others is where it came from.
    """
    with Store(copy, create=False) as store:
        refuse_faulty(others[0], store.verify(), "nothing was restored; try an older backup")
        for other in others:
            store.exported(other)
        return store.seal() if store.head() is not None else None


def _refuse_exports(source: Path) -> None:
    if source.suffix.lower() in (".jsonl", ".ndjson", ".csv", ".tsv"):
        raise StoreError(f"{source} is an export, no backup: it comes back with `flipflop import {source}`")


def _set_aside(target: Path, aside: Path) -> tuple[Path, ...]:
    """Keep what is in the place of the store under another name; the file stays there too, to be replaced at once.

    Journals must go before the new file comes: SQLite would take them for its own.
    """
    _refuse_open(target)
    kept = []
    for side in ("", *JOURNALS):
        old = beside(target, side)
        if os.path.lexists(old):
            new = beside(aside, side)
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
