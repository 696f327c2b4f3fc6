"""How long ``flipflop add`` and ``flipflop --help`` take, as a multiple of ``python -c pass``: medians of paired runs.

python benchmarks/startup.py [PAIRS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 9.0
"""What ``flipflop add`` with an ISO date may cost."""

MAIN = "import sys; from flipflop.cli import main; main(sys.argv[1:])"
ADD = [
    "add",
    "--speaker",
    "a",
    "--topic",
    "t",
    "--stance",
    "support",
    "--said",
    "2020-01-01T10:00Z",
    "--source",
    "https://e.org",
]


def seconds(*command: str) -> float:
    """The time of one run."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return time.perf_counter() - begun


def ratios(command: list[str], pairs: int) -> list[float]:
    """Each run beside one of an interpreter that does nothing, so that a busy machine slows both."""
    found = []
    for number in range(pairs):
        bare = seconds("-c", "pass")
        found.append(seconds("-c", MAIN, *[part.replace("NUMBER", str(number)) for part in command]) / bare)
    return found


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory() as place:
        os.environ["FLIPFLOP_STORE"] = str(Path(place) / "startup.db")
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(place) / "compiled")  # as an installed package has it
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["XDG_CONFIG_HOME"] = place  # where --by is kept
        for setting_up in (
            ["init", "--by", "Me"],
            ["speaker", "add", "A"],
            ["topic", "add", "t", "--proposition", "T."],
        ):
            seconds("-c", MAIN, *setting_up)
        for name, command in (("add", [*ADD, "text NUMBER"]), ("--help", ["--help"])):
            ratio = statistics.median(ratios(command, pairs))
            within = f", at most {LIMIT}: {'ok' if ratio <= LIMIT else 'TOO SLOW'}" if name == "add" else ""
            print(f"flipflop {name}: {ratio:.1f} x python -c pass (median of {pairs} pairs){within}")


if __name__ == "__main__":
    main()
