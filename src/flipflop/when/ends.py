"""What the two ends of a range have in common, and what they lend each other. Knows slots, no moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flipflop.when.moment import Midnights
    from flipflop.when.words import Slots

DATED = ("year", "month", "day", "weekday", "offset", "which", "unit")
CALENDAR = {"day", "month", "season", "quarter", "half", "year", "decade"}
_UNITS = ("clock", "daypart", "day", "month", "season", "quarter", "half", "last_year", "year", "decade", "unit", "ago")


def kind(slots: Slots) -> str:
    """Return what an end of a range is: the finest that it names."""
    said = slots.filled()
    if slots.weekday is not None or slots.offset is not None:
        said["day"] = True
    return next((name for name in _UNITS if name in said), "")


def midnights_of(first: Slots, last: Slots) -> Midnights | None:
    """Midnight at one end of a range of times is a time; at both ends it may stand for the day."""
    clocks = [slots.clock for slots in (first, last) if slots.clock is not None]
    return None if all(clock[:2] == (0, 0) for clock in clocks) else "time"


def is_dated(slots: Slots) -> bool:
    """Tell whether an end names a day, or a part of its date."""
    return any(slots.filled().get(name) is not None for name in DATED)


def has_zone(slots: Slots) -> bool:
    """Tell whether an end names a time zone."""
    return slots.zone is not None or bool(slots.abbreviation)


def crosses_midnight(first: Slots, last: Slots) -> bool:
    """Tell whether a range from an afternoon on ends before noon, which is that of the next day."""
    if first.clock is None or last.clock is None:
        return False
    return last.clock[0] < 12 <= first.clock[0] and (bool(last.meridiem) or not last.loose_hour)


def complete(first: Slots, last: Slots) -> None:
    """Let either end of a range lend the other what it leaves out: date, month, year, zone."""
    if first.filled().keys() == {"edge"}:
        _lend(last, first, (*DATED, "season", "decade"))
    if not has_zone(first):
        _lend(last, first, ("zone", "abbreviation"))
    first.approximate = last.approximate = first.approximate or last.approximate
    for slots, other in ((first, last), (last, first)):
        if not is_dated(slots) and (slots.clock is not None or slots.daypart):
            _lend(other, slots, DATED)
    _complete_dates(first, last)


def _complete_dates(first: Slots, last: Slots) -> None:
    if first.year is None and first.filled().keys() & {"season", "quarter", "half"}:
        first.year = last.year
    if first.month is None and first.day is not None:
        first.month, first.year = last.month, first.year or last.year
    if last.month is None and last.day is not None:
        last.month, first.year = first.month, first.year or last.year
    if last.year is None and first.year is not None and last.month is not None:
        last.year = first.year + (1 if first.month is not None and last.month < first.month else 0)


def _lend(giver: Slots, taker: Slots, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(taker, name, getattr(giver, name))
