"""ISO 8601 and EDTF levels 0 and 1: the forms that machines write. Knows no words and imports nothing heavy."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when import span as spans
from flipflop.when.moment import Precision
from flipflop.when.zones import WRITTEN, range_or_offset, zone_of

if TYPE_CHECKING:
    from datetime import datetime

    from flipflop.when.span import Span

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)

_FLAGS = re.ASCII | re.IGNORECASE
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|(?P<basic>\d{4})"
    r"|-?W(?P<week>\d\d)(?:-?(?P<weekday>[1-7]))?|-?(?P<ordinal>\d{3}))?",
    _FLAGS,
)
_CLOCK = re.compile(
    r"(?P<date>[\dW-]{7,10})(?P<between>T|\s+)"
    r"(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?P<fraction>[.,]\d{1,12})?)?)?"
    rf"(?P<gap>\s*)(?P<zone>Z|(?:UTC|GMT)?[+-]\d\d(?::?\d\d(?::?\d\d)?)?|[A-Z][A-Z_]+(?:/[A-Z0-9_+-]+)+|{WRITTEN})?",
    _FLAGS,
)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)(\d{6})|(\d{4}):(\d\d):(\d\d)( \d\d:\d\d:\d\d)", re.ASCII)
"""How archives of the web write a moment, and cameras."""
_UNSPECIFIED = re.compile(r"(\d{2})XX|(\d{3})X|(\d{4})-XX(?:-XX)?|(\d{4}-\d\d)-XX", _FLAGS)
SEASON = re.compile(r"(\d{4})-(2[1-4])")
_YEARS = re.compile(r"(\d{4})-(\d\d)")
_YEAR = re.compile(r"Y-?\d{5,}|-\d{4,}|0000(?:-.*)?", _FLAGS)
_SEASON_MONTH = {21: 3, 22: 6, 23: 9}
NORTHERN = "a season is taken as three whole months as in the north (spring: March to May)"
WINTER = "winter is named by the year in which it begins or by the one in which it ends: the moment covers both"


def read(text: str) -> Span | None:
    """Return the span of one ISO 8601 date or date and time, or of one EDTF date; None where it is neither."""
    if _YEAR.fullmatch(text):
        raise WhenError(f"{text!r} lies outside the years 1 to 9999, and no statement is on record from there")
    if match := _RUN_TOGETHER.fullmatch(text):
        year, month, day, clock_ = (part for part in match.groups() if part)
        text = f"{year}-{month}-{day}T{clock_.strip()}"
    if match := _CLOCK.fullmatch(text):
        return _date_time(text, match)
    body, mark = (text[:-1], text[-1]) if text[-1:] in {"~", "?", "%"} else (text, "")
    span = _edtf(body, bool(mark))
    return span.but(approximate=True) if span and mark else span


def interval(text: str) -> tuple[str, str] | None:
    """Return both ends of ``a/b``, an open or unknown one as '..' or ''; None where the text is no such interval."""
    if text.count("/") != 1:
        return None
    first, last = (part.strip() for part in text.split("/"))
    ends = [part for part in (first, last) if part not in {"", ".."}]
    if not ends or not all(_is_end(part) for part in ends):
        return None
    return first, last


def _is_end(part: str) -> bool:
    body = part[:-1] if part[-1:] in {"~", "?", "%"} else part
    return bool(_DATE.fullmatch(body) or _CLOCK.fullmatch(body) or _UNSPECIFIED.fullmatch(body))


def _date_time(text: str, match: re.Match[str]) -> Span | None:
    when = _date(match["date"], "")
    if when is None or when.precision is not Precision.DAY:
        return None
    zone = match["zone"] or ""
    if zone[:1] == "-" and not _follows_a_clock(match, zone):
        return None
    plain = zone and (zone[-1].isdigit() or "/" in zone)
    hour, minute, second = (int(part) if part else None for part in match.group("hour", "minute", "second"))
    span = clock(text, when.start, hour or 0, minute, second)
    if match["fraction"] and match["fraction"].strip(".,0"):
        span = replace(span, midnight=False)
    return replace(span, zone=zone_of(zone) if plain else None, abbreviation="" if plain else zone)


def _follows_a_clock(match: re.Match[str], zone: str) -> bool:
    """Tell whether a minus begins an offset; WhenError where it may as well be the dash of a range."""
    if match["between"] in "Tt" and not match["gap"]:
        return True
    if match["second"]:
        return zone.count(":") < 2 and len(zone) < 7
    if error := range_or_offset(zone):
        raise error
    return False


def clock(text: str, day: datetime, hour: int, minute: int | None, second: int | None) -> Span:
    """Return the second, minute or hour of a wall-clock time on a day; fractions of a second widen to the second."""
    if hour == 24:
        raise WhenError(f"{text!r}: 24:00 is midnight at the end of the day; write 00:00 of the next day")
    if second == 60:
        raise WhenError(f"{text!r}: a leap second has no place here; write :59 or the next minute")
    if hour > 23 or (minute or 0) > 59 or (second or 0) > 59:
        raise WhenError(f"{text!r} is no time of day; hours go to 23, minutes and seconds to 59")
    start = day.replace(hour=hour, minute=minute or 0, second=second or 0)
    precision = Precision.HOUR if minute is None else Precision.MINUTE if second is None else Precision.SECOND
    width = {Precision.HOUR: timedelta(hours=1), Precision.MINUTE: _MINUTE, Precision.SECOND: _SECOND}[precision]
    midnight = hour == minute == (second or 0) == 0
    return spans.Span(start, spans.later(start, width), precision, clock=True, midnight=midnight)


def _edtf(text: str, marked: bool) -> Span | None:
    if match := _UNSPECIFIED.fullmatch(text):
        return _unspecified(match)
    if match := SEASON.fullmatch(text):
        return _season(text, int(match[1]), int(match[2]), marked)
    return _date(text, text)


def _unspecified(match: re.Match[str]) -> Span | None:
    century, decade, year, month = match.groups()
    if century or decade:
        first = int(century) * 100 if century else int(decade) * 10
        if first < 1:
            raise WhenError(f"{match[0]!r} reaches back before year 1; write the years, such as 0001/0099")
        precision = Precision.INTERVAL if century else Precision.DECADE
        return spans.years(first, 100 if century else 10, precision)
    return _date(year or month, match[0])


def _season(text: str, year: int, code: int, marked: bool) -> Span:
    named, last = season(_year(text, year), _SEASON_MONTH.get(code, 12)), year // 100 * 100 + code
    if marked or last <= year:
        return named
    flag = f"{text} may be a season of {year} or the years {year} to {last}: the moment covers both"
    both = spans.years(year, last - year + 1, Precision.INTERVAL)
    return replace(both, start=min(both.start, named.start)).but(*named.warnings, flag)


def season(year: int, month: int) -> Span:
    """Return the season that begins in a month (3, 6, 9 or 12); a winter of one year covers both its meanings."""
    if month == 12:
        return spans.months(year - 1, 12, 15, Precision.SEASON).but(NORTHERN, WINTER)
    return spans.months(year, month, 3, Precision.SEASON).but(NORTHERN)


def _date(text: str, shown: str) -> Span | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    shown = shown or text
    year = _year(shown, int(match["year"]))
    try:
        return _calendar(shown, year, match)
    except (ValueError, OverflowError) as error:
        if isinstance(error, WhenError):
            raise
        raise WhenError(f"{shown!r} is no date of the calendar: {error}") from None


def _calendar(shown: str, year: int, match: re.Match[str]) -> Span | None:
    month, day, basic, week, weekday, ordinal = match.group("month", "day", "basic", "week", "weekday", "ordinal")
    if basic:
        return spans.day(date(year, int(basic[:2]), int(basic[2:])))
    if week:
        first = date.fromisocalendar(year, int(week), int(weekday or 1))
        return spans.day(first) if weekday else spans.day(first, 7, Precision.WEEK)
    if ordinal:
        when = date(year, 1, 1) + timedelta(days=int(ordinal) - 1)
        if ordinal == "000" or when.year != year:
            raise WhenError(f"{shown!r}: the year {year} has no day {ordinal}")
        return spans.day(when)
    if day:
        return spans.day(date(year, int(month), int(day)))
    return _month(shown, year, int(month)) if month else spans.years(year)


def _month(shown: str, year: int, month: int) -> Span:
    if 25 <= month <= 41:
        raise WhenError(f"{shown!r} may be years or a part of {year} (EDTF level 2); write {year}/YYYY or the months")
    if month > 12 and month > year % 100 and _YEARS.fullmatch(shown):
        return spans.years(year, month - year % 100 + 1, Precision.INTERVAL)
    if not 1 <= month <= 12:
        raise WhenError(f"{shown!r} has no month {month:02d}; for years write {year}/{year // 100}{month:02d}")
    span = spans.months(year, month)
    if month > year % 100 and _YEARS.fullmatch(shown):
        years = f"{year}/{year // 100}{month:02d}"
        return span.but(as_month(shown, years))
    return span


def as_month(shown: str, years: str) -> str:
    """Return the warning for a month of ISO 8601 that looks like years."""
    return f"{shown} is read as a month (ISO 8601); for the years write {years}"


def _year(shown: str, year: int) -> int:
    if year < 1:
        raise WhenError(f"{shown!r} lies outside the years 1 to 9999, and no statement is on record from there")
    return year
