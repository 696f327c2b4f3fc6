"""The script of a large record's page, beside what Python says: moments, gaps, columns."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import flipflop as ff
from flipflop.figures.many_build import many_data
from flipflop.publish.many import many_html
from flipflop.publish.many.columns import packed_columns
from flipflop.when import format_gap, format_moment
from tests import many_case as case

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "America/New_York", "Europe/Vienna", "Asia/Kolkata", "-03:30")
OFFSETS = {"America/New_York": -14_400, "Europe/Vienna": 3600}
WIDTHS = (1, 59, 60, 90, 3600, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 31_536_000)
YEARS = ((1990, 2000, 1), (1990, 1994, 1), (2001, 2001, 4), (2001, 2002, 4), (800, 801, 1))
DAYPARTS = {"6-12": "morning", "12-18": "afternoon", "18-24": "evening", "18-30": "night"}
UNPACKED = """const all = await unpackColumns(list, text);
return {
  middle: [...summed(all.middle, first, Float64Array)], quoted: [...summed(all.quoted, 0, Int32Array, signed)],
  later: [...summed(all.pairLater, 0, Int32Array)], back: [...all.pairBack].map(signed), speaker: [...all.speaker],
  look: [...all.look], shape: [...all.shape], topic: [...all.topic],
};"""


def script(name: str) -> str:
    folder = files("flipflop.publish") if name == "gap" else files("flipflop.publish.many")
    return folder.joinpath("script", f"{name}.js").read_text("utf-8")


def moments(chance: random.Random) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, precision and zone: round and odd ones, and whole years."""
    for _ in range(600):
        zone, at = chance.choice(ZONES), chance.randrange(-600_000_000, 1_900_000_000)
        if chance.random() < 0.7:
            at = at // 86_400 * 86_400 + chance.choice([0, 6, 12, 18]) * 3600 - OFFSETS.get(zone, 0)
        yield at, at + chance.choice(WIDTHS), chance.choice(["", "daypart", "decade", "day"]), zone
    for first, last, month in YEARS:
        start, end = (datetime(year, at, 1, tzinfo=UTC) - EPOCH for year, at in ((first, 1), (last, month)))
        yield int(start.total_seconds()), int(end.total_seconds()), "decade", "UTC"


def letters(zone: str) -> dict[str, str]:
    """What a page says of a zone's clocks."""
    found = re.search(r'"zoneNames":(\{.*?\}\})', many_html(case.positions(50).assign(tz=zone)))
    assert found is not None
    names: dict[str, dict[str, str]] = json.loads(found[1])
    return names[zone]


def test_an_arc_of_which_nobody_knows_the_order_has_no_arrow() -> None:
    held = case.positions(200)
    found = ff.find_reversals(held).head(2).assign(kind=["reversal", "undetermined"])

    kinds = re.findall(r'"name":"(\w+)".*?"headed":(true|false)', many_html(held, found))

    assert dict(kinds) == {"reversal": "true", "undetermined": "false"}


def test_moments_are_told_in_the_words_of_the_package(browser: Browser) -> None:
    asked = list(moments(random.Random(5)))

    told = browser.new_page().evaluate(
        f"([asked, page, names]) => {{ {script('gap')}\n{script('moments')}\n"
        "return asked.map(([a, z, p, zone]) => momentWords(a, z, '', p, new Zone(zone, names[zone]))); }",
        [asked, {"dayparts": DAYPARTS}, {zone: letters(zone) for zone in ZONES}],
    )

    expected = [
        format_moment(EPOCH + timedelta(seconds=start), EPOCH + timedelta(seconds=end), precision or None, zone)
        for start, end, precision, zone in asked
    ]
    assert [pair for pair in zip(told, expected, asked, strict=True) if pair[0] != pair[1]] == []


def test_gaps_are_told_in_the_words_of_the_package(browser: Browser) -> None:
    chance = random.Random(6)
    lows = [chance.randrange(-9, 10 ** chance.randrange(1, 10)) for _ in range(400)]
    gaps = [(low, low + chance.choice([0, 1, 60, 86_400, 9_000_000])) for low in lows]

    told = browser.new_page().evaluate(
        f"(gaps) => {{ {script('gap')}\nreturn gaps.map(([a, z]) => gapWords(a, z)); }}", gaps
    )

    assert told == [format_gap(timedelta(seconds=low), timedelta(seconds=high)) for low, high in gaps]


def test_columns_are_unpacked_as_they_were_packed(browser: Browser) -> None:
    positions = case.positions(3000)
    many = many_data(positions, ff.find_reversals(positions))
    listed, text = packed_columns(many, many.row[:100])

    told = browser.new_page().evaluate(
        f"async ([list, text, first]) => {{ {script('unpack')}\n{UNPACKED} }}", [listed, text, int(many.middle[0])]
    )

    expected = {
        "middle": many.middle, "quoted": many.row[:100], "later": many.pairs.later,
        "back": many.pairs.later - many.pairs.earlier, "speaker": many.speaker, "look": many.look, "shape": many.shape,
        "topic": many.topic,
    }  # fmt: skip
    assert told == {name: column.tolist() for name, column in expected.items()}
