"""Reads the rows of a query, block by block, into one array a column: keys and moments as numbers, texts as texts.

Words stay the integer keys that they are in the tables until a column is finished. Imports numpy and pandas.
"""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from flipflop.errors import DataError, Problem, suggestion
from flipflop.frames import contracts
from flipflop.frames.contracts import CONTRACTS, TEXT
from flipflop.records.codec import moment_text
from flipflop.store import columns as col, frame_arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from flipflop.frames.contracts import Series
    from flipflop.frames.reading import Integers, Texts
    from flipflop.store.tables import Tables

BLOCK = 5_000
"""Rows whose cells are there at once as they come from the database."""

Array: TypeAlias = "NDArray[Any]"
Cells: TypeAlias = "tuple[Any, ...]"

_SECOND = 1_000_000
_DAY = 86_400


def numbers(cells: Cells) -> Integers:
    """Return whole numbers; the query has put something in the place of NULL."""
    return np.fromiter(cells, np.int64, len(cells))


def decimals(cells: Cells) -> NDArray[np.float64]:
    """Return numbers, NaN for NULL."""
    return np.array(cells, dtype=np.float64)


def texts(cells: Cells) -> Texts:
    """Return texts, None for NULL."""
    return np.array(cells, dtype=object)


def ids(cells: Cells) -> Texts:
    """Return the ids of events as 32 hex digits."""
    digits = b"".join(cells).hex()
    return np.array([digits[at : at + 32] for at in range(0, len(digits), 32)], dtype=object)


def optional_ids(cells: Cells) -> Texts:
    """Return ids, None for NULL."""
    return np.array([None if cell is None else cell.hex() for cell in cells], dtype=object)


def first_texts(cells: Cells) -> Texts:
    """Return of each JSON array that begins with a text that text, None for NULL."""
    if "\\" in "".join(filter(None, cells)):  # something is escaped
        return np.array([None if cell is None else json.loads(cell)[0] for cell in cells], dtype=object)
    return np.array([None if cell is None else cell.split('"', 2)[1] for cell in cells], dtype=object)


class Cell(NamedTuple):
    """One column of a query: what to select, from which joined table if any, and how to read it."""

    select: str
    read: Callable[[Cells], Array] = numbers
    join: str | None = None

    @property
    def holds(self) -> str:
        """What the database gives: number, decimal, text or blob."""
        return _HOLDS.get(self.read, "text")


_HOLDS: dict[Callable[[Cells], Array], str] = {
    numbers: "number",
    decimals: "decimal",
    ids: "blob",
    optional_ids: "blob",
}


class Rows:
    """The rows of a query as columns; ``[name]`` is one array."""

    def __init__(self, columns: dict[str, Array]) -> None:
        self._columns = columns

    def __getitem__(self, name: str) -> Array:
        return self._columns[name]

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def keep(self, wanted: NDArray[np.bool_]) -> Rows:
        """Return some of the rows; themselves when these are all."""
        return self if wanted.all() else self.take(np.flatnonzero(wanted))

    def take(self, places: Integers) -> Rows:
        """Return the rows at these places."""
        return Rows({name: cells[places] for name, cells in self._columns.items()})


def read(
    tables: Tables, cells: Mapping[str, Cell], table: str, where: str, values: Sequence[int], *, few: bool = False
) -> Rows:
    """Read these columns, ``seq`` among them, of a table and of what is joined to it: in the order of ``seq``.

    ``few``: the conditions leave little of the table, or nobody can say how much.
    """
    joins = " ".join(dict.fromkeys(cell.join for cell in cells.values() if cell.join))
    source = f"{table} {joins} WHERE {where}"
    path = None if few else frame_arrow.file_of(tables)
    parts = None if path is None else frame_arrow.read(path, tables, cells, source, values)
    if parts is None:
        parts = _row_by_row(tables, cells, source, values)
    rows = Rows({name: _joined(part) for name, part in parts.items()})
    seqs = rows["seq"]
    return rows if bool((seqs[1:] > seqs[:-1]).all()) else rows.take(np.argsort(seqs))


def _row_by_row(
    tables: Tables, cells: Mapping[str, Cell], source: str, values: Sequence[int]
) -> dict[str, list[Array]]:
    selected = frame_arrow.selected(cells)
    rows = tables.sql.execute(f"SELECT {selected} FROM {source}", values)
    parts: dict[str, list[Array]] = {name: [cell.read(())] for name, cell in cells.items()}
    with _no_search_for_cycles():
        for block in _blocks(iter(rows)):
            for (name, cell), found in zip(cells.items(), zip(*block, strict=True), strict=True):
                parts[name].append(cell.read(found))
    return parts


def _blocks(rows: Iterator[Cells]) -> Iterator[list[Cells]]:
    while block := list(islice(rows, BLOCK)):
        yield block


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rows are tuples that hold no cycles, but so many that Python would go looking for some again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _joined(parts: list[Array]) -> Array:
    """Put the parts together and let them go, so that there are never two of each column but one."""
    found = np.concatenate(parts)
    parts.clear()
    return found


class Words:
    """The words of a store by key."""

    def __init__(self, tables: Tables) -> None:
        self.text: dict[int, str] = dict(tables.sql.execute("SELECT key, text FROM word").fetchall())

    def __getitem__(self, key: int) -> str:
        return self.text[key]


def words(keys: Integers, word_of: Callable[[int], str | None]) -> Series:
    """Return what each key stands for as the dtype of words; a key below 0 stands for nothing."""
    return contracts.words(*_said(keys, word_of))


def repeated(keys: Integers, text_of: Callable[[int], str | None]) -> Series:
    """Return what each key stands for as the dtype of texts: equal ones are one string in memory."""
    codes, known = _said(keys, text_of)
    return text_series(np.array([*known, None], dtype=object)[codes])


def _said(keys: Integers, text_of: Callable[[int], str | None]) -> tuple[Integers, list[str | None]]:
    """Number the keys that occur, and say for each what it stands for."""
    present = np.zeros(int(keys.max(initial=0)) + 2, dtype=bool)
    present[keys] = True  # keys below 0 mark the last place, which no other key reaches
    known = np.flatnonzero(present[:-1])
    place = np.full(len(present), -1, dtype=np.int64)
    place[known] = np.arange(len(known))
    return place[keys], [text_of(key) for key in known.tolist()]


def flags(keys: Integers, flag_of: Callable[[int], bool]) -> Series:
    """Return true or false for each key, all of them known."""
    known, place = np.unique(keys, return_inverse=True)
    return pd.Series(np.array([flag_of(key) for key in known.tolist()], dtype=bool)[place])


def counts(values: Integers) -> Series:
    """Return whole numbers none of which is missing as the dtype of integers."""
    return pd.Series(pd.arrays.IntegerArray(values, np.zeros(len(values), dtype=bool)))


def typed(starts: Integers, given: Texts) -> Texts:
    """Return moments as they were typed: None stands for the start written as ISO 8601."""
    said = given.copy()
    missing = np.array([text is None for text in given], dtype=bool)
    said[missing] = iso_texts(starts[missing])
    return said


def iso_texts(micros: Integers) -> Texts:
    """Return moments as ISO 8601 with Z; microseconds only where there are any. Raises StoreError past year 9999."""
    said = np.empty(len(micros), dtype=object)
    even = micros % _SECOND == 0
    days, seconds = np.divmod(micros[even] // _SECOND, _DAY)
    said[even] = _each(days, lambda day: moment_text(col.moment(day * _DAY * _SECOND))[:11]) + _each(
        seconds, lambda second: f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
    )
    said[~even] = [moment_text(col.moment(at)) for at in micros[~even].tolist()]
    return said


def _each(values: Integers, say: Callable[[int], str]) -> Texts:
    """Say each number, each distinct one once."""
    distinct, place = np.unique(values, return_inverse=True)
    said: Texts = np.array([say(value) for value in distinct.tolist()], dtype=object)[place]
    return said


def attributions(packed: Texts) -> Series:
    """Return chains of attribution, JSON arrays as they are stored, joined with ``" > "``."""
    codes, known = pd.factorize(packed)
    chains = [" > ".join(col.unpacked_list(one)) or None for one in known]
    return text_series(np.array([*chains, None], dtype=object)[codes])


def text_series(values: Texts) -> Series:
    """Return texts as the dtype of texts."""
    return pd.Series(values, dtype=TEXT)


def asked(name: str, columns: Iterable[str] | None) -> tuple[str, ...]:
    """Return the columns of a frame that are wanted, each once, in the order of asking. Raises DataError."""
    known = CONTRACTS[name]
    if columns is None:
        return tuple(known)
    if isinstance(columns, str):
        raise DataError(f"columns are a list of names: columns=[{columns!r}]")
    wanted = tuple(dict.fromkeys(columns))
    unknown = [c for c in wanted if c not in known]
    if unknown:
        raise DataError(Problem(f"{name} have no such column{suggestion(c, known)}", c) for c in unknown)
    return wanted


def standing(seqs: Integers, out: Collection[int]) -> NDArray[np.bool_]:
    """Tell which events do not stand among some others."""
    return ~np.isin(seqs, np.fromiter(out, np.int64, len(out)))


def overwritten(series: Series, rows: Sequence[int], values: Sequence[object]) -> Series:
    """Return a column with other values in some rows; moments are given in microseconds."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        known = [*series.cat.categories, *(str(value) for value in values if value is not None)]
        codes = series.cat.codes.to_numpy().astype(np.int64)
        place = {word: code for code, word in enumerate(known)}
        codes[list(rows)] = [-1 if value is None else place[str(value)] for value in values]
        return contracts.words(codes, known)
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        micros = series.dt.tz_convert(None).to_numpy().astype("datetime64[us]").view(np.int64).copy()
        micros[list(rows)] = np.array(values, dtype=np.int64)
        return contracts.moments(micros)
    changed = series.copy()
    changed.iloc[list(rows)] = [pd.NA if value is None else value for value in values]
    return changed
