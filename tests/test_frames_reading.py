"""Reading anybody's frame: what is understood, and how what is not is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from flipflop.detect import find_conflicts, find_reversals
from flipflop.errors import DataError
from flipflop.frames import CONTRACTS, conform, empty

GOOD = pd.DataFrame(
    {
        "speaker": ["jane-doe", "jane-doe"],
        "topic": "nuclear-power",
        "statement_id": ["a", "b"],
        "stance": ["support", "oppose"],
        "said_from": ["2011-03-01T00:00:00Z", "2011-03-14T00:00:00+01:00"],
        "said_until": ["2011-03-02T00:00:00Z", "2011-03-15T00:00:00+01:00"],
    }
)


def problems(frame: pd.DataFrame) -> list[str]:
    with pytest.raises(DataError) as caught:
        find_reversals(frame)
    return [str(problem) for problem in caught.value.problems]


def texts(*values: str | None) -> pd.Series[str]:
    return pd.Series(list(values), dtype=object)


def test_iso_texts_with_an_offset_are_moments() -> None:
    assert find_reversals(GOOD)["later_from"].tolist() == [pd.Timestamp("2011-03-13T23:00Z")]


def test_a_missing_column_is_named_and_a_near_miss_is_suggested() -> None:
    assert problems(GOOD.rename(columns={"stance": "stances"})) == [
        "positions: stance the column is missing; did you mean 'stances'?"
    ]
    assert problems(GOOD.drop(columns=["said_from", "said_until"])) == [
        "positions: said_from the column is missing (or one column 'said' with the moments as text)"
    ]
    assert problems(GOOD.drop(columns=["said_until"])) == ["positions: said_until the column is missing"]


def test_a_wrong_stance_is_told_once_with_its_row_and_the_nearest_word() -> None:
    assert problems(GOOD.assign(stance=["suport", "suport"])) == [
        "positions:1: stance 'suport' is not one of strongly_oppose, oppose, mixed, support, strongly_support, "
        "unclear; did you mean 'support'? (2 rows)"
    ]


def test_a_moment_without_a_zone_is_refused_with_the_remedy() -> None:
    naive = GOOD.assign(said_from=pd.to_datetime(["2011-03-01", "2011-03-14"]))

    assert problems(naive) == [
        "positions: said_from the moments have no zone: say which zone it is in, "
        "e.g. frame['said_from'].dt.tz_localize('UTC')"
    ]
    assert problems(GOOD.assign(said_from=["2011-03-01", "2011-03-14T00:00:00Z"])) == [
        "positions:1: said_from '2011-03-01' has no zone: write the offset (…Z, …-04:00), "
        "or give the moments as people type them in a column 'said'"
    ]


def test_missing_moments_and_moments_without_a_width_are_told_by_row() -> None:
    missing = GOOD.assign(said_from=texts(None, "2011-03-14T00:00:00Z").astype(pd.DatetimeTZDtype("us", "UTC")))

    assert problems(missing) == ["positions:1: said_from the moment is missing (NaT)"]
    assert problems(GOOD.assign(said_until=GOOD["said_from"])) == [
        f"positions:{row}: said_until is not after said_from: a moment has a width, and it is half open"
        for row in (1, 2)
    ]


def test_a_statement_twice_under_one_topic_is_refused() -> None:
    assert problems(GOOD.assign(statement_id="a")) == [
        "positions:2: statement_id this statement has a position on this topic already"
    ]
    assert len(find_reversals(GOOD.assign(statement_id="a", topic=["x", "y"]))) == 0


def test_missing_names_are_told_and_past_twenty_only_counted() -> None:
    many = pd.concat([GOOD] * 15, ignore_index=True).assign(speaker=None, statement_id=[str(n) for n in range(30)])

    told = problems(many)

    assert told[0] == "positions:1: speaker a value is missing"
    assert told[-1] == "positions: speaker … and 10 more rows like these"
    assert len(told) == 21


def test_moments_as_text_that_cannot_be_read_are_gathered_by_row() -> None:
    frame = GOOD.drop(columns=["said_from", "said_until"]).assign(said=texts("in a while", None))

    told = problems(frame)

    assert [line.split(" ")[0] for line in told] == ["positions:1:", "positions:2:"]


def test_several_things_wrong_are_told_together() -> None:
    frame = GOOD.assign(stance=["for", "oppose"], statement_id=texts("a", None), said_from=["?", "2011-03-14T00:00Z"])

    assert {line.split(" ")[1] for line in problems(frame)} == {"stance", "statement_id", "said_from"}


def test_conflicts_tell_which_frame_is_wrong() -> None:
    with pytest.raises(DataError, match="speaks_for: principal the column is missing"):
        find_conflicts(GOOD, pd.DataFrame({"surrogate": ["a"]}), empty("topics"))
    with pytest.raises(DataError, match="topics:1: kind 'acount' is not one of proposal, account"):
        find_conflicts(GOOD, empty("speaks_for"), pd.DataFrame({"topic": ["x"], "kind": ["acount"]}))


@pytest.mark.parametrize("name", CONTRACTS)
def test_an_empty_frame_has_the_dtypes_of_a_full_one(name: str) -> None:
    samples = {
        "moment": "2017-07-09T00:00Z",
        "span": pd.Timedelta(hours=1),
        "flag": True,
        "number": 0.5,
        "count": 1,
        "integer": 1,
        "sign": -1,
        "text": "x",
        "word": "x",
    }
    full = conform(name, {column: [samples[kind]] for column, kind in CONTRACTS[name].items()})

    dtypes = [frame.dtypes.astype(str).to_dict() for frame in (full, empty(name), conform(name, {}))]
    assert dtypes[0] == dtypes[1] == dtypes[2]
    assert list(full) == list(empty(name)) == list(CONTRACTS[name])
    assert not full.isna().any(axis=None)


def test_flags_as_r_writes_them_are_understood() -> None:
    frame = pd.DataFrame({"statement_id": ["a", "b", "c"], "amended": ["TRUE", "FALSE", None]})

    assert conform("statements", frame)["amended"].tolist() == [True, False, False]


def test_what_conforms_already_is_taken_as_it_is_and_stays_the_givers() -> None:
    given = conform("positions", GOOD.assign(form=["quote", "act"], source_url=texts("https://example.org", None)))
    some = given.iloc[1:]

    again = conform("positions", some)

    pd.testing.assert_frame_equal(again, conform("positions", some.astype(object)))
    assert again["form"].cat.categories.tolist() == ["act"]
    again.loc[0, "statement_id"] = "mine"
    again.loc[0, "disputed"] = True
    assert given["statement_id"].tolist() == ["a", "b"]
    assert given["disputed"].tolist() == [False, False]


def test_a_frame_made_of_arrays_leaves_them_as_they_are() -> None:
    amounts = np.array([1.0, 2.0])

    frame = conform("positions", {"confidence": amounts})
    frame.loc[0, "confidence"] = 9.0

    assert amounts.tolist() == [1.0, 2.0]


def test_an_unknown_frame_is_refused() -> None:
    with pytest.raises(DataError, match="did you mean 'reversals'"):
        empty("reversal")


def test_text_where_a_number_belongs_is_refused() -> None:
    with pytest.raises(DataError, match="codings: confidence holds something that is not a number"):
        conform("codings", {"confidence": ["high"]})
