"""The verb propose: its lines, what it loads, how long it takes, and how well it does on marked articles."""

from __future__ import annotations

import importlib.util
import json
import time
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, strategies as st

from flipflop.errors import DataError
from flipflop.ingest.articles import document_of, proposals
from flipflop.when import When
from tests.article_cases import BLOG
from tests.cli_running import flipflop
from tests.test_startup import HEAVY, loaded

ROOT = Path(__file__).parents[1]
PUBLISHED = When.parse("2017-07-11", tz="UTC")
KEYS = {
    "doc_id", "speaker", "quote", "start", "end", "kind", "confidence", "reason", "said", "said_from", "said_until",
    "precision", "dated_by", "chain", "part_of",
}  # fmt: skip


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    place = tmp_path / "blog.txt"
    place.write_bytes(BLOG.replace("\n", "\r\n").encode())
    return place


def test_every_line_has_the_documented_keys_and_its_words_stand_at_its_offsets(blog: Path) -> None:
    done = flipflop("propose", blog, "--published", "2017-07-11", "--tz", "Pacific/Auckland", "--format", "jsonl")
    rows = [json.loads(line) for line in done.lines]
    text = blog.read_bytes().decode()

    assert done.code == 0
    assert {frozenset(row) for row in rows} == {frozenset(KEYS)}
    assert {row["doc_id"] for row in rows} == {"blog"}
    assert all(row["quote"] == text[row["start"] : row["end"]] for row in rows)


def test_monday_and_tuesday_in_new_zealand_is_monday_in_utc(blog: Path) -> None:
    done = flipflop("propose", blog, "--published", "2017-07-11", "--tz", "Pacific/Auckland", "--format", "jsonl")
    said = {(row["said"], row["said_from"]) for row in map(json.loads, done.lines) if "NZT" in (row["said"] or "")}

    assert ("Monday (Tuesday NZT)", "2017-07-10T12:00:00+00:00") in said


def test_the_missing_words_are_told_on_stderr(blog: Path) -> None:
    done = flipflop("propose", blog, "--published", "2017-07-11")

    assert [line.split(":")[0] for line in done.err.splitlines()] == [
        "nothing stands after 'On Sunday Okafor tweeted",
        "nothing stands after 'Okafor tweeted",
    ]


def test_standard_input_is_read() -> None:
    done = flipflop("propose", "-", "--doc-id", "x", "--format", "jsonl", stdin="“Yes,” said Jane Roe.")

    assert json.loads(done.out)["speaker"] == "Jane Roe"


def test_the_text_of_a_page_can_be_written(tmp_path: Path) -> None:
    page, text = ROOT / "tests" / "data" / "articles" / "page.html", tmp_path / "page.txt"
    done = flipflop("propose", page, "--format", "jsonl", "--text", text)
    written = text.read_bytes().decode()

    assert all(row["quote"] == written[row["start"] : row["end"]] for row in map(json.loads, done.lines))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "error: {}: it holds no words\n"),
        (b"%PDF-1.4", "error: {}: is a PDF: give its text\n"),
        (b"\xff\xfeabc", "error: {}: "),
        (b"a" * 10_000_000, "error: {}: it has 10,000,000 characters: an article has 500,000 at most\n"),
    ],
    ids=["empty", "PDF", "UTF-16 cut short", "a line of 10 MB"],
)
def test_bad_input_is_one_clear_line(data: bytes, told: str, tmp_path: Path) -> None:
    place = tmp_path / "article.txt"
    place.write_bytes(data)
    done = flipflop("propose", place)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(told.format(place))


@pytest.mark.parametrize("place", ["nowhere.txt", "http://127.0.0.1:9/", "ftp://example.org/a"])
def test_what_cannot_be_had_is_one_clear_line(place: str) -> None:
    done = flipflop("propose", place)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert place.split("/")[2 if "://" in place else 0].split(":")[0] in done.err


def test_proposing_a_text_loads_no_library_for_pages_or_frames(blog: Path) -> None:
    found = loaded("propose", str(blog), "--published", "2017-07-11")

    assert found & (HEAVY | {"trafilatura", "htmldate", "lxml", "ssl"}) == set()


def test_importing_the_package_loads_none_of_it() -> None:
    found = loaded("--help")

    assert not any(name.startswith(("flipflop.ingest", "trafilatura", "htmldate", "lxml")) for name in found)


def test_six_thousand_characters_take_less_than_a_third_of_a_second() -> None:
    text = (BLOG * 2)[:6_000]
    proposals(document_of(text, published=PUBLISHED))
    best = min(timed(text) for _ in range(5))

    assert best < 0.3


def timed(text: str) -> float:
    began = time.perf_counter()
    proposals(document_of(text, published=PUBLISHED))
    return time.perf_counter() - began


UNITS = [
    "He said and ", "“Yes,” he said. ", "'tis ‘a ", "............", "said       ", "Aaaa ", "A'a", "“", '" ',
    "Foo Bar said:\n\n", "Foo Bar:\n\nHello there you.\n\n", "The mayor said that it was so. ",
    "On Monday, July 3, he said. ",
    "a line of some text here\n", "Jo Doe, ", "Jo Doe (a) ", "“Yes\n\n", "said that ", "according to Jo Doe, ",
    "https://twitter.com/", "NOEL / July 11, 2017\n\n", "3 comments\n\n", "a\n", "Jo also also also ", "a-",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_of_one_thing_over_and_over_takes_time_in_proportion(unit: str) -> None:
    small, large = unit * (3_000 // len(unit)), unit * (24_000 // len(unit))
    ratio = min(timed(large) / max(timed(small), 0.004) for _ in range(2))

    assert ratio < 8 * 3  # eight times as long, three times as much for noise; quadratic would be 64


PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "'", "''", "…", ":", ", ", ". ", "? ", "\n", "\n\n", "\r\n", "    ",
     "• ", "1. ", "(", ")", "—",
     "Jane Roe", "Mr. Doe", "she", "He", "said", "tweeted", "according to ", "that ", "said ", " and ", "the mayor",
     "On Sunday ", "Monday (Tuesday NZT)", "CNN’s ", "Comments", "/ July 11, 2017", "Jane Roe:", "Q:",
     "https://x.com/a/status/1",
     "́", "\u202e", "\ufeff", "É", "ß", "𝒜", "\ufffc"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=40))
def test_any_text_is_proposed_or_refused_and_every_quotation_stands_in_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        document = document_of(text, published=PUBLISHED, tz="America/New_York")
    except DataError:
        return

    found = proposals(document, comments=True)

    assert all(each.quote == text[each.start : each.end] and each.quote for each in found)
    assert all(one.start <= other.start for one, other in pairwise(found) if "comment" not in other.reason)


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quotes", ROOT / "benchmarks" / "quotes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_marked_articles_are_proposed_as_well_as_the_documents_say() -> None:
    quotes = benchmark()
    tally = quotes.Tally()
    for path in sorted(quotes.HERE.glob("*.txt")):
        text, gold = quotes.marked(path)
        tally.document(path.stem, text, gold, quotes.proposed(text))
    counts = tally.counts

    assert counts["direct right"] / counts["direct found"] >= 0.93
    assert counts["direct right"] / counts["direct gold"] >= 0.95
    assert counts["known right"] / counts["known"] >= 0.95
    assert counts["high right"] / counts["high"] >= 0.98
    assert counts["high"] / counts["known"] >= 0.6
    assert counts["indirect right"] / counts["indirect found"] >= 0.83
    assert counts["indirect right"] / counts["indirect gold"] >= 0.6
