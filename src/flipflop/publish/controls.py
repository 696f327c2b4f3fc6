"""What a reader can choose on a page: whose statements, which topics, kinds and rulings, in which zone. Needs a script.

Nothing chosen shows everything. Choices filter and relabel what stands in the page; they never change an order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.markup import attribute, element, said
from flipflop.records.names import counted_order
from flipflop.text.numbers import counted
from flipflop.text.rulings import KINDS, change_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flipflop.figures.data import FigureData


MANY_SECTIONS = 6


def controls(data: FigureData) -> str:
    """Return filters with more than one choice, the choice of a zone, and how much is shown."""
    count = len({mark.statement_id for block in data.blocks for mark in block.marks})
    parts = [
        *(_choice(name, words, values) for name, words, values in _filters(data) if len(values) > 1),
        element("button", "Show all", type="button", id="clear", hidden=""),
        element("label", f"Times in {_zones(data.zone)}"),
        element("button", "Copy a link to this view", type="button", id="link"),
        element("button", "Save as CSV", type="button", id="csv"),
        element("span", counted(count, "statement"), id="count", role="status"),
    ]
    return element("div", "".join(parts), class_="controls script", role="group", aria_label="Choose what is shown")


def contents(data: FigureData) -> str:
    """Return links to the sections of a page that has many, in their order; nothing where a glance shows them all."""
    if len(data.blocks) < MANY_SECTIONS:
        return ""
    links = (
        element("li", element("a", said(block.heading), href=f"#topic-{number}"))
        for number, block in enumerate(data.blocks)
    )
    head = element("summary", counted(len(data.blocks), "proposition" if data.blocks[0].topic else "speaker"))
    return element(
        "nav", element("details", head + element("ol", "".join(links))), class_="contents", aria_label="Contents"
    )


def speakers(data: FigureData) -> dict[str, str]:
    """Return the names of all speakers by slug, in the order of names."""
    names = {slug: name for block in data.blocks for slug, name in block.names.items()}
    return dict(sorted(names.items(), key=lambda item: (counted_order(item[1]), item[0])))


def _filters(data: FigureData) -> list[tuple[str, str, dict[str, str]]]:
    kinds = {arc.kind for block in data.blocks for arc in block.arcs}
    kinds |= {item.kind for block in data.blocks for item in block.conflicts}
    kinds |= {"stranded_surrogate" for block in data.blocks if block.stranded}
    rulings = sorted({arc.ruling for block in data.blocks for arc in block.arcs})
    order = [*(kind for kind in KINDS if kind in kinds), *sorted(kinds - set(KINDS))]
    return [
        ("speaker", "Speaker", speakers(data)),
        ("topic", "Topic", _topics(data)),
        ("kind", "Pairs", {kind: KINDS.get(kind, kind.replace("_", " ")) for kind in order}),
        ("ruling", "Ruling", {ruling: _ruling(ruling) for ruling in rulings}),
    ]


def _topics(data: FigureData) -> dict[str, str]:
    """Return the titles of all topics by slug: of blocks, or of the lanes of speakers' blocks."""
    lanes = {lane.topic: lane.name for block in data.blocks for lane in block.lanes if lane.topic}
    return lanes or {block.topic: block.title for block in data.blocks}


def _ruling(ruling: str) -> str:
    return change_label("", ruling)


def _choice(name: str, words: str, values: Mapping[str, str]) -> str:
    buttons = "".join(
        element("button", said(shown), type="button", aria_pressed="false", data_value=value)
        for value, shown in values.items()
    )
    inside = element("summary", words) + element("div", buttons)
    return element("details", inside, class_="choice", data_choice=name)


def _zones(zone: str) -> str:
    """Return the zones: the page's, the reader's, UTC, and each statement's own."""
    named = {"page": zone, "own": "each speaker’s own zone", "reader": "your own zone"}  # noqa: RUF001 -- a typographer's apostrophe
    named |= {} if zone == "UTC" else {"utc": "UTC"}
    options = "".join(element("option", attribute(words), value=value) for value, words in named.items())
    return element("select", options, id="zone")
