"""A figure as a file: PNG, SVG and PDF through kaleido and the browser that is there, JSON without either."""

from __future__ import annotations

import asyncio
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flipflop.errors import DataError, MissingExtraError, Problem, StoreError
from flipflop.text.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike

    import plotly.graph_objects as go

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_WIDTH: Final = 1080
_SCALE: Final = 2
_LARGEST: Final = 8_000
"""Browsers draw at most 16,384 points each way, and a picture has two a pixel."""


def write_figure(path: str | PathLike[str], figure: go.Figure) -> Path:
    """Write a figure as .json, .png, .svg or .pdf, by the end of the name, and return its path.

    Pictures are as wide as the figure says, else 1080 px (PNG: at twice that resolution), and need the extra
    ``images`` and an installed Chrome or Chromium; nothing is downloaded. Raises DataError for another ending and for
    a picture of more than 8,000 pixels either way, MissingExtraError, and StoreError where the file cannot be written
    or the browser fails.
    """
    target = Path(path)
    match target.suffix.lower():
        case ".json":
            content = str(figure.to_json()).encode()
        case ".png" | ".svg" | ".pdf" as ending:
            content = _picture(figure, ending[1:])
        case other:
            told = f"must end in .json, .png, .svg or .pdf, not {other!r} (a page: write_page)"
            raise DataError(Problem(told, "path"))
    write_atomically(target, content)
    return target


def _picture(figure: go.Figure, kind: str) -> bytes:
    if find_spec("kaleido") is None:
        raise MissingExtraError("A picture", "images")
    import kaleido

    browser = find_browser()
    height, width = figure.layout.height or 600, figure.layout.width or _WIDTH
    if max(height, width) > _LARGEST:
        told = f"{width:,} × {height:,} pixels are too many for a picture: write it as a page, or choose a part of it"  # noqa: RUF001 -- a typographer's sign
        raise DataError(told)
    still = figure.to_dict()
    still["layout"] = {**still["layout"], "updatemenus": []}  # a button on paper is a promise that is not kept
    size = {"format": kind, "width": width, "height": height, "scale": _SCALE if kind == "png" else 1}
    try:
        picture: bytes = kaleido.calc_fig_sync(
            still, opts=size, kopts={"path": browser, "mathjax": False, "timeout": 60}
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"{browser}: cannot draw the picture: {error}") from error
    return picture


def pictures(figures: Sequence[Mapping[str, object]], scales: Sequence[float]) -> list[bytes]:
    """Return figures (as plain dictionaries, with their size) as PNG at these scales, all drawn by one browser.

    May be called where an event loop runs already. Raises MissingExtraError, and StoreError where the browser fails.
    """
    if not figures:
        return []
    if find_spec("kaleido") is None:
        raise MissingExtraError("A picture", "images")
    from concurrent.futures import ThreadPoolExecutor

    browser = find_browser()
    with ThreadPoolExecutor(1) as aside:  # a notebook has a loop of its own in this thread
        try:
            return aside.submit(asyncio.run, _drawn(figures, scales, browser)).result()
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{browser}: cannot draw the pictures: {error}") from error


async def _drawn(figures: Sequence[Mapping[str, object]], scales: Sequence[float], browser: str) -> list[bytes]:
    import kaleido

    async with kaleido.Kaleido(n=1, path=browser, mathjax=False, timeout=60) as session:
        return [
            await session.calc_fig(dict(figure), opts={"format": "png", "scale": scale})
            for figure, scale in zip(figures, scales, strict=True)
        ]


def find_browser() -> str:
    """Return the path of an installed Chrome, Chromium or Edge, or raise StoreError; $BROWSER_PATH is asked first."""
    import os

    named = os.environ.get("BROWSER_PATH", "")
    candidates = [named, *(shutil.which(name) or "" for name in _BROWSERS), *_PLACES]
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            return candidate
    raise StoreError("no Chrome or Chromium found for pictures; install one, or name it in BROWSER_PATH")
