"""The scripts of both kinds of page, beside what Python says: moments, gaps, ticks, columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings, strategies as st

import flipflop as ff
from flipflop.errors import WhenError
from flipflop.figures.data import TimeSpan
from flipflop.figures.many_build import many_data
from flipflop.figures.ticks import ticks
from flipflop.figures.zone import axis_words, in_zone
from flipflop.publish.many import many_html
from flipflop.publish.many.columns import packed_columns
from flipflop.publish.script_words import script_words, told_instants
from flipflop.when.gap_words import gap_between
from flipflop.when.telling import Moment, moment_words, said_bounds, short_words
from flipflop.when.zone_words import all_times, offset_and_letters
from flipflop.when.zones import zone_of
from tests import many_case as case
from tests.moment_cases import EPOCH, SECOND, ZONES, moments, seconds
from tests.node_script import Scripts, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from flipflop.records.codec import Json

WORDS = script_words("UTC", [], [])
LETTERS_SINCE = datetime(1950, 1, 1, tzinfo=UTC)
UNPACKED = """const all = await unpackColumns(list, text);
return {
  middle: [...summed(all.middle, first, Float64Array)], quoted: [...summed(all.quoted, 0, Int32Array, signed)],
  later: [...summed(all.pairLater, 0, Int32Array)], back: [...all.pairBack].map(signed), speaker: [...all.speaker],
  look: [...all.look], shape: [...all.shape], topic: [...all.topic],
};"""
named = st.sampled_from(ZONES)


@pytest.fixture(scope="module")
def scripts() -> Iterator[Scripts]:
    with running() as started:
        yield started


def test_an_arc_of_which_nobody_knows_the_order_has_no_arrow() -> None:
    held = case.positions(200)
    found = ff.find_reversals(held).head(2).assign(kind=["reversal", "undetermined"])

    kinds = re.findall(r'"name":"(\w+)".*?"headed":(true|false)', many_html(held, found))

    assert dict(kinds) == {"reversal": "true", "undetermined": "false"}


def told(moment: Moment) -> Json:
    """The moment as a script has it: as it was said."""
    start, end = said_bounds(moment)
    return {
        "start": seconds(start), "end": seconds(end), "precision": moment.precision,
        "approximate": moment.approximate, "own": moment.tz or "",
    }  # fmt: skip


def own_or(page: str, moment: Moment) -> str:
    """Where the moment was given, or the zone of the page where nobody knows."""
    try:
        return zone_of(moment.tz or page).name
    except WhenError:
        return page


@settings(max_examples=400)
@given(moment=moments(), others=st.lists(moments(), max_size=2), page=named)
def test_a_moment_is_told_by_the_script_as_by_python(
    scripts: Scripts, moment: Moment, others: list[Moment], page: str
) -> None:
    record = [moment, *others]
    words = script_words(page, {one.tz for one in record if one.tz}, told_instants(record))

    for zone, shown in ((page, page), ("UTC", "UTC"), (None, own_or(page, moment))):
        assert scripts.ask(words, "momentWords", told(moment), zone) == moment_words(moment, shown)
    for zone in (page, "UTC"):
        assert scripts.ask(words, "shortWords", told(moment), zone) == short_words(moment, zone)


@settings(max_examples=250)
@given(moment=moments(), page=named, reader=named)
def test_a_moment_is_told_in_the_readers_own_zone_as_by_python(
    scripts: Scripts, moment: Moment, page: str, reader: str
) -> None:
    instants = list(told_instants([moment]))
    clocks = {offset_and_letters(EPOCH + at * SECOND, zone_of(reader).info) for at in instants}
    assume(len({offset for offset, _ in clocks}) == len(clocks))  # else letters stand for offsets
    assume(all(EPOCH + at * SECOND >= LETTERS_SINCE for at in instants))

    words = script_words(page, [moment.tz] if moment.tz else [], instants)

    assert scripts.ask(words, "momentWords", told(moment), reader) == moment_words(moment, reader)


def test_the_readers_zone_is_told_by_its_offset_before_it_has_letters(scripts: Scripts) -> None:
    start = datetime(1944, 6, 6, 12, tzinfo=UTC)
    moment = Moment(start, start + SECOND, "second", False, "UTC")

    words = script_words("Europe/Berlin", ["UTC"], told_instants([moment]))

    assert scripts.ask(words, "momentWords", told(moment), "America/New_York") == "6 June 1944, 08:00:00 UTC-04:00"


def test_letters_that_an_offset_got_later_count_from_then_on(scripts: Scripts) -> None:
    """Moscow's summer time became its time of the whole year in 2011."""
    days = [datetime(2010, 7, 1, 12, tzinfo=UTC), datetime(2012, 7, 1, 12, tzinfo=UTC)]
    record = [Moment(day, day + SECOND, "second", False, "UTC") for day in days]

    words = script_words("Europe/Moscow", ["UTC"], told_instants(record))

    told_there = [scripts.ask(words, "momentWords", told(moment), "Europe/Moscow") for moment in record]
    assert told_there == ["1 July 2010, 16:00:00 MSD", "1 July 2012, 16:00:00 MSK"]


def test_the_letters_of_all_readers_zones_take_little_of_a_page() -> None:
    weeks = range(0, 1_750_000_000, 604_800)
    years = script_words("UTC", [], weeks)["readers"]
    day = script_words("UTC", [], [1_499_601_024])["readers"]

    assert len(str(day)) < 5000
    assert len(str(years)) < 7000


durations = st.builds(lambda size, power: size * 10**power, st.integers(-9, 999), st.integers(0, 8))
spreads = st.sampled_from(
    [0, 1, 2, 60, 3600, 82_800, 86_400, 172_800, 180_000, 9_000_000, 40_000_000_000]
) | st.integers(0, 10**9)


@settings(max_examples=1000)
@given(low=durations, spread=spreads)
def test_a_gap_is_told_by_the_script_as_by_python(scripts: Scripts, low: int, spread: int) -> None:
    gap = gap_between(timedelta(seconds=low), timedelta(seconds=low + spread))

    assert scripts.ask(WORDS, "gapBetween", low, low + spread, None) == {"words": gap.words, "joined": gap.joined}


spans = st.builds(
    lambda start, length: (start, start + length),
    st.datetimes(datetime(2, 1, 1), datetime(8000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- zone from Hypothesis
    | st.datetimes(datetime(1850, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- the same
    st.builds(lambda size, power: timedelta(seconds=size * 10**power), st.integers(10, 600), st.integers(0, 8)),
).map(lambda both: tuple(moment.replace(microsecond=0) for moment in both))


@settings(max_examples=250)
@given(span=spans, most=st.integers(2, 14), tz=named)
def test_an_axis_is_marked_by_the_script_as_by_python(
    scripts: Scripts, span: tuple[datetime, datetime], most: int, tz: str
) -> None:
    words, ends = script_words(tz, [], []), [seconds(moment) for moment in span]
    start, end = (in_zone(moment, zone_of(tz).info) for moment in span)

    expected = [
        {"moment": seconds(tick.moment), "words": tick.words, "context": tick.context}
        for tick in ticks(TimeSpan(start, end), most, zone_of(tz).info)
    ]
    assert scripts.ask(words, "ticks", *ends, most, tz) == expected
    assert scripts.ask(words, "axisWords", *ends, tz) == axis_words(tz, start, end)
    assert scripts.ask(words, "timesWords", tz) == all_times(tz)


def test_columns_are_unpacked_as_they_were_packed(browser: Browser) -> None:
    positions = case.positions(3000)
    many = many_data(positions, ff.find_reversals(positions))
    listed, text = packed_columns(many, many.row[:100])
    script = files("flipflop.publish.many").joinpath("script", "unpack.js").read_text("utf-8")

    told = browser.new_page().evaluate(
        f"async ([list, text, first]) => {{ {script}\n{UNPACKED} }}", [listed, text, int(many.middle[0])]
    )

    expected = {
        "middle": many.middle, "quoted": many.row[:100], "later": many.pairs.later,
        "back": many.pairs.later - many.pairs.earlier, "speaker": many.speaker, "look": many.look, "shape": many.shape,
        "topic": many.topic,
    }  # fmt: skip
    assert told == {name: column.tolist() for name, column in expected.items()}
