"""A lock beside the store's file that writers wait for, in turn; the operating system frees it when a process dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import TYPE_CHECKING

from flipflop.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _free(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

    def _wait(handle: int, timeout: float) -> bool:
        """Windows has no lock that waits longer than ten seconds: ask again and again."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            time.sleep(0.005)
            if _try(handle):
                return True
        return False

else:
    import fcntl
    import struct

    def _try(handle: int) -> bool:
        """Take the lock where it is free and nobody waits for it; else perhaps one's place at the head of those."""
        try:
            _line_up(handle, wait=False)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        _step_out(handle)
        return True

    def _free(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _wait(handle: int, timeout: float) -> bool:
        """Wait in the kernel's queue, from a thread, because ``flock`` takes no timeout."""
        from threading import Lock, Thread  # only those who wait pay for it

        guard = Lock()
        state = {"got": False, "given_up": False}
        queued = os.dup(handle)  # the same lock; keeps waiting when we no longer do

        def queue() -> None:
            _line_up(queued, wait=True)
            fcntl.flock(queued, fcntl.LOCK_EX)
            _step_out(queued)
            with guard:
                if state["given_up"]:
                    fcntl.flock(queued, fcntl.LOCK_UN)
                else:
                    state["got"] = True
            os.close(queued)

        waiter = Thread(target=queue, daemon=True)
        waiter.start()
        waiter.join(timeout)
        with guard:
            state["given_up"] = not state["got"]
            return state["got"]

    # Whoever frees a lock and asks again at once is faster than those whom the kernel has yet to wake. So there is a
    # second lock, on the first byte of the file, which one holds while one waits for the first: those who come later
    # wait for that, and nobody passes. It belongs to the open file, as flock's does.

    if sys.platform == "linux":

        def _line_up(handle: int, *, wait: bool) -> None:
            _ask(handle, fcntl.F_OFD_SETLKW if wait else fcntl.F_OFD_SETLK, fcntl.F_WRLCK)

        def _step_out(handle: int) -> None:
            _ask(handle, fcntl.F_OFD_SETLK, fcntl.F_UNLCK)

        def _ask(handle: int, how: int, kind: int) -> None:
            try:
                fcntl.fcntl(handle, how, struct.pack("hhqqi", kind, os.SEEK_SET, 0, 1, 0))
            except OSError as error:
                if error.errno in (errno.EAGAIN, errno.EACCES):
                    raise
                # else a disk or a kernel without such locks: then the fastest is the next

    else:

        def _line_up(handle: int, *, wait: bool) -> None:
            """Elsewhere the fastest is the next."""

        def _step_out(handle: int) -> None:
            """Nobody lined up."""


class FileLock:
    """An exclusive lock on a file that is made if need be and never removed (removing it would let two hold it)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self, timeout: float) -> None:
        """Take the lock, waiting up to ``timeout`` seconds. Raises StoreError when another writer keeps it, OSError."""
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        if not _try(self._handle) and not _wait(self._handle, timeout):
            self.close()  # a thread may still stand in the queue with this handle's lock
            raise StoreError(
                f"another program has been writing for {timeout:g} seconds (it holds {self.path}): "
                "nothing was recorded; try again when it is done"
            )

    def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            _free(self._handle)

    def close(self) -> None:
        """Close the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
