"""How fast one statement after the other is recorded durably, beside write + fsync on the same disk.

    python benchmarks/durable_append.py [ROUNDS] [FOLDER]

Ours: a statement with its coding an append, as `flipflop add` does it: its reversal check, ids, chain, every check, one
transaction that is on the disk when the call returns. The peer appends as many bytes as their JSON has to a file and
calls fsync. Beside them SQLite alone commits, with the same durability, one row of as many bytes to a table without
index, and one row to each of six such tables, which are as many pages as a statement with its coding changes: what no
store of one SQLite file falls below, before a line of its own. They take turns in rounds of a few, so that all meet the
same disk; printed are the medians of the ratios of the rates, with the least and the most. 1.0 is as fast as
write + fsync.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import flipflop as ff
from flipflop.detect.check import SignedPosition, check
from flipflop.records import Event, to_json
from flipflop.when import Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SPEAKERS, TOPICS = 1000, 50
ROUND = 20
TABLES = 6
START = datetime(2015, 1, 1, tzinfo=UTC)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with (
        tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder,
        ff.Store(Path(folder, "store.db")) as store,
        Path(folder, "plain.bin").open("ab", buffering=0) as plain,
        closing(bare(Path(folder, "bare.db"))) as sql,
    ):
        store.append(declarations())
        numbers = count()
        size = sum(len(str(to_json(event))) for event in pair(0))
        deeds = {
            f"write + fsync of {size} bytes": lambda: write(plain.fileno(), size),
            "durable append, reversal check included": lambda: record(store, next(numbers)),
            "SQLite alone, one row": lambda: commit(sql, 1, size),
            f"SQLite alone, one row in each of {TABLES} tables": lambda: commit(sql, TABLES, size),
        }
        taken = [[each(deed) for deed in deeds.values()] for _ in range(rounds)]
    for name, column in zip(deeds, zip(*taken, strict=True), strict=True):
        ratios = [peer / own for own, (peer, *_) in zip(column, taken, strict=True)]
        print(
            f"{statistics.median(ratios):.2f} x the rate of write + fsync ({min(ratios):.2f} to {max(ratios):.2f}): "
            f"{name}, {1000 * statistics.median(column):.3f} ms"
        )


def each(deed: Callable[[], object]) -> float:
    """Return the seconds that one of a round of deeds takes."""
    begun = time.perf_counter()
    for _ in range(ROUND):
        deed()
    return (time.perf_counter() - begun) / ROUND


def record(store: ff.Store, number: int) -> None:
    statement, coding = pair(number)
    known = store.committed_positions(statement.speaker, coding.topic)
    begins, ends = (int(at.timestamp() * 1_000_000) for at in (statement.said.start, statement.said.end))
    check(SignedPosition(statement.hash, coding.stance.sign, begins, ends), [SignedPosition(*row) for row in known])
    store.append((statement, coding))


def bare(path: Path) -> sqlite3.Connection:
    """A database as the store's is set, with tables that have no index, no guard and no check."""
    sql = sqlite3.connect(path, isolation_level=None)
    sql.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
    for number in range(TABLES):
        sql.execute(f"CREATE TABLE t{number} (a INTEGER PRIMARY KEY, b BLOB)")
    return sql


def commit(sql: sqlite3.Connection, tables: int, size: int) -> None:
    sql.execute("BEGIN IMMEDIATE")
    for number in range(tables):
        sql.execute(f"INSERT INTO t{number} (b) VALUES (?)", (b"x" * (size // tables),))
    sql.execute("COMMIT")


def write(handle: int, size: int) -> None:
    os.write(handle, b"x" * size)
    os.fsync(handle)


def declarations() -> Iterator[Event]:
    for number in range(SPEAKERS):
        yield ff.Speaker(f"speaker-{number}", f"Speaker {number}")
    for number in range(TOPICS):
        yield ff.Topic(f"topic-{number}", f"Topic {number}", f"Proposition {number}.")


def pair(number: int) -> tuple[ff.Statement, ff.Coding]:
    """A statement as an archive of posts has it, to the second, and its coding."""
    start = START + timedelta(seconds=97 * number)
    said = ff.When(f"{start:%Y-%m-%dT%H:%M:%SZ}", start, start + timedelta(seconds=1), Precision.SECOND, tz="UTC")
    text = f"Statement {number}: we discussed a unit so that many negative things will be guarded against, and safe."
    source = ff.Source(url=f"https://example.org/status/{884_016_887_692_234_753 + number}")
    statement = ff.Statement(f"speaker-{number % SPEAKERS}", text, said, source=source)
    stance = ff.Stance.SUPPORT if number % 3 else ff.Stance.OPPOSE
    return statement, ff.Coding(statement.hash, f"topic-{number % TOPICS}", stance, "someone")


if __name__ == "__main__":
    main()
