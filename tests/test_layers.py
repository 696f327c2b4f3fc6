"""Imports point one way, and the front door stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

import flipflop

LAYERS = [
    "errors",
    "when",
    "records",
    "text",
    "frames",
    "detect",
    "store",
    "cases",
    "ingest",
    "figures",
    "publish",
    "cli",
]
PACKAGE = Path(flipflop.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(module: str) -> str:
    return module.split(".")[1]


def imported(path: Path) -> set[str]:
    """Every name of this package that a module imports, at its top or inside a function."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    froms = (node for node in nodes if isinstance(node, ast.ImportFrom))
    plain = (alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names)
    assert all(node.level == 0 for node in nodes if isinstance(node, ast.ImportFrom)), f"{path}: a relative import"
    of_package = (
        f"flipflop.{alias.name}" if node.module == "flipflop" else str(node.module)
        for node in froms
        for alias in node.names
    )
    return {name for name in chain(of_package, plain) if name.startswith("flipflop.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_layer_imports_only_from_its_left(path: Path) -> None:
    place = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if place == "__init__":
        return
    allowed = {*LAYERS[: LAYERS.index(place) + 1], "__version__"}

    assert {name for name in imported(path) if layer_of(name) not in allowed} == set()


def test_every_layer_stands_in_the_order() -> None:
    found = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}

    assert found - {"__init__", "_datasets"} <= set(LAYERS)


@pytest.mark.parametrize("started", ["import flipflop", "from flipflop.cli import main; main(['--help'])"])
def test_the_front_door_loads_neither_pandas_nor_plotly_nor_dateparser(started: str) -> None:
    told = "import atexit, sys; atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr))"

    done = subprocess.run([sys.executable, "-c", f"{told}\n{started}"], capture_output=True, text=True, check=True)

    loaded = set(ast.literal_eval(done.stderr.splitlines()[-1]))
    assert loaded & {"pandas", "numpy", "plotly", "dateparser"} == set()
