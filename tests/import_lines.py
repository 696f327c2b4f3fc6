"""Long files of events for the tests of importing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flipflop.records.codec import Json

DECLARED: tuple[dict[str, Json], ...] = (
    {"event": "speaker", "id": "jane-roe", "name": "Jane Roe", "aliases": ["@jane"]},
    {"event": "topic", "id": "tax", "title": "Tax", "proposition": "Taxes should be cut."},
)
"""What stands on the first two lines."""


def statement(n: int, **more: Json) -> dict[str, Json]:
    """One line that records two events: a statement and its coding."""
    told: dict[str, Json] = {"event": "statement", "speaker": "jane-roe", "text": f"No. {n}.", "said": "2020-02-01"}
    return {**told, "topic": "tax", "stance": "oppose", "coder": "Me", **more}


def written(path: Path, lines: Iterable[dict[str, Json]]) -> Path:
    """Write a JSON Lines file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    return path


def long_file(path: Path, lines: int) -> Path:
    """Write a file of that many lines, the first two of which declare."""
    return written(path, [*DECLARED, *(statement(n) for n in range(lines - len(DECLARED)))])
