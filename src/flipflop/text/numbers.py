"""Numbers with their nouns."""

from __future__ import annotations

from typing import Final


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return "1 statement" or "1,200 statements"; ``things`` is a plural that does not end in s.

    >>> counted(1, "body", "bodies"), counted(1200, "statement")
    ('1 body', '1,200 statements')
    """
    return f"{number:,} {forms(thing, things)[number != 1]}"


def forms(thing: str, things: str | None = None) -> tuple[str, str]:
    """Return what one of it is called, and what several are."""
    return thing, things or f"{thing}s"


IN_THIS_RECORD: Final = "In this record:"


def covered_words(dates: str, statements: int) -> str:
    """Return "2024 to 5 June 2025, 12 statements"; ``dates`` as of ``flipflop.when.telling.covered_dates``."""
    return f"{dates}, {counted(statements, 'statement')}"


def coverage_words(dates: str, statements: int) -> str:
    """Return the same as what a record holds: "In this record: 2024 to 5 June 2025, 12 statements"."""
    return f"{IN_THIS_RECORD} {covered_words(dates, statements)}"


def as_of_words(day: str) -> str:
    """Return up to when a record was kept, as a sentence; "" for an empty record."""
    return f"Record as of {day}." if day else ""
