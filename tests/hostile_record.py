"""A record in which every hostile text that an event can hold stands in every field that holds text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import flipflop as ff
from flipflop.records import Event
from tests.hostile import PAYLOADS
from tests.publish_cases import EARLIER, LATER, coding, ruling, statement

RECORDABLE: Final = tuple(payload for payload in PAYLOADS if "\0" not in payload)
_BEFORE: Final = datetime(2024, 4, 1, tzinfo=UTC)  # the editor rules last
ALL: Final = " ".join(RECORDABLE)


def _events() -> list[Event]:
    """A pair about which every payload stands in every text that an event can hold."""
    ann = ff.Speaker("ann", ALL, public_role=ALL, wikidata=ALL)
    unit = ff.Topic("unit", ALL, ALL)
    events: list[Event] = [ann, unit, EARLIER, LATER]
    for number, payload in enumerate(RECORDABLE):
        source = ff.Source(payload, payload, payload, payload)
        more = statement(f"{payload} {number}", "2024-03-01T12:00Z", source=source, context=payload)
        coder = payload if not payload.startswith("model:") else "x"
        reply = ff.Answer(answered=True, text=payload, source=source)
        events += [
            *(more, coding(more, "mixed"), coding(EARLIER, "support", coder, rationale=payload)),
            ruling(payload, innocent_reading=payload, note=payload, reply=reply, decided_at=_BEFORE),
            ff.Correction(
                LATER.hash,
                {"text": payload, "context": payload, "attribution": [payload], "source": {"url": payload}},
                f"{payload} {number}",
                payload,
            ),
        ]
    return [*events, coding(LATER, "oppose"), ruling("Editor", note=ALL)]


EVENTS: Final = tuple(_events())
