"""Reads the rows of large SQLite files through Arrow, in a process beside this one, where ``[arrow]`` is installed.

That process decodes rows while this one makes columns of those before. Why it must be another process, and why it may
be: ``arrow_reader``; and a store only gains events, so that what it sees later, up to the same event, is the same. (But
for a redaction in between: its text is then missing here, as it should be.)
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from flipflop.store.frame_cells import Cell
    from flipflop.store.tables import Tables

WORTH_IT = 200_000
"""Events recorded: with fewer, the other process takes longer to start than it saves."""

_ROWS = 16_384
_PIPE = 1 << 20
_SAMPLES = {"number": "0", "decimal": "0.5", "text": "''", "blob": "x''"}


def file_of(tables: Tables) -> Path | None:
    """Return the file to read in this way; None where it is no file, too small, or the extra is not installed."""
    if not isinstance(tables.sql, sqlite3.Connection) or tables.last()[0] < WORTH_IT:
        return None
    if find_spec("pyarrow") is None or find_spec("adbc_driver_sqlite") is None:
        return None
    path = tables.sql.execute("PRAGMA database_list").fetchone()[2]
    return Path(path) if path else None


def selected(cells: Mapping[str, Cell]) -> str:
    """Return what a query selects."""
    return ", ".join(cell.select for cell in cells.values())


def read(
    path: Path, tables: Tables, cells: Mapping[str, Cell], rows: str, values: Sequence[int]
) -> dict[str, list[NDArray[Any]]] | None:
    """Return what a query (``SELECT`` the cells ``FROM`` rows) gives, by column and in parts.

    None where the other process cannot tell: it does not start, cannot open the file, or finds another one there.
    """
    import pyarrow as pa

    parts: dict[str, list[NDArray[Any]]] = {name: [cell.read(())] for name, cell in cells.items()}
    command = [sys.executable, "-P", str(Path(__file__).with_name("arrow_reader.py"))]
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, pipesize=_PIPE) as process:  # noqa: S603 - ours
            assert process.stdin is not None  # noqa: S101 - it is a pipe
            assert process.stdout is not None  # noqa: S101
            process.stdin.write(_question(path, tables, cells, rows, values))
            process.stdin.close()
            with pa.ipc.open_stream(process.stdout) as stream:
                for columns in _columns(stream):
                    for (name, cell), column in zip(cells.items(), columns, strict=True):
                        parts[name].append(_read(cell, column))
    except (OSError, pa.ArrowInvalid):
        return None
    return parts if process.returncode == 0 else None


def _question(path: Path, tables: Tables, cells: Mapping[str, Cell], rows: str, values: Sequence[int]) -> bytes:
    last, _, chain = tables.last()
    for value in values:
        rows = rows.replace("?", str(int(value)), 1)
    samples = ", ".join(_SAMPLES[cell.holds] for cell in cells.values())  # ADBC takes types from the first rows
    asked = {
        "uri": f"file:{quote(str(path.absolute()))}?mode=ro",
        "head": [f"SELECT hex(chain) FROM event WHERE seq = {last}", [[chain.hex().upper()]]],
        "query": f"SELECT {samples} UNION ALL SELECT {selected(cells)} FROM {rows}",
        "rows": _ROWS,
    }
    return json.dumps(asked).encode() + b"\n"


def _columns(stream: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - pyarrow has no types of its own
    """Yield the columns of each batch, the first without the row of samples."""
    for number, batch in enumerate(stream):
        yield (batch.slice(1) if number == 0 else batch).columns


def _read(cell: Cell, column: Any) -> NDArray[Any]:  # noqa: ANN401 - the same
    values = column.to_numpy(zero_copy_only=False)
    if cell.holds == "number":
        return np.asarray(values, dtype=np.int64).copy()  # else it would keep the whole batch
    if cell.holds == "decimal":
        return np.asarray(values, dtype=np.float64).copy()
    return cell.read(values)
