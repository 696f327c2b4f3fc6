"""Files that appear whole or not at all, and never in place of another unless asked, nor of a database.

Knows nothing of their content, but that a store is an SQLite file: whatever writes goes through here, so that no page,
picture or export ever takes the place of a record.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from flipflop.errors import StoreError
from flipflop.text.unfinished import Begun, sweep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

REMEDY: Final = "choose another name"
_SQLITE: Final = b"SQLite format 3\0"
_SIDES: Final = ("-wal", "-shm", "-journal", ".lock")
"""What the names of files end in that SQLite and writers keep beside a database."""


def write_atomically(path: Path, content: bytes) -> None:
    """Put the content at the path in one step; on failure what was there stays. Raises StoreError."""
    with placed(path, replace=True) as unfinished:
        unfinished.write_bytes(content)


@contextmanager
def writing(path: Path) -> Iterator[IO[str]]:
    """Open a UTF-8 text file that takes the place of ``path`` when the block ends well, and else is gone.

    Raises StoreError, in one line, where the place cannot be written.
    """
    with placed(path, replace=True) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def placed(
    target: Path,
    *,
    replace: bool = False,
    database: bool = False,
    remedy: str = REMEDY,
    mode: int | None = None,
    sides: Sequence[str] = (),
) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; it takes that place when the block ends well, and else is gone.

    Its permissions become ``mode``, by default those of the file that is replaced, or of any new file here. ``sides``
    are what the names of files that its writer leaves beside it end in; they go. What runs that were killed left in
    the folder goes too. Raises StoreError where there is something already, unless ``replace``, where that is a
    database, unless ``database`` says that one takes the place of another, and where the place cannot be written.
    """
    with _told(target):
        refuse_taken(target, replace=replace, database=database, remedy=remedy)
        sweep(target.parent)
        begun = Begun(target)
    unfinished = begun.path
    try:
        with _told(target):
            yield unfinished
            _flush(unfinished)
            unfinished.chmod(mode if mode is not None else _mode(target, begun.usual))
            refuse_taken(target, replace=replace, database=database, remedy=remedy)  # it took time
            begun.let_go()
            _put(unfinished, target, replace=replace, remedy=remedy)
    finally:
        for left in ("", *sides):
            unfinished.with_name(unfinished.name + left).unlink(missing_ok=True)
        begun.close()


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where there is none. Raises StoreError, in one line, where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made a folder ({error.strerror}): choose another place") from None


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror}): choose another place") from error


def refuse_taken(target: Path, *, replace: bool = False, database: bool = False, remedy: str = REMEDY) -> None:
    """Raise StoreError where a file cannot go.

    That is a directory or device, a missing folder, a file that is there (unless ``replace``), and always (unless
    ``database``) a store or other database, what is kept beside one, and a link to either.
    """
    if target.is_dir():
        raise StoreError(f"{target} is a directory: name a file in it")
    if target.exists() and not target.is_file():
        raise StoreError(f"{target} is no ordinary file, and is not replaced by one: {REMEDY}")
    if not target.parent.is_dir():
        raise StoreError(f"{target} cannot be written: there is no directory {target.parent}")
    if not replace and os.path.lexists(target):
        raise _taken(target, remedy)
    if database:
        refuse_side_name(target)
    elif (owner := _database_of(target)) is not None:
        what = "a store or another SQLite database" if owner == target else f"kept beside the database {owner}"
        raise StoreError(f"{target} is {what}, and is not replaced: {REMEDY}")


def refuse_side_name(target: Path) -> None:
    """Raise StoreError for a name that SQLite or a writer gives to what is kept beside a database: no database's own.

    What took it would be deleted, or taken for the newest events of another.
    """
    if target.name.endswith(_SIDES):
        raise StoreError(f"{target} is a name for what is kept beside a database, and no store's: {REMEDY}")


def _database_of(target: Path) -> Path | None:
    """Return the database that a path leads to, or that a file so named is kept beside; None where there is none."""
    of_sides = (target.with_name(target.name.removesuffix(side)) for side in _SIDES if target.name.endswith(side))
    return next((path for path in (target, *of_sides) if is_database(path)), None)


def is_database(path: Path) -> bool:
    """Tell whether there is an SQLite file, a store or any other, by the first bytes of one."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def _taken(target: Path, remedy: str) -> StoreError:
    return StoreError(f"{target} is there already: this never overwrites a file; {remedy}")


def _mode(target: Path, usual: int) -> int:
    return target.stat().st_mode & 0o777 if target.exists() else usual


def _flush(path: Path) -> None:
    """Have the bytes on the disk before the name points to them."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def _put(unfinished: Path, target: Path, *, replace: bool, remedy: str) -> None:
    if replace:
        unfinished.replace(target)
    else:
        try:
            target.hardlink_to(unfinished)  # unlike a rename it fails where somebody was faster
        except FileExistsError:
            raise _taken(target, remedy) from None
        except OSError:  # a disk without links
            refuse_taken(target, remedy=remedy)
            unfinished.rename(target)
    if sys.platform != "win32":  # which cannot open a directory
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
