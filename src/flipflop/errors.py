"""The errors that flipflop raises on purpose; everything else that escapes is a bug and keeps its traceback.

FlipflopError
├── DataError          what somebody gave is not right: gathered, located, with a remedy
│   └── WhenError      a moment that cannot be said without guessing
├── StoreError         the store cannot do that: foreign file, read-only disk, busy, damaged
│   └── DuplicateError the very same event is recorded already
└── MissingExtraError  an optional part is not installed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class FlipflopError(Exception):
    """Base class of all errors that flipflop raises on purpose."""


class Problem(NamedTuple):
    """One thing wrong with one value, and where it stands.

    ``str()`` of it reads ``file:line: field message``, unknown parts left out.
    """

    message: str
    field: str | None = None
    file: str | None = None
    line: int | None = None

    def at(self, file: str, line: int) -> Problem:
        """Return the same problem, located in a file."""
        return self._replace(file=file, line=line)

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place = f"{place or 'line'}:{self.line}" if place else f"line {self.line}"
        told = " ".join(part for part in (self.field, self.message) if part)
        return f"{place}: {told}" if place else told


class DataError(FlipflopError, ValueError):
    """Bad data. ``problems`` holds every one that was found, in the order of the input; nothing was written."""

    def __init__(self, problems: str | Problem | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class WhenError(DataError):
    """A moment that cannot be said from the text without guessing."""


class StoreError(FlipflopError):
    """The store cannot do what was asked; it is as it was before."""


class DuplicateError(StoreError):
    """The very same event is recorded already (or was retracted or redacted)."""


class MissingExtraError(FlipflopError, ImportError):
    """An optional part is not installed; the message names the extra that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part: pip install 'flipflop-timeline[{extra}]'")


_LONGEST_WORD = 200
"""Letters past which nobody mistyped a word; comparing a text of megabytes would take minutes."""


def suggestion(value: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'oppose'?"`` for the nearest known word, or an empty string."""
    if len(value) > _LONGEST_WORD:
        return ""
    from difflib import get_close_matches  # costs start-up time, and most runs have no error

    near = get_close_matches(value, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
