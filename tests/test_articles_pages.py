"""HTML pages as articles: embedded posts stay, comments are comments, and no page takes long."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flipflop.errors import DataError, install_command
from flipflop.ingest.articles import BlockKind, Confidence, Document, ProposalKind, proposals
from flipflop.ingest.articles.embeds import posted_at
from flipflop.ingest.articles.pages import document_of_page
from flipflop.ingest.articles.reading import read_document
from flipflop.when import When

PAGE = (Path(__file__).parent / "data" / "articles" / "page.html").read_text("utf-8")
FILLER = "<p>The council met on Friday to talk about what was left of the plan, and of the money in the bank.</p>" * 3


@pytest.fixture(scope="module")
def page() -> Document:
    return document_of_page(PAGE)


def html(body: str, head: str = "") -> str:
    return f"<html><head><title>T</title>{head}</head><body><article><h1>T</h1>{body}{FILLER}</article></body></html>"


def test_a_page_tells_its_paper_its_author_its_title_and_when_it_was_published(page: Document) -> None:
    assert (page.outlet, page.author, page.title) == ("Harbor Gazette", "Leila Brand", "Mayor turns on bridge")
    assert page.published is not None
    assert page.published.start.isoformat() == "2017-07-10T13:30:00+00:00"


def test_the_blocks_of_a_page_have_the_kinds_of_its_tags(page: Document) -> None:
    kinds = [block.kind for block in page.blocks]

    assert kinds.count(BlockKind.HEADING) == 2
    assert kinds.count(BlockKind.EMBED) == 2
    assert kinds.count(BlockKind.ITEM) == 2
    assert {BlockKind.BLOCKQUOTE, BlockKind.COMMENT} <= set(kinds)


def test_an_embedded_post_is_its_signers_and_its_number_tells_the_second(page: Document) -> None:
    (post,) = [each for each in proposals(page) if each.kind is ProposalKind.TWEET]

    assert (post.speaker, post.quote) == ("Kwame Okafor", "The bridge is a great idea, and we will build it.")
    assert post.said is not None
    assert post.said.start.isoformat() == "2017-07-09T11:50:24+00:00"
    assert post.confidence is Confidence.HIGH


def test_a_frame_without_words_is_a_hole_with_its_moment(page: Document) -> None:
    (hole,) = [each for each in proposals(page) if each.kind is ProposalKind.HOLE]

    assert hole.quote == "Later Okafor tweeted:"
    assert hole.said is not None
    assert hole.said.start.isoformat() == "2017-07-10T00:45:13+00:00"


def test_every_quotation_stands_in_the_text_of_the_page(page: Document) -> None:
    found = proposals(page, comments=True)

    assert all(each.quote == page.text[each.start : each.end] for each in found)
    assert "artcroft" not in {each.speaker for each in found}


def test_what_is_given_counts_before_what_the_page_says() -> None:
    given = When.parse("2017-07-11", tz="UTC")
    document = document_of_page(PAGE, outlet="The Gazette", published=given)

    assert (document.outlet, document.published) == ("The Gazette", given)
    assert document.warnings == ("the page says that it was published 2017-07-10T09:30:00-04:00",)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2055-01-01T10:00:00Z">',
        '<script type="application/ld+json">{"datePublished": "2055-01-01T10:00:00Z"}</script>',
    ],
)
def test_a_page_from_the_future_is_refused(head: str) -> None:
    with pytest.raises(DataError, match="still to come"):
        document_of_page(html("<p>“We will,” said Jane Roe.</p>", head))


def test_a_date_that_is_only_guessed_is_told() -> None:
    document = document_of_page(html('<p>“We will,” said Jane Roe.</p><div class="date">July 10, 2017</div>'))

    assert document.published is not None
    assert (document.published.text, document.warnings) == (
        "2017-07-10",
        ("the page seems to be of 2017-07-10, but does not say so plainly: see to the date",),
    )


def test_a_page_without_any_date_asks_for_it() -> None:
    document = document_of_page(html("<p>“We will,” said Jane Roe.</p>"))

    assert (document.published, document.warnings) == (
        None,
        ("the page does not say when it was published: give that with --published",),
    )


def test_a_block_set_apart_below_a_line_that_announces_it_is_what_was_said() -> None:
    document = document_of_page(html("<p>Mayor Jane Roe wrote:</p><blockquote><p>We will build it.</p></blockquote>"))
    (only,) = [each for each in proposals(document) if each.kind.is_statement]

    assert (only.speaker, only.quote, only.confidence) == ("Jane Roe", "We will build it.", Confidence.CHECK)


def test_a_block_set_apart_that_tells_of_the_speaker_does_not_fill_a_hole() -> None:
    other = "Mayor Roe tweeted Sunday evening that a proposed bridge could not happen after all of the criticism."
    document = document_of_page(html(f"<p>On Sunday Jane Roe tweeted:</p><blockquote><p>{other}</p></blockquote>"))
    kinds = [each.kind for each in proposals(document)]

    assert ProposalKind.HOLE in kinds
    assert ProposalKind.DIRECT not in kinds


def test_an_address_alone_in_a_paragraph_is_an_embedded_post() -> None:
    address = "https://twitter.com/roe/status/884016887692234753"
    document = document_of_page(html(f"<p>Jane Roe tweeted:</p><figure><div>{address}</div></figure>"))

    assert [block.kind for block in document.blocks if document.text[block.start :].startswith("https")] == [
        BlockKind.EMBED
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000,
        "<p>a</p>" * 100_000,
        "<b>" * 300 + "a",
        "<html>" + "a" * 6_000_000,
        "<html>\x00</html>",
        "<html></html>",
        "<html><body><script>var a = 1</script></body></html>",
    ],
    ids=["deep", "many", "unclosed", "large", "NUL", "empty", "only a script"],
)
def test_a_page_that_is_no_article_is_refused_in_one_line_and_at_once(bomb: str) -> None:
    began = time.perf_counter()
    with pytest.raises(DataError) as caught:
        document_of_page(bomb)

    assert "\n" not in str(caught.value)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "unit", ["<table><tr><td>", "<ul><li>", "<p>“a</p>", "<blockquote>a", "&nbsp;&amp;", "<a href='"]
)
def test_a_page_of_one_thing_over_and_over_takes_no_long_time(unit: str) -> None:
    began = time.perf_counter()
    with contextlib.suppress(DataError):
        proposals(document_of_page(html(unit * 3_000)))

    assert time.perf_counter() - began < 15


def test_without_the_extra_the_error_names_it(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['trafilatura'] = None\nfrom flipflop.cli import main; main(['propose', sys.argv[1]])"
    )
    place = tmp_path / "page.html"
    place.write_text(PAGE, "utf-8")

    done = subprocess.run([sys.executable, "-c", program, place], capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr == f"error: reading HTML needs an optional part: {install_command('web')}\n"


@pytest.mark.parametrize(
    ("number", "second"),
    [
        (884016887692234753, "2017-07-09T11:50:24+00:00"),
        (884211874518192128, "2017-07-10T00:45:13+00:00"),
    ],
)
def test_the_number_of_a_post_tells_its_second(number: int, second: str) -> None:
    when = posted_at(number)

    assert when is not None
    assert when.start.isoformat() == second


@pytest.mark.parametrize("number", [1, 29_000_000_000, 2**62, 10**30])
def test_a_number_that_is_no_post_tells_nothing(number: int) -> None:
    assert posted_at(number) is None


FILES = [
    (b"%PDF-1.7 ...", "a PDF"),
    (b"PK\x03\x04....", "packed"),
    (b"\x89PNG....", "picture"),
    ("Elle a dit “non” à Orléans".encode("latin-1", "replace"), "UTF-8"),
    (b"a\x00b", "U\\+0000"),
    (b"", "no words"),
    (b"a" * 21_000_000, "20,000,000 bytes"),
]


@pytest.mark.parametrize(("data", "why"), FILES, ids=[why for _, why in FILES])
def test_a_file_that_is_no_article_is_refused_in_one_line(data: bytes, why: str, tmp_path: Path) -> None:
    place = tmp_path / "article.txt"
    place.write_bytes(data)

    with pytest.raises(DataError, match=why) as caught:
        read_document(place)

    assert "\n" not in str(caught.value)


def test_an_encoding_that_is_named_is_read(tmp_path: Path) -> None:
    place = tmp_path / "article.txt"
    place.write_bytes("“Yes,” said Zoë Roe.".encode("cp1252"))

    assert read_document(place, encoding="cp1252").text == "“Yes,” said Zoë Roe."
    with pytest.raises(DataError, match="no encoding"):
        read_document(place, encoding="latin-99")
