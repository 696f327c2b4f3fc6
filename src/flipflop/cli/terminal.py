"""What goes to the terminal and what comes from it: harmless text, width, colour, questions."""

from __future__ import annotations

import io
import os
import shutil
import sys
import unicodedata
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


READER_GONE = 141
"""What a shell tells of ``cat`` and the like when the reader of their pipe has left: 128 + SIGPIPE.

Not 1, which says that the data is bad, and not 0: where ``gzip`` died, ``flipflop export -o - | gzip`` wrote not all.
The signal itself would end us, unlike those tools, in the middle of a transaction, and for a server's socket too.
"""
_BETWEEN = 0.1
"""Seconds between two looks of a progress bar."""


def visible(text: str) -> str:
    """Return the text with nothing in it that steers a terminal or misleads the eye."""
    if text.isprintable():
        return text
    from flipflop.text.visible import visible as made_visible  # its patterns cost start-up time

    return made_visible(text)


def put(text: str) -> None:
    """Write one line or more of data to stdout, with nothing in it that could steer a terminal."""
    _write(sys.stdout, visible(text) + "\n")


def put_raw(text: str) -> None:
    """Write data in a format of its own to stdout: as it is to a file or a pipe, harmless to a terminal."""
    _write(sys.stdout, visible(text) if sys.stdout.isatty() else text)


def put_line(styled: str) -> None:
    """Write a line of our own making, escape sequences included."""
    _write(sys.stdout, styled + "\n")


def say(text: str) -> None:
    """Write a line of talk to stderr."""
    _flush()  # what was printed before stands before
    _write(sys.stderr, visible(text) + "\n")


def _write(stream: TextIO, text: str) -> None:
    with _writable():
        try:
            stream.write(text)
        except UnicodeEncodeError:  # a terminal that is not UTF-8
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


class _UnwritableError(Exception):
    """What was printed cannot be written, on a full disk for instance."""


@contextmanager
def _writable() -> Iterator[None]:
    """Tell what the system says of a stream from what it says of other files."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _UnwritableError(error.strerror) from error


def _flush() -> None:
    with _writable():
        sys.stdout.flush()


def at_terminal() -> bool:
    """Tell whether a person can be asked: both stdin and stdout are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, *, default: str | None = None) -> str:
    """Ask for a line at the terminal, again until there is one. Ctrl-D raises EOFError, which aborts."""
    hint = f" [{default}]" if default else ""
    while True:
        answer = input(f"{visible(question)}{hint}: ").strip()
        if answer or default:
            return answer or str(default)


def ask_if_any(question: str) -> str | None:
    """Ask for a line that may be left empty: None then."""
    return input(f"{visible(question)} [none]: ").strip() or None


def choose(question: str, choices: Sequence[str], *, default: str | None = None) -> str:
    """Ask for one of some words; its first letters are enough where they fit one word only."""
    while True:
        answer = ask(f"{question} ({', '.join(choices)})", default=default).lower().replace("-", "_").replace(" ", "_")
        fitting = [choice for choice in choices if choice.startswith(answer)]
        if answer in choices or len(fitting) == 1:
            return answer if answer in choices else fitting[0]
        say(f"{answer!r} is not one of {', '.join(choices)}")


def agreed(question: str) -> bool:
    """Ask yes or no; no is what Enter means."""
    return input(f"{visible(question)} [y/N]: ").strip().lower() in ("y", "yes")


def width() -> int:
    """Return the columns of the terminal, at least 20."""
    return max(20, shutil.get_terminal_size().columns)


def emphasis(text: str) -> str:
    """Return the text in bold where stdout is a terminal that wants colours."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[1m{text}\x1b[0m"


def columns_of(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, columns: int) -> str:
    """Return the text in at most that many columns, with … where something was left out."""
    if columns_of(text) <= columns:
        return text
    taken, room = "", columns - 1
    for c in text:
        room -= columns_of(c)
        if room < 0:
            break
        taken += c
    return taken.rstrip() + "…"


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """Leave without a word when whoever reads what is printed has gone (``| head``), with one where a disk is full."""
    try:
        try:
            yield
        finally:
            _flush()
    except (BrokenPipeError, SystemExit) as left:
        if BrokenPipeError not in (type(left), type(left.__context__)):  # typer may see it first, and leaves with 1
            raise
        _write_nowhere(sys.stdout, sys.stderr)
        raise SystemExit(READER_GONE) from None
    except _UnwritableError as error:
        _write_nowhere(sys.stdout)
        say(f"error: standard output cannot be written: {error}")
        raise SystemExit(1) from None


def _write_nowhere(*streams: TextIO) -> None:
    """Drop what was not written, which the interpreter would try once more as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())


def open_streams() -> None:
    """Put nothing in the place of streams that were closed (``<&-``): as who reads it, and where nobody does.

    Under PYTHONUNBUFFERED, as containers have it, Python drops what the system does not take at once, without a word:
    give stdout its buffer back.
    """
    nothing = Path(os.devnull)
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    if isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        bare = sys.stdout
        sys.stdout = open(bare.fileno(), "w", encoding=bare.encoding, errors=bare.errors, closefd=False)  # noqa: SIM115 -- for good


@contextmanager
def progress(what: str) -> Iterator[Callable[[float | None, str], None] | None]:
    """Give a function that shows a share from 0 to 1 and a few words on stderr, from one second on.

    None where stderr is no terminal. A share that is not known (None) is shown as dots.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from time import monotonic

    begun = shown = monotonic()

    def show(share: float | None, told: str) -> None:
        nonlocal shown
        now = monotonic()
        if now - begun > 1 and now - shown > _BETWEEN:
            shown = now
            bar = "…" if share is None else f"[{'#' * round(24 * share):.<24}] {share:4.0%}"
            sys.stderr.write(f"\r{what} {bar}  {told}\x1b[K")
            sys.stderr.flush()

    try:
        yield show
    finally:
        if shown != begun:
            sys.stderr.write("\r\x1b[K")
