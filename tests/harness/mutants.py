"""Puts small faults into what judges and tells, one after another, and says which of them no test notices.

    python -m tests.harness.mutants [--seed 0] [--number 400] [--module detect.scan …] [--only TEXT] [--map FILE]

A seeded sample of all mutations (``tests.harness.mutations``) of ``MODULES``. Each runs in a process of its own, forked
from this one, on a copy of the package, with the tests that concern its module until one fails; with a map of which
test runs which line (written where it is not there) only with those that run its line, the quick ones first. Those in
``equivalent_mutants.tsv`` change nothing that can be seen; why stands there. Ends with 1 where another one survives.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy
import pandas
import pytest

from tests.harness.mutations import Mutation, mutated, mutations
from tests.harness.who_runs import LinesRun, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.tsv")
WITHOUT = "not browser and not server and not script"
LOADED = (numpy, pandas)
PATIENCE = 240
"""Seconds after which a mutant that still runs counts as noticed: it goes on for ever."""

_DETECTION = (
    "tests/test_detection_cases_from_the_field.py",
    "tests/test_reversals.py",
    "tests/test_conflicts_founding_case.py",
    "tests/test_detection_as_written.py",
)
_FRAMES = (
    "tests/test_frames_positions.py",
    "tests/test_frames_reading.py",
    "tests/test_latest_ruling.py",
    "tests/test_store_frames.py",
    *_DETECTION,
)
_CASES = (
    "tests/test_cases.py",
    "tests/test_around.py",
    "tests/test_rule_outcomes.py",
    "tests/test_latest_ruling.py",
    "tests/test_import_doubts.py",
    "tests/test_publish_sheet.py",
    "tests/test_cli_again.py",
    "tests/test_cli_add.py",
)
_WORDS = (
    "tests/test_innocent_reading.py",
    "tests/test_text.py",
    "tests/test_moment_words.py",
    "tests/test_gap_words.py",
    "tests/test_when.py",
    "tests/test_when_about.py",
    "tests/test_when_edges.py",
    "tests/test_reversals.py",
    "tests/test_detection_cases_from_the_field.py",
    "tests/test_publish_sheet.py",
    "tests/test_telling.py",
)
MODULES = {
    "detect": _DETECTION,
    "frames": _FRAMES,
    "cases": _CASES,
    "text.numbers": _WORDS,
    "text.positions": _WORDS,
    "text.quotations": _WORDS,
    "text.rulings": _WORDS,
    "text.shortening": _WORDS,
    "text.sources": _WORDS,
    "when.gap_words": _WORDS,
    "when.telling": _WORDS,
    "when.words": _WORDS,
    "when.zone_words": _WORDS,
}
"""What is mutated, packages with all their modules, and the tests that concern it, the quick ones first."""


class Mutant(NamedTuple):
    """A mutation of a module, which is named as in ``detect.scan``."""

    module: str
    mutation: Mutation

    @property
    def told(self) -> str:
        """One line that names it, without the place in the file, which moves."""
        return f"{self.module}\t{self.mutation.told}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--number", type=int, default=400)
    parser.add_argument("--module", action="append", help="only those of a module or package")
    parser.add_argument("--only", help="only those whose line has this text")
    parser.add_argument("--map", type=Path, help="which test runs which line: read, or learned and written")
    parser.add_argument("--list", action="store_true", help="run none")
    asked = parser.parse_args()
    chosen = [one for one in sample(asked.seed, asked.number, asked.module) if (asked.only or "") in one.told]
    if asked.list:
        sys.stdout.writelines(f"{one.told}\n" for one in chosen)
        return 0
    return tried(chosen, learned(asked.map) if asked.map else None)


def learned(place: Path) -> LinesRun:
    """Return the map at this place, made first where there is none, by a run of all tests."""
    if not place.exists():
        source = ROOT / "src"
        tests = sorted({test for tests in MODULES.values() for test in tests})
        files = [path_of(module) for module in named(list(MODULES))]
        if _failed(_forked(source, tests, lambda run: watched(run, files, place)), patience=3600):
            raise SystemExit((ROOT / "said").read_text("utf-8") if (ROOT / "said").exists() else "the tests fail")
    return LinesRun(**json.loads(place.read_text("utf-8")))


def sample(seed: int, number: int, modules: list[str] | None = None) -> list[Mutant]:
    """Return so many mutants, drawn from those of all modules, or of some of them."""
    every = [
        Mutant(module, mutation)
        for module in named(modules or list(MODULES))
        for mutation in mutations(path_of(module).read_text("utf-8"))
    ]
    return Random(seed).sample(every, min(number, len(every)))


def named(modules: list[str]) -> list[str]:
    """Return the modules of these names, in the order of the alphabet, those of packages one by one."""
    source = ROOT / "src" / "flipflop"
    found: set[str] = set()
    for name in modules:
        path = source.joinpath(*name.split("."))
        inside = [f"{name}.{one.stem}" for one in path.glob("*.py") if one.stem != "__init__"]
        found |= set(inside or [name])
    return sorted(found)


def path_of(module: str, source: Path = ROOT / "src") -> Path:
    return source.joinpath("flipflop", *module.split(".")).with_suffix(".py")


def tests_of(module: str) -> tuple[str, ...]:
    return MODULES.get(module) or MODULES[module.partition(".")[0]]


def tried(chosen: list[Mutant], known: LinesRun | None) -> int:
    """Try each mutant and print what became of it; 1 where one that changes something survives."""
    excused = equivalent()
    survived = same = 0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source)
        for number, mutant in enumerate(chosen, start=1):
            began = time.monotonic()
            noticed = False if mutant.told in excused else noticed_by(source, mutant, known)
            same += mutant.told in excused
            survived += not noticed and mutant.told not in excused
            word = "noticed" if noticed else "equivalent" if mutant.told in excused else "SURVIVED"
            print(f"{number}\t{word}\t{time.monotonic() - began:.0f} s\t{mutant.told}", flush=True)  # noqa: T201 -- it is what it prints
    changing = len(chosen) - same
    print(f"{changing - survived} of {changing} that change something were noticed; {same} change nothing", flush=True)  # noqa: T201 -- the same
    return int(survived > 0)


def equivalent() -> dict[str, str]:
    """Return why each of the mutants that change nothing does so, by the line that names it."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {f"{module}\t{told}": why for module, told, why in rows}


def noticed_by(source: Path, mutant: Mutant, known: LinesRun | None) -> bool:
    """Tell whether a test fails with the mutant in the copy of the package, or does not end."""
    path = path_of(mutant.module, source)
    tests: Sequence[str] = tests_of(mutant.module)
    if known:
        tests = known.tests(str(path_of(mutant.module).relative_to(ROOT)), mutant.mutation.lines)
    if not tests:
        return False
    untouched = path.read_text("utf-8")
    path.write_text(mutated(untouched, mutant.mutation), "utf-8")
    try:
        return _failed(_forked(source, tests))
    finally:
        shutil.copy2(path_of(mutant.module), path)  # with its time, so that what was compiled of it is good again


def _forked(source: Path, tests: Sequence[str], around: Callable[[Callable[..., int]], int] | None = None) -> int:
    """Run tests on a copy of the package in a process of its own; returns its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        said = os.open(source.parent / "said", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        for stream, file in enumerate((os.open(os.devnull, os.O_RDONLY), said, said)):
            os.dup2(file, stream)
        os.environ |= {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(source))
        options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-k", WITHOUT, *tests]

        def run(*plugins: object) -> int:
            return int(pytest.main(options, plugins))

        code = around(run) if around else run()
    except BaseException:  # noqa: BLE001 -- whatever it is, this process must not go on as its parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _failed(child: int, patience: int = PATIENCE) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


if __name__ == "__main__":
    raise SystemExit(main())
