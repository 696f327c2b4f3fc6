"""How fast a file of statements with their codings is imported, and in how much memory.

    python benchmarks/import.py [--lines 200000]

Prints lines a second and the peak of memory of `flipflop import` (checks, ids, chain, indexes), in one transaction, in
batches, and once more when all is known; beside a peer that does what `sqlite-utils insert --nl` does: json.loads and
executemany of the same values into two plain tables, WAL and synchronous=FULL. Each runs in a process of its own. The
first ratio is time over the peer's time, the second that of the processor, on which other programs weigh less.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SPEAKERS, TOPICS = 1000, 50
STANCES = ("support", "oppose", "mixed", "strongly_support", "unclear")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--peer", nargs=2, metavar=("FILE", "DATABASE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peer:
        peer(*given.peer)
        return
    with TemporaryDirectory() as folder:
        place = Path(folder)
        file = write(place / "many.jsonl", given.lines)
        print(f"{given.lines:,} lines, {file.stat().st_size / given.lines:.0f} bytes each, a statement and its coding")
        flipflop = [sys.executable, "-c", "from flipflop.cli import main; main()", "import", str(file)]
        base = measured("peer", [sys.executable, __file__, "--peer", str(file), str(place / "peer.db")], given.lines)
        for what, command in (
            ("import", [*flipflop, "-s", str(place / "one.db")]),
            ("import --batch 10000", [*flipflop, "-s", str(place / "two.db"), "--batch", "10000"]),
            ("import, all known", [*flipflop, "-s", str(place / "one.db")]),
        ):
            measured(what, command, given.lines, base)


def measured(what: str, command: list[str], lines: int, base: tuple[float, float] | None = None) -> tuple[float, float]:
    """Run a command; print what it took, and return its seconds and those of the processor."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        sys.exit(f"{what} failed")
    worked = usage.ru_utime + usage.ru_stime
    ratio = "" if base is None else f"   {seconds / base[0]:5.2f} x, {worked / base[1]:5.2f} x the peer"
    print(f"{what:22} {seconds:7.1f} s {lines / seconds:9,.0f} lines/s  peak {usage.ru_maxrss / 1024:5.0f} MB{ratio}")
    return seconds, worked


def write(path: Path, lines: int) -> Path:
    """Write a file of events whose names are given as people do: every third one by its alias."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(SPEAKERS):
            speaker = {"event": "speaker", "id": f"speaker-{n}", "name": f"Speaker No. {n}", "aliases": [f"@s{n}"]}
            file.write(json.dumps(speaker) + "\n")
        for n in range(TOPICS):
            topic = {"event": "topic", "id": f"topic-{n}", "title": f"Topic {n}", "proposition": f"No. {n} is right."}
            file.write(json.dumps(topic) + "\n")
        for n in range(lines - SPEAKERS - TOPICS):
            file.write(json.dumps(statement(n), ensure_ascii=False) + "\n")
    return path


def statement(n: int) -> dict[str, Any]:
    speaker = n * 7 % SPEAKERS
    return {
        "event": "statement",
        "speaker": f"@s{speaker}" if n % 3 == 0 else f"speaker-{speaker}",
        "text": f"Statement {n}: “we shall see”, as I said before, and as everybody knows who was there at that time.",
        "said": f"20{n % 15 + 10}-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:{n % 60:02}:{n * 7 % 60:02}Z",
        "source": {"url": f"https://example.org/status/{884_016_887_692_234_753 + n}", "outlet": f"Outlet {n % 200}"},
        "topic": f"topic-{n % TOPICS}",
        "stance": STANCES[n % len(STANCES)],
        "coder": f"coder-{n % 5}",
    }


def peer(file: str, database: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE statement (id INTEGER PRIMARY KEY, speaker TEXT, text TEXT, said TEXT, url TEXT, outlet TEXT)"
    )
    connection.execute("CREATE TABLE coding (statement INTEGER, topic TEXT, stance TEXT, coder TEXT)")
    number = 0
    with Path(file).open("rb") as stream:
        while lines := list(islice(stream, 1000)):
            rows = [row for row in map(json.loads, lines) if row["event"] == "statement"]
            statements = [
                (number + n, row["speaker"], row["text"], row["said"], row["source"]["url"], row["source"]["outlet"])
                for n, row in enumerate(rows)
            ]
            codings = [(number + n, row["topic"], row["stance"], row["coder"]) for n, row in enumerate(rows)]
            connection.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)", statements)
            connection.executemany("INSERT INTO coding VALUES (?, ?, ?, ?)", codings)
            number += len(rows)
    connection.commit()


if __name__ == "__main__":
    main()
