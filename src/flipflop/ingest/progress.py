"""How far an import has come, and what to say of that when it is stopped. Knows nothing of files and stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flipflop.text.rows import NumberedRow

_EVERY = 100
"""Lines between two calls."""


class Progress(NamedTuple):
    """How far an import has come: the line it is at, of how many (None: not known).

    ``closing`` is True from the last line of a transaction until the next one begins, while what was read is made
    permanent; whoever stops the import then cannot know whether that was done.
    """

    line: int
    of: int | None
    closing: bool = False


class LineCounter:
    """Counts the lines that go by, in one transaction or in batches, and tells whoever watches."""

    def __init__(
        self, name: str, of: int | None, progress: Callable[[Progress], None] | None, *, batch: int | None = None
    ) -> None:
        self.name = name
        self.batch = batch
        self._of = of
        self._progress = progress
        self._first = 0
        self._line = 0
        self._kept = 0
        self._closing = False

    def through(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """Pass on the lines of one transaction."""
        self._first = 0
        for done, row in enumerate(rows):
            self._line = row.number
            self._first = self._first or row.number
            if done % _EVERY == 0:
                self._tell()
            yield row
        self._tell(closing=True)
        self._closing = True

    def keep(self) -> None:
        """Take note that the transaction is recorded."""
        self._kept, self._closing = self._line, False

    def add_note(self, stopped: BaseException) -> None:
        """Say on what stopped the import what is recorded, where the error does not say so itself."""
        by_hand = isinstance(stopped, KeyboardInterrupt)
        if not by_hand and self.batch is None:
            return
        mended = "mend it and import" if isinstance(stopped, DataError) else "import"
        again = f"to go on from there, {mended} the file again: what is recorded is skipped"
        if by_hand and self._closing:
            note = f"whether line {self._first} and what follows are recorded is not known; {again}"
        elif self._kept:
            begun = self._first if self._first > self._kept else self._kept + 1
            note = f"everything before line {begun} is recorded; {again}"
        else:
            note = "nothing was recorded"
        stopped.add_note(f"{self.name}: {note}")

    def _tell(self, *, closing: bool = False) -> None:
        if self._progress is not None:
            self._progress(Progress(self._line, self._of, closing))
