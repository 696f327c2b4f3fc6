"""Judgements that count for nothing from the start: of statements that had been retracted before they were recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.records.events import Retraction
from flipflop.store.log import rules
from flipflop.store.model import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flipflop.store.sql.tables import Tables

_TOLD = 2
"""Of so many statements, as many as a ruling has, it is told who retracted them and why."""


def idle(tables: Tables, judged: Iterable[tuple[int, int]]) -> tuple[int, str]:
    """Return how many codings and rulings count for nothing, and one sentence that says why.

    ``judged`` are their seqs, and those of the statements that do not count.

    What was judged first and retracted then, in one batch, is not meant.
    """
    number, last = 0, 0
    retracted: dict[int, list[int]] = {}
    meant: dict[int, list[int]] = {}
    for seq, statement in judged:
        if statement not in retracted:
            retracted[statement] = _retractions(tables, statement)
        if any(by < seq for by in retracted[statement]):
            meant[statement] = retracted[statement]
            number += seq != last  # a ruling may be of two such statements
            last = seq
    if not number:
        return 0, ""
    return number, in_detail(tables, meant) if len(meant) <= _TOLD else in_short(number)


def in_detail(tables: Tables, retracted: dict[int, list[int]]) -> str:
    """Return who retracted these statements, and why, and the way to have them back."""
    by = [seq for seqs in retracted.values() for seq in seqs]
    told = " and ".join(_told(tables, statement, seqs[0]) for statement, seqs in retracted.items())
    it, is_ = "it" if len(retracted) == 1 else "them", "is" if len(by) == 1 else "are"
    return f"{told}: what is judged of {it} counts for nothing until {_ids(tables, by)} {is_} retracted"


def in_short(number: int) -> str:
    """Return the same of so many codings and rulings in one sentence."""
    return (
        f"{number:,} codings and rulings are of statements that were retracted before: "
        "they count for nothing until those retractions are retracted"
    )


def _retractions(tables: Tables, statement: int) -> list[int]:
    """The retractions of a statement that stand, in order."""
    abouts = rules.closure([statement], tables.abouts)
    out = rules.withdrawn(abouts)
    return sorted(a.seq for a in abouts if a.target == statement and a.kind == "retraction" and a.seq not in out)


def _told(tables: Tables, statement: int, retraction: int) -> str:
    body = tables.body("retraction", retraction)
    who = f" by {body.by} ({body.reason})" if isinstance(body, Retraction) else ""  # redacted, else
    return f"statement {_ids(tables, [statement])} was retracted{who}"


def _ids(tables: Tables, seqs: Iterable[int]) -> str:
    return " and ".join(stamp[0].hex()[:SHOWN] for stamp in tables.stamps(list(seqs)).values())
