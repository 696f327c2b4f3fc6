"""How many changes, excused ones and open pairs there are is the same number in every list, page, chart and site."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pandas as pd
import pytest

import flipflop as ff
from flipflop.figures import latency_data, matrix_data, switches_data
from flipflop.figures.build import figure_data
from flipflop.figures.many_build import many_data
from flipflop.publish import page_html, publish_site
from flipflop.publish.many import many_html
from flipflop.text.tally import Tally
from tests.cli_running import flipflop
from tests.store_cases import said

PEOPLE = ("ann-ames", "bo-ek", "cy-orr")
TOPICS = ("unit", "talks")
OUTCOMES = ("reversal", "reversal", "changed_circumstances", "no_reversal", "not_comparable", None, None)


def recorded(path: Path, seed: int) -> ff.Store:
    """A store of random histories, on some of whose pairs somebody has ruled; one ruling waits for another look."""
    chance = random.Random(seed)
    store = ff.Store(path)
    store.append([ff.Speaker(slug, slug.title(), public_role="Senator") for slug in PEOPLE])
    store.append([ff.Topic(slug, slug.title(), f"There should be {slug}.") for slug in TOPICS])
    for number in range(60):
        source = ff.Source(url=f"https://example.org/{number}", outlet="The Paper")
        moment = said(10 * number + chance.randrange(3), width=chance.choice([1, 1, 1, 25]))
        words = ff.Statement(chance.choice(PEOPLE), f"Words {number}.", moment, source=source)
        stance = ff.Stance(chance.choice(["support", "support", "oppose", "oppose", "mixed", "unclear"]))
        store.append([words, ff.Coding(words.hash, chance.choice(TOPICS), stance, "Kim Kay")])
    for row in ff.find_reversals(ff.positions(store)).itertuples():
        outcome = chance.choice(OUTCOMES)
        if outcome and row.kind != "undetermined":  # a site asks for a certain order, too
            reading = f"Talk is no promise. {row.later_id}"
            store.append(
                ff.Ruling(
                    str(row.earlier_id), str(row.later_id), str(row.topic), ff.Outcome(outcome), reading, "Editor"
                )
            )
    pairs = found(store)
    mended = pairs.loc[pairs["ruling"].eq("reversal").fillna(value=False), "later_id"].iloc[0]
    store.append(ff.Correction(str(mended), {"text": "Other words."}, "misheard", "Editor"))
    return store


def found(store: ff.Store) -> pd.DataFrame:
    return ff.find_reversals(ff.positions(store), rulings=store.rulings())


def by_hand(reversals: pd.DataFrame) -> Tally:
    """The rule, once more: rulings count, unless they are to be looked at again."""
    told = [
        "again" if again and isinstance(ruling, str) else ruling
        for ruling, again in zip(reversals["ruling"], reversals["needs_review"], strict=True)
    ]
    words = [ruling if isinstance(ruling, str) else "" for ruling in told]
    return Tally(words.count("reversal"), words.count("changed_circumstances"), words.count(""), words.count("again"))


def sum_of(tallies: list[Tally]) -> Tally:
    return Tally(*(sum(getattr(one, name) for one in tallies) for name in ("changed", "excused", "open", "again")))


@pytest.mark.parametrize("seed", range(6))
def test_every_surface_counts_by_one_rule(seed: int, tmp_path: Path) -> None:
    with recorded(tmp_path / "s.db", seed) as store:
        positions, reversals = ff.positions(store), found(store)
        publish_site(store, tmp_path / "site", scope="All.", candidates=True, pictures=False)

    expected = by_hand(reversals)
    listed = pd.DataFrame(json.loads(flipflop("-s", tmp_path / "s.db", "reversals", "--format", "json").out))
    index = (tmp_path / "site" / "index.html").read_text("utf-8")
    many = many_html(positions, reversals, most_marks=5)
    page = re.sub("<[^>]+>", "", page_html(positions, reversals))

    assert expected.changed + expected.excused
    assert expected.open
    assert by_hand(listed) == expected
    assert sum_of([block.tally for block in figure_data(positions, reversals).blocks]) == expected
    assert sum_of([cell.pairs for cell in matrix_data(positions, reversals).cells]) == expected
    assert sum_of([panel.pairs for panel in switches_data(positions, reversals, by="speaker").panels]) == expected
    assert latency_data(positions, reversals).pairs == expected
    assert many_data(positions, reversals).pairs.tally == expected
    assert f"In this record: {expected.words}." in re.sub("<[^>]+>", "", many)
    assert page.count("(ruled: change of position)") + page.count("(ruled: half turn)") == expected.changed
    assert f"Pairs of statements: {expected.words}." in index
