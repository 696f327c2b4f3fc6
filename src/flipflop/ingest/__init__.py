"""Brings events into a store: files of events, names turned into ids, new names declared."""

from flipflop.ingest.course import Step
from flipflop.ingest.datasets import shipped
from flipflop.ingest.importing import Imported, import_events
from flipflop.ingest.moments import not_after
from flipflop.ingest.names import NEAR, Names

__all__ = ["NEAR", "Imported", "Names", "Step", "import_events", "not_after", "shipped"]
