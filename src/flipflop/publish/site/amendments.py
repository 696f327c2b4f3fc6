"""What was corrected, withdrawn or removed: of what is gone only that it is, and when. Knows no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.site.model import AmendmentNotice
from flipflop.records import Correction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from flipflop.cases.trail import Trail
    from flipflop.store import Recorded

_DEEDS = {"retraction": "withdrawn", "redaction": "removed"}


def amendments_of(trail: Trail, shown: Collection[str]) -> tuple[AmendmentNotice, ...]:
    """Return all corrections, retractions and redactions that count, in the order of recording.

    A correction is told only of a statement that is ``shown``, with its reason and the fields that it changed, never
    their former values. A retraction or redaction tells the kind of event that is gone; neither who, what nor why.
    """
    return tuple(amendment for record in trail.records.values() for amendment in _amendments(record, trail, shown))


def _amendments(record: Recorded, trail: Trail, shown: Collection[str]) -> Iterator[AmendmentNotice]:
    if record.kind in _DEEDS and record.event is not None and trail.counts(record):
        for target in record.about:
            yield AmendmentNotice(record.recorded_at, _DEEDS[record.kind], trail.records[target].kind)
    elif isinstance(record.event, Correction) and trail.counts(record) and record.about[0] in shown:
        fields = tuple(sorted(record.event.changes))
        yield AmendmentNotice(
            record.recorded_at, "corrected", "statement", record.about[0], fields, record.event.reason
        )
