"""What the shell offers while a command is typed: speakers, topics and ids of the store. Reads it, and never fails.

Loaded when a shell asks, and by no verb. What goes out is read by a shell, which runs what it takes for code: words of
the record go there with their letters, digits and a few marks only.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from flipflop.cli.base import DEFAULT_STORE, is_there
from flipflop.text.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import typer

    from flipflop.store import Store

Offer = tuple[str, str]
"""What is typed, and what stands beside it where the shell shows that."""

_RECENT = 2_000
"""Statements are offered of so many last places in the log."""
_OFFERED = 50
_LABEL = 60
_WAIT = 2
"""Seconds that a server or a writer is waited for."""
_TYPED = re.compile(r"[\w-]+", re.ASCII)
_APOSTROPHE = str.maketrans("'", "\u2019")
_NO_LETTERS = re.compile(r"[^\w ,.!?–—…’-]|_")  # noqa: RUF001 - dashes as they are printed


def offered(ctx: typer.Context, kind: str, begun: str) -> list[Offer]:
    """Return what may stand in a place for a "speaker", "topic", "statement" or "event"; nothing where that fails."""
    place = ctx.params.get("store") or ctx.find_root().params.get("store") or DEFAULT_STORE
    os.environ.setdefault("PGCONNECT_TIMEOUT", str(_WAIT))
    try:
        if not is_there(place):
            return []
        from flipflop.store import Store

        with Store(place, create=False, read_only=True, timeout=_WAIT) as store:
            return _safe(_KINDS[kind](store, begun))
    except Exception:  # noqa: BLE001 - a key pressed in the middle of a command: an error there would be typed into it
        return []


def _declared(store: Store, kind: str, begun: str) -> Iterator[Offer]:
    """Those whose id begins so, with the names that they are known by."""
    known: dict[str, list[str]] = {}
    for name, slugs in store.names(kind).items():
        for slug in slugs:
            known.setdefault(slug, []).append(name)
    for slug in sorted(known):
        if slug.startswith(begun):
            yield slug, ", ".join(name for name in known[slug] if name != slug)


def _statements(store: Store, begun: str) -> Iterator[Offer]:
    """The last ones, newest first, and with four digits of an id any."""
    latest = [*store.statements_since(max(store.last_seq() - _RECENT, 0))][::-1]
    said = {one.hash: (one.speaker, one.text) for one in latest if one.hash.startswith(begun)}
    for id_, (speaker, text) in [*said.items()][:_OFFERED]:
        yield id_[:8], f"{speaker}, {shortened(text, _LABEL)}"
    if not said and len(begun) >= 4:
        yield from _by_its_id(store, begun)


def _by_its_id(store: Store, begun: str) -> Iterator[Offer]:
    record = store.get(begun)
    words = getattr(record.event, "text", "")
    yield record.id[: max(8, len(begun))], shortened(f"{record.kind.replace('_', ' ')} {words}", _LABEL)


def _events(store: Store, begun: str) -> Iterator[Offer]:
    """Statements, and the ids of speakers and topics."""
    yield from _declared(store, "speaker", begun)
    yield from _declared(store, "topic", begun)
    yield from _statements(store, begun)


_KINDS = {
    "speaker": lambda store, begun: _declared(store, "speaker", begun),
    "topic": lambda store, begun: _declared(store, "topic", begun),
    "statement": _statements,
    "event": _events,
}


def _safe(found: Iterable[Offer]) -> list[Offer]:
    """Leave out of labels, and of what is typed, all that a shell could read as more than words."""
    return [
        (typed, " ".join(_NO_LETTERS.sub(" ", label.translate(_APOSTROPHE)).split()))
        for typed, label in found
        if _TYPED.fullmatch(typed)
    ]
