"""Time zones as people write them. Knows names, offsets and abbreviations; nothing of dates in words.

An abbreviation stands for an offset only where it has one meaning. Those with several (tzdata itself uses CST for three
zones, IST for three, PST for two) are errors that name the candidates, unless the zone of the call settles them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import WhenError, suggestion

if TYPE_CHECKING:
    from datetime import tzinfo

MIN = datetime.min.replace(tzinfo=UTC)
MAX = datetime.max.replace(tzinfo=UTC)
_ZERO = timedelta(0)


class Zone(NamedTuple):
    """A zone and the name it is stored under: IANA name or offset."""

    name: str
    info: tzinfo

    def utc(self, local: datetime, fold: int = 0) -> datetime:
        """Return the instant of a naive wall-clock time, held inside years 1 to 9999.

        In a gap, fold 0 takes the offset before it and fold 1 the one after; in a fold, fold 0 is the earlier instant.
        """
        return instant(local, self.offsets(local)[fold])

    def offsets(self, local: datetime) -> tuple[timedelta, timedelta]:
        """Return the offsets from UTC before and after a change of clocks at a naive wall-clock time, mostly equal.

        The first is smaller in a gap (clocks never showed this time) and greater in a fold (they showed it twice).
        """
        try:
            early = local.replace(tzinfo=self.info).utcoffset() or _ZERO
            if isinstance(self.info, timezone):
                return early, early
            return early, local.replace(tzinfo=self.info, fold=1).utcoffset() or _ZERO
        except OverflowError:
            return _ZERO, _ZERO

    def exists(self, local: datetime) -> bool:
        """Say whether clocks in this zone ever showed this time; spring-forward gaps they skip."""
        early, late = self.offsets(local)
        return early >= late

    def wall(self, moment: datetime) -> datetime:
        """Return the naive wall-clock time of an instant, held inside years 1 to 9999."""
        try:
            return moment.astimezone(self.info).replace(tzinfo=None)
        except OverflowError:
            return (MIN if moment - MIN < MAX - moment else MAX).replace(tzinfo=None)


def instant(local: datetime, offset: timedelta) -> datetime:
    """Return the instant of a naive wall-clock time at an offset, held inside years 1 to 9999."""
    try:
        return local.replace(tzinfo=UTC) - offset
    except OverflowError:
        return MIN if offset > _ZERO else MAX


UTC_ZONE = Zone("UTC", UTC)

# abbreviation: (offset in minutes, a zone that keeps it, to notice "EST" on a summer date)
_ABBREVIATIONS = {
    "UTC": (0, ""), "UT": (0, ""), "GMT": (0, ""), "Z": (0, ""),
    "EST": (-300, "America/New_York"), "EDT": (-240, "America/New_York"),
    "MST": (-420, ""), "MDT": (-360, "America/Denver"), "PDT": (-420, "America/Los_Angeles"),
    "AKST": (-540, "America/Anchorage"), "AKDT": (-480, "America/Anchorage"), "HST": (-600, ""),
    "ADT": (-180, "America/Halifax"), "NST": (-210, "America/St_Johns"), "NDT": (-150, "America/St_Johns"),
    "BRT": (-180, ""), "ART": (-180, ""), "WET": (0, ""), "WEST": (60, "Europe/Lisbon"),
    "CET": (60, ""), "CEST": (120, "Europe/Paris"), "EET": (120, ""), "EEST": (180, "Europe/Athens"),
    "MSK": (180, ""), "TRT": (180, ""), "IDT": (180, ""), "SAST": (120, ""), "CAT": (120, ""),
    "EAT": (180, ""), "WAT": (60, ""), "PKT": (300, ""), "NPT": (345, ""), "WIB": (420, ""),
    "HKT": (480, ""), "SGT": (480, ""), "AWST": (480, ""), "JST": (540, ""), "KST": (540, ""),
    "ACST": (570, ""), "ACDT": (630, "Australia/Adelaide"), "AEST": (600, ""),
    "AEDT": (660, "Australia/Sydney"), "NZST": (720, "Pacific/Auckland"), "NZDT": (780, "Pacific/Auckland"),
}  # fmt: skip

# The same in full, as browsers and agencies write them.
_IN_FULL = {
    "eastern standard time": (-300, "America/New_York"), "eastern daylight time": (-240, "America/New_York"),
    "central standard time": (-360, "America/Chicago"), "central daylight time": (-300, "America/Chicago"),
    "mountain standard time": (-420, ""), "mountain daylight time": (-360, "America/Denver"),
    "pacific standard time": (-480, "America/Los_Angeles"), "pacific daylight time": (-420, "America/Los_Angeles"),
    "greenwich mean time": (0, ""), "coordinated universal time": (0, ""), "universal time": (0, ""),
    "british summer time": (60, "Europe/London"), "central european time": (60, "Europe/Paris"),
    "central european summer time": (120, "Europe/Paris"), "eastern european time": (120, "Europe/Athens"),
    "eastern european summer time": (180, "Europe/Athens"), "indian standard time": (330, ""),
    "india standard time": (330, ""), "japan standard time": (540, ""), "korea standard time": (540, ""),
    "israel daylight time": (180, "Asia/Jerusalem"), "israel standard time": (120, "Asia/Jerusalem"),
    "pakistan standard time": (300, ""), "gulf standard time": (240, ""), "south african standard time": (120, ""),
    "australian eastern standard time": (600, ""), "australian eastern daylight time": (660, "Australia/Sydney"),
}  # fmt: skip
_ABBREVIATIONS |= {name.upper(): meaning for name, meaning in _IN_FULL.items()}

_AMBIGUOUS: dict[str, dict[str, int]] = {
    "CST": {"US Central": -360, "China": 480, "Cuba": -300},
    "CDT": {"US Central": -300, "Cuba": -240},
    "PST": {"US Pacific": -480, "Philippines": 480},
    "IST": {"India": 330, "Ireland": 60, "Israel": 120},
    "BST": {"British Summer": 60, "Bangladesh": 360},
    "AST": {"Atlantic": -240, "Arabia": 180},
    "SST": {"Samoa": -660, "Singapore": 480},
    "GST": {"Gulf": 240, "South Georgia": -120},
    "ECT": {"Ecuador": -300, "Eastern Caribbean": -240},
    "AMT": {"Amazon": -240, "Armenia": 240},
    "WST": {"Western Australia": 480, "West Samoa": 780},
    "ACT": {"Acre": -300, "Australian Central": 570},
}

# What papers print; each names one civil zone, whatever the season.
_SPOKEN = {
    "et": "America/New_York", "eastern time": "America/New_York", "eastern": "America/New_York",
    "ct": "America/Chicago", "central time": "America/Chicago",
    "mt": "America/Denver", "mountain time": "America/Denver",
    "pt": "America/Los_Angeles", "pacific time": "America/Los_Angeles",
    "nzt": "Pacific/Auckland", "nz time": "Pacific/Auckland", "new zealand time": "Pacific/Auckland",
    "uk time": "Europe/London", "british time": "Europe/London", "london time": "Europe/London",
    "paris time": "Europe/Paris", "berlin time": "Europe/Berlin", "hamburg time": "Europe/Berlin",
    "brussels time": "Europe/Brussels", "warsaw time": "Europe/Warsaw", "kyiv time": "Europe/Kyiv",
    "moscow time": "Europe/Moscow", "beijing time": "Asia/Shanghai", "tokyo time": "Asia/Tokyo",
    "sydney time": "Australia/Sydney", "new york time": "America/New_York",
    "washington time": "America/New_York", "d.c. time": "America/New_York", "chicago time": "America/Chicago",
    "los angeles time": "America/Los_Angeles", "toronto time": "America/Toronto", "rome time": "Europe/Rome",
    "madrid time": "Europe/Madrid", "lisbon time": "Europe/Lisbon", "vienna time": "Europe/Vienna",
    "geneva time": "Europe/Zurich", "zurich time": "Europe/Zurich", "amsterdam time": "Europe/Amsterdam",
    "dublin time": "Europe/Dublin", "irish time": "Europe/Dublin", "stockholm time": "Europe/Stockholm",
    "oslo time": "Europe/Oslo", "helsinki time": "Europe/Helsinki", "athens time": "Europe/Athens",
    "istanbul time": "Europe/Istanbul", "ankara time": "Europe/Istanbul", "budapest time": "Europe/Budapest",
    "prague time": "Europe/Prague", "cairo time": "Africa/Cairo", "jerusalem time": "Asia/Jerusalem",
    "israel time": "Asia/Jerusalem", "tehran time": "Asia/Tehran", "dubai time": "Asia/Dubai",
    "delhi time": "Asia/Kolkata", "india time": "Asia/Kolkata", "singapore time": "Asia/Singapore",
    "hong kong time": "Asia/Hong_Kong", "seoul time": "Asia/Seoul", "german time": "Europe/Berlin",
    "french time": "Europe/Paris", "japan time": "Asia/Tokyo", "japanese time": "Asia/Tokyo",
}  # fmt: skip

WRITTEN = "|".join(
    re.escape(name)
    for name in sorted((*_SPOKEN, *(name.lower() for name in (*_ABBREVIATIONS, *_AMBIGUOUS))), key=len, reverse=True)
)
"""Alternatives of a regular expression, lower case: what ``written_zone`` knows besides IANA names and offsets."""

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d\d?)(?::?(\d\d)(?::?(\d\d))?)?", re.ASCII | re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}", re.ASCII)

_FURTHEST = {"+": timedelta(hours=14), "-": timedelta(hours=12)}
_FURTHEST_OF_OLD = timedelta(hours=16)
_OF_THE_MACHINE = frozenset({"Factory", "localtime", "posixrules"})


@lru_cache(maxsize=512)
def zone_of(name: str) -> Zone:
    """Return the zone of an IANA name, an offset or an unambiguous abbreviation; WhenError where there is none."""
    text = name.strip()
    if match := _OFFSET.fullmatch(text):
        return _offset_zone(match)
    if text.upper() in _ABBREVIATIONS or text.upper() in _AMBIGUOUS or text.lower() in _SPOKEN:
        return written_zone(text)
    if _KEY.fullmatch(text):
        zone = _iana(text)
        if zone is not None:
            return zone
    raise WhenError(f"time zone {name!r} is not known{_nearest(text)}; write an IANA name or an offset such as -04:00")


@lru_cache(maxsize=512)
def shown_zone(name: str) -> Zone:
    """Return the zone whose clock a surface shows: "CET" is an abbreviation in a text, and here a zone with summers.

    Raises WhenError where there is none.
    """
    zone = zone_of(name)
    return (_iana(name.strip()) if zone.name.startswith(("+", "-")) else None) or zone


def written_zone(word: str, *, default: Zone | None = None, local: datetime | None = None) -> Zone:
    """Return the zone of a word in a text; an abbreviation with several meanings must fit the default zone."""
    key = word.upper()
    if key in _ABBREVIATIONS:
        return fixed(_ABBREVIATIONS[key][0])
    if key in _AMBIGUOUS:
        return _settled(key, default, local)
    if word.lower() in _SPOKEN:
        return zone_of(_SPOKEN[word.lower()])
    return zone_of(word)


def meanings(word: str, at: datetime) -> set[timedelta]:
    """Return every offset from UTC that a word for a zone stands for at an instant."""
    key = word.upper()
    if key in _ABBREVIATIONS:
        return {timedelta(minutes=_ABBREVIATIONS[key][0])}
    if key in _AMBIGUOUS:
        return {timedelta(minutes=minutes) for minutes in _AMBIGUOUS[key].values()}
    zone = written_zone(word)
    return {zone.offsets(zone.wall(at))[0]}


_ALL_YEAR = {
    "MST": "America/Denver", "CET": "Europe/Paris", "EET": "Europe/Athens", "WET": "Europe/Lisbon",
    "GMT": "Europe/London",
}  # fmt: skip
"""Other words than those above that people give for a zone with summer time, and the zone that they mean."""


def probably_meant(word: str) -> str | None:
    """Return a warning where a zone is given by one of the times that its clocks keep: EST is wrong all summer."""
    key = word.strip().upper()
    home = _ALL_YEAR.get(key) or _ABBREVIATIONS.get(key, (0, ""))[1]
    if not home:
        return None
    kept = zone_of(key).name
    return f"{key} is {kept} all year, in summer and in winter; you probably mean {home}"


def out_of_season(word: str, local: datetime) -> str | None:
    """Return a warning where an abbreviation is written on a date on which its zone keeps another time."""
    minutes, name = _ABBREVIATIONS.get(word.upper(), (0, ""))
    if not name:
        return None
    home = zone_of(name)
    if timedelta(minutes=minutes) in home.offsets(local):
        return None
    return f"{word.upper()} is taken as {fixed(minutes).name}, but {name} kept another time on that day"


def fixed(minutes: int) -> Zone:
    """Return the zone at an offset from UTC, named by it; zero is UTC."""
    if minutes == 0:
        return UTC_ZONE
    sign = "-" if minutes < 0 else "+"
    name = f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    return Zone(name, timezone(timedelta(minutes=minutes)))


def _offset_zone(match: re.Match[str]) -> Zone:
    hours, minutes, seconds = (int(part or 0) for part in match.group(2, 3, 4))
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    # Local mean time, to the second, went further where the date line was drawn otherwise.
    if minutes > 59 or seconds > 59 or size > (_FURTHEST_OF_OLD if seconds else _FURTHEST[match[1]]):
        raise WhenError(f"{match[0]!r} is no offset from UTC; write it as +HH:MM or -HH:MM, from -12:00 to +14:00")
    name = f"{match[1]}{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
    return Zone(name, timezone(-size if match[1] == "-" else size) if size else UTC)


def range_or_offset(shown: str) -> WhenError | None:
    """Return why a time and what follows it after a minus may be two things; None where it can only be a range."""
    match = _OFFSET.fullmatch(shown)
    try:
        zone = match and _offset_zone(match)
    except WhenError:
        return None
    name = zone.name if zone else shown
    return WhenError(f"{shown!r} may end a range or be an offset from UTC; write UTC{name}, or the range with 'to'")


def _iana(text: str) -> Zone | None:
    from zoneinfo import ZoneInfo

    for name in (text, _spelling(text)):
        try:
            if name and _means_the_same_everywhere(name):
                return Zone(name, ZoneInfo(name))
        except (KeyError, ValueError, OSError):  # not found, malformed, or a directory of the zone database
            continue
    return None


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    from zoneinfo import available_timezones

    return {name.lower(): name for name in available_timezones() if _means_the_same_everywhere(name)}


def _means_the_same_everywhere(name: str) -> bool:
    """Tell a zone from what lies beside it in a machine's database: its own time, and zones that count leap seconds."""
    return name not in _OF_THE_MACHINE and not name.startswith(("posix/", "right/"))


def _spelling(text: str) -> str | None:
    return _spellings().get(text.lower())


def _nearest(text: str) -> str:
    return suggestion(text.replace(" ", "_")[:60], [*_spellings().values()])


def _settled(key: str, default: Zone | None, local: datetime | None) -> Zone:
    candidates = _AMBIGUOUS[key]
    if default is not None:
        moment = local or datetime(2000, 1, 1)  # noqa: DTZ001 - a wall clock, before any zone
        for minutes in candidates.values():
            if timedelta(minutes=minutes) in default.offsets(moment):
                return fixed(minutes)
    named = ", ".join(f"{place} ({fixed(minutes).name})" for place, minutes in candidates.items())
    fit = f", and none of them is the time kept in {default.name} then" if default is not None else ""
    raise WhenError(f"time zone {key!r} may be {named}{fit}; write the offset or an IANA name instead")
