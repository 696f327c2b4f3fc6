"""What a figure says, as data: lanes, marks, steps, arcs, what was left standing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from flipflop.errors import DataError
from flipflop.figures.build import figure_data
from flipflop.figures.card_data import card_data
from flipflop.figures.data import FigureData
from flipflop.figures.draw import draw
from flipflop.figures.geometry import COMPACT, WIDE, Paper, PixelScale, place
from flipflop.figures.labels import labels
from flipflop.figures.latency_data import latency_data
from flipflop.figures.many_build import many_data
from flipflop.figures.matrix_data import matrix_data
from flipflop.figures.switches_data import switches_data
from flipflop.figures.theme import LIGHT
from tests import figures_case as case

STANCES = ["strongly_support", "support", "mixed", "oppose", "strongly_oppose", "unclear"]
START = datetime(2017, 7, 1, tzinfo=UTC)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """Positions of a few speakers on a few topics, with moments from seconds to years."""
    rows = []
    for number in range(draw(st.integers(0, 12))):
        start = START + timedelta(minutes=draw(st.integers(0, 60_000)))
        width = draw(st.sampled_from([timedelta(seconds=1), timedelta(days=1), timedelta(days=365)]))
        rows.append({
            "speaker": draw(st.sampled_from(["ann", "bo", "cy"])),
            "topic": draw(st.sampled_from(["unit", "talks"])),
            "statement_id": f"s{number}",
            "stance": draw(st.sampled_from(STANCES)),
            "disputed": draw(st.booleans()),
            "said_from": start,
            "said_until": start + width,
            "text": "words",
        })  # fmt: skip
    columns = ["speaker", "topic", "statement_id", "stance", "disputed", "said_from", "said_until", "text"]
    frame = pd.DataFrame(rows, columns=columns)
    for column in ("said_from", "said_until"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return frame


def drawn_ids(data: FigureData, paper: Paper) -> Counter[tuple[str, str]]:
    """Every mark that is drawn, as (axis, statement id)."""
    traces = draw(data, LIGHT, paper=paper)["data"]
    assert isinstance(traces, list)
    marks = [trace for trace in traces if trace["mode"] == "markers"]
    return Counter((trace["xaxis"], data_[0]) for trace in marks for data_ in trace["customdata"])


@given(frames(), st.sampled_from([WIDE, COMPACT]))
@settings(max_examples=60)
def test_every_mark_traces_back_to_exactly_one_statement(frame: pd.DataFrame, paper: Paper) -> None:
    data = figure_data(frame)
    axes = {block.topic: f"x{number + 1 if number else ''}" for number, block in enumerate(data.blocks)}

    expected = Counter((axes[topic], id_) for topic, id_ in zip(frame["topic"], frame["statement_id"], strict=True))

    assert drawn_ids(data, paper) == expected


@given(frames(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rows_changes_nothing(frame: pd.DataFrame, random: st.DataObject) -> None:
    order = list(range(len(frame)))
    random.shuffle(order)  # type: ignore[attr-defined] # Hypothesis gives a random.Random here

    assert figure_data(frame.iloc[order]).to_json() == figure_data(frame).to_json()


@given(frames(), st.sampled_from([WIDE, COMPACT]))
@settings(max_examples=60)
def test_no_two_marks_of_a_lane_lie_on_each_other_at_first_sight(frame: pd.DataFrame, paper: Paper) -> None:
    for block in figure_data(frame).blocks:
        heights = place(block, paper).mark_y
        pixels = paper.width / (block.view.end - block.view.start).total_seconds()
        marks = [(mark.speaker, heights[mark.statement_id], mark) for mark in block.marks]
        crowds = Counter((speaker, mark.level) for speaker, _, mark in marks)
        near = [
            (one.statement_id, two.statement_id)
            for place_, (speaker, y, one) in enumerate(marks)
            for other, height, two in marks[place_ + 1 :]
            if (speaker, y) == (other, height)
            and crowds[speaker, one.level] <= 8
            and abs((two.middle - one.middle).total_seconds()) * pixels < 14
        ]

        assert near == []


@given(frames())
@settings(max_examples=40)
def test_steps_link_only_what_is_in_certain_order(frame: pd.DataFrame) -> None:
    for block in figure_data(frame).blocks:
        marks = {mark.statement_id: mark for mark in block.marks}

        assert all(marks[step.earlier_id].end <= marks[step.later_id].start for step in block.steps)


def test_the_data_of_one_change() -> None:
    block = figure_data(case.positions(), case.reversals(), case.conflicts(), tz="America/New_York").blocks[0]

    assert [(lane.speaker, lane.name) for lane in block.lanes] == [
        ("ann-lee", "Ann Lee"), ("bo-ek", "Bo Ek"), ("cy-orr", "Cy Orr"), ("di-vu", "Di Vu"),
    ]  # fmt: skip
    assert [(arc.gap, arc.label, arc.sentence) for arc in block.arcs] == [
        ("12 h 55 min", "ruled: change of position", "changed position within 12 h 55 min (ruled: change of position)")
    ]
    assert [(item.speaker, item.since.isoformat(), item.until, item.note) for item in block.stranded] == [
        (
            "bo-ek",
            "2017-07-09T20:45:13-04:00",
            None,
            "on record in support; no later statement in this record as of 24 July 2017",
        )
    ]
    assert [(step.earlier_id, step.later_id) for step in block.steps] == [("p1", "p4")]
    assert block.coverage == "In this record: 9 July 2017 to 24 July 2017, 5 statements"


def test_a_mark_as_json() -> None:
    frame = case.positions().iloc[[0]]

    told = figure_data(frame, tz="America/New_York").to_json()

    assert isinstance(told, dict)
    assert told["axis"] == "Time in America/New_York (UTC-04:00)"
    blocks = told["blocks"]
    assert isinstance(blocks, list)
    block = blocks[0]
    assert isinstance(block, dict)
    assert block["marks"] == [{
        "statement_id": "p1", "speaker": "ann-lee", "look": "support", "level": 1,
        "start": "2017-07-09T07:50:24-04:00", "end": "2017-07-09T07:50:25-04:00", "when": "9 July 2017, 07:50:24 EDT",
        "text": "We will form a unit.", "form": "quote", "attribution": "", "on_behalf_of": "",
        "source_url": "https://example.org/status/1", "source_title": "", "source_outlet": "",
        "coder": "", "confidence": None, "needs_review": False, "lane": "ann-lee", "word": "supports",
        "precision": "", "tz": None, "approximate": False, "brief": "9 Jul 2017",
    }]  # fmt: skip


def test_the_first_view_is_a_close_up_of_the_change_and_of_what_was_said_meanwhile() -> None:
    block = figure_data(case.positions(), case.reversals()).blocks[0]

    assert block.view.start < datetime(2017, 7, 9, 9, tzinfo=UTC)
    assert datetime(2017, 7, 10, 0, 46, tzinfo=UTC) < block.view.end < datetime(2017, 7, 11, tzinfo=UTC)
    assert block.whole.end > datetime(2017, 7, 25, tzinfo=UTC)


def test_without_a_change_the_first_view_is_the_whole_record() -> None:
    block = figure_data(case.positions()).blocks[0]

    assert block.view == block.whole


def test_a_moment_that_is_open_to_one_side_does_not_stretch_the_axis() -> None:
    frame = case.positions()
    frame["said_from"] = frame["said_from"].astype("datetime64[us, UTC]")
    frame.loc[0, "said_from"] = pd.Timestamp(datetime(1, 1, 1, tzinfo=UTC)).as_unit("us")

    block = figure_data(frame).blocks[0]

    assert block.whole.start.year == 2017
    assert next(mark for mark in block.marks if mark.statement_id == "p1").middle.year == 2017


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("reversal", "made, 12 h 55 min apart, two statements that differ; nobody has judged them yet"),
        ("restoration", "made, 12 h 55 min apart, two statements that differ; nobody has judged them yet"),
        ("walk_back", "made, 12 h 55 min apart, two statements that differ; nobody has judged them yet"),
        ("undetermined", "made, 12 h 55 min apart, in an order that the dates leave open, two statements that differ; "
         "nobody has judged them yet"),
        ("softening", "made, 12 h 55 min apart, two statements on the same side, the later one less firm; "
         "nobody has judged them yet"),
    ],
)  # fmt: skip
def test_before_somebody_has_ruled_two_statements_differ_and_no_more_is_said(kind: str, told: str) -> None:
    found = case.reversals().assign(kind=kind, ruling=None)

    (block,) = figure_data(case.positions(), found, case.conflicts()).blocks

    assert block.arcs[0].sentence == told
    assert block.stranded == ()
    assert [item.sentence for item in block.conflicts] == [
        "Bo Ek and Ann Lee: two statements that differ; nobody has judged them yet"
    ]


@pytest.mark.parametrize(("change", "conflict"), [("reversal", None), ("changed_circumstances", "conflict")])
def test_nobody_is_on_record_meanwhile_unless_both_the_change_and_the_conflict_were_ruled(
    change: str, conflict: str | None
) -> None:
    found, against = case.reversals().assign(ruling=change), case.conflicts().assign(ruling=conflict)

    (block,) = figure_data(case.positions(), found, against).blocks

    assert (block.stranded, len(block.conflicts)) == ((), 1)


def test_a_ruling_on_a_later_statement_of_the_same_run_is_one_of_the_change() -> None:
    again = (
        case.positions()
        .iloc[[3]]
        .assign(
            statement_id="p9", said_from=pd.Timestamp("2017-07-12T00:00Z"), said_until=pd.Timestamp("2017-07-13T00:00Z")
        )
    )
    held = pd.concat([case.positions(), again], ignore_index=True)

    (block,) = figure_data(held, case.reversals().assign(later_id="p9"), case.conflicts()).blocks

    assert [item.by_id for item in block.stranded] == ["p4"]


def test_a_ruling_that_waits_for_another_look_is_held_back() -> None:
    again = case.reversals().assign(needs_review=True)

    (block,) = figure_data(case.positions(), again, case.conflicts().assign(needs_review=True)).blocks

    told = "two statements that differ; what was ruled on them waits for another look"
    assert block.arcs[0].sentence == f"made, 12 h 55 min apart, {told}"
    assert block.conflicts[0].sentence == f"Bo Ek and Ann Lee: {told}"


def test_the_end_of_the_record_can_be_given() -> None:
    kept = datetime(2026, 11, 23, tzinfo=UTC)

    data = figure_data(case.positions(), case.reversals(), case.conflicts(), as_of=kept)

    assert data.blocks[0].stranded[0].note.endswith("as of 23 November 2026")


def test_a_day_of_another_zone_keeps_its_name() -> None:
    frame = case.positions().iloc[[4]].assign(precision="day", tz="UTC")

    mark = figure_data(frame, tz="America/New_York").blocks[0].marks[0]

    assert mark.when.startswith("24 July 2017 (in UTC)")


def test_a_record_reaches_as_far_as_its_moments_may() -> None:
    july = (
        case.positions()
        .iloc[[0]]
        .assign(said_from=pd.Timestamp("2017-07-01", tz="UTC"), said_until=pd.Timestamp("2017-08-01", tz="UTC"))
    )

    assert figure_data(july).blocks[0].coverage == "In this record: July 2017, 1 statement"


def test_people_of_one_name_are_told_apart() -> None:
    frame = case.positions().assign(speaker_name="Ann Lee")

    assert figure_data(frame).blocks[0].lanes[0].name == "Ann Lee (ann-lee)"


def test_missing_columns_are_named() -> None:
    with pytest.raises(DataError, match="positions need the column stance\npositions need the column said_from"):
        figure_data(case.positions().drop(columns=["stance", "said_from"]))


def test_a_row_without_a_moment_is_named() -> None:
    frame = case.positions()
    frame.loc[2, "said_until"] = pd.NaT

    with pytest.raises(DataError, match="positions:2: said_until is missing"):
        figure_data(frame)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(DataError, match="tz 'Mars/Olympus' is not known; what is drawn needs a zone with a name"):
        figure_data(case.positions(), tz="Mars/Olympus")


@pytest.mark.parametrize(("tz", "told"), [("-04:00", "is an offset"), ("EDT", "is an offset"), ("CST", "may be")])
def test_a_zone_without_a_name_is_an_error_that_says_what_to_use(tz: str, told: str) -> None:
    with pytest.raises(DataError, match=f"^tz '{tz}' {told}.*; what is drawn .*, such as Europe/Paris$"):
        figure_data(case.positions(), tz=tz)


@pytest.mark.parametrize(
    ("tz", "name"),
    [("ET", "America/New_York"), ("america/new_york", "America/New_York"), ("CET", "CET"), ("GMT", "UTC")],
)
def test_a_figure_takes_every_zone_that_has_a_name(tz: str, name: str) -> None:
    names = [
        figure_data(case.positions(), tz=tz).zone,
        many_data(case.positions(), tz=tz).zone,
        matrix_data(case.positions(), tz=tz).zone,
        switches_data(case.positions(), tz=tz).zone,
        latency_data(case.positions(), tz=tz).zone,
        card_data(case.positions(), "p1", "p4", tz=tz).zone,
    ]

    assert names == [name] * 6


def test_nothing_gives_nothing() -> None:
    assert figure_data(case.positions().iloc[:0]).blocks == ()


def test_topics_with_a_change_come_first() -> None:
    other = case.positions().assign(topic="a-first", topic_title="A first")

    blocks = figure_data(pd.concat([other, case.positions()]), case.reversals()).blocks

    assert [block.topic for block in blocks] == ["unit", "a-first"]


@pytest.mark.parametrize(
    ("kind", "ruling", "label"),
    [
        ("reversal", None, "nobody has judged them yet"),
        ("walk_back", None, "nobody has judged them yet"),
        ("walk_back", "reversal", "ruled: half turn"),
        ("reversal", "no_reversal", "ruled: no change of position"),
        ("undetermined", None, "nobody has judged them yet"),
    ],
)
def test_a_label_says_how_a_change_stands(kind: str, ruling: str | None, label: str) -> None:
    change = case.reversals().assign(kind=kind, ruling=ruling)

    assert figure_data(case.positions(), change).blocks[0].arcs[0].label == label


@pytest.mark.parametrize(
    ("ruling", "told"),
    [
        ("no_reversal", "no change of position"),
        ("changed_circumstances", "changed circumstances, no change of position"),
        ("not_comparable", "not comparable, no change of position"),
    ],
)
def test_what_was_ruled_to_be_no_change_is_not_called_one(ruling: str, told: str) -> None:
    ruled = case.reversals().assign(ruling=ruling)

    (block,) = figure_data(case.positions(), ruled).blocks

    assert block.arcs[0].sentence == f"made two statements, 12 h 55 min apart (ruled: {told})"


@pytest.mark.parametrize("ruling", ["no_conflict", "not_comparable"])
def test_what_was_ruled_to_be_no_conflict_is_drawn_nowhere(ruling: str) -> None:
    (block,) = figure_data(case.positions(), case.reversals(), case.conflicts().assign(ruling=ruling)).blocks

    assert block.stranded == ()
    assert list(block.conflicts) == []


def test_no_later_statement_is_only_said_where_there_is_none_of_whatever_stance() -> None:
    frame = case.positions()
    left = frame[frame["statement_id"] == case.conflicts()["earlier_id"].iloc[0]]
    unclear = left.assign(statement_id="later", stance="unclear", said_from=frame["said_from"].max())
    after = pd.concat([frame, unclear.assign(said_until=frame["said_until"].max())], ignore_index=True)

    within = after.assign(
        said_from=after["said_from"].where(after["statement_id"] != "later", left["said_from"].iloc[0])
    )
    records = (frame, after, within)

    notes = [figure_data(one, case.reversals(), case.conflicts()).blocks[0].stranded[0].note for one in records]

    assert ["no later statement" in note for note in notes] == [True, False, False]


def test_no_later_statement_is_said_too_of_whom_a_mandate_ended_afterwards() -> None:
    ended = case.conflicts().assign(until=pd.Series([pd.Timestamp("2019-01-01T05:00Z")], dtype="datetime64[us, UTC]"))

    (left,) = figure_data(case.positions(), case.reversals(), ended).blocks[0].stranded

    assert "no later statement" in left.note


def test_a_mark_names_those_on_whose_behalf_it_was_said() -> None:
    (block,) = figure_data(case.positions().assign(on_behalf_of="bo-ek")).blocks

    assert {mark.on_behalf_of for mark in block.marks} == {"Bo Ek"}


def test_with_a_lane_per_topic_there_is_a_block_per_speaker() -> None:
    other = case.positions().assign(topic="a-talk", topic_title="A talk", topic_kind="account")
    changes = pd.concat([case.reversals(), case.reversals().assign(topic="a-talk")])

    first, *rest = figure_data(pd.concat([case.positions(), other]), changes, case.conflicts(), lanes="topic").blocks

    assert (first.heading, first.topic_kind, [block.heading for block in rest]) == (
        "Ann Lee",
        "",
        ["Bo Ek", "Cy Orr", "Di Vu"],
    )
    assert [(lane.key, lane.name) for lane in first.lanes] == [("a-talk", "A talk"), ("unit", "unit")]
    assert [(mark.key, mark.word) for mark in first.marks] == [
        ("a-talk p1", "affirms"), ("unit p1", "supports"), ("a-talk p4", "denies"), ("unit p4", "opposes"),
    ]  # fmt: skip
    assert [arc.keys for arc in first.arcs] == [("a-talk p1", "a-talk p4"), ("unit p1", "unit p4")]
    assert [(item.key, item.lane) for item in rest[0].stranded] == [("unit p2", "unit")]


@given(frames(), st.sampled_from(["speaker", "topic"]), st.sampled_from(["stance", "single"]))
@settings(max_examples=60)
def test_every_statement_stands_once_in_its_lane_however_lanes_are_cut(
    frame: pd.DataFrame, lanes: str, rows: str
) -> None:
    blocks = figure_data(frame, lanes=lanes, rows=rows).blocks
    drawn = [mark for block in blocks for mark in block.marks]

    expected = sorted(zip(frame["statement_id"], frame[lanes], strict=True))
    assert sorted((mark.statement_id, mark.lane) for mark in drawn) == expected
    assert all(set(place(block, WIDE).mark_y) == {mark.key for mark in block.marks} for block in blocks)


def test_on_single_rows_every_mark_of_a_lane_with_room_stands_on_its_line() -> None:
    block = figure_data(case.positions(), rows="single").blocks[0]

    placed = place(block, WIDE)

    assert {placed.mark_y[mark.key] - placed.lanes[mark.lane].base for mark in block.marks} == {0}
    assert placed.height < place(figure_data(case.positions()).blocks[0], WIDE).height


def test_accounts_that_differ_are_joined_in_their_block() -> None:
    differ = case.conflicts().assign(kind="conflicting_accounts", other="cy-orr", later_id="p3")
    away = differ.assign(later_id="elsewhere")

    block = figure_data(case.positions(), None, pd.concat([differ, away, case.conflicts()])).blocks[0]

    assert [(item.earlier_id, item.later_id) for item in block.joins] == [("p2", "p3")]


def test_an_unknown_choice_is_refused_with_those_there_are() -> None:
    with pytest.raises(DataError, match="lanes 'topics' is not one of speaker, topic; did you mean 'topic'"):
        figure_data(case.positions(), lanes="topics")


@given(frames(), st.sampled_from([WIDE, COMPACT]), st.sampled_from(["stance", "single"]))
@settings(max_examples=60)
def test_no_word_beside_a_mark_touches_a_mark_or_another_word(frame: pd.DataFrame, paper: Paper, rows: str) -> None:
    for block in figure_data(frame, rows=rows).blocks:
        placed, scale = place(block, paper), PixelScale(block.view, paper.least)
        marks = {mark.key: mark for mark in block.marks}
        spots = [(scale(mark.middle) - 7, scale(mark.middle) + 7, placed.mark_y[key]) for key, mark in marks.items()]
        words: list[tuple[float, float, int]] = []
        for key, label in labels(block, placed, paper, block.view).items():
            way = 1 if label.side == "right" else -1
            ends = [scale(label.at) + way * (3.3 * label.blanks + part) for part in (0, len(marks[key].word) * 5.5)]
            words.append((min(ends), max(ends), placed.mark_y[key]))

        touching = [
            (one, two)
            for number, one in enumerate(words)
            for two in [*words[:number], *spots]
            if one[2] == two[2] and one[0] < two[1] and two[0] < one[1]
        ]
        assert touching == []


def test_the_two_ends_of_a_change_say_their_word() -> None:
    block = figure_data(case.positions(), case.reversals(), case.conflicts()).blocks[0]

    found = labels(block, place(block, WIDE), WIDE, block.view)

    assert {key: label.side for key, label in found.items()} == {"p1": "left", "p3": "right", "p4": "right"}


def test_where_clocks_are_put_back_what_was_said_before_stays_before() -> None:
    said = ["2024-11-03T05:50Z", "2024-11-03T06:10Z"]  # 01:50 and, twenty minutes later, 01:10 in New York
    frame = pd.DataFrame({"speaker": "ann", "topic": "bridge", "statement_id": ["1", "2"],
                          "stance": ["support", "oppose"],
                          "said_from": said, "said_until": [f"{moment[:-1]}:30Z" for moment in said]})  # fmt: skip
    change = pd.DataFrame(
        {"speaker": ["ann"], "topic": "bridge", "kind": "reversal", "earlier_id": "1", "later_id": "2"}
    )

    block = figure_data(frame, change, tz="America/New_York").blocks[0]

    assert [f"{mark.start:%H:%M %Z}" for mark in block.marks] == ["01:50 EDT", "01:10 EST"]
    assert [(step.earlier_id, step.later_id) for step in block.steps] == [("1", "2")]
    assert block.arcs[0].gap == "20 min"
    assert block.view.start < block.marks[0].middle < block.marks[1].middle < block.view.end


def test_a_symbol_stands_in_the_middle_of_a_day_that_has_twenty_five_hours() -> None:
    frame = pd.DataFrame({"speaker": ["ann"], "topic": "bridge", "statement_id": "1", "stance": "support",
                          "said_from": "2024-11-03T04:00Z", "said_until": "2024-11-04T05:00Z"})  # fmt: skip

    (mark,) = figure_data(frame, tz="America/New_York").blocks[0].marks

    assert f"{mark.middle:%H:%M %Z}" == "11:30 EST"
