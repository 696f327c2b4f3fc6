"""What was corrected, withdrawn or removed: of what is gone only that it is, and when. Knows no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.site.model import AmendmentNotice
from flipflop.records import Correction, Speaker, Topic

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from flipflop.cases.trail import Trail
    from flipflop.store import Recorded

_DEEDS = {"retraction": "withdrawn", "redaction": "removed"}


def amendments_of(trail: Trail, shown: Container[str]) -> tuple[AmendmentNotice, ...]:
    """Return all corrections, retractions and redactions that count, in the order of recording.

    A correction is told only of what is ``shown``, a statement by its id, a speaker or topic by its slug, with its
    reason and the fields that it changed, never their former values. A retraction or redaction tells the kind of event
    that is gone; neither who, what nor why.
    """
    return tuple(amendment for record in trail.records.values() for amendment in _amendments(record, trail, shown))


def _amendments(record: Recorded, trail: Trail, shown: Container[str]) -> Iterator[AmendmentNotice]:
    if record.kind in _DEEDS and record.event is not None and trail.counts(record):
        for target in record.about:
            yield AmendmentNotice(record.recorded_at, _DEEDS[record.kind], trail.records[target].kind)
    elif isinstance(record.event, Correction) and trail.counts(record):
        mended = trail.records[record.about[0]]
        about = mended.event.id if isinstance(mended.event, Speaker | Topic) else mended.id
        if about in shown and mended.kind in ("statement", "speaker", "topic"):
            fields = tuple(sorted(record.event.changes))
            yield AmendmentNotice(record.recorded_at, "corrected", mended.kind, about, fields, record.event.reason)
