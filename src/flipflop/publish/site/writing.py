"""Puts the files of a site into its folder: only what differs, only what is ours, and nothing before all is made.

``flipflop-site.json`` in the folder lists what a publish wrote, each file with the SHA-256 of its bytes. What it does
not list is somebody else's and is never touched; what no longer has those bytes was changed by hand, and is touched
only when that is asked for.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.errors import StoreError
from flipflop.text.atomic import is_database, write_atomically
from flipflop.text.unfinished import holding, name_beside, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from flipflop.records.codec import Json

MANIFEST: Final = "flipflop-site.json"
_TURN: Final = 600.0
"""Seconds that a publish waits for another one of the same folder."""
_FORMAT: Final = 1
_FOLDERS: Final = ("card", "data", "pair", "search", "speaker", "statement", "topic")
_FILE: Final = re.compile(r"[^.\\/\0][^\\/\0]*\.(css|csv|db|html|js|json|jsonl|parquet|png|svg|xml)\Z")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")


class Manifest(NamedTuple):
    """What the last publish wrote: ``files`` maps paths to SHA-256 digests, ``key`` tells what it was made from.

    ``drawn`` maps the paths of pictures to digests of what they show, so that they need not be drawn again. ``before``
    has, while files are put into place, the digests of those that they replace.
    """

    key: str
    files: dict[str, str]
    drawn: dict[str, str] = {}  # noqa: RUF012 -- a default that nobody changes
    before: dict[str, str] = {}  # noqa: RUF012 -- a default that nobody changes

    def wrote(self, path: str, digest: str) -> bool:
        """Tell whether a publish wrote those bytes to that path."""
        return digest in (self.files.get(path), self.before.get(path))


class SiteWritten(NamedTuple):
    """Paths of what was written, what stood there already, what was taken away, and what was changed by hand."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    by_hand: tuple[str, ...]


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Make a folder where there is none, and have it to oneself: another publish waits, what a killed one left goes.

    Raises StoreError where the folder cannot be made, is none, and where another publish keeps it for ten minutes.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder} is a file: name a folder to publish to")
        new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    with holding(folder, timeout=_TURN):
        sweep(folder)
        try:
            yield
        except BaseException:
            if new:
                with suppress(OSError):  # there is something in it already
                    folder.rmdir()
            raise


def manifest_of(folder: Path) -> Manifest | None:
    """Return what a site's folder says of itself, None for a folder that is empty.

    Raises StoreError for a folder that holds something else, and for a manifest that is none.
    """
    path = folder / MANIFEST
    if path.is_file():
        known = _read(path)
        _refuse_links(folder, known.files)
        return known
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
    folder: Path,
    files: Iterable[tuple[str, bytes]],
    known: Manifest | None,
    manifest: Callable[[], Manifest],
    *,
    overwrite: bool = False,
) -> SiteWritten:
    """Write what differs, then take away what an earlier publish wrote and this one did not.

    All files are made before the first is put into place, so that an error leaves the site as it was. ``manifest``
    gives what is known of the site once all is made, without its files. What was changed by hand is left as it is, and
    told, unless ``overwrite``. Raises StoreError where a file of somebody else's, or a link, is in the way, and where
    the folder cannot be written.
    """
    was = known or Manifest("", {})
    try:
        with _unfinished(folder) as beside:
            made = _made(folder, files, beside, was, overwrite=overwrite)
            if made.changed:  # should this stop half-way, the next run knows what is ours and goes on
                between = Manifest("", was.files | made.digests, before=was.files | made.replaced)
                write_atomically(folder / MANIFEST, _text(between))
            _place(folder, beside, made.changed)
        removed, left = _removed(folder, was, made.digests.keys(), overwrite=overwrite)
        done = manifest()._replace(files=made.digests)
        if made.changed or done != known:
            write_atomically(folder / MANIFEST, _text(done))
    except OSError as error:
        raise _unwritable(folder, error) from error
    others = {*made.changed, *made.by_hand}
    unchanged = tuple(path for path in made.digests if path not in others)
    return SiteWritten(tuple(made.changed), unchanged, removed, (*made.by_hand, *left))


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"{error.filename or folder} cannot be written: {error.strerror}")


class _Made(NamedTuple):
    """Digests of all files of a site, of those that are replaced, and paths of what differs or was changed by hand."""

    digests: dict[str, str]
    replaced: dict[str, str]
    changed: list[str]
    by_hand: list[str]


def _made(folder: Path, files: Iterable[tuple[str, bytes]], beside: Path, known: Manifest, *, overwrite: bool) -> _Made:
    """Write every file that differs from what is there to a place beside."""
    made = _Made({}, {}, [], [])
    for path, content in files:
        made.digests[path] = digest = hashlib.sha256(content).hexdigest()
        _refuse_links(folder, (path,))
        there = _digest_of(folder / path)
        if there == digest:
            continue
        if (folder / path).is_dir() or (there is not None and path not in known.files):
            raise StoreError(f"{folder / path} is not of this site's making and in its way: move it, and publish again")
        if there is not None and not known.wrote(path, there) and not overwrite:
            made.by_hand.append(path)
            continue
        if there is not None and not known.wrote(path, there) and is_database(folder / path):
            raise StoreError(f"{folder / path} is a database that was changed since: move it, and publish again")
        if there is not None:
            made.replaced[path] = there
        target = beside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        made.changed.append(path)
    return made


def _place(folder: Path, beside: Path, changed: list[str]) -> None:
    for parent in {(folder / path).parent for path in changed}:
        parent.mkdir(parents=True, exist_ok=True)
    for path in changed:
        (beside / path).replace(folder / path)


def _removed(
    folder: Path, known: Manifest, wanted: Collection[str], *, overwrite: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take away what is no longer of the site; return its paths, and those of what somebody changed, which stays."""
    gone, left = [], []
    for path in sorted(known.files.keys() - wanted):
        there = _digest_of(folder / path)
        if there is not None and not known.wrote(path, there) and not overwrite:
            left.append(path)
        elif there is not None and _remove(folder, path):
            gone.append(path)
    return tuple(gone), tuple(left)


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


def _refuse_links(folder: Path, paths: Iterable[str]) -> None:
    """Raise StoreError where a file of the site or its subfolder is a link: what it leads to is somebody else's."""
    for place in {part for path in paths for part in (folder / path, (folder / path).parent)} - {folder}:
        if place.is_symlink():
            raise StoreError(f"{place} is a link, and nothing is written through it: take it away, and publish again")


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Give a place for files that are not in their place yet."""
    beside = name_beside(folder / "site")
    beside.mkdir()
    try:
        with holding(beside):
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
        before = {str(name): str(digest) for name, digest in whole.get("before", {}).items()}
        if whole["format"] == _FORMAT and all(_is_ours(name, digest) for name, digest in files.items()):
            return Manifest(str(whole["key"]), files, drawn, before)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise StoreError(f"{path} is not readable as the list of a site's files: publish to a new folder")


def _is_ours(name: str, digest: str) -> bool:
    """Tell whether a path can be one of a site: in one of its folders, of a kind that it has, and written plainly."""
    *folders, file = name.split("/")
    known = not folders or (len(folders) == 1 and folders[0] in _FOLDERS)
    return known and bool(_FILE.match(file)) and name != MANIFEST and bool(_DIGEST.match(digest))


def _text(manifest: Manifest) -> bytes:
    whole: dict[str, Json] = {
        "about": "What flipflop publish wrote, with the SHA-256 of each file. Other files here are left alone.",
        "format": _FORMAT,
        "key": manifest.key,
        "drawn": dict(sorted(manifest.drawn.items())),
        "files": dict(sorted(manifest.files.items())),
    }
    if manifest.before:
        whole["before"] = dict(sorted(manifest.before.items()))
    return (json.dumps(whole, ensure_ascii=False, indent=0) + "\n").encode()
