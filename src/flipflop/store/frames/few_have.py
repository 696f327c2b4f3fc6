"""What few statements have, and the users' own fields, as columns of a frame. Only the rows that have any are read."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from flipflop.frames.contracts import CONTRACTS, moments, texts, words
from flipflop.store.frames import rows as fr
from flipflop.store.frames.cells import NEVER
from flipflop.store.frames.query import read
from flipflop.store.frames.rows import QueryColumn
from flipflop.store.sql import columns as col
from flipflop.store.sql.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flipflop.frames.contracts import Series
    from flipflop.records.events import Statement
    from flipflop.store.frames.rows import Arrays
    from flipflop.store.sql.tables import Tables

MORE = "more"
"""The cell of a row that says which of the objects is its own, below 0 for none."""
COLUMNS = frozenset({*KINDS["statement"].rare, "until_from", "until_until"} - {"extra"})
"""The columns of the frame of statements that are made of them."""


class FewHave:
    """The objects of the rows that have any; their places are added to the rows as a cell."""

    def __init__(self, rows: Arrays, tables: Tables, where: str, values: Sequence[int]) -> None:
        cells = {"seq": QueryColumn("b.seq"), MORE: QueryColumn(f"b.{MORE}", fr.texts)}
        found = read(tables, cells, "statement", f"b.{MORE} IS NOT NULL AND {where}", values, few=True)
        found = found.keep(np.isin(found["seq"], rows["seq"]))
        self._objects: list[dict[str, Any]] = [col.unpacked(text) for text in found[MORE]]  # JSON
        places = np.full(len(rows), -1, dtype=np.int64)
        places[np.searchsorted(rows["seq"], found["seq"])] = np.arange(len(found))
        rows.add(MORE, places)

    def column(self, name: str, rows: Arrays) -> Series:
        """Return one column of the frame."""
        field, _, bound = name.partition("_")
        given = self._given(field, rows)
        if bound:
            found = np.full(len(rows), NEVER, dtype=np.int64)
            found[[*given]] = [_micros(until, "start" if bound == "from" else "end") for until in given.values()]
            return moments(found)
        said = {row: value["text"] if field == "until" else value for row, value in given.items()}
        if CONTRACTS["statements"][name] == "text":
            return texts(_objects(said, len(rows)))
        codes, known = np.full(len(rows), -1, dtype=np.int64), sorted(set(said.values()))
        codes[[*said]] = [known.index(value) for value in said.values()]
        return words(codes, known)

    def own(self, rows: Arrays, mended: Mapping[int, Statement]) -> dict[str, Series]:
        """Return a column for each of the users' own fields; ``mended`` are statements that read otherwise, by seq."""
        whole: dict[int, Mapping[str, object]] = self._given("extra", rows)
        for row in np.flatnonzero(np.isin(rows["seq"], [*mended])).tolist():
            whole[row] = mended[int(rows["seq"][row])].extra or {}
        values: dict[str, dict[int, object]] = {}
        for row, extra in whole.items():
            for name, value in extra.items():
                values.setdefault(name, {})[row] = value
        return {f"extra_{name}": _own(values[name], len(rows)) for name in sorted(values)}

    def _given(self, field: str, rows: Arrays) -> dict[int, Any]:
        """What the rows have of a field, by their numbers."""
        there = np.flatnonzero(rows[MORE] >= 0)
        objects = (
            (row, self._objects[place]) for row, place in zip(there.tolist(), rows[MORE][there].tolist(), strict=True)
        )
        return {row: more[field] for row, more in objects if field in more}


def _objects(values: Mapping[int, object], length: int) -> fr.Array:
    found = np.full(length, None, dtype=object)
    found[[*values]] = [*values.values()]
    return found


def _micros(when: Mapping[str, str], end: str) -> int:
    """Return one end of a moment, as JSON has it, in microseconds."""
    return col.micros(datetime.fromisoformat(when[end]))


def _own(values: Mapping[int, object], length: int) -> Series:
    if all(isinstance(value, bool) for value in values.values()):
        return pd.Series(_objects(values, length), dtype="boolean")
    if not any(isinstance(value, (bool, str)) for value in values.values()):
        return pd.Series(_objects(values, length).astype(np.float64))
    told = {row: value if isinstance(value, str) else json.dumps(value) for row, value in values.items()}
    return texts(_objects(told, length))
