"""Reads what a surface tells of each statement and pair, and lists where that is not what docs/telling.md demands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import lxml.html

from tests.telling_cases import ACT, CASES, MARKS, SPEAKERS, TOPICS, Case
from tests.telling_pairs import PAIRS, Pair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lxml.html import HtmlElement

SET_APART = re.compile("[\u200e\u200f\u2066-\u2069]")
"""What sets a direction of writing apart; it is no word."""
BY_KEY = {case.key: case for case in CASES}
NAMES = {str(speaker["id"]): str(speaker["name"]) for speaker in SPEAKERS}
TITLES = {str(topic["id"]): str(topic["title"]) for topic in TOPICS}
HALVES = tuple(case.key for case in CASES if case.half)
GOES_ON = r"\w| \((?:in|time)\b|\u2013| \u2013|, \d\d:|:\d|”"
"""What makes a moment or a quotation a longer one: a zone, a range, a clock, a closing mark."""
GAP = re.compile(r"\b(?:within|after) (?:up to |about )?\d")
"""What a gap looks like where one is told; then it must be the right one, though a surface may leave it out."""
APART = ("p", "div", "dd", "dt", "br", "cite", "li", "td", "th", "tr")
SET_ASIDE = "set aside by a ruling"
"""Stands beside the position of a statement of a pair that was ruled no change."""
HEADS = {"Moment": "moment", "Position": "position", "What was said": "words", "Source": "source"}


class Shown(NamedTuple):
    """The texts in which a surface shows one statement; None where it has no place for it."""

    moment: str | None = None
    position: str | None = None
    words: str | None = None
    """Words, mark and notes, in whatever order."""
    source: str | None = None


@dataclass
class Seen:
    """What was read from one surface: its zone, statements by key of the case, pairs by key as one text each."""

    zone: str
    statements: dict[str, Shown] = field(default_factory=dict)
    pairs: dict[str, str] = field(default_factory=dict)
    own: bool = False
    """Each moment is told on its own clock."""
    only: Collection[str] = ()
    """The keys of the statements that it shows, where these are not all."""
    line: bool = False
    """Words stand in a line of plain text, where the mark comes first."""

    def moment(self, case: Case) -> str:
        return case.moment.on_own(self.zone) if self.own else case.moment.on(self.zone)


def plain(text: str) -> str:
    """A text with single spaces and without what sets a direction apart."""
    return " ".join(SET_APART.sub("", text).split())


def text_of(element: HtmlElement) -> str:
    """What people read in an element: without drawings, with a space around what has a style or a line of its own."""
    return plain("".join(_texts(element)))


def _texts(element: HtmlElement) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in ("svg", "script", "style"):
        yield element.text or ""
        for child in element:
            apart = " " if child.tag in APART or child.get("class") else ""
            yield from (apart, *_texts(child), apart, child.tail or "")


def parsed(markup: str) -> HtmlElement:
    return lxml.html.fromstring(markup)


def found(element: HtmlElement, where: str) -> list[HtmlElement]:
    """The elements within at a place such as ``ul.changes > li``: tags, classes, below or directly below."""
    path = ""
    for step in where.replace(" > ", " >").split():
        tag, _, name = step.lstrip(">").partition(".")
        of_class = f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]" if name else ""
        path += f"{'/' if step.startswith('>') else '//'}{tag or '*'}{of_class}"
    chosen = element.xpath(f".{path}")
    return [one for one in chosen if isinstance(one, lxml.html.HtmlElement)] if isinstance(chosen, list) else []


@cache
def _spoken() -> tuple[tuple[str, str], ...]:
    """The words of each case without any marks, the longest first."""
    return tuple(sorted(((case.bare, case.key) for case in CASES), key=lambda one: -len(one[0])))


def key_of(text: str) -> str | None:
    """The case whose words stand in a text."""
    return next((key for words, key in _spoken() if words in text), None)


def pair_of(text: str) -> str | None:
    """The pair whose speaker is named in a text."""
    return next((pair.key for pair in PAIRS if NAMES[BY_KEY[pair.then].speaker] in text), None)


def rows(document: HtmlElement) -> dict[str, Shown]:
    """The statements of all tables that have a column of moments and one of words."""
    told = {}
    for table in document.iter("table"):
        heads = [text_of(cell) for cell in table.iterfind("thead/tr/th")]
        if {"Moment", "What was said"} <= set(heads):
            for row in table.iterfind("tbody/tr"):
                cells = {HEADS[head]: text_of(cell) for head, cell in zip(heads, row, strict=True) if head in HEADS}
                if key := key_of(cells["words"]):
                    told[key] = Shown(**cells)
    return told


def differences(seen: Seen, leaves_out: Iterable[str]) -> list[str]:
    """Every place in which the surface does not tell what it should, as a line that a person can act on."""
    without = set(leaves_out)
    cases = [case for case in CASES if case.key in (seen.only or BY_KEY) and "statements" not in without]
    lines = [line for case in cases for line in _statement(seen, case, without)]
    lines += [line for pair in PAIRS if "pairs" not in without for line in _pair(seen, pair, without)]
    return [f"{'own clocks, ' if seen.own else ''}{seen.zone}: {line}" for line in lines]


def _statement(seen: Seen, case: Case, without: set[str]) -> Iterator[str]:
    shown = seen.statements.get(case.key)
    if shown is None:
        yield f"{case.key} is not there"
        return
    moment = seen.moment(case)
    if "moment" not in without and shown.moment != moment:
        yield f"{case.key}, moment: {shown.moment!r} should be {moment!r}"
    position = (shown.position or "").removesuffix(TITLES[case.topic]).strip().removesuffix(SET_ASIDE).strip()
    if "position" not in without and position != case.position:
        yield f"{case.key}, position: {shown.position!r} should be {case.position!r}"
    if "source" not in without and not _is_source(shown.source or "", case):
        yield f"{case.key}, source: {shown.source!r} should be {case.source!r}"
    if "words" not in without:
        yield from _words(seen, shown.words or "", case, without)


def _is_source(shown: str, case: Case) -> bool:
    """Whether the source stands first and nothing follows that is not of it."""
    rest = shown.removeprefix("Source: ")
    if not rest.startswith(case.source):
        return False
    rest = re.sub(r"https?://\S+|statement [0-9a-f]{12}", "", rest.removeprefix(case.source))
    for more in case.more_source:  # a day of publication is told as every day is, with its place on other clocks
        rest = re.sub(rf"{re.escape(more)}(?: \(in UTC\))?", "", rest)
    return not rest.strip(" ,;")


def _words(seen: Seen, shown: str, case: Case, without: set[str]) -> Iterator[str]:
    marks = [mark for mark in MARKS if mark in shown]
    if "mark" not in without and marks != ([case.mark] if case.mark else []):
        yield f"{case.key}, mark: {shown!r} should be marked {case.mark or 'not at all'}"
    said, told = (shown, case.line) if seen.line else (plain(shown.replace(case.mark or ACT, "")), case.words)
    if not said.startswith(told) or said.removeprefix(told).startswith(("”", '"')):
        yield f"{case.key}, words: {shown!r} should be {told!r}"
    for note in case.notes:
        if ("again" if note.startswith("coding") else "notes") not in without and note not in shown:
            yield f"{case.key}, notes: {note!r} is not in {shown!r}"


def holds(text: str, words: str) -> bool:
    """Whether a text has these words and not merely longer ones that begin or end with them.

    Capitals are of no account, nor whether a colon stands or, in a list of facts, a line break; a reply may be quoted.
    """
    before = "(?<![\\w“])" if words[0].isalnum() else "(?<!“)"
    middle = re.escape(words).replace(":\\ ", ":?\\ “?")
    return bool(re.search(f"{before}{middle}(?!{GOES_ON})", text, re.IGNORECASE))


def _pair(seen: Seen, pair: Pair, without: set[str]) -> Iterator[str]:
    text = seen.pairs.get(pair.key)
    if text is None:
        if ("rulings" if pair.rulings else "candidates") not in without:
            yield f"{pair.key} is not there"
        return
    for name, words in _demanded(seen, pair):
        if name == "gap" and name in without and words and GAP.search(text):
            name, words = "gap where one is told", pair.gap_alone
        if words and name not in without and not holds(text, words):
            yield f"{pair.key}, {name}: {words!r} is not in {text!r}"


def _demanded(seen: Seen, pair: Pair) -> Iterator[tuple[str, str]]:
    """What should stand in the text of a pair, by the name under which a surface may leave it out."""
    for case in (BY_KEY[pair.then], BY_KEY[pair.now]):
        yield "moments", seen.moment(case)
        yield "positions", case.position
        yield "quotations", case.words
    yield "gap", pair.gap
    yield "gap alone", pair.gap_alone
    yield "bounds", pair.bounds
    yield "ruling", pair.ruling
    yield "outcome", pair.outcome
    yield "reading", pair.reading
    yield "no reply" if pair.reply.startswith("Reply: none") else "reply", pair.reply
    yield "by", pair.by
    yield "day", pair.decided.on(seen.zone) if pair.decided else ""
