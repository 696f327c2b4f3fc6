"""Spoils one telling function after another in a copy of the package, and says whether tests/test_telling.py notices.

``python -m tests.harness.telling_mutants [NAME ...]`` prints a line for each mutant; it ends with 1 where one survives.
While the test fails without a mutant, one counts as noticed where it adds something to what the test complains of.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TEST = "tests/test_telling.py"
WITHOUT_BROWSER = "not script_and_a_terminal"
COMPLAINT = re.compile(r"^E +.*|^(?:FAILED|ERROR) .*", re.MULTILINE)
SPOILED = """

def _spoiled(untouched):
    def mutant(*given, **named):
        told = untouched(*given, **named)
        return {replacement}

    return mutant


{function} = _spoiled({function})
"""


class Mutant(NamedTuple):
    """A function, and an expression that its callers get instead.

    The expression may use ``untouched``, ``given``, ``named``, ``told`` and the names of the module.
    """

    name: str
    module: str
    function: str
    replacement: str


MUTANTS = (
    Mutant("about struck", "when.telling", "moment_words", "told.removeprefix('about ')"),
    Mutant(
        "first ruling instead of the latest",
        "frames.rulings",
        "latest_rulings",
        "given[0][~given[0][PAIR].duplicated(keep='first')]",
    ),
    Mutant("UTC instead of the moment's zone", "when.telling", "_home", "untouched('UTC', *given[1:])"),
    Mutant(
        "an exclusive bound printed as a day",
        "when.telling",
        "_open_words",
        "untouched(given[0], given[1] if given[1] > LAST_KNOWN else given[1] + _DAY, *given[2:])",
    ),
    Mutant("quotation marks added to reported words", "text.quotations", "quotation", "f'\\u201c{given[0]}\\u201d'"),
    Mutant("none recorded dropped", "text.sources", "source_words", "'' if told == NONE_RECORDED else told"),
    Mutant(
        "stance of a proposal used for an account", "text.positions", "stance_word", "untouched(given[0], 'proposal')"
    ),
    Mutant(
        "names cut where they differ",
        "text.shortening",
        "without_middle",
        "' '.join(given[0].split()[: given[1]]) + f' {CUT}'",
    ),
)


def complaints(mutant: Mutant | None = None) -> set[str]:
    """What the test complains of, with a mutant in a copy of the package."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source)
        if mutant:
            spoil(source, mutant)
        command = [sys.executable, "-m", "pytest", "-q", "-vv", "--tb=short", "-p", "no:cacheprovider", TEST]
        environment = os.environ | {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [*command, "-k", WITHOUT_BROWSER], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    return {re.sub(r"\b[0-9a-f]{8,32}\b", "", line) for line in COMPLAINT.findall(done.stdout)}


def spoil(source: Path, mutant: Mutant) -> None:
    """Append the mutant to its module, so that whoever imports the function gets it."""
    path = source.joinpath("flipflop", *mutant.module.split(".")).with_suffix(".py")
    text = path.read_text("utf-8")
    if f"def {mutant.function}(" not in text:
        raise SystemExit(f"{mutant.module} has no {mutant.function}: name where it is now")
    path.write_text(text + SPOILED.format(**mutant._asdict()), "utf-8")


def main(names: list[str]) -> int:
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    before, survived = complaints(), 0
    for mutant in chosen:
        new = complaints(mutant) - before
        survived += not new
        print(f"{'noticed' if new else 'SURVIVED'}  {mutant.name}: {min(new, default='')[:160]}", flush=True)  # noqa: T201 -- it is what it prints
    return int(survived > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
