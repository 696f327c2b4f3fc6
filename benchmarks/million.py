"""Opens the page of a million statements in Chromium, offline, beside what one would take without flipflop.

    python benchmarks/million.py [--rows 1000000] [--repeat 3] [--vis 10000] [--folder DIR]

The record is made up: 520 speakers and 54 topics, unequally often, moments to the second and to the day, people who
mostly stay on their side, quotations of 8 to 40 words with sources, and the changes that ``find_reversals`` finds.

* ours: ``write_page`` from frames in memory. Building is timed in a process of its own; its memory is the greatest
  above what frames, pandas and flipflop took before.
* plotly scattergl: one trace per stance, lane by topic, the quotation as the label at the pointer, ``write_html``.
* vis-timeline (``--vis N``, from the npm registry): the first N of the statements, as it breaks long before a million.

Ready is the time from opening the file to the first drawing; a zoom is the time from the command to the next frame,
the median of six, each to half of what was seen. Runs go by turns; printed are medians and ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from playwright.sync_api import Browser

SPEAKERS, TOPICS, OUTLETS = 520, 54, 200
BEGIN, END = 1_260_000_000, 1_750_000_000
STANCES = ("strongly_oppose", "oppose", "mixed", "support", "strongly_support", "unclear")
PATIENCE = 240_000
Visit: TypeAlias = tuple[float, float]
"""Milliseconds until the page was ready, and for a zoom."""

WATCH = """addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
  window.readyAt ??= document.documentElement.dataset.drawn ? performance.now() : undefined;
}).observe(document.documentElement, { attributes: true }));"""
FRAME = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
ZOOM = {
    "ours": """const figure = document.getElementById('figure');
      figure.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true, cancelable: true }));""",
    "plotly scattergl": """const place = document.querySelector('.plotly-graph-div'), axis = place._fullLayout.xaxis;
      const [a, z] = axis.range.map((one) => Date.parse(one.replace(' ', 'T') + 'Z')), quarter = (z - a) / 4;
      await Plotly.relayout(place, { 'xaxis.range': [new Date(a + quarter), new Date(z - quarter)] });""",
    "vis-timeline": "timeline.zoomIn(.5, { animation: false });",
}
PLOTLY = "const place = document.querySelector('.plotly-graph-div'); document.documentElement.dataset.drawn = 1;"
VIS = """<!doctype html><meta charset="utf-8"><style>{css}</style><div id="here"></div><script>{library}</script>
<script>window.timeline = new vis.Timeline(document.getElementById("here"), new vis.DataSet({items}), {groups},
  {{ height: "800px", stack: false }});
const drawn = () => {{ document.documentElement.dataset.drawn = 1; }};
timeline.on("changed", () => requestAnimationFrame(drawn));</script>"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--vis", type=int, default=0, metavar="N", help="also vis-timeline, with N statements")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--build", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        print(json.dumps(build(options.build, options.folder, options.rows)))
        return
    with TemporaryDirectory() as folder:
        compare(options.folder or Path(folder), options.rows, options.repeat, options.vis)


def compare(folder: Path, rows: int, repeat: int, vis: int) -> None:
    sizes = {"ours": rows, "plotly scattergl": rows} | ({"vis-timeline": vis} if vis else {})
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    built: dict[str, list[list[float]]] = {name: [] for name in sizes}
    for _ in range(repeat):
        for name, count in sizes.items():
            built[name].append(apart(name, folder, count))
    visits = visited(folder, list(sizes), repeat)
    for name, count in sizes.items():
        seconds, above, in_all = (median(run[place] for run in built[name]) for place in range(3))
        size = page_of(folder, name).stat().st_size / 1e6
        seen = (
            f"ready {visits[name][0]:6.0f} ms   zoom {visits[name][1]:6.0f} ms" if visits[name] else "not ready in time"
        )
        took = f"built {seconds:5.1f} s {above:6.0f} MB ({in_all:,.0f} in all)"
        print(f"{name:<18}{count:>9,}   {took}   file {size:6.1f} MB   {seen}")
    for name in sizes:
        if name != "ours" and visits[name]:
            ratios = [ours / theirs for ours, theirs in zip(visits["ours"], visits[name], strict=True)]
            print(f"ours beside {name}: ready {ratios[0]:.3f} x, zoom {ratios[1]:.3f} x")


def apart(name: str, folder: Path, rows: int) -> list[float]:
    """Build one page in a process of its own; return seconds, megabytes above what was there, and in all."""
    command = [sys.executable, __file__, "--build", name, "--folder", str(folder), "--rows", str(rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def build(name: str, folder: Path, rows: int) -> list[float]:
    import flipflop as ff

    positions = record(rows)
    reversals = ff.find_reversals(positions)
    work = WORKS[name]
    Path("/proc/self/clear_refs").write_text("5")  # the greatest memory is counted from here
    before, begun = memory("VmRSS"), time.perf_counter()
    work(page_of(folder, name), positions, reversals)
    return [time.perf_counter() - begun, memory("VmHWM") - before, memory("VmHWM")]


def memory(what: str) -> float:
    """Return what Linux says of this process, in MB."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith(what))


def page_of(folder: Path, name: str) -> Path:
    return folder / f"{name.replace(' ', '-')}.html"


# What is built


def ours(path: Path, positions: pd.DataFrame, reversals: pd.DataFrame) -> None:
    import flipflop as ff

    ff.write_page(path, positions, reversals)


def scattergl(path: Path, positions: pd.DataFrame, reversals: pd.DataFrame) -> None:  # noqa: ARG001 -- draws none
    import plotly.graph_objects as go

    figure = go.Figure(layout={"height": 800, "hovermode": "closest"})
    for stance, some in positions.groupby("stance", observed=True):
        marks = {"x": some["said_from"].dt.tz_localize(None), "y": some["topic"].cat.codes, "hovertext": some["text"]}
        figure.add_trace(go.Scattergl(name=str(stance), mode="markers", **marks))
    figure.write_html(path, include_plotlyjs=True, post_script=PLOTLY)


def vis_timeline(path: Path, positions: pd.DataFrame, reversals: pd.DataFrame) -> None:  # noqa: ARG001 -- draws none
    package = path.parent / "node_modules" / "vis-timeline" / "standalone" / "umd"
    if not package.is_dir():
        command = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(path.parent),
            "vis-timeline",
        ]
        subprocess.run([*command, "vis-data"], check=True)
    columns = (positions["said_from"].astype("int64") // 1000, positions["topic"].cat.codes, positions["text"])
    items = [
        {"id": number, "start": at, "group": group, "content": "", "title": text, "type": "point"}
        for number, (at, group, text) in enumerate(zip(*(column.tolist() for column in columns), strict=True))
    ]
    groups = [{"id": code, "content": name} for code, name in enumerate(positions["topic"].cat.categories)]
    style = (package.parent.parent / "styles" / "vis-timeline-graph2d.min.css").read_text("utf-8")
    library = (package / "vis-timeline-graph2d.min.js").read_text("utf-8")
    path.write_text(VIS.format(css=style, library=library, items=json.dumps(items), groups=json.dumps(groups)), "utf-8")


WORKS: dict[str, Callable[[Path, pd.DataFrame, pd.DataFrame], None]] = {
    "ours": ours,
    "plotly scattergl": scattergl,
    "vis-timeline": vis_timeline,
}


# What is seen


def visited(folder: Path, names: list[str], repeat: int) -> dict[str, Visit | None]:
    """Open each page by turns; one that is not ready in time is not opened again."""
    from playwright.sync_api import Error, sync_playwright

    from flipflop.publish.images import find_browser

    found: dict[str, list[Visit]] = {name: [] for name in names}
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
        for _ in range(repeat):
            for name in list(found):
                browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
                try:
                    found[name].append(visit(browser, page_of(folder, name), ZOOM[name]))
                except Error as error:
                    print(f"{name}: {str(error).splitlines()[0]}")
                finally:
                    browser.close()
    return {name: (median(one[0] for one in runs), median(one[1] for one in runs)) if runs else None
            for name, runs in found.items()}  # fmt: skip


def visit(browser: Browser, path: Path, zoom: str) -> Visit:
    page = browser.new_context(viewport={"width": 1200, "height": 900}, offline=True).new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(WATCH)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-drawn]", state="attached")
    ready = float(page.evaluate("window.readyAt ?? performance.now()"))
    timed = f"async () => {{ const begun = performance.now(); {zoom} {FRAME} return performance.now() - begun; }}"
    zooms = []
    for _ in range(6):
        page.wait_for_timeout(300)
        zooms.append(float(page.evaluate(timed)))
    return ready, median(zooms)


# The record


def record(rows: int) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(1)
    speaker, topic = skewed(random, SPEAKERS, rows), skewed(random, TOPICS, rows)
    at, exact = random.integers(BEGIN, END, rows), random.random(rows) < 0.6
    start, width = np.where(exact, at, at // 86_400 * 86_400), np.where(exact, 1, 86_400)
    texts = np.array([words(random) for _ in range(6000)], dtype=object)
    one, other = random.integers(0, len(texts), (2, rows))
    story, outlet = random.integers(0, 10**8, rows).tolist(), random.integers(0, OUTLETS, rows)
    named = {
        "speaker": (speaker, "speaker-{:03}"),
        "topic": (topic, "topic-{:02}"),
        "source_outlet": (outlet, "Outlet {}"),
    }
    frame = pd.DataFrame(
        {name: pd.Categorical.from_codes(codes, [form.format(n) for n in range(codes.max() + 1)])
         for name, (codes, form) in named.items()}
    )  # fmt: skip
    return frame.assign(
        speaker_name=text_of(f"Speaker Number {code}" for code in speaker.tolist()),
        proposition=text_of(f"The proposition number {code} should become law." for code in topic.tolist()),
        topic_title=text_of(f"Proposition {code}" for code in topic.tolist()),
        statement_id=text_of(f"{id_:032x}" for id_ in random.integers(0, 2**62, rows).tolist()),
        stance=pd.Categorical.from_codes(stances(random, speaker * TOPICS + topic, at), list(STANCES)),
        said_from=pd.to_datetime(start, unit="s", utc=True).as_unit("us"),
        said_until=pd.to_datetime(start + width, unit="s", utc=True).as_unit("us"),
        precision=pd.Categorical.from_codes(exact.astype(int), ["day", "second"]),
        form=pd.Categorical.from_codes((random.random(rows) > 0.9).astype(int), ["quote", "reported"]),
        text=text_of(f"{a} {b}" for a, b in zip(texts[one], texts[other], strict=True)),
        source_title=text_of(texts[one]),
        source_url=text_of(
            f"https://outlet-{o}.example.org/{n}.html" for o, n in zip(outlet.tolist(), story, strict=True)
        ),
    )


def stances(random: np.random.Generator, group: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return a side for each speaker and topic, which a quarter of them change once, and some that take none."""
    import numpy as np

    size = SPEAKERS * TOPICS
    side, changes, when = random.choice([-1, 1], size), random.random(size) < 0.25, random.integers(BEGIN, END, size)
    now = np.where(changes[group] & (at > when[group]), -side[group], side[group])
    chance = random.random(len(group))
    strong, plain = np.where(now > 0, 4, 0), np.where(now > 0, 3, 1)
    return np.select([chance < 0.02, chance < 0.06, chance < 0.3], [2, 5, strong], plain)


def skewed(random: np.random.Generator, size: int, rows: int) -> np.ndarray:
    import numpy as np

    weight = 1 / np.arange(1, size + 1) ** 0.8
    return random.choice(size, rows, p=weight / weight.sum())


def words(random: np.random.Generator) -> str:
    parts = (
        ["gov", "tra", "lis", "mo", "ver", "pol", "tax", "bri"],
        ["ern", "de", "ten", "re", "ity", "icy", "ing", "dge"],
    )
    picked = random.integers(0, 8, (random.integers(4, 20), 2)).tolist()
    return " ".join(parts[0][one] + parts[1][other] for one, other in picked).capitalize() + "."


def text_of(values: object) -> pd.Series[str]:
    import pandas as pd

    return pd.Series(list(values), dtype=pd.StringDtype("python"))  # type: ignore[call-overload]  # any iterable


if __name__ == "__main__":
    main()
