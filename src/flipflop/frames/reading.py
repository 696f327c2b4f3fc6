"""Reads the columns of anybody's DataFrame into plain arrays, and gathers what is wrong with them.

Text may be object, ``str``, ``string``, categorical, Arrow or integer; moments may be aware timestamps of any unit and
zone, datetimes, ISO texts with an offset, or one column ``said`` as people type it. The index plays no part.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from flipflop.errors import DataError, Problem, WhenError, suggestion
from flipflop.when import When

if TYPE_CHECKING:
    from collections.abc import Iterable

Instants: TypeAlias = NDArray[np.int64]
"""UTC microseconds since 1970."""
Texts: TypeAlias = NDArray[np.object_]
"""Python strings."""

Integers: TypeAlias = NDArray[np.int64]
"""Codes, ranks, places."""

NO_MOMENT = np.iinfo(np.int64).min
"""What stands for a missing moment; pandas and numpy read it as NaT."""

_SHOWN = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_REMEDY = "say which zone it is in, e.g. frame[{column!r}].dt.tz_localize('UTC')"
_TRUE, _FALSE = {"true", "t", "1", "yes"}, {"false", "f", "0", "no", ""}


class Coded(NamedTuple):
    """A text column as whole numbers: ``words`` ascending, ``codes`` into them, -1 where missing."""

    codes: NDArray[np.int64]
    words: Texts


class FrameReader:
    """Reads the columns of one frame. Problems are gathered; ``done`` raises them, located by row (the first is 1)."""

    def __init__(self, frame: pd.DataFrame, name: str) -> None:
        self.frame = frame
        self.name = name
        self.problems: list[Problem] = []

    def add(self, message: str, column: str, row: int | None = None) -> None:
        """Note a problem of a column, or of its value in a row counted from 0."""
        self.problems.append(Problem(message, column, self.name, None if row is None else row + 1))

    def done(self) -> None:
        """Raise what was gathered, if anything.

        Raises:
            DataError: with every problem.

        """
        if self.problems:
            raise DataError(self.problems)

    def require(self, *columns: str) -> None:
        """Raise at once when a column is missing: nothing else can be said about the frame."""
        known = [str(column) for column in self.frame.columns]
        for column in columns:
            if column not in self.frame:
                self.add(f"the column is missing{suggestion(column, known)}", column)
            elif known.count(column) > 1:
                self.add("there is more than one column of this name", column)
        self.done()

    def at_rows(self, bad: NDArray[np.bool_], column: str, message: str) -> None:
        """Note the same problem for the rows where ``bad`` is true; past twenty only how many more."""
        rows = np.flatnonzero(bad)
        for row in rows[:_SHOWN]:
            self.add(message, column, int(row))
        if len(rows) > _SHOWN:
            self.add(f"… and {len(rows) - _SHOWN:,} more rows like these", column)

    def texts(self, column: str) -> Texts:
        """Return the column as Python strings, None where missing (or where there is no such column)."""
        if column not in self.frame:
            return np.full(len(self.frame), None, dtype=object)
        values = self.frame[column]
        found = values.to_numpy(dtype=object)
        if isinstance(values.dtype, pd.StringDtype):
            return found if values.notna().all() else np.where(values.isna(), np.array(None, dtype=object), found)
        if pd.api.types.infer_dtype(found, skipna=False) in {"string", "empty"}:
            return found
        missing = values.isna().to_numpy(dtype=bool)
        return np.array([None if gone else str(x) for x, gone in zip(found, missing, strict=True)], dtype=object)

    def names(self, column: str) -> Texts:
        """Return the column as Python strings; a missing or blank one is a problem."""
        found = self.texts(column)
        self.at_rows((found == None) | (found == ""), column, "a value is missing")  # noqa: E711 - elementwise
        return found

    def coded(self, column: str, *, required: bool = True) -> Coded:
        """Return the column as codes into its distinct words, ascending; missing and blank ones are coded -1."""
        values = self.frame[column]
        if isinstance(values.dtype, pd.CategoricalDtype):
            codes, raw = values.cat.codes.to_numpy().astype(np.int64), values.cat.categories.to_numpy(dtype=object)
        else:
            codes, found = pd.factorize(values)
            raw = np.asarray(found, dtype=object)
        words = sorted({str(word) for word in raw} - {""})
        place = {word: code for code, word in enumerate(words)}
        ranks = np.array([place.get(str(word), -1) for word in raw] + [-1], dtype=np.int64)
        coded = Coded(ranks[codes], np.array(words, dtype=object))
        if required:
            self.at_rows(coded.codes < 0, column, "a value is missing")
        return coded

    def words(self, column: str, allowed: Iterable[str], *, missing: str | None = None) -> NDArray[np.int64]:
        """Return the place of each value in a closed set. A missing one counts as ``missing``, or is a problem."""
        allowed = [str(word) for word in allowed]
        coded = self.coded(column, required=missing is None)
        place = {word: code for code, word in enumerate(allowed)}
        ranks = np.array([place.get(word, -2) for word in coded.words] + [place.get(missing or "", -1)], dtype=np.int64)
        found = ranks[coded.codes]
        for code in np.unique(coded.codes[found == -2]):
            rows, word = np.flatnonzero(coded.codes == code), coded.words[code]
            often = "" if len(rows) == 1 else f" ({len(rows):,} rows)"
            self.add(
                f"{word!r} is not one of {', '.join(allowed)}{suggestion(word, allowed)}{often}", column, int(rows[0])
            )
        return found

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return the column as floats, NaN where missing (or where there is no such column)."""
        if column not in self.frame:
            return np.full(len(self.frame), np.nan)
        try:
            found = pd.to_numeric(self.frame[column]).to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError) as error:
            self.add(f"holds something that is no number ({error})", column)
            return np.full(len(self.frame), np.nan)
        return np.asarray(found, dtype=np.float64)

    def flags(self, column: str) -> NDArray[np.bool_]:
        """Return the column as true and false; missing is false; TRUE and FALSE as R writes them are understood."""
        if column not in self.frame:
            return np.zeros(len(self.frame), dtype=bool)
        values = self.frame[column]
        if values.dtype == np.dtype(bool):
            return values.to_numpy()
        words = [str(x).lower() for x in values.astype(object).where(values.notna(), "").to_numpy()]
        bad = np.array([word not in _TRUE | _FALSE for word in words], dtype=bool)
        self.at_rows(bad, column, "neither true nor false")
        return np.array([word in _TRUE for word in words], dtype=bool)

    def instants(self, column: str, *, required: bool = False) -> Instants:
        """Return moments as UTC microseconds, ``NO_MOMENT`` where missing. A moment without a zone is a problem."""
        values = self.frame[column]
        dtype = values.dtype
        if isinstance(dtype, pd.DatetimeTZDtype):
            naive = values.dt.tz_convert("UTC").dt.tz_localize(None)
            found: Instants = naive.to_numpy().astype("datetime64[us]").view(np.int64)
        elif isinstance(dtype, np.dtype) and dtype.kind == "M":
            found = np.full(len(values), NO_MOMENT)
            if values.notna().any():
                self.add(f"the moments have no zone: {_REMEDY.format(column=column)}", column)
                return np.zeros(len(values), dtype=np.int64)
        else:
            found = self._spelt_instants(values, column)
        if required:
            self.at_rows(found == NO_MOMENT, column, "the moment is missing (NaT)")
        return found

    def clock(self, *columns: str) -> Instants:
        """Return the first of these moments that is there in each row, ``NO_MOMENT`` where none is."""
        found: Instants = np.full(len(self.frame), NO_MOMENT)
        for column in reversed(columns):
            if column in self.frame:
                given = self.instants(column)
                found = np.where(given == NO_MOMENT, found, given)
        return found

    def _spelt_instants(self, values: pd.Series[Any], column: str) -> Instants:
        """Read moments one by one: datetimes, Timestamps and ISO texts; each distinct one once."""
        codes, distinct = pd.factorize(values.to_numpy(dtype=object))
        found = np.array([self._instant(value) for value in distinct] + [NO_MOMENT], dtype=np.int64)
        for code in np.flatnonzero(found[:-1] < 0):
            if found[code] in _BAD:
                rows = np.flatnonzero(codes == code)
                self.add(
                    f"{str(distinct[code])!r} {_BAD[int(found[code])].format(column=column)}", column, int(rows[0])
                )
        return found[codes]

    @staticmethod
    def _instant(value: object) -> int:
        if isinstance(value, str):
            if not value.strip():
                return NO_MOMENT
            try:
                value = datetime.fromisoformat(value.strip())
            except ValueError:
                return _NO_ISO
        if not isinstance(value, datetime):
            return _NO_ISO
        if value.tzinfo is None:
            return _NAIVE
        return (value.astimezone(UTC) - _EPOCH) // _MICROSECOND

    def interval(self) -> tuple[Instants, Instants]:
        """Return ``said_from`` and ``said_until``; without these two, ``said`` is parsed (with ``tz``, if there).

        Problems: a missing moment, one without a zone, one that cannot be read, an interval that is empty or backwards.
        """
        both = {"said_from", "said_until"} & set(self.frame.columns)
        if not both and "said" in self.frame:
            return self._said()
        if len(both) < 2:
            need = "" if both else " (or one column 'said' with the moments as text)"
            missing = "said_until" if "said_from" in both else "said_from"
            self.add(f"the column is missing{need}", missing)
            self.done()
        before = len(self.problems)
        start, stop = self.instants("said_from", required=True), self.instants("said_until", required=True)
        if len(self.problems) == before:
            self.at_rows(
                stop <= start, "said_until", "is not after said_from: a moment has a width, and it is half open"
            )
        return start, stop

    def _said(self) -> tuple[Instants, Instants]:
        """Parse ``said``, each distinct text (and zone) once."""
        said, zones = self.texts("said"), self.texts("tz")
        known: dict[tuple[str, str | None], tuple[int, int]] = {}
        bounds = np.zeros((len(said), 2), dtype=np.int64)
        blank = np.zeros(len(said), dtype=bool)
        for row, (text, zone) in enumerate(zip(said, zones, strict=True)):
            if text is None or not text.strip():
                blank[row] = True
                continue
            if (text, zone) not in known:
                known[text, zone] = self._parsed(text, zone, row)
            bounds[row] = known[text, zone]
        self.at_rows(blank, "said", "the moment is missing")
        return bounds[:, 0].copy(), bounds[:, 1].copy()

    def _parsed(self, text: str, zone: str | None, row: int) -> tuple[int, int]:
        try:
            when = When.parse(text, tz=zone or None)
        except WhenError as error:
            for problem in error.problems:
                self.add(problem.message, "said", row)
            return 0, 1
        return (when.start - _EPOCH) // _MICROSECOND, (when.end - _EPOCH) // _MICROSECOND


_NO_ISO = NO_MOMENT + 1
_NAIVE = NO_MOMENT + 2
_BAD = {
    _NO_ISO: "is not an ISO 8601 moment such as 2017-07-09T11:50:24Z",
    _NAIVE: "has no zone: write the offset (…Z, …-04:00), or give the moments as people type them in a column 'said'",
}
