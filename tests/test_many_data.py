"""Figure data of large records: the same as that of small ones, a column at a time; counts equal a count by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

import flipflop as ff
from flipflop.errors import DataError
from flipflop.figures.build import figure_data
from flipflop.figures.counts import bins_of, counted, lanes_of
from flipflop.figures.many import SIDES, Many, is_many
from flipflop.figures.many_build import many_data
from flipflop.publish.page import page_html
from tests import figures_case as few, many_case as case

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def positions() -> pd.DataFrame:
    frame = case.positions(400, speakers=8, topics=3)
    frame.loc[3, "said_from"] = pd.Timestamp("0001-01-01", tz="UTC")
    frame.loc[4, "said_until"] = pd.Timestamp("9999-12-31T23:59:59", tz="UTC")
    return frame


@pytest.fixture(scope="module")
def reversals(positions: pd.DataFrame) -> pd.DataFrame:
    found = ff.find_reversals(positions.drop(index=[3, 4]))
    found.loc[found.index[::3], "ruling"] = "no_reversal"
    return found


@pytest.fixture(scope="module")
def many(positions: pd.DataFrame, reversals: pd.DataFrame) -> Many:
    return many_data(positions, reversals, tz="Europe/Vienna")


def test_every_statement_is_told_as_in_the_data_of_a_small_record(positions: pd.DataFrame, many: Many) -> None:
    blocks = figure_data(positions).blocks
    small = {
        (
            *(mark.statement_id, block.topic, mark.speaker, block.names[mark.speaker], mark.look, mark.level),
            *(mark.form, (mark.middle - EPOCH) // timedelta(seconds=1)),
        )
        for block in blocks
        for mark in block.marks
    }

    told = set()
    for place, row in enumerate(many.row.tolist()):
        lane, look = many.speakers[many.speaker[place]], many.looks[many.look[place]]
        id_, topic = str(positions["statement_id"].iloc[row]), many.topics[many.topic[place]].topic
        told.add((id_, topic, lane.speaker, lane.name, look.look, look.side, look.form, int(many.middle[place])))

    assert told == small


def test_every_pair_is_told_as_in_the_data_of_a_small_record(
    positions: pd.DataFrame, reversals: pd.DataFrame, many: Many
) -> None:
    blocks = figure_data(positions, reversals, tz="Europe/Vienna").blocks
    small = [
        (arc.earlier_id, arc.later_id, block.topic, arc.kind, arc.ruling) for block in blocks for arc in block.arcs
    ]

    ids, pairs = positions["statement_id"].to_numpy(), many.pairs
    told = [
        (
            ids[many.row[pairs.earlier[pair]]],
            ids[many.row[pairs.later[pair]]],
            many.topics[many.topic[pairs.later[pair]]].topic,
            pairs.kinds[pairs.kind[pair]].kind,
            pairs.rulings[pairs.ruling[pair]],
        )
        for pair in range(len(pairs))
    ]

    assert len(told) > 30
    assert sorted(told) == sorted(small)


@pytest.mark.parametrize(("ruling", "left"), [("no_conflict", []), ("not_comparable", []), ("conflict", ["p2"])])
def test_what_was_ruled_to_be_no_conflict_is_left_out_as_in_a_small_record(ruling: str, left: list[str]) -> None:
    frame = few.positions()
    undercut = few.conflicts().assign(kind="undercut", other="cy-orr", earlier_id="p1")
    frames = (frame, few.reversals(), pd.concat([few.conflicts().assign(ruling=ruling), undercut]))

    many, (block,) = many_data(*frames), figure_data(*frames).blocks

    told = [
        (frame["statement_id"].iloc[many.row[earlier]], many.pairs.kinds[kind].kind)
        for earlier, kind in zip(many.pairs.earlier.tolist(), many.pairs.kind.tolist(), strict=True)
        if not many.pairs.kinds[kind].own
    ]
    assert [id_ for id_, kind in told if kind == "stranded_surrogate"] == left
    small = [(one.earlier_id, one.kind) for one in block.conflicts]
    small += [(one.statement_id, "stranded_surrogate") for one in block.stranded]
    assert sorted(told) == sorted(small)


@pytest.mark.parametrize(
    ("statements", "changes", "conflicts", "counted"),
    [(2000, 0, 0, False), (2001, 0, 0, True), (1200, 800, 0, False), (1200, 801, 0, True), (1200, 400, 401, True)],
)
def test_statements_changes_and_conflicts_together_decide_whether_a_record_is_counted(
    statements: int, changes: int, conflicts: int, counted: bool
) -> None:
    frame = case.positions(statements)
    ids = frame["statement_id"].to_numpy()
    pairs = [pd.DataFrame({"earlier_id": ids[:many], "later_id": ids[1 : many + 1]}) for many in (changes, conflicts)]

    assert is_many(frame, *pairs) is counted
    assert is_many(frame.assign(statement_id="other"), *pairs) is (statements > 2000)  # pairs of other statements


def test_a_record_of_few_statements_and_many_changes_is_counted_in_figures_and_on_pages() -> None:
    frame = case.positions(1400, speakers=4, topics=1)
    frame["stance"] = np.where(np.arange(len(frame)) % 2, "support", "oppose")
    changes = ff.find_reversals(frame)

    assert len(frame) + len(changes) > 2000
    assert 'id="columns"' in page_html(frame, changes)
    assert "bar" in {trace.type for trace in ff.timeline(frame, changes).data}
    assert 'id="columns"' not in page_html(frame)


def test_the_order_of_the_rows_plays_no_part(positions: pd.DataFrame, reversals: pd.DataFrame, many: Many) -> None:
    mixed = positions.sample(frac=1, random_state=2)

    again = many_data(mixed, reversals.sample(frac=1, random_state=3), tz="Europe/Vienna")

    ids = [frame["statement_id"].to_numpy()[data.row].tolist() for frame, data in ((positions, many), (mixed, again))]
    told = [data.to_json() for data in (many, again)]
    assert ids[0] == ids[1]
    assert [{**one, "row": None} for one in told if isinstance(one, dict)] == [{**told[0], "row": None}] * 2  # type: ignore[dict-item]  # both are objects


def test_statements_stand_in_the_order_of_their_middles_and_pairs_in_that_of_their_later_ones(many: Many) -> None:
    assert (np.diff(many.middle) >= 0).all()
    assert (np.diff(many.pairs.later) >= 0).all()


def test_a_moment_known_more_closely_than_a_second_stays_inside(positions: pd.DataFrame) -> None:
    frame = positions.iloc[:1].assign(
        said_from=pd.Timestamp("2020-01-01T00:00:00.250000Z"), said_until=pd.Timestamp("2020-01-01T00:00:01.000001Z")
    )

    told = many_data(frame)

    start = int(told.middle[0]) - told.shapes[0].width // 2
    assert (start, told.shapes[0].width) == (1_577_836_800, 2)


@pytest.mark.parametrize("by", ["topic", "speaker"])
@pytest.mark.parametrize("most", [2, 4, 50])
def test_counts_equal_a_count_by_hand(many: Many, by: str, most: int) -> None:
    lanes, bins = lanes_of(many, by, most=most), bins_of(many)
    expected = np.zeros((len(lanes.names), len(bins), len(SIDES)), dtype=int)
    codes = many.speaker if by == "speaker" else many.topic
    looks = [many.looks[code] for code in many.look.tolist()]
    for middle, code, look in zip(many.middle.tolist(), codes.tolist(), looks, strict=True):
        place = next(n for n in range(len(bins)) if bins.edges[n] <= middle < bins.edges[n + 1])
        expected[lanes.lane[code], place, look.side + 1] += 1

    assert counted(many, lanes, bins).tolist() == expected.tolist()
    assert counted(many, lanes, bins).sum() == len(many)


def test_lanes_are_those_recorded_most_by_name_and_the_others_share_one(many: Many) -> None:
    often = np.bincount(many.speaker).tolist()
    ranked = sorted(range(len(often)), key=lambda code: (-often[code], code))

    lanes = lanes_of(many, "speaker", most=4)

    assert list(lanes.names) == [*sorted(many.speakers[code].name for code in ranked[:3]), f"{len(often) - 3} others"]
    assert len(lanes_of(many, "speaker", most=len(often)).names) == len(often)


def test_lanes_are_topics_where_there_are_several(many: Many, positions: pd.DataFrame) -> None:
    one = many_data(positions[positions["topic"] == "topic-1"])

    assert (lanes_of(many).by, lanes_of(one).by) == ("topic", "speaker")


@pytest.mark.parametrize(
    ("days", "unit"),
    [(1, "day"), (239, "day"), (300, "month"), (7000, "month"), (9000, "year"), (300_000, "decade")],
)
def test_bins_are_calendar_units_that_hold_the_record(positions: pd.DataFrame, days: int, unit: str) -> None:
    start = pd.Timestamp("1100-03-26T12:00Z")
    frame = positions.iloc[:2].assign(said_from=[start, start + pd.Timedelta(days=days)])
    frame["said_until"] = frame["said_from"] + pd.Timedelta(seconds=1)

    many = many_data(frame, tz="Europe/Vienna")
    bins = bins_of(many)

    assert bins.unit == unit
    assert bins.edges[0] <= many.middle[0] < many.middle[-1] < bins.edges[-1]
    assert (np.diff(bins.edges) > 0).all()


def test_a_record_reaches_as_far_as_its_moments_may(positions: pd.DataFrame) -> None:
    month = {"said_from": pd.Timestamp("2017-07-01", tz="UTC"), "said_until": pd.Timestamp("2017-08-01", tz="UTC")}
    day = {"said_from": pd.Timestamp("2017-07-04", tz="UTC"), "said_until": pd.Timestamp("2017-07-05", tz="UTC")}
    one = positions.iloc[[0]]

    assert many_data(one.assign(**month)).coverage.startswith("In this record: July 2017, 1 statement")
    assert many_data(one.assign(**day)).coverage.startswith("In this record: 4 July 2017, 1 statement")


def test_an_empty_record_has_no_statement_and_no_count(positions: pd.DataFrame) -> None:
    many = many_data(positions.iloc[:0])

    assert (len(many), many.as_of, len(lanes_of(many).names)) == (0, "", 0)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("said_from", pd.NaT, "the moment is missing"),
        ("stance", "oposes", "did you mean 'oppose'"),
        ("speaker", None, "a value is missing"),
    ],
)
def test_what_does_not_fit_is_told(positions: pd.DataFrame, column: str, value: str | None, told: str) -> None:
    with pytest.raises(DataError, match=told):
        many_data(positions.assign(**{column: value}))


def test_an_unknown_way_to_lay_lanes_is_told(many: Many) -> None:
    with pytest.raises(DataError, match="did you mean 'topic'"):
        lanes_of(many, "topics")
