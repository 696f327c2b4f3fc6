"""Where words stand in quotation marks: curly, straight, single, nested, and over several paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class QuotedSpan(NamedTuple):
    """Words between marks: ``text[start:end]``; the marks with them are ``text[outer_start:outer_end]``.

    ``goes_on`` where the paragraph ends without a closing mark and the next one opens with another.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    goes_on: bool = False


TYPED = "''"
"""Two apostrophes, as archives of newspapers have them for a quotation mark."""
_DOUBLE = re.compile("[\u201c\u201d\u201e\u00ab\u00bb\"]|``|''")
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[—–-])|^)['‘](?=[\w¡¿…\[])")
_SINGLE_CLOSE = re.compile(r"(?<=\S)['’](?!\w)")


def quoted(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[QuotedSpan]:
    """Return the outermost quotations of the paragraphs, in order; each lies within one paragraph.

    Single marks count where no double ones stand around them. What is opened and never closed ends with its paragraph
    where the next one opens with a mark, and else is no quotation unless it opened the paragraph.
    """
    found: list[QuotedSpan] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else (end, end)
        opens = text[following[0] : following[0] + 1] in {"\u201c", '"', "\u2018", "'"}
        doubles = list(_double(text, start, end, opens=opens))
        doubles = [each for each in doubles if not _is_nickname(text, each)]
        found += _outermost(sorted([*doubles, *_single(text, start, end, doubles, opens=opens)]))
    return found


_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\s$")
_CAPITAL_AFTER = re.compile(r"\s[A-ZÀ-Þ][a-zà-þ]")


def _is_nickname(text: str, span: QuotedSpan) -> bool:
    """Tell whether marks stand within a name: Marcia "Cia" Price."""
    words = text[span.start : span.end]
    near = _CAPITAL_BEFORE.search(text, max(0, span.outer_start - 25), span.outer_start)
    return len(words) <= 20 and words.istitle() and bool(near) and bool(_CAPITAL_AFTER.match(text, span.outer_end))


def _outermost(spans: list[QuotedSpan]) -> list[QuotedSpan]:
    kept: list[QuotedSpan] = []
    for span in sorted(spans, key=lambda span: (span.outer_start, -span.outer_end)):
        if span.start < span.end and (not kept or span.outer_start >= kept[-1].outer_end):
            kept.append(span)
    return kept


def _double(text: str, start: int, end: int, *, opens: bool) -> Iterator[QuotedSpan]:
    """Yield what stands in double marks; marks within marks are part of the words."""
    stack: list[tuple[int, int]] = []
    for match in _DOUBLE.finditer(text, start, end):
        if _is_opening(text, match, start, end, inside=bool(stack)):
            stack.append(match.span())
        elif stack:
            opened = stack.pop()
            if not stack:
                yield QuotedSpan(opened[1], match.start(), opened[0], match.end())
    if stack and (opens or stack[0][0] == start):
        yield QuotedSpan(stack[0][1], end, stack[0][0], end, goes_on=opens)


def _is_opening(text: str, match: re.Match[str], start: int, end: int, *, inside: bool) -> bool:
    mark, at = match[0], match.start()
    if mark in "\u201c\u00ab``" and mark != '"':
        return not (mark == "\u201c" and inside and _closes_here(text, at, match.end(), start, end))
    if mark == "\u201e":
        return True
    before = text[at - 1] if at > start else " "
    after = text[match.end()] if match.end() < end else " "
    if mark in ('"', TYPED):
        return (
            (before.isspace() or before in "([—–-/‘'")
            and not after.isspace()
            and (not inside or before != " " or after not in ",.;")
        )
    return mark == "\u201d" and not inside and (before.isspace() or at == start) and after.isalnum()


def _closes_here(text: str, at: int, after: int, start: int, end: int) -> bool:
    """Tell whether an opening mark was typed where a closing one is meant: after a word, before a blank."""
    before = text[at - 1] if at > start else " "
    return not before.isspace() and before not in "([—–-‘'" and (after >= end or not text[after].isalnum())


def _single(text: str, start: int, end: int, doubles: Sequence[QuotedSpan], *, opens: bool) -> Iterator[QuotedSpan]:
    """Yield what stands in single marks outside double ones; an apostrophe is none."""
    at = start
    openings = [each.outer_start for each in doubles]
    while match := _SINGLE_OPEN.search(text, at, end):
        at = match.end()
        before = bisect_right(openings, match.start()) - 1
        if before >= 0 and doubles[before].outer_end > match.start():
            at = max(at, doubles[before].outer_end)
            continue
        close = _closing(text, match.end(), end)
        if close:
            yield QuotedSpan(match.end(), close[0], match.start(), close[1])
            at = close[1]
        elif match.start() == start and opens and match[0] == "\u2018":
            yield QuotedSpan(match.end(), end, match.start(), end, goes_on=True)
            return


def _closing(text: str, at: int, end: int) -> tuple[int, int] | None:
    """Return the mark that closes: after a sign of punctuation, or at last one that is no genitive's."""
    limit = min(end, at + 3000)
    following = _SINGLE_OPEN.search(text, at, limit)
    marks = [m.span() for m in _SINGLE_CLOSE.finditer(text, at, following.start() if following else limit)]
    if not marks:
        return None
    for mark in marks:
        if text[mark[0] - 1] in ".,!?…":
            return mark
    return next((mark for mark in marks if text[mark[0] - 1] != "s"), marks[0])
