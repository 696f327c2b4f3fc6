"""Times find_conflicts on one account of thousands of speakers, and on a principal with many surrogates.

    python benchmarks/find_conflicts.py [--speakers 4000] [--statements 25]

Prints seconds, rows, and rows for each position: accounts are never compared all with all.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from flipflop.detect import find_conflicts

DAY = 86_400_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speakers", type=int, default=4_000)
    parser.add_argument("--statements", type=int, default=25)
    options = parser.parse_args()
    positions = make(options.speakers, options.statements)
    nobody = pd.DataFrame({"surrogate": [], "principal": []}, dtype=object)
    spokes = pd.DataFrame({"surrogate": positions["speaker"].unique()[1:], "principal": "s00000"})
    for kind, relations in (("account", nobody), ("proposal", spokes), ("account", spokes)):
        topics = pd.DataFrame({"topic": ["t"], "kind": [kind]})
        begin = time.perf_counter()
        found = find_conflicts(positions, relations, topics)
        seconds = time.perf_counter() - begin
        each = len(found) / len(positions)
        print(f"{kind}, {len(relations):,} relations: {seconds:.2f} s, {len(found):,} rows, {each:.2f} a position")


def make(speakers: int, statements: int) -> pd.DataFrame:
    random = np.random.default_rng(2017)
    rows = speakers * statements
    start = random.integers(14_600, 20_000, rows) * DAY
    names = np.array([f"s{number:05}" for number in range(speakers)], dtype=object)
    return pd.DataFrame(
        {
            "speaker": names[np.arange(rows) % speakers],
            "topic": "t",
            "statement_id": [f"i{number:07}" for number in range(rows)],
            "stance": np.array(["support", "oppose", "mixed"], dtype=object)[
                random.choice(3, rows, p=[0.45, 0.45, 0.1])
            ],
            "said_from": pd.to_datetime(start, unit="us", utc=True),
            "said_until": pd.to_datetime(start + DAY, unit="us", utc=True),
        }
    )


if __name__ == "__main__":
    main()
