"""How fast events are recorded in bulk, beside raw ``executemany`` of the same rows.

    python benchmarks/recording.py [STATEMENTS] [FOLDER]

Bulk: so many statements, each with a coding, made, validated, hashed and chained in one append; the peer inserts the
rows that this leaves in the tables (event, statement, coding) into plain tables without key, check, index or trigger,
in one transaction of the same durability. Peak memory is that of the process. One by one: durable_append.py.
"""

from __future__ import annotations

import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import flipflop as ff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES = ("event", "statement", "coding")
SPEAKERS, TOPICS = 1000, 50
START = datetime(2015, 1, 1, tzinfo=UTC)


def declarations() -> Iterator[ff.Event]:
    for number in range(SPEAKERS):
        yield ff.Speaker(f"speaker-{number}", f"Speaker {number}")
    for number in range(TOPICS):
        yield ff.Topic(f"topic-{number}", f"Topic {number}", f"Proposition {number}.")


def pair(number: int) -> tuple[ff.Statement, ff.Coding]:
    """A statement as an archive of posts has it, to the second, and its coding."""
    start = START + timedelta(seconds=97 * number)
    said = ff.When(f"{start:%Y-%m-%dT%H:%M:%SZ}", start, start + timedelta(seconds=1), ff.Precision.SECOND, tz="UTC")
    text = f"Statement {number}: we discussed a unit so that many negative things will be guarded against, and safe."
    source = ff.Source(url=f"https://example.org/status/{884_016_887_692_234_753 + number}")
    statement = ff.Statement(f"speaker-{number % SPEAKERS}", text, said, source=source)
    stance = ff.Stance.SUPPORT if number % 3 else ff.Stance.OPPOSE
    return statement, ff.Coding(statement.hash, f"topic-{number % TOPICS}", stance, "someone")


def seconds(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def bulk(statements: int, folder: Path) -> None:
    path = folder / "bulk.db"
    with ff.Store(path) as store:
        store.append(declarations())
        before = path.stat().st_size
        making = seconds(lambda: sum(1 for number in range(statements) for _ in pair(number)))
        taken = seconds(lambda: store.append(event for number in range(statements) for event in pair(number)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    raw = statistics.median(raw_seconds(path, folder) for _ in range(3))
    size = (path.stat().st_size - before) / statements
    print(f"bulk: {statements:,} statements with codings in {taken:.1f} s, peak {peak:.0f} MiB")
    print(f"  {taken / raw:.2f} x raw executemany of the same rows; {(taken - making) / raw:.2f} x if made already")
    print(f"  file: {size:.0f} bytes a statement with its coding, indexes included")


def raw_seconds(path: Path, folder: Path) -> float:
    """The peer: the same rows into plain tables."""
    plain = folder / "plain.db"
    plain.unlink(missing_ok=True)
    source, target = sqlite3.connect(path), sqlite3.connect(plain)
    target.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
    taken = 0.0
    with target:
        for table in TABLES:
            rows = source.execute(f"SELECT * FROM {table}").fetchall()
            target.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(len(rows[0])))})")
            insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"
            taken += seconds(lambda insert=insert, rows=rows: target.executemany(insert, rows))  # type: ignore[misc]
        taken += seconds(target.commit)
    source.close()
    target.close()
    return taken


def main() -> None:
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        bulk(statements, Path(folder))


if __name__ == "__main__":
    main()
