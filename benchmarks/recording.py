"""How fast, and in how few bytes, events are recorded in bulk, beside raw ``executemany`` of the same rows.

    python benchmarks/recording.py [STATEMENTS] [FOLDER]

So many statements, each with a coding, are made, validated, hashed, chained and recorded in one append to a store that
holds speakers and topics; the peer inserts the rows that this leaves (event, statement, coding) into plain tables
without key, check, index or trigger, in one transaction of the same durability. The peer has its rows ready, so what it
takes to have the fields (texts and datetimes) at hand counts for neither. "Made already" leaves out what it takes to
make and validate the events too. Each round runs all of it; printed are the medians of the rounds' ratios, by the clock
and by processor time, which a busy machine disturbs less.

Memory is the peak of a process that does nothing else, at two sizes. Bytes are those of the pages of the tables,
without indexes, beside the payload: the line of JSON that says as much, and, more strictly, only the texts in it. One
by one: durable_append.py.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from flipflop.records import Event, to_json
from flipflop.when import Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Fields = tuple[str, str, str, datetime, datetime, str, str, ff.Stance]

TABLES = ("event", "statement", "coding")
SPEAKERS, TOPICS = 1000, 50
START = datetime(2015, 1, 1, tzinfo=UTC)
ROUNDS = 5
CODER = "someone"
ADDED = 16 + 16 + 8  # id, chain, and the moment of recording


class Seconds(NamedTuple):
    """By the clock, and of processor time."""

    clock: float
    processor: float

    def less(self, other: Seconds) -> Seconds:
        """What is left without the other."""
        return Seconds(self.clock - other.clock, self.processor - other.processor)

    def over(self, other: Seconds) -> Seconds:
        """How many times the other."""
        return Seconds(self.clock / other.clock, self.processor / other.processor)


def main() -> None:
    if sys.argv[1:2] == ["--peak"]:
        print_peak(int(sys.argv[2]), Path(sys.argv[3]))
        return
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        print(f"{statements:,} statements with codings, {ROUNDS} rounds")
        for size in (statements // 10, statements):  # first, while this process is small: a child begins as large
            subprocess.run([sys.executable, __file__, "--peak", str(size), folder], check=True)
        store, plain = Path(folder, "store.db"), Path(folder, "plain.db")
        on_the_way, already = zip(*(one_round(statements, store, plain) for _ in range(ROUNDS)), strict=True)
        print_ratios("made on the way", on_the_way)
        print_ratios("made already", already)
        print_bytes(store, statements)


def print_ratios(what: str, found: Sequence[Seconds]) -> None:
    clock, processor = sorted(ratio.clock for ratio in found), sorted(ratio.processor for ratio in found)
    print(
        f"  {median(clock):.2f} x raw executemany, events {what} ({clock[0]:.2f} to {clock[-1]:.2f}); "
        f"{median(processor):.2f} x by processor time"
    )


def one_round(statements: int, store: Path, plain: Path) -> tuple[Seconds, Seconds]:
    """Return the ratios to raw: of all but the fields, and of all but the events."""
    given = seconds(lambda: consume(fields(number) for number in range(statements)))
    making = seconds(lambda: consume(event for number in range(statements) for event in pair(fields(number))))
    whole = recorded(statements, store)
    raw = raw_seconds(store, plain)
    return whole.less(given).over(raw), whole.less(making).over(raw)


def recorded(statements: int, path: Path) -> Seconds:
    """Append everything to a new store."""
    for side in ("", "-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    with ff.Store(path) as store:
        store.append(declarations())
        return seconds(lambda: store.append(event for number in range(statements) for event in pair(fields(number))))


def declarations() -> Iterator[Event]:
    for number in range(SPEAKERS):
        yield ff.Speaker(f"speaker-{number}", f"Speaker {number}")
    for number in range(TOPICS):
        yield ff.Topic(f"topic-{number}", f"Topic {number}", f"Proposition {number}.")


def fields(number: int) -> Fields:
    """What an archive of posts has of a statement, to the second, and of its coding."""
    start = START + timedelta(seconds=97 * number)
    text = f"Statement {number}: we discussed a unit so that many negative things will be guarded against, and safe."
    return (
        f"speaker-{number % SPEAKERS}",
        text,
        f"{start:%Y-%m-%dT%H:%M:%SZ}",
        start,
        start + timedelta(seconds=1),
        f"https://example.org/status/{884_016_887_692_234_753 + number}",
        f"topic-{number % TOPICS}",
        ff.Stance.SUPPORT if number % 3 else ff.Stance.OPPOSE,
    )


def pair(given: Fields) -> tuple[ff.Statement, ff.Coding]:
    """A statement and its coding."""
    speaker, text, moment, start, end, url, topic, stance = given
    said = ff.When(moment, start, end, Precision.SECOND, tz="UTC")
    statement = ff.Statement(speaker, text, said, source=ff.Source(url=url))
    return statement, ff.Coding(statement.hash, topic, stance, CODER)


def consume(items: Iterable[object]) -> None:
    for _ in items:
        pass


def seconds(deed: Callable[[], object]) -> Seconds:
    clock, processor = time.perf_counter(), time.process_time()
    deed()
    return Seconds(time.perf_counter() - clock, time.process_time() - processor)


def raw_seconds(path: Path, plain: Path) -> Seconds:
    """The peer: the same rows into plain tables."""
    plain.unlink(missing_ok=True)
    taken = []
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(plain)) as target:
        target.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        with target:
            for table in TABLES:
                rows = source.execute(f"SELECT * FROM {table}").fetchall()
                target.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(len(rows[0])))})")
                insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"
                taken.append(seconds(partial(target.executemany, insert, rows)))
            taken.append(seconds(target.commit))
    return Seconds(*map(sum, zip(*taken, strict=True)))


def print_bytes(path: Path, statements: int) -> None:
    """Bytes of the tables' pages a statement, beside what was given."""
    speaker, text, moment, _, _, url, topic, stance = fields(statements // 2)
    said = sum(len(field.encode()) for field in (speaker, text, moment, url))
    judged = sum(len(field) for field in (topic, stance, CODER)) + 32  # and the id of the statement
    with closing(sqlite3.connect(path)) as store:
        try:
            pages = dict(store.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall())
        except sqlite3.OperationalError:
            print("  bytes: this SQLite has no dbstat to count them")
            return
    event, statement, coding = (pages[table] / statements for table in TABLES)
    alone, both = statement + event / 2, statement + coding + event
    lines = [len(json.dumps(to_json(event), ensure_ascii=False)) for event in pair(fields(statements // 2))]
    print(f"  {alone / lines[0]:.2f} x its JSON: {alone:.0f} bytes for a statement of {lines[0]}, without indexes;")
    print(f"  {both / sum(lines):.2f} x with its coding: {both:.0f} for {sum(lines)}")
    print(f"  {alone / said:.2f} x the bare texts given: {alone:.0f} for {said}, no name of a field counted;")
    print(f"  {alone / (said + ADDED):.2f} x with the {ADDED} bytes of id, chain and stamp, which recording adds")
    print(f"  {both / (said + judged):.2f} x with its coding: {both:.0f} for {said + judged}")
    print(f"  {path.stat().st_size / statements:.0f} bytes of file a statement with its coding, indexes included")


def print_peak(statements: int, folder: Path) -> None:
    recorded(statements, folder / "peak.db")
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {mebibytes:.0f} MiB at most for {statements:,} statements", flush=True)


if __name__ == "__main__":
    main()
