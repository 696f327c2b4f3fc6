"""Month and weekday names of other languages: the one question that dateparser is asked.

dateparser never sees a number of the text, nor a phrase: this module takes the date apart, asks for the bare month
name in each language, and accepts an answer only where all languages that know the word agree ("listopad" is November
in Czech and October in Croatian, and an error here).
"""

from __future__ import annotations

import re
from functools import lru_cache

from flipflop.errors import WhenError
from flipflop.when.words import MONTHS, WEEKDAYS

_LATIN = [
    *("fr", "de", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "hu", "ro", "sv", "da"),
    *("nb", "fi", "et", "lv", "lt", "tr", "id", "ca", "sq", "is", "eu", "gl", "vi", "ga"),
]
_OTHER = ["ru", "uk", "bg", "be", "mk", "sr", "el", "ar", "fa", "he", "hi", "hy", "ka"]
_FILLER = r"(?:\s(?:de|del|di|da|do|den|des|von|of|van|d'))?"
_LETTERS = r"[^\W\d_]"
_SHAPE = re.compile(
    rf"(?:(?P<weekday>{_LETTERS}[^\W\d_-]{{3,15}}(?:-{_LETTERS}+)?)[.,]?\s)?(?:(?:le|el|il|den|der|am|em|vom)\s)?"
    rf"(?:(?P<day>\d\d?)(?:\.|er|º|°|-?\u0433\u043e)?{_FILLER}\s)?(?P<month>{_LETTERS}{{3,15}})\.?{_FILLER},?\s"
    r"(?P<year>\d{4})(?P<rest>(?:(?!\d).*)?)",
    re.DOTALL,
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})\.?\s(?P<month>{_LETTERS}{{3,15}})\.?(?:\s(?P<day>\d\d?)\.?)?(?P<weekday>)(?P<rest>(?:[\s,].*)?)",
    re.DOTALL,
)


def in_english(text: str) -> tuple[str, str] | None:
    """Return a date with month and weekday in English, and a warning that says so; None where it is no such date."""
    match = _SHAPE.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if match is None or (match["day"] is None and len(match["month"]) < 4):
        return None
    month = _meaning("month", match["month"])
    weekday = _meaning("weekday", match["weekday"]) if match["weekday"] else ""
    if month is None or weekday is None:
        return None
    english = f"{weekday} {match['day'] or ''} {month} {match['year']}{match['rest']}"
    return " ".join(english.split()), f"{match['month']!r} is read as {month.title()}"


def _meaning(kind: str, word: str) -> str | None:
    word = word.lower()
    english = MONTHS if kind == "month" else WEEKDAYS
    if word in english or (word[:3] in {name[:3] for name in english} and word.isascii() and len(word) <= 4):
        return word if word in english else next(name for name in english if name[:3] == word[:3])
    meanings = _asked(kind, word)
    if len(meanings) > 1:
        named = " or ".join(
            f"{english[index].title()} ({', '.join(langs)})" for index, langs in sorted(meanings.items())
        )
        raise WhenError(f"{word!r} may be {named}; write the {kind} in English or as a number")
    return english[next(iter(meanings))] if meanings else None


@lru_cache(maxsize=256)
def _asked(kind: str, word: str) -> dict[int, list[str]]:
    languages = _LATIN if re.match(r"[a-zà-ɏ]", word) else _OTHER
    found: dict[int, list[str]] = {}
    for language in languages:
        index = _month_in(word, language) if kind == "month" else _weekday_in(word, language)
        if index is not None:
            found.setdefault(index, []).append(language)
    return found


def _month_in(word: str, language: str) -> int | None:
    from dateparser import parse

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    answers = [
        parse(f"{day} {word} {year}", languages=[language], settings=settings) for day, year in ((15, 2017), (28, 2009))
    ]
    first, second = answers
    if first is None or second is None or (first.day, first.year, second.day, second.year) != (15, 2017, 28, 2009):
        return None
    return first.month - 1 if first.month == second.month else None


def _weekday_in(word: str, language: str) -> int | None:
    from datetime import datetime, timedelta

    from dateparser import parse

    base = datetime(2017, 7, 12)  # noqa: DTZ001 - a wall clock
    for_base = [
        parse(word, languages=[language], settings={"RELATIVE_BASE": base + timedelta(days=n)}) for n in (0, 1, 3)
    ]
    days = {answer.weekday() if answer else None for answer in for_base}
    return days.pop() if len(days) == 1 else None
