"""Which conflicts a site shows, and what stands beside them: the ruling, and who speaks for whom by which source.

None is shown that nobody has ruled on, unless that is asked for. A relation without a source stands in the record and
makes nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from flipflop.figures.judged import told_conflicts
from flipflop.figures.rows import rows_of
from flipflop.frames.reading import FrameReader
from flipflop.frames.rulings import by_age, latest_rulings
from flipflop.records.names import folded
from flipflop.records.words import MODEL
from flipflop.text.relations import relation_dates
from flipflop.text.rulings import INCOMPLETE, NO_CONFLICT, UNJUDGED

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from flipflop.publish.site.model import Options
    from flipflop.records import Source, SpeaksFor

_BETWEEN_SPEAKERS: Final = ("conflicting_accounts", "different_voice")
"""Kinds that rest on no relation."""
_SOURCE: Final = ("source_url", "source_outlet", "source_title")
_KEY: Final = ["speaker", "other", "topic", "kind", "earlier_id", "later_id"]


def shown_conflicts(
    held: pd.DataFrame,
    relations: pd.DataFrame,
    topics: pd.DataFrame,
    rulings: pd.DataFrame,
    reversals: pd.DataFrame,
    options: Options,
) -> pd.DataFrame:
    """Return the conflicts that a site shows, each with the ruling that is told of it.

    ``reversals`` have the rulings that the site tells of them. As many people must have ruled that it is a conflict as
    must have ruled a change of position to be one.
    """
    from flipflop.detect import find_conflicts

    found = find_conflicts(held, relations, topics, rulings=rulings)
    sourced = find_conflicts(held, relations[_has_source(relations)], topics, rulings=rulings)
    rests = found["kind"].isin(_BETWEEN_SPEAKERS).to_numpy(dtype=bool) | _among(found, sourced)
    told = told_conflicts(_approved(found[rests], rulings, options.approvals), reversals, held)
    assert told is not None  # noqa: S101 -- for the type checker
    is_open = told["ruling"].isin([*UNJUDGED]).to_numpy(dtype=bool)
    kept = ~told["ruling"].isin(NO_CONFLICT).to_numpy(dtype=bool) & (options.candidates | ~is_open)
    return told[kept].reset_index(drop=True)


def _has_source(relations: pd.DataFrame) -> pd.Series[bool]:
    return relations[[*_SOURCE]].notna().any(axis=1)


def _among(found: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell of each row whether it is among the others."""
    known = set(others[_KEY].itertuples(index=False, name=None))
    return np.array([row in known for row in found[_KEY].itertuples(index=False, name=None)], dtype=bool)


def _approved(found: pd.DataFrame, rulings: pd.DataFrame, approvals: int) -> pd.DataFrame:
    """Return the rows, those that too few people ruled to be a conflict with what stands for that."""
    if approvals < 2:
        return found
    last: dict[tuple[str, ...], dict[str, str]] = {}
    oldest_first = rulings.iloc[by_age(FrameReader(rulings, "rulings"))]
    for *pair, by, outcome in oldest_first[["earlier", "later", "topic", "by", "outcome"]].itertuples(index=False):
        if not by.startswith(MODEL):
            last.setdefault(tuple(pair), {})[folded(by)] = outcome
    pairs = found[["earlier_id", "later_id", "topic"]].itertuples(index=False, name=None)
    short = [list(last.get(pair, {}).values()).count("conflict") < approvals for pair in pairs]
    held_back = found["ruling"].eq("conflict") & np.array(short, dtype=bool)
    return found.assign(ruling=found["ruling"].mask(held_back, INCOMPLETE))


class SpokenFor(NamedTuple):
    """That one speaks for another: where it can be checked, from when to when, and on which topics, none for all."""

    source: Source
    dates: tuple[str, str]
    topics: tuple[str, ...]


class Beside(NamedTuple):
    """What stands beside conflicts: innocent readings by the ids of a pair and topic, relations by both speakers."""

    readings: dict[tuple[str, str, str], str]
    relations: dict[tuple[str, str], list[SpokenFor]]

    def spoken(self, surrogate: str, principal: str, topic: str) -> list[SpokenFor]:
        """Return the relations of two speakers that are about a topic, in the order of recording."""
        return [one for one in self.relations.get((surrogate, principal), []) if topic in (one.topics or (topic,))]


def beside(rulings: pd.DataFrame, relations: Iterable[SpeaksFor], tz: str) -> Beside:
    """Return it for all pairs on which people have ruled, and all relations that have a source."""
    by_people = rulings[~rulings["by"].str.startswith(MODEL)]
    readings = {
        (row.text("earlier"), row.text("later"), row.text("topic")): row.text("innocent_reading")
        for row in rows_of("rulings", latest_rulings(by_people))
    }
    spoken: dict[tuple[str, str], list[SpokenFor]] = {}
    for one in relations:
        if one.source is not None and (one.source.url or one.source.outlet or one.source.title):
            told = SpokenFor(one.source, relation_dates(one.since, one.until, tz), one.topics)
            spoken.setdefault((one.surrogate, one.principal), []).append(told)
    return Beside(readings, spoken)
