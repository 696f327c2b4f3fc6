"""Makes anybody's text safe to show: nothing invisible steers it, nothing in it is taken for markup."""

from __future__ import annotations

import re
import unicodedata

_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def visible(text: str) -> str:
    r"""Return the text with what could deceive the eye made visible, and nothing else changed.

    Bidirectional overrides, embeddings and isolates become ``[U+202E]`` and the like; NUL, other control characters
    and lone surrogates become U+FFFD; every kind of line break becomes ``\n``. Plain marks (LRM, RLM) stay: honest
    Arabic and Hebrew need them.

    >>> visible("safe\u202etxt\x00")
    'safe[U+202E]txt\ufffd'
    """
    if text.isprintable():  # nothing below would find anything
        return text
    unbroken = _NEWLINE.sub("\n", text)
    shown = _STEERING.sub(lambda found: f"[U+{ord(found.group()):04X}]", unbroken)
    return _CONTROL.sub("\ufffd", shown)


def in_direction(lines: list[str], paragraph: str) -> list[str]:
    """Return the lines of a paragraph so that each of them reads in its direction, whatever it begins with."""
    turned = _from_right(paragraph)
    if turned is None:
        return lines
    mark = "\u200f" if turned else "\u200e"
    return [line if bool(_from_right(line)) is turned else mark + line for line in lines]


def _from_right(text: str) -> bool | None:
    """Return whether the first letter with a direction is written from right to left; None without such a letter."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in kinds if kind == "L" or kind in _RIGHT_TO_LEFT), None)


def leading(text: str) -> str:
    """Return text with which a sentence of ours begins: right-to-left text does not turn the sentence round."""
    return f"\u200e{text}" if isolated(text) != text else text


def isolated(text: str) -> str:
    """Set right-to-left text apart, so that it does not reorder what stands beside it."""
    foreign = any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)
    return f"\u2068{text}\u2069" if foreign else text
