"""What a store survives, in figures: killed writers, power cuts, many writers at once, flipped bits.

    python benchmarks/durability.py [--kills 200] [--cuts 200] [--writers 8] [--appends 500] [--flips 2000] [--seed 1]
        [--server]

A count of 0 leaves a part out. With --server writers are killed and measured on a PostgreSQL server too, which is
started for it with its own defaults (fsync is on). Exits with 1 where something was lost, torn, corrupt, refused or not
reported. Waits are printed beside the time of one write and fsync on the same disk, which nobody can beat.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.harness import afterwards, bitflips, powercuts, processes

if TYPE_CHECKING:
    from collections.abc import Callable

WORST_WAIT = 0.5
"""Seconds that no append of eight writers may take."""


def main() -> None:
    parser = argparse.ArgumentParser()
    defaults = {"kills": 200, "cuts": 200, "writers": 8, "appends": 500, "flips": 2000, "seed": 1}
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--server", action="store_true")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        place, random, numbers = Path(folder), Random(given.seed), itertools.count()
        well = of_processes("SQLite", lambda: str(place / f"{next(numbers)}.db"), place, random, given)
        well &= not given.cuts or cuts(place, random, given.cuts)
        well &= not given.flips or flips(place, random, given.flips)
        if given.server:
            from tests.postgres_server import running
            from tests.postgres_stores import Databases

            with running() as url:
                well &= of_processes("PostgreSQL", Databases(url).new, place, random, given)
    sys.exit(0 if well else 1)


def of_processes(
    name: str, new_store: Callable[[], str], place: Path, random: Random, given: argparse.Namespace
) -> bool:
    print(f"{name}:")
    well = not given.kills or kills(new_store, random, given.kills)
    return well & (not (given.writers and given.appends) or writers(new_store(), place, given.writers, given.appends))


def kills(new_store: Callable[[], str], random: Random, count: int) -> bool:
    begun = time.perf_counter()
    found, acknowledged = processes.kills(new_store, random, count=count)
    print(f"{count} x kill -9: {found}, of {acknowledged} acknowledged events ({time.perf_counter() - begun:.0f} s)")
    return told(found)


def cuts(place: Path, random: Random, count: int) -> bool:
    """Ten works on a recorded disk, each cut many times; then the same where losses are expected."""
    well = True
    for synchronous, syncs_hold, expected in (("FULL", True, True), ("NORMAL", True, False), ("FULL", False, False)):
        total, begun, hurt = afterwards.Damage(), time.perf_counter(), 0
        for number in range(10):
            folder = place / f"cut-{synchronous}-{syncs_hold}-{number}"
            folder.mkdir()
            done = powercuts.work(random, folder, appends=40, synchronous=synchronous)
            for _ in range(count // 10):
                found = powercuts.cuts(done, random, count=1, syncs_hold=syncs_hold)
                hurt += bool(found)
                total.add(found)
        how = f"synchronous = {synchronous}" + ("" if syncs_hold else ", a disk that lies about syncs")
        print(f"{count} power cuts, {how}: {hurt} hurt; {total} ({time.perf_counter() - begun:.0f} s)")
        well &= told(total) if expected else bool(total)
    return well


def writers(where: str, place: Path, count: int, appends: int) -> bool:
    alone = write_and_fsync(place)
    found = processes.together(where, writers=count, appends=appends)
    wrong = [*found.errors, *processes.wrong_after(where, found)]
    waits = sorted(wait for waits in found.waits.values() for wait in waits)
    print(
        f"{count} writers x {appends}: {found.acknowledged} acknowledged, {len(wrong)} errors, {found.seconds:.1f} s; "
        f"waits: median {statistics.median(waits) * 1000:.1f} ms, 99 % {waits[len(waits) * 99 // 100] * 1000:.1f} ms, "
        f"worst {found.worst_wait * 1000:.0f} ms (at most {WORST_WAIT * 1000:.0f}: "
        f"{'ok' if found.worst_wait <= WORST_WAIT else 'TOO LONG'}); "
        f"the slowest had {found.fairness:.0%} done when the first was done; "
        f"write + fsync of 4 KiB alone: {alone * 1000:.1f} ms"
    )
    for problem in wrong[:5]:
        print(f"  {problem}")
    return not wrong and found.acknowledged == count * appends and found.worst_wait <= WORST_WAIT


def write_and_fsync(place: Path) -> float:
    """The median time of a write and fsync at the end of a file."""
    times = []
    with (place / "fsync").open("wb", buffering=0) as file:
        for _ in range(100):
            begun = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


def flips(place: Path, random: Random, count: int) -> bool:
    begun = time.perf_counter()
    told, missed, mute = bitflips.flips(place, random, count=count)
    print(
        f"{count} flipped bits in event rows: {told} reported, {len(missed)} not "
        f"({time.perf_counter() - begun:.0f} s); {mute} more lay where SQLite reads nothing, and changed no value"
    )
    for flip in missed[:10]:
        print(f"  not reported: {flip.table}, {flip.place}")
    return not missed


def told(found: afterwards.Damage) -> bool:
    for problem in (*found.torn[:3], *found.corrupt[:3]):
        print(f"  {problem}")
    return not found


if __name__ == "__main__":
    main()
