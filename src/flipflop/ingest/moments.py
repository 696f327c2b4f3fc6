"""Moments that follow from something else than the words."""

from __future__ import annotations

from datetime import UTC, datetime

from flipflop.when import Precision, When

_BEGINNING = datetime.min.replace(tzinfo=UTC)


def not_after(published: When) -> When:
    """Return the moment of which only the publication is known: from the year 1 to the end of ``published``.

    Such a moment overlaps everything earlier, so it orders nothing by itself; a warning says so.
    """
    return When(
        f"not after {published.text}",
        _BEGINNING,
        published.end,
        Precision.INTERVAL,
        approximate=True,
        tz=published.tz,
        warnings=(
            *published.warnings,
            "only the day of publication is known: said at any time before it, so this statement orders nothing",
        ),
    )
