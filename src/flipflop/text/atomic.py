"""Files that appear whole or not at all, and never in place of another unless asked. Knows nothing of their content."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from secrets import token_hex
from typing import IO, TYPE_CHECKING

from flipflop.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

REMEDY = "choose another name"


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
    target: Path, *, replace: bool = False, remedy: str = REMEDY, mode: int | None = None, sides: Sequence[str] = ()
) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; it takes that place when the block ends well, and else is gone.

    Its permissions become ``mode``, by default those of the file that is replaced, or of any new file here. ``sides``
    are what the names of files that its writer leaves beside it end in; they go. Raises StoreError where there is
    something already, unless ``replace``, and where the place cannot be written.
    """
    refuse_taken(target, replace=replace, remedy=remedy)
    unfinished = target.with_name(f".{target.name[:40]}.{token_hex(4)}")
    try:
        usual = _made(unfinished)
        yield unfinished
        _flush(unfinished)
        unfinished.chmod(mode if mode is not None else _mode(target, usual))
        _put(unfinished, target, replace=replace, remedy=remedy)
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror}): choose another place") from error
    finally:
        for left in ("", *sides):
            unfinished.with_name(unfinished.name + left).unlink(missing_ok=True)


def refuse_taken(target: Path, *, replace: bool = False, remedy: str = REMEDY) -> None:
    """Raise StoreError where a file cannot go: a directory or device, a missing folder, or a file that is there."""
    if target.is_dir():
        raise StoreError(f"{target} is a directory: name a file in it")
    if target.exists() and not target.is_file():
        raise StoreError(f"{target} is no ordinary file, and is not replaced by one: {REMEDY}")
    if not target.parent.is_dir():
        raise StoreError(f"{target} cannot be written: there is no directory {target.parent}")
    if not replace and os.path.lexists(target):
        raise _taken(target, remedy)


def _taken(target: Path, remedy: str) -> StoreError:
    return StoreError(f"{target} is there already: this never overwrites a file; {remedy}")


def _made(path: Path) -> int:
    """Make an empty file that only its owner can read, and return the permissions that new files have here."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        usual = os.fstat(handle).st_mode & 0o777
    finally:
        os.close(handle)
    path.chmod(0o600)
    return usual


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
