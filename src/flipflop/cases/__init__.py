"""Cases: the dossier of a pair of statements. Knows the store and what is detected; prints, draws and words nothing.

Each name is imported at its first use: ``flipflop add`` needs one of them and should answer at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.cases.case import Case
    from flipflop.cases.lacking import REQUIRABLE, Missing, missing, publishable
    from flipflop.cases.reading import Cases, case_of

__all__ = ["REQUIRABLE", "Case", "Cases", "Missing", "case_of", "missing", "publishable"]

_HOMES = {
    "REQUIRABLE": "lacking",
    "Case": "case",
    "Cases": "reading",
    "Missing": "lacking",
    "case_of": "reading",
    "missing": "lacking",
    "publishable": "lacking",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"flipflop.cases.{_HOMES[name]}"), name)
