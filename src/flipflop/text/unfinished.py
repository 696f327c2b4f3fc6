"""What a run has not finished yet: named so, held while the run lives, and swept by the next one where it was killed.

Knows files and folders by their names, and nothing of what is in them.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from flipflop.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDING: Final = ".flipflop-unfinished"
"""What the name of a file or folder ends in until it is done; what else lies beside it begins with that name."""


class Begun:
    """A new empty file beside the one that it will take the place of, which only its owner can read, held until closed.

    ``usual`` are the permissions that new files have here. Raises OSError where none can be made.
    """

    def __init__(self, target: Path) -> None:
        while True:
            self.path = name_beside(target)
            self._handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CLOEXEC, 0o666)
            found = os.fstat(self._handle)
            self.usual = found.st_mode & 0o777
            if _is_free(self._handle) and _is_at(self.path, found):
                self.path.chmod(0o600)
                return
            os.close(self._handle)  # another run took it for one that was left: begin anew

    def let_go(self) -> None:
        """Close it where it cannot be renamed while it is open."""
        if sys.platform == "win32":
            self.close()

    def close(self) -> None:
        """Hold it no longer; twice does no harm."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = -1


def name_beside(target: Path) -> Path:
    """Return a name that nobody has, hidden, in the folder of ``target``."""
    return target.with_name(f".{target.name[:40]}.{token_hex(4)}{ENDING}")


def left_in(folder: Path) -> list[Path]:
    """Return what runs that were killed left in a folder, by name: files, what lies beside them, and whole folders.

    What a run that lives still holds is none of it. Nothing where the folder cannot be read.
    """
    try:
        found = sorted(path for path in folder.iterdir() if path.name.startswith(".") and ENDING in path.name)
    except OSError:
        return []
    held = {path.name for path in found if path.name.endswith(ENDING) and not _is_left(path)}
    return [path for path in found if path.name[: path.name.index(ENDING)] + ENDING not in held]


def sweep(folder: Path) -> None:
    """Take away what runs that were killed left in a folder; what cannot be taken away stays."""
    for path in left_in(folder):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)


@contextmanager
def holding(path: Path, *, timeout: float = 0.0) -> Iterator[None]:
    """Hold a file or folder, for as long as this process lives at most, so that nobody else does.

    Whoever holds it already is waited for, ``timeout`` seconds. Raises StoreError where that is not enough. Where a
    system knows no such lock nothing is held.
    """
    handle = _handle(path)
    try:
        end = time.monotonic() + timeout
        while handle is not None and not _is_free(handle):
            if time.monotonic() >= end:
                raise StoreError(f"another program is writing {path}: try again when it is done")
            time.sleep(0.1)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _is_at(path: Path, found: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), found)
    except OSError:
        return False


_CLOEXEC = getattr(os, "O_CLOEXEC", 0)

if sys.platform == "win32":

    def _handle(path: Path) -> int | None:
        return None if path.is_dir() else os.open(path, os.O_RDONLY)  # as long as it is open, nobody can delete it

    def _is_free(handle: int) -> bool:
        return handle >= 0

    def _is_left(path: Path) -> bool:
        """Tell that nobody is known to hold it: what is open cannot be deleted anyway."""
        return path.name.endswith(ENDING)

else:
    import fcntl

    def _handle(path: Path) -> int | None:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def _is_free(handle: int) -> bool:
        """Take the lock, and tell whether it was free; where a disk has none it is."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def _is_left(path: Path) -> bool:
        """Tell whether nobody holds it; not of what cannot be asked."""
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return path.is_symlink()
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True
