"""The house is in order: one version, a wheel with all that the demo needs, nothing of anybody's machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import flipflop

ROOT = Path(__file__).parents[1]
DATASET = "cyber-unit-2017"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as it would be published."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_the_wheel_holds_the_package_the_dataset_and_the_licence(wheel: zipfile.ZipFile) -> None:
    names = {re.sub(r"^.*dist-info", "dist-info", name) for name in wheel.namelist()}
    dataset = {f"flipflop/_datasets/{DATASET}/{path.name}" for path in (ROOT / "datasets" / DATASET).iterdir()}

    assert {"flipflop/__init__.py", "flipflop/py.typed", "dist-info/licenses/LICENSE"} | dataset <= names


def test_the_wheel_holds_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    top = {name.split("/")[0] for name in wheel.namelist()}

    assert top == {"flipflop", f"flipflop_timeline-{flipflop.__version__}.dist-info"}


def test_both_commands_are_the_same(wheel: zipfile.ZipFile) -> None:
    scripts = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    told = wheel.read(scripts).decode().split("\n")

    assert told[1:3] == ["flipflop = flipflop.cli:main", "flipflop-timeline = flipflop.cli:main"]


def test_the_newest_version_in_the_changelog_is_the_version_of_the_package() -> None:
    versions = re.findall(r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert versions[0] == flipflop.__version__


CITED = {"authors", "cff-version", "message", "title"}  # required by format 1.2.0
CITABLE = CITED | {
    "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url",
    "preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url",
    "version",
}  # fmt: skip


def citation() -> list[tuple[str, str]]:
    """The keys of CITATION.cff with what stands behind each or, of a list, below it, without quotation marks."""
    keys = re.findall(r"^(\S+?):(.*(?:\n .*)*)", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    return [(key, value.replace('"', "").strip()) for key, value in keys]


def test_the_version_to_cite_is_the_version_of_the_package() -> None:
    assert dict(citation())["version"] == flipflop.__version__


def test_the_citation_names_each_key_of_its_format_once_and_all_that_are_required() -> None:
    keys = [key for key, value in citation() if value]

    assert dict(citation())["cff-version"] == "1.2.0"
    assert CITED <= set(keys) <= CITABLE
    assert len(keys) == len(set(keys)) == len(citation())


def test_the_citation_says_of_authors_licence_and_keywords_what_the_package_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    cited = dict(citation())

    assert cited["license"] == project["license"]
    assert re.findall(r"- name: (.+)", cited["authors"]) == [author["name"] for author in project["authors"]]
    assert re.findall(r"- (.+)", cited["keywords"]) == project["keywords"]


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    homes = re.compile(rb"/(?:home|Users|root|work|opt)/\w")
    folders = [ROOT / name for name in (".ci", "benchmarks", "datasets", "docs", "notebooks", "src", "tests")]
    ours = (path for folder in folders for path in folder.rglob("*") if "node_modules" not in path.parts)
    files = [*ROOT.glob("[!.]*.*"), *ours]
    texts = [path for path in files if path.is_file() and path.suffix not in {".pyc", ".png", ".db", ".html"}]

    assert [path for path in texts if path != Path(__file__) and homes.search(path.read_bytes())] == []


def test_notebooks_are_committed_without_outputs() -> None:
    assert [path.name for path in (ROOT / "notebooks").glob("*.ipynb") if b'"output_type"' in path.read_bytes()] == []
