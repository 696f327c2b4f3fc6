"""Compares the detector with the oracle on as many random histories as asked for, and names those that differ.

    python -m tests.harness.detection [--first 0] [--histories 10000] [--stored]

Every tenth history is told with its rows shuffled. With ``--stored`` each goes through a real store: recorded in any
order, with corrections, retractions and redactions, seen now and as of some moment, every frame shuffled. Ends with 1
where any differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile

from tests.detection_frames import product
from tests.detection_histories import random_history
from tests.detection_oracle import outcome
from tests.stored_histories import differing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--stored", action="store_true")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.histories)
    found = [seed for seed in seeds if (differs_in_a_store if asked.stored else differs)(seed)]
    sys.stdout.write(f"{len(found)} of {len(seeds):,} histories differ: {found[:20]}\n")
    return int(bool(found))


def differs(seed: int) -> bool:
    """Tell whether product and oracle part on a history; says where."""
    history = random_history(seed)
    found, expected = product(history, shuffle=None if seed % 10 else seed), outcome(history)
    for name in ("positions", "reversals", "conflicts"):
        if getattr(found, name) != getattr(expected, name):
            sys.stdout.write(f"history {seed}: {name} differ\n")
    return found != expected


def differs_in_a_store(seed: int) -> bool:
    """Tell whether product and oracle part on what a store holds; says where."""
    with tempfile.TemporaryDirectory() as folder:
        found = differing(seed, f"{folder}/s.db")
    for place in found:
        sys.stdout.write(f"history {seed}: {place}\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
