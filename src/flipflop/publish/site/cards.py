"""The pictures of ruled pairs, 1200 by 630 pixels, for what shows a link as a picture; all from one browser."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, TypeAlias

from flipflop.errors import StoreError, install_command
from flipflop.publish.site import addresses as at
from flipflop.publish.site.model import Standing
from flipflop.publish.site.record_markup import pair_words
from flipflop.publish.site.rulings import ruled_by, ruled_on
from flipflop.text.numbers import IN_THIS_RECORD
from flipflop.text.rulings import innocent_words, reply_words
from flipflop.text.shortening import shortened
from flipflop.text.visible import leading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.cases.case import Decision
    from flipflop.figures.data import Mark
    from flipflop.publish.site.model import Pair, Position, Record

Figure: TypeAlias = dict[str, object]

_WIDTH, _HEIGHT = 40, 21
"""The shape of such a picture, in the smallest whole numbers; 30 times as many pixels."""
_PIXELS: Final = 30
_LETTERS: Final = 260
"""Letters of a quotation on a picture; the page has it in full."""
_NOTE: Final = 170


def hindrance() -> str | None:
    """Return why no picture can be drawn here, None where one can."""
    from flipflop.publish.images import find_browser

    if find_spec("kaleido") is None:
        return install_command("images")
    try:
        find_browser()
    except StoreError as error:
        return str(error)
    return None


def card_figures(record: Record) -> dict[str, Figure]:
    """Return a plotly figure of every pair that people ruled on, by the path of its picture."""
    return {
        at.card_file(pair.id): _figure(record, pair, pair.decision)
        for pair in record.pairs.values()
        if pair.standing is not Standing.CANDIDATE and pair.decision is not None
    }


def digest_of(figure: Figure) -> str:
    """Return a digest of what a picture shows."""
    return hashlib.sha256(json.dumps(figure, sort_keys=True).encode()).hexdigest()


def draw(figures: Sequence[Figure]) -> list[bytes]:
    """Return the figures as PNG, all drawn by one browser. Raises StoreError where it fails."""
    from flipflop.publish.images import pictures

    scales = [_PIXELS * _WIDTH / _size(figure)[0] for figure in figures]
    return pictures(figures, scales)


def _size(figure: Figure) -> tuple[float, float]:
    layout = figure["layout"]
    assert isinstance(layout, dict)  # noqa: S101 -- for the type checker
    return float(layout["width"]), float(layout["height"])


def _figure(record: Record, pair: Pair, decision: Decision) -> Figure:
    from flipflop.figures.card_data import CardData
    from flipflop.figures.card_drawing import draw_card
    from flipflop.figures.scene_plotly import plotly_figure
    from flipflop.figures.theme import LIGHT

    person, topic = record.people[pair.speaker], record.topics[pair.topic]
    innocent = innocent_words(decision.ruling.innocent_reading)
    reply = [f"Reply: {reply_words(decision.ruling.reply)}"] if decision.ruling.reply else []
    data = CardData(
        speaker=person.id,
        name=person.name,
        topic=topic.id,
        proposition=topic.proposition,
        then=_mark(record, pair.earlier),
        later=_mark(record, pair.later),
        kind=pair.kind,
        gap=pair.gap.words,
        sentence=f"{leading(person.name)}{' ' if pair.standing is Standing.CHANGE else ': '}{pair_words(record, pair)}",
        label=f"Ruled {ruled_by(record, pair)} {ruled_on(record, decision)}",
        ruling=str(decision.ruling.outcome),
        notes=tuple(shortened(note, _NOTE) for note in (innocent, *reply)),
        coverage=f"{IN_THIS_RECORD} {record.covered_on(pair.speaker, pair.topic)}",
        zone=record.options.tz,
    )
    return _in_shape(plotly_figure(draw_card(data), LIGHT))


def _mark(record: Record, position: Position) -> Mark:
    mark = record.mark(position)
    return replace(mark, text=shortened(mark.text, _LETTERS))


def _in_shape(figure: Figure) -> Figure:
    """Return a figure whose axes count pixels with room around, so that it has the shape of the picture."""
    width, height = _size(figure)
    units = max(-(-height // _HEIGHT), -(-width // _WIDTH))
    wide, high = units * _WIDTH, units * _HEIGHT
    side, above = (wide - width) / 2, (high - height) / 2
    layout = figure["layout"]
    assert isinstance(layout, dict)  # noqa: S101 -- for the type checker
    axes = {
        "xaxis": {**layout["xaxis"], "range": [-side, width + side]},
        "yaxis": {**layout["yaxis"], "range": [height + above, -above]},
    }
    return {**figure, "layout": {**layout, **axes, "width": wide, "height": high, "meta": None}}
