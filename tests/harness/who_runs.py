"""Which test runs which line of a module, and how long it takes. Knows nothing of mutants."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pytest

ROOT = Path(__file__).parents[2]
WHOLE = ("tests/test_telling.py",)
"""Files whose tests read what another of them has made: any may be the one that runs a line."""

STRONG = "tests/test_detection_as_written.py::test_histories_made_by_chance"
"""Tests that compare thousands of rows."""


class LinesRun(NamedTuple):
    """``seconds`` of each test; ``lines`` of each file, by its path from the root, with the tests that run them."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]

    def tests(self, file: str, lines: Iterable[int]) -> list[str]:
        """Return the tests that run one of the lines, the quick ones first, then the files of ``WHOLE`` that have any.

        Of what only an import runs, all that run something in the file.
        """
        known = self.lines.get(file, {})
        found = {test for line in lines for test in known.get(str(line), ())}
        found = found or {test for tests in known.values() for test in tests}
        whole = [one for one in WHOLE if any(test.startswith(f"{one}::") for test in found)]
        alone = [test for test in found if test.partition("::")[0] not in WHOLE]
        return [*sorted(alone, key=self._seconds), *whole]

    def within(self, tests: list[str], seconds: float) -> list[str]:
        """Return the tests for which so many seconds are enough: the quick, those that compare most, the rest."""
        quick = len([end for end in accumulate(self.seconds.get(test, 30) for test in tests) if end <= seconds / 3])
        ordered = [*tests[:quick], *sorted(tests[quick:], key=lambda test: not test.startswith(STRONG))]
        ends = accumulate(self.seconds.get(test, 30) for test in ordered)
        return [test for test, end in zip(ordered, ends, strict=True) if end <= seconds] or ordered[:1]

    def _seconds(self, test: str) -> tuple[float, str]:
        return self.seconds.get(test, 0.0), test


class _Watch:
    """Tells ``coverage`` which test runs, and keeps how long each took."""

    def __init__(self, watching: coverage.Coverage) -> None:
        self._watching = watching
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._watching.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def watched(run: Callable[..., int], files: list[Path], place: Path) -> int:
    """Run tests, given what runs them with a plugin, and write the map of these files; returns how they ended."""
    watching = coverage.Coverage(data_file=None, include=[str(file) for file in files], config_file=False)
    watch = _Watch(watching)
    watching.start()
    code = run(watch)
    watching.stop()
    data = watching.get_data()
    lines = {
        str(Path(file).relative_to(ROOT)): {
            str(line): sorted(filter(None, tests)) for line, tests in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    place.write_text(json.dumps({"seconds": watch.seconds, "lines": lines}), "utf-8")
    return code
