"""What was once asserted of a person though the record did not hold it, each with the rows that are right."""

from __future__ import annotations

import pandas as pd
import pytest

from flipflop.detect import find_conflicts, find_reversals
from flipflop.figures.matrix_data import matrix_data
from flipflop.text.tally import Tally, tally_of

SPEAKS_FOR = pd.DataFrame({"surrogate": ["S"], "principal": ["P"]})
TOPICS = pd.DataFrame({"topic": ["wall"], "kind": ["proposal"]})
REVERSAL_COLUMNS = ["kind", "degree", "earlier_id", "later_id", "ruling"]


def record(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Positions by (speaker, stance, said); the ids are a, b, c …."""
    said = pd.DataFrame(rows, columns=["speaker", "stance", "said"])
    return said.assign(topic="wall", tz="Europe/London", statement_id=list("abcdefgh"[: len(rows)]))


def ruled(*rows: tuple[str, str, str], **columns: str) -> pd.DataFrame:
    """Rulings by (earlier, later, outcome)."""
    return pd.DataFrame(rows, columns=["earlier", "later", "outcome"]).assign(topic="wall", **columns)


def against(positions: pd.DataFrame, rulings: pd.DataFrame | None = None) -> list[tuple[object, ...]]:
    """The conflicts: kind, ids, and until when."""
    found = find_conflicts(positions, SPEAKS_FOR, TOPICS, rulings=rulings)
    rows = found[["kind", "earlier_id", "later_id", "until"]].astype(object)
    return list(rows.where(rows.notna(), None).itertuples(index=False, name=None))


def changes(positions: pd.DataFrame, rulings: pd.DataFrame) -> list[tuple[object, ...]]:
    """The reversals: kind, degree, ids, ruling."""
    rows = find_reversals(positions, rulings=rulings)[REVERSAL_COLUMNS].astype(object)
    return list(rows.where(rows.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("last", ["2017-03-15", "2017-03"])
def test_nobody_is_left_standing_who_may_have_turned_on_the_same_day(last: str) -> None:
    told = record(
        ("P", "support", "2017-03-08"),
        ("S", "support", "2017-03-09"),
        ("P", "oppose", "2017-03-15"),
        ("S", "oppose", last),
    )

    assert against(told) == []


@pytest.mark.parametrize(
    ("stance", "until"),
    [("mixed", "2017-03-01T00:00Z"), ("oppose", "2017-03-01T00:00Z"), ("support", None), ("unclear", None)],
)
def test_who_was_left_standing_stands_until_a_later_statement_moves(stance: str, until: str | None) -> None:
    told = record(
        ("P", "support", "2016-06-01"),
        ("S", "support", "2017-01-01"),
        ("P", "oppose", "2017-02-01"),
        ("S", stance, "2017-03-01"),
    )

    ((kind, earlier, later, ended), *_) = against(told)
    assert (kind, earlier, later) == ("stranded_surrogate", "b", "c")
    assert ended == (None if until is None else pd.Timestamp(until))


def test_the_way_back_from_what_was_no_change_is_none() -> None:
    told = record(("P", "support", "2016"), ("P", "oppose", "2017"), ("P", "support", "2018"))

    found = changes(told, ruled(("a", "b", "no_reversal")))

    assert found == [("reversal", "full_flop", "a", "b", "no_reversal")]


def test_a_ruling_on_an_earlier_statement_of_the_run_stands_in_the_row_of_the_flip() -> None:
    told = record(("P", "support", "2017-03-08"), ("P", "support", "2017-03-10"), ("P", "oppose", "2017-03-15"))

    found = changes(told, ruled(("a", "c", "reversal")))

    assert found == [("reversal", "full_flop", "a", "c", "reversal")]


def test_a_ruled_degree_stands_in_the_row() -> None:
    told = record(("P", "support", "2016"), ("P", "oppose", "2017"))

    assert changes(told, ruled(("a", "b", "reversal"), degree="half_flip")) == [
        ("reversal", "half_flip", "a", "b", "reversal")
    ]


def test_a_press_secretary_who_changes_employers_has_not_changed_position() -> None:
    told = record(("S", "support", "2016"), ("S", "oppose", "2018")).assign(on_behalf_of=["house", "party"])

    assert len(find_reversals(told)) == 0
    assert find_reversals(told, kinds=["other_mandate"])["mandate"].tolist() == ["party"]


def test_a_statement_recorded_after_a_ruling_and_lying_between_its_pair_flags_it() -> None:
    recorded = pd.to_datetime(["2019-01-01", "2019-06-01", "2019-01-01"], utc=True)
    told = record(("P", "support", "2016"), ("P", "unclear", "2017"), ("P", "oppose", "2018"))
    rulings = ruled(("a", "c", "reversal"), decided_at="2019-03-01T00:00Z")

    early = find_reversals(told.assign(recorded_at=recorded.min()), rulings=rulings)
    late = find_reversals(told.assign(recorded_at=recorded), rulings=rulings)
    confirmed = find_reversals(
        told.assign(recorded_at=recorded), rulings=rulings.assign(confirmed_at="2019-07-01T00:00Z")
    )

    assert [frame["needs_review"].tolist() for frame in (early, late, confirmed)] == [[False], [True], [False]]


def test_an_unclear_statement_of_the_same_day_leaves_the_last_position_sure() -> None:
    told = record(("P", "support", ""), ("P", "unclear", "")).assign(
        said_from=pd.to_datetime(["2017-05-22T00:00Z", "2017-05-22T11:00Z"]),
        said_until=pd.to_datetime(["2017-05-23T00:00Z", "2017-05-22T13:00Z"]),
    )

    (cell,) = matrix_data(told).cells

    assert cell.sure
    assert cell.last.look == "support"


@pytest.mark.parametrize(
    ("kind", "ruling", "told"),
    [
        ("reversal", "", (0, 0, 1)),
        ("restoration", "reversal", (1, 0, 0)),
        ("undetermined", "", (0, 0, 1)),
        ("undetermined", "reversal", (1, 0, 0)),
        ("walk_back", "", (0, 0, 1)),
        ("walk_back", "reversal", (1, 0, 0)),
        ("reversal", "again", (0, 0, 0, 1)),
        ("reversal", "changed_circumstances", (0, 1, 0)),
        ("restoration", "no_reversal", (0, 0, 0)),
        ("softening", "", (0, 0, 0)),
    ],
)
def test_what_counts_as_a_change_of_position_is_said_once(kind: str, ruling: str, told: tuple[int, ...]) -> None:
    assert tally_of([(kind, ruling)]) == Tally(*told)


def test_accounts_of_thousands_give_a_row_for_each_speaker_and_run() -> None:
    speakers = 3_000
    told = pd.DataFrame(
        {
            "speaker": [f"s{number:04}" for number in range(speakers)],
            "topic": "wall",
            "statement_id": [f"i{number:04}" for number in range(speakers)],
            "stance": ["support", "oppose"] * (speakers // 2),
            "said_from": pd.Timestamp("2017-01-01T00:00Z") + pd.to_timedelta(range(speakers), unit="h"),
        }
    )
    told["said_until"] = told["said_from"] + pd.Timedelta(hours=1)
    accounts = TOPICS.assign(kind="account")

    found = find_conflicts(told, SPEAKS_FOR, accounts, rulings=ruled(("i0000", "i2999", "conflict")))

    assert len(found) == speakers + 1
    assert found["rivals"].sum() == speakers * speakers // 2
    assert found.loc[found["rivals"].isna(), "ruling"].tolist() == ["conflict"]
