"""Finds moments in running English text. Reads none of them itself: ``When.parse`` says what each is, or refuses."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import WhenError
from flipflop.when import mentions
from flipflop.when.moment import When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime


_LONG_AGO = timedelta(days=240)


class FoundMoment(NamedTuple):
    """A moment and where it stands: ``text[start:end]`` is ``when.text``."""

    start: int
    end: int
    when: When


def find(
    text: str,
    reference: datetime | date | str | When | None = None,
    tz: str | None = None,
    *,
    leave_out: Iterable[tuple[int, int]] = (),
) -> list[FoundMoment]:
    """Return the moments that a text speaks of, in its order, as far as they can be read without guessing.

    ``reference`` and ``tz`` are those of ``When.parse``. ``leave_out`` are spans in which nothing is looked for, such
    as quotations: a date in one of them dates nothing outside. A word that may be something else ("may", "second",
    "March", "Sun", "fall") is a moment only beside what makes it one; a day without its year is none after "will".
    """
    plain = _without(text, leave_out)

    read_before: dict[str, When | None] = {}
    today = _read("today", reference, tz)

    def read(start: int, end: int) -> FoundMoment | None:
        words = text[start:end]
        if words not in read_before:
            when = _read(words, reference, tz)
            read_before[words] = None if when and today and _is_to_come(words, when, today) else when
        when = read_before[words]
        return None if when is None else FoundMoment(start, end, when)

    found = [known for place in _places(plain) if (known := _first(place, read))]
    whole = [_with_brackets(plain, each, read) for each in _joined(plain, found, read)]
    return [each for before, each in zip([None, *whole], whole, strict=False) if not before or before.end <= each.start]


def _read(words: str, reference: datetime | date | str | When | None, tz: str | None) -> When | None:
    try:
        return When.parse(words, reference=reference, tz=tz)
    except WhenError:
        return None


def _is_to_come(words: str, when: When, today: When) -> bool:
    """Tell whether a month without its year would be so long ago that the next one is meant: "on Nov. 1", in September.

    Of what is said so, ``When.parse`` gives the latest; people who write a letter mean that, papers announce as well.
    """
    yearless = mentions.MONTH.search(words) and not mentions.YEAR.search(words)
    return bool(yearless) and when.end.year < today.start.year and when.end + _LONG_AGO < today.start


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with those spans filled by a sign that no date holds."""
    kept, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            kept += [text[at : max(start, at)], "\ufffc" * (end - max(start, at))]
            at = end
    return "".join([*kept, text[at:]])


def _places(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield where a moment may stand, each place with shorter readings of it: without its bound, without its clock."""
    names = {name for match in mentions.NAMED_LIKE_MONTHS.finditer(text) for name in match.groups() if name}
    certain = [(match.start(), match) for match in mentions.MENTION.finditer(text) if not _is_no_day(text, match)]
    taken = [match.span("core") for _, match in certain]
    loose = [(m.start(), m) for m in mentions.LOOSE.finditer(text) if not _is_no_month(text, m, names)]
    free = [(at, m) for at, m in loose if not _overlaps(m.span("core"), taken)]
    for _, match in sorted(certain + free, key=lambda place: place[0]):
        yield _readings(match)


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    from bisect import bisect_left

    at = bisect_left(taken, (span[1], 0))
    return at > 0 and taken[at - 1][1] > span[0]


def _readings(match: re.Match[str]) -> list[tuple[int, int]]:
    start, end = match.span("core")
    if match.re is mentions.LOOSE:
        word = match["word"].lower()
        return [(match.start(), end)] if word in _BOUNDS else [(start, end)]
    if match["bound"]:
        return [(match.start(), end)]
    return [(start, end)] + ([match.span("day")] if match["before"] or match["after"] else [])


_BOUNDS = {"since", "until", "by", "before", "after", "from", "between", "last"}


def _is_no_day(text: str, match: re.Match[str]) -> bool:
    """Tell whether what looks like a moment is a name, one of many, or still to come."""
    start, end = match.span("core")
    before, after = text[max(0, match.start() - 90) : start], text[end : end + 20]
    day = match["day"] or match["longer"] or match["core"]
    if re.search(r"\d{4}", day):
        return False
    sentence = re.split(r"[.!?]\s|\n|\ufffc", before)[-1]
    if mentions.FUTURE.search(sentence) or (match["bound"].strip().lower() in {"by", "until", "till"}):
        return True
    if day[:5] in {"Today", "Yeste"} and not _opens_a_sentence(before, after):
        return True
    if not mentions.WEEKDAY.fullmatch(day):
        return False
    if mentions.NO_DAY_BEFORE.search(before) or mentions.NO_DAY_AFTER.match(after):
        return True
    if mentions.ONE_OF_MANY.search(before):
        return bool(mentions.NOT_A_NOUN.match(after))
    return before.endswith(("the ", "The ")) and bool(mentions.OF_ANOTHER_DAY.match(after))


def _opens_a_sentence(before: str, after: str) -> bool:
    """A capital that is only that of a sentence: "Today, …", not "USA Today" or "the Today programme"."""
    return not re.search(r"\w\s?$", before) and not re.match(r"\s[A-Z]", after)


def _is_no_month(text: str, match: re.Match[str], names: set[str]) -> bool:
    word, after = match["word"].lower(), text[match.end() : match.end() + 30]
    if month := match["month"]:
        if month in names or re.match(r"\s[A-Z]", after) or word in {"from", "between", "by", "until"}:
            return True
        if word == "at" and match["core"] == month:
            return True
        return word == "of" and not re.match(r"\W", after)
    if word in {"of", "at"}:
        return word == "at" or bool(re.match(r"\s\w", after))
    return word == "last" or (match["years"].endswith("00") and bool(re.match(r"\s[a-z]+s\b", after)))


def _first(readings: list[tuple[int, int]], read: Callable[[int, int], FoundMoment | None]) -> FoundMoment | None:
    return next((known for span in readings if (known := read(*span))), None)


def _joined(text: str, found: list[FoundMoment], read: Callable[[int, int], FoundMoment | None]) -> list[FoundMoment]:
    """Put the two ends of a range together, where ``When.parse`` reads them as one."""
    kept: list[FoundMoment] = []
    for each in found:
        between = text[kept[-1].end : each.start] if kept else ""
        if kept and mentions.JOINED.fullmatch(between) and (whole := _range(text, kept[-1], each, between, read)):
            kept[-1] = whole
        else:
            kept.append(each)
    return kept


def _range(
    text: str, first: FoundMoment, last: FoundMoment, between: str, read: Callable[[int, int], FoundMoment | None]
) -> FoundMoment | None:
    word = next((word for word in ("between ", "from ") if text[: first.start].lower().endswith(word)), "")
    if between.strip() == "and" and word != "between ":
        return None
    return read(first.start - len(word), last.end)


def _with_brackets(text: str, found: FoundMoment, read: Callable[[int, int], FoundMoment | None]) -> FoundMoment:
    """Take in the brackets behind a moment, where they hold the same moment in another calendar."""
    match = mentions.IN_BRACKETS.match(text, found.end)
    return (match and read(found.start, match.end())) or found
