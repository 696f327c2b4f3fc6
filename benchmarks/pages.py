"""How soon a page of 1,000 statements stands in Chromium, offline, beside plotly, TimelineJS3 and vis-timeline.

python benchmarks/pages.py [STATEMENTS] [ROUNDS]

Ready is when a mark is painted and the page's script has run, counted from the start of the navigation. Our page lays
out what lies below the screen when a reader comes there; the others draw within a frame of the screen. The pages are
opened in turn, each in a browser context of its own; a ratio compares the two pages of one round, and the median of the
ratios is printed. TimelineJS3 and vis-timeline come from the npm registry into a folder that is removed again.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

import flipflop as ff
from flipflop.publish.images import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIMIT = 0.7
"""Of the time of TimelineJS3 and of plotly inline."""
BYTES = 2_300_000
PEERS = ["@knight-lab/timelinejs@3", "vis-timeline@8"]
MARKS = {
    "flipflop": "html[data-drawn] .m",
    "plotly": ".points path",
    "TimelineJS3": "html[data-drawn] .tl-timemarker",
    "vis-timeline": "html[data-drawn] .vis-item",
}
READY = """(selector) => new Promise((done) => {
  const look = () => document.querySelector(selector)
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
    : requestAnimationFrame(look);
  look();
})"""


def record(count: int) -> pd.DataFrame:
    """Statements of twenty people on five topics in eight years, who mostly stay with what they said."""
    chance = np.random.default_rng(2017)
    speakers, topics = chance.integers(0, 20, count), chance.integers(0, 5, count)
    start = pd.Timestamp("2015-01-01T00:00Z") + pd.to_timedelta(np.sort(chance.integers(0, 2_900 * 86_400, count)), "s")
    width = chance.choice([1, 60, 86_400], count, p=[0.6, 0.2, 0.2])
    sides = chance.random((20, 5)) < 0.5
    stances = []
    for speaker, topic in zip(speakers, topics, strict=True):
        sides[speaker, topic] ^= chance.random() < 0.04
        stances.append("mixed" if chance.random() < 0.05 else "support" if sides[speaker, topic] else "oppose")
    words = "we have always said that the bridge over the river should be built, or perhaps not."
    return pd.DataFrame(
        {
            "speaker": [f"speaker-{one:02}" for one in speakers],
            "speaker_name": [f"Speaker Number {one:02}" for one in speakers],
            "topic": [f"topic-{one}" for one in topics],
            "proposition": [f"Proposal number {one} should be carried out." for one in topics],
            "statement_id": [f"{one:032x}" for one in chance.integers(0, 2**62, count)],
            "stance": stances,
            "said_from": start,
            "said_until": start + pd.to_timedelta(width, "s"),
            "text": [f"Statement {number}: {words}" for number in range(count)],
            "source_url": [f"https://news.example.org/{number}/article.html" for number in range(count)],
        }
    )


def pages(frame: pd.DataFrame, place: Path) -> dict[str, Path]:
    """Write one self-contained page of the same statements for each."""
    changes = ff.find_reversals(frame)
    paths = {name: place / f"{name}.html" for name in MARKS}
    ff.write_page(paths["flipflop"], frame, changes)
    ff.timeline(frame, changes).write_html(paths["plotly"], include_plotlyjs=True)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *PEERS], cwd=place, check=True)
    modules = place / "node_modules"
    knight = modules / "@knight-lab" / "timelinejs" / "dist"
    paths["TimelineJS3"].write_text(timelinejs(frame, knight / "js" / "timeline.js", knight / "css" / "timeline.css"))
    vis = modules / "vis-timeline"
    paths["vis-timeline"].write_text(
        vis_timeline(
            frame, vis / "standalone/umd/vis-timeline-graph2d.min.js", vis / "styles/vis-timeline-graph2d.min.css"
        )
    )
    return paths


def timelinejs(frame: pd.DataFrame, script: Path, style: Path) -> str:
    """A page of TimelineJS3: a slide for each statement, a row for each speaker."""
    events = [
        {
            "start_date": {"year": one.said_from.year, "month": one.said_from.month, "day": one.said_from.day,
                           "hour": one.said_from.hour, "minute": one.said_from.minute, "second": one.said_from.second},
            "text": {"headline": f"{one.speaker_name}: {one.stance}", "text": f"{one.text} {one.source_url}"},
            "group": one.speaker_name,
        }
        for one in frame.itertuples()
    ]  # fmt: skip
    start = "const it = new TL.Timeline('here', DATA, { debug: false, hash_bookmark: false }); it.on('loaded', drawn);"
    return page(script, style, json.dumps({"events": events}), start)


def vis_timeline(frame: pd.DataFrame, script: Path, style: Path) -> str:
    """A page of vis-timeline: a point for each statement, a group for each speaker."""
    items = [
        {"id": number, "group": one.speaker, "start": one.said_from.isoformat(), "type": "point",
         "content": one.stance, "title": f"{one.text} {one.source_url}"}
        for number, one in enumerate(frame.itertuples())
    ]  # fmt: skip
    groups = [
        {"id": slug, "content": name} for slug, name in sorted(set(zip(frame.speaker, frame.speaker_name, strict=True)))
    ]
    start = "new vis.Timeline(document.getElementById('here'), DATA.items, DATA.groups, {}).on('changed', drawn);"
    return page(script, style, json.dumps({"items": items, "groups": groups}), start)


def page(script: Path, style: Path, data: str, start: str) -> str:
    """One file with everything in it, as ours is."""
    drawn = "const drawn = () => { document.documentElement.dataset.drawn = 1; };"
    return (
        f"<!doctype html><meta charset=utf-8><style>{style.read_text('utf-8')}</style>"
        f"<div id=here style='width:100%;height:700px'></div><script>{script.read_text('utf-8')}</script>"
        f"<script>{drawn} const DATA = {data}; {start}</script>"
    )


def ready(browser: Browser, path: Path, selector: str) -> float:
    """Milliseconds from the start of the navigation."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, offline=True)
    try:
        tab = context.new_page()
        tab.goto(path.as_uri(), wait_until="commit")
        found: float = tab.evaluate(READY, selector)
        return found
    finally:
        context.close()


def main() -> None:
    count, rounds = (int(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in ((1, 1000), (2, 9)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        paths = pages(record(count), Path(folder))
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        for name, path in paths.items():
            ready(browser, path, MARKS[name])
        found = [{name: ready(browser, path, MARKS[name]) for name, path in paths.items()} for _ in range(rounds)]
        browser.close()
        for name, path in paths.items():
            ratio = statistics.median(one["flipflop"] / one[name] for one in found)
            told = "" if name == "flipflop" else f", ours takes {ratio:.2f} of it"
            if name in ("plotly", "TimelineJS3"):
                told += f" (at most {LIMIT}: {'ok' if ratio <= LIMIT else 'TOO SLOW'})"
            print(f"{name}: ready after {statistics.median(one[name] for one in found):.0f} ms, "
                  f"{path.stat().st_size / 1e6:.2f} MB{told}")  # fmt: skip
        size = paths["flipflop"].stat().st_size
        fits = "ok" if size <= BYTES else "TOO LARGE"
        print(f"{count:,} statements, {rounds} rounds; our page at most {BYTES / 1e6} MB: {fits}")


if __name__ == "__main__":
    main()
