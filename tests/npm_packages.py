"""What tests/run installs from the npm registry, and a server on loopback for what must not be opened as a file."""

from __future__ import annotations

import functools
import subprocess
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent / "npm"


def package(name: str) -> Path:
    """The folder of an installed package; without it the test fails."""
    place = HERE / "node_modules" / name
    if not place.is_dir():
        pytest.fail(f"{name} is not installed: npm ci --prefix tests/npm (or: bash tests/run)")
    return place


def html_faults(pages: Sequence[Path]) -> list[str]:
    """What html-validate finds in pages, a line each."""
    tool = package("html-validate") / "bin" / "html-validate.mjs"
    command = ["node", str(tool), "--config", str(HERE / "htmlvalidate.mjs"), "--formatter", "text", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if line.strip()]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
