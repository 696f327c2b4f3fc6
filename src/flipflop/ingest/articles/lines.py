"""What one line of an article is by its looks: a byline, a heading, somebody's name before what they say."""

from __future__ import annotations

import re

from flipflop.ingest.articles.cues import CUE
from flipflop.ingest.articles.name_words import ORDINARY

_BYLINE = re.compile(
    r"(?:by|written by|posted by|reporting by|editing by|story by|words by)\s"
    r"[A-Z][\w.’'-]+(?:[ ,&]{1,3}(?:and\s)?[\w.’'-]+){0,8}"
    r"(?:\s?[|,–-].{0,60})?$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:photo|image|picture|caption|video|file photo|photograph)s?(?:\s(?:by|credit))?\s?[:/]"
    r"|.{0,600}(?:\([^()]{0,60}(?:Getty|AP|AFP|Reuters|EPA|PA|Shutterstock)[^()]{0,40}\)"
    r"|/\s?(?:Getty Images|AFP|AP|Reuters))\.?$",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Þ][\w.’'-]*"
_LINK = re.compile(
    rf"(?P<outlet>(?:The\s)?{_NAME}(?:\s{_NAME}){{0,3}})(?::|\s[–—|])\s(?P<headline>[A-Z“‘\"'].{{15,160}})$"
)
_TURN = re.compile(
    r"(?P<label>[A-ZÀ-Þ][\w.’'-]*(?:\s(?:[A-ZÀ-Þ][\w.’'-]*|de|la|van|von|of|the)){0,5}(?:\s\([^()]{1,30}\))?):\s"
)
_SPEAKER_END = re.compile(r"(?::|…|\.{3}|,\s?…)$")
_SENTENCE_END = re.compile(r"[.!?:;…,][\"”’'»)]{0,2}$")
_WORD = re.compile(r"[\w’'-]+")


def is_byline(line: str) -> bool:
    """Tell whether a line names who wrote the article."""
    return len(line) <= 160 and bool(_BYLINE.match(line)) and not CUE.search(line)


def is_caption(line: str) -> bool:
    """Tell whether a line describes a picture, or says whose it is."""
    return len(line) <= 700 and bool(_CAPTION.match(line))


def is_link(line: str, following: str) -> str:
    """Return the outlet of a line that is the headline of another paper's article: "Stuff: Russia confirms talk"."""
    match = _LINK.match(line) if len(line) <= 200 else None
    if not match or _SENTENCE_END.search(line) or not following or match["headline"][0] in '“"' or _is_short(following):
        return ""
    words = _WORD.findall(match["headline"])
    return match["outlet"] if len(words) > 3 else ""


def _is_short(line: str) -> bool:
    return len(line) < 25


def is_speaker_line(line: str, following: str) -> str:
    """Return the name on a line that only says who speaks next: "Senator Marco Rubio:", "Nikki Haley…"."""
    if len(line) > 160 or not following or not _SPEAKER_END.search(line) or CUE.search(line):
        return ""
    name = _SPEAKER_END.sub("", line).strip(" ,")
    capitals = [word for word in _WORD.findall(name) if word[0].isupper()]
    if not capitals or not re.match(r"(?:The\s|Former\s|former\s)?[A-ZÀ-Þ]", name) or name[-1] in '.!?”"':
        return ""
    opening = _WORD.findall(name)[0].lower()
    if opening in ORDINARY or (len(capitals) < 2 and len(_WORD.findall(name)) > 1 and "," not in name):
        return ""
    return name


def turn_of(line: str) -> str:
    """Return the label of somebody's turn in a conversation: "Harlan Voss: It is a different bill."."""
    match = _TURN.match(line)
    return match["label"] if match else ""


def is_heading(line: str, following: str, *, first: bool) -> bool:
    """Tell whether a line is a title: short, not ended as a sentence is, with text below it."""
    if first and following and len(line) <= 160 and _is_in_capitals(line):
        return True
    if len(line) > 160 or _SENTENCE_END.search(line) or not following:
        return False
    return first or len(line) <= 90 or line.istitle()


def _is_in_capitals(line: str) -> bool:
    """Tell whether nearly all longer words begin with a capital, as in an American headline."""
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
