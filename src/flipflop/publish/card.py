"""A card as a page of its own, as a picture, or as what a blog takes. Needs no script and fetches nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flipflop.figures.marks import headings
from flipflop.publish import assets
from flipflop.publish.document import document
from flipflop.publish.markup import attribute, element, lines, said
from flipflop.publish.statement import position, source
from flipflop.text.atomic import write_atomically
from flipflop.text.quotations import quotation_line
from flipflop.text.visible import visible
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    import pandas as pd

    from flipflop.figures.card_data import CardData
    from flipflop.figures.data import Mark


def write_card(
    path: str | PathLike[str],
    positions: pd.DataFrame,
    earlier: str,
    later: str,
    *,
    topic: str | None = None,
    rulings: pd.DataFrame | None = None,
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
) -> Path:
    """Write the card of two statements as .html, .png, .svg, .pdf or .json, and return its path.

    Arguments are those of ``flipflop.card``. A page is self-contained, needs no script, fits a telephone and follows
    the reader's theme; ``theme`` is that of pictures. A page, .svg and .json need no browser. Raises DataError,
    StoreError, MissingExtraError.
    """
    from flipflop.figures.card_data import card_data
    from flipflop.figures.card_drawing import draw_card
    from flipflop.figures.scene_plotly import figure_of
    from flipflop.publish.images import write_figure
    from flipflop.publish.scene_svg import scene_file

    target = Path(path)
    data = card_data(positions, earlier, later, topic=topic, rulings=rulings, tz=tz)
    match target.suffix.lower():
        case ".html" | ".htm":
            content = card_html(data, title)
        case ".svg":
            content = scene_file(draw_card(data, title), card_alt(data), theme)
        case _:
            return write_figure(target, figure_of(draw_card(data, title), theme))
    write_atomically(target, content.encode())
    return target


def write_card_fragment(
    path: str | PathLike[str],
    positions: pd.DataFrame,
    earlier: str,
    later: str,
    *,
    topic: str | None = None,
    rulings: pd.DataFrame | None = None,
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
) -> Path:
    """Write what a blog takes, ``path.png`` and ``path.html``, and return the path of the fragment.

    In a folder that is there the two are named after the statements. The fragment holds the picture with its alt text,
    both quotations and their links, in elements that WordPress keeps as they are. Arguments and errors as in
    ``write_card``.
    """
    from flipflop.figures.card_data import card_data
    from flipflop.figures.charts import card
    from flipflop.publish.fragment import card_fragment, write_fragment

    data = card_data(positions, earlier, later, topic=topic, rulings=rulings, tz=tz)
    figure = card(positions, earlier, later, topic=topic, rulings=rulings, tz=tz, title=title, theme=theme)
    name = f"card-{data.then.statement_id[:8]}-{data.later.statement_id[:8]}"
    stem = Path(path) / name if Path(path).is_dir() else Path(path)
    return write_fragment(stem, figure, card_alt(data), card_fragment(data)).fragment


def card_html(data: CardData, title: str | None = None) -> str:
    """Return the page of a card; every text in it is shown literally, only http and https addresses are links."""
    head, body = element("style", assets.style("card.css")), element("main", card_article(data, title))
    return document(data.sentence, assets.STILL, head=[head], body=[body], drawn=True)


def card_article(data: CardData, title: str | None = None) -> str:
    """Return the card itself, as an element that can stand in any page of ours."""
    label = element("p", attribute(data.label), class_="label") if data.label else ""
    pair = "".join(_statement(words, mark) for words, mark in _headed(data))
    about = f"{attribute(data.coverage)} of {said(data.name)} on this. {attribute(all_times(data.zone))}"
    parts = [
        element("h1", said(title or data.proposition)),
        element("p", said(data.sentence), class_="finding"),
        label,
        element("div", pair, class_="pair"),
        *(element("p", said(note), class_="ruled") for note in data.notes),
        element("p", about, class_="coverage"),
    ]
    return element("article", "\n".join(part for part in parts if part), class_="card")


def _headed(data: CardData) -> Iterator[tuple[str, Mark]]:
    """Yield the two statements, each with what stands above it."""
    return zip(headings(data.then, data.later), (data.then, data.later), strict=True)


def card_alt(data: CardData) -> str:
    """Return what the card shows in plain sentences, for those who cannot see it."""
    told = " ".join(
        f"{when}: {mark.word}, {mark.when}: {_closed(quotation_line(mark.text, mark.form))}"
        for when, mark in _headed(data)
    )
    label = f" ({data.label})" if data.label else ""
    return visible(f"{data.proposition} {_closed(data.sentence + label)} {told}").replace("\n", " ")


def _statement(words: str, mark: Mark) -> str:
    caption = (
        element("span", words, class_="which")
        + element("span", position(mark), class_="word")
        + element("span", attribute(mark.when), class_="when")
    )
    below = [element("p", note, class_="note") for note in mark.notes(said)]
    quote = element("blockquote", element("p", lines(mark.quoted)))
    return element(
        "figure",
        element("figcaption", caption)
        + quote
        + "".join(below)
        + element("p", f"Source: {source(mark)}", class_="source"),
        class_="statement",
    )


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "”", "…")) else f"{sentence}."
