"""What counts now, or counted at an earlier moment: the one place where it is worked out from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flipflop.records.codec import canonical, encode
from flipflop.records.events import Event, Statement
from flipflop.store.log import rules
from flipflop.store.sql.columns import micros

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flipflop.store.sql.columns import Amendment, Cell
    from flipflop.store.sql.tables import Tables


class State(NamedTuple):
    """What does not count, what reads otherwise than recorded, and what needs another look; all by seq.

    ``last`` is the last event that is taken into account; ``gone`` tells which of the withdrawn are redacted.
    """

    last: int
    gone: Mapping[int, bool]
    mended: Mapping[int, Event]
    review: set[int]


def now(tables: Tables) -> State:
    """Return what counts now, as kept in the store."""
    return State(tables.last()[0], tables.all_gone(), tables.mended(), tables.reviews())


def at(tables: Tables, last: int) -> State:
    """Return what counted when ``last`` was the last event: later retractions undone, redactions not."""
    abouts = tables.abouts()
    gone = gone_by(abouts, last)
    mended: dict[int, Event] = {}
    review: set[int] = set()
    for target, mending in mendings(tables, abouts).items():
        if target > last:
            continue
        if mending.standing(last):
            mended[target] = mending.version(last)
        review.update(s for s in tables.judgements(target) if s <= last and mending.judged_otherwise(s, last))
    return State(last, gone, mended, review)


def gone_by(abouts: Sequence[Amendment], last: int | None = None) -> dict[int, bool]:
    """Return what does not count, and whether it is redacted."""
    redacted = rules.redacted(abouts)
    out = rules.withdrawn(a for a in abouts if last is None or a.seq <= last)
    return dict.fromkeys(out, False) | dict.fromkeys(redacted, True)


def mendings(tables: Tables, abouts: Sequence[Amendment], targets: set[int] | None = None) -> dict[int, rules.Mending]:
    """Return the corrections ever made to each event whose body is still there."""
    by_target: dict[int, list[Amendment]] = {}
    for about in abouts:
        by_target.setdefault(about.target, []).append(about)
    found: dict[int, rules.Mending] = {}
    for target, changes in tables.changes(targets).items():
        original = tables.original(target)
        if original is not None:
            found[target] = rules.Mending(original, changes, rules.closure(changes, lambda seq: by_target.get(seq, [])))
    return found


def settle(tables: Tables) -> None:
    """Work retractions, redactions and corrections into the tables that say what counts now."""
    abouts = tables.abouts()
    gone = gone_by(abouts)
    tables.set_gone(gone)
    before = tables.mended_via()
    standing: dict[int, list[int]] = {}
    for target, seqs in tables.corrections().items():
        standing[target] = [seq for seq in seqs if seq not in gone]
    now = {target: canonical(list(seqs)) for target, seqs in standing.items() if seqs}
    changed = {target for target in before.keys() | now.keys() if before.get(target) != now.get(target)}
    remade = mendings(tables, abouts, changed)
    for target in changed:
        mending = remade.get(target)
        if mending is None or not standing.get(target):
            tables.drop_mended(target)
        else:
            event = mending.version()
            if isinstance(event, Statement):
                tables.key(event.speaker)
            tables.set_mended(target, standing[target], encode(event), moment_of(event, tables))
        for seq in tables.judgements(target):
            tables.set_review(seq, needed=_needs_review(tables, abouts, seq))


def _needs_review(tables: Tables, abouts: Sequence[Amendment], seq: int) -> bool:
    """Tell whether the words or the moment of a statement that a coding or ruling is about changed after it."""
    return any(m.judged_otherwise(seq) for m in mendings(tables, abouts, set(tables.pair(seq))).values())


def moment_of(event: Event, tables: Tables) -> tuple[Cell, Cell, Cell]:
    """Return speaker (key) and moment of a statement, as kept for the check at "add"; nothing for other kinds."""
    if not isinstance(event, Statement):
        return (None, None, None)
    return (tables.known_key(event.speaker), micros(event.said.start), micros(event.said.end))
