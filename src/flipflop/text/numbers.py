"""Numbers with their nouns."""

from __future__ import annotations


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return "1 statement" or "1,200 statements"; ``things`` is a plural that does not end in s.

    >>> counted(1, "body", "bodies"), counted(1200, "statement")
    ('1 body', '1,200 statements')
    """
    return f"{number:,} {forms(thing, things)[number != 1]}"


def forms(thing: str, things: str | None = None) -> tuple[str, str]:
    """Return what one of it is called, and what several are."""
    return thing, things or f"{thing}s"


def coverage_words(dates: str, statements: int) -> str:
    """Return what a record holds; ``dates`` as of ``flipflop.when.moment_words.covered_dates``."""
    return f"In this record: {dates}, {counted(statements, 'statement')}"


def as_of_words(day: str) -> str:
    """Return up to when a record was kept, as a sentence; "" for an empty record."""
    return f"Record as of {day}." if day else ""
