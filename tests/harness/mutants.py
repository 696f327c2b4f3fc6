"""Puts small faults into what judges and tells, one after another, and says which of them no test notices.

    python -m tests.harness.mutants [--seed 0] [--number 400] [--module detect.scan …] [--only TEXT] [--map FILE]

A seeded sample of all mutations (``tests.harness.mutations``) of ``MODULES``. Each is put into a process of its own,
forked from this one when the tests are collected, and the tests that concern its module run until one fails; with a map
of which test runs which line (written where it is not there) only those that run its line, the quick ones first. Those
in ``equivalent_mutants.tsv`` change nothing that can be seen; why stands there. Ends with 1 where another one survives.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from random import Random
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import pytest

from tests.detection_batches import warm
from tests.harness.mutations import Mutation, mutated, mutations
from tests.harness.who_runs import LinesRun, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.tsv")
OPTIONS = (
    *("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0"),
    *("-k", "not browser and not server and not script"),
)
PATIENCE = 10
"""How many times as long as without a mutant its tests may take: one that takes longer goes on for ever."""
TOLD = os.dup(1)
"""Where it is told what becomes of each, whatever pytest does with the usual streams."""

_DETECTION = (
    "tests/test_detection_cases_from_the_field.py",
    "tests/test_reversals.py",
    "tests/test_conflicts_founding_case.py",
    "tests/test_words_of_a_telling.py",
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
    "tests/test_rule_fits.py",
    "tests/test_lacking_words.py",
    "tests/test_latest_ruling.py",
    "tests/test_import_doubts.py",
    "tests/test_publish_sheet.py",
    "tests/test_cli_again.py",
    "tests/test_cli_add.py",
)
_WORDS = (
    "tests/test_innocent_reading.py",
    "tests/test_words_of_a_telling.py",
    "tests/test_record_is_not_exceeded.py",
    "tests/test_closed_sets.py",
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
    "cases.fitting": ("tests/test_rule_fits.py", "tests/test_rule_outcomes.py"),
    "cases.added": ("tests/test_around.py", "tests/test_cases.py", "tests/test_cli_add.py"),
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
    parser.add_argument("--only", action="append", help="only those whose line has this text")
    parser.add_argument("--map", type=Path, help="which test runs which line: read, or learned and written")
    parser.add_argument("--seconds", type=float, default=math.inf, help="with a map: how long the tests of each take")
    parser.add_argument("--list", action="store_true", help="run none")
    asked = parser.parse_args()
    every = sample(asked.seed, asked.number, asked.module)
    chosen = [one for one in every if not asked.only or any(text in one.told for text in asked.only)]
    if asked.list:
        sys.stdout.writelines(f"{one.told}\n" for one in chosen)
        return 0
    if asked.map and not asked.map.exists():
        learn(asked.map)
    known = LinesRun(**json.loads(asked.map.read_text("utf-8"))) if asked.map else None
    return tried(chosen, known, asked.seconds)


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
    found: set[str] = set()
    for name in modules:
        folder = (SOURCE / "flipflop").joinpath(*name.split("."))
        inside = [f"{name}.{one.stem}" for one in folder.glob("*.py") if one.stem != "__init__"]
        found |= set(inside or [name])
    return sorted(found)


def path_of(module: str, source: Path = SOURCE) -> Path:
    return source.joinpath("flipflop", *module.split(".")).with_suffix(".py")


def tests_of(module: str) -> tuple[str, ...]:
    """Return the files of tests that concern a module, before them the test of its examples."""
    examples = f"tests/test_docs.py::test_every_example_of_a_docstring_runs[flipflop.{module}]"
    return examples, *(MODULES.get(module) or MODULES[module.partition(".")[0]])


def learn(place: Path) -> None:
    """Write which test runs which line of all modules."""
    tests = sorted({test for tests in MODULES.values() for test in tests})
    files = [path_of(module) for module in named(list(MODULES))]
    warm()
    if watched(lambda watch: int(pytest.main([*OPTIONS, *tests], [watch])), files, place):
        raise SystemExit("the tests fail without any mutant")


def tried(chosen: list[Mutant], known: LinesRun | None, seconds: float) -> int:
    """Try each mutant and print what became of it; 1 where one that changes something survives."""
    tests = sorted({test.partition("::")[0] for mutant in chosen for test in tests_of(mutant.module)})
    trial = _Trial(chosen, known, seconds)
    pytest.main([*OPTIONS, *tests], [trial])
    changing = trial.noticed + trial.survived
    _tell(f"{trial.noticed} of {changing} that change something were noticed; {trial.same} change nothing")
    return int(trial.survived > 0 or changing + trial.same != len(chosen))


class _Trial:
    """Instead of running the tests that were collected, tries mutants with them."""

    def __init__(self, chosen: list[Mutant], known: LinesRun | None, seconds: float) -> None:
        self._chosen, self._known, self._seconds = chosen, known, seconds
        self.noticed = self.survived = self.same = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        excused = equivalent()
        warm()
        for number, mutant in enumerate(self._chosen, start=1):
            began = time.monotonic()
            if mutant.told in excused:
                self.same, word = self.same + 1, "equivalent"
            elif self._is_noticed(session, mutant):
                self.noticed, word = self.noticed + 1, "noticed"
            else:
                self.survived, word = self.survived + 1, "SURVIVED"
            _tell(f"{number}\t{word}\t{time.monotonic() - began:.0f} s\t{mutant.told}")
        return True

    def _is_noticed(self, session: pytest.Session, mutant: Mutant) -> bool:
        tests = self._tests(mutant)
        seconds = sum(self._known.seconds.get(test, 30) for test in tests) if self._known else 60
        items = [item for test in tests for item in session.items if test in (item.nodeid, item.nodeid.split("::")[0])]
        child = os.fork()
        if not child:
            _run(session, items, mutant, tests)
        return _failed(child, 30 + PATIENCE * seconds)

    def _tests(self, mutant: Mutant) -> list[str]:
        """Return the tests to run: those that run the line as far as there is time, else all of the module."""
        file = str(path_of(mutant.module).relative_to(ROOT))
        examples, *files = tests_of(mutant.module)
        found = self._known.tests(file, mutant.mutation.lines) if self._known else []
        return [examples, *(self._known.within(found, self._seconds) if self._known and found else files)]


def _run(session: pytest.Session, items: list[pytest.Item], mutant: Mutant, tests: list[str]) -> NoReturn:
    """In a process of its own: spoil the module, run the tests until one fails, and end with 1 where one did."""
    code = 1
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        if spoil(mutant):
            for item, following in zip(items, [*items[1:], None], strict=True):
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    break
            code = int(bool(session.testsfailed))
        else:
            code = anew(mutant, tests)
    finally:
        os._exit(code)


def spoil(mutant: Mutant) -> bool:
    """Put the mutation into the module as it is loaded; False where that cannot be done."""
    source, name = path_of(mutant.module), f"flipflop.{mutant.module}"
    code = compile(mutated(source.read_text("utf-8"), mutant.mutation), str(source), "exec")
    module = import_module(name)
    if mutant.mutation.function:
        (new,) = [one for one in _inside(code) if one.co_qualname == mutant.mutation.function][:1]
        functions = [
            one
            for one in gc.get_objects()
            if isinstance(one, FunctionType) and one.__module__ == name and one.__code__.co_qualname == new.co_qualname
        ]
        for function in functions:
            function.__code__ = new
        return bool(functions)
    fresh = ModuleType(name)
    fresh.__file__ = module.__file__
    exec(code, vars(fresh))
    return _moved(module, fresh)


def _inside(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _inside(one)


def _moved(module: ModuleType, fresh: ModuleType) -> bool:
    """Put what differs in a module loaded anew, of its constants, in the place of what all others have of it."""
    moved = False
    for name, new in vars(fresh).items():
        old = vars(module).get(name)
        if isinstance(new, FunctionType | type | ModuleType) or name.startswith("__") or repr(old) == repr(new):
            continue
        moved = True
        if isinstance(old, dict) and isinstance(new, dict):
            old.clear()
            old.update(new)
            continue
        for other in list(sys.modules.values()):
            if getattr(other, "__dict__", {}).get(name) is old:
                setattr(other, name, new)
    return moved


def anew(mutant: Mutant, tests: list[str]) -> int:
    """Run tests in a new interpreter on a copy of the package with the mutation in it; returns how they ended."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(SOURCE, source)
        path = path_of(mutant.module, source)
        path.write_text(mutated(path.read_text("utf-8"), mutant.mutation), "utf-8")
        environment = os.environ | {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", *OPTIONS, *tests]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


def _failed(child: int, patience: float) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def equivalent() -> dict[str, str]:
    """Return why each of the mutants that change nothing does so, by the line that names it."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {f"{module}\t{told}": why for module, told, why in rows}


def _tell(line: str) -> None:
    os.write(TOLD, f"{line}\n".encode())


if __name__ == "__main__":
    raise SystemExit(main())
