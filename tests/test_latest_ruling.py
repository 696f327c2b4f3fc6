"""Of several rulings on a pair the latest counts, on every surface, in whatever order a frame stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import flipflop as ff
from flipflop.cases import Cases, case_of, confirmed, found_reversals, open_candidates
from flipflop.errors import DuplicateError
from flipflop.figures.card_data import card_data
from flipflop.frames import empty, latest_rulings
from flipflop.publish import page_html, sheet_html
from flipflop.publish.many import many_html
from flipflop.publish.site.comparisons import pair_pages
from flipflop.publish.site.gather import gather
from flipflop.publish.site.model import Options
from flipflop.records import Event
from tests.publish_cases import COMPLETE, LATER, PAIR, recorded, ruling
from tests.store_cases import correction

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.now(UTC)
MOMENTS = [None, NOW - timedelta(days=30), NOW - timedelta(days=60), NOW + timedelta(days=30)]
READINGS = [f"Reading {name}." for name in ("one", "two", "three", "four", "five")]


def decided(number: int, at: datetime | None, outcome: str = "reversal") -> ff.Ruling:
    """A ruling that no other is like: its reading and who made it have its number."""
    by, reading = f"Editor {number}", READINGS[number]
    return ruling(by, innocent_reading=reading, decided_at=at, outcome=ff.Outcome(outcome))


def told(text: str) -> set[str]:
    """Which readings a text gives."""
    return {reading for reading in READINGS if reading.removesuffix(".") in text}


def surfaces(store: ff.Store, rulings: pd.DataFrame) -> dict[str, str]:
    """What each surface says of the pair, as far as it speaks of the ruling that counts."""
    positions = ff.positions(store)
    reversals = ff.find_reversals(positions, rulings=rulings)
    (site,) = pair_pages(gather(store, Options(candidates=True)))
    case = case_of(store, *PAIR)
    return {
        "card": " ".join(card_data(positions, *PAIR[:2], rulings=rulings).notes),
        "page": page_html(positions, reversals, rulings=rulings),
        "large page": many_html(positions, reversals, rulings=rulings),
        "site": site.main.partition("All rulings")[0],
        "sheet": sheet_html(case).partition("<h2>Ruling</h2>")[2].partition("Rulings before it")[0],
    }


several = st.lists(
    st.tuples(st.sampled_from(MOMENTS), st.sampled_from(ff.Outcome.of_one_speaker()), st.booleans()),
    min_size=1,
    max_size=len(READINGS),
)
"""When each was decided, what, and whether it was recorded together with those before it."""


@settings(max_examples=25, deadline=None)
@given(several, st.randoms(use_true_random=False))
def test_every_surface_tells_of_the_same_ruling_whatever_the_order_of_the_frame(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[datetime | None, ff.Outcome, bool]], random: object
) -> None:
    rulings = [decided(number, at, outcome) for number, (at, outcome, _) in enumerate(made)]
    with recorded(tmp_path_factory.mktemp("latest"), *COMPLETE[:-2]) as store:
        batch: list[Event] = []
        for one, (_, _, together) in zip(rulings, made, strict=True):
            if not together:
                store.append(batch)
                batch = []
            batch.append(one)
        store.append(batch)
        at = {record.id: record.recorded_at for record in store.log()}
        frame = store.rulings()
        frame = frame.sample(frac=1, random_state=random.randrange(2**32))  # type: ignore[attr-defined]  # a Random

        by_hand = max(rulings, key=lambda one: (one.decided_at or at[one.hash], one.hash))
        said = surfaces(store, frame)
        counting = Cases(store).case(*PAIR).decision
        reversals = ff.find_reversals(ff.positions(store), rulings=frame)

    assert list(latest_rulings(frame)["ruling_id"]) == [by_hand.hash]
    assert counting is not None
    assert counting.ruling == by_hand
    assert list(reversals["ruling"]) == [by_hand.outcome]
    assert {surface: told(text) for surface, text in said.items()} == {key: {by_hand.innocent_reading} for key in said}


def frame_of(**columns: list[object]) -> pd.DataFrame:
    """Two rulings on one pair, the first that there is no change."""
    pair = {"earlier": "a", "later": "b", "topic": "unit", "outcome": ["no_reversal", "reversal"]}
    return pd.DataFrame(pair | columns)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, "reversal"),
        ({"seq": [9, 3]}, "no_reversal"),
        ({"seq": [9, 3], "decided_at": ["2024-01-01T00:00Z", "2024-01-02T00:00Z"]}, "reversal"),
        ({"decided_at": ["2024-01-02T00:00Z", "2024-01-01T00:00Z"]}, "no_reversal"),
        ({"decided_at": [None, "2024-01-01T00:00Z"], "recorded_at": ["2024-01-02T00:00Z"] * 2}, "no_reversal"),
        ({"decided_at": [None, "2024-01-01T00:00Z"]}, "reversal"),
        ({"decided_at": ["2024-01-01T00:00Z", None]}, "no_reversal"),
        ({"decided_at": ["2024-01-01T00:00Z"] * 2, "ruling_id": ["f0", "0f"], "seq": [3, 9]}, "no_reversal"),
        ({"recorded_at": ["2024-01-01T00:00Z"] * 2, "ruling_id": ["f0", "0f"], "seq": [3, 9]}, "no_reversal"),
        ({"recorded_at": ["2024-01-01T00:00Z"] * 2, "seq": [3, 9]}, "reversal"),
    ],
)
def test_which_of_two_rulings_counts_follows_from_the_columns_that_there_are(
    columns: dict[str, list[object]], expected: str
) -> None:
    frame = frame_of(**columns)
    turned = frame[::-1] if columns else frame

    assert [list(latest_rulings(one)["outcome"]) for one in (frame, turned)] == [[expected]] * 2


def test_of_each_pair_one_ruling_counts_and_they_stay_in_their_order() -> None:
    rows = [("a", "b", "unit", 1), ("c", "d", "unit", 2), ("a", "b", "unit", 3), ("a", "b", "talks", 4)]
    frame = pd.DataFrame(rows, columns=["earlier", "later", "topic", "seq"], index=[7, 7, 7, 7])

    for order in permutations(range(4)):
        shuffled = frame.iloc[list(order)]
        assert list(latest_rulings(shuffled)["seq"]) == [seq for seq in shuffled["seq"] if seq != 1]


def test_of_no_rulings_none_counts() -> None:
    pd.testing.assert_frame_equal(latest_rulings(empty("rulings")), empty("rulings"))


@pytest.mark.parametrize(
    ("frame", "problem"),
    [
        (frame_of().drop(columns="later"), "later the column is missing"),
        (frame_of(decided_at=["2024-01-01", None]), "has no zone"),
    ],
)
def test_what_is_no_frame_of_rulings_is_told(frame: pd.DataFrame, problem: str) -> None:
    with pytest.raises(ff.DataError, match=problem):
        latest_rulings(frame)


def test_a_ruling_that_was_replaced_by_one_recorded_before_it_asks_for_no_second_look(tmp_path: Path) -> None:
    mended = correction(LATER, text="No, no.")
    old = decided(1, MOMENTS[1])
    with recorded(tmp_path, *COMPLETE[:-2], old, mended) as store:
        (candidate,) = open_candidates(store)
        assert (candidate.again.ruling, candidate.ruled) == (True, "reversal")
        assert confirmed(store, old) != old
        store.append([decided(2, MOMENTS[0]), decided(3, MOMENTS[2])])

        assert [look.ruling for look in found_reversals(store)[1]] == [False]
        assert open_candidates(store) == []
        assert confirmed(store, old) == old


def test_a_ruling_that_still_counts_is_not_said_to_be_replaced_by_one_that_was_decided_before_it(
    tmp_path: Path,
) -> None:
    late, early = decided(1, MOMENTS[1]), decided(2, MOMENTS[2])
    with recorded(tmp_path, *COMPLETE[:-2], late, early) as store:
        with pytest.raises(DuplicateError) as still:
            store.append(late)
        with pytest.raises(DuplicateError, match=f"to have it back, retract {late.hash[:8]}"):
            store.append(early)

    assert "what came later" not in str(still.value)
