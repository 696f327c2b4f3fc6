"""A pair of statements in a store, complete for print, and ways to take one thing away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import flipflop as ff
from flipflop.records import Event, Explanation

if TYPE_CHECKING:
    from pathlib import Path

ANN = ff.Speaker("ann", "Ann Ames", public_role="Mayor")
UNIT = ff.Topic("unit", "The unit", "There should be a unit.")


def statement(text: str, said: str, **more: Any) -> ff.Statement:
    """A quotation of the mayor's, with source and context, unless told otherwise."""
    url = f"https://example.org/{text.split()[0].lower()}"
    usual: dict[str, Any] = {"source": ff.Source(url=url, outlet="The Example"), "context": "In the council."}
    return ff.Statement("ann", text, ff.When.parse(said), **usual | more)


def coding(of: ff.Statement, stance: str, coder: str = "Coder", **more: Any) -> ff.Coding:
    """What the statement shows of the unit, with a reason unless told otherwise."""
    return ff.Coding(of.hash, "unit", ff.Stance(stance), coder, **dict[str, Any](rationale="It says so.") | more)


EARLIER = statement("Yes to the unit.", "2024-03-01T09:00Z")
LATER = statement("No to the unit.", "2024-03-02T09:00Z")
PAIR = (EARLIER.hash, LATER.hash, "unit")


def ruling(by: str = "Editor", **more: Any) -> ff.Ruling:
    """A reversal with everything that a ruling can say, unless told otherwise."""
    usual: dict[str, Any] = {
        "outcome": ff.Outcome.REVERSAL,
        "innocent_reading": "She may have meant another unit.",
        "explanation": Explanation.NONE_FOUND,
        "reply": ff.Answer(answered=True, text="I changed my mind."),
    }
    return ff.Ruling(*PAIR, by=by, **usual | more)


CODED = (coding(EARLIER, "support"), coding(LATER, "oppose"))
COMPLETE = (ANN, UNIT, EARLIER, LATER, *CODED, ruling("Editor"), ruling("Lawyer"))


def recorded(folder: Path, *events: Event) -> ff.Store:
    """A store of these events, opened."""
    store = ff.Store(folder / "case.db")
    store.append(events)
    return store
