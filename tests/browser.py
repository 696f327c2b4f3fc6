"""Starts the system's Chromium for tests, with the network off. A missing browser fails the test that asked for it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from flipflop.publish.images import find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Frame, Page, Request, Route

WATCH = "window.__pwned = []; window.pwn = (what) => window.__pwned.push(String(what));"
"""What payloads call when they run."""
PATIENCE = 120_000
"""Milliseconds until a test gives a browser up: on a loaded machine it takes its time, and that is no fault."""


@dataclass
class Visit:
    """One opened page and everything it did that somebody should know of."""

    page: Page
    context: BrowserContext
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def pwned(self) -> object:
        """What ran that should not have."""
        return self.page.evaluate("window.__pwned")


def wait_until(page: Page | Frame, expression: str) -> None:
    """Wait until a page says so; its policy lets nobody evaluate while it waits by itself."""
    for _ in range(PATIENCE // 20):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never: {expression}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(
    browser: Browser,
    where: Path | str,
    *,
    width: int = 1200,
    scheme: str = "light",
    script: bool = True,
    ready: str = "html[data-drawn]",
    zone: str | None = None,
    fragment: str = "",
) -> Iterator[Visit]:
    """Open a page and wait until it is drawn; console errors, dialogs and requests are noted.

    A file is opened offline, an address on loopback with that server only; what else is asked for gets no answer.
    """
    address, own = (where, where.rsplit("/", 1)[0]) if isinstance(where, str) else (where.as_uri(), _folder(where))
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
        timezone_id=zone,
        offline=not isinstance(where, str),
    )
    try:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        seen = Visit(page, context)
        _listen(seen, own)
        page.add_init_script(WATCH)
        page.goto(f"{address}#{fragment}" if fragment else address)
        if script:
            page.wait_for_selector(ready, state="attached")
        yield seen
    finally:
        context.close()


def _folder(page: Path) -> str:
    """The folder of a page; of a page of a site, that of the site."""
    site = next((one for one in page.parents if (one / "flipflop-site.json").is_file()), page.parent)
    return site.as_uri()


def _listen(seen: Visit, own: str) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.told.append(message.text)

    def dialog(shown: Dialog) -> None:
        seen.told.append(f"dialog {shown.message}")
        shown.dismiss()

    def request(sent: Request) -> None:
        if not sent.url.startswith((own, "blob:", "data:")):
            seen.asked.append(sent.url)

    def answer(route: Route) -> None:
        route.abort()

    seen.context.route(lambda url: not url.startswith(own), answer)
    seen.page.on("console", console)
    seen.page.on("pageerror", lambda error: seen.told.append(str(error)))
    seen.page.on("dialog", dialog)
    seen.page.on("request", request)
