"""What every frame looks like: its columns in order, and the dtype of each, also when it is empty.

| kind of column | dtype | missing |
|---|---|---|
| text | ``string`` (Python storage, the same with and without pyarrow) | ``pd.NA`` |
| word: a text that recurs | ``category`` of the ``string`` words that occur, ascending | ``NaN`` |
| moment | ``datetime64[us, UTC]`` | ``NaT`` |
| span | ``timedelta64[us]`` | ``NaT`` |
| flag | ``bool`` | False |
| number | ``float64`` | ``NaN`` |
| count | ``int64`` | never |
| integer | ``Int64`` | ``pd.NA`` |
| sign | ``Int8`` | ``pd.NA`` |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from flipflop.errors import DataError, suggestion
from flipflop.frames.reading import FrameReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pandas.api.extensions import ExtensionDtype

    from flipflop.frames.reading import Instants, Integers, Texts

Kind = Literal["text", "word", "moment", "span", "flag", "number", "count", "integer", "sign"]

Series: TypeAlias = "pd.Series[Any]"

TEXT = pd.StringDtype("python")

DTYPES: dict[Kind, ExtensionDtype | str] = {
    "text": TEXT,
    "word": pd.CategoricalDtype(pd.Index([], dtype=TEXT)),
    "moment": pd.DatetimeTZDtype("us", "UTC"),
    "span": "timedelta64[us]",
    "flag": "bool",
    "number": "float64",
    "count": "int64",
    "integer": "Int64",
    "sign": "Int8",
}

_MISSING: dict[Kind, object] = {
    "text": pd.NA,
    "word": pd.NA,
    "moment": pd.NaT,
    "span": pd.NaT,
    "flag": False,
    "number": float("nan"),
    "count": 0,
    "integer": pd.NA,
    "sign": pd.NA,
}


def _columns(text: str) -> dict[str, Kind]:
    """Read ``name`` or ``name:kind`` words; a bare name is text."""
    pairs = (word.partition(":") for word in text.split())
    return {name: kind or "text" for name, _, kind in pairs}  # type: ignore[misc]  # literals below, tested


CONTRACTS: dict[str, dict[str, Kind]] = {
    "statements": _columns(
        "statement_id speaker:word speaker_name text form:word said_from:moment said_until:moment said"
        " precision:word approximate:flag tz:word on_behalf_of:word attribution context responds_to language:word"
        " source_url source_title source_outlet:word source_author:word source_published amended:flag"
        " recorded_at:moment seq:integer on_behalf_of_name:word question before after act:word reaction:word"
        " until until_from:moment until_until:moment"
    ),
    "codings": _columns(
        "coding_id statement_id topic:word topic_title proposition topic_kind:word stance:word coder:word"
        " confidence:number rationale coded_at:moment adjudicates:flag needs_review:flag seq:integer qualifier"
        " proposition_mended:flag"
    ),
    "positions": _columns(
        "speaker:word topic:word statement_id stance:word sign:sign said_from:moment said_until:moment coder:word"
        " confidence:number disputed:flag form:word text source_url speaker_name topic_title"
        " proposition topic_kind:word on_behalf_of:word said precision:word approximate:flag tz:word source_title"
        " source_outlet:word attribution needs_review:flag on_behalf_of_name:word qualifier recorded_at:moment"
    ),
    "reversals": _columns(
        "speaker topic kind degree order earlier_id later_id earlier_stance later_stance earlier_from:moment"
        " earlier_until:moment later_from:moment later_until:moment gap_min:span gap_max:span switches:count coder"
        " confidence:number detector reason ruling rivals:integer mandate needs_review:flag"
    ),
    "conflicts": _columns(
        "speaker other topic kind order earlier_id later_id earlier_stance later_stance since:moment"
        " until:moment reason rivals:integer ruling needs_review:flag"
    ),
    "speaks_for": _columns(
        "surrogate principal since:moment until:moment topics source_url source_outlet source_title"
    ),
    "topics": _columns("topic title proposition kind parent follows how"),
    "speakers": _columns("speaker name aliases kind public_role wikidata"),
    "rulings": _columns(
        "earlier later topic outcome degree explanation innocent_reading reply_text reply_url by note"
        " decided_at:moment seq:integer ruling_id needs_review:flag recorded_at:moment set_aside confirmed_at:moment"
        " framing explanation_source explanation_url circumstances_source circumstances_url"
    ),
}
"""Frame name → column → kind of column, in order."""


def empty(name: str) -> pd.DataFrame:
    """Return the frame of that name without rows: all its columns, in order, with their dtypes.

    >>> empty("speaks_for").dtypes["since"]
    datetime64[us, UTC]
    """
    return pd.DataFrame({column: _filled(0, kind) for column, kind in _contract(name).items()})


def conform(name: str, data: pd.DataFrame | Mapping[str, object]) -> pd.DataFrame:
    """Return ``data`` as the frame of that name: all its columns, in order, with their dtypes and a fresh index.

    Columns that are missing are filled with missing values (flags with False), columns that the contract does not know
    are dropped. Moments may be aware timestamps of any zone, datetimes or ISO texts with an offset.

    Raises:
        DataError: a naive moment, or text where a number belongs; every problem found, with its row.

    """
    contract = _contract(name)
    frame = data if isinstance(data, pd.DataFrame) else pd.DataFrame(dict(data), copy=True)
    reader = FrameReader(frame, name)
    columns = {column: _column(reader, column, kind) for column, kind in contract.items()}
    reader.done()
    return pd.DataFrame(columns, columns=list(contract), index=pd.RangeIndex(len(frame)), copy=False)


def _contract(name: str) -> dict[str, Kind]:
    if name not in CONTRACTS:
        raise DataError(f"there is no frame {name!r}, only {', '.join(CONTRACTS)}{suggestion(name, CONTRACTS)}")
    return CONTRACTS[name]


def _column(reader: FrameReader, column: str, kind: Kind) -> Series:
    if column not in reader.frame:
        return _filled(len(reader.frame), kind)
    if _conforms(reader.frame[column], kind):
        return reader.frame[column].reset_index(drop=True)
    if kind == "moment":
        return moments(reader.instants(column))
    if kind == "text":
        return texts(reader.texts(column))
    if kind == "word":
        coded = reader.coded(column, required=False)
        return words(coded.codes, coded.words)
    if kind == "flag":
        return pd.Series(reader.flags(column))
    values = reader.frame[column].reset_index(drop=True)
    try:
        return _cast(values.astype(object).where(values.notna(), _MISSING[kind]), kind)
    except (TypeError, ValueError):
        reader.add(f"holds something that is not a {kind}", column)
        return _filled(0, kind)


def _conforms(values: Series, kind: Kind) -> bool:
    """Tell whether a column is as promised already, so that nothing in it needs to be looked at."""
    if kind != "word":
        return bool(values.dtype == DTYPES[kind])
    if not isinstance(values.dtype, pd.CategoricalDtype) or values.cat.ordered:
        return False
    known = values.cat.categories
    used = np.zeros(len(known) + 1, dtype=bool)
    used[values.cat.codes.to_numpy()] = True
    return bool(known.dtype == TEXT and known.is_monotonic_increasing and used[:-1].all() and "" not in known)


def _filled(rows: int, kind: Kind) -> Series:
    return _cast(pd.Series([_MISSING[kind]] * rows, dtype=object), kind)


def _cast(values: Series, kind: Kind) -> Series:
    return values.astype(DTYPES[kind])  # type: ignore[arg-type]  # the stubs list dtypes as literals; ours is a table


def texts(values: Texts) -> Series:
    """Return Python strings (None where missing) as the text dtype of the contracts."""
    return pd.Series(values, dtype=TEXT)


def words(codes: Integers, known: Iterable[str | None]) -> Series:
    """Return codes into ``known`` (-1, and those of None: missing) as the dtype of words: ascending, those that occur.

    Linear in the codes: no text is looked at but for the known words. These need be neither sorted nor distinct.
    """
    names = list(known)
    used = np.zeros(len(names) + 1, dtype=bool)
    used[codes] = True
    occurring = {names[code] for code in np.flatnonzero(used[:-1]).tolist()} - {None}
    ascending = sorted(name for name in occurring if name is not None)
    place: dict[str | None, int] = {name: code for code, name in enumerate(ascending)}
    places = np.array([place.get(name, -1) for name in names] + [-1], dtype=_narrowest(len(ascending)))
    dtype = pd.CategoricalDtype(pd.Index(ascending, dtype=TEXT))
    return pd.Series(pd.Categorical.from_codes(places[codes], dtype=dtype))


def _narrowest(size: int) -> type[np.signedinteger[Any]]:
    """Return the smallest integers that count so many, as pandas does."""
    return next((kind for kind in (np.int8, np.int16, np.int32) if size <= np.iinfo(kind).max), np.int64)


def moments(microseconds: Instants) -> Series:
    """Return UTC microseconds since 1970 as ``datetime64[us, UTC]``; ``reading.NO_MOMENT`` becomes ``NaT``."""
    return pd.Series(pd.DatetimeIndex(microseconds.view("datetime64[us]")).tz_localize("UTC"))
