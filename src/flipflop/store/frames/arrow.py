"""Reads the rows of large SQLite files through Arrow, in a process beside this one, where ``[arrow]`` is installed.

That process decodes rows while this one makes columns of those before. Why it must be another process, and why it may
be: ``arrow_reader``; and a store only gains events, so that what it sees later, up to the same event, is the same. (But
for a redaction in between: its text is then missing here, as it should be.)
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np

from flipflop.store.frames.rows import RAW_ID, Growing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.store.frames.rows import Array, Arrays, Query, QueryColumn
    from flipflop.store.sql.tables import Tables

WORTH_IT = 200_000
"""Events recorded: with fewer, the other process takes longer to start than it saves."""

_ROWS = 16_384
_PIPE = 1 << 20
_SAMPLES = {"number": "0", "decimal": "0.5", "text": "''", "id": "zeroblob(16)"}


def file_of(tables: Tables) -> Path | None:
    """Return the file to read in this way; None where it is no file, too small, or the extra is not installed."""
    if not isinstance(tables.sql, sqlite3.Connection) or tables.last()[0] < WORTH_IT:
        return None
    if find_spec("pyarrow") is None or find_spec("adbc_driver_sqlite") is None:
        return None
    (path,) = tables.sql.execute("SELECT CAST(file AS BLOB) FROM pragma_database_list").fetchone()
    return Path(os.fsdecode(path)) if path else None


def read(path: Path, tables: Tables, queries: Sequence[Query]) -> list[Arrays] | None:
    """Return the rows of each query.

    None where the other process cannot tell: it does not start, cannot open the file, or finds another one there.
    """
    import pyarrow as pa

    command = [sys.executable, "-P", str(Path(__file__).with_name("arrow_reader.py"))]
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, pipesize=_PIPE) as process:  # noqa: S603 - ours
            assert process.stdin is not None  # noqa: S101 - it is a pipe
            assert process.stdout is not None  # noqa: S101
            process.stdin.write(_question(path, tables, queries))
            process.stdin.close()
            found = [_rows(query, process.stdout) for query in queries]
    except (OSError, pa.ArrowInvalid):
        return None
    return found if process.returncode == 0 else None


def _question(path: Path, tables: Tables, queries: Sequence[Query]) -> bytes:
    last, _, chain = tables.last()
    asked = {
        "uri": f"file:{quote(os.fsencode(path.absolute()))}?mode=ro",
        "head": [f"SELECT hex(chain) AS chain FROM event WHERE seq = {last}", {"chain": [chain.hex().upper()]}],
        "queries": [_text(query) for query in queries],
        "rows": _ROWS,
    }
    return json.dumps(asked).encode() + b"\n"


def _text(query: Query) -> str:
    """Return the query with its values in it, after a row of samples: ADBC takes the types from the first rows."""
    rows = query.rows
    for value in query.values:
        rows = rows.replace("?", str(int(value)), 1)
    samples = ", ".join(_SAMPLES[cell.holds] for cell in query.cells.values())
    return f"SELECT {samples} UNION ALL SELECT {query.selected} FROM {rows}"


def _rows(query: Query, pipe: IO[bytes]) -> Arrays:
    import pyarrow as pa

    found = Growing(query.cells)
    with pa.ipc.open_stream(pipe) as stream:
        for number, batch in enumerate(stream):
            columns = (batch.slice(1) if number == 0 else batch).columns  # the first row holds the samples
            found.add(_read(cell, column) for cell, column in zip(query.cells.values(), columns, strict=True))
    return found.rows()


def _read(cell: QueryColumn, column: Any) -> Array:  # noqa: ANN401 - pyarrow has no types of its own
    if cell.holds == "id":
        return np.frombuffer(column.buffers()[2], RAW_ID)[column.offset : column.offset + len(column)]
    values = column.to_numpy(zero_copy_only=False)
    return np.asarray(values) if cell.holds in {"number", "decimal"} else cell.read(values)
