"""Tables as CSV that no spreadsheet runs, JSON Lines, and Parquet; the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from importlib.util import find_spec
from typing import TYPE_CHECKING

from flipflop.text.csvfile import guard

if TYPE_CHECKING:
    from flipflop.publish.site.tables import Table, Value


def csv_of(table: Table) -> bytes:
    """Return a table as CSV, UTF-8, with the guard against formulas that ``flipflop`` writes everywhere."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return _utf8(buffer.getvalue())


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return guard(value) if isinstance(value, str) else str(value)


def jsonl_of(table: Table) -> bytes:
    """Return a table as JSON Lines: an object a row, all columns in it."""
    return b"".join(json_line(dict(zip(table.columns, row, strict=True))) for row in table.rows)


def json_line(row: dict[str, Value]) -> bytes:
    """Return one object on a line of its own."""
    from flipflop.text.jsonl import write

    return _utf8("".join(write([dict(row)])))


def has_parquet() -> bool:
    """Tell whether Parquet can be written here."""
    return find_spec("pyarrow") is not None


def parquet_of(table: Table) -> bytes:
    """Return a table as Parquet; needs the extra ``arrow``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    columns = [*zip(*table.rows, strict=True)] or [()] * len(table.columns)
    arrays = [
        pa.array([_plain(value) for value in column], type=kinds[kind])
        for column, kind in zip(columns, table.columns.values(), strict=True)
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=[*table.columns]), sink, compression="zstd", store_schema=False)
    return sink.getvalue()


def _plain(value: Value) -> Value:
    """Return a word of a closed set as the text that it is."""
    return str(value) if isinstance(value, str) else value


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
