"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from flipflop.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def writing(path: Path) -> Iterator[IO[str]]:
    """Open a UTF-8 text file beside ``path`` that takes its place when the block ends well, and else is gone.

    Raises DataError, in one line, where the place cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise DataError(f"{path} cannot be written ({error.strerror}): choose another place with -o") from None
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
        beside.chmod(_mode(path))
        beside.replace(path)
    except OSError as error:
        raise DataError(f"{path} cannot be written ({error.strerror}): choose another place with -o") from error
    finally:
        beside.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
