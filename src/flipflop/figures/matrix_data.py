"""A matrix: the last position of each speaker on each topic in the record, and how often it changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from flipflop.figures.data import plain
from flipflop.figures.marks import coverage, mark_of
from flipflop.figures.rows import read_positions, read_reversals
from flipflop.figures.timed import named, timed
from flipflop.figures.zone import drawn_zone
from flipflop.records.words import Stance
from flipflop.text.numbers import counted
from flipflop.text.rulings import counts_as_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from flipflop.figures.data import Mark
    from flipflop.figures.rows import FrameRow
    from flipflop.figures.timed import Timed
    from flipflop.records.codec import Json

FLIPS = ("reversal", "restoration")
UNSURE = "order unknown"


@dataclass(frozen=True, slots=True)
class LastHeld:
    """What one speaker last said on one topic. ``changes`` counts changes of position, ``ruled`` those ruled so.

    ``sure`` is False where another position of theirs, not of this look, overlaps the last moment: then nobody can say
    which came last; one that is unclear leaves it sure. A change that was ruled to be none is not counted.
    """

    speaker: str
    topic: str
    last: Mark
    sure: bool
    statements: int
    changes: int
    ruled: int

    @property
    def words(self) -> str:
        """The last position, or that the order of the last ones is unknown."""
        return self.last.word if self.sure else UNSURE

    @property
    def counts(self) -> str:
        """How often it changed, in how many statements."""
        said = counted(self.statements, "statement")
        return f"{counted(self.changes, 'change')}, {said}" if self.changes else said


@dataclass(frozen=True, slots=True)
class MatrixData:
    """Speakers and topics by name, as (slug, name), and a cell for each pair on which the record holds something."""

    speakers: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]
    cells: tuple[LastHeld, ...]
    coverage: str
    zone: str

    def to_json(self) -> Json:
        """Return plain lists and objects; moments as ISO 8601 with offset."""
        return plain(asdict(self))


def matrix_data(positions: pd.DataFrame, reversals: pd.DataFrame | None = None, *, tz: str = "UTC") -> MatrixData:
    """Return what the matrix of these frames says. See ``matrix``."""
    tz, zone = drawn_zone(tz)
    flips = counted_flips(positions, reversals)
    changes = Counter((row.text("speaker"), row.text("topic")) for row in flips)
    ruled = Counter((row.text("speaker"), row.text("topic")) for row in flips if row.text("ruling"))
    everything = timed(positions, zone)
    of: dict[tuple[str, str], list[Timed]] = {}
    for one in everything:
        of.setdefault((one.speaker, one.topic), []).append(one)
    speakers, topics = named(positions, "speaker", "speaker_name"), named(positions, "topic", "topic_title")
    pairs = [(speaker, topic) for speaker in speakers for topic in topics if (speaker, topic) in of]
    lasts = [max(of[pair], key=lambda one: (one.end, one.start, one.statement_id)) for pair in pairs]
    marks = [mark_of(row, zone, tz) for row in read_positions(positions.iloc[[last.row for last in lasts]])]
    cells = [
        LastHeld(*pair, mark, _sure(last, of[pair]), len(of[pair]), changes[pair], ruled[pair])
        for pair, last, mark in zip(pairs, lasts, marks, strict=True)
    ]
    told = coverage(everything, tz)
    return MatrixData(tuple(speakers.items()), tuple(topics.items()), tuple(cells), told, tz)


def counted_flips(positions: pd.DataFrame, reversals: pd.DataFrame | None) -> list[FrameRow]:
    """Return what counts as a change of position: what was ruled to be one, and flips on which nobody has ruled."""
    rows = _found(positions, reversals)
    return [row for row in rows if counts_as_change(row.text("kind"), row.text("ruling"))]


def found_flips(positions: pd.DataFrame, reversals: pd.DataFrame | None) -> list[FrameRow]:
    """Return all flips to the other side; by default what detection finds."""
    return [row for row in _found(positions, reversals) if row.text("kind") in FLIPS]


def _found(positions: pd.DataFrame, reversals: pd.DataFrame | None) -> Iterable[FrameRow]:
    if reversals is None:
        from flipflop.detect import find_reversals

        reversals = find_reversals(positions)
    return read_reversals(reversals)


def _sure(last: Timed, others: Iterable[Timed]) -> bool:
    return all(other.end <= last.start or other.look in (last.look, Stance.UNCLEAR) for other in others)
