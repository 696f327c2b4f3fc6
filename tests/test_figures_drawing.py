"""What is drawn: one trace per meaning, in one zone, with text that plotly shows literally."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from flipflop.detect import find_reversals
from flipflop.errors import DataError
from flipflop.figures import timeline
from flipflop.figures.text import plotly_lines, plotly_text
from flipflop.records.addresses import web_address
from flipflop.text.visible import visible
from tests import figures_case as case


def drawn() -> dict[str, list[dict[str, object]]]:
    """The traces of the case, by their name."""
    figure = timeline(case.positions(), case.reversals(), case.conflicts(), tz="America/New_York")
    traces: dict[str, list[dict[str, object]]] = {}
    for trace in figure.to_dict()["data"]:
        traces.setdefault(trace["name"], []).append(trace)
    return traces


def test_marks_stand_at_the_wall_clock_of_the_zone_and_the_axis_names_it() -> None:
    figure = timeline(case.positions(), tz="America/New_York")

    supports = next(trace for trace in figure.data if trace.name == "supports" and trace.mode == "markers")
    assert list(supports.x) == ["2017-07-09T08:30:00", "2017-07-09T07:50:24.500000"]
    assert figure.layout.xaxis.title.text == "Time in America/New_York (UTC-04:00)"


def test_stance_shows_as_colour_and_as_shape() -> None:
    shapes = [
        (trace.marker.color, symbol.removesuffix("-open"))
        for trace in timeline(case.positions()).data
        if trace.mode == "markers"
        for symbol in trace.marker.symbol
    ]

    assert len(set(shapes)) == len({colour for colour, _ in shapes}) == len({shape for _, shape in shapes}) == 4


def test_a_report_is_a_hollow_mark() -> None:
    mixed = next(trace for trace in drawn()["mixed"] if trace["mode"] == "markers")

    assert mixed["marker"]["symbol"] == ["diamond-open"]  # type: ignore[index] # plotly's dictionaries are untyped


def test_a_change_is_an_arc_with_its_gap() -> None:
    _, labels = drawn()["changed position"]

    assert [label for label in labels["text"] if label] == ["<b>12 h 55 min</b><br>ruled: change of position"]  # type: ignore[attr-defined] # the same


def test_hover_gives_quote_moment_and_source() -> None:
    supports = next(trace for trace in drawn()["supports"] if trace["mode"] == "markers")

    assert supports["hovertext"][1] == (  # type: ignore[index] # the same
        "<b>Ann Lee</b> · supports<br>“We will form a unit.”"
        "<br><i>9 July 2017, 07:50:24 EDT</i><br><i>Source: example.org</i>"
    )


def test_what_lies_beyond_the_edges_is_told_no_finer_than_it_is_known() -> None:
    figure = timeline(case.positions_beyond(), case.reversals(), tz="America/New_York")

    assert {words for trace in figure.data if trace.name == "beyond this view" for words in trace.text} == case.EDGES


def test_what_was_left_standing_is_hatched_from_that_moment_on() -> None:
    hatched = drawn()["on record; another changed position"][0]

    assert hatched["fill"] == "toself"
    assert hatched["x"][0] == "2017-07-09T20:45:13"  # type: ignore[index] # the same


def test_the_number_of_traces_does_not_grow_with_the_data() -> None:
    base = case.positions()
    many = pd.concat([base.assign(statement_id=base["statement_id"] + str(number)) for number in range(9)])

    assert len(timeline(many).data) == len(timeline(case.positions()).data)
    assert not timeline(many).layout.shapes


def test_each_topic_has_a_block_with_its_proposition_for_a_heading() -> None:
    other = case.positions().assign(topic="talks", proposition="There were <talks>.")

    figure = timeline(pd.concat([case.positions(), other]), title="Two questions")

    heads = [note.text for note in figure.layout.annotations if note.text.startswith(("<b>There", "Two"))]
    assert heads == ["<b>There were &lt;talks&gt;.</b>", "<b>There should be a joint unit.</b>", "Two questions"]
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]


def test_the_label_of_a_change_at_the_edge_stands_inside() -> None:
    early = case.positions().assign(speaker="di-vu", speaker_name="Di Vu").iloc[[2]].assign(statement_id="p0")
    frame = pd.concat([case.positions(), early.assign(said_from=pd.Timestamp("1990-01-01", tz="UTC"))])
    frame.loc[frame["statement_id"] == "p0", "said_until"] = pd.Timestamp("1990-01-02", tz="UTC")
    long = case.reversals().assign(speaker="di-vu", earlier_id="p0", later_id="p5")
    figure = timeline(frame, pd.concat([case.reversals(), long]))

    found = [x for one in figure.data for x, words in zip(one.x, one.text or (), strict=False) if "12 h" in words]
    assert figure.layout.updatemenus[0].buttons[figure.layout.updatemenus[0].active].label == "Whole record"
    assert [x[:3] for x in found] == ["201"]
    assert found[0] < "2016"


def test_a_legend_of_three_rows_has_room_above_the_key() -> None:
    looks = ["strongly_support", "support", "mixed", "strongly_oppose", "oppose"]
    kinds = ["reversal", "walk_back", "undetermined", "reaffirmation"]
    every = pd.concat([case.positions().assign(stance=looks), case.positions().assign(stance="unclear", topic="b")])
    changes = pd.concat([case.reversals().assign(kind=kind) for kind in kinds])

    few, many = timeline(case.positions()).layout, timeline(every, changes, case.conflicts()).layout

    rooms = [round(shown.legend.y * (shown.height - 20)) for shown in (few, many)]
    assert rooms == [96, 124]


def test_an_empty_figure_says_that_it_is_empty() -> None:
    figure = timeline(case.positions().iloc[:0], title="Nobody")

    assert "No statement in this record" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_draw(theme: str) -> None:
    assert timeline(case.positions(), theme=theme).layout.paper_bgcolor


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(DataError, match="'drak' is not one of light, dark, print; did you mean 'dark'"):
        timeline(case.positions(), theme="drak")


def test_a_long_quote_is_cut_with_a_sign() -> None:
    lines = plotly_lines("word " * 400, 40, most=3, more=" …")

    assert len(lines) == 3
    assert lines[-1].endswith(" …")


@given(st.text())
def test_no_text_opens_a_tag_an_entity_or_tex(text: str) -> None:
    shown = plotly_text(text)

    assert not set(shown) & set("<>$")
    assert all(part.startswith(("amp;", "lt;", "gt;", "#36;")) for part in shown.split("&")[1:])


@given(st.text())
def test_visible_text_holds_nothing_that_steers(text: str) -> None:
    assert not set(visible(text)) & set("\0\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//x.org",
        "http://", "https://a b", "https://x\\@y", "https://me:secret@x.org", "ht\ntps://x.org", "", "https://[x",
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == ""


def test_figures_import_no_plotly_express() -> None:
    code = "import sys, flipflop.figures; sys.exit('plotly' in sys.modules or 'pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_accounts_that_differ_are_joined_by_a_line_without_an_arrow() -> None:
    differ = case.conflicts().assign(kind="conflicting_accounts", other="cy-orr", later_id="p3")

    (line,) = (trace for trace in timeline(case.positions(), None, differ).data if trace.name == "accounts that differ")

    assert (line.mode, len(line.x), line.marker.symbol) == ("lines", 3, None)
    assert line.x[0] == line.x[1] == "2017-07-09T12:30:00"


@pytest.mark.parametrize(("kind", "headed"), [("reversal", True), ("undetermined", False)])
def test_an_arrow_says_which_came_first_only_where_that_is_known(kind: str, headed: bool) -> None:
    figure = timeline(case.positions(), case.reversals().assign(kind=kind))

    sizes = [size for trace in figure.data if trace.marker.symbol == "arrow" for size in trace.marker.size or ()]

    assert any(sizes) is headed


def test_the_whole_record_has_words_of_its_own() -> None:
    figure = timeline(case.positions(), case.reversals())

    close, whole = figure.layout.updatemenus[0].buttons

    assert "mixed" not in "".join(close.args[0]["text"][1])
    assert "mixed" in "".join(whole.args[0]["text"][1])


def test_a_day_with_many_changes_has_a_label_apart_from_that_of_the_months_before() -> None:
    day = [f"2024-05-02T{hour}:00Z" for hour in ("08", "10", "13", "16", "21")]
    frame = case.positions().iloc[[0] * 7].assign(statement_id=[f"s{number}" for number in range(7)])
    frame["said_from"] = pd.to_datetime(["2024-01-15T10:00Z", *day, "2025-09-20T12:00Z"])
    frame["stance"] = ["support", "oppose", "support", "oppose", "support", "oppose", "oppose"]
    frame = frame.assign(said_until=frame["said_from"] + pd.Timedelta("1s"))
    changes = find_reversals(frame).assign(ruling=["", "reversal", "no_reversal", "", ""])

    names = ("two statements that differ; nobody has judged them yet", "changed position")
    traces = timeline(frame, changes).data
    labels = [trace for name in names for trace in traces if trace.name == name][1::2]

    assert [words for one in labels for words in one.text if words] == [
        "<b>108 days</b><br>nobody has judged them yet",
        "<b>4 within 13 h</b><br>2 of 4 count as ruled",
    ]


def test_of_many_changes_in_one_lane_a_figure_tells_all_of_them_in_labels_that_have_room() -> None:
    count = 60
    start = pd.date_range("2017-07-01", periods=count, freq="D", tz="UTC")
    frame = pd.DataFrame({
        "speaker": "ann", "topic": "unit", "statement_id": [f"s{number:02}" for number in range(count)],
        "stance": ["support", "oppose"] * (count // 2), "said_from": start,
        "said_until": start + pd.Timedelta(minutes=1),
    })  # fmt: skip
    figure = timeline(frame, find_reversals(frame))

    name = "two statements that differ; nobody has judged them yet"
    arcs, labels = (trace for trace in figure.data if trace.name == name)
    placed = sorted((pd.Timestamp(x), words) for x, words in zip(labels.x, labels.text, strict=True) if words)
    apart = [later - earlier for (earlier, _), (later, _) in pairwise(placed)]

    assert len([x for x in arcs.marker.size if x]) == count - 1
    assert 2 <= len(placed) < count - 1
    assert sum(int(words.removeprefix("<b>").split(" within ")[0]) for _, words in placed) == count - 1
    assert min(apart) >= pd.Timedelta(days=8)  # a label is 100 of the 620 pixels wide that these 60 days take at least


def test_what_draws_nothing_is_no_trace() -> None:
    """K9.7: a figure of 200 topics had 6,400."""
    one = case.positions().iloc[[0]]
    many = pd.concat([one.assign(topic=f"t{number}", proposition=f"There is {number}.") for number in range(200)])

    figure = timeline(many)

    assert all(len(trace.x) for trace in figure.data)
    assert len(figure.data) <= 4 * 200


def test_the_buttons_of_each_block_move_its_own_words() -> None:
    other = case.positions().assign(topic="talks", proposition="There were talks.")
    changes = pd.concat([case.reversals(), case.reversals().assign(topic="talks")])

    figure = timeline(pd.concat([case.positions(), other]), changes)

    for menu, axis in zip(figure.layout.updatemenus, ("x", "x2"), strict=True):
        for button in menu.buttons:
            words, shown, moved = button.args
            assert {figure.data[place].xaxis for place in moved} == {axis}
            assert {name.split(".")[0] for name in shown} == {axis.replace("x", "xaxis")}
            assert len(moved) == len(words["x"])
        assert [tuple(one or ()) for one in menu.buttons[0].args[0]["x"]] == [
            tuple(figure.data[place].x or ()) for place in menu.buttons[0].args[2]
        ]
