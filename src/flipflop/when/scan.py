"""The scanner that sorts a phrase into slots. Every word must be known, or nothing of it is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flipflop.errors import WhenError
from flipflop.when.iso import as_month
from flipflop.when.tokens import NUMBERED, WORD, WORDED
from flipflop.when.words import (
    DAYPARTS,
    DAYS,
    EDGES,
    FEASTS,
    MONTHS,
    NTH,
    NUMBERS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    Clash,
    Slots,
    Unread,
)
from flipflop.when.zones import range_or_offset, zone_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

TWO_DIGITS = "a year of two digits may be of any century: write all four"
MIDNIGHT = "midnight may begin the day or end it; write 12:00 am and the day that begins then"
_TIMES = {"time", "dotted", "dotted_loose", "hour", "h", "four", "bare_hour", "noon"}
_OF_TIMES = _TIMES | {"written", "offset", "iana", "local", "daypart", "early_hours"}


def scan(text: str) -> Slots:
    """Sort a phrase into slots; Unread at the first word that no date holds."""
    slots, at = Slots(), 0
    text = text.lower().rstrip(" .,;")
    while at < len(text):
        while text[at] == " ":
            at += 1
        match = (NUMBERED if text[at].isdigit() else WORDED).match(text, at)
        if match is None:
            word = WORD.match(text, at)
            raise Unread(f"{word[1] if word else text[at:]!r} is no word of a date")
        kind = (match.lastgroup or "").removeprefix("t_")
        if slots.dash and (slots.dash in _OF_TIMES) is (kind in _OF_TIMES) and slots.dash != "weekday":
            raise Clash("a dash between blanks stands between a date and a time of day, or in a range")
        slots.dash = slots.previous if kind == "dash" else ""
        _SORT[kind](slots, match)
        at, slots.previous = match.end(), kind
    _settled(slots)
    return slots


def _month_of(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _once(slots: Slots, **said: int) -> None:
    """Fill parts of a date, each for the first time: said twice, it may be the end of a range."""
    for name, value in said.items():
        if getattr(slots, name) is not None:
            hint = ": a year needs all four digits" if name == "day" else ""
            raise Clash(f"it says two things of one kind ({name.replace('_', ' ')}{hint})")
        setattr(slots, name, value)


def _numeric(slots: Slots, match: re.Match[str]) -> None:
    first, second, year = int(match["n1"]), int(match["n2"]), int(match["ny"])
    if first != second and 1 <= first <= 12 and 1 <= second <= 12:
        slots.numeric = match[0].strip(), first, second, year
    day, month = (second, first) if second > 12 else (first, second)
    _once(slots, day=day, month=month, year=year)


def _iso(slots: Slots, match: re.Match[str]) -> None:
    _once(slots, year=int(match["iy"]), month=int(match["im"]), day=int(match["id"]))
    slots.sure = True


def _dated(slots: Slots, match: re.Match[str], day: str, month: str, year: str) -> None:
    """A date with the name of its month, and its day or its year where they are there."""
    given = {"day": match[day], "year": match[year]}
    _once(slots, month=_month_of(match[month]), **{name: int(number) for name, number in given.items() if number})


def _cjk(slots: Slots, match: re.Match[str]) -> None:
    _once(slots, year=int(match["cy"]), month=int(match["cm"]))
    if match["cd"]:
        _once(slots, day=int(match["cd"]))


def _month_day(slots: Slots, match: re.Match[str]) -> None:
    _dated(slots, match, "md", "mmonth", "myear")
    if not (match["myear"] or match["msuffix"]) and len(match["md"]) == 2 and slots.year is None:
        slots.month_or_day = match[0].strip()


def _in_year(slots: Slots, match: re.Match[str]) -> None:
    year, month, shown = int(match["vy"]), int(match["vm"]), match[0].strip()
    if len(match["vm"]) == 2 and month > year % 100:
        years = f"{year}/{year // 100}{month:02d}"
        if slots.season is not None:
            _once(slots, year=year, last_year=year // 100 * 100 + month)
            return
        if match["vsep"] == "/":
            named = f"{MONTHS[month - 1].title()} {year}"
            raise WhenError(f"{shown!r} may be {named} or several years; write {year}-{month:02d} or {years}")
        slots.doubt = as_month(shown, years)
    _once(slots, year=year, month=month)


def _clock(slots: Slots, shown: str, hour: int, minute: int | None, second: int | None, meridiem: str) -> None:
    if meridiem:
        if not 1 <= hour <= 12:
            raise WhenError(f"{shown.strip()!r} is no time of day: with am or pm, hours go from 1 to 12")
        hour = hour % 12 + (12 if meridiem[0] == "p" else 0)
    elif 1 <= hour <= 12 and not shown.strip().startswith("0"):
        slots.loose_hour = shown.strip()
    slots.put(clock=(hour, minute, second), meridiem=meridiem[:1])


def _time(slots: Slots, match: re.Match[str]) -> None:
    second = int(match["s"]) if match["s"] else None
    _clock(slots, match[0], int(match["h"]), int(match["m"]), second, match["ap"] or "")
    slots.sure = slots.sure or (second is not None and not match["ap"])


def _dotted_loose(slots: Slots, match: re.Match[str]) -> None:
    if slots.day is None or slots.month is None:
        raise Clash(f"{match[0].strip()!r} may be a date or a time of day")
    _clock(slots, match[0], int(match["eh"]), int(match["em"]), None, "")


def _h(slots: Slots, match: re.Match[str]) -> None:
    slots.put(clock=(int(match["xh"]), int(match["xm"]) if match["xm"] else None, None))
    slots.sure = True


def _bare_hour(slots: Slots, match: re.Match[str]) -> None:
    _clock(slots, match[0], _count(match["bh"] or match["ah"]), None, None, "")
    slots.bare_hour = slots.loose_hour


def _about_hour(slots: Slots, match: re.Match[str]) -> None:
    """An hour beside a part of the day ("around 7 on Sunday evening"), else a day of the month: "about 5-7 July"."""
    slots.put(approximate="about")
    if not slots.daypart and not any(part in match.string[match.end() :] for part in DAYPARTS):
        _day(slots, _count(match["abh"]), ordinal=False)
        return
    _clock(slots, match["abh"], _count(match["abh"]), None, None, "")
    slots.bare_hour = slots.loose_hour


def _four(slots: Slots, match: re.Match[str]) -> None:
    """Four digits before a zone: "1830 GMT", which may be the year as well."""
    if match["fat"] or match["fhours"]:
        slots.put(clock=(int(match["fh"]), int(match["fm"]), None))
    else:
        slots.four = f"{match['fh']}{match['fm']}"


def _settled(slots: Slots) -> None:
    """Decide by the rest of the phrase what may be two things; WhenError where that does not say."""
    if slots.month_or_day and slots.year is None:
        raise WhenError(
            f"{slots.month_or_day!r} may be a month of a year or a day of the month; "
            "write all four digits of the year, or the day before the month"
        )
    if slots.numeric:
        _by_its_weekday(slots, *slots.numeric)
    if not slots.four:
        return
    clock, year = (int(slots.four[:2]), int(slots.four[2:]), None), int(slots.four)
    if slots.clock is not None:
        _once(slots, year=year)
    elif slots.year is not None or slots.month is None:
        slots.put(clock=clock)
    elif 1900 <= year < 2100:
        _once(slots, year=year)
    else:
        raise WhenError(f"{slots.four!r} may be a year or a time of day; write {clock[0]:02d}:{clock[1]:02d}")


def _by_its_weekday(slots: Slots, shown: str, first: int, second: int, year: int) -> None:
    """Take the order of day and month on which the weekday falls; WhenError where none is named, or on both."""
    fits = [
        (day, month)
        for day, month in ((first, second), (second, first))
        if slots.weekday is not None and date(year, month, day).weekday() == slots.weekday
    ]
    if len(fits) != 1:
        one, other = (f"{day} {MONTHS[month - 1].title()} {year}" for day, month in ((first, second), (second, first)))
        raise WhenError(
            f"{shown!r} may be {one} or {other}; write {year}-{second:02d}-{first:02d} "
            f"or {year}-{first:02d}-{second:02d}"
        )
    ((slots.day, slots.month),) = fits


def _short(_slots: Slots, match: re.Match[str]) -> None:
    raise WhenError(f"{match[0].strip()!r}: {TWO_DIGITS}")


def _midnight(_slots: Slots, _match: re.Match[str]) -> None:
    raise WhenError(MIDNIGHT)


_SHORT_UNITS = {"min": "minute", "h": "hour", "hr": "hour", "d": "day", "wk": "week", "w": "week", "yr": "year",
                "y": "year"}  # fmt: skip


def _count(word: str) -> int:
    word = word.replace(" ", "-")
    return 1 if word in {"a", "an"} else NUMBERS.get(word) or int(word)


def _unit_ago(slots: Slots, match: re.Match[str]) -> None:
    if match["halfhour"]:
        slots.put(ago=(30, "minute"))
        return
    count, name = _count(match["count"] or match["shortcount"]), match["agounit"] or _SHORT_UNITS[match["shortunit"]]
    if name == "day":
        slots.put(offset=-count)
    else:
        slots.put(ago=(2 * count, "week") if name == "fortnight" else (count, name))


def _weekdays_ago(slots: Slots, match: re.Match[str]) -> None:
    slots.put(ago=(_count(match["agowcount"]), "weekday"), weekday=WEEKDAYS.index(match["agowday"]))


def _nth(slots: Slots, match: re.Match[str]) -> None:
    """The first week, weekend, day or Monday of a month."""
    count, unit = NTH[match["nthcount"]], match["nthunit"]
    if unit in {"week", "weekend", "day"}:
        slots.put(nth=(count, unit))
    else:
        slots.put(nth=(count, "weekday"), weekday=_weekday_of(unit))


def _day_of(slots: Slots, match: re.Match[str]) -> None:
    _day(slots, int(match["dayof"]) if match["dayof"] else DAYS[match["dayword"].replace(" ", "-")], ordinal=True)


def _feast(slots: Slots, match: re.Match[str]) -> None:
    month, day = FEASTS[match["feastday"]]
    _once(slots, month=month, day=day)


def _spoken(slots: Slots, match: re.Match[str]) -> None:
    """Half past five, quarter to six, ten past three."""
    hour, part = _count(match["sphour"]), match["sppart"].removeprefix("a ")
    if not 1 <= hour <= 12 or (part == "half" and match["spside"] == "to"):
        raise Clash(f"{match[0].strip()!r} is no time of day")
    minute = {"half": 30, "quarter": 15}.get(part) or _count(part)
    if match["spside"] == "to":
        hour, minute = (hour + 10) % 12 + 1, 60 - minute
    _clock(slots, match[0], hour, minute, None, match["spap"] or "")
    slots.bare_hour = "" if match["spap"] else match[0].strip()


def _edge(slots: Slots, match: re.Match[str]) -> None:
    if match["edgeon"]:
        slots.put(within=match["edgeword"])  # "late on Friday" is loose: the day stands
    else:
        slots.put(edge=match["edgeword"])


def _weekday(slots: Slots, match: re.Match[str]) -> None:
    slots.put(weekday=_weekday_of(match["wday"]))


def _weekday_of(name: str) -> int:
    return next(number for number, weekday in enumerate(WEEKDAYS) if weekday.startswith(name[:3]))


def _years(slots: Slots, match: re.Match[str]) -> None:
    first, last = int(match["y1"]), int(match["y2"])
    _once(slots, year=first, last_year=last if len(match["y2"]) == 4 else first // 100 * 100 + last)


def _year(slots: Slots, match: re.Match[str]) -> None:
    if match["y"][0] == "0":
        raise Clash(f"{match['y']!r} is no year that people write")
    _once(slots, year=int(match["y"]))


def _day(slots: Slots, day: int, *, ordinal: bool) -> None:
    _once(slots, day=day)
    slots.ordinal = ordinal


def _spelled(slots: Slots, match: re.Match[str]) -> None:
    word = match[0].strip().replace(" ", "-")
    _day(slots, DAYS.get(word) or NUMBERS[word], ordinal=False)


def _offset(slots: Slots, match: re.Match[str]) -> None:
    shown = match[0].strip()
    if slots.previous == "four" and slots.four and (slots.year is not None or slots.month is None):
        slots.put(clock=(int(slots.four[:2]), int(slots.four[2:]), None))
        slots.four = ""
    if slots.clock is None or (slots.previous not in _TIMES and shown[0] in "+-"):
        raise Clash(f"{shown!r} follows no clock time")
    if shown[0] == "-":  # only after seconds it is no dash
        problem = range_or_offset(shown)
        if slots.clock[2] is None and problem:
            raise problem
        if problem is None:
            raise Clash(f"{shown!r} is no offset from UTC")
    slots.put(zone=zone_of(shown))
    slots.sure = slots.sure or not slots.meridiem


def _written(slots: Slots, match: re.Match[str]) -> None:
    slots.put(abbreviation=match[0].strip())
    slots.sure = slots.sure or slots.abbreviation == "utc"


def _part(slots: Slots, match: re.Match[str]) -> None:
    if slots.daypart == "early hours" and match["part"] == "morning":
        return
    slots.put(daypart="lunchtime" if match["part"].startswith("lunch") else match["part"])


_SORT: dict[str, Callable[[Slots, re.Match[str]], None]] = {
    "label": lambda _slots, _: None,
    "iso": _iso,
    "basic": lambda slots, m: _once(slots, year=int(m["by"]), month=int(m["bm"]), day=int(m["bd"])),
    "numeric": _numeric,
    "ymd": lambda slots, m: _once(slots, year=int(m["yy"]), month=int(m["ym"]), day=int(m["yd"])),
    "cjk": _cjk,
    "short_date": _short,
    "short_decade": _short,
    "day_of": _day_of,
    "nth": _nth,
    "feast": _feast,
    "day_month": lambda slots, m: _dated(slots, m, "nd", "nmonth", "nyear"),
    "month_day": _month_day,
    "month_year": lambda slots, m: _once(slots, month=_month_of(m["omonth"]), year=int(m["oyear"])),
    "year_month": lambda slots, m: _dated(slots, m, "kd", "kmonth", "ky"),
    "of_year": lambda slots, m: _once(slots, month=int(m["qm"]), year=int(m["qy"])),
    "in_year": _in_year,
    "time": _time,
    "dotted": lambda slots, m: _clock(slots, m[0], int(m["dh"]), int(m["dm"]), None, m["dap"]),
    "dotted_loose": _dotted_loose,
    "hour": lambda slots, m: _clock(slots, m[0], int(m["hh"]), None, None, m["hap"]),
    "spoken": _spoken,
    "h": _h,
    "bare_hour": _bare_hour,
    "about_hour": _about_hour,
    "four": _four,
    "decade": lambda slots, m: slots.put(decade=int(m["dec"])),
    "ago": _unit_ago,
    "weekdays_ago": _weekdays_ago,
    "past_units": lambda slots, m: slots.put(past=(_count(m["pastcount"]), m["pastunit"])),
    "before_yesterday": lambda slots, _: slots.put(offset=-2),
    "after_tomorrow": lambda slots, _: slots.put(offset=2),
    "from_now": lambda slots, m: slots.put(offset=_count(m["nowcount"])),
    "yesterday": lambda slots, _: slots.put(offset=-1),
    "today": lambda slots, _: slots.put(offset=0),
    "tonight": lambda slots, _: slots.put(offset=0, daypart="night"),
    "tomorrow": lambda slots, _: slots.put(offset=1),
    "noon": lambda slots, _: slots.put(clock=(12, None, None), meridiem="p"),
    "midnight": _midnight,
    "near": lambda slots, m: slots.put(near="before" if m["nearword"] == "before" else "after"),
    "stretch": lambda slots, m: slots.put(stretch=m["stretchword"]),
    "early_hours": lambda slots, _: slots.put(daypart="early hours"),
    "edge_of": lambda slots, m: slots.put(edge=EDGES[m["edgeof"]]),
    "edge": _edge,
    "within": lambda slots, m: slots.put(within="later" if m[0].strip() == "later" else "earlier"),
    "which": lambda slots, m: slots.put(which=m["whichword"]),
    "unit": lambda slots, m: slots.put(unit=m["unitword"]),
    "daypart": _part,
    "season": lambda slots, m: slots.put(season=SEASONS[m["seasonword"]]),
    "last_quarter": lambda slots, _: slots.put(quarter=4),
    "quarter": lambda slots, m: slots.put(quarter=int(m["q"] or m["nq"] or ORDINALS[m["qth"]])),
    "half": lambda slots, m: slots.put(half=int(m["hn"] or m["nh"] or ORDINALS[m["hth"]])),
    "weekday": _weekday,
    "month": lambda slots, m: _once(slots, month=_month_of(m["mon"])),
    "years": _years,
    "year": _year,
    "day": lambda slots, m: _day(slots, int(m["d"]), ordinal=bool(m["dsuffix"])),
    "spelled": _spelled,
    "local": lambda slots, _: slots.put(local="local"),
    "approximate": lambda slots, _: slots.put(approximate="about"),
    "offset": _offset,
    "iana": lambda slots, m: slots.put(zone=zone_of(m[0].strip())),
    "written": _written,
    "dash": lambda _slots, _: None,
    "filler": lambda _slots, _: None,
}
