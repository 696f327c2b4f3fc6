"""The figure of a large record in a notebook: bars that count every statement once, and the changes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

import flipflop as ff
from flipflop.figures.many_build import many_data
from flipflop.figures.many_draw import draw_many
from flipflop.figures.theme import LIGHT
from flipflop.figures.zone import axis_words
from tests import many_case as case
from tests.hostile import PAYLOADS


@pytest.fixture(scope="module")
def positions() -> pd.DataFrame:
    return case.positions(3000)


@pytest.fixture(scope="module")
def reversals(positions: pd.DataFrame) -> pd.DataFrame:
    return ff.find_reversals(positions)


def test_a_large_record_has_one_trace_per_meaning(positions: pd.DataFrame, reversals: pd.DataFrame) -> None:
    ruled = reversals.assign(ruling=["reversal"] * 20 + [""] * (len(reversals) - 20))

    figure = ff.timeline(positions, ruled)

    names = [trace.name for trace in figure.data]
    assert names == ["for", "neither for nor against", "against", "change of position", "two statements that differ"]
    assert [len(trace.x) for trace in figure.data[3:]] == [20, len(reversals) - 20]


def test_the_bars_count_every_statement_once(positions: pd.DataFrame) -> None:
    figure = ff.timeline(positions)

    told = {
        (x, base // 78): int(re.findall(r"([\d,]+) statement", words)[0].replace(",", ""))
        for trace in figure.data[:3]
        for x, base, words in zip(trace.x, trace.base, trace.hovertext, strict=True)
    }
    assert sum(told.values()) == 3000


def test_the_bars_of_one_stretch_stand_on_each_other(positions: pd.DataFrame) -> None:
    figure = ff.timeline(positions)

    stacks: dict[tuple[str, float], list[tuple[float, float]]] = {}
    for trace in figure.data[:3]:
        for x, base, tall in zip(trace.x, trace.base, trace.y, strict=True):
            stacks.setdefault((x, base // 78), []).append((base, base + tall))
    full = [sorted(stack) for stack in stacks.values() if len(stack) == 3]
    assert len(full) > 50
    assert all(abs(one[1] - other[0]) < 0.05 for stack in full for one, other in pairwise(stack))


def test_where_changes_are_too_many_they_are_counted_too(positions: pd.DataFrame, reversals: pd.DataFrame) -> None:
    often = pd.concat([reversals] * (2100 // len(reversals) + 1), ignore_index=True)

    drawn = draw_many(many_data(positions, often), LIGHT)["data"]

    assert isinstance(drawn, list)
    counts = [int(re.findall(r"([\d,]+) pair", words)[0].replace(",", "")) for words in drawn[4]["hovertext"]]
    assert sum(counts) == len(often)


def test_a_record_of_a_few_statements_keeps_its_marks(positions: pd.DataFrame) -> None:
    assert {trace.type for trace in ff.timeline(positions.iloc[:20]).data} == {"scatter"}


def test_nothing_hostile_stands_in_the_figure_as_markup(positions: pd.DataFrame) -> None:
    payload = [PAYLOADS[number % len(PAYLOADS)] for number in range(len(positions))]
    frame = positions.assign(topic_title=payload, speaker_name=payload, topic=payload)

    figure = ff.timeline(frame, title=" ".join(PAYLOADS))

    words = [*(note.text for note in figure.layout.annotations), figure.layout.xaxis.title.text]
    words += [text for trace in figure.data for text in trace.hovertext]
    ours = re.compile(r"</?b>|<br>|<span style=\"color:#[0-9a-f]{6}\">|</span>")
    assert [text for text in words if "<" in ours.sub("", text)] == []


def test_an_axis_names_an_offset_only_where_it_holds_all_the_time() -> None:
    zone = ZoneInfo("America/New_York")
    winter = datetime(2020, 1, 1, tzinfo=UTC).astimezone(zone)

    assert axis_words("America/New_York", winter, datetime(2022, 1, 1, tzinfo=UTC).astimezone(zone)) == (
        "Time in America/New_York"
    )
    assert axis_words("America/New_York", winter, datetime(2020, 2, 1, tzinfo=UTC).astimezone(zone)).endswith(
        "(UTC-05:00)"
    )
