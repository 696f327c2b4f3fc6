"""The drawing as SVG: complete without a browser, each element traceable, literal whatever a record holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from flipflop.detect import find_reversals
from flipflop.figures.build import figure_data
from flipflop.figures.data import FigureData, TimeSpan
from flipflop.figures.geometry import COMPACT, WIDE, Paper
from flipflop.figures.theme import LINES
from flipflop.figures.ticks import ticks
from flipflop.publish import write_svg
from flipflop.publish.alt import alt_text
from flipflop.publish.drawing import fluid
from flipflop.publish.many import counts_picture
from flipflop.publish.poster import drawing_style, timeline_svg
from flipflop.text.visible import visible
from tests import figures_case as case, many_case
from tests.hostile import PAYLOADS

SVG = "{http://www.w3.org/2000/svg}"
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(scope="module")
def data() -> FigureData:
    return figure_data(case.positions(), case.reversals(), case.conflicts(), tz="America/New_York")


@pytest.mark.parametrize("paper", [WIDE, COMPACT])
def test_two_notes_in_a_lane_stand_one_below_the_other(paper: Paper) -> None:
    twice = pd.concat(
        [case.conflicts(), case.conflicts().assign(later_id="p9", since=pd.Timestamp("2017-07-12T00:00Z"))]
    )
    again = (
        case.positions()
        .iloc[[3]]
        .assign(
            statement_id="p9", said_from=pd.Timestamp("2017-07-12T00:00Z"), said_until=pd.Timestamp("2017-07-13T00:00Z")
        )
    )
    held = pd.concat([case.positions(), again], ignore_index=True)
    changes = pd.concat([case.reversals(), case.reversals().assign(later_id="p9")])
    (block,) = figure_data(held, changes, twice).blocks

    svg = ElementTree.fromstring(f"<svg>{fluid(block, 'UTC', '', paper).markup}</svg>")

    heights = [text.get("y") for text in svg.iter("text") if (text.get("class") or "").startswith("note")]
    assert len(heights) == len(set(heights)) >= 4


def words(svg: str) -> list[str]:
    """Every text of a drawing, in the order in which it is drawn."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_drawing_says_who_changed_position_how_long_after_and_in_which_zone(data: FigureData) -> None:
    told = words(timeline_svg(data))

    assert {"There should be a joint unit.", "Ann Lee", "12 h 55 min", "ruled: change of position"} <= set(told)
    assert "Time in America/New_York (UTC-04:00)" in told
    assert "on record in support; no later statement in this record as" in told


@pytest.mark.parametrize("paper", [WIDE, COMPACT])
def test_what_lies_beyond_the_edges_is_told_no_finer_than_it_is_known(paper: Paper) -> None:
    (block,) = figure_data(case.positions_beyond(), case.reversals(), tz="America/New_York").blocks

    svg = ElementTree.fromstring(f"<svg>{fluid(block, 'America/New_York', '', paper).markup}</svg>")

    assert {text.text for text in svg.iter("text") if text.get("class") == "beyond quiet"} == case.EDGES


@pytest.mark.parametrize("paper", [WIDE, COMPACT])
def test_every_statement_is_drawn_once_where_its_moment_lies(data: FigureData, paper: Paper) -> None:
    drawn = fluid(data.blocks[0], data.zone, data.axis, paper).markup

    marks = re.findall(r'<path class="m [^>]+translate\(([\d.]+)%[^>]+ data-n="(\d)"', drawn)
    view = data.blocks[0].view
    part = (datetime(2017, 7, 9, 11, 50, 24, tzinfo=UTC) - view.start) / (view.end - view.start)
    assert sorted(number for _, number in marks) == list("01234")
    assert [float(x) for x, number in marks if number == "2"] == [pytest.approx(100 * part, abs=0.01)]


def test_an_arrow_leads_to_the_later_statement_unless_the_order_is_unknown() -> None:
    known = figure_data(case.positions(), case.reversals()).blocks[0]
    unknown = figure_data(case.positions(), case.reversals().assign(kind="undetermined")).blocks[0]

    heads = ["head" in fluid(block, "UTC", "").markup for block in (known, unknown)]

    assert heads == [True, False]


def test_a_curve_between_a_month_and_a_day_in_its_first_half_ends_on_both_marks() -> None:
    moments = {"said_from": ["2020-05-01T00:00Z", "2020-05-03T00:00Z"], "said_until": ["2020-06-01T00:00Z"] * 2}
    moments["said_until"][1] = "2020-05-04T00:00Z"
    frame = pd.DataFrame({"statement_id": ["a", "b"], "stance": ["support", "oppose"]} | moments)
    held = frame.assign(speaker="ann", topic="unit")

    drawn = fluid(figure_data(held, find_reversals(held)).blocks[0], "UTC", "").markup

    marks = sorted(float(x) for x in re.findall(r'<path class="m [^>]+translate\(([\d.]+)%', drawn))
    x, width = (
        float(re.findall(rf'<svg [^>]*\b{name}="([-\d.]+)%"[^>]*arc-unknown', drawn)[0]) for name in ("x", "width")
    )
    assert [x, x + width] == pytest.approx(marks, abs=0.01)


def test_a_file_is_written_without_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    path = write_svg(tmp_path / "unit.svg", case.positions(), case.reversals(), tz="America/New_York", title="A week")

    root = ElementTree.fromstring(path.read_text("utf-8"))
    assert (root.tag, root.get("width")) == (f"{SVG}svg", "1062")
    assert root.findtext(f"{SVG}title") == "A week"


def test_more_statements_than_have_room_for_a_mark_are_drawn_as_counts(tmp_path: Path) -> None:
    path = write_svg(tmp_path / "unit.svg", many_case.positions(2001), title="Much", tz="Europe/Vienna")

    root = ElementTree.fromstring(path.read_text("utf-8"))
    counts = re.findall(r"([\d,]+) (?:for|neither|against)", root.findtext(f"{SVG}desc") or "")
    assert root.findtext(f"{SVG}title") == "Much"
    assert sum(int(count.replace(",", "")) for count in counts) == 2001


def test_hostile_names_stand_literally_in_a_drawing_of_counts() -> None:
    frame = many_case.positions(2001)
    frame["topic_title"] = frame["topic"] = [PAYLOADS[number % len(PAYLOADS)] for number in range(len(frame))]

    svg, _, alt = counts_picture(frame, title=" ".join(PAYLOADS))

    root = ElementTree.fromstring(svg)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {
        "svg", "title", "desc", "style", "rect", "text", "path",
    }  # fmt: skip
    assert [name for node in root.iter() for name in node.attrib if name.startswith("on") or "href" in name] == []
    assert root.findtext(f"{SVG}desc") == visible(alt)


def test_a_drawing_without_statements_says_so() -> None:
    assert "No statement in this record." in words(timeline_svg(figure_data(case.positions().iloc[:0])))


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_a_file_holds_no_variables_scripts_or_links(data: FigureData, theme: str) -> None:
    svg = timeline_svg(data, theme=theme)

    assert not re.search(r"var\(|<script|<a |href|onload|@import|https?://(?!www\.w3\.org/2000/svg)", svg)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_drawing_shows_hostile_text_literally(payload: str) -> None:
    texts = ("text", "speaker_name", "proposition", "source_title", "source_url", "attribution", "precision", "tz")
    frame = case.positions().assign(**dict.fromkeys(texts, payload))

    svg = timeline_svg(figure_data(frame, case.reversals().assign(ruling=payload), case.conflicts()), title=payload)

    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "line", "rect", "text", "title", "desc", "style", "defs", "pattern"}
    assert {name for element in root.iter() for name in element.attrib if name.startswith("on")} == set()
    assert (root.findtext(f"{SVG}title") or "").strip("\u2068\u2069") == visible(payload)


def test_the_alt_text_says_what_happened(data: FigureData) -> None:
    assert alt_text(data) == (
        "Timeline: There should be a joint unit. "
        "In this record: 9 July 2017 to 24 July 2017, 5 statements, 4 speakers. "
        "Ann Lee changed position within 12 h 55 min (ruled: change of position): supports, 9 July 2017, 07:50:24 "
        "EDT, then opposes, 9 July 2017, 20:45:13 EDT. "
        "Bo Ek: on record in support; no later statement in this record as of 24 July 2017."
    )


def test_the_alt_text_puts_in_no_order_what_the_dates_leave_open() -> None:
    told = alt_text(figure_data(case.positions(), case.reversals().assign(kind="undetermined")))

    assert "supports, 9 July 2017, 11:50:24 UTC and opposes, 10 July 2017, 00:45:13 UTC." in told


def test_the_alt_text_of_many_changes_tells_eight_and_how_many_more() -> None:
    pair, moved = case.positions().iloc[[0, 3]], pd.to_timedelta(range(10), unit="D")
    frames = [
        pair.assign(speaker=f"s{number}", statement_id=[f"a{number}", f"b{number}"], said_from=pair["said_from"] + days)
        for number, days in enumerate(moved)
    ]
    held = pd.concat([one.assign(said_until=one["said_from"] + pd.Timedelta("1s")) for one in frames])

    told = alt_text(figure_data(held, find_reversals(held)))

    assert told.count("two statements that differ; nobody has judged them yet:") == 8
    assert told.endswith("And 2 more pairs.")


def test_the_lines_are_as_wide_as_the_design_language_says() -> None:
    rules = dict(re.findall(r"\.(?:arc-)?([a-z]+)\{[^}]*stroke-width:([\d.]+)", drawing_style()))

    classes = {"change": "arc", "steps": "step", "joins": "join", "stranded": "rail"}
    found = {name: float(rules[classes.get(name, name)]) for name in LINES if name != "beyond"}
    assert found == {name: LINES[name].width for name in found}


def test_hours_are_marked_by_the_clock_of_the_zone() -> None:
    span = TimeSpan(datetime(2017, 7, 9, 3, tzinfo=UTC), datetime(2017, 7, 10, 3, tzinfo=UTC))

    found = [(tick.words, tick.context) for tick in ticks(span, 4, NEW_YORK)]

    assert found == [("00:00", "9 Jul 2017"), ("06:00", ""), ("12:00", ""), ("18:00", "")]


def test_an_hour_that_clocks_skip_is_not_marked_and_one_they_show_twice_is_marked_once() -> None:
    spring = TimeSpan(datetime(2024, 3, 10, 5, tzinfo=UTC), datetime(2024, 3, 10, 9, tzinfo=UTC))
    autumn = TimeSpan(datetime(2024, 11, 3, 4, tzinfo=UTC), datetime(2024, 11, 3, 8, tzinfo=UTC))

    assert [tick.words for tick in ticks(spring, 4, NEW_YORK)] == ["00:00", "01:00", "03:00", "04:00", "05:00"]
    assert [tick.words for tick in ticks(autumn, 4, NEW_YORK)] == ["00:00", "01:00", "02:00", "03:00"]


@given(
    st.integers(3, 9000).map(lambda year: datetime(year, 3, 10, 5, 30, tzinfo=UTC)),
    st.floats(60, 3e10),
    st.sampled_from([4, 9]),
    st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
)
@settings(max_examples=60)
def test_ticks_are_few_in_order_and_inside(start: datetime, seconds: float, most: int, zone: str) -> None:
    span = TimeSpan(start, min(start + timedelta(seconds=seconds), datetime(9990, 1, 1, tzinfo=UTC)))

    found = [tick.moment for tick in ticks(span, most, ZoneInfo(zone))]

    assert found == sorted(set(found))
    assert all(span.start <= moment <= span.end for moment in found)
    assert len(found) <= 2 * most


def test_a_moment_open_to_one_side_is_drawn(data: FigureData) -> None:
    frame = case.positions()
    frame.loc[4, "said_from"] = pd.Timestamp("0001-01-01T00:00Z").as_unit("s")

    assert timeline_svg(figure_data(frame)).count('class="m look-mixed') == 2  # one in the legend
