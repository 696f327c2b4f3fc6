"""What the SQL of the store asks of an engine: to run queries, and to step aside for a long batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from flipflop.store.sql.columns import Cell


class QueryRows(Protocol):
    """The rows that a query gives."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:  # noqa: ANN401  # cells: the door where values come in
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""


class Sql(Protocol):
    """Runs queries with ``?`` or ``?1`` where values go."""

    def execute(self, query: str, values: Sequence[Cell] = (), /) -> QueryRows:
        """Run one query."""

    def executemany(self, query: str, rows: Iterable[Sequence[Cell]], /) -> object:
        """Run one query for each row of values."""


class LongBatch(Protocol):
    """What is out of the way while many events are recorded in one transaction."""

    def go_on(self, before: int, now: int) -> None:
        """Take notice that the log has grown from one seq to another in this transaction."""

    def note(self, events: list[Any]) -> None:
        """Take notice of events that were inserted: the cells of their rows, one after the other."""

    def find(self, ids: Collection[bytes]) -> dict[bytes, tuple[int, str]] | None:
        """Return seq and kind of those events that are recorded, by id; None where the tables must say."""

    def end(self) -> None:
        """Put everything back."""
