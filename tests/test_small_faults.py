"""A few small faults that are put into detection are noticed; ``python -m tests.harness.mutants`` tries hundreds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.harness.mutants import EQUIVALENT, equivalent, sample

ROOT = Path(__file__).parents[1]
CHOSEN = ("--seed", "5", "--number", "12", "--module", "detect.scan", "--module", "detect.settling")
MORE = ("--module", "detect.standing", "--module", "text.positions")
NOTICED = ("settle: live & active -> live | active", "StandingSide.runs: 0 -> 1 #2")


def test_a_small_seed_of_faults_is_noticed() -> None:
    only = [word for told in NOTICED for word in ("--only", told)]
    command = [sys.executable, "-m", "tests.harness.mutants", *CHOSEN, *MORE, *only]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "2 of 2 that change something were noticed" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_a_seed_draws_the_same_faults_again_and_each_has_a_name_of_its_own() -> None:
    every = [one.told for one in sample(0, 10**9)]

    assert [one.told for one in sample(3, 40)] == [one.told for one in sample(3, 40)]
    assert len(set(every)) == len(every) > 4_000


def test_what_changes_nothing_is_a_fault_that_there_is_and_says_why() -> None:
    every = {one.told for one in sample(0, 10**9)}

    assert equivalent().keys() <= every, EQUIVALENT
    assert all(equivalent().values())
