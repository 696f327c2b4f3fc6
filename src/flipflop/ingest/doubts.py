"""What is doubtful in the lines of a file: refused where it says that nothing is there, else told in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.errors import Problem
from flipflop.records.doubts import (
    EMPTY_CELLS,
    address_fault,
    completed,
    empty_cell,
    is_words,
    said_after_published,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.records import Statement
    from flipflop.records.codec import Json
    from flipflop.text.rows import Row

_AFTER = "said after its source was published"
_WORDS = "a source that is no web address but words, which may be the name of its outlet or its title"
_COMPLETED = "an address that is read with https:// before it"
_NOTHING = "a text that is what programs write where nothing stands"


class Doubts:
    """The doubts about one file. What carries the id of its event stands in some record, and is left alone."""

    def __init__(self) -> None:
        self._lines: dict[str, list[int]] = {}  # by what is doubtful: how many, and the first

    def of_row(self, row: Row | Problem, number: int) -> list[Problem]:
        """Return what is refused in a line; complete its address."""
        if type(row) is not dict or row.get("hash") is not None:
            return []
        if _says_nothing(row.get("text")):
            self._note(_NOTHING, number)
        problems = [*_empty_cells(row, "")]
        source = row.get("source")
        if isinstance(source, str):
            row["source"] = source = {"url": source}
        if isinstance(source, dict):
            problems += _empty_cells(source, "source.")
            problems += [] if problems else self._of_address(source, number)
        return problems

    def of_statement(self, statement: Statement, number: int) -> None:
        """Take note of a statement that was said after its source was published."""
        if statement.source is not None and said_after_published(statement):
            self._note(_AFTER, number)

    def told(self) -> Iterator[str]:
        """Yield a sentence for each doubt."""
        for doubt, (count, first) in self._lines.items():
            yield f"{first}: {doubt}{f' ({count - 1:,} more like it)' if count > 1 else ''}"

    def _of_address(self, source: Row, number: int) -> list[Problem]:
        address = source.get("url")
        if not isinstance(address, str) or _is_plain(address):
            return []
        if fault := address_fault(address):
            return [Problem(fault, "source.url")]
        source["url"] = whole = completed(address)
        if whole.strip() != address.strip():
            self._note(_COMPLETED, number)
        elif is_words(whole):
            self._note(_WORDS, number)
        return []

    def _note(self, doubt: str, number: int) -> None:
        self._lines.setdefault(doubt, [0, number])[0] += 1


def _is_plain(address: str) -> bool:
    """Tell quickly of most addresses that nothing is doubtful in them."""
    return address.startswith(("https://", "http://")) and address.count("://") == 1 and " " not in address


def _empty_cells(row: Row, prefix: str) -> Iterator[Problem]:
    for name, value in row.items():
        if name != "text" and type(value) is str and (told := empty_cell(value)):
            yield Problem(told, f"{prefix}{name}")


def _says_nothing(value: Json) -> bool:
    return type(value) is str and value in EMPTY_CELLS
