"""The pairs of a site: every two statements that were found or ruled on, how they stand, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from flipflop.errors import DataError
from flipflop.figures.marks import gap_of
from flipflop.figures.rows import FrameRow, read_reversals, rows_of
from flipflop.publish.site import rules
from flipflop.publish.site.model import Held, Pair, Standing
from flipflop.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import pandas as pd

    from flipflop.cases.reading import Cases
    from flipflop.publish.site.model import Options, Position

Holding: TypeAlias = dict[tuple[str, str], list["Position"]]
"""The positions of each speaker on each topic, by moment."""
_CHANGES: Final = (Outcome.REVERSAL, Outcome.CHANGED_CIRCUMSTANCES)
_Key: TypeAlias = tuple[str, str, str]


def pairs_of(cases: Cases, rulings: pd.DataFrame, holding: Holding, options: Options) -> tuple[list[Pair], list[str]]:
    """Return all pairs that were ruled on or found, by moment, and what to say of rulings that are on none."""
    held = {(one.said.id, topic): one for (_, topic), several in holding.items() for one in several}
    found = {_key(row, "earlier_id", "later_id"): row for row in read_reversals(cases.reversals)}
    keys = dict.fromkeys([*(_key(row, "earlier", "later") for row in rows_of("rulings", rulings)), *found])
    pairs, warnings = [], []
    for key in keys:
        first, second = (held.get((statement, key[2])) for statement in key[:2])
        if first is None or second is None:
            continue  # somebody's who is left out, or no longer coded on the topic
        if first.said.mark.speaker != second.said.mark.speaker:
            continue  # a conflict: see flipflop.publish.site.conflicts
        try:
            pairs.append(_pair(cases, key, first, second, found.get(key), options))
        except DataError as error:
            warnings.append(f"the ruling on {key[0][:8]} and {key[1][:8]} is not shown: {error}")
    pairs.sort(key=lambda pair: (pair.later.said.mark.start, pair.earlier.said.mark.start, pair.id))
    return pairs, warnings


def _pair(cases: Cases, key: _Key, earlier: Position, later: Position, row: FrameRow | None, options: Options) -> Pair:
    case, found = cases.case(*key), row or FrameRow({})
    again, stands = found.flag("needs_review"), row is not None or case.outcome not in _CHANGES
    return Pair(
        id=rules.pair_id(*key),
        case=case,
        speaker=earlier.said.mark.speaker,
        topic=key[2],
        earlier=earlier,
        later=later,
        standing=rules.standing(case, options, again=again) if stands else Standing.CANDIDATE,
        degree=rules.degree(case),
        gap=gap_of(found, earlier.said.mark, later.said.mark),
        again=again,
        stands=stands,
    )


def _key(row: FrameRow, earlier: str, later: str) -> _Key:
    return (row.text(earlier), row.text(later), row.text("topic"))


def held_of(holding: Holding, pairs: Iterable[Pair], shown: Collection[str]) -> dict[tuple[str, str], Held]:
    """Return what the record shows of each speaker on each topic; of the pairs those whose ids are ``shown``."""
    by_key: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        by_key.setdefault((pair.speaker, pair.topic), []).append(pair)
    return {
        key: Held(
            *key,
            tuple(several),
            tuple(pair for pair in by_key.get(key, ()) if pair.id in shown),
            rules.course(several, [pair.standing for pair in by_key.get(key, ()) if pair.stands]),
        )
        for key, several in holding.items()
    }


def told_of_pairs(found: pd.DataFrame, pairs: Iterable[Pair]) -> pd.DataFrame:
    """Return the rows of ``find_reversals`` that these pairs are, each with the ruling that the site tells."""
    told = {(pair.earlier.said.id, pair.later.said.id, pair.topic): pair.told for pair in pairs}
    keys = list(zip(found["earlier_id"], found["later_id"], found["topic"], strict=True))
    kept = [place for place, key in enumerate(keys) if key in told]
    ruling = np.array([told[keys[place]] for place in kept], dtype=object)
    return found.take(kept).reset_index(drop=True).assign(ruling=ruling, needs_review=False)
