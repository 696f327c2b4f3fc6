"""What must hold of a store after a crash, whatever crashed: asked of the store itself, as anybody would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import flipflop as ff
from tests.store_cases import statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


@dataclass
class Damage:
    """What a crash did that it must not do; all empty is well."""

    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.torn or self.corrupt)

    def add(self, other: Damage) -> None:
        """Count another crash in."""
        self.lost += other.lost
        self.torn += other.torn
        self.corrupt += other.corrupt

    def __str__(self) -> str:
        return f"{len(self.lost)} acknowledged lost, {len(self.torn)} torn, {len(self.corrupt)} corrupt"


def damage(where: str, acknowledged: Collection[str], batches: Iterable[Sequence[str]]) -> Damage:
    """Open a store as its next user would and say what is wrong: events gone, batches in part, findings of ``verify``.

    ``acknowledged`` are the ids that ``append`` returned for; of each batch (its ids) all or nothing must be there. A
    store that works must also take one more event.
    """
    found = Damage()
    try:
        with ff.Store(where) as store:
            found.corrupt += [str(finding) for finding in store.verify()]
            there = {record.id for record in store.log()}
            store.append([ff.Speaker("ann", "Ann Ames"), statement()])
    except ff.FlipflopError as error:
        return Damage(lost=list(acknowledged), corrupt=[str(error)])
    found.lost += [event_id for event_id in acknowledged if event_id not in there]
    found.torn += [
        f"{len(there & set(batch))} of {len(batch)} events of a batch" for batch in batches if torn(batch, there)
    ]
    return found


def torn(batch: Sequence[str], there: Collection[str]) -> bool:
    """Tell whether a batch is there in part."""
    return len({event_id in there for event_id in batch}) > 1
