"""Cases: the dossier of a pair of statements. Knows the store and what is detected; prints, draws and words nothing.

Each name is imported at its first use: ``flipflop add`` needs one of them and should answer at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.cases.added import Brought, ConflictsMade, brought_since, candidates_with, conflicts_with
    from flipflop.cases.candidates import (
        Candidate,
        SecondLook,
        found_conflicts,
        found_reversals,
        open_candidates,
        open_conflicts,
        second_looks,
    )
    from flipflop.cases.case import Case
    from flipflop.cases.fitting import FoundPair, refuse_what_stands, repetitions, row_of
    from flipflop.cases.judging import CHANGES, SIDED, confirmation, confirmed, outcomes_of, refuse_backwards
    from flipflop.cases.lacking import REQUIRABLE, Missing, missing, publishable
    from flipflop.cases.reading import Cases, case_of, speaker_of
    from flipflop.cases.reread import SecondReading, second_readings
    from flipflop.cases.twins import Twin, duplicates, twins_of, twins_since
    from flipflop.cases.waiting import Waiting, waiting_because_of, waiting_rulings

__all__ = [
    "CHANGES",
    "REQUIRABLE",
    "SIDED",
    "Brought",
    "Candidate",
    "Case",
    "Cases",
    "ConflictsMade",
    "FoundPair",
    "Missing",
    "SecondLook",
    "SecondReading",
    "Twin",
    "Waiting",
    "brought_since",
    "candidates_with",
    "case_of",
    "confirmation",
    "confirmed",
    "conflicts_with",
    "duplicates",
    "found_conflicts",
    "found_reversals",
    "missing",
    "open_candidates",
    "open_conflicts",
    "outcomes_of",
    "publishable",
    "refuse_backwards",
    "refuse_what_stands",
    "repetitions",
    "row_of",
    "second_looks",
    "second_readings",
    "speaker_of",
    "twins_of",
    "twins_since",
    "waiting_because_of",
    "waiting_rulings",
]

_HOMES = {
    "Brought": "added",
    "ConflictsMade": "added",
    "brought_since": "added",
    "candidates_with": "added",
    "conflicts_with": "added",
    "Candidate": "candidates",
    "SecondLook": "candidates",
    "found_conflicts": "candidates",
    "found_reversals": "candidates",
    "open_candidates": "candidates",
    "open_conflicts": "candidates",
    "second_looks": "candidates",
    "Case": "case",
    "CHANGES": "judging",
    "SIDED": "judging",
    "FoundPair": "fitting",
    "refuse_what_stands": "fitting",
    "repetitions": "fitting",
    "row_of": "fitting",
    "confirmation": "judging",
    "confirmed": "judging",
    "outcomes_of": "judging",
    "refuse_backwards": "judging",
    "REQUIRABLE": "lacking",
    "Missing": "lacking",
    "missing": "lacking",
    "publishable": "lacking",
    "Cases": "reading",
    "case_of": "reading",
    "speaker_of": "reading",
    "SecondReading": "reread",
    "second_readings": "reread",
    "Twin": "twins",
    "duplicates": "twins",
    "twins_of": "twins",
    "twins_since": "twins",
    "Waiting": "waiting",
    "waiting_because_of": "waiting",
    "waiting_rulings": "waiting",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"flipflop.cases.{_HOMES[name]}"), name)
