"""Times find_reversals on a million positions, beside the comparison with the previous row that people write first.

    python benchmarks/find_reversals.py [--rows 1000000] [--ids object|str|category] [--change 0.05]

10,000 speakers x 200 topics, both drawn by Zipf's law; 60 % of the moments known to the second, 30 % to the day,
8 % to the month, 2 % to the year. Speakers have a side on each topic, from which ``--change`` of the statements depart.
Prints seconds, ratio and peak resident memory, and how many pairs the comparison with the previous row gets wrong.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd

from flipflop.detect import DETECTOR, find_reversals

SPEAKERS, TOPICS = 10_000, 200
DAY = 86_400_000_000
WIDTHS = np.array([1_000_000, DAY, 30 * DAY, 365 * DAY])


def main() -> None:
    options = read_options()
    positions = make(options.rows, options.ids, options.change)
    before = peak()
    print(f"{len(positions):,} positions, text as {options.ids}; frame in memory, {before:.2f} GB resident at most")
    peer_seconds, peer = timed(previous_row, positions)
    print(f"sort, groupby().shift(), compare: {peer_seconds:.2f} s, {len(peer):,} pairs, peak {peak():.2f} GB")
    seconds, found = timed(find_reversals, positions)
    print(f"find_reversals ({DETECTOR}): {seconds:.2f} s, {len(found):,} rows, peak {peak():.2f} GB")
    print(found["kind"].value_counts().to_string())
    print(f"ratio: {seconds / peer_seconds:.2f} x the comparison with the previous row")
    print(verdict(peer, found))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--ids", choices=["object", "str", "category"], default="object")
    parser.add_argument("--change", type=float, default=0.05)
    return parser.parse_args()


def make(rows: int, text: str, change: float) -> pd.DataFrame:
    random = np.random.default_rng(2017)
    speaker, topic = skewed(random, SPEAKERS, rows), skewed(random, TOPICS, rows)
    side = random.choice([-1, 1], (SPEAKERS, TOPICS))[speaker, topic]
    side = np.where(random.random(rows) < change, -side, side)
    stances = np.array(["strongly_oppose", "oppose", "support", "strongly_support"], dtype=object)
    stance = stances[(side > 0) * 2 + random.integers(0, 2, rows)]
    stance[random.random(rows) < 0.05] = "mixed"
    stance[random.random(rows) < 0.05] = "unclear"
    width = WIDTHS[random.choice(4, rows, p=[0.6, 0.3, 0.08, 0.02])]
    start = random.integers(14_600 * DAY, 20_000 * DAY, rows) // width * width
    frame = pd.DataFrame(
        {
            "speaker": np.array([f"speaker-{code:05}" for code in range(SPEAKERS)], dtype=object)[speaker],
            "topic": np.array([f"topic-{code:03}" for code in range(TOPICS)], dtype=object)[topic],
            "statement_id": hashes(random, rows),
            "stance": stance,
            "said_from": pd.DatetimeIndex(start.view("datetime64[us]")).tz_localize("UTC"),
            "said_until": pd.DatetimeIndex((start + width).view("datetime64[us]")).tz_localize("UTC"),
        }
    )
    words = ["speaker", "topic", "stance"] if text == "category" else ["speaker", "topic", "statement_id", "stance"]
    return frame.astype(dict.fromkeys(words, text))


def skewed(random: np.random.Generator, size: int, rows: int) -> np.ndarray:
    weight = 1 / np.arange(1, size + 1)
    return random.choice(size, rows, p=weight / weight.sum())


def hashes(random: np.random.Generator, rows: int) -> np.ndarray:
    digits = random.bytes(16 * rows).hex()
    return np.array([digits[at : at + 32] for at in range(0, 32 * rows, 32)], dtype=object)


def previous_row(positions: pd.DataFrame) -> pd.DataFrame:
    """Compare each committed position with the row before it: what one would write with pandas alone."""
    signs = {"strongly_oppose": -1, "oppose": -1, "support": 1, "strongly_support": 1}
    frame = positions.assign(sign=positions["stance"].astype(object).map(signs)).dropna(subset=["sign"])
    frame = frame.sort_values(["speaker", "topic", "said_from"])
    groups = frame.groupby(["speaker", "topic"], sort=False, observed=True)
    frame["earlier_id"], frame["earlier_sign"] = groups["statement_id"].shift(), groups["sign"].shift()
    frame["earlier_until"] = groups["said_until"].shift()
    return frame[frame["sign"] == -frame["earlier_sign"]]


def verdict(peer: pd.DataFrame, found: pd.DataFrame) -> str:
    flips = found[found["degree"] == "full_flop"]
    ours = set(zip(flips["earlier_id"], flips["later_id"], strict=True))
    theirs = set(zip(peer["earlier_id"], peer["statement_id"], strict=True))
    overlapping = int((peer["earlier_until"] > peer["said_from"]).sum())
    return (
        f"the comparison with the previous row finds {len(theirs & ours):,} of our {len(ours):,} flips; of its "
        f"{len(theirs):,} pairs {overlapping:,} overlap, so that their order is not known"
    )


def timed(work, positions):  # noqa: ANN001, ANN201 - a script
    wall, processor = time.perf_counter(), time.process_time()
    result = work(positions)
    print(f"  {work.__name__}: {time.process_time() - processor:.2f} s of processor time")
    return time.perf_counter() - wall, result


def peak() -> float:
    """Return the most memory this process ever had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
