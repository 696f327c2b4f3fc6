"""What errors advise to install can be installed: from where this program came."""

from __future__ import annotations

import json
import shlex
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest

from flipflop.errors import MissingExtraError, install_command

ROOT = Path(__file__).parents[1]
EXTRAS = tuple(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"])


def came_from(monkeypatch: pytest.MonkeyPatch, told: object) -> None:
    """Have Python say that the program was installed so."""

    class Installed(Distribution):
        def read_text(self, filename: str) -> str | None:
            return json.dumps(told) if filename == "direct_url.json" and told else None

        def locate_file(self, path: object) -> Path:
            raise NotImplementedError

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"url": "file:///srv/ann/my%20copy", "dir_info": {}}, ["/srv/ann/my copy[seal]"]),
        ({"url": "file:///srv/ann/copy", "dir_info": {"editable": True}}, ["-e", "/srv/ann/copy[seal]"]),
        ({"url": "file:///tmp/f-1-py3-none-any.whl", "archive_info": {}}, ["/tmp/f-1-py3-none-any.whl[seal]"]),
        (
            {"url": "https://example.org/f.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            ["flipflop-timeline[seal] @ git+https://example.org/f.git"],
        ),
        (None, ["flipflop-timeline[seal]"]),
    ],
)
def test_an_optional_part_comes_from_where_the_program_came(
    told: object, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    came_from(monkeypatch, told)

    assert shlex.split(install_command("seal")) == [sys.executable, "-m", "pip", "install", *expected]


def test_a_program_that_was_never_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", missing)

    assert install_command().endswith("install -U flipflop-timeline")


@pytest.mark.parametrize("extra", EXTRAS)
def test_from_a_clone_the_advice_names_the_folder_of_the_clone_and_a_part_that_it_has(extra: str) -> None:
    told = str(MissingExtraError("It", extra))

    *_, wanted = shlex.split(told.partition(": ")[2])
    folder, _, named = wanted.removesuffix("]").rpartition("[")
    declared = tomllib.loads(Path(folder, "pyproject.toml").read_text("utf-8"))["project"]
    assert (declared["name"], named in declared["optional-dependencies"]) == ("flipflop-timeline", True)


def test_nothing_else_advises_to_install_this_program() -> None:
    """From an index, where nobody may have put it, the advice would lead nowhere."""
    places = [*(ROOT / "src").rglob("*.py"), *(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    advising = [path.name for path in places if "pip install 'flipflop" in (text := path.read_text("utf-8"))
                or "install -U flipflop" in text]  # fmt: skip

    assert advising == []
