"""Writing a file as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from flipflop.errors import StoreError


def write_atomically(path: Path, content: bytes) -> None:
    """Put the content at the path in one step; on failure what was there stays. Raises StoreError."""
    part = None
    try:
        handle, part = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(_mode(path))
        Path(part).replace(path)
    except OSError as error:
        if part is not None:
            with suppress(OSError):
                Path(part).unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror}; nothing was changed") from error


def _mode(path: Path) -> int:
    """Return the mode of the file that is replaced, else what a new file gets here."""
    if path.is_file():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
