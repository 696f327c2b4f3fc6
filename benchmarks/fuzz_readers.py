"""Every reader of text with inputs that nobody would write: only our errors, never a traceback, never a hang.

    python benchmarks/fuzz_readers.py [--inputs 100000] [--seed 1]

Exits with 1 where one was met with anything else.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.harness.fuzz import fuzzed
from tests.store_cases import DECLARED, statement

import flipflop as ff

SHOWN = 20


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begun = time.perf_counter()
    with TemporaryDirectory() as folder, ff.Store(Path(folder, "s.db")) as store:
        store.append([*DECLARED, *(statement() for _ in range(20))])
        failures = list(fuzzed(Random(given.seed), store, count=given.inputs))
    seconds = time.perf_counter() - begun
    print(f"{given.inputs} inputs, seed {given.seed}: {len(failures)} tracebacks, 0 hangs ({seconds:.0f} s)")
    kinds = Counter((failure.reader, failure.error[:60]) for failure in failures)
    for (reader, error), number in kinds.most_common(SHOWN):
        shown = next(f.given for f in failures if (f.reader, f.error[:60]) == (reader, error))
        print(f"  {number} x {reader}: {error}, such as {shown[:200]!r}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
