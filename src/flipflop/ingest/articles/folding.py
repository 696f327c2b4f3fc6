"""Which words in quotation marks are nobody's statement: the title of a programme, a word held at arm's length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flipflop.ingest.articles.proposal import ProposalKind
from flipflop.ingest.articles.wordlists import either, listed

if TYPE_CHECKING:
    from flipflop.ingest.articles.attributing import Utterance

_SMALL = listed("a an and as at but by de for from in it of off on or s the to vs with")
_WORK = either(
    """programme program show film movie series documentary podcast book song album novel memoir play column essay
    journal magazine newsletter special project report article paper band ship boat campaign slogan site blog
    called titled entitled named dubbed on of watching hosts? anchor starring read sign sticker"""
)
_TITLED = re.compile(rf"(?:[’']s\s(?:[\w-]+\s){{0,3}}|\b(?:{_WORK})\s(?:on\s|in\s|is\s|,\s)?)[“\"‘']?$")
_PROGRAMME_BEFORE = re.compile(
    r"(?:[’']s\s|\bon\s(?:[A-Z][\w&.’'-]*\s){0,4}|\b(?:told|with)\s(?:[A-Z][\w&.’'-]*\s){0,4})$"
)
_PROGRAMME_AFTER = re.compile(
    r"[,.]?\s(?:programme|program|show|podcast|radio|host|documentary|film|series|book|special|magazine|journal)\b"
)
_THINGS = either(
    """signs? sticker banner placards? poster headline plaque shirts? hats? cap film movie book documentary song
    slogan website hashtag bumper billboard flyer leaflet label page screen caption"""
)
_THING = re.compile(rf"\b(?:{_THINGS})$")
_PREPOSITION = re.compile(r"\s(?:on|in|of|at|for|from|by)\s")
_NAMED_THING = re.compile(r"\b(?:an?|the|his|her|its)\s(?:[\w-]+\s){1,4}(?:called|titled|entitled|named|dubbed)\s$")
_SPOKEN = re.compile(
    r"\b(?:said|says|saying|told|tells|wrote|tweeted|called|calling|calls|described|describing)\b[^.]{0,30}$"
)


_FOLDED = {"none": 3, "topic": 1}
"""How many words without a word of speech are nobody's, where nobody is named and where somebody is."""


def folded_kind(text: str, masked: str, utterance: Utterance) -> ProposalKind | None:
    """Return as what a quotation is folded away; None where it may be somebody's statement."""
    span = utterance.span
    words = text[span.start : span.end].strip(" ,.;:!?")
    before = masked[max(0, span.outer_start - 60) : span.outer_start]
    after = masked[span.outer_end : span.outer_end + 20]
    if is_titled(words) and not words.endswith(("!", "?")) and _is_title_there(before, after, words, utterance):
        return ProposalKind.TITLE
    count = len(words.split())
    if utterance.who.how == "noun" and count <= 6 and _THING.search(_PREPOSITION.split(utterance.who.name)[0]):
        return ProposalKind.TITLE
    if count <= _FOLDED.get(utterance.route, 0) and not _is_sentence(text, utterance):
        return ProposalKind.SCARE
    return None


def _is_sentence(text: str, utterance: Utterance) -> bool:
    words = text[utterance.span.start : utterance.span.end].rstrip()
    return len(words.split()) > 2 and words[-1:] in tuple(".!?") and not is_titled(words.strip(".!?"))


def is_titled(words: str) -> bool:
    """Tell whether all longer words begin with a capital, as in the name of a programme."""
    found = re.findall(r"[\w’'-]+", words)
    if not 0 < len(found) <= 10 or not found[0][0].isupper():
        return False
    return all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in found)


def _is_title_there(before: str, after: str, words: str, utterance: Utterance) -> bool:
    several = len(words.split()) > 1
    if _PROGRAMME_AFTER.match(after) or (
        several and _PROGRAMME_BEFORE.search(before) and not _SPOKEN.search(before[-14:])
    ):
        return True
    if _NAMED_THING.search(before):
        return True
    if several and _TITLED.search(before):
        return not before.rstrip().endswith(("called", "dubbed", "read")) or utterance.route in {"topic", "none"}
    return False
