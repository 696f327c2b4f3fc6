"""Reads several lines at a terminal, typed or pasted, up to an empty one. Knows nothing of what they say.

The terminal is asked to mark what is pasted (bracketed paste), so that an empty line in it ends nothing, and is read
without the line editing of the system, which would cut a line at 4,096 bytes.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from flipflop.cli.terminal import columns_of, say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
_AT_ONCE: Final = 0.1
"""Seconds within which more comes where something is pasted into a terminal that does not mark it."""
_BACK, _CTRL_D, _CTRL_U = ("\x7f", "\b"), "\x04", "\x15"
_KEY: Final = re.compile(r"\x1b(\[[0-9;]*[A-Za-z~]|O[A-Z])")
"""What an arrow or function key sends."""


def ask_text(question: str) -> str:
    """Ask for a text of one line or more, which an empty line ends: not empty, as given but for its last line ends.

    Ctrl-D ends it too, and raises EOFError where nothing stands before.
    """
    while True:
        sys.stdout.write(f"{visible(question)} (an empty line ends it): ")
        sys.stdout.flush()
        text = _read().rstrip("\n")
        if text.strip():
            return text
        say("there are no words yet")


def _read() -> str:
    if sys.platform == "win32" or os.environ.get("TERM") == "dumb":  # they give lines, and mark nothing
        return _lines()
    with _unedited():
        return _Typed().read()


def _lines() -> str:
    """Read lines as the system gives them."""
    found: list[str] = []
    while line := input():
        found.append(line)
    return "\n".join(found)


@contextmanager
def _unedited() -> Iterator[None]:
    """Take the line editing off, and have pastes marked, for as long as a text is read."""
    import termios as tty

    before = tty.tcgetattr(0)
    bare = list(before)
    bare[0] &= ~tty.ICRNL  # else a pasted CRLF would be two line ends
    bare[3] &= ~(tty.ICANON | tty.ECHO)
    try:
        tty.tcsetattr(0, tty.TCSANOW, bare)
        _echo("\x1b[?2004h")
        yield
    finally:
        _echo("\x1b[?2004l")
        tty.tcsetattr(0, tty.TCSANOW, before)


class _Typed:
    """What is typed and pasted, character by character."""

    def __init__(self) -> None:
        self._text = ""
        self._pasting = False
        self._after_cr = False
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self) -> str:
        """Return the text when an empty line or Ctrl-D has ended it."""
        waiting = ""
        while True:
            data = os.read(0, 65_536)
            waiting += self._decode.decode(data, final=not data)
            waiting = self._take(waiting) if data else _CTRL_D
            if waiting == _CTRL_D and not self._text:
                raise EOFError
            if waiting == _CTRL_D or (self._is_ended() and not _more()):
                return self._text

    def _take(self, given: str) -> str:
        """Take what has come, and return what must wait for more: the start of a mark; or Ctrl-D, which ends."""
        while given:
            mark = _END if self._pasting else _BEGIN
            if given.startswith(mark):
                self._pasting = not self._pasting
                given = given[len(mark) :]
            elif mark.startswith(given):
                return given
            elif given[0] == _CTRL_D and not self._pasting:
                return _CTRL_D
            elif not self._pasting and (key := _KEY.match(given)):
                given = given[key.end() :]
            else:
                self._add(given[0])
                given = given[1:]
        return ""

    def _add(self, char: str) -> None:
        if not self._pasting and char in _BACK:
            self._take_back()
            return
        if not self._pasting and char == _CTRL_U:
            while self._text and not self._text.endswith("\n"):
                self._take_back()
            return
        ends_cr, self._after_cr = self._after_cr and char == "\n", char == "\r"
        if ends_cr:
            return
        if char == "\r":
            char = "\n"
        if char in "\n\t" or char.isprintable() or self._pasting:
            self._text += char
            _echo(char if char in "\n\t" else visible(char))

    def _take_back(self) -> None:
        if self._text and not self._text.endswith("\n"):
            columns = columns_of(self._text[-1])
            self._text = self._text[:-1]
            _echo("\b \b" * columns)

    def _is_ended(self) -> bool:
        return not self._pasting and (self._text.endswith("\n\n") or self._text == "\n")


def _more() -> bool:
    """Tell whether more comes at once: then it is a paste, and the empty line one of it."""
    from select import select

    return bool(select([0], [], [], _AT_ONCE)[0])


def drop_waiting() -> None:
    """Drop what was pasted and not read: the shell would run it."""
    if sys.platform != "win32":
        import termios

        termios.tcflush(0, termios.TCIFLUSH)


def _echo(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
