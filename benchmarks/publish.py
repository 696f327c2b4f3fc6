"""How long a site of a whole record takes, and how long when nothing changed, beside plainly copying the same files.

    python benchmarks/publish.py [STATEMENTS] [RULED] [FOLDER]

A record of so many statements of a hundred speakers on fifty topics, each coded once, with so many ruled pairs, is
published once, again without a change, and again after one more statement; pictures of the ruled pairs are drawn where
that can be done. The peer copies the files of the finished site: no program that writes them can be faster. Shown are
seconds on the clock and, because a busy machine makes these long, of the processor; of three rounds the median.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from flipflop.records import Event
from flipflop.when import Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 3
SPEAKERS, TOPICS = 100, 50
START = datetime(2010, 1, 1, tzinfo=UTC)
WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "we",
    "will",
    "not",
    "support",
    "oppose",
    "this",
    "plan",
    "budget",
    "tax",
    "border",
    "school",
    "hospital",
    "people",
]
STANCES = (ff.Stance.SUPPORT, ff.Stance.OPPOSE, ff.Stance.MIXED, ff.Stance.SUPPORT, ff.Stance.STRONGLY_SUPPORT)


class Took(NamedTuple):
    """Seconds on the clock and of the processor."""

    clock: float
    processor: float


def record(statements: int) -> Iterator[Event]:
    chance = random.Random(20170709)
    for number in range(SPEAKERS):
        yield ff.Speaker(f"speaker-{number}", f"Speaker {number}", public_role="Member of parliament")
    for number in range(TOPICS):
        yield ff.Topic(f"topic-{number}", f"Topic {number}", f"There should be a thing of kind {number}.")
    for number in range(statements):
        yield from said(number, chance)


def said(number: int, chance: random.Random) -> tuple[ff.Statement, ff.Coding]:
    """A statement of eight to forty words, and its coding."""
    start = START + timedelta(minutes=chance.randrange(7_000_000))
    when = ff.When(f"{start:%Y-%m-%dT%H:%MZ}", start, start + timedelta(minutes=1), Precision.MINUTE, tz="UTC")
    text = " ".join([*chance.choices(WORDS, k=chance.randrange(8, 40)), str(number)])
    source = ff.Source(url=f"https://example.org/{number}", outlet="The Paper")
    statement = ff.Statement(f"speaker-{chance.randrange(SPEAKERS)}", text, when, source=source)
    topic = f"topic-{chance.randrange(TOPICS)}"
    return statement, ff.Coding(statement.hash, topic, chance.choice(STANCES), "someone", rationale="It says so.")


def rulings(store: ff.Store, number: int) -> list[ff.Ruling]:
    found = ff.find_reversals(ff.positions(store))
    rows = found[found["order"] == "certain"].head(number)
    reply = ff.Answer(answered=False)
    return [
        ff.Ruling(earlier, later, topic, ff.Outcome.REVERSAL, "It was said of another plan.", "Editor", reply=reply)
        for earlier, later, topic in zip(rows["earlier_id"], rows["later_id"], rows["topic"], strict=True)
    ]


def took(deed: Callable[[], object]) -> Took:
    before, begun = os.times(), time.perf_counter()
    deed()
    after = os.times()
    return Took(time.perf_counter() - begun, sum(after[:4]) - sum(before[:4]))


def one_round(store: ff.Store, folder: Path, number: int) -> dict[str, Took]:
    site, copy = folder / "site", folder / "copy"
    for path in (site, copy):
        shutil.rmtree(path, ignore_errors=True)
    publish = lambda: ff.publish_site(store, site, scope="Made up for a measurement.")  # noqa: E731 -- short
    times = {"first run": took(publish), "copying its files": took(lambda: shutil.copytree(site, copy))}
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    times["second run, nothing changed"] = took(publish)
    assert before == {path: path.stat().st_mtime_ns for path in site.rglob("*")}, "a file was touched"
    store.append(said(1_000_000 + number, random.Random(number)))
    times["after one more statement"] = took(publish)
    return times


def main(statements: int = 10_000, ruled: int = 50, where: str | None = None) -> None:
    with tempfile.TemporaryDirectory(dir=where) as folder, ff.Store(Path(folder) / "record.db") as store:
        store.append(record(statements))
        store.append(rulings(store, ruled))
        rounds = [one_round(store, Path(folder), number) for number in range(ROUNDS)]
        files = [path for path in (Path(folder) / "site").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"{statements:,} statements, {ruled} ruled pairs: {len(files):,} files, {size / 1e6:,.0f} MB")
    for what in rounds[0]:
        clock, processor = (statistics.median(values) for values in zip(*(one[what] for one in rounds), strict=True))
        print(f"{what:30} {clock:7.2f} s   ({processor:6.2f} s of the processor)")
    ratio = statistics.median(one["first run"].clock / one["copying its files"].clock for one in rounds)
    print(f"first run: {ratio:.1f} times as long as copying its files")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]), *sys.argv[3:4])
