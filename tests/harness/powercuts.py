"""Somebody works with a store on a recorded disk; the power is cut at any moment of it; the next boot must find all."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import flipflop as ff
from flipflop.records import Event
from tests.harness.afterwards import Damage, damage
from tests.harness.disk import Disk, PowerCut, cut
from tests.harness.on_apsw import How, stores_on
from tests.store_cases import DECLARED, coding, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

NAME = "s.db"
SECRET = "a word that the court had taken out "


@dataclass
class Work:
    """What was done on a disk: every batch (its ids), and where in the log redacted words were gone for good."""

    disk: Disk
    folder: Path
    batches: list[list[str]] = field(default_factory=list)
    redacted: list[tuple[int, str]] = field(default_factory=list)

    def append(self, store: ff.Store, events: Sequence[Event]) -> None:
        """Record a batch and note it as acknowledged once the store says so."""
        ids = [event.hash for event in events]
        self.batches.append(ids)
        store.append(events[0] if len(events) == 1 else events)
        self.disk.acknowledged(ids)


def work(random: Random, folder: Path, *, appends: int, synchronous: str = "FULL") -> Work:
    """Append, retract, redact, checkpoint, reopen on a recorded disk. ``synchronous`` overrules the store's setting."""
    done = Work(Disk(), folder)
    left = appends
    while left > 0:
        how = How(synchronous, random.choice((3, 8, 30, 1000)))
        with stores_on(done.disk.name, how), ff.Store(folder / NAME) as store:
            if left == appends:
                done.append(store, DECLARED)
            for _ in range(min(left, random.randint(1, 12))):
                _one_append(done, store, random)
                left -= 1
    return done


def _one_append(done: Work, store: ff.Store, random: Random) -> None:
    events: list[Event] = []
    for _ in range(random.choice((1, 1, 1, 2, 5, 30))):
        said = statement(text=f"{random.random()} " + "words " * random.choice((1, 5, 900)))
        events += [said, coding(said)]
    done.append(store, events[:1] if random.random() < 0.5 else events)
    what = random.random()
    if what < 0.1:
        done.append(store, [retraction(events[0])])
    elif what < 0.2:
        text = f"{SECRET}{random.random()}"
        said = statement(text=text)
        done.append(store, [said])
        done.append(store, [redaction(said)])
        done.redacted.append((len(done.disk.log), text))


@contextmanager
def booted(found: PowerCut) -> Iterator[Path]:
    """Put what a power cut left on the real disk, for the real ``sqlite3``."""
    with TemporaryDirectory() as folder:
        for name, content in found.files.items():
            Path(folder, Path(name).name).write_bytes(content)
        yield Path(folder, NAME)


def cuts(done: Work, random: Random, *, count: int, syncs_hold: bool = True) -> Damage:
    """Cut the power that many times, at any moment of the work, and gather what the next boots miss."""
    total = Damage()
    for _ in range(count):
        moment = random.randint(0, len(done.disk.log))
        found = cut(done.disk.log, moment, random, syncs_hold=syncs_hold)
        total.corrupt += [f"redacted words in {name} at {moment}" for name in _still_there(done, found, moment)]
        with booted(found) as path:
            total.add(damage(str(path), found.acknowledged, done.batches))
    return total


def _still_there(done: Work, found: PowerCut, moment: int) -> list[str]:
    """Names of files that still hold words whose redaction was acknowledged."""
    texts = [text.encode() for at, text in done.redacted if at <= moment]
    return [name for name, content in found.files.items() if any(text in content for text in texts)]
