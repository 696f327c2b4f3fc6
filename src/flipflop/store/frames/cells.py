"""Makes the columns of frames of what was read of a store: words from their keys, moments, ids. Imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.errors import DataError, Problem, suggestion
from flipflop.frames import contracts
from flipflop.frames.contracts import CONTRACTS
from flipflop.records.codec import moment_text
from flipflop.store.frames.rows import NO_EVENT, RAW_ID
from flipflop.store.sql import columns as col

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from flipflop.frames.contracts import Series
    from flipflop.frames.reading import Integers, Texts
    from flipflop.store.frames.rows import Array
    from flipflop.store.sql.tables import Tables

_SECOND = 1_000_000
_DAY = 86_400


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
    return contracts.texts(np.array([*known, None], dtype=object)[codes])


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
    if even.any():
        said[even] = _to_the_second(micros[even] // _SECOND)
    said[~even] = [moment_text(col.moment(at)) for at in micros[~even].tolist()]
    return said


def _to_the_second(seconds: Integers) -> Texts:
    """Say days and times of day, each distinct one once, and put their letters side by side."""
    days, times = np.divmod(seconds, _DAY)
    date = _each(days, lambda day: moment_text(col.moment(day * _DAY * _SECOND))[:11])
    time = _each(times, lambda at: f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}Z")
    return sliced(np.concatenate([date, time], axis=1).tobytes().decode("ascii"), date.shape[1] + time.shape[1])


def _each(values: Integers, say: Callable[[int], str]) -> NDArray[np.uint8]:
    """Say each number in ASCII letters, always as many; one row a number."""
    codes, distinct = pd.factorize(values)
    said = np.array([say(value) for value in distinct.tolist()], dtype=np.bytes_)
    return said.view(np.uint8).reshape(len(said), -1)[codes]


def sliced(letters: str, width: int) -> Texts:
    """Cut a text into texts of that many letters."""
    return np.array([letters[at : at + width] for at in range(0, len(letters), width)], dtype=object)


def id_series(raw: Array) -> Series:
    """Return the ids of events, 16 bytes each, as 32 hex digits, missing where there is no event."""
    there = raw != np.frombuffer(NO_EVENT, RAW_ID)[0]
    found = np.full(len(raw), None, dtype=object)
    found[there] = sliced(raw[there].tobytes().hex(), 32)
    return contracts.texts(found)


def attributions(packed: Texts) -> Series:
    """Return chains of attribution, JSON arrays as they are stored, joined with ``" > "``."""
    codes, known = pd.factorize(packed)
    chains = [" > ".join(col.unpacked_list(one)) or None for one in known]
    return contracts.texts(np.array([*chains, None], dtype=object)[codes])


NEVER = int(np.iinfo(np.int64).min)
"""No moment, in microseconds."""


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
