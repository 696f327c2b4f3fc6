"""A program that records in a store until it is killed: ``python -m tests.harness.writer WHERE NAME [APPENDS]``.

On stdout, each line written at once and only after ``append`` returned: ``ready``, then for each append
``SECONDS BATCH NOW`` (how long it took, which batch it was, the time), or ``error MESSAGE``. With a number of
appends it waits for a line on stdin before the first, and ends after the last.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count

import flipflop as ff
from flipflop.records import Event, Stance

WORDS = "words that somebody said and that somebody else wrote down "


def batch(writer: str, number: int) -> list[Event]:
    """Return what a writer records as its batch of that number: mostly one event, sometimes up to fourteen."""
    size = (1, 1, 1, 7)[number % 4]
    events: list[Event] = []
    for place in range(size):
        text = f"{writer} {number} {place} " + WORDS * (1 + number % 5 * 20)
        said = ff.Statement("ann", text, ff.When.parse("2017-07-09T12:00Z"))
        events += [said] if size == 1 else [said, ff.Coding(said.hash, "unit", Stance.SUPPORT, writer)]
    return events


def single(writer: str, number: int) -> list[Event]:
    """Return what one of many writers records: one statement."""
    return [ff.Statement("ann", f"{writer} {number} {WORDS}", ff.When.parse("2017-07-09T12:00Z"))]


def main() -> None:
    where, writer = sys.argv[1:3]
    many = int(sys.argv[3]) if len(sys.argv) > 3 else None
    with ff.Store(where) as store:
        say("ready")
        if many is not None:
            sys.stdin.readline()
        for number in count() if many is None else range(many):
            events = batch(writer, number) if many is None else single(writer, number)
            begun = time.perf_counter()
            try:
                store.append(events[0] if len(events) == 1 else events)
            except Exception as error:  # noqa: BLE001 -- whatever it is, the harness must hear of it
                say(f"error {error!r}")
            else:
                say(f"{time.perf_counter() - begun:.6f} {number} {time.time():.6f}")


def say(line: str) -> None:
    """Write a line past all buffers: what is in a buffer dies with the process."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
