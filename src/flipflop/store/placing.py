"""Files put in their place whole or not at all, and never in place of another unless asked. Knows nothing of stores."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from secrets import token_hex
from typing import TYPE_CHECKING

from flipflop.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIDE_FILES = ("-wal", "-shm", "-journal", ".lock")
"""What SQLite and the lock leave beside a file."""

REMEDY = "choose another name"


@contextmanager
def placed(target: Path, *, replace: bool = False, remedy: str = REMEDY) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; it takes that place when the block ends well, and else is gone.

    Raises StoreError where there is something already, unless ``replace``, and where the place cannot be written.
    """
    refuse_taken(target, replace=replace, remedy=remedy)
    unfinished = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        unfinished.touch(exist_ok=False)
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror}): choose another place") from None
    try:
        yield unfinished
        _flush(unfinished)
        _put(unfinished, target, replace=replace, remedy=remedy)
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror})") from error
    finally:
        for left in ("", *SIDE_FILES):
            unfinished.with_name(unfinished.name + left).unlink(missing_ok=True)


def refuse_taken(target: Path, *, replace: bool = False, remedy: str = REMEDY) -> None:
    """Raise StoreError where a new file cannot go: a directory, one that is missing, or a file that is there."""
    if target.is_dir():
        raise StoreError(f"{target} is a directory: name a file in it")
    if not target.parent.is_dir():
        raise StoreError(f"{target} cannot be written: there is no directory {target.parent}")
    if not replace and os.path.lexists(target):
        raise _taken(target, remedy)


def _taken(target: Path, remedy: str) -> StoreError:
    return StoreError(f"{target} is there already: this never overwrites a file; {remedy}")


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
