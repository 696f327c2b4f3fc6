"""What the layout alone says: blocks below a speaker line, turns of an interview, posts, words that are missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flipflop.ingest.articles.cues import CUE
from flipflop.ingest.articles.document import BlockKind
from flipflop.ingest.articles.proposal import Confidence, DatedBy, Proposal, ProposalKind
from flipflop.ingest.articles.sentences import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flipflop.ingest.articles.attributing import Article, Attributing
    from flipflop.ingest.articles.document import Document, DocumentBlock
    from flipflop.ingest.articles.referring import Who

_POSTING = re.compile(
    r"\b(?:tweeted|tweets|retweeted|posted|posts|wrote|writes|said|says|added|adds|replied|responded|continued|tweet|statement|post)\b"
)
_ELIDED = re.compile(r"(?:…|\.{3})")
_LONGEST_RUN = 3
"""How many blocks without quotation marks may stand between two speaker lines and be the first one's words."""

_Made = tuple["Proposal", int, "tuple[int, int]"]


def laid_out(document: Document, article: Article, walk: Attributing) -> list[_Made]:
    """Return the proposals that need no quotation marks, and the holes."""
    blocks = document.blocks
    found: list[_Made] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.SPEAKER:
            found += _below_line(document, article, walk, number)
        elif block.kind is BlockKind.EMBED:
            found += _post(document, number, block)
        elif block.kind in (BlockKind.PROSE, BlockKind.ITEM, BlockKind.BLOCKQUOTE):
            found += _announced(document, article, walk, number)
    return found


def _announced(document: Document, article: Article, walk: Attributing, number: int) -> list[_Made]:
    """What a paragraph announces: the blocks set apart below it, or a hole where its words are missing."""
    block = document.blocks[number]
    below = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
    if not _announces(document, article, block):
        return []
    owner = walk.last_owner(article.sentences_of(block)[-1])
    foreign = below is not None and below.kind is BlockKind.BLOCKQUOTE and _tells_of(article, owner, below)
    if foreign or not _is_filled(document, article, below):
        return [_hole(article, walk, number, block, below)]
    found: list[_Made] = []
    for at in range(number + 1, len(document.blocks)):
        apart = document.blocks[at]
        if apart.kind is not BlockKind.BLOCKQUOTE or apart.about or article.masked[apart.start] == HIDDEN:
            break
        if _tells_of(article, owner, apart):
            break
        words, name = document.text[apart.start : apart.end], owner.name if owner else ""
        sure = Confidence.CHECK if name else Confidence.LOW
        reason = "the line before it, which ends in a colon"
        made = Proposal(apart.start, apart.end, words, name, ProposalKind.DIRECT, sure, reason)
        found.append((made, at, (apart.start, apart.end)))
    return found


def _tells_of(article: Article, owner: Who | None, block: DocumentBlock) -> bool:
    """Tell whether a block that is set apart tells of the speaker, as another paper does, and so is nobody's words."""
    if article.masked[block.start] == HIDDEN:
        return False
    surname = owner.name.split()[-1] if owner and owner.name else ""
    named = any(m.name.split()[-1] == surname for m in article.people.between(block.start, block.end))
    return named or any(cue.subject and cue.subject.mention for s in article.sentences_of(block) for cue in s.cues)


def _below_line(document: Document, article: Article, walk: Attributing, number: int) -> Iterator[_Made]:
    """The blocks below a speaker line that stand without marks: a turn, or a run that the next line ends."""
    line = document.blocks[number]
    who = walk.referring.of_line(line, document.text)
    run = _plain_run(document, article, number)
    for at in run:
        block = document.blocks[at]
        turn = block.kind is BlockKind.BLOCKQUOTE
        words = document.text[block.start : block.end]
        asked = turn and words.rstrip().endswith("?") and not (who.name and article.people.is_person(who.name))
        sure = Confidence.LOW if not who.name else Confidence.HIGH if turn else Confidence.CHECK
        kind = ProposalKind.QUESTION if asked else ProposalKind.DIRECT
        made = Proposal(block.start, block.end, words, who.name, kind, sure, "the line that names the speaker")
        yield made, at, (block.start, block.end)


def _plain_run(document: Document, article: Article, number: int) -> list[int]:
    blocks = document.blocks
    run: list[int] = []
    for at in range(number + 1, len(blocks)):
        block = blocks[at]
        if block.kind not in (BlockKind.PROSE, BlockKind.BLOCKQUOTE) or _is_marked(document, article, block):
            break
        if _names_itself(article, blocks[number], block):
            break
        run.append(at)
    ended = number + 1 + len(run)
    closed = ended < len(blocks) and blocks[ended].kind is BlockKind.SPEAKER and len(run) <= _LONGEST_RUN
    return run if closed else run[:1]


def _is_marked(document: Document, article: Article, block: DocumentBlock) -> bool:
    """Tell whether a block has marks of its own that say where words begin: then these decide."""
    opening = document.text[block.start : block.start + 3]
    return article.masked[block.start] == HIDDEN or bool(_ELIDED.match(opening)) or _goes_to_cue(article, block)


def _goes_to_cue(article: Article, block: DocumentBlock) -> bool:
    return block.kind is BlockKind.PROSE and any(cue.subject for s in article.sentences_of(block) for cue in s.cues)


def _names_itself(article: Article, line: DocumentBlock, block: DocumentBlock) -> bool:
    """Tell whether a block names the very person that the line names: nobody says their own surname so."""
    named = {mention.name.split()[-1] for mention in article.people.between(line.start, line.end)}
    return any(mention.name.split()[-1] in named for mention in article.people.between(block.start, block.end))


def _post(document: Document, number: int, block: DocumentBlock) -> list[_Made]:
    words = document.text[block.start : block.end]
    if not block.about or _is_address(document, block):
        return []
    made = Proposal(
        block.start, block.end, words, block.about, ProposalKind.TWEET,
        Confidence.HIGH if block.said else Confidence.CHECK, "the signature of the post",
        said=block.said, dated_by=DatedBy.POST if block.said else None,
    )  # fmt: skip
    return [(made, number, (block.start, block.end))]


def _announces(document: Document, article: Article, block: DocumentBlock) -> bool:
    """Tell whether a paragraph ends with words of speech and a colon: what was said should stand below it."""
    text = document.text[block.start : block.end].rstrip()
    if not text.endswith((":", ":…", ":...")):
        return False
    last = article.sentences_of(block)[-1]
    masked = article.masked[last.start : last.end]
    return bool(_POSTING.search(masked) or CUE.search(masked)) and not masked.rstrip(" :.…").endswith(HIDDEN)


def _is_filled(document: Document, article: Article, below: DocumentBlock | None) -> bool:
    """Tell whether the words that a line announces stand below it: in marks, set apart, in a list, or embedded."""
    if below is None:
        return False
    if below.kind is BlockKind.EMBED:
        return bool(re.search(r"\w", document.text[below.start : below.end])) and not _is_address(document, below)
    if below.kind in (BlockKind.BLOCKQUOTE, BlockKind.ITEM):
        return True
    if article.masked[below.start] != HIDDEN:
        return False
    return not any(cue.subject and cue.subject.mention for cue in article.sentences_of(below)[0].cues)


def _is_address(document: Document, block: DocumentBlock) -> bool:
    return document.text[block.start : block.end].startswith(("http://", "https://"))


def _hole(article: Article, walk: Attributing, number: int, block: DocumentBlock, below: DocumentBlock | None) -> _Made:
    said = below.said if below is not None and below.kind is BlockKind.EMBED else None
    last = article.sentences_of(block)[-1]
    owner = walk.last_owner(last)
    words = article.document.text[last.start : last.end]
    made = Proposal(
        last.start, last.end, words, owner.name if owner else "", ProposalKind.HOLE,
        Confidence.LOW, "it announces words that are not there", said=said, dated_by=DatedBy.POST if said else None,
    )  # fmt: skip
    return made, number, (last.start, last.end)
