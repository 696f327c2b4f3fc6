"""Plain text as blocks: paragraphs, headings, speaker lines, comments. Knows the page, and nothing of who says what."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from flipflop.ingest.articles.comments import comments_begin
from flipflop.ingest.articles.document import BlockKind, Document, DocumentBlock, Particulars, checked, hash_of
from flipflop.ingest.articles.embeds import post_at, signed_post
from flipflop.ingest.articles.lines import is_byline, is_caption, is_heading, is_link, is_speaker_line, turn_of

if TYPE_CHECKING:
    from typing import Unpack

    from flipflop.ingest.articles.embeds import Post

_ITEM = re.compile(r"(?:[•*▪◦–-]|\d{1,3}[.)])\s{1,8}\S")
_WORD = re.compile(r"[\w’'-]+")
_ENDS = re.compile(r"[.!?:…]['\"’”)]{0,2}$")
_OPENS = re.compile(r"[\"“‘'(\[]?[A-Z0-9“\"‘•*…]")


def document_of(text: str, **particulars: Unpack[Particulars]) -> Document:
    """Return an article given as plain text, its blocks typed by how they stand there.

    Raises DataError where it is no text, or too long for an article.
    """
    blocks = typed(text, paragraphs(checked(text)))
    return Document(text, blocks, hash_of(text), **particulars)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return where the paragraphs stand: blank lines part them, and lines that are too short to be wrapped ones."""
    found: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for start, end in [*_lines(text), (len(text), len(text))]:
        if start < end:
            run.append((start, end))
        elif run:
            found += _unwrapped(text, run)
            run = []
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the lines without the blanks around them; an empty one where a line is blank."""
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        inner = line.strip("\ufeff \t\r\n\u00a0\x0b\x0c\u2028\u2029\x85\x1c\x1d\x1e")
        start = at + line.find(inner) if inner else at
        spans.append((start, start + len(inner)))
        at += len(line)
    return spans


def _unwrapped(text: str, run: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put wrapped lines together: a line goes on where the next word would not have fitted, or no sentence ended."""
    longest = max(end - start for start, end in run)
    whole = [run[0]]
    for start, end in run[1:]:
        before_start, before_end = whole[-1]
        last_line = before_end - max(text.rfind("\n", before_start, before_end) + 1, before_start)
        line = text[start:end]
        full = 40 <= longest <= 120 and last_line > longest * 0.7
        starts_anew = _OPENS.match(line) is not None
        if _ITEM.match(line) or (starts_anew and not full) or (starts_anew and longest > 120):
            whole.append((start, end))
        elif full or not starts_anew or not _ENDS.search(text, max(before_start, before_end - 5), before_end):
            whole[-1] = (before_start, end)
        else:
            whole.append((start, end))
    return whole


def typed(text: str, spans: list[tuple[int, int]]) -> tuple[DocumentBlock, ...]:
    """Return the paragraphs as blocks of their kinds."""
    comments = comments_begin(text, spans)
    lines = [text[start:end] for start, end in spans]
    turns = Counter(turn_of(line) for line in lines)
    seen = Counter(_WORD.findall(text))
    labels = {label for label, count in turns.items() if label and count > 1}
    blocks: list[DocumentBlock] = []
    for number, (start, end) in enumerate(spans):
        if start >= comments:
            blocks.append(DocumentBlock(BlockKind.COMMENT, start, end))
            continue
        if post := _post(lines[number]):
            size = len(post.words) or end - start
            blocks.append(DocumentBlock(BlockKind.EMBED, start, start + size, post.name, post.said))
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        kind, about = _kind(seen, " ".join(lines[number].split()), following, first=number == 0)
        label = turn_of(lines[number])
        if kind is BlockKind.PROSE and label in labels and len(labels) > 1:
            inner = start + len(label) + 1
            blocks.append(DocumentBlock(BlockKind.SPEAKER, start, inner, label))
            words = text[inner:end].lstrip()
            blocks.append(DocumentBlock(BlockKind.BLOCKQUOTE, end - len(words), end, label))
            continue
        blocks.append(DocumentBlock(kind, start, end, about))
    return tuple(block for block in blocks if block.start < block.end)


def _post(line: str) -> Post | None:
    """Return the post that a line is: an address alone, or words with the signature of a post."""
    if line.startswith("http") and len(line.split()) == 1:
        return post_at(line)
    return signed_post(line) if "(@" in line[-120:] and len(line) < 800 else None


def _kind(seen: Counter[str], line: str, following: str, *, first: bool) -> tuple[BlockKind, str]:
    if is_byline(line):
        return BlockKind.BYLINE, ""
    if is_caption(line):
        return BlockKind.CAPTION, ""
    if name := is_link(line, following):
        return BlockKind.LINK, name
    if (name := is_speaker_line(line, following)) and (" " in name or seen[name] > 1):
        return BlockKind.SPEAKER, name
    if is_heading(line, following, first=first):
        return BlockKind.HEADING, ""
    return (BlockKind.ITEM if _ITEM.match(line) else BlockKind.PROSE), ""
