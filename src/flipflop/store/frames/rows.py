"""What is read of a store: cells of queries, and rows as columns. Keys and moments are numbers, ids of events 16 bytes.

Imports numpy.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from flipflop.frames.reading import Integers, Texts

NO_EVENT = bytes(16)
"""What stands in the place of an id where there is none; no SHA-256 is known that begins like this."""

RAW_ID = np.dtype("V16")

Array: TypeAlias = "NDArray[Any]"
Values: TypeAlias = "tuple[Any, ...]"


def numbers(cells: Values) -> Integers:
    """Return whole numbers; the query has put something in the place of NULL."""
    return np.fromiter(cells, np.int64, len(cells))


def decimals(cells: Values) -> NDArray[np.float64]:
    """Return numbers, NaN for NULL."""
    return np.array(cells, dtype=np.float64)


def texts(cells: Values) -> Texts:
    """Return texts, None for NULL."""
    return np.array(cells, dtype=object)


def ids(cells: Values) -> Array:
    """Return the ids of events as they are stored."""
    return np.frombuffer(b"".join([cell or NO_EVENT for cell in cells]), RAW_ID)


def first_texts(cells: Values) -> Texts:
    """Return of each JSON array that begins with a text that text, None for NULL."""
    if "\\" in "".join(filter(None, cells)):  # something is escaped
        return np.array([None if cell is None else json.loads(cell)[0] for cell in cells], dtype=object)
    return np.array([None if cell is None else cell.split('"', 2)[1] for cell in cells], dtype=object)


class Of(NamedTuple):
    """The event that a column belongs to: the cell that holds its number, below 0 for none, and its kind."""

    cell: str
    kind: str


class QueryColumn(NamedTuple):
    """One column of a query: what to select, of which event if not of the row's own table, and how to read it."""

    select: str
    read: Callable[[Values], Array] = numbers
    of: Of | None = None

    @property
    def holds(self) -> str:
        """What the database gives: number, decimal, text or id."""
        return _HOLDS.get(self.read, "text")


_HOLDS: dict[Callable[[Values], Array], str] = {numbers: "number", decimals: "decimal", ids: "id"}


class Query(NamedTuple):
    """``SELECT`` the cells ``FROM`` rows."""

    cells: Mapping[str, QueryColumn]
    rows: str
    values: Sequence[int]

    @property
    def selected(self) -> str:
        """What it selects."""
        return ", ".join(cell.select for cell in self.cells.values())


class Arrays:
    """The rows of a query as columns, all equally long; ``[name]`` is one array."""

    def __init__(self, columns: dict[str, Array]) -> None:
        self._columns = columns

    def __getitem__(self, name: str) -> Array:
        return self._columns[name]

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def add(self, name: str, column: Array) -> None:
        """Put a column beside the others."""
        self._columns[name] = column

    def keep(self, wanted: NDArray[np.bool_]) -> Arrays:
        """Return some of the rows; themselves when these are all."""
        return self if wanted.all() else self.take(np.flatnonzero(wanted))

    def take(self, places: Integers) -> Arrays:
        """Return the rows at these places."""
        return Arrays({name: cells[places] for name, cells in self._columns.items()})

    def by_seq(self) -> Arrays:
        """Return the rows in the order of ``seq``, in which a database mostly gives them."""
        seqs = self["seq"]
        return self if bool((seqs[1:] > seqs[:-1]).all()) else self.take(np.argsort(seqs))


class Growing:
    """The columns of a query as they come, part by part: each is there once, never whole and in parts."""

    def __init__(self, cells: Mapping[str, QueryColumn]) -> None:
        self._columns: dict[str, Array] = {name: cell.read(()).copy() for name, cell in cells.items()}
        self._rows = 0

    def add(self, columns: Iterable[Array]) -> None:
        """Add some rows. Parts are taken while their texts are at hand: later each would have to be fetched again."""
        begin = self._rows
        for column, part in zip(self._columns.values(), columns, strict=True):
            self._rows = begin + len(part)
            if self._rows > len(column):
                column.resize(2 * self._rows, refcheck=False)
            column[begin : self._rows] = part

    def rows(self) -> Arrays:
        """Return all rows, when the last has come."""
        for column in self._columns.values():
            column.resize(self._rows, refcheck=False)
        return Arrays(self._columns)
