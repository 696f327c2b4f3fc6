"""Where the readers' comments of a page begin. Nothing in them is anybody's statement but their own writers'."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"(?:\d{1,5}\s)?(?:reader\s|user\s)?(?:comments?|responses?|replies|thoughts?)(?:\s\(\d{1,5}\)|\son\b.{0,120})?:?$"
    r"|(?:leave|post|add|write|join)\s(?:a|the|your)\s(?:comment|reply|conversation|discussion)\b.{0,40}$"
    r"|(?:view|show|read|load)\s(?:all\s|more\s)?(?:\d{1,5}\s)?comments$|discussion$|what do you think\?$",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = (
    rf"(?:{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH}\s\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
)
_SIGNATURE = re.compile(
    rf"(?:.{{1,60}}\s{{1,8}})?/\s{{1,8}}{_DAY}$|[^.!?\n]{{1,50}}\ssays:?$|[^.!?\n]{{1,50}}\s(?:says:?\s)?{_DAY}\sat\s\d{{1,2}}:\d\d.{{0,12}}$"
    rf"|[^.!?\n]{{1,40}}\s•\s(?:{_DAY}|\d{{1,2}}\s\w{{3,8}}\sago)$|(?:reply|like|report)(?:\s[·|]\s?\w{{1,12}}){{0,3}}$",
    re.IGNORECASE,
)
_NEAR = 12
"""How many blocks the first comment may have."""
_LISTED = re.compile(r"\s{0,40}(?:\d{1,4}[.)]|[•*◦▪-])\s")


def comments_begin(text: str, spans: list[tuple[int, int]]) -> int:
    """Return where in a text the comments begin, its length where there are none.

    They begin under their heading; without one, at the first indented or listed block of the run that leads up to the
    first signature ("NOEL / July 11, 2017"): the first comment of a page often has lost its own.
    """
    signed = [number for number, span in enumerate(spans) if _is_signed(text, span)]
    for number, (start, end) in enumerate(spans):
        if end - start <= 140 and number > 0 and _HEADING.match(text[start:end]):
            later = number + 1 < len(spans)
            if later and ((signed and signed[-1] >= number) or number > len(spans) // 3):
                return start
    if not signed:
        return len(text)
    first = _first_of_numbered(text, spans, signed[0])
    while first > 0 and _is_indented(text, spans[first - 1][0]):
        first -= 1
    if first == signed[0] and len(signed) == 1 and not _is_indented(text, spans[first][0]):
        return len(text)
    return spans[first][0]


def _first_of_numbered(text: str, spans: list[tuple[int, int]], signed: int) -> int:
    """Return the block "1." that begins numbered comments, where "2." comes after the first signature."""
    second = any(text.startswith("2.", start) for start, _ in spans[signed + 1 :])
    ones = [number for number in range(max(0, signed - _NEAR), signed) if text.startswith("1.", spans[number][0])]
    return ones[-1] if second and ones else signed


def _is_signed(text: str, span: tuple[int, int]) -> bool:
    lines = text[span[0] : span[1]].splitlines()
    return any(len(line) <= 120 and _SIGNATURE.match(line.strip()) for line in lines[:3])


def _is_indented(text: str, start: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start + 8]
    return line[:2].isspace() or bool(_LISTED.match(line))
