"""A disk that is full after some number of writes, through apsw; a program whose files may not grow, through the OS."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import apsw

ROOT = Path(__file__).parents[2]
_names = itertools.count()

APPEND_WITH_SMALL_FILES = """
import resource, signal, sys
import flipflop as ff
from tests.store_cases import statement
store = ff.Store(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
for number in range(1000):
    try:
        store.append(statement(text=f"{number} " + "words " * 500))
    except ff.StoreError as error:
        print(number, error)
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.append(statement(text="there is room again"))
print(store.verify())
"""


class FullDisk(apsw.VFS):
    """Passes everything on until ``left`` writes are done, then has no room for any more."""

    def __init__(self, left: int) -> None:
        self.name, self.left = f"full{next(_names)}", left
        super().__init__(self.name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 -- SQLite's name
        return _File(self, name, flags)


class _File(apsw.VFSFile):
    def __init__(self, disk: FullDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self.disk = disk

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 -- SQLite's name
        if not self.disk.left:
            raise apsw.FullError("the disk is full")
        self.disk.left -= 1
        super().xWrite(data, offset)


def append_with_small_files(where: Path, largest: int) -> list[str]:
    """Append in a process whose files may have ``largest`` bytes, then without bounds; return what it printed."""
    command = [sys.executable, "-c", APPEND_WITH_SMALL_FILES, str(where), str(largest)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
