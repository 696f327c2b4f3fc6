"""From an article to proposals of statements: who said what, when, through whom. Uses no model and stores nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flipflop.ingest.articles.attributing import Article, Attributing, Utterance
from flipflop.ingest.articles.chain import chain_of
from flipflop.ingest.articles.dating import Dating, Undated
from flipflop.ingest.articles.document import BlockKind
from flipflop.ingest.articles.folding import folded_kind
from flipflop.ingest.articles.indirect import Reported, reported
from flipflop.ingest.articles.laid_out import laid_out
from flipflop.ingest.articles.proposal import Confidence, Proposal, ProposalKind
from flipflop.ingest.articles.quoting import TYPED

if TYPE_CHECKING:
    from flipflop.ingest.articles.document import Document
    from flipflop.ingest.articles.referring import Who

_BY_NAME = {"name", "either", "only", "line"}
_HIGH = {
    "after": _BY_NAME,
    "before": _BY_NAME,
    "follows": _BY_NAME,
    "same sentence": {"name"},
    "before far": {"name", "line"},
    "signed": {"signed"},
    "line": {"line"},
    "leads": {"name"},
}
"""Routes by which a speaker is surely found, each with how the name must be known."""
_SHORT = 3
"""So many words between two apostrophes are not enough to be somebody's: half of them are names and titles."""
_RANK = [Confidence.LOW, Confidence.CHECK, Confidence.HIGH].index
_LOW = {"topic", "none"}
_REASONS = {
    "after": "the word of speech behind the quotation",
    "before": "the word of speech before it",
    "before far": "the word of speech before it, at some distance",
    "after far": "the word of speech later in the sentence",
    "follows": "the quotation before it in the paragraph",
    "same sentence": "another quotation of its sentence",
    "goes on": "the quotation of the paragraph before goes on",
    "leads": "the quotation that follows it",
    "signed": "the name set beside it",
    "line": "the line that names the speaker",
    "colon": "the line before it, which ends in a colon",
    "introduced": "the words before it, which end in a colon",
    "next paragraph": "whoever spoke last",
    "focus": "whoever the article spoke of last",
    "topic": "whom its sentence is about",
    "none": "nobody is named",
}
"""Why a quotation was given to somebody, by the route on which that was found."""


def proposals(document: Document, *, comments: bool = False) -> list[Proposal]:
    """Return what an article says that people said, in its order; every ``quote`` is ``document.text[start:end]``.

    Everything in quotation marks is there: what is nobody's statement as a kind of its own (title, scare, question).
    A line that announces words which are not there is a hole. ``comments`` adds what readers quote in their comments,
    never with a speaker: nobody knows who said it.
    """
    article = Article(document)
    walk = Attributing(article)
    walk.walk()
    told = reported(article.masked, document.text, walk.reported)
    dating = Dating(article, [(each.start, each.end) for each in told if each.form != "around"])
    whole = laid_out(document, article, walk)
    inner = [_direct(article, each) for each in walk.found] + [_indirect(article, each) for each in told]
    made = [*whole, *_outside(inner, whole)]
    placed = _parted(sorted(made, key=lambda each: (each[0].start, -each[0].end)))
    papers = _papers(document)
    found = [_placed(article, dating, papers[block], proposal, block, clause) for proposal, block, clause in placed]
    return found + (_of_comments(document) if comments else [])


_Made = tuple[Proposal, int, "tuple[int, int]"]


def _direct(article: Article, said: Utterance) -> _Made:
    text, span = article.document.text, said.span
    start, end = _trimmed(text, span.start, span.end)
    kind = folded_kind(text, article.masked, said)
    if text[span.outer_start : span.start] == TYPED and kind is None:
        start, end = span.outer_start, span.outer_end
        kind = ProposalKind.MIXED if len(text[start:end].split()) > _SHORT else ProposalKind.SCARE
    folded = kind not in (None, ProposalKind.MIXED)
    confidence = Confidence.LOW if folded else _confidence(article, said.route, said.who, said.block)
    speaker = "" if folded else said.who.name
    cue = (said.cue.start, said.cue.end) if said.cue else None
    made = Proposal(
        start, end, text[start:end], speaker, kind or ProposalKind.DIRECT, confidence,
        _REASONS[said.route], cue=cue,
    )  # fmt: skip
    clause = (said.sentence.start, said.sentence.end) if said.sentence else (start, end)
    return made, said.block, clause


def _confidence(article: Article, route: str, who: Who, block: int) -> Confidence:
    if not who.name or route in _LOW:
        return Confidence.LOW
    headline = article.document.blocks[block].kind in (BlockKind.HEADING, BlockKind.LINK, BlockKind.CAPTION)
    return Confidence.HIGH if who.how in _HIGH.get(route, ()) and not headline else Confidence.CHECK


def _indirect(article: Article, told: Reported) -> _Made:
    masked = article.masked[told.start : told.end]
    kind = ProposalKind.MIXED if "\ufffc" in masked else ProposalKind.INDIRECT
    sure = told.who.how in {"name", "line"} and told.form in {"bare", "that", "according"}
    made = Proposal(
        told.start, told.end, article.document.text[told.start : told.end], told.who.name, kind,
        Confidence.HIGH if sure else Confidence.CHECK, "its clause of reported speech",
        cue=(told.cue.start, told.cue.end),
    )  # fmt: skip
    return made, told.block, (told.sentence.start, told.sentence.end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blanks, and the comma that only goes on to the word of speech."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def _outside(made: list[_Made], whole: list[_Made]) -> list[_Made]:
    """Fold away quotations within a block that is somebody's as a whole; other clauses in it are that person's too."""
    blocks = {block: proposal for proposal, block, _ in whole if proposal.kind is not ProposalKind.HOLE}
    kept: list[_Made] = []
    for proposal, block, clause in made:
        holder = blocks.get(block)
        if holder is None:
            kept.append((proposal, block, clause))
        elif proposal.kind not in (ProposalKind.INDIRECT, ProposalKind.MIXED):
            folded = replace(
                proposal,
                speaker="",
                kind=ProposalKind.SCARE,
                confidence=Confidence.LOW,
                part_of=(holder.start, holder.end),
                reason="it stands within words that are somebody's as a whole",
            )
            kept.append((folded, block, clause))
    return kept


def _parted(made: list[_Made]) -> list[_Made]:
    """Mark the quotations that lie within a mixed proposal; empty ones and doubles fall away."""
    kept: list[_Made] = []
    mixed: Proposal | None = None
    for proposal, block, clause in made:
        inside = mixed is not None and mixed.start <= proposal.start and proposal.end <= mixed.end
        if proposal.start >= proposal.end or (inside and proposal.kind is ProposalKind.MIXED):
            continue
        if mixed is not None and inside and proposal.kind is ProposalKind.DIRECT:
            proposal = _part_of(proposal, mixed)  # noqa: PLW2901 - the same proposal, with where it belongs
        elif proposal.kind is ProposalKind.MIXED:
            mixed = proposal
        kept.append((proposal, block, clause))
    return kept


def _part_of(part: Proposal, whole: Proposal) -> Proposal:
    """Return a quotation within a clause; where it is somebody else's, the clause's speaker passed it on."""
    place = (whole.start, whole.end)
    if not part.speaker or part.speaker == whole.speaker:
        return replace(part, part_of=place)
    passed_on = (("person", whole.speaker),) if whole.speaker else ()
    return replace(part, part_of=place, chain=passed_on, confidence=min(part.confidence, Confidence.CHECK, key=_RANK))


def _placed(
    article: Article, dating: Dating, paper: str, proposal: Proposal, block: int, clause: tuple[int, int]
) -> Proposal:
    """Add when it was said, and through whom it came."""
    document = article.document
    chain = (*chain_of(document, article.masked, clause, article.quotes_in(clause), paper), *proposal.chain)
    if proposal.said is not None or not proposal.kind.is_statement:
        return replace(proposal, chain=chain)
    since = document.blocks[max(0, block - 2)].start
    undated = Undated(proposal.speaker, clause, proposal.cue, document.blocks[block].start, since)
    said, dated_by = dating.bound() if proposal.chain else dating.of(undated)
    return replace(proposal, said=said, dated_by=dated_by, chain=chain)


def _papers(document: Document) -> list[str]:
    """Return for each block the paper whose headline stands above it, up to the next heading of the page's own."""
    papers, paper = [], ""
    for block in document.blocks:
        if block.kind in (BlockKind.LINK, BlockKind.HEADING):
            paper = block.about
        papers.append(paper)
    return papers


def _of_comments(document: Document) -> list[Proposal]:
    """What readers put in quotation marks: nobody's words, as far as anybody knows."""
    from flipflop.ingest.articles.quoting import quoted

    spans = [(block.start, block.end) for block in document.blocks if block.kind is BlockKind.COMMENT]
    found = []
    for quote in quoted(document.text, spans):
        start, end = _trimmed(document.text, quote.start, quote.end)
        if re.search(r"\w", document.text[start:end]):
            words = document.text[start:end]
            found.append(
                Proposal(start, end, words, "", ProposalKind.DIRECT, Confidence.LOW, "a reader quotes it in a comment")
            )
    return found
