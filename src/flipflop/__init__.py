"""flipflop: who said what and when, what contradicts it, and the timeline of it."""

__version__ = "0.1.0"
