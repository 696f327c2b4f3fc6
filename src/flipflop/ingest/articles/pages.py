"""An HTML page as an article: its main text by trafilatura, its date, its typed blocks, the posts embedded in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from flipflop.errors import DataError, MissingExtraError, WhenError
from flipflop.ingest.articles.document import BlockKind, Document, DocumentBlock, Particulars, checked, hash_of
from flipflop.ingest.articles.embeds import Post, post_at, signed_post
from flipflop.ingest.articles.layout import typed
from flipflop.ingest.articles.wordlists import listed
from flipflop.when import When

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extracted

LARGEST = 5_000_000
"""How many characters of HTML a page may have."""
MOST_TAGS = 60_000
DEEPEST = 200
"""Pages of newspapers have some thousand tags, thirty deep; far more is no article, and takes long."""

_MARK = "flipflopembeddedpost"
_DATES = (
    "//meta[@property='article:published_time']/@content", "//meta[@name='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content", "//time[@itemprop='datePublished']/@datetime",
    "//meta[@name='parsely-pub-date']/@content", "//meta[@name='date']/@content",
)  # fmt: skip
_PUBLISHED = re.compile(r"\"datePublished\"\s{0,4}:\s{0,4}\"([^\"]{10,40})\"")
_KINDS = {"head": BlockKind.HEADING, "quote": BlockKind.BLOCKQUOTE, "item": BlockKind.ITEM, "p": BlockKind.PROSE}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = listed("""area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th""")


class _Piece(NamedTuple):
    kind: BlockKind
    text: str
    post: Post | None = None


def document_of_page(html: str, **particulars: Unpack[Particulars]) -> Document:
    """Return the article of a page; what is given counts before what the page says of itself.

    Its text is that of the blocks, with an empty line between. Raises DataError where the page is too large, holds no
    article, or claims to be published in the future, and MissingExtraError without the extra ``web``.
    """
    _refuse_bombs(html)
    tree = _tree(html)
    own_date = _own_date(tree, html)
    posts = _mark_posts(tree)
    page = _extracted(tree, particulars.get("url"))
    pieces = [*_pieces(page.body, posts), *_comments(page.commentsbody)]
    text, blocks = _laid(pieces)
    checked(text)
    of_page: Particulars = {
        "outlet": page.sitename or page.hostname or "",
        "author": page.author or "",
        "title": page.title or "",
    }
    told = {key: value for key, value in particulars.items() if value}
    given: Particulars = {**of_page, **told}  # type: ignore[typeddict-item] # mypy loses the keys of a filtered one
    given["published"], warnings = _published(particulars.get("published"), own_date, page.date, given.get("tz"))
    kept = {id(piece.post) for piece in pieces}
    warnings += [f"a post stands outside the article and was left out: {p.url}" for p in posts if id(p) not in kept]
    return Document(text, blocks, hash_of(text), **given, warnings=tuple(warnings))


def _tree(html: str) -> HtmlElement:
    try:
        from lxml import html as parser
    except ImportError:
        raise MissingExtraError("reading HTML", "web") from None
    try:
        return parser.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html))
    except (ValueError, parser.etree.ParserError):
        raise DataError("the page holds no HTML that can be read") from None


def _extracted(tree: HtmlElement, url: str | None) -> Extracted:
    """Return what trafilatura takes for the article; DataError where it finds none."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document as Extracted
    except ImportError:
        raise MissingExtraError("reading HTML", "web") from None
    found = bare_extraction(tree, url=url or None, with_metadata=True, include_comments=True, favor_recall=True)
    if not isinstance(found, Extracted) or found.body is None or not _words(found.body):
        raise DataError("no article is found on the page: save its text and give that")
    return found


def _refuse_bombs(html: str) -> None:
    if len(html) > LARGEST:
        raise DataError(f"the page has {len(html):,} characters: a page has {LARGEST:,} at most")
    if "\x00" in html:
        raise DataError("the page holds the character U+0000: that is no text")
    depth = 0
    for tags, match in enumerate(_TAG.finditer(html), start=1):
        if match[2].lower() not in _VOID:
            depth = max(0, depth + (-1 if match[1] else 1))
        if tags > MOST_TAGS or depth > DEEPEST:
            raise DataError(
                f"the page has more than {MOST_TAGS:,} tags, or they lie more than {DEEPEST} deep: it is no article"
            )


def _own_date(tree: HtmlElement, html: str) -> str | None:
    for path in _DATES:
        for value in tree.xpath(path):
            return str(value)
    written = _PUBLISHED.search(html)
    return written[1] if written else None


def _mark_posts(tree: HtmlElement) -> list[Post]:
    """Return the embedded posts, and leave a paragraph in the place of each, which extraction keeps."""
    from lxml.html import fragment_fromstring

    marked: list[Post] = []
    for node in list(tree.iter("blockquote", "iframe", "p", "div", "figure")):
        post = _post_of(node)
        parent = node.getparent()
        if post is None or parent is None:
            continue
        mark = " ".join([f"{_MARK}{len(marked)}."] * 8)
        paragraph = fragment_fromstring(f"<p>{mark}</p>")
        paragraph.tail = node.tail
        node.tail = None
        parent.replace(node, paragraph)
        marked.append(post)
    return marked


def _post_of(node: HtmlElement) -> Post | None:
    classes = node.get("class") or ""
    if node.tag == "iframe":
        source = node.get("src") or ""
        address = f"https:{source}" if source.startswith("//") else source
        return post_at(address) or (Post("", "", address, None) if address.startswith("http") else None)
    text = " ".join(node.text_content().split())
    if node.tag == "blockquote" and re.search(r"twitter-(?:tweet|video)|instagram-media|fb-post", classes):
        links = [str(link) for link in node.xpath(".//a/@href | ./@cite | ./@data-instgrm-permalink")]
        address = next((link for link in reversed(links) if post_at(link)), links[-1] if links else "")
        found = signed_post(text, address)
        bare = post_at(address)
        return found or (bare._replace(words=text) if bare else Post("", "", address, None) if address else None)
    if node.tag in {"p", "div", "figure"} and len(text) < 300 and text.startswith("http") and " " not in text:
        return post_at(text)
    return None


def _pieces(body: HtmlElement, posts: list[Post]) -> Iterator[_Piece]:
    """Yield the blocks of the extracted text."""
    for node in body:
        if node.tag == "list":
            yield from (_Piece(BlockKind.ITEM, _words(item)) for item in node)
            continue
        if node.tag == "quote":
            for inner in _paragraphs_of(node):
                yield _Piece(BlockKind.BLOCKQUOTE, inner)
            continue
        text = _words(node)
        if match := re.match(rf"{_MARK}(\d+)\.", text):
            post = posts[int(match[1])]
            yield _Piece(BlockKind.EMBED, post.words or post.url, post)
        elif node.tag in _KINDS:
            yield _Piece(_KINDS[node.tag], text)
        elif text:
            yield _Piece(BlockKind.PROSE, text)


def _paragraphs_of(node: HtmlElement) -> list[str]:
    inner = [_words(child) for child in node if child.tag == "p"]
    return inner if inner and sum(map(len, inner)) > len(_words(node)) * 0.8 else [_words(node)]


def _words(node: HtmlElement) -> str:
    return " ".join("".join(str(part) for part in node.itertext()).split())


def _comments(body: HtmlElement | None) -> Iterator[_Piece]:
    if body is not None:
        yield from (_Piece(BlockKind.COMMENT, _words(node)) for node in body)


def _laid(pieces: list[_Piece]) -> tuple[str, tuple[DocumentBlock, ...]]:
    """Return the text with one block a paragraph, and the blocks; paragraphs are typed by their looks as well."""
    kept = [piece for piece in pieces if piece.text]
    text, spans = "", []
    for piece in kept:
        text += "\n\n" if text else ""
        spans.append((len(text), len(text) + len(piece.text)))
        text += piece.text
    by_looks = typed(text, spans)
    comments = next((block.start for block in by_looks if block.kind is BlockKind.COMMENT), len(text))
    blocks: list[DocumentBlock] = []
    for piece, (start, end) in zip(kept, spans, strict=True):
        if start >= comments:
            blocks.append(DocumentBlock(BlockKind.COMMENT, start, end))
        elif piece.kind is BlockKind.EMBED and piece.post:
            blocks.append(DocumentBlock(piece.kind, start, end, piece.post.name, piece.post.said))
        elif piece.kind is BlockKind.PROSE:
            blocks += [block for block in by_looks if start <= block.start < end]
        else:
            blocks.append(DocumentBlock(piece.kind, start, end))
    return text, tuple(blocks)


def _published(
    given: When | None, told: str | None, guessed: str | None, tz: str | None
) -> tuple[When | None, list[str]]:
    """Return when an article was published: as given, else as its page tells it, else as htmldate guesses.

    A page that tells of the future is refused.
    """
    of_page = told or guessed
    if of_page is None:
        return given, [] if given else ["the page does not say when it was published: give that with --published"]
    try:
        found = When.parse(of_page, tz=tz)
    except WhenError:
        return given, [] if given else [f"the page was published {of_page!r}, which cannot be read: give the date"]
    if given is not None:
        apart = told and (given.end <= found.start or found.end <= given.start)
        return given, [f"the page says that it was published {of_page}"] if apart else []
    if found.start > datetime.now(UTC):
        raise DataError(
            f"the page says that it was published {of_page}, which is still to come: give the date with --published"
        )
    return found, [] if told else [f"the page seems to be of {of_page}, but does not say so plainly: see to the date"]
