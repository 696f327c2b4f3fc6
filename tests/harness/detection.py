"""Compares the detector with the oracle on as many random histories as asked for, and names those that differ.

    python -m tests.harness.detection [--first 0] [--histories 10000]

Every tenth history is told with its rows shuffled. Ends with 1 where any differs.
"""

from __future__ import annotations

import argparse
import sys

from tests.detection_frames import product
from tests.detection_histories import random_history
from tests.detection_oracle import outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--histories", type=int, default=10_000)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.histories)
    differing = [seed for seed in seeds if differs(seed)]
    sys.stdout.write(f"{len(differing)} of {len(seeds):,} histories differ: {differing[:20]}\n")
    return int(bool(differing))


def differs(seed: int) -> bool:
    """Tell whether product and oracle part on a history; says where."""
    history = random_history(seed)
    found, expected = product(history, shuffle=None if seed % 10 else seed), outcome(history)
    for name in ("positions", "reversals", "conflicts"):
        if getattr(found, name) != getattr(expected, name):
            sys.stdout.write(f"history {seed}: {name} differ\n")
    return found != expected


if __name__ == "__main__":
    sys.exit(main())
