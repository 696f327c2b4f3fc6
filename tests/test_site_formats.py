"""What a site gives to programs: feeds, ClaimReview, tables, TimelineJS, a database for Datasette."""

from __future__ import annotations

import asyncio
import csv
import gc
import io
import json
import re
import sqlite3
import warnings
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pandas as pd
import pytest
from datasette.app import Datasette
from lxml import etree

import flipflop as ff
from flipflop.detect import find_reversals
from flipflop.frames import positions
from flipflop.publish.page import page_html
from flipflop.publish.site.rules import pair_id
from flipflop.publish.site.timelinejs import COLUMNS
from flipflop.records.words import SetAside
from flipflop.text.csvfile import unguard
from tests import site_case as case
from tests.hostile import PAYLOADS
from tests.site_case import publish

DATA = Path(__file__).parent / "data"
BASE = "https://example.org/record/"
PAIR = pair_id(case.THEN.hash, case.NOW.hash, "unit")
FORMULAS = tuple(payload for payload in PAYLOADS if payload[0] in "=+-@")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an address of its own."""
    place = tmp_path_factory.mktemp("formats")
    with case.store(place / "s.db") as store:
        publish(store, place / "site", scope="The committee.", candidates=True, base_url=BASE)
    return place / "site"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose record holds every hostile text in its words."""
    place = tmp_path_factory.mktemp("hostile")
    texts = [text for text in PAYLOADS if "\0" not in text]
    said = [case.statement(case.ANN, text, minute) for minute, text in enumerate(texts)]
    with ff.Store(place / "s.db") as store:
        store.append([case.ANN, case.BUREAU, case.UNIT, *said, *(case.coding(one, "support") for one in said)])
        store.append([case.THEN, case.NOW, case.coding(case.THEN, "support"), case.coding(case.NOW, "oppose")])
        for number, text in enumerate(texts):
            store.append(case.ruling(f"Person {number}", reading=text))
        publish(store, place / "site", title=PAYLOADS[1], scope=PAYLOADS[0])
    return place / "site"


def loaded(path: Path) -> Any:  # JSON
    return json.loads(path.read_text("utf-8"))


def test_the_atom_feed_is_valid_and_says_what_was_ruled(folder: Path) -> None:
    schema = etree.RelaxNG(etree.parse(str(DATA / "atom.rng")))

    schema.assertValid(etree.parse(str(folder / "feed.xml")))
    feed = feedparser.parse(folder / "feed.xml")

    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == "Ann Ames on The unit: changed position after 8 h 19 min"
    assert entry.link == f"{BASE}pair/{PAIR}.html"
    assert "Innocent reading: Talk is no promise." in entry.content[0].value


def test_a_feed_that_is_wrong_would_be_seen_to_be() -> None:
    schema = etree.RelaxNG(etree.parse(str(DATA / "atom.rng")))
    without_id = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><updated>2020-01-01T00:00:00Z</updated></feed>'
    )

    assert not schema.validate(etree.fromstring(without_id))


def test_the_json_feed_is_valid_and_has_the_same_entries(folder: Path) -> None:
    feed = loaded(folder / "feed.json")

    jsonschema.validate(feed, loaded(DATA / "json-feed.schema.json"))
    assert [item["id"] for item in feed["items"]] == [
        entry.id for entry in feedparser.parse(folder / "feed.xml").entries
    ]
    assert feed["items"][0]["url"] == f"{BASE}pair/{PAIR}.html"


def test_feeds_are_valid_without_an_address_and_with_hostile_words(hostile: Path) -> None:
    etree.RelaxNG(etree.parse(str(DATA / "atom.rng"))).assertValid(etree.parse(str(hostile / "feed.xml")))
    jsonschema.validate(loaded(hostile / "feed.json"), loaded(DATA / "json-feed.schema.json"))

    assert not feedparser.parse(hostile / "feed.xml").bozo


def test_the_id_of_an_entry_stays_whatever_the_site_is_called(folder: Path, tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        publish(store, tmp_path / "other", title="Another title")

    ids = [[item["id"] for item in loaded(place / "feed.json")["items"]] for place in (folder, tmp_path / "other")]
    assert ids[0] == ids[1]


def claim_review(page: Path) -> Any:  # JSON-LD
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    return json.loads(found[0]) if found else None


def test_a_change_is_a_claim_review_of_what_was_claimed_then_and_there_never_of_its_denial(folder: Path) -> None:
    review = claim_review(folder / "pair" / f"{PAIR}.html")

    rating, item = review.pop("reviewRating"), review.pop("itemReviewed")
    assert review.pop("datePublished")
    assert review == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{BASE}pair/{PAIR}.html",
        "author": {"@type": "Organization", "name": "Who said what, and when", "url": BASE},
        "claimReviewed": "There should be a unit.",
    }
    assert item == {
        "@type": "Claim",
        "datePublished": "2017-07-09",
        "author": {"@type": "Person", "name": "Ann Ames", "sameAs": "https://www.wikidata.org/entity/Q42"},
        "appearance": {"@type": "CreativeWork", "url": "https://example.org/1"},
    }
    assert rating == {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 3,
        "worstRating": 1,
        "alternateName": "Full change of position",
        "ratingExplanation": "Innocent reading: Talk is no promise.",
    }


@pytest.mark.parametrize(
    ("stances", "claimed", "source"),
    [
        (("oppose", "support"), "“We will form a unit.”", "https://example.org/1"),
        (("support", "oppose"), "There should be a unit.", "https://example.org/1"),
        (("oppose", "mixed"), "“We will form a unit.”", "https://example.org/1"),
        (("mixed", "support"), "“We will form a unit.”", "https://example.org/1"),
    ],
)
def test_the_claim_of_what_is_no_change_is_that_of_the_statement_that_was_not_set_aside(
    stances: tuple[str, str], claimed: str, source: str, tmp_path: Path
) -> None:
    coded = [case.coding(of, stance) for of, stance in zip((case.THEN, case.NOW), stances, strict=True)]
    with ff.Store(tmp_path / "s.db") as store:
        store.append([case.ANN, case.BUREAU, case.UNIT, case.THEN, case.NOW, *coded])
        store.append(case.ruling(outcome="no_reversal"))
        publish(store, tmp_path / "site")

    review = claim_review(tmp_path / "site" / "pair" / f"{PAIR}.html")
    assert (review["claimReviewed"], review["itemReviewed"]["appearance"]["url"]) == (claimed, source)


@pytest.mark.parametrize(
    ("aside", "source"), [("earlier", "https://example.org/500"), ("later", "https://example.org/1"), ("both", None)]
)
def test_nobody_is_the_author_of_a_claim_in_a_statement_that_was_set_aside(
    aside: str, source: str | None, tmp_path: Path
) -> None:
    coded = [case.coding(case.THEN, "support"), case.coding(case.NOW, "oppose")]
    away, which = ff.Outcome("no_reversal"), SetAside(aside)
    ruled = ff.Ruling(case.THEN.hash, case.NOW.hash, "unit", away, "A jest.", "Editor", set_aside=which)
    with ff.Store(tmp_path / "s.db") as store:
        store.append([case.ANN, case.BUREAU, case.UNIT, case.THEN, case.NOW, *coded, ruled])
        publish(store, tmp_path / "site")
        frames = positions(store), find_reversals(positions(store), rulings=store.rulings())
        page = page_html(*frames, rulings=store.rulings())

    review = claim_review(tmp_path / "site" / "pair" / f"{PAIR}.html")
    assert (review and review["itemReviewed"]["appearance"]["url"]) == source
    marked = {"earlier": 1, "later": 1, "both": 2}[aside]
    told = "set aside: ruled a jest or somebody else&#x27;s words"
    topic = (tmp_path / "site" / "topic" / "unit.html").read_text("utf-8")
    assert (unescape(topic).count(unescape(told)), unescape(page).count(unescape(told))) == (marked, marked)


def test_a_candidate_is_no_claim_review(folder: Path) -> None:
    other = pair_id(case.DI_ONE.hash, case.DI_TWO.hash, "unit")

    assert claim_review(folder / "pair" / f"{other}.html") is None


TABLES = ("statements", "positions", "reversals", "rulings", "speakers", "topics")


@pytest.mark.parametrize("table", TABLES)
def test_csv_json_lines_parquet_and_the_database_hold_the_same_rows(folder: Path, table: str) -> None:
    with (folder / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        from_csv = [{name: unguard(cell) for name, cell in row.items()} for row in csv.DictReader(file)]
    lines = (folder / "data" / f"{table}.jsonl").read_text("utf-8").splitlines()
    from_jsonl = [json.loads(line) for line in lines]
    from_parquet = json.loads(pd.read_parquet(folder / "data" / f"{table}.parquet").to_json(orient="records"))
    with closing(sqlite3.connect(folder / "data" / "record.db")) as connection:
        connection.row_factory = sqlite3.Row
        from_database = [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")]

    assert from_jsonl
    assert [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in from_jsonl
    ] == from_csv
    assert from_jsonl == from_parquet
    assert from_jsonl == from_database


def test_no_cell_of_a_csv_is_run_by_a_spreadsheet(hostile: Path) -> None:
    cells = [
        cell
        for path in (hostile / "data").glob("*.csv")
        for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
        for cell in row
        if not re.fullmatch(r"-?\d+(\.\d+)?", cell)
    ]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert {f"'{formula}" for formula in FORMULAS} <= set(cells)


def test_the_json_of_a_pair_lies_beside_its_page(folder: Path) -> None:
    pair = loaded(folder / "pair" / f"{PAIR}.json")

    assert (pair["standing"], pair["earlier_text"]) == ("change", "We will form a unit.")
    assert (pair["gap_min_seconds"], pair["gap_max_seconds"]) == (29_880.0, 30_000.0)


def test_timelinejs_gets_a_slide_for_each_position_in_the_zone_of_the_site(folder: Path) -> None:
    timeline = loaded(folder / "data" / "timeline.json")

    assert len(timeline["events"]) == 6
    assert timeline["events"][0] == {
        "unique_id": f"{case.THEN.hash}-unit",
        "start_date": {"year": 2017, "month": 7, "day": 9, "hour": 12, "minute": 1, "second": 0},
        "end_date": {"year": 2017, "month": 7, "day": 9, "hour": 12, "minute": 1, "second": 59},
        "display_date": "9 July 2017, 12:01 UTC",
        "group": "Ann Ames",
        "text": {
            "headline": "Ann Ames: supports, The unit",
            "text": "<p>“We will form a unit.”</p><p>for The Bureau</p><p>as told by The Wire</p>"
            '<p>Source: <a href="https://example.org/1" rel="nofollow noopener">The Paper</a></p>',
        },
        "autolink": False,
    }


def test_a_date_of_another_zone_stays_that_date_in_slides_and_reviews(tmp_path: Path) -> None:
    source = ff.Source(url="https://example.org/x")
    days = [ff.When.parse(text, tz="Europe/Moscow") for text in ("10 July 2017", "24 July 2017")]
    then, now = (ff.Statement("ann-ames", f"On {day.text}.", day, source=source) for day in days)
    ruled = ff.Ruling(then.hash, now.hash, "unit", ff.Outcome.REVERSAL, "None found.", "Editor")
    with ff.Store(tmp_path / "s.db") as store:
        store.append([case.ANN, case.UNIT, then, now, case.coding(then, "support"), case.coding(now, "oppose"), ruled])
        publish(store, tmp_path / "site")

    slide = loaded(tmp_path / "site" / "data" / "timeline.json")["events"][1]
    day = {"year": 2017, "month": 7, "day": 24}
    told = (slide["start_date"], slide["end_date"], slide["display_date"])
    assert told == (day, day, "24 July 2017 (in Europe/Moscow)")
    page = (tmp_path / "site" / "pair" / f"{pair_id(then.hash, now.hash, 'unit')}.html").read_text("utf-8")
    assert '"itemReviewed":{"@type":"Claim","datePublished":"2017-07-10"' in page


def test_the_sheet_for_timelinejs_has_the_columns_of_its_template(folder: Path) -> None:
    with (folder / "data" / "timeline.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]

    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["Year"], rows[0]["Time"], rows[0]["Group"]) == ("2017", "12:01:00", "Ann Ames")


def asked(folder: Path, path: str) -> Any:  # JSON
    """What Datasette answers for the files of a site."""

    async def ask() -> Any:
        metadata = loaded(folder / "data" / "metadata.json")
        datasette = Datasette([folder / "data" / "record.db"], metadata=metadata)
        answer = await datasette.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Datasette leaves connections to the garbage
        answer = asyncio.run(ask())
        gc.collect()
    return answer


def test_datasette_opens_the_database_with_facets(folder: Path) -> None:
    answer = asked(folder, "/record/positions.json?_shape=objects")

    facets = answer["facet_results"]
    found = facets.get("results", facets)["stance"]["results"]
    assert {one["value"]: one["count"] for one in found} == {"support": 4, "oppose": 2}


def test_datasette_searches_the_words(folder: Path) -> None:
    answer = asked(folder, "/record/statements.json?_search=fine&_shape=array")

    assert [row["text"] for row in answer] == ["A unit is a fine thing."]


def test_the_database_is_whole_and_its_keys_lead_somewhere(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "data" / "record.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_documented_in_its_order(folder: Path, table: str) -> None:
    page = (Path(__file__).parents[1] / "docs" / "site.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| `{table}` \| [^|]* \| (.*) \|$", page, re.MULTILINE)
    header = (folder / "data" / f"{table}.csv").read_text("utf-8").splitlines()[0].split(",")

    told = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", row))
    assert told == header


# What the feed told, it also takes back


def told(folder: Path) -> tuple[str, list[tuple[str, str, str]]]:
    """When the feed was updated, and id, title and moment of each entry."""
    feed = feedparser.parse(folder / "feed.xml")
    return feed.feed.updated, [(entry.id, entry.title, entry.updated) for entry in feed.entries]


def test_a_ruling_that_is_withdrawn_is_taken_back_in_the_feed_and_at_its_address(tmp_path: Path) -> None:
    """K9.1: the feed went back in time, and the entry fell silent."""
    ruled, folder = case.ruling(), tmp_path / "site"
    with case.store(tmp_path / "s.db") as store:
        publish(store, folder, base_url=BASE)
        before = told(folder)
        store.append(ff.Retraction(ruled.hash, "ruled by mistake", "Editor"))
        publish(store, folder, base_url=BASE)
        after = told(folder)
        store.append(case.ruling(by="Second Editor", outcome="no_reversal"))
        publish(store, folder, base_url=BASE)
        last = told(folder)

    ((entry, _, first),), ((again, title, later),) = before[1], after[1]
    assert (again, title) == (entry, "Withdrawn: a ruling on two statements")
    assert first <= later
    assert before[0] <= after[0] <= last[0]
    assert {(id_ == entry, title.split(":")[0]) for id_, title, _ in last[1]} == {
        (False, "Ann Ames on The unit"),
        (True, "Withdrawn"),
    }


BETWEEN = case.statement(case.ANN, "A unit would be fine.", 100, on_behalf_of="bureau")
MEANWHILE = case.coding(BETWEEN, "support")
AGAIN = case.ruling(reading="Talk is still no promise.")
STEPS: dict[str, list[tuple[str, object]]] = {
    "withdrawn, then put back": [
        ("Withdrawn", ff.Retraction(case.ruling().hash, "ruled by mistake", "Editor")),
        ("Ann Ames on The unit", ff.Retraction(
            ff.Retraction(case.ruling().hash, "ruled by mistake", "Editor").hash, "no mistake", "Editor"
        )),
    ],
    "replaced": [("Replaced", case.ruling("Second Editor", reading="He had slept badly."))],
    "words mended, then ruled again": [
        ("Held back", ff.Correction(case.NOW.hash, {"text": "There will be none."}, "misheard", "Editor")),
        ("Replaced", AGAIN),
    ],
    "a statement withdrawn": [("Withdrawn", ff.Retraction(case.NOW.hash, "never said", "Editor"))],
    "new evidence, then withdrawn": [
        ("Held back", [BETWEEN, MEANWHILE]),
        ("Ann Ames on The unit", ff.Retraction(BETWEEN.hash, "somebody else's", "Editor")),
    ],
}  # fmt: skip


@pytest.mark.parametrize("candidates", [False, True], ids=["without candidates", "with candidates"])
@pytest.mark.parametrize("name", STEPS)
def test_an_entry_says_what_became_of_its_ruling_and_its_moment_never_goes_back(
    name: str, candidates: bool, tmp_path: Path
) -> None:
    seen = []
    with case.store(tmp_path / "s.db") as store:
        for _, events in [("", []), *STEPS[name]]:
            store.append(events)  # type: ignore[arg-type]  # an event, or several
            for _ in range(2):  # published twice, it says the same
                publish(store, tmp_path / "site", base_url=BASE, candidates=candidates)
                seen.append(told(tmp_path / "site"))

    entry = seen[0][1][0][0]
    titles = [title.split(":")[0] for _, several in seen for id_, title, _ in several if id_ == entry]
    moments = [at for _, several in seen for id_, _, at in several if id_ == entry]
    assert titles[::2] == titles[1::2] == ["Ann Ames on The unit", *(title for title, _ in STEPS[name])]
    assert moments == sorted(moments)
    assert [feed for feed, _ in seen] == sorted(feed for feed, _ in seen)
    assert all(feed >= at for feed, several in seen for _, _, at in several)


def test_what_is_held_back_is_told_nowhere_at_its_address(tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        store.append([BETWEEN, MEANWHILE])
        publish(store, tmp_path / "site", base_url=BASE, candidates=True)
        publish(store, tmp_path / "other", base_url=BASE)

    pages = [(tmp_path / site / "pair" / f"{PAIR}.html").read_text("utf-8") for site in ("site", "other")]
    assert ["hanged position" in page or "Talk is no promise" in page for page in pages] == [False, False]
    assert "two statements that differ; what was ruled on them waits for another look" in pages[0]
    assert "<h1>Held back: a ruling on two statements</h1>" in pages[1]


def test_the_address_of_a_withdrawn_ruling_says_so_and_names_nobody(tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        store.append(ff.Retraction(case.ruling().hash, "ruled by mistake", "Editor"))
        publish(store, tmp_path / "site", base_url=BASE)

    page = (tmp_path / "site" / "pair" / f"{PAIR}.html").read_text("utf-8")
    assert "<h1>Withdrawn: a ruling on two statements</h1>" in page
    assert ("Ann Ames" in page, "There will be no unit" in page) == (False, False)


def test_a_ruling_that_another_replaced_is_an_entry_of_the_same_page(tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        store.append(case.ruling(by="Second Editor", reading="He had slept badly."))
        publish(store, tmp_path / "site", base_url=BASE)

    items = loaded(tmp_path / "site" / "feed.json")["items"]
    assert [item["title"].split(":")[0] for item in items].count("Replaced") == 1
    assert {item["url"] for item in items} == {f"{BASE}pair/{PAIR}.html"}


def test_a_ruling_that_never_counted_here_is_no_entry(tmp_path: Path) -> None:
    with case.store(tmp_path / "s.db") as store:
        publish(store, tmp_path / "site", approvals=2)

    assert loaded(tmp_path / "site" / "feed.json")["items"] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("before 6 May 2015", (2015, 5, 5), (2015, 5, 5)),
        ("after 5 March 2020", (2020, 3, 6), (2020, 3, 6)),
        ("2015", (2015, 1, 1), (2015, 12, 31)),
    ],
)
def test_no_slide_begins_in_the_year_1_or_ends_in_9999(
    text: str, start: tuple[int, ...], end: tuple[int, ...], tmp_path: Path
) -> None:
    """K7.1."""
    source = ff.Source(url="https://example.org/x")
    said = ff.Statement("ann-ames", "Open.", ff.When.parse(text, tz="UTC"), source=source)
    with ff.Store(tmp_path / "s.db") as store:
        store.append([case.ANN, case.UNIT, said, case.coding(said, "support")])
        publish(store, tmp_path / "site", tz="UTC")

    (slide,) = loaded(tmp_path / "site" / "data" / "timeline.json")["events"]
    told = [tuple(slide[bound][part] for part in ("year", "month", "day")) for bound in ("start_date", "end_date")]
    assert told == [start, end]
    assert "9999" not in (tmp_path / "site" / "data" / "timeline.csv").read_text("utf-8")


def test_a_site_says_what_may_be_done_with_its_data_where_they_come_from_and_how_old_they_are(tmp_path: Path) -> None:
    """K9.9."""
    with case.store(tmp_path / "s.db") as store:
        publish(store, tmp_path / "site", base_url=BASE, licence="CC BY 4.0", source="https://example.org/archive")

    metadata = loaded(tmp_path / "site" / "data" / "metadata.json")
    commons = "https://creativecommons.org/licenses/by/4.0/"
    assert (metadata["license"], metadata["license_url"]) == ("CC BY 4.0", commons)
    assert metadata["source_url"] == "https://example.org/archive"
    assert metadata["about"].startswith("As recorded by ")
    page = (tmp_path / "site" / "data.html").read_text("utf-8")
    dataset = claim_review(tmp_path / "site" / "data.html")
    assert (dataset["@type"], dataset["license"], dataset["url"]) == ("Dataset", commons, f"{BASE}data.html")
    assert "Licence of the data: " in page
    assert feedparser.parse(tmp_path / "site" / "feed.xml").feed.rights == f"CC BY 4.0 {commons}"
    etree.RelaxNG(etree.parse(str(DATA / "atom.rng"))).assertValid(etree.parse(str(tmp_path / "site" / "feed.xml")))


def test_a_site_without_a_licence_says_that_none_is_stated(folder: Path) -> None:
    assert "No licence is stated" in (folder / "data.html").read_text("utf-8")
    assert "license" not in loaded(folder / "data" / "metadata.json")
