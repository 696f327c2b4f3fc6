"""Times a million statements from a store to a DataFrame, beside pandas.read_sql on a plain table of the same columns.

    python benchmarks/reading.py [--rows 1000000] [--folder DIR] [--repeat 5]

The peer is what one would write without flipflop: a table ``statements`` with the columns of the contract, moments as
ISO 8601 text, no integer keys to look up, nothing to leave out, and

    pd.read_sql("SELECT * FROM statements", connection, parse_dates=["said_from", "said_until", "recorded_at"])

Each run is a process of its own, by turns; printed are medians of seconds, of processor time, and of peak memory above
what the process had when pandas and flipflop were imported and the file was open; with the process that reads through
Arrow, all of its memory, where ``[arrow]`` is installed. With ``--folder`` the files stay and serve again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    import pandas as pd

    import flipflop as ff

SPEAKERS, TOPICS, OUTLETS, AUTHORS, CODERS = 10_000, 200, 500, 5_000, 8
STANCES = ["strongly_oppose", "oppose", "mixed", "support", "strongly_support", "unclear"]
CHUNK = 20_000
BOTH = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
Run: TypeAlias = tuple[float, ...]
"""Seconds, seconds of processors, MB."""
MOMENTS = ["said_from", "said_until", "recorded_at"]
FEW = ["speaker", "said_from", "form"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        measure(options.work, options.folder, options.rows)
        return
    if options.folder:
        compare(options.folder, options.rows, options.repeat)
        return
    with TemporaryDirectory() as folder:
        compare(Path(folder), options.rows, options.repeat)


def compare(folder: Path, rows: int, repeat: int) -> None:
    prepare(folder, rows)
    print(f"{rows:,} statements, {cores()}")
    runs: dict[str, list[Run]] = {name: [] for name in WORKS}
    for _ in range(repeat):
        for name, found in runs.items():
            found.append(apart(name, folder, rows))
    for name, (_, peer) in WORKS.items():
        found = middle(runs[name])
        line = "{:<28} {:6.2f} s  {:6.2f} s of processors  {:6.0f} MB".format(name, *found)
        if peer:
            ratios = [ours / theirs for ours, theirs in zip(found, middle(runs[peer]), strict=True)]
            line += "   {:.2f} x, {:.2f} x, {:.2f} x of {}".format(*ratios, peer)
        print(line)


def cores() -> str:
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def middle(runs: list[Run]) -> Run:
    return tuple(map(median, zip(*runs, strict=True)))


def apart(name: str, folder: Path, rows: int) -> Run:
    """Do one piece of work in a process of its own."""
    command = [sys.executable, __file__, "--work", name, "--folder", str(folder), "--rows", str(rows)]
    return tuple(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


# In the process of a run


def measure(name: str, folder: Path, rows: int) -> None:
    prepared = WORKS[name][0](folder, rows)
    before, used, begun = peak(), processors(), time.perf_counter()
    with Beside() as beside:
        work = prepared()
    print(json.dumps([time.perf_counter() - begun, processors() - used, peak() - before + beside.peak]))
    assert len(work) == rows


def peak() -> float:
    """Return the most memory this process ever had, in MB; ``ru_maxrss`` counts what its parent had, too."""
    return highest(Path("/proc/self/status"))


def highest(status: Path) -> float:
    """Return the most memory that the process of a status had, in MB; 0 where it has none any more."""
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(found[1]) / 1e3 if found else 0.0


class Beside:
    """Looks on at the processes that this one starts.

    What the system says of ended ones is of no use: it counts the moment before they began, when they were still this.
    """

    def __enter__(self) -> Beside:
        self.peaks: dict[str, float] = {}
        self.over = Event()
        self.thread = Thread(target=self._look)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        own = Path("/proc/self/task").resolve().parent
        while not self.over.wait(0.1):
            for process in (own / "task" / own.name / "children").read_text().split():
                with suppress(OSError):  # it has ended
                    self.peaks[process] = max(self.peaks.get(process, 0.0), highest(Path("/proc", process, "status")))

    @property
    def peak(self) -> float:
        """The most memory that one of them had, in MB."""
        return max(self.peaks.values(), default=0)


def processors() -> float:
    """Return the seconds of processor time that this process and those that it started have used."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, BOTH))


def read_sql(folder: Path, rows: int) -> Callable[[], pd.DataFrame]:
    import pandas as pd

    connection = sqlite3.connect(plain_file(folder, rows))
    pd.read_sql("SELECT * FROM statements LIMIT 10", connection, parse_dates=MOMENTS)
    return lambda: pd.read_sql("SELECT * FROM statements", connection, parse_dates=MOMENTS)


def read_sql_few(folder: Path, rows: int) -> Callable[[], pd.DataFrame]:
    import pandas as pd

    connection = sqlite3.connect(plain_file(folder, rows))
    query = f"SELECT {', '.join(FEW)} FROM statements"
    pd.read_sql(f"{query} LIMIT 10", connection, parse_dates=["said_from"])
    return lambda: pd.read_sql(query, connection, parse_dates=["said_from"])


def opened(folder: Path, rows: int) -> ff.Store:
    """Open the store, with everything imported that a first call would import."""
    import flipflop as ff

    store = ff.Store(store_file(folder, rows), read_only=True)
    ff.positions(store, speaker="nobody", topic="nothing")
    return store


def statements(folder: Path, rows: int) -> Callable[[], pd.DataFrame]:
    store = opened(folder, rows)
    return store.statements


def few_columns(folder: Path, rows: int) -> Callable[[], pd.DataFrame]:
    store = opened(folder, rows)
    return lambda: store.statements(columns=FEW)


def codings(folder: Path, rows: int) -> Callable[[], pd.DataFrame]:
    store = opened(folder, rows)
    return store.codings


def positions(folder: Path, rows: int) -> Callable[[], pd.DataFrame]:
    import flipflop as ff

    store = opened(folder, rows)
    return lambda: ff.positions(store)


WORKS: dict[str, tuple[Callable[[Path, int], Callable[[], pd.DataFrame]], str | None]] = {
    "pd.read_sql": (read_sql, None),
    "statements()": (statements, "pd.read_sql"),
    "pd.read_sql, three columns": (read_sql_few, None),
    "statements(), three columns": (few_columns, "pd.read_sql, three columns"),
    "codings()": (codings, None),
    "positions(store)": (positions, None),
}
"""What is measured, and what it is compared with."""


# The files


def store_file(folder: Path, rows: int) -> Path:
    return folder / f"store-{rows}.db"


def plain_file(folder: Path, rows: int) -> Path:
    return folder / f"plain-{rows}.db"


def prepare(folder: Path, rows: int) -> None:
    """Make both files unless they are there."""
    if not store_file(folder, rows).exists():
        begun = time.perf_counter()
        record(store_file(folder, rows), rows)
        print(f"recorded {rows:,} statements and as many codings in {time.perf_counter() - begun:.0f} s")
    if not plain_file(folder, rows).exists():
        copy_plain(store_file(folder, rows), plain_file(folder, rows))


def record(path: Path, rows: int) -> None:
    import flipflop as ff

    unfinished = path.with_suffix(".part")
    with ff.Store(unfinished) as store:
        store.append([ff.Speaker(f"speaker-{n:05}", f"Speaker Number {n}") for n in range(SPEAKERS)])
        store.append([ff.Topic(f"topic-{n:03}", f"Topic {n}", f"The proposition {n} holds.") for n in range(TOPICS)])
        for begin in range(0, rows, CHUNK):
            store.append(events(begin, min(CHUNK, rows - begin)))
    unfinished.rename(path)


def events(begin: int, count: int) -> Iterator[ff.Statement | ff.Coding]:
    """Yield statements by skewed speakers, each with a coding; three in five are known to the second."""
    import numpy as np

    import flipflop as ff

    random = np.random.default_rng(begin)
    words = [f"{a}{b}" for a in ("gov", "tra", "lis", "mo", "ver") for b in ("ern", "de", "ten", "re", "ity")]
    picked = random.integers(0, len(words), (count, 40)).tolist()
    speaker, topic = skewed(random, SPEAKERS, count), skewed(random, TOPICS, count)
    outlet, author, coder = (
        skewed(random, OUTLETS, count),
        skewed(random, AUTHORS, count),
        skewed(random, CODERS, count),
    )
    length, chance = random.integers(8, 40, count), random.random((count, 5))
    second = random.integers(1_260_000_000, 1_750_000_000, count)
    stance = random.choice(STANCES, count)
    for n in range(count):
        text = " ".join([words[at] for at in picked[n][: length[n]]])
        said = moment(int(second[n]), exact=chance[n, 0] < 0.6)
        source = ff.Source(
            url=f"https://outlet-{outlet[n]}.example.org/{said.text[:10]}/story-{begin + n:07}.html",
            outlet=f"Outlet {outlet[n]}",
            title=f"{text[:40].title()}: what was said about topic {topic[n]}",
            author=f"Author Number {author[n]}" if chance[n, 1] < 0.7 else None,
            published=said if chance[n, 2] < 0.5 else None,
        )
        statement = ff.Statement(
            f"speaker-{speaker[n]:05}",
            f"{text} ({begin + n})",
            said,
            source=source,
            attribution=("spokesman", "wire") if chance[n, 3] < 0.05 else (),
            on_behalf_of=f"speaker-{author[n]:05}" if chance[n, 3] > 0.9 else None,
            context="asked at a press conference" if chance[n, 4] < 0.1 else None,
            language="en",
        )
        yield statement
        confidence = float(np.round(chance[n, 1], 2))
        yield ff.Coding(
            statement.hash, f"topic-{topic[n]:03}", str(stance[n]), f"Coder {coder[n]}", confidence=confidence
        )


def moment(second: int, *, exact: bool) -> ff.When:
    from datetime import UTC, datetime, timedelta

    import flipflop as ff
    from flipflop.when import Precision

    at = datetime.fromtimestamp(second, UTC)
    if exact:
        return ff.When(f"{at:%Y-%m-%dT%H:%M:%SZ}", at, at + timedelta(seconds=1), Precision.SECOND, tz="UTC")
    day = at.replace(hour=0, minute=0, second=0)
    return ff.When(f"{day:%Y-%m-%d}", day, day + timedelta(days=1), Precision.DAY, tz="UTC")


def skewed(random: np.random.Generator, size: int, rows: int) -> np.ndarray:
    import numpy as np

    weight = 1 / np.arange(1, size + 1)
    return random.choice(size, rows, p=weight / weight.sum())


def copy_plain(store: Path, plain: Path) -> None:
    """Write what ``statements()`` says to a plain table: moments as ISO 8601 text, flags as 0 and 1."""
    import flipflop as ff

    with ff.Store(store, read_only=True) as source:
        frame = source.statements()
    for column in MOMENTS:
        frame[column] = frame[column].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    unfinished = plain.with_suffix(".part")
    connection = sqlite3.connect(unfinished)
    frame.astype(object).where(frame.notna(), None).to_sql("statements", connection, index=False, chunksize=CHUNK)
    connection.close()
    unfinished.rename(plain)


if __name__ == "__main__":
    main()
