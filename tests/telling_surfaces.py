"""Writes every surface that needs no browser from the awkward statements, and reads it back."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

import lxml.html

from flipflop.cases import case_of
from flipflop.figures import matrix_data
from flipflop.publish import (
    page_html,
    publish_site,
    sheet_html,
    write_card,
    write_card_fragment,
    write_chart,
    write_embed,
    write_timeline_fragment,
)
from flipflop.publish.many import many_html
from tests.cli_running import flipflop
from tests.telling_cases import CASES, ZONES
from tests.telling_pairs import PAIRS
from tests.telling_reading import (
    BY_KEY,
    HALVES,
    NAMES,
    TITLES,
    Seen,
    Shown,
    found,
    key_of,
    pair_of,
    parsed,
    plain,
    rows,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement

    from tests.telling_record import Record

FEW = 10
"""So few marks are drawn that the record counts as a large one."""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (2).to_bytes(4, "big") * 2
"""As much of a picture as a fragment reads: its size."""


def timeline_page(record: Record, folder: Path) -> Iterator[Seen]:
    """The page of a timeline as it is without its script."""
    for zone in ZONES:
        document = parsed(page_html(*record.frames, tz=zone, rulings=record.rulings))
        yield Seen(zone, rows(document), told_of_pairs(found(document, "ul.changes > li")))


def timeline_alt(record: Record, folder: Path) -> Iterator[Seen]:
    """What a drawing says to those who cannot see it: on the page, in its picture and where it is embedded."""
    for zone in ZONES:
        pasted = write_embed(folder / "embedded.html", *record.frames, tz=zone, rulings=record.rulings)
        page = parsed((folder / "embedded.html").read_text("utf-8"))
        picture = (folder / "embedded.svg").read_text("utf-8")
        told = [one.get("aria-label", "") for one in found(page, "div.figure")]
        # lxml takes what stands in a frame for text, as browsers do
        for text in (" ".join(told), picture[: picture.index("</desc>")], pasted):
            yield Seen(zone, pairs=told_of_pairs(sentences(text)))


def large_page(record: Record, folder: Path) -> Iterator[Seen]:
    """The page of a large record as it is without its script."""
    for zone in ZONES:
        document = parsed(many_html(*record.frames, tz=zone, rulings=record.rulings, most_marks=FEW))
        yield Seen(zone, pairs=told_of_pairs(found(document, "table.pairs tbody tr")))


def card(record: Record, folder: Path) -> Iterator[Seen]:
    """The page of a card."""
    for zone in ZONES:
        yield carded(record, zone, partial(_card, record, folder / "card.html", zone=zone))


def card_picture(record: Record, folder: Path) -> Iterator[Seen]:
    """The drawing of a card: its alt text, and the words drawn."""
    for zone in ZONES:
        seen = Seen(zone)
        for pair in PAIRS:
            drawn = _card(record, folder / "card.svg", record.ids[pair.then], record.ids[pair.now], zone=zone)
            told, _, rest = drawn.partition("</title>")
            seen.pairs[pair.key] = plain(re.sub("<[^>]*>", " ", told) + re.sub("</text>|<[^>]*>", " ", rest))
        yield seen


def sheet(record: Record, folder: Path) -> Iterator[Seen]:
    """The sheet of a pair, for whoever answers for its print."""
    for zone in ZONES:
        seen = Seen(zone, only=HALVES)
        for pair in PAIRS:
            case = case_of(record.store, record.ids[pair.then], record.ids[pair.now])
            document = parsed(sheet_html(case, record.positions, tz=zone))
            seen.pairs[pair.key] = text_of(document)
            for section in found(document, "section.evidence"):
                facts = facts_of(section)
                words = " ".join([text_of(section.find("blockquote")), *facts.values()])
                moment = facts["Moment"].partition(";")[0]
                position = text_of(found(section, "table.codings tbody td")[0])
                seen.statements[str(key_of(words))] = Shown(moment, position, words, facts["Source"])
        yield seen


def card_fragment(record: Record, folder: Path) -> Iterator[Seen]:
    """A card as a blog takes it."""
    for zone in ZONES:
        yield carded(record, zone, partial(_card, record, folder / "fragment.html", zone=zone, pasted=True))


def timeline_fragment(record: Record, folder: Path) -> Iterator[Seen]:
    """A timeline as a blog takes it."""
    for zone in ZONES:
        with undrawn():
            path = write_timeline_fragment(folder / "timeline", *record.frames, tz=zone)
        document = parsed(f"<div>{path.read_text('utf-8')}</div>")
        yield Seen(zone, rows(document), told_of_pairs(found(document, "ul > li")))


def matrix(record: Record, folder: Path) -> Iterator[Seen]:
    """The matrix as a page: the last position of each speaker on each topic, where one is the last."""
    for zone in ZONES:
        chart = matrix_data(record.positions, record.reversals, tz=zone)
        document = parsed(write_chart(folder / "matrix.html", chart).read_text("utf-8"))
        seen = Seen(zone, only=LAST)
        for row in found(document, "table.matrix > tbody > tr"):
            for cell, title in zip(found(row, "td"), ("The unit", "What was agreed"), strict=True):
                if key := _last(text_of(row[0]), title):
                    moment, source = (text_of(note) for note in found(cell, "span.note")[-2:])
                    position = text_of(cell).removeprefix(title).partition(text_of(found(cell, "span.note")[0]))[0]
                    seen.statements[key] = Shown(moment.removeprefix("last: "), plain(position), source=source)
        yield seen


LAST = (
    "kolkata", "corrected", "disputed", "unclear", "hebrew", "agriculture", "energy", "tourism", "affirmed", "denied",
    "twice-ruled-now", "candidate-now", "none-now", "half-now", "half-ruled-now",
)  # fmt: skip
"""The last statement of each speaker on each topic, but for orders nobody knows and moments open to one side."""


def _last(name: str, topic: str) -> str | None:
    """The case that a cell of the matrix tells of, if any."""
    cases = (BY_KEY[key] for key in LAST)
    return next((case.key for case in cases if (NAMES[case.speaker], TITLES[case.topic]) == (name, topic)), None)


class Site:
    """The record as a site, in a folder of its own for each zone."""

    def __init__(self, record: Record, folder: Path) -> None:
        self.record, self.folder = record, folder

    def in_zone(self, zone: str) -> Path:
        """The folder; written when it is first asked for."""
        folder = self.folder / f"site-{ZONES.index(zone)}"
        if not folder.exists():
            publish_site(
                self.record.store, folder, tz=zone, candidates=True, bylines=True, pictures=False,
                scope="All.", base_url="https://example.org/",
            )  # fmt: skip
        return folder

    def pages(self, zone: str, pattern: str) -> Iterator[HtmlElement]:
        for path in sorted(self.in_zone(zone).glob(pattern)):
            yield parsed(path.read_text("utf-8"))


def site_lists(pattern: str) -> Callable[[Record, Path], Iterator[Seen]]:
    """The tables of statements on pages of topics or speakers."""

    def read(record: Record, folder: Path) -> Iterator[Seen]:
        for zone in ZONES:
            told = [rows(page) for page in Site(record, folder).pages(zone, pattern)]
            yield Seen(zone, {key: shown for one in told for key, shown in one.items()})

    return read


def site_statements(record: Record, folder: Path) -> Iterator[Seen]:
    """The page of each statement."""
    for zone in ZONES:
        seen = Seen(zone)
        for page in Site(record, folder).pages(zone, "statement/*.html"):
            main = found(page, "main")[0]
            words = " ".join(text_of(one) for one in [*found(main, "blockquote"), *main.iterfind("p")])
            moment, position = text_of(found(main, "h1 time")[0]), text_of(found(main, ".stance")[0])
            seen.statements[str(key_of(words))] = Shown(moment, position, words, facts_of(main)["Source"])
        yield seen


def site_pairs(record: Record, folder: Path) -> Iterator[Seen]:
    """The page of each pair."""
    for zone in ZONES:
        seen = Seen(zone, only=HALVES)
        for page in Site(record, folder).pages(zone, "pair/*.html"):
            seen.pairs[str(pair_of(text_of(page)))] = text_of(found(page, "main")[0])
            for half in found(page, "div.pair > section"):
                words = text_of(half).partition(text_of(found(half, ".when")[0]))[2].partition("Source: ")[0]
                texts = (text_of(found(half, name)[0]) for name in (".when", ".stance", ".source"))
                moment, position, source = texts
                seen.statements[str(key_of(words))] = Shown(moment, position, plain(words), source)
        yield seen


def site_pairs_listed(page: str) -> Callable[[Record, Path], Iterator[Seen]]:
    """Pairs on the entrance or among those compared."""

    def read(record: Record, folder: Path) -> Iterator[Seen]:
        for zone in ZONES:
            (document,) = Site(record, folder).pages(zone, page)
            items = [one for one in found(document, "section li") if "pair/" in str(one.xpath("string(.//a/@href)"))]
            yield Seen(zone, pairs=told_of_pairs(items))

    return read


def site_corrections(record: Record, folder: Path) -> Iterator[Seen]:
    """The one statement that was corrected, on the page of corrections."""
    for zone in ZONES:
        (item,) = found(next(Site(record, folder).pages(zone, "corrections.html")), "ul.mends li a")
        yield Seen(zone, {"corrected": Shown(text_of(item))}, only=["corrected"])


def feeds(record: Record, folder: Path) -> Iterator[Seen]:
    """The newest rulings as Atom and as JSON Feed."""
    for zone in ZONES:
        site = Site(record, folder).in_zone(zone)
        entries = [text_of(one) for one in lxml.html.fromstring((site / "feed.xml").read_bytes()).iter("entry")]
        items = json.loads((site / "feed.json").read_text("utf-8"))["items"]
        for texts in (entries, [f"{item['title']} {item['content_text']}" for item in items]):
            yield Seen(zone, pairs=told_of_pairs(texts))


def timelinejs(record: Record, folder: Path) -> Iterator[Seen]:
    """The slides of TimelineJS, as JSON and as a spreadsheet."""
    for zone in ZONES:
        data = Site(record, folder).in_zone(zone) / "data"
        events = json.loads((data / "timeline.json").read_text("utf-8"))["events"]
        told = [(one["display_date"], one["text"]["headline"], one["text"]["text"]) for one in events]
        with (data / "timeline.csv").open(encoding="utf-8-sig", newline="") as file:
            sheet = [(one["Display Date"], one["Headline"], one["Text"]) for one in csv.DictReader(file)]
        for slides in (told, sheet):
            yield Seen(
                zone,
                {str(key_of(text_of(parsed(f"<div>{slide[2]}</div>")))): _slide(*slide) for slide in slides},
                line=True,
            )


def _slide(moment: str, headline: str, text: str) -> Shown:
    paragraphs = [text_of(one) for one in parsed(f"<div>{text}</div>").iter("p")]
    position = headline.partition(": ")[2].partition(",")[0]
    return Shown(plain(moment.removeprefix("'")), position, " ".join(paragraphs[:-1]), paragraphs[-1])


def claims(record: Record, folder: Path) -> Iterator[Seen]:
    """The day of each ruling in ClaimReview."""
    for zone in ZONES:
        seen = Seen(zone)
        for page in Site(record, folder).pages(zone, "pair/*.html"):
            for script in page.iterfind(".//script[@type='application/ld+json']"):
                told = json.loads(script.text or "")
                day = date.fromisoformat(told["datePublished"])
                seen.pairs[str(pair_of(json.dumps(told)))] = f"{day.day} {day:%B %Y}"
        yield seen


def listed(record: Record, folder: Path) -> Iterator[Seen]:
    """``flipflop list`` as a table, one line for each coding, so that nobody disagrees in it."""
    for zone in ZONES:
        head, *lines = flipflop("-s", record.path, "list", "--tz", zone).out.splitlines()
        starts = [match.start() for match in re.finditer(r"(?<=  )\S|^\S", head)]
        seen = Seen(zone, line=True, only=[case.key for case in CASES if case.key != "disputed"])
        for line in lines:
            cells = [plain(line[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)]
            told = dict(zip(re.split(" {2,}", head), cells, strict=True))
            position = told["position"].removesuffix(" (look again)")
            seen.statements[str(key_of(told["text"]))] = Shown(told["said"], position, told["text"], told["source"])
        yield seen


def shown(record: Record, folder: Path) -> Iterator[Seen]:
    """The head of ``flipflop show`` for each statement."""
    for zone in ZONES:
        seen = Seen(zone, line=True)
        for case in CASES:
            out = flipflop("-s", record.path, "show", record.ids[case.key], "--tz", zone).out
            head, *lines = [plain(line) for line in out.partition("\n\n")[0].splitlines()] or [""]
            moment = head.partition(f"{NAMES[case.speaker]}, ")[2]
            source = next((line for line in lines if line.startswith("Source: ")), "")
            words = " ".join(line for line in lines if line != source)
            seen.statements[case.key] = Shown(moment, None, words, source)
        yield seen


def reversals(record: Record, folder: Path) -> Iterator[Seen]:
    """``flipflop reversals`` as a table."""
    for zone in ZONES:
        out = flipflop("-s", record.path, "reversals", "--tz", zone).out
        keys = {record.ids[pair.now][:8]: pair.key for pair in PAIRS}
        lines = out.splitlines()
        yield Seen(zone, pairs={key: plain(line) for line in lines for start, key in keys.items() if start in line})


def reasons(record: Record, folder: Path) -> Iterator[Seen]:
    """The column ``reason`` of reversals, which frames tell in UTC."""
    yield Seen("UTC", pairs=told_of_pairs(record.reversals["reason"].astype(str)))


def told_of_pairs(texts: Iterable[HtmlElement | str]) -> dict[str, str]:
    """What is told of each pair, by its key, where a text names the speaker of one."""
    told = [plain(one) if isinstance(one, str) else text_of(one) for one in texts]
    return {key: text for text in told if (key := pair_of(text))}


def sentences(text: str) -> list[str]:
    """The sentences of an alt text that tell of a pair."""
    return re.split(r"(?<=[\w)])\. ", text)


def facts_of(element: HtmlElement) -> dict[str, str]:
    """A list of terms and descriptions."""
    terms = [text_of(one) for one in found(element, "dl dt")]
    return dict(zip(terms, (text_of(one) for one in found(element, "dl dd")), strict=True))


def carded(record: Record, zone: str, write: Callable[[str, str], str]) -> Seen:
    """Read cards of all pairs, and of neighbours of one speaker, so that nearly every statement is on some card."""
    written = [*((pair.then, pair.now) for pair in PAIRS), *_neighbours(record)]
    seen = Seen(zone, only={key for pair in written for key in pair})
    for then, now in written:
        document = parsed(f"<div>{write(record.ids[then], record.ids[now])}</div>")
        if then in HALVES:
            seen.pairs[then.removesuffix("-then")] = text_of(document)
        for half in [*found(document, "figure.statement"), *found(document, "blockquote.wp-block-quote")]:
            seen.statements[str(key_of(text_of(half)))] = _half(half)
    return seen


def _neighbours(record: Record) -> Iterator[tuple[str, str]]:
    """Statements of one speaker on the unit, two by two in the order of time."""
    order = {key: number for number, key in enumerate(record.in_order)}
    alone = sorted((case for case in CASES if not case.half), key=lambda case: order[case.key])
    for speaker in {case.speaker for case in alone}:
        keys = [case.key for case in alone if (case.speaker, case.topic) == (speaker, "unit")]
        for at in range(0, len(keys) - 1, 2):
            yield keys[at], keys[at + 1]


def _half(half: HtmlElement) -> Shown:
    """One statement of a card, as a page has it or as a blog does."""
    if half.tag == "blockquote":
        cited = text_of(half.find("cite"))
        moment, _, rest = cited.rpartition(": ") if "Source: " not in cited else cited.partition(": ")
        position, _, source = rest.partition(". ")
        words = " ".join(text_of(one) for one in half if one.tag != "cite")
        return Shown(moment, position, words, source)
    moment, position, source = (text_of(found(half, name)[0]) for name in (".when", ".word", ".source"))
    words = " ".join(text_of(one) for one in half if one.tag != "figcaption" and one.get("class") != "source")
    return Shown(moment, position, words, source)


def _card(record: Record, path: Path, then: str, now: str, *, zone: str, pasted: bool = False) -> str:
    write = write_card_fragment if pasted else write_card
    with undrawn():
        return write(path, record.positions, then, now, rulings=record.rulings, tz=zone).read_text("utf-8")


def undrawn() -> mock._patch[Callable[..., Path]]:
    """Pictures are not drawn: they take a browser for each, and none is read."""

    def picture(path: Path, figure: object, **_: object) -> Path:
        path.write_bytes(PNG)
        return path

    return mock.patch("flipflop.publish.images.write_figure", picture)


SURFACES: dict[str, Callable[[Record, Path], Iterator[Seen]]] = {
    "timeline page": timeline_page,
    "timeline alt": timeline_alt,
    "large page": large_page,
    "card": card,
    "card picture": card_picture,
    "sheet": sheet,
    "card fragment": card_fragment,
    "timeline fragment": timeline_fragment,
    "matrix": matrix,
    "site topics": site_lists("topic/*.html"),
    "site speakers": site_lists("speaker/*.html"),
    "site statements": site_statements,
    "site pairs": site_pairs,
    "site entrance": site_pairs_listed("index.html"),
    "site compared": site_pairs_listed("compared.html"),
    "site corrections": site_corrections,
    "feeds": feeds,
    "timelinejs": timelinejs,
    "claims": claims,
    "list": listed,
    "show": shown,
    "reversals": reversals,
    "reasons": reasons,
}
