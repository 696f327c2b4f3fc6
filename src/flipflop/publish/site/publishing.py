"""From a store to the files of a site: what is made, in which order, and what need not be made again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from importlib import metadata as installed
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.cases.lacking import requirements
from flipflop.errors import DataError, Problem
from flipflop.figures.data import UNTITLED
from flipflop.publish.site.model import NO_SCOPE, Options
from flipflop.publish.site.writing import Manifest, is_unchanged, kept, manifest_of, one_at_a_time, write_site
from flipflop.records.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from flipflop.publish.site.model import Record
    from flipflop.store import Store

_MAKERS: Final = ("pandas", "plotly", "kaleido", "pyarrow")
"""Packages whose version may show in the bytes of a site."""


class Published(NamedTuple):
    """What a publish did: paths inside ``folder``, and what a person should read."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def publish_site(
    store: Store,
    folder: str | PathLike[str],
    *,
    title: str | None = None,
    scope: str | None = None,
    tz: str | None = None,
    approvals: int = 1,
    require: Iterable[str] = (),
    candidates: bool = False,
    bylines: bool = False,
    with_log: bool = False,
    pictures: bool = True,
    base_url: str | None = None,
    publisher: str | None = None,
    overwrite: bool = False,
) -> Published:
    """Write a store as a static site into a folder, and return what was written.

    ``scope`` says on every page who is covered and why. All moments are shown in ``tz``, by default the store's zone,
    else UTC. A pair is called a change of position only where ``approvals`` people ruled so and nothing is missing that
    is required, or that ``require`` names (words of ``flipflop.cases.REQUIRABLE``, such as ``reply``); ``candidates``
    shows the other pairs too, marked as such. ``bylines`` names who ruled. ``with_log`` adds the whole log, with
    coders, notes and all. ``pictures`` draws one of each ruled pair, which needs the extra ``images`` and a browser;
    without them it says so. ``base_url`` is where the site will be, for feeds and pictures; without it every address is
    relative. ``publisher`` is who answers for it, by default the title.

    Persons without a public role are left out everywhere. Files that would be the same are not touched, pages of what
    is no longer shown are taken away, and files that no publish wrote are left alone; so are, with a warning, those of
    ours that somebody changed since, unless ``overwrite``. Two publishes of one folder take turns. The store is not
    changed; note the copy with ``Store.exported``. Raises DataError for options that do not fit, StoreError for a
    folder that holds something else or cannot be written; the site that was there then still stands.
    """
    options = _options(
        Options(
            title=title or UNTITLED,
            scope=scope or NO_SCOPE,
            tz=tz or store.tz or "UTC",
            approvals=approvals,
            require=requirements(require),
            candidates=candidates,
            bylines=bylines,
            with_log=with_log,
            pictures=pictures,
            base_url=base_url or "",
            publisher=publisher or "",
        )
    )
    target = Path(folder)
    with one_at_a_time(target):
        known = manifest_of(target)
        key = _key(store, options)
        if known is not None and known.key == key and is_unchanged(target, known):
            return Published(target, (), tuple(known.files), ())
        return _published(store, target, options, key, known, overwrite=overwrite)


def _published(
    store: Store, target: Path, options: Options, key: str, known: Manifest | None, *, overwrite: bool
) -> Published:
    from flipflop.publish.site.files import Making, site_files
    from flipflop.publish.site.gather import gather

    record = gather(store, options)
    making = Making(lambda path, shows: kept(target, known, path, shows))
    done = write_site(
        target,
        site_files(store, record, making),
        known,
        lambda: Manifest("" if making.failed else key, {}, making.drawn),
        overwrite=overwrite,
    )
    by_hand = _by_hand_note(done.by_hand)
    notes = (
        *by_hand,
        *_scope_note(options),
        *_left_out_note(record),
        *record.warnings,
        *_open_note(record),
        *making.notes,
    )
    return Published(target, done.written, done.unchanged, done.removed, warnings=notes)


def _options(given: Options) -> Options:
    """Return the options as they are used. Raises DataError with every one that does not fit."""
    from flipflop.figures.zone import drawn_zone

    zone = drawn_zone(given.tz)
    problems = []
    if given.approvals < 1:
        problems.append(Problem(f"must be 1 or more, not {given.approvals}", "approvals"))
    address = given.base_url.rstrip("/") + "/" if given.base_url else ""
    if address and (web_address(address) != address or "?" in address or "#" in address):
        problems.append(Problem(f"{given.base_url!r} is no http(s) address of a folder", "base_url"))
    if problems:
        raise DataError(problems)
    return replace(given, tz=zone.name, base_url=address)


def _key(store: Store, options: Options) -> str:
    """Return a digest of all that a site is made of: the record, the options, the program and what it builds on."""
    import sqlite3

    import flipflop
    from flipflop.publish.site.cards import hindrance

    folder = Path(flipflop.__file__).parent
    code = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".css", ".js"):
            code.update(path.read_bytes())
    made_of = [store.head(), asdict(options), code.hexdigest(), sqlite3.sqlite_version, *map(_version, _MAKERS)]
    made_of.append(hindrance() if options.pictures else None)
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def _version(package: str) -> str | None:
    try:
        return installed.version(package)
    except installed.PackageNotFoundError:
        return None


def _by_hand_note(paths: tuple[str, ...]) -> tuple[str, ...]:
    if not paths:
        return ()
    named = ", ".join(paths[:5]) + (f" and {len(paths) - 5:,} more" if len(paths) > 5 else "")
    return (
        f"changed by hand since it was published, and left as it is: {named}; --overwrite (overwrite=True) puts what "
        "the record says in its place",
    )


def _scope_note(options: Options) -> tuple[str, ...]:
    return ("no scope is given: readers cannot tell who is covered and why",) if options.scope == NO_SCOPE else ()


def _left_out_note(record: Record) -> tuple[str, ...]:
    number = record.left_out.persons
    if not number:
        return ()
    left_out = "1 person without a public role is" if number == 1 else f"{number} persons without a public role are"
    return (f"{left_out} left out, with all they said: flipflop speaker add NAME --id ID --role ROLE records a role",)


def _open_note(record: Record) -> tuple[str, ...]:
    number = record.left_out.unapproved
    if not number:
        return ()
    ruled = "1 pair was" if number == 1 else f"{number} pairs were"
    return (f"{ruled} ruled on and cannot be called a change yet: flipflop sheet EARLIER LATER tells what is missing",)
