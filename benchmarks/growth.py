"""How the time of one act, or of a batch, grows with what is recorded already: time at 4 N / time at N.

Bars: 5 for a batch (and its replay), 1.5 for a single act. Medians of several rounds, sizes interleaved.

    python benchmarks/growth.py [N]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

import flipflop as ff
from flipflop.records import Event

ROUNDS = 3
_number = count()
DECLARED = (ff.Speaker("ann", "Ann"), ff.Topic("unit", "Unit", "There should be a unit."))
SAID = ff.When.parse("2017-07-09T12:00Z")


def statement() -> ff.Statement:
    return ff.Statement("ann", f"words {next(_number)}", SAID)


def coding(of: ff.Statement) -> ff.Coding:
    return ff.Coding(of.hash, "unit", ff.Stance.SUPPORT, f"Coder {next(_number)}")


def correction(of: ff.Statement) -> ff.Correction:
    return ff.Correction(of.hash, {"text": f"mended {next(_number)}"}, "reason", "Editor")


def retraction(of: Event) -> ff.Retraction:
    return ff.Retraction(of.hash, f"reason {next(_number)}", "Editor")


def corrections(size: int) -> Iterable[Event]:
    said = [statement() for _ in range(size)]
    return [*said, *map(correction, said)]


def retractions(size: int) -> Iterable[Event]:
    said = [statement() for _ in range(size)]
    return [*said, *map(retraction, said)]


def in_turn(size: int) -> Iterator[Event]:
    """A statement, a coding of it, its retraction, and so on."""
    for _ in range(size):
        one = statement()
        yield from (one, coding(one), retraction(one))


def one_statement(size: int) -> Iterator[Event]:
    """One statement with as many coders as corrections, in turn."""
    one = statement()
    yield one
    for _ in range(size):
        yield from (coding(one), correction(one))


BATCHES: dict[str, Callable[[int], Iterable[Event]]] = {
    "corrections": corrections,
    "retractions": retractions,
    "statement, coding, retraction in turn": in_turn,
    "one statement, K coders and K corrections": one_statement,
}


def one_more(kind: str, events: list[Event]) -> list[Event]:
    """The single act on top, with what it needs before it."""
    first = next(event for event in events if isinstance(event, ff.Statement))
    fresh = statement()
    return {
        "add": [fresh],
        "code": [fresh, coding(fresh)],
        "correct": [first, correction(first)],
        "retract": [fresh, retraction(fresh)],
    }[kind]


def timed(act: Callable[[], object]) -> float:
    begin = time.process_time()
    act()
    return time.process_time() - begin


def measure(size: int) -> Iterator[tuple[str, float, float]]:
    for name, made in BATCHES.items():
        batches: dict[int, list[float]] = {size: [], 4 * size: []}
        replays: dict[int, list[float]] = {size: [], 4 * size: []}
        acts: dict[str, dict[int, list[float]]] = {}
        for _ in range(ROUNDS):
            for many in batches:
                with tempfile.TemporaryDirectory() as folder:
                    events = [*DECLARED, *made(many)]
                    with ff.Store(Path(folder, "s.db")) as store:
                        batches[many].append(timed(lambda: store.append(events)))  # noqa: B023 -- called at once
                        lines = [record.to_json() for record in store.log()]
                        for kind in ("add", "code", "correct", "retract"):
                            for _ in range(15):
                                *before, last = one_more(kind, events)
                                store.append(before)
                                taken = timed(lambda: store.append(last))  # noqa: B023 -- called at once
                                acts.setdefault(kind, {}).setdefault(many, []).append(taken)
                    with ff.Store(Path(folder, "t.db")) as store:
                        replays[many].append(timed(lambda: store.replay(lines)))  # noqa: B023 -- called at once
        yield f"{name}: batch", median(batches[size]), median(batches[4 * size])
        yield f"{name}: replay", median(replays[size]), median(replays[4 * size])
        for kind, found in acts.items():
            yield f"{name}: then one {kind}", median(found[size]), median(found[4 * size])


if __name__ == "__main__":
    size = int((sys.argv[1:] or ["500"])[0])
    for what, small, large in measure(size):
        bar = 5 if what.endswith(("batch", "replay")) else 1.5
        told = "" if large <= bar * small else f"   over the bar of {bar}"
        print(f"{what:60} {1e3 * small:9.2f} ms {1e3 * large:9.2f} ms   x {large / small:.2f}{told}")
