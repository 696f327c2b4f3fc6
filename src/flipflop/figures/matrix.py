"""A matrix: the last position of each speaker on each topic in the record, and how often it changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from flipflop.figures.data import plain
from flipflop.figures.marks import coverage, mark_of, names
from flipflop.figures.rows import read_positions, read_reversals
from flipflop.figures.words import counted
from flipflop.figures.zone import named_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from flipflop.figures.data import Json, Mark
    from flipflop.figures.rows import Cell

FLIPS = ("reversal", "restoration")
DISMISSED = ("no_reversal", "not_comparable")
UNSURE = "order unknown"


@dataclass(frozen=True, slots=True)
class Held:
    """What one speaker last said on one topic. ``changes`` counts flips to the other side, ``ruled`` those ruled so.

    ``sure`` is False where another position of theirs, not of this look, overlaps the last moment: then nobody can say
    which came last. A change that was ruled to be none is not counted.
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
    cells: tuple[Held, ...]
    coverage: str
    zone: str

    def to_json(self) -> Json:
        """Return plain lists and objects; moments as ISO 8601 with offset."""
        return plain(asdict(self))


def matrix(
    positions: pd.DataFrame,
    reversals: pd.DataFrame | None = None,
    *,
    tz: str = "UTC",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Return a plotly figure, speakers down and topics across, both by name: the last position, how often it changed.

    An empty cell: no statement in this record. Frames are those of ``flipflop.timeline``; without ``reversals`` they
    are what ``find_reversals`` finds in ``positions``. Moments are told in ``tz``. The figure is as large as its words
    need, in pixels. Without positions it is empty and says so. Raises DataError as ``timeline`` does.
    """
    from flipflop.figures.matrix_drawing import draw_matrix
    from flipflop.figures.scene_plotly import figure_of

    return figure_of(draw_matrix(matrix_data(positions, reversals, tz=tz), title), theme)


def matrix_data(positions: pd.DataFrame, reversals: pd.DataFrame | None = None, *, tz: str = "UTC") -> MatrixData:
    """Return what the matrix of these frames says. See ``matrix``."""
    zone = named_zone(tz)
    rows = read_positions(positions)
    flips = counted_flips(positions, reversals)
    changes = Counter((row.text("speaker"), row.text("topic")) for row in flips)
    ruled = Counter((row.text("speaker"), row.text("topic")) for row in flips if row.text("ruling"))
    marks: dict[tuple[str, str], list[Mark]] = {}
    for row in rows:
        marks.setdefault((row.text("speaker"), row.text("topic")), []).append(mark_of(row, zone, tz))
    speakers, topics = names(rows, "speaker", "speaker_name"), names(rows, "topic", "topic_title")
    cells = [
        _held(pair, marks[pair], changes[pair], ruled[pair])
        for pair in ((speaker, topic) for speaker in speakers for topic in topics)
        if pair in marks
    ]
    everything = [mark for own in marks.values() for mark in own]
    told = coverage(everything) if everything else ""
    return MatrixData(tuple(speakers.items()), tuple(topics.items()), tuple(cells), told, tz)


def counted_flips(positions: pd.DataFrame, reversals: pd.DataFrame | None) -> list[Cell]:
    """Return the flips to the other side that nobody has ruled to be none."""
    return [row for row in found_flips(positions, reversals) if row.text("ruling") not in DISMISSED]


def found_flips(positions: pd.DataFrame, reversals: pd.DataFrame | None) -> list[Cell]:
    """Return all flips to the other side; by default what detection finds."""
    if reversals is None:
        from flipflop.detect import find_reversals

        reversals = find_reversals(positions)
    return [row for row in read_reversals(reversals) if row.text("kind") in FLIPS]


def _held(pair: tuple[str, str], marks: Sequence[Mark], changes: int, ruled: int) -> Held:
    last = max(marks, key=lambda mark: (mark.end, mark.start, mark.statement_id))
    return Held(*pair, last, _sure(last, marks), len({mark.statement_id for mark in marks}), changes, ruled)


def _sure(last: Mark, marks: Iterable[Mark]) -> bool:
    return all(mark.end <= last.start or mark.look == last.look for mark in marks)
