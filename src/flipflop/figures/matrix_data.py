"""A matrix: the last position of each speaker on each topic in the record, and how the pairs on it stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from flipflop.figures.data import plain
from flipflop.figures.judged import found_pairs, tally_in
from flipflop.figures.marks import coverage, mark_of
from flipflop.figures.rows import read_positions
from flipflop.figures.timed import named, timed
from flipflop.figures.zone import drawn_zone
from flipflop.records.words import Stance
from flipflop.text.numbers import counted
from flipflop.text.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from flipflop.figures.data import Mark
    from flipflop.figures.rows import FrameRow
    from flipflop.figures.timed import Timed
    from flipflop.records.codec import Json

UNSURE = "order unknown"


@dataclass(frozen=True, slots=True)
class LastHeld:
    """What one speaker last said on one topic, and how the pairs stand that they made on it.

    ``sure`` is False where another position of theirs, not of this look, overlaps the last moment: then nobody can say
    which came last; one that is unclear leaves it sure.
    """

    speaker: str
    topic: str
    last: Mark
    sure: bool
    statements: int
    pairs: Tally

    @property
    def words(self) -> str:
        """The last position, or that the order of the last ones is unknown."""
        return self.last.word if self.sure else UNSURE

    @property
    def counts(self) -> str:
        """How often it changed, as people ruled, and what else there is, in how many statements."""
        said = counted(self.statements, "statement")
        changed = [counted(self.pairs.changed, "change")] if self.pairs.changed else []
        return ", ".join([*changed, *self.pairs.others, said])


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
    rows: defaultdict[tuple[str, str], list[FrameRow]] = defaultdict(list)
    for row in found_pairs(positions, reversals):
        rows[row.text("speaker"), row.text("topic")].append(row)
    everything = timed(positions, zone)
    of: dict[tuple[str, str], list[Timed]] = {}
    for one in everything:
        of.setdefault((one.speaker, one.topic), []).append(one)
    speakers, topics = named(positions, "speaker", "speaker_name"), named(positions, "topic", "topic_title")
    pairs = [(speaker, topic) for speaker in speakers for topic in topics if (speaker, topic) in of]
    lasts = [max(of[pair], key=lambda one: (one.end, one.start, one.statement_id)) for pair in pairs]
    marks = [mark_of(row, zone, tz) for row in read_positions(positions.iloc[[last.row for last in lasts]])]
    cells = [
        LastHeld(*pair, mark, _sure(last, of[pair]), len(of[pair]), tally_in(rows[pair]))
        for pair, last, mark in zip(pairs, lasts, marks, strict=True)
    ]
    told = coverage(everything, tz)
    return MatrixData(tuple(speakers.items()), tuple(topics.items()), tuple(cells), told, tz)


def _sure(last: Timed, others: Iterable[Timed]) -> bool:
    return all(other.end <= last.start or other.look in (last.look, Stance.UNCLEAR) for other in others)
