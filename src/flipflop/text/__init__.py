"""Events as text: JSON Lines and CSV, in and out, lossless. Knows nothing of stores."""

from flipflop.text.files import Line, read_events, read_lines, write_events

__all__ = ["Line", "read_events", "read_lines", "write_events"]
