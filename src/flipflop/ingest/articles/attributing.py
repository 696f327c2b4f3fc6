"""Whose the quotations of an article are: by the word of speech beside them, by layout, by what came before."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from flipflop.ingest.articles.clauses import Clauses, Cue
from flipflop.ingest.articles.document import BlockKind, Document, DocumentBlock
from flipflop.ingest.articles.people import People
from flipflop.ingest.articles.quoting import QuotedSpan, quoted
from flipflop.ingest.articles.referring import Referring, Who
from flipflop.ingest.articles.sentences import HIDDEN, hide, sentences
from flipflop.ingest.articles.subjects import is_role

if TYPE_CHECKING:
    from collections.abc import Sequence

READ = (BlockKind.PROSE, BlockKind.ITEM, BlockKind.BLOCKQUOTE, BlockKind.CAPTION, BlockKind.HEADING, BlockKind.LINK)
_ELLIPSIS = re.compile(r"(?:…|\.{3})\s?")


_WORD = re.compile(r"\w")
_SIGNED = re.compile(r"[\s.,]{0,3}(?:―|—|–|--|-)\s{0,2}")
_LABEL = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.’'-]{2,25}(?:\s[A-ZÀ-Þ][A-ZÀ-Þ.’'-]{1,25}){0,3}):\s")


def _as_name(label: str) -> str:
    return label.title()


_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}(?:,\s[A-Z][\w .]{1,20}){0,2}(?:\s\([A-Z][\w ]{1,20}\))?\s?(?:—|–|--|-|―)\s"
)


def _without_datelines(masked: str, blocks: Sequence[DocumentBlock]) -> str:
    """Blank out where a story was filed ("RIVERTON, Ohio (AP) — "): it is nobody who speaks."""
    lines = [match for block in blocks if (match := _DATELINE.match(masked, block.start, block.end))]
    kept, at = [], 0
    for match in lines:
        kept += [masked[at : match.start()], " " * (match.end() - match.start())]
        at = match.end()
    return "".join([*kept, masked[at:]])


class Sentence(NamedTuple):
    """A sentence, its words of speech, its quotations; ``alone`` where there is nothing but quotations in it."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    quotes: tuple[QuotedSpan, ...]
    alone: bool


class Utterance(NamedTuple):
    """A quotation and whose it is; ``route`` tells how that was found, ``cue`` is the word of speech, where one is."""

    span: QuotedSpan
    who: Who
    route: str
    cue: Cue | None
    block: int
    sentence: Sentence | None


class Article:
    """An article taken apart: names, sentences and quotations of every block that is the article's own text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        text, blocks = document.text, document.blocks
        own = [block for block in blocks if block.kind in READ]
        self.quotes = quoted(text, [(block.start, block.end) for block in own])
        masked = hide(text, [(quote.outer_start, quote.outer_end) for quote in self.quotes])
        self.masked = _without_datelines(masked, own)
        named = (BlockKind.HEADING, BlockKind.LINK, BlockKind.COMMENT)
        self.people = People(self.masked, [(b.start, b.end) for b in blocks if b.kind not in named])
        self.clauses = Clauses(self.masked, self.people)

        self._openings = [quote.outer_start for quote in self.quotes]
        self._sentences: dict[int, list[Sentence]] = {}

    def quotes_in(self, span: tuple[int, int]) -> list[QuotedSpan]:
        """Return the quotations that begin in a stretch of the text."""
        first, last = bisect_left(self._openings, span[0]), bisect_left(self._openings, span[1])
        return self.quotes[first:last]

    def sentences_of(self, block: DocumentBlock) -> list[Sentence]:
        """Return the sentences of a block."""
        if block.start not in self._sentences:
            self._sentences[block.start] = self._parted(block)
        return self._sentences[block.start]

    def _parted(self, block: DocumentBlock) -> list[Sentence]:
        found = []
        for start, end in sentences(self.masked, self.document.text, block.start, block.end):
            quotes = tuple(self.quotes_in((start, end)))
            alone = not _WORD.search(self.masked, start, end)
            found.append(Sentence(start, end, tuple(self.clauses.cues(start, end)), quotes, alone))
        return found


class Attributing:
    """Walks through an article once, and keeps whom it was about and who spoke last."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.masked = article.masked
        self.referring = Referring(article.people, article.clauses.subjects, article.document.author)
        self.found: list[Utterance] = []
        self.reported: list[tuple[Sentence, int, Cue, Who]] = []
        """Every word of speech with its owner: what indirect speech is found by."""
        self._owner_of: dict[int, Who] = {}
        self._line: Who | None = None  # of the speaker line above
        self._colon: Who | None = None  # of a paragraph that ended with ":"
        self._last: Who | None = None
        self._open = False  # whether the last quotation goes on

    def walk(self) -> None:
        """Attribute every quotation."""
        for number, block in enumerate(self.article.document.blocks):
            if block.kind is BlockKind.SPEAKER:
                self._line = self.referring.of_line(block, self.article.document.text)
                self.referring.spoke(self._line)
                self._last, self._open = self._line, False
            elif block.kind in READ:
                self._block(number, block)
            if block.kind in (BlockKind.HEADING, BlockKind.LINK):
                self._line = self._last = self._colon = None
                self._open = False

    def last_owner(self, sentence: Sentence) -> Who | None:
        """Return whose the last word of speech of a sentence is that was walked through."""
        return self._owner_of.get(sentence.start)

    def _block(self, number: int, block: DocumentBlock) -> None:
        opening = self.article.document.text[block.start : block.end]
        first_quote = self.masked[block.start] == HIDDEN
        elided = _ELLIPSIS.match(opening) is not None
        if self._line is not None and not (first_quote or elided):
            self._line = None
        found = self.article.sentences_of(block)
        before = len(self.found)
        for at, sentence in enumerate(found):
            following = found[at + 1] if at + 1 < len(found) else None
            self._sentence(number, sentence, following, first=at == 0, elided=elided, since=before)
        if len(self.found) > before:
            self._open = self.found[-1].span.goes_on
        closing = found[-1] if found else None
        self._colon = None
        if closing and opening.rstrip().endswith(":"):
            owner = self.last_owner(closing)
            self._colon = owner or self.referring.focus()

    def _sentence(
        self, number: int, sentence: Sentence, following: Sentence | None, *, first: bool, elided: bool, since: int
    ) -> None:
        owners = self._owners(sentence, implied=self._line if elided else None)
        self.reported += [(sentence, number, cue, who) for cue, who in owners]
        if owners:
            self._owner_of[sentence.start] = owners[-1][1]
        for quote in sentence.quotes:
            cue, who, route = self._by_cue(quote, owners)
            if who is None:
                who, route = self._without_cue(quote, sentence, following, first=first, since=since)
            self.found.append(Utterance(quote, who, route, cue, number, sentence))
            if who.name and route not in {"topic", "none"}:
                self._last = who
        self.referring.passed(sentence.start, sentence.end, [who for _, who in owners if who.name])

    def _owners(self, sentence: Sentence, implied: Who | None) -> list[tuple[Cue, Who]]:
        owners = []
        for cue in sentence.cues:
            if cue.dead:
                owners.append((cue, Who("", "none")))
                continue
            who = self.referring.who(cue.subject, sentence.start) if cue.subject else None
            if who is None and implied is not None:
                who = implied._replace(how="line")
            if who is not None:
                owners.append((cue, who))
        return owners

    def _by_cue(self, quote: QuotedSpan, owners: Sequence[tuple[Cue, Who]]) -> tuple[Cue | None, Who | None, str]:
        after = [
            (cue, who) for cue, who in owners if cue.start >= quote.outer_end and self._joins(quote.outer_end, cue)
        ]
        if after:
            return *after[0], "after"
        before = [(cue, who) for cue, who in owners if cue.end <= quote.outer_start]
        if before:
            cue, who = before[-1]
            between = self.masked[cue.end : quote.outer_start]
            close = len(between) < 60 and HIDDEN not in between and "; " not in between
            return cue, who, "before" if close else "before far"
        later = [(cue, who) for cue, who in owners if cue.start >= quote.outer_end]
        if later:
            return *later[0], "after far"
        return None, None, ""

    def _joins(self, at: int, cue: Cue) -> bool:
        """Tell whether a cue stands right behind a quotation, with nothing but its subject between."""
        begin = min(cue.start, cue.subject.start) if cue.subject else cue.start
        between = self.masked[at:begin].lstrip(" ,") if begin >= at else ""
        return begin >= at and (not between.strip() or is_role(between))

    def _without_cue(
        self, quote: QuotedSpan, sentence: Sentence, following: Sentence | None, *, first: bool, since: int
    ) -> tuple[Who, str]:
        """Return whose a quotation is that has no word of speech in its sentence."""
        if signed := self._signed(quote):
            return signed, "signed"
        before = self.found[-1] if len(self.found) > since else None
        if before is not None and before.who.name and before.route != "topic":
            same = before.sentence is sentence
            if sentence.alone or same:
                return before.who, "same sentence" if same else "follows"
        if sentence.alone and (found := self._alone(following, first=first)):
            return found
        return (self._line, "line") if self._line is not None else self._introduced(quote, sentence)

    def _alone(self, following: Sentence | None, *, first: bool) -> tuple[Who, str] | None:
        """Return whose a sentence is that is a quotation and nothing else."""
        ahead = self._ahead(following) if following is not None else None
        opening = {"line": self._line, "colon": self._colon, "next paragraph": self._last} if first else {}
        if first and self._open and self._last is not None:
            return self._last, "goes on"
        if ahead is not None:
            return ahead, "leads"
        for route, who in opening.items():
            if who is not None:
                return who, route
        focus = self.referring.focus()
        return (focus, "focus") if focus is not None else None

    def _introduced(self, quote: QuotedSpan, sentence: Sentence) -> tuple[Who, str]:
        """Return whom the words before a quotation are about."""
        subject = self.article.clauses.subjects.first(sentence.start, quote.outer_start)
        who = self.referring.who(subject, sentence.start) if subject else None
        if who is None:
            return Who("", "none"), "none"
        colon = self.masked[max(sentence.start, quote.outer_start - 4) : quote.outer_start].rstrip().endswith(":")
        return who, "introduced" if colon else "topic"

    def _signed(self, quote: QuotedSpan) -> Who | None:
        """The name behind a dash after a quotation, or before a colon at its beginning, as in a transcript."""
        text = self.article.document.text
        match = _SIGNED.match(text, quote.outer_end)
        if match and (mention := self.article.people.starting_at(match.end())):
            return Who(self.article.people.canonical(mention), "signed")
        label = _LABEL.match(text, quote.start, quote.end)
        for mention in self.article.people.between(max(0, quote.outer_start - 40), quote.outer_start):
            if text[mention.end : quote.outer_start].strip() == ":" and text[: mention.outer].rstrip(" ")[-1:] in {
                "",
                "\n",
            }:
                return Who(self.article.people.canonical(mention), "signed")
        if label:
            return Who(self.article.people.full_name(_as_name(label[1])), "signed")
        return None

    def _ahead(self, following: Sentence) -> Who | None:
        """The owner of the next sentence, where its cue stands right behind its own quotation."""
        if not following.quotes or self.masked[following.start] != HIDDEN:
            return None
        quote = following.quotes[0]
        for cue in following.cues:
            if cue.subject and cue.start >= quote.outer_end and self._joins(quote.outer_end, cue):
                return self.referring.who(cue.subject, following.start)
        return None
