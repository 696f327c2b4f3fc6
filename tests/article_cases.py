"""Short articles of our own with the traps of real ones, and what they must and must not give."""

from __future__ import annotations

from pathlib import Path

from flipflop.ingest.articles import Document, Proposal, ProposalKind, document_of, proposals
from flipflop.when import When

PUBLISHED = When.parse("2017-07-11", tz="UTC")

BLOG = (Path(__file__).parent / "data" / "articles" / "blog.txt").read_text("utf-8")
"""A post with lost embeds, speaker lines, quotations without marks, two papers, two calendars, and comments."""


def proposed(
    text: str, *, comments: bool = False, published: When | None = PUBLISHED, tz: str = "UTC"
) -> list[Proposal]:
    """What is proposed for a text; every quotation is checked against it."""
    document = document_of(text, published=published, tz=tz)
    found = proposals(document, comments=comments)
    assert all(each.quote == document.text[each.start : each.end] for each in found)
    return found


def said(text: str) -> list[tuple[str, str]]:
    """The quotations of a text, each with its speaker."""
    kinds = (ProposalKind.DIRECT, ProposalKind.TWEET)
    return [(each.speaker, each.quote) for each in proposed(text) if each.kind in kinds]


def told(text: str) -> list[tuple[str, str]]:
    """The clauses of reported speech of a text, each with its speaker."""
    kinds = (ProposalKind.INDIRECT, ProposalKind.MIXED)
    return [(each.speaker, each.quote) for each in proposed(text) if each.kind in kinds]


def kinds_of(document: Document) -> list[tuple[str, str]]:
    """The kinds of the blocks of a document, each with its first words."""
    return [(str(each.kind), document.text[each.start : each.end][:24]) for each in document.blocks]
