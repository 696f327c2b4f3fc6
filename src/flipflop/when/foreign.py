"""Dates in other languages, put into English word by word: months, weekdays, and what stands beside a day or a clock.

A name counts only where all languages that know it agree ("listopad" is November in Czech and October in Croatian, and
an error here). Whatever else stands in the text stays, and the English grammar refuses what it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from flipflop.errors import WhenError
from flipflop.when.names_abroad import MONTHS_ABROAD, WEEKDAYS_ABROAD
from flipflop.when.words import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_][^\s\d,.;:()/|@·-]*(?:-feira)?")
_FILLERS = frozenset(
    [
        "le",
        "la",
        "el",
        "il",
        "lo",
        "de",
        "del",
        "di",
        "da",
        "do",
        "dos",
        "den",
        "der",
        "des",
        "dem",
        "am",
        "im",
        "vom",
        "van",
        "von",
        "em",
        "en",
        "dia",
        "día",
        "dne",
        "dnia",
        "w",
        "we",
        "v",
        "ve",
        "в",
        "во",
        "у",
        "на",
        "den",
    ]
)
_BEFORE_A_CLOCK = (
    r"(?:à|às|as|a\slas?|alle(?:\sore)?|ore|um|om|kl\.?|klo\.?|o(?:\sgodz(?:\.|inie)?)?|godz\.?|в|о|у|v|ve|u|ob)"
)
_PAST_AN_HOUR = r"(?:uhr|uur|heures?|horas?|hod\.?|ч\.?|h)"
_CHANGES = [
    (re.compile(rule), by)
    for rule, by in (
        (r"\b[ld]'(?=\w)", ""),
        (r"(?<=\b\d{4})\s?(?:года|году|г|року|р|roku|rok|r)(?!\w)\.?", " "),
        (r"(?<=\d)(?:er|e|[º°ª]|:[ae]|-?го|-е)(?=[\s,.]|$)", ""),
        (r"(?<=\d)\.(?=\s|$)", " "),
        # clocks are of 24 hours there: "10h30" says so
        (rf"(?<!\d)(\d\d?)\s?{_PAST_AN_HOUR}\s?([0-5]\d)(?!\d)", r"\1h\2"),
        (rf"(?<![\d.])(\d\d?)[.:h]\s?([0-5]\d)\s?{_PAST_AN_HOUR}(?!\w)", r"\1h\2"),
        (rf"(?<![\d.])(\d\d?)\s?{_PAST_AN_HOUR}(?!\w)", r"\1h"),
        (rf"(?<!\w){_BEFORE_A_CLOCK}\s(\d\d?)[.:]([0-5]\d)(?![\d.:]|\s?[ap]\.?m)", r"\1h\2"),
        (rf"(?<!\w){_BEFORE_A_CLOCK}\s(?=\d\d?\s?[h:])", ""),
        (r"(?<![-\d:.])(\d\d?):([0-5]\d)(?![\d:]|\s?[-+]|\s?[ap]\.?m)", r"\1h\2"),
    )
]


def readings(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yield a text in English with a warning that says how it was read, by the sureness of it: first word by word.

    Then by the phrases of each language that has one of it: where they differ, nobody knows which is meant.
    """
    text = text.lower()
    if (changed := in_english(text)) is not None:
        yield [changed]
    from flipflop.when.phrases_abroad import LANGUAGES, in_english_words

    plain, found = _bare(text), []
    for language in LANGUAGES:
        words = in_english_words(plain, language)
        if words != plain:
            english, _ = in_english(words, known=True) or (words, "")
            found.append((english, f"read as {language} for {english!r}"))
    yield found


def in_english(text: str, *, known: bool = False) -> tuple[str, str] | None:
    """Return a date with its words in English, and a warning that says so; None where there is none to change.

    ``text`` is in lower case, and ``known`` where it is known to be of another language.
    """
    read: list[str] = []

    def name(match: re.Match[str]) -> str:
        word = match[0]
        month = _meaning("month", word)
        beside = len(word) > 3 or _stands_by_a_day(text, match) or (known and _stands_by_a_year(match))
        if month and beside:
            read.append(f"{word!r} is read as {month.title()}")
            return month
        weekday = _meaning("weekday", word) if len(word) > 3 else None
        return weekday or ("" if word in _FILLERS else word)

    changed = text
    for rule, by in _CHANGES:
        changed = rule.sub(by, changed)
    changed = " ".join(_WORD.sub(name, changed).split())
    if changed == text:
        return None
    return changed, "; ".join(read)


def _stands_by_a_day(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number stands before a word of three letters: "9 set 2017", but no "out 2017"."""
    word = re.escape(match[0])
    return bool(re.search(rf"(?<!\d)\d\d?\W{{1,3}}(?:d[eio]\s)?{word}\b|\d{{4}}\W{{1,3}}{word}\W{{1,3}}\d", text))


def _stands_by_a_year(match: re.Match[str]) -> bool:
    return bool(re.match(r"\W{1,3}\d{4}(?!\d)", match.string[match.end() :]))


def _meaning(kind: str, word: str) -> str | None:
    """Return a month or weekday in English; None for no such name, WhenError where languages differ."""
    names, english = _names(kind), MONTHS if kind == "month" else WEEKDAYS
    meanings = names.get(word) or names.get(_bare(word))
    if not meanings:
        return None
    if len(meanings) > 1:
        named = " or ".join(f"{english[index].title()} ({', '.join(of)})" for index, of in sorted(meanings.items()))
        raise WhenError(f"{word!r} may be {named}; write the {kind} in English or as a number")
    return english[next(iter(meanings))]


@lru_cache(maxsize=2)
def _names(kind: str) -> dict[str, dict[int, list[str]]]:
    """By name, with and without accents: what it means, and in which languages."""
    found: dict[str, dict[int, list[str]]] = {}
    for language, names in (MONTHS_ABROAD if kind == "month" else WEEKDAYS_ABROAD).items():
        for index, forms in enumerate(names.split("|")):
            for form in {*forms.split(), *map(_bare, forms.split())}:
                found.setdefault(form, {}).setdefault(index, []).append(language)
    return found


def _bare(word: str) -> str:
    """Return a word without the accents of Latin, Greek and Cyrillic letters."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in apart if not "\u0300" <= char <= "\u036f"))
