"""Hostile text in every field of a record, in everything that leaves it: nothing runs, links or asks for anything."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import flipflop as ff
from flipflop.figures.text import visible
from flipflop.records.addresses import web_address
from tests.browser import visit
from tests.hostile import PAYLOADS
from tests.hostile_record import ALL, EVENTS, RECORDABLE
from tests.npm_packages import html_faults, package, served
from tests.publish_cases import recorded

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

BASE = "https://record.example"
OWN_LINKS = {"https://example.org/yes", "https://example.org/no"}
"""The addresses of sources that are honest; of the payloads none is one that a reader may be sent to."""

FOREIGN = """() => [...document.querySelectorAll('*')].filter((one) =>
  (['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'INPUT', 'VIDEO', 'AUDIO', 'MATH', 'LINK', 'STYLE', 'DETAILS']
    .includes(one.tagName) && one.id !== 'q' && one.parentElement !== document.head)
  || [...one.attributes].some((each) => /^on/i.test(each.name)
    || (/^(xlink:href|href|src|action)$/.test(each.name) && /^\\s*(javascript|vbscript|data:text):/i.test(each.value)))
).map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the hostile record, with all that can be asked for."""
    folder = tmp_path_factory.mktemp("hostile")
    with recorded(folder, *EVENTS) as store:
        ff.publish_site(
            store, folder / "site", title=ALL, scope=ALL, publisher=ALL, base_url=BASE,
            candidates=True, bylines=True, with_log=True,
        )  # fmt: skip
    return folder / "site"


def test_no_payload_is_an_address_that_a_reader_may_be_sent_to() -> None:
    assert [payload for payload in PAYLOADS if web_address(payload)] == []


def unseen(shown: str) -> list[str]:
    """The payloads that a text does not show literally."""
    flat = "".join(shown.split())
    return [payload for payload in RECORDABLE if "".join(visible(payload).split()) not in flat]


def test_html_validate_finds_nothing_in_a_hostile_site(site: Path) -> None:
    assert html_faults(sorted(site.rglob("*.html"))) == []


def test_the_json_in_pages_is_json_and_ends_where_it_should(site: Path) -> None:
    pages = [page.read_text("utf-8") for page in site.rglob("*.html")]
    blocks = [block for page in pages for block in re.findall(r'<script type="application/ld\+json">(.*?)<', page)]

    assert [json.loads(block)["@context"] for block in blocks] == ["https://schema.org"] * len(blocks)
    assert blocks


TIMELINE = """<!doctype html><meta charset="utf-8"><title>TimelineJS</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="dist/css/timeline.css"><div id="timeline" style="width:100%;height:600px"></div>
<script src="dist/js/timeline.js"></script>
<script>
window.timeline = new TL.Timeline("timeline", "timeline.json", { font: null, script_path: "dist/js/" });
</script>
"""
SLIDES = """async () => {
  const found = [];
  for (const slide of timeline.config.events) {
    timeline.goToId(slide.unique_id);
    await new Promise((done) => setTimeout(done, 5));
  }
  return document.querySelectorAll(".tl-slide").length;
}"""


def test_the_real_timelinejs_runs_and_links_nothing_of_a_hostile_record(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "dist").symlink_to(package("@knight-lab/timelinejs") / "dist")
    (tmp_path / "index.html").write_text(TIMELINE)
    (tmp_path / "timeline.json").write_bytes((site / "data" / "timeline.json").read_bytes())

    with served(tmp_path) as address, visit(browser, f"{address}/index.html", ready=".tl-slide") as seen:
        slides = seen.page.evaluate(SLIDES)
        links = seen.page.eval_on_selector_all(".tl-timeline a", "all => all.map((one) => one.href)")
        foreign = seen.page.evaluate(FOREIGN)

        shown = seen.page.evaluate("document.body.textContent").replace("\u200b", "")

        assert (seen.pwned(), seen.told, seen.asked, foreign) == ([], [], [], [])
        assert slides > len(RECORDABLE)
        assert {*links} <= OWN_LINKS | {"https://timeline.knightlab.com/"}  # the way to TimelineJS itself

    assert unseen(shown) == []
