"""The cases that come with flipflop."""

from __future__ import annotations

from pathlib import Path

from flipflop.errors import StoreError


def shipped(name: str) -> Path:
    """Return the events file of a case that comes with flipflop, such as "cyber-unit-2017".

    An installed package carries it inside; in a checkout it lies beside ``src``. Raises StoreError where it is not.
    """
    package = Path(__file__).parents[1]
    for home in (package / "_datasets", package.parents[1] / "datasets"):
        events = home / name / "events.jsonl"
        if events.is_file():
            return events
    raise StoreError(f"the case {name!r} is not part of this installation: install flipflop-timeline again")
