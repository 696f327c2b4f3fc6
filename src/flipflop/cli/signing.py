"""Who signs what is recorded: the name of whoever is at the keyboard, never one that lies in a shared record."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from flipflop.cli.base import asked
from flipflop.cli.terminal import at_terminal, say
from flipflop.errors import FlipflopError

if TYPE_CHECKING:
    import typer

    from flipflop.store import Store


def asked_by(ctx: typer.Context, value: str | None, store: Store, option: str = "--by") -> str:
    """Return who does it: as given, else the user's own name, else the login name, which is asked about or told.

    A name given with ``--by`` stands in the stamps too where the user has set none: it is all that is known of who is
    at the keyboard. One that is set stands there whoever is named, so that a ruling entered for somebody else shows it.
    """
    if value and option == "--by" and own_name() is None:
        store.by = value
    known = signer(value, store)
    if known is not None:
        return known
    login = login_name()
    if login is not None and not at_terminal():
        say(f"by {login!r}, your login name: 'flipflop init --by NAME' sets another for you, on this machine")
    name = asked(ctx, None, option, "Your name", default=login)
    if at_terminal() and name != login:
        with suppress(OSError, FlipflopError):  # then it is asked for again
            say(f"kept as your name in {keep_name(name)}: 'flipflop init --by NAME' changes it")
    return name


def signer(value: str | None, store: Store) -> str | None:
    """Return who signs: as given, else $FLIPFLOP_BY, else the user's file; None where none of them says.

    A name that version 0.1.0 kept in the store, for whoever opened it, is told, taken out and not used.
    """
    left = store.drop_name()
    if left is not None:
        say(f"note: an earlier version kept the name {left!r} in this store for all to sign with; it is taken out")
    return value or own_name()


def own_name() -> str | None:
    """Return the user's own name: $FLIPFLOP_BY, else the one in the user's file; None where neither says it."""
    given = os.environ.get("FLIPFLOP_BY", "").strip()
    if given:
        return given
    try:
        return _file().read_text("utf-8").strip() or None
    except (OSError, ValueError):
        return None


def keep_name(name: str) -> Path:
    """Write the name into the user's own file, and return where that is."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{name}\n", "utf-8")
    return file


def login_name() -> str | None:
    """Return the name under which the machine knows who runs this, None where it knows none."""
    from getpass import getuser

    try:
        return getuser().strip() or None
    except (OSError, KeyError):  # KeyError before Python 3.13
        return None


def _file() -> Path:
    """Where the platform keeps what a user has set for a program."""
    if sys.platform == "win32":
        home = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        usual = Path("Library", "Application Support") if sys.platform == "darwin" else Path(".config")
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / usual)
    return home / "flipflop" / "by"
