"""What is told of statements and rulings that are there, and are not shown until somebody has looked again."""

from __future__ import annotations

from flipflop.text.numbers import counted

BECAUSE = "because the proposition was mended"
RULING_WAITS = "a ruling that waits for another look"


def not_shown(number: int, *, more: bool = False) -> str:
    """Return how many statements on a topic are held back; ``more`` where others of it are shown."""
    several = counted(number, "more statement" if more else "statement")
    are = f"{several} in this record {'is' if number == 1 else 'are'} coded on this topic"
    shown = "not shown" if more or number == 1 else "none is shown"
    return f"{are}; {shown} until somebody has looked again, {BECAUSE}"


def waiting_statements(number: int, *, more: bool = False) -> str:
    """Return the same in the few words that a list has room for."""
    return f"{counted(number, 'more statement' if more else 'statement')} waiting for another look"


def coded_on(topics: str) -> str:
    """Return what stands in the place of a position; ``topics`` are titles, ready for where it stands."""
    return f"coded on {topics}; waits for another look"


def rulings_wait(number: int) -> str:
    """Return "1 ruling waits for another look" or "4 rulings wait for another look"."""
    return f"{counted(number, 'ruling waits', 'rulings wait')} for another look"
