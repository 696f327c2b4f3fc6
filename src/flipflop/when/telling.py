"""A moment in words, never finer than it is known, and the dates that a record covers. Standard library only.

The rules stand in ``docs/telling.md``. The pages' scripts have the same in ``publish/script/moments.js``, and a test
holds the two together.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from flipflop.errors import WhenError
from flipflop.when.about import core
from flipflop.when.words import DAYPARTS, MONTHS
from flipflop.when.zone_words import place_words, zone_letters
from flipflop.when.zones import MAX, MIN, UTC_ZONE, shown_zone, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flipflop.when.zones import Zone

DASH = "\u2013"
ABOUT, DECADE = "about {words}", "{year}s"
NOT_AFTER, NOT_BEFORE, AT_ANY_TIME = "not after {words}", "not before {words}", "at any time"
NAMED_PARTS = {DAYPARTS[name]: name for name in ("morning", "afternoon", "evening", "night")}
"""First and last hour of each part of a day that has one name."""
FIRST_KNOWN, LAST_KNOWN = MIN + timedelta(days=2), MAX - timedelta(days=2)
"""A moment that starts before the one or ends after the other is open to that side."""
_TICK = timedelta(microseconds=1)
_DAY, _HOUR, _MINUTE, _SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
_SECOND_DAY = MIN.replace(tzinfo=None) + _DAY


class HasMoment(Protocol):
    """What has a moment: bounds (aware, half open), how finely it is known, and the zone in which it was given."""

    @property
    def start(self) -> datetime: ...  # noqa: D102 -- said above
    @property
    def end(self) -> datetime: ...  # noqa: D102
    @property
    def precision(self) -> str | None: ...  # noqa: D102
    @property
    def approximate(self) -> bool: ...  # noqa: D102
    @property
    def tz(self) -> str | None: ...  # noqa: D102


class Moment(NamedTuple):
    """A moment of a row of a frame; ``tz`` is where it was given, None where nobody knows."""

    start: datetime
    end: datetime
    precision: str | None = None
    approximate: bool = False
    tz: str | None = None


def moment_words(moment: HasMoment, tz: str) -> str:
    """Return a moment in words: dates as they were given, clock times on the clock of ``tz``.

    >>> from flipflop.when import When
    >>> moment_words(When.parse("2017-07-09T07:50:24-04:00"), "Europe/Moscow")
    '9 July 2017, 14:50:24 MSK'

    Raises WhenError where ``tz`` is no zone.
    """
    zone = shown_zone(tz)
    start, end = said_bounds(moment)
    if start < FIRST_KNOWN or end > LAST_KNOWN:
        return _open_words(start, end, moment.tz, zone)
    is_part = moment.precision == "daypart" and _same_clock(start, moment.tz, zone)
    words = _whole_days(start, end, moment, zone) or _clocks(
        start, _told_end(start, end, moment), zone, is_part=is_part
    )
    return ABOUT.format(words=words) if moment.approximate else words


def short_words(moment: HasMoment, tz: str) -> str:
    """Return a moment in short words, without a place: "Dec 2012", "about 2009", "9 Jul 2017", "not after 2011".

    A clock time is told as its days on the clock of ``tz``. Raises WhenError where ``tz`` is no zone.
    """
    zone = shown_zone(tz)
    if not (_starts(moment) and _ends(moment)):
        return _short_bound(moment, zone)
    start, end = said_bounds(moment)
    if home := _home(moment.tz, zone, start, end):
        words = _days(home.wall(start), home.wall(end), moment.precision or "", short_month)
    else:
        words = _days(_midnight(zone.wall(start)), _midnight(zone.wall(end - _TICK)) + _DAY, "", short_month)
    return ABOUT.format(words=words) if moment.approximate else words


def said_bounds(moment: HasMoment) -> tuple[datetime, datetime]:
    """Return the bounds that are told, in UTC: of an approximate moment those before it was widened."""
    bounds = moment.start.astimezone(UTC), moment.end.astimezone(UTC)
    closed = moment.approximate and _starts(moment) and _ends(moment)
    return core(bounds, moment.precision, moment.tz) if closed else bounds


def told_on(moment: HasMoment, tz: str) -> tuple[Zone, bool]:
    """Return the zone on whose clock a moment is told, and whether as whole dates: where it was given, or ``tz``."""
    zone = shown_zone(tz)
    home = _home(moment.tz, zone, *_bounds(moment))
    return home or zone, home is not None


def on_a_clock(moment: HasMoment) -> bool:
    """Tell whether some surface tells a moment on a clock; else it is dates wherever it is told."""
    try:
        own = UTC_ZONE if moment.tz is None else zone_of(moment.tz)
    except WhenError:
        return True
    return not all(_is_midnight(own.wall(bound)) for bound in _bounds(moment))


def day_words(instant: datetime, tz: str) -> str:
    """Return the day of an instant in the zone: "9 July 2017"."""
    return date_words(shown_zone(tz).wall(instant))


def second_words(instant: datetime, tz: str) -> str:
    """Return an instant to the second on the clock of the zone: "9 July 2017, 07:50:24 EDT"."""
    whole = instant.astimezone(UTC).replace(microsecond=0)
    return moment_words(Moment(whole, whole + _SECOND), tz)


def month_name(month: int) -> str:
    """Return "July" for 7."""
    return MONTHS[month - 1].title()


def short_month(month: int) -> str:
    """Return "Jul" for 7, as axes have room for."""
    return month_name(month)[:3]


def date_words(wall: datetime, name: Callable[[int], str] = month_name) -> str:
    """Return the date on a wall's calendar, with months so named."""
    return f"{wall.day} {name(wall.month)} {wall.year}"


def short_date(wall: datetime, *, year: bool = True) -> str:
    """Return "9 Jul 2017", or "9 Jul"."""
    return date_words(wall, short_month) if year else f"{wall.day} {short_month(wall.month)}"


def clock_words(wall: datetime, *, fine: bool) -> str:
    """Return the time on a wall's clock, with seconds where asked."""
    return f"{wall:%H:%M:%S}" if fine else f"{wall:%H:%M}"


def utc_text(instant: datetime) -> str:
    """Return an instant as machines read it, RFC 3339 to the second in UTC: ``2017-07-09T11:50:24Z``."""
    return f"{instant.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def covered_dates(moments: Iterable[HasMoment], tz: str) -> str:
    """Return the dates that several moments cover: "2024 to 5 June 2025", one where both are the same."""
    known = [moment for moment in moments if _bounds(moment)]
    if not known:
        return "dates not known"
    first, last = min(known, key=_earliest), max(known, key=_latest)
    before, after = "" if _starts(first) else " or earlier", "" if _ends(last) else " or later"
    earliest, latest = _edge_words(first, tz, last=False), _edge_words(last, tz, last=True)
    if earliest == latest or (first is last and (before or after)):
        return f"{earliest}{before}{after}"
    return f"{earliest}{before} to {latest}{after}"


def last_date(moments: Iterable[HasMoment], tz: str) -> str:
    """Return the latest of several moments as a date no finer than it is known; "" where none has a bound."""
    known = [moment for moment in moments if _bounds(moment)]
    return _edge_words(max(known, key=_latest), tz, last=True) if known else ""


def _starts(moment: HasMoment) -> bool:
    return moment.start >= FIRST_KNOWN


def _ends(moment: HasMoment) -> bool:
    return moment.end <= LAST_KNOWN


def _bounds(moment: HasMoment) -> list[datetime]:
    """Return the bounds that are told and known, in UTC."""
    start, end = said_bounds(moment)
    return [*([start] if _starts(moment) else []), *([end] if _ends(moment) else [])]


def _earliest(moment: HasMoment) -> tuple[datetime, timedelta]:
    """The first start comes first, of several that of the widest; what is open before counts with its last instant."""
    start, end = said_bounds(moment)
    start = start if _starts(moment) else end - _TICK
    return start, (start - end if _ends(moment) else -_DAY)


def _latest(moment: HasMoment) -> tuple[datetime, timedelta]:
    start, end = said_bounds(moment)
    end = end if _ends(moment) else start + _TICK
    return end, (end - start if _starts(moment) else _DAY)


def _edge_words(moment: HasMoment, tz: str, *, last: bool) -> str:
    """Return a moment as a date: as it was given, else the day of its first or last instant on the clock of ``tz``."""
    zone = shown_zone(tz)
    start, end = said_bounds(moment)
    if not (_starts(moment) and _ends(moment)):
        bound = start if _starts(moment) else end - _TICK
        home = _home(moment.tz, zone, bound if _starts(moment) else end)
        return date_words((home or zone).wall(bound))
    if home := _home(moment.tz, zone, start, end):
        words = _days(home.wall(start), home.wall(end), moment.precision or "")
    else:
        words = date_words(zone.wall(end - _TICK if last else start))
    return ABOUT.format(words=words) if moment.approximate else words


def _whole_days(start: datetime, end: datetime, moment: HasMoment, zone: Zone) -> str:
    """Return whole days as the dates that they were where they were given; "" where there is a clock time."""
    home = _home(moment.tz, zone, start, end)
    if home is None:
        return ""
    first, last = home.wall(start), home.wall(end)
    words = _days(first, last, moment.precision or "")
    same = (first, last) == (zone.wall(start), zone.wall(end))
    return words if same else f"{words} ({place_words(moment.tz)})"


def _home(own: str | None, zone: Zone, *bounds: datetime) -> Zone | None:
    """Return the zone on whose clock all bounds are midnights: where they were given; else here, else UTC; or None."""
    try:
        candidates = (zone, UTC_ZONE) if own is None else (zone_of(own),)
    except WhenError:  # a record may come from anywhere, with zones that this machine does not know
        candidates = (zone,)
    return next((one for one in candidates if all(_is_midnight(one.wall(bound)) for bound in bounds)), None)


def _same_clock(instant: datetime, own: str | None, zone: Zone) -> bool:
    """Tell whether the clock of the zone shows what that where it was given shows: a morning there is one here."""
    try:
        return own is None or zone_of(own).wall(instant) == zone.wall(instant)
    except WhenError:
        return True


def _open_words(start: datetime, end: datetime, own: str | None, zone: Zone) -> str:
    if start < FIRST_KNOWN and end > LAST_KNOWN:
        return AT_ANY_TIME
    before = start < FIRST_KNOWN
    bound, words = (end, NOT_AFTER) if before else (start, NOT_BEFORE)
    if home := _home(own, zone, bound):
        wall = home.wall(bound)
        place = "" if wall == zone.wall(bound) else f" ({place_words(own)})"
        return words.format(words=date_words(max(wall, _SECOND_DAY) - _DAY if before else wall) + place)
    wall = zone.wall(bound)
    fine = bool(wall.second or wall.microsecond)
    inside = bound - _TICK if before else bound  # the last minute or second that is possible still
    return words.format(words=f"{_at(zone.wall(inside), fine=fine)} {zone_letters(inside, zone.info)}")


def _short_bound(moment: HasMoment, zone: Zone) -> str:
    """Return the one bound of an open moment: a year or a month where it is the end or the start of one."""
    bounds = _bounds(moment)
    if not bounds:
        return AT_ANY_TIME
    wall = (_home(moment.tz, zone, *bounds) or zone).wall(bounds[0])
    if _starts(moment):
        first = _midnight(wall)
        return NOT_BEFORE.format(words=_short_day(first, first))
    last = _midnight(max(wall, _SECOND_DAY) - _TICK)
    return NOT_AFTER.format(words=_short_day(last, last + _DAY))


def _short_day(day: datetime, turn: datetime) -> str:
    """Return a day as its year or month, where one of these turns there."""
    if turn.day > 1:
        return short_date(day)
    return f"{short_month(day.month)} {day.year}" if turn.month > 1 else str(day.year)


def _midnight(wall: datetime) -> datetime:
    return wall.replace(hour=0, minute=0, second=0, microsecond=0)


def _at(wall: datetime, *, fine: bool) -> str:
    return f"{date_words(wall)}, {clock_words(wall, fine=fine)}"


def _days(first: datetime, last: datetime, precision: str, name: Callable[[int], str] = month_name) -> str:
    final = last - _DAY
    if (first.month, first.day, last.month, last.day) == (1, 1, 1, 1):
        return _years(first.year, final.year, precision)
    if first.day == last.day == 1:
        return _months(first, final, name)
    end = date_words(final, name)
    if first == final:
        return end
    if (first.year, first.month) == (final.year, final.month):
        return f"{first.day}{DASH}{end}"
    if first.year == final.year:
        return f"{first.day} {name(first.month)} {DASH} {end}"
    return f"{date_words(first, name)} {DASH} {end}"


def _years(first: int, final: int, precision: str) -> str:
    if first == final:
        return str(first)
    decade = precision == "decade" and first % 10 == 0 and final == first + 9
    return DECADE.format(year=first) if decade else f"{first}{DASH}{final}"


def _months(first: datetime, final: datetime, name: Callable[[int], str]) -> str:
    one, other = name(first.month), name(final.month)
    if first.year != final.year:
        return f"{one} {first.year} {DASH} {other} {final.year}"
    return f"{one} {first.year}" if one == other else f"{one}{DASH}{other} {first.year}"


def _told_end(start: datetime, end: datetime, moment: HasMoment) -> datetime:
    """Return where a moment on a clock is told to end: of "22:30 to 23:30" that last minute, as it was typed.

    Of all else it is the end, and so of a range of whole hours, which was typed in hours.
    """
    if moment.precision != "interval":
        return end
    if start.second or end.second:
        return end - _SECOND
    return end if not (end - start) % _HOUR else end - _MINUTE


def _clocks(start: datetime, end: datetime, zone: Zone, *, is_part: bool) -> str:
    first, last = zone.wall(start), zone.wall(end)
    before, after = zone_letters(start, zone.info), zone_letters(end - _TICK, zone.info)
    fine = bool(first.second or last.second or end - start < _MINUTE)
    opening = _at(first, fine=fine)
    if end - start <= (_SECOND if fine else _MINUTE):
        return f"{opening} {before}"
    same_day = first.date() == (last - _TICK).date()
    closing = clock_words(last, fine=fine) if same_day else _at(last, fine=fine)
    if before != after:
        return f"{opening} {before} {DASH} {closing} {after}"
    name = NAMED_PARTS.get(_hours(first, last), "") if is_part else ""
    part = f" ({name})" if name else ""
    if same_day:
        return f"{opening}{DASH}{'24:00' if _is_midnight(last) else closing} {after}{part}"
    return f"{opening} {DASH} {closing} {after}{part}"


def _hours(first: datetime, last: datetime) -> tuple[int, int]:
    begin, end = (wall - _midnight(first) for wall in (first, last))
    whole = not (begin % _HOUR or end % _HOUR)
    return (begin // _HOUR, end // _HOUR) if whole else (-1, -1)


def _is_midnight(wall: datetime) -> bool:
    return wall.hour == wall.minute == wall.second == wall.microsecond == 0
