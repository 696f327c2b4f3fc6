"""Brings events into a store: files of events, names turned into ids, new names declared."""

from flipflop.ingest.datasets import shipped
from flipflop.ingest.importing import Imported, import_events
from flipflop.ingest.moments import not_after
from flipflop.ingest.names import NEAR, Names
from flipflop.ingest.progress import Progress

__all__ = ["NEAR", "Imported", "Names", "Progress", "import_events", "not_after", "shipped"]
