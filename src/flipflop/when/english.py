"""Phrases as people type them: single moments, ranges, two calendars side by side, and bounds such as "before"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from flipflop.errors import WhenError
from flipflop.when import span as spans
from flipflop.when.grammar import opened
from flipflop.when.moment import Precision, When
from flipflop.when.phrases import span_of
from flipflop.when.reference import BORROWED, Around, Reference
from flipflop.when.relative import hours_ago
from flipflop.when.scan import scan
from flipflop.when.words import Clash, Slots, Unread
from flipflop.when.zones import UTC_ZONE, Zone, meanings, written_zone, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.when.moment import Midnights

_PAREN = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)(?P<rest>[^()]*)")
_BETWEEN = re.compile(r"between\s(.+?)\sand\s(.+)", re.IGNORECASE)
_FROM = re.compile(r"from\s(.+?)(?:\s(?:to|until|till|through|thru)\s|\s?-\s?)(.+)", re.IGNORECASE)
_BOUND = re.compile(
    r"(?P<word>not after|no later than|not before|before|until|till|by|after|since|from)\s(?P<rest>.+)", re.IGNORECASE
)
_WORDS = r"\s(?:to|until|till|through|thru)\s"
_SPLITS = [re.compile(rule, re.IGNORECASE) for rule in (rf"{_WORDS}|\s-\s", r"\s?-\s?")]
_DATED = ("year", "month", "day", "weekday", "offset", "which", "unit")
_UNKNOWN = "no date in it that can be read"
_WAY_OUT = "write it like 2017-07-09, '9 July 2017 7:50am EDT' or 'Sunday evening' with a reference"


class English(Struct, frozen=True):
    """One reading of one text: the text as typed, the zone and the reference of the call, and what midnights are."""

    text: str
    zone: Zone | None
    reference: Reference | None
    midnights: Midnights | None = None

    def read(self, clean: str) -> When:
        """Return the moment of a cleaned text; WhenError where there is none."""
        try:
            return self._read(clean)
        except Unread as error:
            return self._in_another_language(clean, error)

    def _in_another_language(self, clean: str, error: Unread) -> When:
        if re.search(r"\d", clean):
            from flipflop.when.foreign import in_english

            translated = in_english(clean.lower())
            if translated is not None:
                english, warning = translated
                try:
                    moment = self._read(english)
                except Unread:
                    raise _failure(error) from None
                return replace(moment, warnings=(*moment.warnings, warning)) if warning else moment
        raise _failure(error)

    def _read(self, clean: str) -> When:
        if match := _PAREN.fullmatch(clean):
            return self._two_calendars(f"{match['outer']} {match['rest']}".strip(), match["inner"].strip())
        if match := _BETWEEN.fullmatch(clean) or _FROM.fullmatch(clean):
            return self._range(match[1], match[2], in_words=True)
        if match := _BOUND.fullmatch(clean):
            return self._bound(match["word"].lower(), match["rest"])
        try:
            return self._moment(scan(clean))
        except Unread as error:
            return self._split(clean, error)

    def _moment(self, slots: Slots, around: Around | None = None) -> When:
        """The moment of slots, wide enough where they say "about"."""
        return self._placed(slots, around, spans.settle)

    def _placed(self, slots: Slots, around: Around | None, place: Callable[..., When]) -> When:
        zone, borrowed = self._zone(slots), None
        if zone is None and self.reference is not None and self.reference.zone is not None:
            zone = self.reference.zone
            borrowed = BORROWED
        if slots.ago and slots.ago[1] in {"hour", "minute"} and self.reference is not None:
            *asked, shown = self.reference.instants(zone)
            return hours_ago(self.text, slots, (asked[0], asked[1]), shown)
        if around is None and self.reference is not None:
            around = self.reference.seen_from(zone)
        span = span_of(slots, around)
        counted = not (slots.year is not None or slots.decade is not None)
        if borrowed and (span.clock or not counted):
            return place(self.text, span, self.zone, midnights=self.midnights)
        return place(self.text, span, zone if borrowed else self.zone, borrowed=borrowed, midnights=self.midnights)

    def _zone(self, slots: Slots) -> Zone | None:
        if slots.zone is not None:
            return slots.zone
        if slots.abbreviation and self.reference is not None:
            local = self.reference.wall
            if slots.year is None:
                return written_zone(slots.abbreviation, default=self.zone, local=local)
        return self.zone

    def _split(self, clean: str, error: Unread) -> When:
        for split in _SPLITS:  # a dash between blanks, or a word, before a hyphen that may be inside a date
            for match in split.finditer(clean):
                left, right = clean[: match.start()], clean[match.end() :]
                if not left or not right or (match[0] == "-" and _is_inside(left, right)):
                    continue
                try:
                    return self._range(left, right, in_words=match[0].strip() != "-")
                except Clash as why:
                    error = error if match[0] == "-" else why
                except Unread:
                    continue
        raise error

    def _range(self, left: str, right: str, *, in_words: bool) -> When:
        first, last = scan(left), scan(right)
        if last.filled().keys() == {"day"} and re.search(r"\d{4}\W*$", left):
            raise Clash(f"{right!r} follows a year")
        dated = first.year is not None and last.year is not None
        _complete(first, last)
        if _kind(first) != _kind(last) and not (in_words and dated and {_kind(first), _kind(last)} <= _CALENDAR):
            raise Clash(f"a range has two ends of one kind, not {left!r} and {right!r}")
        either = English(self.text, self.zone, self.reference, self.midnights or _of_range(first, last))
        end = either._placed(last, None, spans.plain)
        around = None
        if first.year is None and (first.month or first.weekday is not None) and first.filled() != last.filled():
            around = self._last_day(end)
        start = either._placed(first, around, spans.plain)
        return spans.join(self.text, replace(start, text=left), replace(end, text=right))

    def _last_day(self, moment: When) -> Around:
        zone = zone_of(moment.tz) if moment.tz else UTC_ZONE
        return Around(zone.wall(moment.end - timedelta(microseconds=1)).date())

    def _bound(self, word: str, rest: str) -> When:
        known = self._read(rest)
        if word in {"not after", "no later than", "until", "till", "by"}:
            return opened(self.text, known, end=known.end)
        if word == "before":
            return opened(self.text, known, end=known.end if known.approximate else known.start)
        return opened(self.text, known, start=known.end if word == "after" and not known.approximate else known.start)

    def _two_calendars(self, outer: str, inner: str) -> When:
        about = scan(outer)
        if about.zone is not None and _NAME_OF_ZONE.fullmatch(inner):
            return self._moment(about)
        other = scan(inner)
        if about.zone is not None and other.filled().keys() == {"abbreviation"}:
            return self._moment(self._same_zone(about, other, outer, inner))
        if not _has_zone(other) or not set(other.filled()) - {"zone", "abbreviation"}:
            for name, value in other.filled().items():
                about.put(**{name: value})
            return self._moment(about)
        moment = self._moment(about)
        zone = self._zone_of(other)
        if not any(_overlap(moment, seen) for seen in self._same_days(moment, other, zone)):
            if _has_zone(about) or moment.precision is not Precision.DAY:
                raise WhenError(f"{inner!r} is at no time {outer!r}; one of the two is wrong")
            return self._elsewhere(outer, moment, inner, self._moment(other))
        warning = f"it is said in two calendars; the moment is {outer!r}, and {inner!r} agrees with it"
        return replace(moment, warnings=(*moment.warnings, warning))

    def _same_zone(self, about: Slots, other: Slots, outer: str, inner: str) -> Slots:
        """The date of a mail's header, which names its zone after the offset; WhenError where that is another one."""
        moment = self._moment(about)
        offset = about.zone and about.zone.offsets(about.zone.wall(moment.start))[0]
        if offset not in meanings(other.abbreviation, moment.start):
            raise WhenError(f"{inner!r} is another time zone than that of {outer!r}; one of the two is wrong")
        return about

    def _elsewhere(self, outer: str, moment: When, inner: str, named: When) -> When:
        """The calendar that names its zone, where the other one is of no zone that was given."""
        apart = timedelta(hours=26)  # from the first zone of the Earth to the last
        if moment.end + apart <= named.start or named.end + apart <= moment.start:
            raise WhenError(f"{inner!r} is at no time {outer!r} anywhere on Earth; one of the two is wrong")
        warning = f"the moment is {inner!r}; {outer!r} is the day in another zone, which the text does not name"
        return replace(named, warnings=(*named.warnings, warning))

    def _zone_of(self, slots: Slots) -> Zone:
        return slots.zone or written_zone(slots.abbreviation, default=self.zone)

    def _same_days(self, moment: When, other: Slots, zone: Zone) -> list[When]:
        first, last = zone.wall(moment.start).date(), zone.wall(moment.end - timedelta(microseconds=1)).date()
        if (last - first).days > 40:
            raise Clash("two calendars are compared for days, not for longer times")
        found = []
        for step in range(-1, (last - first).days + 2):
            when = first + timedelta(days=step)
            dated = replace(other, zone=zone, abbreviation="", which="", offset=None)
            if _fits(dated, year=when.year, month=when.month, day=when.day, weekday=when.weekday()):
                found.append(English(self.text, self.zone, None)._moment(dated))
        return found


_NAME_OF_ZONE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,4} (?:Time|Zeit)", re.IGNORECASE)
"""How a browser writes a zone after its offset: (Eastern Daylight Time)."""


def _is_inside(left: str, right: str) -> bool:
    """Tell whether a hyphen separates nothing: that of an offset, or one between an ISO date and more digits."""
    iso_date = r"\d{4}-\d\d-\d\d"
    if re.search(r"\b(?:UTC|GMT)$", left, re.IGNORECASE):
        return True
    return bool(re.search(rf"{iso_date}$", left) and re.match(r"\d", right) and not re.match(iso_date, right))


_UNITS = ("clock", "daypart", "day", "month", "season", "quarter", "half", "last_year", "year", "decade", "unit", "ago")

_CALENDAR = {"day", "month", "season", "quarter", "half", "year", "decade"}


def _kind(slots: Slots) -> str:
    """Return what an end of a range is: the finest that it names."""
    said = slots.filled()
    if slots.weekday is not None or slots.offset is not None:
        said["day"] = True
    return next((name for name in _UNITS if name in said), "")


def _of_range(first: Slots, last: Slots) -> Midnights | None:
    """Midnight at one end of a range of times is a time; at both ends it may stand for the day."""
    clocks = [slots.clock for slots in (first, last) if slots.clock is not None]
    return None if all(clock[:2] == (0, 0) for clock in clocks) else "time"


def _has_zone(slots: Slots) -> bool:
    return slots.zone is not None or bool(slots.abbreviation)


def _overlap(one: When, other: When) -> bool:
    return one.start < other.end and other.start < one.end


def _fits(slots: Slots, **said: int) -> bool:
    """Fill a date in; False where the slots name another."""
    try:
        slots.put(**said)
    except Clash:
        return False
    return True


def _complete(first: Slots, last: Slots) -> None:
    """Let either end of a range lend the other what it leaves out: date, month, year, zone."""
    if last.clock and first.filled().keys() == {"day"}:
        raise WhenError("the first clock time may be am or pm; write it")
    if not _has_zone(first):
        first.zone, first.abbreviation = last.zone, last.abbreviation
    first.approximate = last.approximate = first.approximate or last.approximate
    undated = [slots for slots in (first, last) if not any(slots.filled().get(name) is not None for name in _DATED)]
    for slots in undated:
        if slots.clock is not None or slots.daypart:
            for name in _DATED:
                setattr(slots, name, getattr(last if slots is first else first, name))
    if first.clock and last.clock and last.meridiem and not first.meridiem:
        raise WhenError("the first clock time may be am or pm; write it")
    if first.month is None and first.day is not None:
        first.month = last.month
        first.year = first.year or last.year
    if last.month is None and last.day is not None:
        last.month = first.month
        first.year = first.year or last.year
    if last.year is None and first.year is not None and last.month is not None:
        last.year = first.year + (1 if first.month is not None and last.month < first.month else 0)


def _failure(error: WhenError) -> WhenError:
    return WhenError(f"{_UNKNOWN} ({error}); {_WAY_OUT}")
