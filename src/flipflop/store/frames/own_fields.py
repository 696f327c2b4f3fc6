"""The users' own fields of statements as columns of a frame, by their names. Knows nothing of what they mean."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from flipflop.frames.contracts import texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flipflop.frames.contracts import Series
    from flipflop.records.events import Statement
    from flipflop.store.frames.rows import Arrays


def own_fields(rows: Arrays, mended: Mapping[int, Statement]) -> dict[str, Series]:
    """Return a column for each name, in their order; ``mended`` has the statements that read otherwise, by seq."""
    values: dict[str, dict[int, object]] = {}
    for row, (seq, more) in enumerate(zip(rows["seq"].tolist(), rows["more"], strict=True)):
        given = mended[seq].extra if seq in mended else more and more.get("extra")
        for name, value in (given or {}).items():
            values.setdefault(name, {})[row] = value
    return {f"extra_{name}": _column(values[name], len(rows)) for name in sorted(values)}


def _column(values: Mapping[int, object], length: int) -> Series:
    given = [values.get(row) for row in range(length)]
    if all(isinstance(value, bool) for value in values.values()):
        return pd.Series(given, dtype="boolean")
    if not any(isinstance(value, (bool, str)) for value in values.values()):
        return pd.Series(np.array(given, dtype=np.float64))
    return texts(np.array(_told(given), dtype=object))


def _told(values: Sequence[object]) -> list[str | None]:
    return [value if value is None or isinstance(value, str) else json.dumps(value) for value in values]
