"""Random histories: step by step = in one batch = from scratch = replayed; then redacted, sealed and backed up.

``python -m tests.harness.histories [NUMBER] [SEED] [URL URL URL]`` goes through many; the suite goes through a few.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import flipflop as ff
from flipflop.cases.trail import Trail
from flipflop.records import Event, from_json, to_json
from flipflop.store.log import what_counts
from tests.postgres_stores import emptied
from tests.store_cases import DECLARED, beside, coding, correction, redaction, retraction, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.store import Recorded

LONGEST = 30


class Told(NamedTuple):
    """What a store says, and keeps of what follows from its log."""

    counts: dict[str, Event | None]
    review: set[int]
    gone: dict[int, bool]
    worded: dict[int, bytes]
    rests: dict[tuple[int, int], bytes]
    again: dict[str, bool]
    names: dict[str, set[str]]


def told(store: ff.Store) -> Told:
    """Return it; what is kept must be what follows from scratch."""
    findings = store.verify()
    assert findings == [], findings
    tables = store._tables
    counts = {record.id: record.event for record in store.events()}
    log = list(store.log())
    again = {one.id: store.needs_review(one.id) for one in log if isinstance(one.event, ff.Coding | ff.Ruling)}
    assert again == {one.id: again_by_hand(log, one) for one in log if one.id in again}
    trail = Trail(log)
    assert again == {one.id: trail.needs_review(one) for one in log if one.id in again}
    reads = (what_counts.now(tables).review, tables.all_gone(), tables.all_worded(), tables.all_rests())
    return Told(counts, *reads, again, store.names("speaker"))


def withdrawn_by(log: Sequence[Recorded]) -> set[str]:
    """The events that the retractions of a log withdraw; one that is withdrawn itself withdraws nothing."""
    found: set[str] = set()
    for record in reversed(log):
        if record.kind == "retraction" and record.id not in found:
            found.update(record.about)
    return found


def mended_by_hand(log: Sequence[Recorded], record: Recorded) -> Event | None:
    """An event with the corrections in a log that count."""
    event, out = record.event, withdrawn_by(log)
    for one in log:
        if event is not None and isinstance(one.event, ff.Correction) and record.id in one.about and one.id not in out:
            with suppress(ff.DataError):
                event = from_json({**to_json(event), **one.event.changes})
    return event


def rests_on(log: Sequence[Recorded], judgement: Event) -> tuple[object, ...]:
    """The proposition, and the words and moments, on which a judgement rests that is made at the end of a log."""
    out, found = withdrawn_by(log), list[object]()
    for about in ("statement", "earlier", "later"):
        record = next((one for one in log if one.id == getattr(judgement, about, None)), None)
        event = None if record is None else mended_by_hand(log, record)
        found.append((event.text, event.said) if isinstance(event, ff.Statement) else None)
    slug = getattr(judgement, "topic", None)
    declared = [one for one in log if isinstance(one.event, ff.Topic) and one.event.id == slug and one.id not in out]
    topic = mended_by_hand(log, declared[-1]) if declared else None
    return topic.proposition if isinstance(topic, ff.Topic) else None, *found


def again_by_hand(log: Sequence[Recorded], judgement: Recorded) -> bool:
    """Whether what a judgement rests on has changed since it was recorded, or confirmed last."""
    out, event = withdrawn_by(log), judgement.event
    assert event is not None
    made = [one.seq for one in log if judgement.id in one.about and isinstance(one.event, ff.Correction)]
    since = max([judgement.seq, *(seq for seq in made if log[seq - 1].id not in out)])
    then, now = rests_on(log[:since], event), rests_on(log, event)
    never_redacted = (a != b for a, b in zip(then[1:], now[1:], strict=True) if b is not None)
    return then[0] != now[0] or any(never_redacted)


def one_more(random: Random, events: Sequence[Event]) -> Event:
    """Return an event about those before, which may be none that fits."""
    statements = [event for event in events if isinstance(event, ff.Statement)]
    one = random.choice(statements or [statement()])
    any_one = random.choice(events)
    match random.randrange(18):
        case 0 | 1:
            return statement(random.choice(("ann", "bob")), at=random.randrange(10))
        case 2 | 3:
            return coding(one, topic=random.choice(("unit", "talks")), coder=f"Coder {random.random()}")
        case 4:
            other = random.choice(statements or [statement()])
            other = other if other != one else statement()
            return ff.Ruling(one.hash, other.hash, "unit", ff.Outcome.REVERSAL, "none found", f"E {random.random()}")
        case 5 | 6 | 7:
            words = random.choice(("as before", "otherwise", f"{random.random()}"))
            moment = to_json(statement(at=random.randrange(10)))["said"]
            change = random.choice(({"text": words}, {"text": words}, {"said": moment}, {"context": words}))
            return correction(one, **change)
        case 8 | 9:
            return retraction(any_of(random, events, ff.Correction, ff.Retraction))
        case 10:
            slug = random.choice(("ann", "bob", "unit", "talks"))
            return ff.Retraction(slug, f"reason {random.random()}", "Editor")
        case 12:
            return random.choice((redaction(any_one), retraction(any_one)))
        case 11 | 13 | 14:
            return mended(random, any_of(random, events, ff.Speaker, ff.Topic))
        case 15 | 16:
            clock = f"2020-01-01T00:00:00.{random.randrange(10**5, 10**6):06d}Z"
            return correction(any_of(random, events, ff.Coding, ff.Ruling), confirmed_at=clock)
    return random.choice([*beside(one), *resourced(random, events)])


def any_of(random: Random, events: Sequence[Event], *kinds: type[Event]) -> Event:
    """One of some kinds, where there is any."""
    return random.choice([event for event in events if isinstance(event, kinds)] or [*events])


def resourced(random: Random, events: Sequence[Event]) -> list[Event]:
    """Corrections of what has a source of its own."""
    found = [event for event in events if isinstance(event, ff.Role | ff.Citation | ff.Reply)]
    return [correction(event, source={"url": f"https://example.org/{random.random()}"}) for event in found]


def mended(random: Random, declared: Event) -> Event:
    """A correction of a speaker or topic, which may be none that fits, or another declaration of it."""
    words = random.choice(("Ann Ames", "Bob Bell", "@annames", f"Name {random.randrange(4)}"))
    if random.random() < 0.3:
        return ff.Topic("unit", "Unit", f"{words}.") if random.random() < 0.5 else ff.Speaker("ann", words)
    if isinstance(declared, ff.Topic):
        changes = ({"proposition": f"{words}."}, {"proposition": f"{words}."}, {"title": words}, {"parent": "talks"})
        return correction(declared, **random.choice(changes))
    return correction(declared, **random.choice(({"name": words}, {"aliases": [words]}, {"public_role": words})))


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
