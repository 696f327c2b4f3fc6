"""Makes the store of the awkward statements, by importing lines as a person would write them."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

import flipflop as ff
from tests.telling_cases import CASES, CORRECTION, SPEAKERS, TOPICS, Case
from tests.telling_pairs import PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from flipflop.records.codec import Json

CODER = "Kim Kay"


class Record:
    """The store, and the frames that are published."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "telling.db"
        with ff.Store(self.path) as store:
            ff.import_events(
                store, _file(folder / "statements.jsonl", [*SPEAKERS, *TOPICS, *map(line, CASES)]), coder=CODER
            )
            frame = store.statements(columns=["statement_id", "text"])
            found = dict(zip(frame["text"], frame["statement_id"].astype(str), strict=True))
            self.ids = {case.key: found[case.text] for case in CASES}
            ff.import_events(store, _file(folder / "judgements.jsonl", self._judgements()), coder=CODER)

    def _judgements(self) -> Iterable[dict[str, Json]]:
        """A second opinion, rulings in the order in which the pairs have them, a correction."""
        yield {
            "event": "coding",
            "statement": self.ids["disputed"],
            "topic": "unit",
            "stance": "support",
            "coder": "Lou Lee",
        }
        for pair in PAIRS:
            both = {"earlier": self.ids[pair.then], "later": self.ids[pair.now], "topic": pair.topic}
            yield from ({"event": "ruling", **both, **ruling} for ruling in pair.rulings)
        yield {"event": "correction", "target": self.ids["corrected"], **CORRECTION}

    @cached_property
    def store(self) -> ff.Store:
        return ff.Store(self.path)

    @cached_property
    def positions(self) -> pd.DataFrame:
        return ff.positions(self.store)

    @cached_property
    def in_order(self) -> list[str]:
        """The keys of the cases in the order in which their moments begin."""
        keys = {ident: key for key, ident in self.ids.items()}
        return [keys[ident] for ident in self.positions.sort_values("said_from")["statement_id"].astype(str)]

    @cached_property
    def rulings(self) -> pd.DataFrame:
        return self.store.rulings()

    @cached_property
    def reversals(self) -> pd.DataFrame:
        return ff.find_reversals(self.positions, rulings=self.rulings)

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        return ff.find_conflicts(self.positions, self.store.speaks_for(), self.store.topics())

    @cached_property
    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        return self.positions, self.reversals, self.conflicts


def line(case: Case) -> dict[str, Json]:
    """One line of an import: the statement and its coding."""
    told: dict[str, Json] = {
        "event": "statement",
        "speaker": case.speaker,
        "text": case.text,
        "source": {"url": f"https://example.org/{case.key}", "outlet": "The Paper"},
        "topic": case.topic,
        "stance": case.stance,
        "coder": CODER,
    }
    if case.said:
        told["said"] = moment(case.said, case.tz)
    return told | case.more


def moment(said: str, tz: str | None) -> Json:
    """What a person typed, read in a zone."""
    read = ff.When.parse(said, tz=tz)
    told: dict[str, Json] = {
        "text": said,
        "start": read.start.isoformat(),
        "end": read.end.isoformat(),
        "precision": read.precision.value,
    }
    if read.approximate:
        told["approximate"] = True
    return told | {"tz": read.tz}


def _file(path: Path, lines: Iterable[dict[str, Json]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    return path
