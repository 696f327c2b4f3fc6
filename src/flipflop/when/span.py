"""Stretches of calendar and clock as they stand on the wall, and how they become moments in UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when.moment import CLAMPED, MIDNIGHT, NO_ZONE, Precision, When
from flipflop.when.zones import MAX, MIN, UTC_ZONE, instant, out_of_season, written_zone, zone_of

if TYPE_CHECKING:
    from flipflop.when.moment import Midnights
    from flipflop.when.zones import Zone

# Naive datetimes are wall clocks in this module, on purpose.
_TICK = timedelta(microseconds=1)
FIRST, LAST = MIN.replace(tzinfo=None), MAX.replace(tzinfo=None)  # LAST stands for the end of year 9999


class Span(Struct, frozen=True):
    """A half-open stretch of wall-clock time, before any zone; ``clock`` where the text gave a time of day.

    ``midnight`` where that is 00:00; ``kept`` is the end of an approximate one that is firm: of "early July" the start.
    """

    start: datetime
    end: datetime
    precision: Precision
    approximate: bool = False
    clock: bool = False
    midnight: bool = False
    kept: str = ""
    zone: Zone | None = None
    abbreviation: str = ""
    warnings: tuple[str, ...] = ()

    def but(self, *warnings: str, approximate: bool = False) -> Span:
        """Return the same span with more warnings, or known only roughly."""
        return replace(self, warnings=(*self.warnings, *warnings), approximate=self.approximate or approximate)


def later(moment: datetime, step: timedelta) -> datetime:
    """Add, held inside the years 1 to 9999."""
    try:
        return moment + step
    except OverflowError:
        return LAST if step > timedelta(0) else FIRST


def day(when: date, days: int = 1, precision: Precision = Precision.DAY) -> Span:
    """Return whole days from a date on."""
    start = datetime(when.year, when.month, when.day)  # noqa: DTZ001 - a wall clock
    return Span(start, later(start, timedelta(days=days)), precision)


def months(year: int, month: int, count: int = 1, precision: Precision = Precision.MONTH) -> Span:
    """Return whole months; ``month`` may run over 12 or below 1 and then counts into other years."""
    first = year * 12 + month - 1
    return Span(_month_start(first), _month_start(first + count), precision)


def years(year: int, count: int = 1, precision: Precision = Precision.YEAR) -> Span:
    """Return whole years."""
    return months(year, 1, 12 * count, precision)


def _month_start(index: int) -> datetime:
    year, month = divmod(index, 12)
    if year > 9999:
        return LAST
    return datetime(year, month + 1, 1) if year >= 1 else FIRST  # noqa: DTZ001 - a wall clock


def settle(
    text: str, span: Span, default: Zone | None, *, borrowed: str | None = None, midnights: Midnights | None = None
) -> When:
    """Return the moment of a span, wide enough to hold the truth where it is known roughly."""
    return wide(plain(text, span, default, borrowed=borrowed, midnights=midnights), kept=span.kept)


def wide(when: When, *, kept: str = "") -> When:
    """Return a moment as wide as "about" is where it is approximate."""
    if not when.approximate:
        return when
    from flipflop.when.about import widened  # here: most moments are not

    zone = zone_of(when.tz) if when.tz else UTC_ZONE
    start, end = widened((when.start, when.end), when.precision, zone, kept=kept)
    return replace(when, start=start, end=end)


def plain(
    text: str, span: Span, default: Zone | None, *, borrowed: str | None = None, midnights: Midnights | None = None
) -> When:
    """Return the moment of a span as it is said: its own zone first, then the default.

    A clock time without either is an error. ``borrowed`` is a warning for a default zone that is not the caller's
    ``tz``, such as that of the reference. A midnight is the day, with a warning unless ``midnights`` says what it is.
    """
    if span.midnight and midnights != "time":
        span = replace(day(span.start), zone=span.zone, abbreviation=span.abbreviation, warnings=span.warnings,
                       approximate=span.approximate)  # fmt: skip
        span = span if midnights else span.but(MIDNIGHT)
    zone, warnings = span.zone, list(span.warnings)
    if zone is None and span.abbreviation:
        zone = written_zone(span.abbreviation, default=default, local=span.start)
        warnings += filter(None, [out_of_season(span.abbreviation, span.start)])
    if zone is None and default is not None:
        zone = default
        if borrowed:
            warnings.append(borrowed)
        elif span.clock:
            warnings.append(borrowed_clock(default))
    if zone is None and span.clock:
        raise WhenError(f"{text!r} has a clock time without a time zone; add one ('EDT', '-04:00') or give tz=")
    if zone is None:
        warnings.append(NO_ZONE)
    return _place(text, span, zone, warnings)


def borrowed_clock(zone: Zone) -> str:
    """Return the warning for a clock time that borrows its zone from the call."""
    return f"the text names no time zone: the clock is read in {zone.name}"


def _place(text: str, span: Span, zone: Zone | None, warnings: list[str]) -> When:
    where = zone or UTC_ZONE
    if not span.start < span.end:
        raise WhenError(f"{text!r} lies outside the years 1 to 9999")
    last = span.end - _TICK if span.end < LAST else span.end
    opening, closing = where.offsets(span.start), where.offsets(last)
    start, end = _lower(where, span.start, opening), _upper(where, span.end, closing)
    precision = span.precision
    if (start <= MIN and (span.start > FIRST or zone)) or end >= MAX:
        warnings.append(CLAMPED)
    if span.clock and opening[0] < opening[1]:
        raise WhenError(f"{text!r}: clocks in {where.name} skipped this time; check the time or the zone")
    if not start < end:
        raise WhenError(f"{text!r} does not exist in {where.name}, or lies outside the years 1 to 9999")
    if span.clock and (opening[0] > opening[1] or closing[0] > closing[1]):
        precision = Precision.INTERVAL
        warnings.append(f"clocks in {where.name} showed this time twice: the moment covers both; write the offset")
    name = zone.name if zone else None
    return When(text, start, end, precision, span.approximate, name, tuple(dict.fromkeys(warnings)))


def _lower(zone: Zone, local: datetime, offsets: tuple[timedelta, timedelta]) -> datetime:
    early, late = offsets
    if early >= late or (local > FIRST and zone.exists(local - _TICK)):
        return instant(local, early)  # at the very start of a gap the offset before it gives the moment of the change
    return instant(local, late)


def _upper(zone: Zone, local: datetime, offsets: tuple[timedelta, timedelta]) -> datetime:
    if local == LAST:
        return MAX
    early, late = offsets
    if early < late and zone.exists(local):
        return zone.utc(local)  # at the end of a gap: the moment of the change
    end = instant(local - _TICK, min(early, late))
    return end + _TICK if MIN < end < MAX else end


def join(text: str, first: When, last: When) -> When:
    """Return the moment from the start of one to the end of the other; an error where it runs backwards.

    Both come as they are said, and the moment is wide where either is known roughly.
    """
    if first.start >= last.end:
        raise WhenError(f"{text!r} runs backwards: {first.text!r} does not come before {last.text!r}")
    warnings = tuple(dict.fromkeys((*first.warnings, *last.warnings)))
    tz = first.tz if first.tz == last.tz else (last.tz or first.tz)
    rough = first.approximate or last.approximate
    joined = When(text, first.start, last.end, Precision.INTERVAL, rough, tz, warnings)
    return wide(joined, kept="" if first.approximate is last.approximate else "end" if first.approximate else "start")
