"""The moment from which a relative phrase is counted: a datetime, a date, ISO text or a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from flipflop.errors import WhenError
from flipflop.when import iso
from flipflop.when.moment import Precision, When
from flipflop.when.zones import UTC_ZONE, Zone, fixed, written_zone, zone_of

BORROWED = "no time zone is given: days are those of the reference's own zone"


class Around(Struct, frozen=True):
    """The reference on one zone's wall: its day, and the clock where it has one."""

    day: date
    now: datetime | None = None


class Reference(Struct, frozen=True):
    """A reference as given: a wall clock (naive), its own zone where it has one, and whether it has a time of day."""

    wall: datetime
    zone: Zone | None
    timed: bool

    def seen_from(self, zone: Zone | None) -> Around:
        """Return the reference as clocks in a zone show it; a naive one is taken to be in that zone already."""
        wall = self.wall
        if self.zone is not None and zone is not None and self.timed:
            wall = zone.wall(self.zone.utc(wall, wall.fold))
        return Around(wall.date(), wall.replace(fold=0) if self.timed else None)

    def instants(self, zone: Zone | None) -> tuple[datetime, datetime, Zone]:
        """Return the instant (first and last, where clocks showed it twice) and its zone; WhenError if unknown."""
        if not self.timed:
            raise WhenError("hours and minutes ago need a reference with a time of day, not only a date")
        own = self.zone or zone
        if own is None:
            raise WhenError("the reference has no time zone; add an offset to it or give tz=")
        if self.zone is not None:
            exact = own.utc(self.wall, self.wall.fold)
            return exact, exact, zone or own
        both = sorted(own.utc(self.wall, fold) for fold in (0, 1))
        return both[0], both[1], own


def reference_of(given: datetime | date | str | When, default: Zone | None) -> Reference | None:
    """Read a reference; WhenError where it is no day and no moment, None for a moment that is wider than a day."""
    if isinstance(given, When):
        return _from_moment(given)
    if isinstance(given, str):
        return _from_text(given, default)
    if given != given:
        raise WhenError("the reference is missing (NaT); give a date or a datetime")
    if not isinstance(given, datetime):
        return Reference(datetime(given.year, given.month, given.day), None, timed=False)  # noqa: DTZ001 - a wall
    wall = datetime(  # noqa: DTZ001 - a wall clock; rebuilt, so that a pandas Timestamp does not leak into results
        given.year, given.month, given.day, given.hour, given.minute, given.second, given.microsecond, fold=given.fold
    )
    return Reference(wall, _own_zone(given), timed=True)


_TIMED = frozenset({Precision.SECOND, Precision.MINUTE, Precision.HOUR})


def _from_moment(given: When) -> Reference | None:
    if given.precision not in _TIMED | {Precision.DAY} or given.approximate:
        return None
    zone = zone_of(given.tz) if given.tz else UTC_ZONE
    timed = given.precision in _TIMED
    return Reference(zone.wall(given.start), zone if timed else None, timed=timed)


def _own_zone(given: datetime) -> Zone | None:
    offset = given.utcoffset()
    if given.tzinfo is None or offset is None:
        return None
    key = getattr(given.tzinfo, "key", None)
    if isinstance(key, str):
        return Zone(key, given.tzinfo)
    if offset % timedelta(minutes=1):
        return Zone(str(given.tzinfo), given.tzinfo)
    return fixed(int(offset / timedelta(minutes=1))) if given.tzinfo is not UTC else Zone("UTC", UTC)


def _from_text(given: str, default: Zone | None) -> Reference:
    span = iso.read(given.strip()) if len(given) <= 100 else None
    if span is None or span.precision not in _TIMED | {Precision.DAY}:
        raise WhenError(
            f"the reference {given[:100]!r} is no day or moment; write it like 2017-07-11 or 2017-07-11T09:00"
        )
    zone = span.zone
    if zone is None and span.abbreviation:
        zone = written_zone(span.abbreviation, default=default, local=span.start)
    return Reference(span.start, zone, timed=span.clock and not span.midnight)
