"""The fast ways to read ISO times give what the grammar gives, or leave the text to it."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, strategies as st

from flipflop.errors import WhenError
from flipflop.when.grammar import _clock, _day, _machine
from flipflop.when.moment import When, quick, quick_day
from flipflop.when.zones import zone_of

MIDNIGHTS = st.sampled_from([None, "day", "time"])
walls = st.one_of(
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001 - a wall clock
    st.dates().map(lambda day: datetime(day.year, day.month, day.day)),  # noqa: DTZ001
)
forms = st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])
zones = st.sampled_from(
    ["Z", "z", "+00:00", "-00:00", "+05:45", "-04:00", "-12:00", "-12:01", "+14:00", "+14:01", "+24:00", "-0400",
     "*01:00", "x"]
)  # fmt: skip


def written(wall: datetime, form: str) -> str:
    """A time in a form, its year in four digits, which strftime leaves to the machine."""
    return wall.strftime(form.replace("%Y", f"{wall.year:04d}"))


def slow(text: str, tz: str | None, midnights: object) -> When | None:
    try:
        return _machine(text, text, zone_of(tz) if tz else None, midnights)  # type: ignore[arg-type] # drawn
    except WhenError:
        return None


@given(walls, forms, zones, MIDNIGHTS)
def test_a_time_with_its_offset(wall: datetime, form: str, zone: str, midnights: object) -> None:
    text = written(wall, form) + zone
    fast = quick(text, midnights)  # type: ignore[arg-type] # drawn

    assert fast is None or fast == slow(text, None, midnights)


@given(walls, forms, st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu", "+02:00"]), MIDNIGHTS)
def test_a_time_or_a_day_of_a_zone(wall: datetime, form: str, tz: str, midnights: object) -> None:
    text, zone = written(wall, form), zone_of(tz)
    fast = _day(text, zone) or _clock(text, zone, midnights)  # type: ignore[arg-type] # drawn

    assert fast is None or fast == slow(text, tz, midnights)


@given(walls)
def test_a_day_of_no_zone(wall: datetime) -> None:
    text = written(wall, "%Y-%m-%d")
    fast = quick_day(text)

    assert fast is None or fast == slow(text, None, None)


def test_midnights_that_machines_write_are_read_fast() -> None:
    zone = zone_of("America/New_York")

    assert quick("2017-07-09T00:00:00Z") is not None
    assert quick("2017-07-09T00:00+02:00") is not None
    assert _clock("2017-07-09 00:00:00", zone, None) is not None
