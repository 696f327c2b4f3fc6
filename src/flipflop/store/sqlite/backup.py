"""Backup: a copy of a store's file as of one moment, which appears whole and verified, or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from flipflop.errors import StoreError
from flipflop.store.sqlite.connection import connect
from flipflop.text.atomic import REMEDY, is_database, placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.store.backend import Backend
    from flipflop.store.model import Finding

JOURNALS = ("-wal", "-shm", "-journal")
SIDES = (*JOURNALS, ".lock")
"""What SQLite and the lock leave beside a file."""

_FORCED = "choose another name, or say --force (force=True)"


def write_backup(database: Backend, target: Path, *, force: bool, verify: Callable[[Path], list[Finding]]) -> None:
    """Copy a store as of one moment to a file that appears whole and verified, or not at all.

    Writers go on meanwhile. ``verify`` returns what does not hold in the copy.

    Raises StoreError where ``target`` is there already, unless ``force``, where it is the store itself, one in use, or
    holds a record that this one does not hold whole, and where the copy does not verify.
    """
    target = real(target)
    refuse_same(database.path, target, "a backup")
    if force and any(beside(target, side).exists() for side in JOURNALS):
        raise StoreError(f"{target} is a store that a program has open: choose another name")
    try:
        mode = mode_of(database.path)
    except FileNotFoundError:
        raise StoreError(f"{database.name} was taken away since it was opened: open it again") from None
    with placed(target, replace=force, database=True, remedy=_FORCED, mode=mode, sides=SIDES) as unfinished:
        database.copy(unfinished)
        then = "no backup was written; see what `flipflop verify` says, and keep the file"
        refuse_faulty(database.path, verify(unfinished), then)
        if force and is_database(target):
            _refuse_other_record(database, target)


def _refuse_other_record(database: Backend, target: Path) -> None:
    """Raise StoreError unless a database is an earlier backup: its last event must be one of the store's own."""
    try:
        with closing(connect(target, "ro&immutable=1", 0)) as there:
            last = there.execute("SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        raise StoreError(f"{target} is a database, and no backup of this store that can be read: {REMEDY}") from None
    with database.told():
        known = last is None or database.sql.execute("SELECT 1 FROM event WHERE seq = ? AND chain = ?", last).fetchone()
    if not known:
        raise StoreError(f"{target} holds events that are not in this store, so it is no backup of it: {REMEDY}")


def refuse_faulty(of: Path, findings: list[Finding], then: str) -> None:
    """Raise StoreError where a copy of a file does not verify; ``then`` says what follows from it."""
    if findings:
        more = f" (and {len(findings) - 1:,} more)" if len(findings) > 1 else ""
        raise StoreError(f"{of} does not verify: {findings[0]}{more}; {then}")


def real(path: Path) -> Path:
    """Return the file itself where a link points to one, so that it is replaced and not the link."""
    return path.resolve() if path.is_symlink() else path


def mode_of(path: Path) -> int:
    """Return the permissions of a copy: those of the file, and that its owner may write (a backup may be read-only)."""
    return path.stat().st_mode & 0o777 | 0o600


def refuse_same(one: Path, other: Path, what: str) -> None:
    """Raise StoreError where two paths lead to one file."""
    if other.exists() and one.exists() and one.samefile(other):
        raise StoreError(f"{one} and {other} are the same file: {what} needs a file of its own")


def beside(path: Path, side: str) -> Path:
    """Return the file that lies beside another under its name and a suffix."""
    return Path(f"{path}{side}")
