"""Where a store's file lies: whether its folder is shared or synced by another program. Opens no store."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_SYNCED: Final = re.compile(
    r"(dropbox|onedrive|google ?drive|my drive|icloud ?drive|com~apple~clouddocs|mobile documents|cloudstorage"
    r"|nextcloud|owncloud|syncthing|pclouddrive|box sync|megasync|seafile)(\b.*)?\Z",
    re.IGNORECASE,
)
"""Names of folders that programs keep the same on several machines, by copying files one at a time."""
_MARKS: Final = (".dropbox", ".dropbox.cache", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log")
"""What such programs keep in the folder at the top."""
_SHARED: Final = re.compile(
    r"(nfs\d?|cifs|smb\d?|smbfs|9p|drvfs|afs|ncpfs|ceph|glusterfs|lustre|davfs|vboxsf|vmhgfs|virtiofs|prl_fs)\Z"
    r"|fuse\.(sshfs|rclone|gcsfuse|s3fs|glusterfs|davfs2?|vmhgfs-fuse|google-drive-ocamlfuse|onedriver)\Z"
)
"""Kinds of disk that several machines have at once, as Linux calls them."""
_MOUNTS: Final = Path("/proc/self/mountinfo")


def risk_of(file: Path) -> str | None:
    """Return in one sentence why a store is not safe where it lies, as far as that can be seen; else None."""
    real = Path(os.path.realpath(file))
    remedy = "keep the store on a disk of this machine, and copy it with `flipflop backup`"
    for folder in real.parents:
        if _SYNCED.match(folder.name) or any((folder / mark).exists() for mark in _MARKS):
            return f"{file} lies in {folder}, which looks like a folder that a program syncs: {remedy}"
    kind = shared_kind(real, _mounts())
    if kind is not None:
        return f"{file} lies on a disk that other machines may have too ({kind}): {remedy}"
    return None


def shared_kind(real: Path, mounts: str) -> str | None:
    """Return the kind of the shared disk that a path lies on, None for a disk of one machine or an unknown one.

    ``mounts`` is what Linux says in /proc/self/mountinfo; elsewhere only the shares of Windows are known.
    """
    if str(real).startswith("\\\\"):
        return "a share"
    found = ("", "")
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = fields[4].encode().decode("unicode_escape")
        if real.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, after.split()[0])
    return found[1] if _SHARED.match(found[1]) else None


def _mounts() -> str:
    try:
        return _MOUNTS.read_text("utf-8", "replace")
    except OSError:
        return ""
