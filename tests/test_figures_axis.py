"""The axis of a notebook's figure over a change of clocks, and a close look at what is crowded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from flipflop.figures import timeline
from flipflop.figures.build import figure_data
from flipflop.publish import write_page
from flipflop.records import Stance
from tests.browser import visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

CHANGE = pd.Timestamp("2017-11-05T06:00Z")
"""When clocks in New York went from 02:00 EDT to 01:00 EST."""


def positions(moments: list[pd.Timestamp], *, wide: str = "1min", stances: list[str] | None = None) -> pd.DataFrame:
    """Positions of one speaker at these moments."""
    return pd.DataFrame({
        "speaker": "ann",
        "speaker_name": "Ann",
        "topic": "unit",
        "topic_title": "Unit",
        "proposition": "There should be a unit.",
        "topic_kind": "proposal",
        "statement_id": [f"s{number}" for number in range(len(moments))],
        "stance": stances or [str(Stance.SUPPORT)] * len(moments),
        "text": "Words.",
        "said_from": moments,
        "said_until": [moment + pd.Timedelta(wide) for moment in moments],
    })  # fmt: skip


def drawn(moments: list[pd.Timestamp]) -> tuple[list[datetime], list[datetime], dict[str, object]]:
    """Where marks stand in a figure of New York, in the order in which they were said; the range and the axis."""
    figure = timeline(positions(sorted(moments)), tz="America/New_York").to_dict()
    axis = figure["layout"]["xaxis"]
    x = [at for one in figure["data"] if one["name"] == "supports" and one.get("mode") == "markers" for at in one["x"]]
    return [*map(datetime.fromisoformat, x)], [*map(datetime.fromisoformat, axis["range"])], axis


def test_marks_of_the_hour_that_is_there_twice_stand_in_their_order_and_within_the_picture() -> None:
    """K7.2."""
    minutes = [-50, -20, 10, 40, 70]
    x, (first, last), axis = drawn([CHANGE + pd.Timedelta(minutes=minute) for minute in minutes])

    assert [(one - x[0]).total_seconds() / 60 for one in x] == [minute + 50 for minute in minutes]
    assert first < x[0] < x[-1] < last
    assert axis["title"]["text"] == "Time in America/New_York"  # type: ignore[index] # plotly's dictionaries are untyped
    ticks = dict(zip(axis["tickvals"], axis["ticktext"], strict=True))  # type: ignore[call-overload] # the same
    assert [*ticks.items()][:3:2] == [("2017-11-05T01:15:00", "01:15<br>5 Nov 2017"), ("2017-11-05T01:45:00", "01:45")]
    assert ticks["2017-11-05T03:00:00"] == "02:00"


@given(st.lists(st.integers(-20_000, 20_000), min_size=2, max_size=6, unique=True))
def test_no_change_of_clocks_turns_the_order_of_marks(minutes: list[int]) -> None:
    x, (first, last), _ = drawn([CHANGE + pd.Timedelta(minutes=minute) for minute in minutes])

    assert x == sorted(x)
    assert len(set(x)) == len(x)
    assert first < x[0] < x[-1] < last


def test_far_from_a_change_of_clocks_plotly_marks_the_axis_at_any_zoom() -> None:
    _, _, axis = drawn([pd.Timestamp("2017-03-01T12:00Z"), pd.Timestamp("2017-11-20T12:00Z")])

    assert "tickvals" not in axis


ARC = [pd.Timestamp("2012-03-01", tz="UTC"), pd.Timestamp("2017-03-01", tz="UTC")]
WEEK = [pd.Timestamp(f"2015-06-0{day}", tz="UTC") for day in range(1, 6)]
BOTH = positions([ARC[0], *WEEK, ARC[1]], wide="1D", stances=["support", *["unclear"] * 5, "oppose"])
CHANGED = pd.DataFrame({
    "kind": ["reversal"],
    "speaker": "ann",
    "topic": "unit",
    "earlier_id": "s0",
    "later_id": "s6",
    "gap_min": pd.Timedelta(days=1826),
    "gap_max": pd.Timedelta(days=1828),
})  # fmt: skip


def test_a_week_of_five_statements_beside_an_arc_of_five_years_can_be_looked_at_closely() -> None:
    """K7.3: it was 3 px wide."""
    (block,) = figure_data(BOTH, CHANGED).blocks

    assert block.view == block.whole
    assert block.crowd is not None
    assert datetime(2015, 5, 30, tzinfo=UTC) < block.crowd.start < WEEK[0]
    assert WEEK[-1] < block.crowd.end < datetime(2015, 6, 8, tzinfo=UTC)
    (menu,) = timeline(BOTH, CHANGED).layout.updatemenus
    assert [button.label for button in menu.buttons] == ["Close-up", "Whole record"]
    assert menu.active == 1


@pytest.mark.parametrize(
    "moments",
    [
        [pd.Timestamp(f"20{year}-03-01", tz="UTC") for year in range(10, 20)],
        [pd.Timestamp("2010-03-01", tz="UTC"), *[pd.Timestamp("2015-03-01", tz="UTC")] * 4],
        [pd.Timestamp("2010-03-01", tz="UTC"), *WEEK[:2]],
    ],
    ids=["evenly spread", "of one moment", "two only"],
)
def test_where_nothing_is_crowded_no_close_up_is_offered(moments: list[pd.Timestamp]) -> None:
    (block,) = figure_data(positions(moments, wide="1D")).blocks

    assert block.views == {"view": block.whole}


def test_a_page_offers_the_close_up_and_keeps_it_in_its_address(browser: Browser, tmp_path: Path) -> None:
    page = write_page(tmp_path / "page.html", BOTH, CHANGED)

    with visit(browser, page) as seen:
        whole, close = (seen.page.locator("button[data-view]", has_text=words) for words in ("Whole", "Close-up"))
        assert whole.get_attribute("aria-pressed") == "true"
        close.click()
        places = seen.page.evaluate(
            "[1, 2, 3, 4, 5].map((n) => document.querySelector(`svg.wide .m[data-n='${n}']`).getBoundingClientRect().x)"
        )
        seen.page.wait_for_url("**time=0*crowd")
        address = seen.page.url
        assert seen.told == []
    assert places == sorted(places)
    assert places[-1] - places[0] > 300

    file, _, fragment = address.partition("#")
    with visit(browser, file, fragment=fragment) as seen:
        assert seen.page.locator("button[data-view]", has_text="Close-up").get_attribute("aria-pressed") == "true"
