"""Random histories: step by step = in one batch = from scratch = replayed; then redacted, sealed and backed up.

``python -m tests.harness.histories [NUMBER] [SEED] [URL URL URL]`` goes through many; the suite goes through a few.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from flipflop.records import Event, to_json
from flipflop.store.log import what_counts
from tests.postgres_stores import emptied
from tests.store_cases import DECLARED, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 30


class Told(NamedTuple):
    """What a store says, and keeps of what follows from its log."""

    counts: dict[str, Event | None]
    review: set[int]
    gone: dict[int, bool]
    worded: dict[int, bytes]
    rests: dict[tuple[int, int], bytes]


def told(store: ff.Store) -> Told:
    """Return it; what is kept must be what follows from scratch."""
    findings = store.verify()
    assert findings == [], findings
    tables = store._tables
    counts = {record.id: record.event for record in store.events()}
    return Told(counts, what_counts.now(tables).review, tables.all_gone(), tables.all_worded(), tables.all_rests())


def one_more(random: Random, events: Sequence[Event]) -> Event:
    """Return an event about those before, which may be none that fits."""
    statements = [event for event in events if isinstance(event, ff.Statement)]
    one = random.choice(statements) if statements else statement()
    any_one = random.choice(events)
    mending = [event for event in events if isinstance(event, ff.Correction | ff.Retraction)]
    match random.randrange(13):
        case 0 | 1:
            return statement(random.choice(("ann", "bob")), at=random.randrange(10))
        case 2 | 3:
            return coding(one, topic=random.choice(("unit", "talks")), coder=f"Coder {random.random()}")
        case 4:
            other = random.choice(statements) if statements else statement()
            other = other if other != one else statement()
            return ff.Ruling(one.hash, other.hash, "unit", ff.Outcome.REVERSAL, "none found", f"E {random.random()}")
        case 5 | 6 | 7:
            words = random.choice(("as before", "otherwise", f"{random.random()}"))
            moment = to_json(statement(at=random.randrange(10)))["said"]
            change = random.choice(({"text": words}, {"text": words}, {"said": moment}, {"context": words}))
            return correction(one, **change)
        case 8 | 9 if mending:
            return retraction(random.choice(mending))
        case 10:
            slug = random.choice(("ann", "bob", "unit", "talks"))
            return ff.Retraction(slug, f"reason {random.random()}", "Editor")
        case 11:
            return random.choice(
                (ff.Speaker("ann", f"Ann {random.random()}"), ff.Topic("unit", "Unit", f"{random.random()}."))
            )
        case 12 if random.random() < 0.5:
            return redaction(any_one)
    return retraction(any_one)


def go_through(random: Random, places: Sequence[str]) -> None:
    """One history, in three stores."""
    step_by_step, in_one_batch, replayed = places
    events: list[Event] = [*DECLARED]
    with ff.Store(step_by_step) as store:
        store.append(events)
        for _ in range(random.randrange(5, LONGEST - len(DECLARED))):
            event = one_more(random, events)
            store.by = random.choice((None, "Tom Tips", "Maria"))
            try:
                store.append(event)
            except (ff.DataError, ff.errors.DuplicateError):
                continue
            events.append(event)
        expected, lines = told(store), [record.to_json() for record in store.log()]
        with ff.Store(in_one_batch) as batch:
            batch.append(events)
            assert told(batch) == expected, "in one batch"
        with ff.Store(replayed) as again:
            again.replay(lines)
            assert told(again) == expected, "replayed"
            assert [record.to_json() for record in again.log()] == lines
            again.rebuild()
            assert told(again) == expected, "rebuilt"
            for other in (store, again):
                _redact_and_keep(random, other, events)


def _redact_and_keep(random: Random, store: ff.Store, events: Sequence[Event]) -> None:
    """A redaction of anything leaves a store that verifies, can be sealed and backed up."""
    for event in random.sample(events, 2):
        store.append([redaction(event)])
        told(store)
    seal = store.seal()
    assert store.verify(sealed=[seal]) == []
    if "://" not in store.name:
        store.backup(f"{store.path}.backup").unlink()


def main(number: int, seed: int, urls: Sequence[str]) -> None:
    """Go through many histories; the seed of one that fails is told."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        for which in range(seed, seed + number):
            places = urls or [str(Path(folder, f"{name}.db")) for name in ("a", "b", "c")]
            try:
                go_through(Random(which), places)
            except BaseException:
                sys.stderr.write(f"history {which} fails\n")
                raise
            for place in places:
                emptied(place)
    sys.stdout.write(f"{number} histories hold\n")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["5000"])[0]), int((sys.argv[2:] or ["0"])[0]), sys.argv[3:])
