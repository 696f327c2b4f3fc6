"""Reads what pages tell once their script runs, in a real browser, and what a command asks at a terminal."""

from __future__ import annotations

import csv
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pexpect  # type: ignore[import-untyped]  # has no stubs
from playwright.sync_api import TimeoutError as TookTooLong

from flipflop.publish import write_page
from flipflop.publish.many import many_html
from flipflop.records import Outcome
from tests.browser import PATIENCE, Visit, visit, wait_until
from tests.cli_running import SHELL_COMMAND
from tests.telling_cases import ZONES
from tests.telling_reading import Seen, Shown, found, key_of, parsed, plain, rows
from tests.telling_surfaces import told_of_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.telling_record import Record

UTC, NEW_YORK, TOKYO = ZONES
READERS = {NEW_YORK: TOKYO, UTC: NEW_YORK}
"""The zone of a page, and of the machine of whoever reads it."""
MORE = "[...document.querySelectorAll('#more-rows, #more-pairs')].some((one) => !one.hidden && (one.click(), true))"
RESTED = "document.documentElement.dataset.settled === document.getElementById('figure').dataset.draws"


def timeline_script(record: Record, folder: Path, browser: Browser) -> Iterator[Seen]:
    """The page of a timeline with each choice of a zone that it offers."""
    for zone, reader in READERS.items():
        path = write_page(folder / "page.html", *record.frames, tz=zone, rulings=record.rulings)
        with visit(browser, path, zone=reader) as opened:
            for choice, shown in choices(
                opened.page, "zone", {"own": zone, "reader": reader, "utc": UTC, "page": zone}
            ):
                document = parsed(opened.page.content())
                told = told_of_pairs(found(document, "ul.changes > li"))
                yield Seen(shown, rows(document), told, own=choice == "own")


def saved_table(record: Record, folder: Path, browser: Browser) -> Iterator[Seen]:
    """The table that a reader saves from the page, in the page's zone and in the reader's."""
    path = write_page(folder / "page.html", *record.frames, tz=NEW_YORK, rulings=record.rulings)
    with visit(browser, path, zone=TOKYO) as opened:
        for _, shown in choices(opened.page, "zone", {"page": NEW_YORK, "reader": TOKYO}):
            yield Seen(shown, {str(key_of(row["words"])): _saved(row) for row in _download(opened)})


def _download(opened: Visit) -> Iterator[dict[str, str]]:
    try:
        with opened.page.expect_download(timeout=PATIENCE) as saving:
            opened.page.locator("#csv").click()
    except TookTooLong as nothing:
        raise AssertionError(f"nothing is saved: {opened.told}") from nothing
    return csv.DictReader(Path(cast("str", saving.value.path())).read_text("utf-8-sig").splitlines())


def _saved(row: dict[str, str]) -> Shown:
    return Shown(*(plain(row[name]) for name in ("said", "position", "words", "source")))


def large_script(record: Record, folder: Path, browser: Browser) -> Iterator[Seen]:
    """The tables of a large record with each choice of a zone that the page offers."""
    for zone, reader in READERS.items():
        path = folder / "large.html"
        path.write_text(many_html(*record.frames, tz=zone, rulings=record.rulings), "utf-8")
        with visit(browser, path, zone=reader) as opened:
            offered = {"given": zone, "reader": reader, "utc": UTC, "page": zone}
            for choice, shown in choices(opened.page, "times", offered):
                rest(opened.page)
                while opened.page.evaluate(MORE):
                    rest(opened.page)
                document = parsed(opened.page.content())
                told = told_of_pairs(found(document, "table.pairs > tbody > tr"))
                yield Seen(shown, rows(document), told, own=choice == "given")


def choices(page: Page, chooser: str, zones: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Choose one after the other what a page offers of these; yields each with its zone."""
    for choice, zone in zones.items():
        if page.locator(f"#{chooser} option[value={choice}]").count():
            page.select_option(f"#{chooser}", choice)
            yield choice, zone


def rest(page: Page) -> None:
    """Wait until the tables follow the drawing."""
    wait_until(page, RESTED)


def walked(record: Record, folder: Path, browser: Browser) -> Iterator[Seen]:
    """The changes that wait for a ruling as ``flipflop rule`` shows them at a terminal; all is skipped."""
    for zone in ZONES:
        words = [*SHELL_COMMAND[1:], "-s", str(record.path), "rule", "--by", "Me", "--tz", zone]
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "300"}
        child = pexpect.spawn(
            sys.executable,
            words,
            env=environment,
            encoding="utf-8",
            timeout=PATIENCE / 1000,
            dimensions=(60, 300),
            echo=False,
        )
        told = []
        while child.expect(["Outcome [^:]*: ", pexpect.EOF]) == 0:
            if Outcome.NO_REVERSAL in child.after:  # else it is a conflict
                told.append(re.sub(r"\x1b\[[0-9;]*m", "", child.before))
            child.sendline("skip")
        child.close()
        yield Seen(zone, pairs=told_of_pairs(told), line=True)


LIVE: dict[str, Callable[[Record, Path, Browser], Iterator[Seen]]] = {
    "timeline script": timeline_script,
    "saved table": saved_table,
    "large script": large_script,
    "rule": walked,
}
"""What is read only while something runs."""
