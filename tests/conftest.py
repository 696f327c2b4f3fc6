"""What holds for all tests: no setting of the machine leaks in, no test is timed; where stores and browsers are had."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.postgres_server import running
from tests.postgres_stores import SETTINGS, Databases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

os.environ.pop("FLIPFLOP_STORE", None)
os.environ.pop("FLIPFLOP_BY", None)
# A shell starts what it puts in the background with Ctrl-C ignored, and every child would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("flipflop", deadline=None, print_blob=True)
settings.load_profile("flipflop")


@pytest.fixture(autouse=True)
def no_settings_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a user's folder of its own, without a name to sign with."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The databases of a server that runs while there are tests."""
    with running(*SETTINGS) as url:
        yield Databases(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, one for each file of tests: while it runs, nobody else in this process can use asyncio."""
    from tests.browser import chromium

    with chromium() as started:
        yield started


@pytest.fixture(params=["file", "server"])
def places(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Gives the place of one empty store after another: first all of them files, then all of them on a server."""
    if request.param == "file":
        yield lambda: str(tmp_path_factory.mktemp("store") / "s.db")
    else:
        databases: Databases = request.getfixturevalue("databases")
        with databases.lent() as fresh:
            yield fresh


@pytest.fixture
def where(places: Callable[[], str]) -> str:
    """The place of one empty store."""
    return places()
