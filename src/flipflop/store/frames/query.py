"""Reads rows of a store in whole columns. Knows nothing of frames, nor what counts.

Where much is read, events are read beside what they recorded and put together by number: two passes over two tables
in their order take less than half the time of a search for each row. Imports numpy.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from flipflop.store.frames import arrow
from flipflop.store.frames.rows import Arrays, Growing, Query, QueryColumn, Values, ids
from flipflop.store.sql.kinds import KIND_CODES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from flipflop.store.sql.tables import Tables

BLOCK = 5_000
"""Rows whose cells are there at once as they come from the database."""

PUSHED = 10_000
"""Corrected statements that a condition names one by one; of more, all are read."""

_STAMPS = {"seq": QueryColumn("seq"), "id": QueryColumn("id", ids), "recorded_at": QueryColumn("recorded_at")}
"""What can be read of an event."""


def with_theirs(cells: Mapping[str, QueryColumn], wanted: Collection[str]) -> dict[str, QueryColumn]:
    """Return the wanted cells, and those that say which event they belong to."""
    named = {cell.of.cell for name, cell in cells.items() if name in wanted and cell.of}
    return {name: cell for name, cell in cells.items() if name in wanted or name in named}


def read(
    tables: Tables,
    cells: Mapping[str, QueryColumn],
    table: str,
    where: str,
    values: Sequence[int],
    *,
    few: bool = False,
) -> Arrays:
    """Read these columns, ``seq`` among them, of a table, which ``where`` calls ``b``: in the order of ``seq``.

    ``few``: the conditions leave little of the table, or nobody can say how much.
    """
    theirs = {name: cell for name, cell in cells.items() if cell.of}
    if few:
        return _searched(tables, cells, f"{table} AS b", where, values).by_seq()
    own = {name: cell for name, cell in cells.items() if not cell.of}
    queries = [Query(own, f"{table} AS b WHERE {where}", values)]
    if theirs:
        queries.append(_events(theirs.values(), tables.last()[0]))
    rows, *events = _read_whole(tables, queries)
    if theirs:
        _put_together(rows, theirs, events[0].by_seq())
    return rows.by_seq()


def count(tables: Tables, table: str, where: str, values: Sequence[int]) -> int:
    """Return how many rows of a table meet the conditions."""
    return int(tables.sql.execute(f"SELECT count(*) FROM {table} AS b WHERE {where}", values).fetchone()[0])


def _searched(
    tables: Tables, cells: Mapping[str, QueryColumn], source: str, where: str, values: Sequence[int]
) -> Arrays:
    """Search for the event of each row."""
    selected = {}
    for name, cell in cells.items():
        selected[name] = cell._replace(select=f"of_{cell.of.cell}.{cell.select}") if cell.of else cell
    for named in dict.fromkeys(cell.of.cell for cell in cells.values() if cell.of):
        source += f" LEFT JOIN event AS of_{named} ON of_{named}.seq = {cells[named].select}"
    return _row_by_row(tables, Query(selected, f"{source} WHERE {where}", values))


def _events(cells: Iterable[QueryColumn], last: int) -> Query:
    """Return the query for all events of the kinds that cells belong to."""
    selected = {"seq", *(cell.select for cell in cells)}
    kinds = sorted({KIND_CODES[cell.of.kind] for cell in cells if cell.of})
    rows = f"event WHERE kind IN ({', '.join(map(str, kinds))}) AND seq <= ?"
    return Query({name: cell for name, cell in _STAMPS.items() if name in selected}, rows, [last])


def _put_together(rows: Arrays, theirs: Mapping[str, QueryColumn], events: Arrays) -> None:
    """Add to the rows the columns of the events that they belong to; zeros where there is none."""
    places = {}
    for named in {cell.of.cell for cell in theirs.values() if cell.of}:
        places[named] = np.searchsorted(events["seq"], rows[named])
        places[named][~np.isin(rows[named], events["seq"])] = len(events)
    for name, cell in theirs.items():
        assert cell.of is not None  # noqa: S101 - these have one
        column = events[cell.select]
        rows.add(name, np.append(column, np.zeros(1, column.dtype))[places[cell.of.cell]])


def _read_whole(tables: Tables, queries: Sequence[Query]) -> list[Arrays]:
    path = arrow.file_of(tables)
    found = None if path is None else arrow.read(path, tables, queries)
    return [_row_by_row(tables, query) for query in queries] if found is None else found


def _row_by_row(tables: Tables, query: Query) -> Arrays:
    rows = tables.sql.execute(f"SELECT {query.selected} FROM {query.rows}", query.values)
    cells, found = query.cells.values(), Growing(query.cells)
    with _no_search_for_cycles():
        for block in _blocks(iter(rows)):
            found.add(cell.read(part) for cell, part in zip(cells, zip(*block, strict=True), strict=True))
    return found.rows()


def _blocks(rows: Iterator[Values]) -> Iterator[list[Values]]:
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
