"""Writers as processes of their own: killed in the middle of their work, or many at once.

``where`` is whatever ``flipflop.Store`` takes: a path, or the URL of an empty database on a server.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import flipflop as ff
from tests.harness.afterwards import Damage, damage
from tests.harness.writer import batch, single
from tests.store_cases import DECLARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

ROOT = Path(__file__).parents[2]
KILLS_PER_STORE = 10
"""How often writers of one store are killed before a new one is taken: ``verify`` reads all that they recorded."""


def killed(where: str, random: Random, writer: str, *, longest: float = 0.06) -> tuple[list[str], list[list[str]]]:
    """Start a writer and kill it (SIGKILL) some time after it has opened the store.

    Return the ids that it had acknowledged, and the batches that it may have begun.
    """
    process = _started(where, writer)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.uniform(0, longest))
    process.kill()
    said = _rest(process)
    done = [int(line.split()[1]) for line in said.splitlines(keepends=True) if line.endswith("\n")]
    assert done == list(range(len(done)))
    batches = [[event.hash for event in batch(writer, number)] for number in range(len(done) + 1)]
    return [event_id for ids in batches[: len(done)] for event_id in ids], batches


def kills(new_store: Callable[[], str], random: Random, *, count: int) -> tuple[Damage, int]:
    """Kill that many writers, look at the store after each; return all damage, and how many events were acknowledged.

    ``new_store`` returns where the next store is.
    """
    total, acknowledged = Damage(), 0
    where, so_far, batches = "", list[str](), list[list[str]]()
    for number in range(count):
        if number % KILLS_PER_STORE == 0:
            acknowledged += len(so_far)
            where, so_far, batches = new_store(), [], []
            declare(where)
        ids, begun = killed(where, random, f"writer-{number}")
        so_far += ids
        batches += begun
        total.add(damage(where, so_far, batches))
    return total, acknowledged + len(so_far)


def declare(where: str) -> None:
    """Make the store, with those who speak in it."""
    with ff.Store(where) as store:
        store.append(DECLARED)


@dataclass
class Together:
    """What several writers did at once: waits in seconds and moments of acknowledgement, by writer; what went wrong."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    moments: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        return sum(map(len, self.waits.values()))

    @property
    def worst_wait(self) -> float:
        return max(wait for waits in self.waits.values() for wait in waits)

    @property
    def fairness(self) -> float:
        """How far the slowest was when the first was done: its share of appends (1: all were done together)."""
        first_done = min(moments[-1] for moments in self.moments.values())
        return min(sum(m <= first_done for m in moments) / len(moments) for moments in self.moments.values())

    @property
    def seconds(self) -> float:
        every = [moment for moments in self.moments.values() for moment in moments]
        return max(every) - min(every)


def together(where: str, *, writers: int, appends: int) -> Together:
    """Let that many processes record at once, that many statements each, one append a statement."""
    declare(where)
    names = [f"writer-{number}" for number in range(writers)]
    processes = {name: _started(where, name, str(appends)) for name in names}
    for process in processes.values():
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes.values():
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    found = Together(expected=[single(name, n)[0].hash for name in names for n in range(appends)])
    for name, process in processes.items():
        lines = _rest(process).splitlines()
        found.errors += [line for line in lines if line.startswith("error")]
        told = [line.split() for line in lines if not line.startswith("error")]
        found.waits[name] = [float(seconds) for seconds, _, _ in told]
        found.moments[name] = [float(moment) for _, _, moment in told]
        if process.returncode:
            found.errors.append(f"{name} ended with {process.returncode}")
    return found


def wrong_after(where: str, found: Together) -> Iterator[str]:
    """Yield what does not hold once all writers are done: every append recorded once, seqs without gaps, a chain."""
    with ff.Store(where) as store:
        yield from map(str, store.verify())
        records = list(store.log())
    if [record.seq for record in records] != list(range(1, len(records) + 1)):
        yield "the seqs have gaps"
    ids = [record.id for record in records]
    if sorted(ids[len(DECLARED) :]) != sorted(found.expected):
        yield f"{len(found.expected)} events were given, {len(ids) - len(DECLARED)} are there"


def _rest(process: subprocess.Popen[str]) -> str:
    """What a process still says, until its end."""
    with process:
        assert process.stdout is not None
        return process.stdout.read()


def _started(where: str, *args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.harness.writer", where, *args]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
