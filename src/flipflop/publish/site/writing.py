"""Puts the files of a site into its folder: only what differs, only what is ours, and nothing before all is made.

``flipflop-site.json`` in the folder lists what a publish wrote, each file with the SHA-256 of its bytes. What it does
not list is somebody else's and is never touched.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.errors import StoreError
from flipflop.text.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flipflop.records.codec import Json

MANIFEST: Final = "flipflop-site.json"
_UNFINISHED: Final = ".flipflop-unfinished"
_FORMAT: Final = 1
_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")


class Manifest(NamedTuple):
    """What the last publish wrote: ``files`` maps paths to SHA-256 digests, ``key`` tells what it was made from.

    ``drawn`` maps the paths of pictures to digests of what they show, so that they need not be drawn again.
    """

    key: str
    files: dict[str, str]
    drawn: dict[str, str] = {}  # noqa: RUF012 -- a default that nobody changes


class SiteWritten(NamedTuple):
    """Paths of what was written, what stood there already, and what was taken away."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def manifest_of(folder: Path) -> Manifest | None:
    """Return what a site's folder says of itself, None for a folder that is empty or not there.

    Raises StoreError for a folder that holds something else, and for a manifest that is none.
    """
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise StoreError(f"{folder} is a file: name a folder to publish to")
    path = folder / MANIFEST
    if path.is_file():
        return _read(path)
    others = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    if others:
        raise StoreError(
            f"{folder} holds {others[0]!r} and is no site of flipflop: publish to a new or empty folder, and put files "
            "of your own into it afterwards; they are left alone"
        )
    return None


def is_unchanged(folder: Path, manifest: Manifest) -> bool:
    """Tell whether every file of the manifest still has the bytes that were written."""
    return all(_digest_of(folder / path) == digest for path, digest in manifest.files.items())


def kept(folder: Path, known: Manifest | None, path: str, shows: str) -> bytes | None:
    """Return a picture that an earlier publish drew of the same, None where there is none or it was changed."""
    if known is None or known.drawn.get(path) != shows or _digest_of(folder / path) != known.files.get(path):
        return None
    return (folder / path).read_bytes()


def write_site(
    folder: Path, files: Iterable[tuple[str, bytes]], known: Manifest | None, manifest: Callable[[], Manifest]
) -> SiteWritten:
    """Write what differs, then take away what an earlier publish wrote and this one did not.

    All files are made before the first is put into place, so that an error leaves the site as it was. ``manifest``
    gives what is known of the site once all is made, without its files. Raises StoreError where a file of somebody
    else's is in the way, and where the folder cannot be written.
    """
    ours = known.files if known else {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _unfinished(folder) as beside:
            digests, changed = _made(folder, files, beside, ours)
            if changed:  # should this stop half-way, the next run knows what is ours and goes on
                write_atomically(folder / MANIFEST, _text(Manifest("", ours | digests)))
            _place(folder, beside, changed)
        removed = tuple(sorted(path for path in ours.keys() - digests.keys() if _remove(folder, path)))
        made = manifest()._replace(files=digests)
        if changed or made != known:
            write_atomically(folder / MANIFEST, _text(made))
    except OSError as error:
        raise StoreError(f"{error.filename or folder} cannot be written: {error.strerror}") from error
    new = set(changed)
    unchanged = tuple(path for path in digests if path not in new)
    return SiteWritten(tuple(changed), unchanged, removed)


def _made(
    folder: Path, files: Iterable[tuple[str, bytes]], beside: Path, ours: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Write every file that differs from what is there to a place beside, and return all digests and those paths."""
    digests: dict[str, str] = {}
    changed: list[str] = []
    for path, content in files:
        digests[path] = digest = hashlib.sha256(content).hexdigest()
        there = _digest_of(folder / path)
        if there == digest:
            continue
        if (folder / path).is_dir() or (there is not None and path not in ours):
            raise StoreError(f"{folder / path} is not of this site's making and in its way: move it, and publish again")
        target = beside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        changed.append(path)
    return digests, changed


def _place(folder: Path, beside: Path, changed: list[str]) -> None:
    for parent in {(folder / path).parent for path in changed}:
        parent.mkdir(parents=True, exist_ok=True)
    for path in changed:
        (beside / path).replace(folder / path)


def _remove(folder: Path, path: str) -> bool:
    """Take a file away, and its folder where that leaves it empty; tell whether there was one."""
    target = folder / path
    if not target.is_file():
        return False
    target.unlink()
    if target.parent != folder:
        with suppress(OSError):  # it still holds something
            target.parent.rmdir()
    return True


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Give a place for files that are not in their place yet; what an interrupted publish left there goes first."""
    beside = folder / _UNFINISHED
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _digest_of(path: Path) -> str | None:
    """Return the digest of a file's bytes, None where there is no file; a folder is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _read(path: Path) -> Manifest:
    try:
        whole = json.loads(path.read_bytes())
        files = {str(name): str(digest) for name, digest in whole["files"].items()}
        drawn = {str(name): str(digest) for name, digest in whole["drawn"].items()}
        if whole["format"] == _FORMAT and all(_is_ours(name, digest) for name, digest in files.items()):
            return Manifest(str(whole["key"]), files, drawn)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise StoreError(f"{path} is not readable as the list of a site's files: publish to a new folder")


def _is_ours(name: str, digest: str) -> bool:
    """Tell whether a path can be one of a site: inside its folder, and no other spelling of such a path."""
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and ".." not in parts and not name.startswith("/") and "\\" not in name
    return bool(parts) and plain and len(parts) <= 2 and bool(_DIGEST.match(digest))


def _text(manifest: Manifest) -> bytes:
    whole: dict[str, Json] = {
        "about": "What flipflop publish wrote, with the SHA-256 of each file. Other files here are left alone.",
        "format": _FORMAT,
        "key": manifest.key,
        "drawn": dict(sorted(manifest.drawn.items())),
        "files": dict(sorted(manifest.files.items())),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=0) + "\n").encode()
