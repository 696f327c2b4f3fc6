"""How two moments stand in one phrase: ranges, times of one day, nights between two days, bounds. Knows words only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import WhenError
from flipflop.when.tokens import AMPM, MONTH
from flipflop.when.zones import range_or_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANY_CASE = re.IGNORECASE
_TO = r"(?:(?:up\s)?to(?:\sand\sincluding)?|until|till|through|thru)"
_BETWEEN = [
    re.compile(rule, _ANY_CASE)
    for rule in (
        r"(?:(?:some\s?time|at some point)\s)?between\s(.+?)\sand\s(.+)",
        rf"from\s(.+?)\s{_TO}\s(.+)",
        r"from\s(.+?)\s?-\s?(.+)",
    )
]
_CUTS = [
    re.compile(rule, _ANY_CASE)
    for rule in (rf"\s(?:{_TO}|or)\s|-to-|\s-\s", r"\s?-\s?", r"(?<=[a-z\d])\s?/\s?(?=(?:\d\d?\s)?[a-z])")
]
"""Where a range is cut: at a word or a dash between blanks, before a hyphen or slash that may be inside a date."""
NOT_AFTER, NOT_BEFORE, BEFORE, AFTER = "not after", "not before", "before", "after"
_SIDES = {
    NOT_AFTER: r"not after|(?:no|not) later than|(?:on|in|at) or before|up to(?: and including)?|up until|until|till"
    r"|by|through",
    NOT_BEFORE: r"not before|(?:no|not) earlier than|(?:on|in|at) or after|since|from|(?:starting|beginning)(?! of)",
    BEFORE: r"before|prior to",
    AFTER: r"after",
}
_BOUNDS = {side: re.compile(rf"(?:{words})\s(.+)", _ANY_CASE) for side, words in _SIDES.items()}
_BOUNDS_AT_THE_END = {
    NOT_AFTER: re.compile(r"(.+?),?\s(?:or (?:earlier|before)|at the latest)", _ANY_CASE),
    NOT_BEFORE: re.compile(r"(.+?),?\s(?:(?:or|and) (?:later|after)|at the earliest|onwards?)", _ANY_CASE),
}
_FIRST_WORDS = {"not", "no", "on", "in", "at", "up", "until", "till", "by", "through", "since", "from", "starting",
                "beginning", "before", "prior", "after"}  # fmt: skip
_LAST_WORDS = ("earlier", "before", "latest", "later", "after", "earliest", "onward", "onwards")
_NIGHT = re.compile(
    r"(?:(?:on|during|in)\s)?(?:(?:the\s)?night\s(?:of|from|between|on)|overnight)\s(?:(?:of|from|between|on)\s)?(.+)",
    _ANY_CASE,
)
_TIME = rf"\d\d?(?:[:.h][0-5]\d)?(?::[0-5]\d)?(?:\s?{AMPM}|\s?h(?![a-z]))?"
_TIMES = re.compile(
    rf"(?P<before>(?:.*?\s)??)(?:(?P<between>between|from)\s)?(?P<first>{_TIME})(?P<joint>\s?-\s?|\s(?:{_TO}|and)\s)"
    rf"(?P<last>{_TIME}|(?:12\s)?(?:noon|midnight))(?![\d:/-]|\.\d)(?P<after>.*)",
    _ANY_CASE,
)
_CLOCKLIKE = re.compile(r"[:h]|m\b|\d\.\d|noon|midnight", _ANY_CASE)
_PART = re.compile(r"\b(?:morning|afternoon|evening)\b", _ANY_CASE)
_BARE = re.compile(r"(?<![\d/.:+-])(\d\d?)(?:[:.]([0-5]\d))?\Z")
_OF_TWELVE = re.compile(rf"(\d\d?)(?:[:.]([0-5]\d))?\s?(?P<half>{AMPM})", _ANY_CASE)
_OF_HOURS = re.compile(r"\d\d?\s?h(?![a-z])", _ANY_CASE)
_MIDNIGHT = re.compile(r"(?:(?:12\s)?midnight\b|24[:.h]00(?::00)?(?!\d))", _ANY_CASE)
_TWO_DAYS = [
    re.compile(rule, _ANY_CASE)
    for rule in (
        rf"(?<![\d/.-])(\d\d?)/(\d\d?)(?!\d|/)(?=(?:\sof)?\s{MONTH})",
        r"(?<=[a-z.]\s)(\d\d?)/(\d\d?)(?=,?\s\d{4}\b|\Z)",
    )
]


class Bound(NamedTuple):
    """On which side of what a moment lies: not after, not before, before or after."""

    side: str
    rest: str


def bound_of(text: str) -> Bound | None:
    """Return the bound that a text is; None for none."""
    first, _, last = text.lower().partition(" ")
    found = ([_BOUNDS] if first in _FIRST_WORDS else []) + ([_BOUNDS_AT_THE_END] if last.endswith(_LAST_WORDS) else [])
    for rules in found:
        for side, rule in rules.items():
            if match := rule.fullmatch(text):
                return Bound(side, match[1])
    return None


def between(text: str) -> tuple[str, str] | None:
    """Return both ends of "between … and …" and "from … to …"; None where the text begins otherwise."""
    if text[:1].lower() not in "bfsa":  # between, from, sometime, at some point
        return None
    for rule in _BETWEEN:
        if match := rule.fullmatch(text):
            return match[1], match[2]
    return None


def cuts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield both sides of all that may join two ends, and what joins them."""
    for rule in _CUTS:
        for match in rule.finditer(text):
            left, right = text[: match.start()], text[match.end() :]
            if left and right and not (match[0] == "-" and _is_inside(left, right)):
                yield left, right, match[0].strip()


def _is_inside(left: str, right: str) -> bool:
    """Tell whether a hyphen separates nothing: that of an offset, or one between an ISO date and more digits."""
    iso_date = r"\d{4}-\d\d-\d\d"
    if re.search(r"\b(?:UTC|GMT)$", left, re.IGNORECASE):
        return True
    return bool(re.search(rf"{iso_date}$", left) and re.match(r"\d", right) and not re.match(iso_date, right))


def times_of_one_day(text: str) -> tuple[str, str] | None:
    """Return both ends of "9 July 2017 between 20.00 and 21.30", whose date stands beside the times; None for none."""
    match = _TIMES.fullmatch(text)
    if not match:
        return None
    if not _CLOCKLIKE.search(match["last"]):
        return _hours_of_a_part(match)
    if (match["joint"].strip() == "and") is not ((match["between"] or "").lower() == "between"):
        return None
    looks_like_an_offset = match["joint"].endswith("-") and re.fullmatch(r"\d\d?:\d\d", match["last"])
    if looks_like_an_offset and (problem := range_or_offset(f"-{match['last']}")):
        raise problem
    first, last = (re.sub(r"(?<=\d)\.(?=\d)", ":", match[name]) for name in ("first", "last"))
    first, _ = lent(first, last)
    if not _CLOCKLIKE.search(first):
        return None
    rest = match["after"].strip()
    return f"{match['before']}{first} {rest}".strip(), f"{last} {rest}".strip()


def _hours_of_a_part(match: re.Match[str]) -> tuple[str, str] | None:
    """Return both ends of "2 to 4 on Sunday afternoon": the part of the day says which hours they are."""
    before, after = match["before"], match["after"]
    if not (match["first"].isdigit() and match["last"].isdigit() and _PART.search(f"{before} {after}")):
        return None
    return f"{before} at {match['first']}{after}", f"{before} at {match['last']}{after}"


def lent(left: str, right: str) -> tuple[str, str]:
    """Return the first end with the half of the day that stands only with the second one, and a warning that says so.

    "5 to 6 pm" is that of one half of the day; WhenError where that would run backwards: "11 to 1 pm".
    """
    first, last = _BARE.search(left), _OF_TWELVE.match(right)
    if first and not first[2] and _OF_HOURS.match(right):
        return f"{left}h", ""
    if not first or not last or int(first[1]) > 12:
        return left, ""
    begins, ends = ((int(match[1]) % 12, int(match[2] or 0)) for match in (first, last))
    if first[1].startswith("0") or not begins < ends:
        raise WhenError("the first clock time may be am or pm; write it")
    half = "am" if last["half"][0] in "aA" else "pm"
    return f"{left} {half}", f"{first[0]} is read as {half}, as the end of the range is"


def without_midnight(right: str) -> str:
    """Return the end of a range with 00:00 for the midnight that it begins with."""
    return _MIDNIGHT.sub("00:00", right, count=1) if _MIDNIGHT.match(right) else right


def night_between(text: str) -> str | None:
    """Return the two days of "the night of 8-9 July 2017" as a range; None where it is no night."""
    match = _NIGHT.fullmatch(text)
    return re.sub(r"\sand\s", " to ", match[1]) if match else None


def dashed(text: str) -> str:
    """Return a text with a hyphen in "8/9 July 2017", two days of which one follows the other."""
    for rule in _TWO_DAYS:
        text = rule.sub(
            lambda match: "-".join(match.groups()) if int(match[2]) == int(match[1]) + 1 else match[0], text
        )
    return text
