"""What find_reversals promises about any frame: shapes, dtypes, order of rows, words, and that nothing is guessed."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from flipflop.detect import DETECTOR, ReversalKind, find_reversals
from flipflop.detect.panel import Panel
from flipflop.detect.reasons import say_gaps, say_moments
from flipflop.errors import DataError
from flipflop.frames import empty
from flipflop.when.gap_words import gap_between
from flipflop.when.telling import Moment, moment_words

R_CSV = """"","speaker","topic","statement_id","stance","said","source_url"
"1","Jane Doe","nuclear-power","a1","support","2011-03-01",NA
"2","Jane Doe","nuclear-power","a2",NA,"2011-03-05","https://example.org/2"
"3","Jane Doe","nuclear-power","a3","oppose","2011-03-14","https://example.org/3"
"""


def record(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return positions of one speaker on one topic from (statement_id, stance, said)."""
    frame = pd.DataFrame(list(rows), columns=["statement_id", "stance", "said"])
    return frame.assign(speaker="jane-doe", topic="nuclear-power")


def kinds_of(found: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(found["kind"], found["earlier_id"], found["later_id"], strict=True))


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    stance = st.sampled_from(["support", "oppose", "support", "oppose", "mixed", "unclear", "strongly_support"])
    row = st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), stance, st.integers(0, 8), st.integers(1, 3))
    rows = draw(st.lists(row, max_size=20))
    frame = pd.DataFrame(rows, columns=["speaker", "topic", "stance", "start", "width"]).astype(
        {"speaker": object, "topic": object, "stance": object, "start": "int64", "width": "int64"}
    )
    start = pd.Timestamp("2017-07-01T00:00Z") + pd.to_timedelta(frame["start"], unit="D")
    stop = start + pd.to_timedelta(frame["width"], unit="D")
    ids = draw(st.permutations(range(len(frame))))
    names = pd.Series([f"s{number}" for number in ids], dtype=object)
    moments = {"said_from": start.dt.as_unit("us"), "said_until": stop.dt.as_unit("us")}
    return frame.drop(columns=["start", "width"]).assign(statement_id=names, **moments)


def test_an_article_worth_of_rows_in_a_pandas_frame_gives_the_reversal() -> None:
    positions = pd.DataFrame(
        {
            "speaker": "donald-trump",
            "topic": "joint-cyber-unit",
            "statement_id": ["884016887692234753", "884211874518192128"],
            "stance": ["support", "oppose"],
            "said_from": pd.to_datetime(["2017-07-09T11:50:24Z", "2017-07-10T00:45:13Z"]),
            "said_until": pd.to_datetime(["2017-07-09T11:50:25Z", "2017-07-10T00:45:14Z"]),
        }
    )

    found = find_reversals(positions)

    assert kinds_of(found) == [("reversal", "884016887692234753", "884211874518192128")]
    assert found["detector"].tolist() == [DETECTOR]
    assert found["gap_min"][0] == timedelta(seconds=46_488)


def test_a_csv_as_r_writes_it_is_understood() -> None:
    positions = pd.read_csv(io.StringIO(R_CSV), index_col=0)

    found = find_reversals(positions)

    assert kinds_of(found) == [("reversal", "a1", "a3")]
    assert found["reason"].tolist() == [
        "Jane Doe: on record in support (1 March 2011), then in opposition (14 March 2011), after 13 days."
    ]


def test_numbers_will_do_as_ids() -> None:
    positions = record(("1", "support", "2011"), ("2", "oppose", "2012")).astype({"statement_id": "int64"})

    assert kinds_of(find_reversals(positions)) == [("reversal", "1", "2")]


@settings(max_examples=25, deadline=None)
@given(frames(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_and_their_index_change_nothing(positions: pd.DataFrame, random: object) -> None:
    order = list(range(len(positions)))
    random.shuffle(order)  # type: ignore[attr-defined]  # a random.Random
    shuffled = positions.iloc[order].set_axis(pd.Index([7] * len(order)), axis=0)

    pd.testing.assert_frame_equal(
        find_reversals(shuffled, kinds=ReversalKind), find_reversals(positions, kinds=ReversalKind)
    )


@settings(max_examples=25, deadline=None)
@given(frames())
def test_columns_and_dtypes_are_fixed_and_the_input_is_left_alone(positions: pd.DataFrame) -> None:
    before = positions.copy(deep=True)

    found = find_reversals(positions, kinds=ReversalKind)

    pd.testing.assert_frame_equal(positions, before)
    assert found.dtypes.to_dict() == empty("reversals").dtypes.to_dict()
    assert list(found) == list(empty("reversals"))
    assert list(found.index) == list(range(len(found)))


@settings(max_examples=25, deadline=None)
@given(frames())
def test_flips_alternate(positions: pd.DataFrame) -> None:
    found = find_reversals(positions, kinds=["reversal", "restoration"])

    for _, flips in found.groupby(["speaker", "topic"]):
        sides = [stance.endswith("support") for stance in flips["later_stance"]]
        assert all(one != other for one, other in pairwise(sides))
        assert flips["switches"].tolist() == list(range(1, len(flips) + 1))
        assert flips["kind"].tolist() == ["reversal", *["restoration"] * (len(flips) - 1)]


@settings(max_examples=12, deadline=None)
@given(frames(), st.sampled_from(["category", "string", "str"]))
def test_any_dtype_of_text_gives_the_same(positions: pd.DataFrame, dtype: str) -> None:
    words = ["speaker", "topic", "statement_id", "stance"]

    pd.testing.assert_frame_equal(
        find_reversals(positions.astype(dict.fromkeys(words, dtype))), find_reversals(positions)
    )


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_moments_of_any_unit_and_zone_give_the_same(unit: Literal["s", "ms", "us", "ns"]) -> None:
    rows = record(("a", "support", "2017-07-09"), ("b", "oppose", "2017-07-10"))
    start = pd.to_datetime(["2017-07-09T00:00Z", "2017-07-10T00:00Z"])
    stop = start + pd.Timedelta(days=1)
    auckland = {
        "said_from": start.tz_convert("Pacific/Auckland").as_unit(unit),
        "said_until": stop.tz_convert("America/New_York").as_unit(unit),
    }

    pd.testing.assert_frame_equal(find_reversals(rows.drop(columns="said").assign(**auckland)), find_reversals(rows))


def test_ten_thousand_statements_known_by_year_only_stay_linear() -> None:
    many = 10_000
    positions = pd.DataFrame(
        {
            "statement_id": [f"s{number:05}" for number in range(many)],
            "stance": ["support", "oppose", "mixed", "strongly_oppose"] * (many // 4),
            "said": "2017",
            "speaker": "jane-doe",
            "topic": "nuclear-power",
        }
    )

    found = find_reversals(positions, kinds=ReversalKind)

    assert set(found["kind"]) == {"undetermined"}
    assert many // 2 < len(found) <= many
    assert found["rivals"].max() == many // 2 - 2


def test_a_year_that_holds_many_days_stays_open_while_the_days_pass() -> None:
    days = [(f"d{day:02}", "support", f"2017-03-{day:02}") for day in range(1, 29)]
    found = find_reversals(record(("year", "oppose", "2017"), *days))

    assert set(found["kind"]) == {"undetermined"}
    assert set(found["earlier_id"]) == {"year"}
    assert found["rivals"].tolist() == [1] * 28


def test_dates_of_one_day_leave_the_order_open_and_clock_times_settle_it() -> None:
    assert kinds_of(find_reversals(record(("a", "support", "2017-07-09"), ("b", "oppose", "2017-07-09")))) == [
        ("undetermined", "a", "b")
    ]
    clocks = record(("a", "support", "2017-07-09T07:50-04:00"), ("b", "oppose", "2017-07-09T20:45-04:00"))
    assert kinds_of(find_reversals(clocks)) == [("reversal", "a", "b")]


def test_an_undetermined_pair_has_no_degree_and_a_negative_gap() -> None:
    found = find_reversals(record(("a", "support", "2017-07-09"), ("b", "oppose", "2017-07-09")))

    assert found[["degree", "order"]].astype(object).values.tolist() == [[pd.NA, "unknown"]]
    assert found["gap_min"][0] == timedelta(days=-1)
    assert found["reason"][0] == (
        "jane-doe: on record in support (9 July 2017) and in opposition (9 July 2017); "
        "these moments overlap, so their order is not known."
    )


def test_mixed_unclear_and_disputed_positions_take_no_side() -> None:
    rows = record(("a", "support", "2011"), ("b", "unclear", "2012"), ("c", "oppose", "2013"), ("d", "mixed", "2014"))

    assert kinds_of(find_reversals(rows)) == [("reversal", "a", "c"), ("walk_back", "c", "d")]
    assert kinds_of(find_reversals(rows.assign(disputed=[False, False, True, False]))) == [("walk_back", "a", "d")]


def test_a_walk_back_is_told_once_and_the_old_side_after_it_is_a_reaffirmation() -> None:
    rows = record(("a", "support", "2011"), ("b", "mixed", "2012"), ("c", "mixed", "2013"), ("d", "support", "2014"))

    assert kinds_of(find_reversals(rows)) == [("walk_back", "a", "b")]
    assert kinds_of(find_reversals(rows, kinds=["reaffirmation"])) == [("reaffirmation", "a", "d")]


def test_softening_and_hardening_come_on_request() -> None:
    rows = record(("a", "support", "2011"), ("b", "strongly_support", "2012"), ("c", "support", "2013"))

    assert len(find_reversals(rows)) == 0
    assert kinds_of(find_reversals(rows, kinds=list(ReversalKind))) == [
        ("hardening", "a", "b"),
        ("softening", "b", "c"),
    ]


def test_both_sides_closing_at_one_instant_leave_no_reference() -> None:
    rows = record(("a", "support", "2011"), ("b", "oppose", "2011"), ("c", "oppose", "2012"))

    assert kinds_of(find_reversals(rows)) == [("undetermined", "a", "b")]


def test_the_latest_ruling_on_a_pair_is_shown_beside_it() -> None:
    rows = record(("a", "support", "2011"), ("b", "oppose", "2012"), ("c", "support", "2013"))
    rulings = pd.DataFrame(
        {
            "earlier": ["a", "a", "b"],
            "later": ["b", "b", "c"],
            "topic": ["nuclear-power", "nuclear-power", "another"],
            "outcome": ["no_reversal", "reversal", "no_reversal"],
            "seq": [9, 3, 4],
        }
    )

    assert find_reversals(rows, rulings=rulings)["ruling"].tolist() == ["no_reversal"]
    assert find_reversals(rows, rulings=empty("rulings"))["ruling"].isna().all()


def test_coders_and_confidence_are_those_of_both_positions() -> None:
    rows = record(("a", "support", "2011"), ("b", "oppose", "2012")).assign(
        coder=["kim", "ada; kim"], confidence=[0.9, 0.4]
    )

    found = find_reversals(rows)

    assert found["coder"].tolist() == ["ada; kim"]
    assert found["confidence"].tolist() == [0.4]


def test_an_unknown_kind_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(DataError, match=r"kinds 'reversals' is not one of .* did you mean 'reversal'"):
        find_reversals(record(), kinds=["reversals"])


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - UTC is added below
    st.sampled_from([timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1), timedelta(days=3, seconds=5)]),
    st.booleans(),
    st.sampled_from([None, "Europe/Moscow"]),
    st.sampled_from(["UTC", "America/New_York"]),
)
def test_reasons_say_moments_as_the_rest_of_the_package_does(
    begin: datetime, width: timedelta, about: bool, own: str | None, tz: str
) -> None:
    start = begin.replace(microsecond=0, tzinfo=UTC)
    moment = Moment(start, start + width, "day", about, own)
    bounds = {"said_from": pd.Series([moment.start]), "said_until": pd.Series([moment.end])}
    frame = record(("a1", "support", "")).drop(columns="said").assign(**bounds)
    frame = frame.assign(precision="day", approximate=about, tz=own)

    said = say_moments(Panel.read(frame), np.array([0]), tz)

    assert said.tolist() == [moment_words(moment, tz)]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40_000_000), st.integers(0, 40_000_000))
def test_reasons_say_gaps_as_the_rest_of_the_package_does(seconds: int, width: int) -> None:
    shortest, longest = timedelta(seconds=seconds), timedelta(seconds=seconds + width)

    said = say_gaps(*(np.array([bound // timedelta(microseconds=1)]) for bound in (shortest, longest)))

    assert said.tolist() == [gap_between(shortest, longest).joined]


def test_reasons_tell_clock_times_in_the_zone_asked_for_and_leave_dates_what_they_are() -> None:
    frame = record(("a1", "support", "2017-07-09T11:50:24Z"), ("a2", "oppose", "2017-07-24"))

    (reason,) = find_reversals(frame, tz="America/New_York")["reason"]

    assert "in support (9 July 2017, 07:50:24 EDT), then in opposition (24 July 2017 (time zone not known))" in reason


def test_the_check_on_append_and_the_words_need_no_pandas() -> None:
    program = (
        "import sys, flipflop.detect, flipflop.frames, flipflop.detect.check, flipflop.detect.kinds;"
        "print(sorted({'pandas', 'numpy', 'plotly'} & set(sys.modules)))"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
