"""Moments of every kind that a record may hold, in whole seconds, for tests that tell them twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import assume, strategies as st

from flipflop.when.telling import Moment
from flipflop.when.zones import MAX, MIN, zone_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
ZONES = (
    "UTC", "America/New_York", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Moscow", "Europe/Istanbul",
    "Europe/Kyiv", "Europe/Berlin", "Europe/Paris", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Seoul",
    "Asia/Pyongyang", "Asia/Tehran", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Manila", "Asia/Jerusalem", "Asia/Karachi",
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Windhoek", "America/Sao_Paulo",
    "America/Santiago", "America/St_Johns", "America/Anchorage", "America/Phoenix", "America/Caracas",
    "America/Scoresbysund", "Antarctica/Troll", "Atlantic/Azores", "Australia/Lord_Howe", "Australia/Adelaide",
    "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Honolulu", "Pacific/Chatham",
)  # fmt: skip
OFFSETS = ("-04:00", "+05:45", "+14:00", "-03:30", "+00:00")
UNKNOWN = ("Mars/Base", "CST")
"""Zones that nobody knows, or that may be several."""
ODD = ("2017-11-05T01:30", "2017-03-12T02:30", "2011-12-30", "2016-09-07", "2011-03-27T02:00", "2014-10-26T01:00",
       "1968-10-27", "1942-08-01T12:00")  # fmt: skip
"""Times that some clocks showed twice or skipped, or at which a zone got other letters."""
# Clocks on a wall know no zone.
walls = st.one_of(
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001
    st.sampled_from([datetime(1, 1, 1, 3), datetime(9999, 12, 31, 20)]),  # noqa: DTZ001
    st.datetimes(datetime(1850, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
    st.sampled_from(ODD).map(datetime.fromisoformat),
).map(lambda wall: wall.replace(microsecond=0))
rounded = st.sampled_from(
    [
        lambda wall: wall,
        lambda wall: wall.replace(minute=0, second=0),
        lambda wall: wall.replace(hour=wall.hour // 6 * 6, minute=0, second=0),
        lambda wall: wall.replace(hour=0, minute=0, second=0),
        lambda wall: wall.replace(day=1, hour=0, minute=0, second=0),
        lambda wall: wall.replace(year=max(wall.year // 10 * 10, 10), month=1, day=1, hour=0, minute=0, second=0),
    ]
)
widths = st.one_of(
    st.sampled_from([1, 59, 60, 90, 3600, 21_600, 43_200, 86_400, 172_800, 604_800]).map(lambda size: size * SECOND),
    st.integers(1, 4000).map(lambda days: days * DAY),
    st.integers(1, 10**9).map(lambda size: size * SECOND),
)
months = st.sampled_from([1, 2, 3, 12, 24, 120])


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """A moment on the clock of some zone, mostly that in which it was given; open to no, one or both sides."""
    own = draw(st.none() | st.sampled_from([*ZONES, *OFFSETS, *UNKNOWN]))
    zone = zone_of(own if own in (*ZONES, *OFFSETS) and draw(st.booleans()) else draw(st.sampled_from(ZONES)))
    wall = draw(rounded)(draw(walls))
    width = draw(widths | months)
    last = _months_on(wall, width) if isinstance(width, int) else wall + min(width, datetime(9999, 12, 31, 23) - wall)  # noqa: DTZ001
    start, end = zone.utc(wall), zone.utc(last)
    assume(start < end)
    side = draw(st.sampled_from(["", "", "", "before", "after", "both"]))
    return Moment(
        MIN if side in ("before", "both") else start,
        MAX if side in ("after", "both") else end,
        draw(st.sampled_from(["", "second", "daypart", "day", "decade", "interval"])),
        draw(st.booleans()),
        own,
    )


def _months_on(wall: datetime, count: int) -> datetime:
    year, month = divmod(12 * wall.year + wall.month - 1 + count, 12)
    return wall.replace(year=min(year, 9999), month=month + 1, day=1)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970, rounded up: the end of the calendar is one."""
    return -((EPOCH - moment) // SECOND)
