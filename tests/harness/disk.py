"""A disk that remembers what was written, synced and deleted in which order, and can say what a power cut would leave.

What is synced is there after the cut; of what is not, each sector of each write, each truncation and each change of the
directory may or may not have reached the disk, in any combination. A write never harms its neighbours in the sector
(SQLite's POWERSAFE_OVERWRITE, which its builds for Unix and Windows assume).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import apsw

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from random import Random

SECTOR = 512
_names = itertools.count()
_JOURNALS = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL


class Op(NamedTuple):
    """One thing that was asked of the disk. ``data`` of a write; ``at`` its place, or the size after a truncation."""

    what: str  # create · write · truncate · sync · sync_directory · delete · acknowledged
    name: str = ""
    at: int = 0
    data: bytes = b""
    ids: tuple[str, ...] = ()


class PowerCut(NamedTuple):
    """Files by name as the next boot finds them, and the ids that had been acknowledged."""

    files: dict[str, bytes]
    acknowledged: list[str]


class Disk(apsw.VFS):
    """Passes everything on to the real disk (shared memory and locks too), and keeps the log."""

    def __init__(self) -> None:
        self.name = f"recorded{next(_names)}"
        self.log: list[Op] = []
        self.syncs = 0
        super().__init__(self.name, "")

    def acknowledged(self, ids: Collection[str]) -> None:
        """Note that from here on these events must not be lost."""
        self.log.append(Op("acknowledged", ids=tuple(ids)))

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 -- SQLite's name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None or flags[0] & apsw.SQLITE_OPEN_DELETEONCLOSE:
            return apsw.VFSFile("", name, flags)  # a temporary file: nothing of it is looked for after a cut
        is_new = bool(flags[0] & apsw.SQLITE_OPEN_CREATE) and not Path(path).exists()
        if is_new:
            self.log.append(Op("create", path))
        return _File(self, name, path, flags, syncs_directory=is_new and bool(flags[0] & _JOURNALS))

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 -- SQLite's name
        super().xDelete(filename, syncdir)
        self.log.append(Op("delete", filename))
        if syncdir:
            self.log.append(Op("sync_directory"))


class _File(apsw.VFSFile):
    def __init__(
        self, disk: Disk, name: str | apsw.URIFilename | None, path: str, flags: list[int], *, syncs_directory: bool
    ) -> None:
        super().__init__("", name, flags)
        self.disk, self.path, self.syncs_directory = disk, path, syncs_directory

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 -- SQLite's name
        super().xWrite(data, offset)
        self.disk.log.append(Op("write", self.path, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 -- SQLite's name
        super().xTruncate(newsize)
        self.disk.log.append(Op("truncate", self.path, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802 -- SQLite's name
        super().xSync(flags)
        self.disk.syncs += 1
        self.disk.log.append(Op("sync", self.path))
        if self.syncs_directory:  # as SQLite's own VFS does with new journals, once
            self.disk.log.append(Op("sync_directory"))
            self.syncs_directory = False


@dataclass
class _Inode:
    """The bytes that surely are on the disk, and what was asked since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        for op in self.pending:
            _apply(self.safe, op.what, op.at, op.data)
        self.pending.clear()

    def after_cut(self, random: Random, survival: float) -> bytes:
        found = bytearray(self.safe)
        for op in self.pending:
            for at, data in _sectors(op):
                if random.random() < survival:
                    _apply(found, op.what, at, data)
        return bytes(found)


def _sectors(op: Op) -> Iterator[tuple[int, bytes]]:
    """The parts of a write that reach the disk one without the other."""
    start, end = op.at, op.at + len(op.data)
    if op.what == "truncate":
        yield op.at, b""
    while start < end:
        stop = min(end, start - start % SECTOR + SECTOR)
        yield start, op.data[start - op.at : stop - op.at]
        start = stop


def _apply(content: bytearray, what: str, at: int, data: bytes) -> None:
    size = at if what == "truncate" else max(len(content), at + len(data))
    content.extend(bytes(max(0, size - len(content))))
    if what == "truncate":
        del content[at:]
    else:
        content[at : at + len(data)] = data


@dataclass
class _Folder:
    """What the disk was asked so far, file by file."""

    names: dict[str, _Inode] = field(default_factory=dict)
    safe: dict[str, _Inode] = field(default_factory=dict)
    changes: list[tuple[str, _Inode | None]] = field(default_factory=list)  # of names, not yet synced

    def note(self, op: Op) -> None:
        match op.what:
            case "create":
                self.names[op.name] = _Inode()
                self.changes.append((op.name, self.names[op.name]))
            case "delete":
                del self.names[op.name]
                self.changes.append((op.name, None))
            case "write" | "truncate":
                self.names[op.name].pending.append(op)
            case "sync":
                self.names[op.name].sync()
            case "sync_directory":
                self.safe = dict(self.names)
                self.changes.clear()

    def after_cut(self, random: Random) -> dict[str, bytes]:
        survival = random.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        found = dict(self.safe)
        for name, inode in self.changes:
            if random.random() < survival:
                if inode is None:
                    found.pop(name, None)
                else:
                    found[name] = inode
        return {name: inode.after_cut(random, survival) for name, inode in found.items()}


def cut(log: list[Op], moment: int, random: Random, *, syncs_hold: bool = True) -> PowerCut:
    """Return what a power cut leaves after the first ``moment`` entries of a disk's log.

    Without ``syncs_hold`` the disk lies about syncs, as some do: then nothing can be promised.
    """
    folder = _Folder()
    for op in log[:moment]:
        if syncs_hold or not op.what.startswith("sync"):
            folder.note(op)
    acknowledged = [event_id for op in log[:moment] for event_id in op.ids]
    return PowerCut(folder.after_cut(random), acknowledged)
