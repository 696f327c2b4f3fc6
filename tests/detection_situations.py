"""Counts in how many histories each situation of the rules occurs, so that chance can be held to reach them all.

A situation's name begins with the number of its rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.detection_case import Case, Situation
from tests.detection_records import History
from tests.situations_conflicts import OF_CONFLICTS
from tests.situations_positions import OF_POSITIONS
from tests.situations_reversals import OF_REVERSALS

SITUATIONS: dict[str, Situation] = OF_POSITIONS | OF_REVERSALS | OF_CONFLICTS


def occurrences(histories: Iterable[History]) -> Counter[str]:
    """In how many of the histories each situation occurs; those that never do have a 0."""
    counted = Counter(dict.fromkeys(SITUATIONS, 0))
    for history in histories:
        case = Case(history)
        counted.update(name for name, occurs in SITUATIONS.items() if occurs(case))
    return counted
