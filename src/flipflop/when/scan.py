"""The scanner that sorts a phrase into slots. Every word must be known, or nothing of it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flipflop.errors import WhenError
from flipflop.when.words import (
    DAYPARTS,
    EDGES,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    Clash,
    Slots,
    Unread,
)
from flipflop.when.zones import WRITTEN, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

TWO_DIGITS = "a year of two digits may be of any century: write all four"


def _names(words: tuple[str, ...], shortest: int) -> str:
    return "|".join(f"{word[:shortest]}(?:{word[shortest:]})?" if word[shortest:] else word for word in words)


_AMPM = r"[ap]\.?\s?m\b\.?"
_CLOCK_END = rf"(?:\s?(?P<{{}}>{_AMPM}))"
_PATTERNS = {
    "iso": r"(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)",
    "numeric": r"(?P<n1>\d\d?)(?P<sep>[/.-])(?P<n2>\d\d?)(?P=sep)(?P<ny>\d{4})(?!\d)",
    "ymd": r"(?P<yy>\d{4})(?P<ysep>[/.])(?P<ym>\d\d?)(?P=ysep)(?P<yd>\d\d?)(?!\d)",
    "cjk": r"(?P<cy>\d{4})\s?[年년]\s?(?P<cm>\d\d?)\s?[月월](?:\s?(?P<cd>\d\d?)\s?[日일])?",
    "short_date": r"\d\d?(?P<ds>[/.-])\d\d?(?P=ds)\d\d(?!\d)|'\d\d(?!\d|s)",
    "short_decade": r"'?\d0'?s\b",
    "time": r"(?P<h>\d\d?):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?(?!\d)" + _CLOCK_END.format("ap") + "?",
    "dotted": r"(?P<dh>\d\d?)\.(?P<dm>\d\d)" + _CLOCK_END.format("dap"),
    "hour": r"(?P<hh>\d\d?)" + _CLOCK_END.format("hap"),
    "decade": r"(?P<dec>\d{3}0)'?s\b",
    "ago": rf"(?P<count>{'|'.join(NUMBERS)}|\d{{1,4}})\s(?P<agounit>minute|hour|day|week|month|year)s?\s"
    r"(?:ago|earlier|before|back)\b",
    "before_yesterday": r"(?:the\s)?day\sbefore\syesterday\b",
    "yesterday": r"yesterday\b",
    "today": r"today\b",
    "tonight": r"tonight\b",
    "tomorrow": r"tomorrow\b",
    "noon": r"(?:12\s)?noon\b",
    "midnight": r"(?:12\s)?midnight\b",
    "edge_of": rf"(?:the\s)?(?P<edgeof>{'|'.join(EDGES)})\b",
    "edge": r"(?P<edgeword>early|mid|late)\b(?P<edgeon>\son\b)?-?",
    "within": r"(?:earlier|later)\b",
    "which": r"(?P<whichword>this\spast|this\slast|last|past|previous|this|current|next)\b",
    "unit": r"(?P<unitword>weekend|week|month|year|decade|quarter)\b",
    "daypart": rf"(?P<part>{'|'.join(DAYPARTS)})\b",
    "season": rf"(?P<seasonword>{'|'.join(SEASONS)})\b",
    "quarter": rf"q(?P<q>[1-4])\b|(?P<qth>{'|'.join(ORDINALS)})\squarter\b",
    "half": r"h(?P<hn>[12])\b|(?P<hth>first|second)\shalf\b",
    "weekday": rf"(?P<wday>{_names(WEEKDAYS, 3)}|tues|weds|thurs?)\b\.?",
    "month": rf"(?P<mon>{_names(MONTHS, 3)}|sept)(?![a-z])\.?",
    "years": r"(?P<y1>\d{4})[/-](?P<y2>\d{4}|\d\d)(?!\d)",
    "year": r"(?P<y>\d{4})(?!\d)",
    "day": r"(?P<d>\d\d?)(?:st|nd|rd|th)?(?!\d)\.?",
    "local": r"local(?:\stime)?\b",
    "approximate": r"(?:circa|ca\.?|c\.|about|around|approximately|approx\.?|roughly|some\s?time)(?![a-z])|~",
    "offset": r"(?:utc|gmt)\s?[+-]\d\d?(?::?\d\d)?(?!\d)|[+-]\d\d:?(?:00|15|30|45)(?!\d)",
    "iana": r"[a-z][a-z_]+(?:/[a-z0-9_+-]+)+",
    "written": rf"(?:{WRITTEN})\b",
    "filler": r"(?:of|the|on|in|at|during|over|within)\b|[,;·|@]|(?<=\s)-(?=\s)",
}
_TOKEN = re.compile(r"\s*(?:" + "|".join(f"(?P<t_{name}>{rule})" for name, rule in _PATTERNS.items()) + ")")
_WORD = re.compile(r"\s*(\S+)")


def scan(text: str) -> Slots:
    """Sort a phrase into slots; Unread at the first word that no date holds."""
    slots, at = Slots(), 0
    text = text.lower().rstrip(" .,;")
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            word = _WORD.match(text, at)
            raise Unread(f"{word[1] if word else text[at:]!r} is no word of a date")
        kind = (match.lastgroup or "").removeprefix("t_")
        _SORT[kind](slots, match)
        at = match.end()
    return slots


def _numeric(slots: Slots, match: re.Match[str]) -> None:
    first, second, year = int(match["n1"]), int(match["n2"]), int(match["ny"])
    if first != second and 1 <= first <= 12 and 1 <= second <= 12:
        one, other = (f"{day} {MONTHS[month - 1].title()} {year}" for day, month in ((first, second), (second, first)))
        raise WhenError(
            f"{match[0].strip()!r} may be {one} or {other}; write {year}-{second:02d}-{first:02d} "
            f"or {year}-{first:02d}-{second:02d}"
        )
    day, month = (second, first) if second > 12 else (first, second)
    slots.put(day=day, month=month, year=year)


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


def _short(_slots: Slots, match: re.Match[str]) -> None:
    raise WhenError(f"{match[0].strip()!r}: {TWO_DIGITS}")


def _midnight(_slots: Slots, _match: re.Match[str]) -> None:
    raise WhenError("midnight may begin the day or end it; write 00:00 and the day that begins then")


def _unit_ago(slots: Slots, match: re.Match[str]) -> None:
    count = NUMBERS.get(match["count"]) or int(match["count"])
    if match["agounit"] == "day":
        slots.put(offset=-count)
    else:
        slots.put(ago=(count, match["agounit"]))


def _tonight(slots: Slots, _match: re.Match[str]) -> None:
    slots.put(offset=0, daypart="night")


def _edge(slots: Slots, match: re.Match[str]) -> None:
    if match["edgeon"]:
        slots.put(within=match["edgeword"])  # "late on Friday" is loose: the day stands
    else:
        slots.put(edge=match["edgeword"])


def _weekday(slots: Slots, match: re.Match[str]) -> None:
    slots.put(weekday=next(i for i, name in enumerate(WEEKDAYS) if name.startswith(match["wday"][:3])))


def _month(slots: Slots, match: re.Match[str]) -> None:
    slots.put(month=next(i for i, name in enumerate(MONTHS, 1) if name.startswith(match["mon"][:3])))


def _years(slots: Slots, match: re.Match[str]) -> None:
    first, last = int(match["y1"]), int(match["y2"])
    slots.put(year=first, last_year=last if len(match["y2"]) == 4 else first // 100 * 100 + last)


def _offset(slots: Slots, match: re.Match[str]) -> None:
    if slots.clock is None:
        raise Clash(f"{match[0].strip()!r} follows no clock time")
    slots.put(zone=zone_of(match[0].strip()))


def _written(slots: Slots, match: re.Match[str]) -> None:
    slots.put(abbreviation=match[0].strip())


_SORT: dict[str, Callable[[Slots, re.Match[str]], None]] = {
    "iso": lambda slots, m: slots.put(year=int(m["iy"]), month=int(m["im"]), day=int(m["id"])),
    "numeric": _numeric,
    "ymd": lambda slots, m: slots.put(year=int(m["yy"]), month=int(m["ym"]), day=int(m["yd"])),
    "cjk": lambda slots, m: slots.put(year=int(m["cy"]), month=int(m["cm"]), day=int(m["cd"]) if m["cd"] else None),
    "short_date": _short,
    "short_decade": _short,
    "time": _time,
    "dotted": lambda slots, m: _clock(slots, m[0], int(m["dh"]), int(m["dm"]), None, m["dap"]),
    "hour": lambda slots, m: _clock(slots, m[0], int(m["hh"]), None, None, m["hap"]),
    "decade": lambda slots, m: slots.put(decade=int(m["dec"])),
    "ago": _unit_ago,
    "before_yesterday": lambda slots, _: slots.put(offset=-2),
    "yesterday": lambda slots, _: slots.put(offset=-1),
    "today": lambda slots, _: slots.put(offset=0),
    "tonight": _tonight,
    "tomorrow": lambda slots, _: slots.put(offset=1),
    "noon": lambda slots, _: slots.put(clock=(12, None, None), meridiem="p"),
    "midnight": _midnight,
    "edge_of": lambda slots, m: slots.put(edge=EDGES[m["edgeof"]]),
    "edge": _edge,
    "within": lambda slots, m: slots.put(within=m[0].strip()),
    "which": lambda slots, m: slots.put(which=m["whichword"]),
    "unit": lambda slots, m: slots.put(unit=m["unitword"]),
    "daypart": lambda slots, m: slots.put(daypart=m["part"]),
    "season": lambda slots, m: slots.put(season=SEASONS[m["seasonword"]]),
    "quarter": lambda slots, m: slots.put(quarter=int(m["q"]) if m["q"] else ORDINALS[m["qth"]]),
    "half": lambda slots, m: slots.put(half=int(m["hn"]) if m["hn"] else ORDINALS[m["hth"]]),
    "weekday": _weekday,
    "month": _month,
    "years": _years,
    "year": lambda slots, m: slots.put(year=int(m["y"])),
    "day": lambda slots, m: slots.put(day=int(m["d"])),
    "local": lambda slots, _: slots.put(local="local"),
    "approximate": lambda slots, _: slots.put(approximate="about"),
    "offset": _offset,
    "iana": lambda slots, m: slots.put(zone=zone_of(m[0].strip())),
    "written": _written,
    "filler": lambda _slots, _: None,
}
