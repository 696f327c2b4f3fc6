"""Through whom words came: the page, the paper that it quotes, the programme on which they were said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flipflop.ingest.articles.folding import is_titled
from flipflop.ingest.articles.wordlists import either

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.ingest.articles.document import Document
    from flipflop.ingest.articles.quoting import QuotedSpan

_NAME = r"[A-Z][\w&.-]*(?:\s[A-Z\d][\w&.-]*){0,3}"
_OUTLET = re.compile(
    rf"\b(?:[Tt]old|[Tt]ells|[Tt]elling|[Ww]ith|[Oo]n|[Tt]o)\s(?P<outlet>(?:the\s|The\s)?{_NAME})(?P<owned>[’']s)?"
)
_PLAIN_PROGRAMME = re.compile(rf"[’']s\s(?P<programme>{_NAME})")
_OUTLETS = either(
    """CNN ABC NBC NBZ CBS MSNBC BBC Fox PBS NPR C-SPAN Reuters AFP TASS RT Bloomberg Politico POLITICO AP ITV Sky
    CNBC UPI Axios Vox Breitbart InsideSources Radio Television TV News Times Post Journal Guardian Herald
    Tribune Telegraph Gazette Magazine Channel Press Chronicle Today Weekly Mirror Mail Star Globe Twitter
    Facebook"""
)
_MEDIA = re.compile(rf"\b(?:{_OUTLETS})\b")


def chain_of(
    document: Document, masked: str, passage: tuple[int, int], quotes: Sequence[QuotedSpan], linked: str
) -> tuple[tuple[str, str], ...]:
    """Return the chain from the page to the words, without the speaker: what each link is, and its name.

    ``passage`` is where their sentence stands, ``linked`` the paper whose headline stands above.
    """
    links = [("page", document.outlet or document.url)] if document.outlet or document.url else []
    if linked:
        links.append(("outlet", linked))
    return (*links, *_told_to(document.text, masked, passage, quotes))


def _told_to(text: str, masked: str, passage: tuple[int, int], quotes: Sequence[QuotedSpan]) -> list[tuple[str, str]]:
    for match in _OUTLET.finditer(masked, *passage):
        name = match["outlet"]
        if not _MEDIA.search(name):
            continue
        found = [("outlet", name.removeprefix("the "))]
        for quote in quotes:
            if 0 <= quote.outer_start - match.end() <= 2 and is_titled(text[quote.start : quote.end].strip(" ,.")):
                return [*found, ("programme", text[quote.start : quote.end].strip(" ,."))]
        if plain := _PLAIN_PROGRAMME.match(masked, match.end("outlet")):
            found.append(("programme", plain["programme"].rstrip(".")))
        return found
    return []
