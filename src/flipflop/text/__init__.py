"""Events as text: JSON Lines and CSV, in and out, lossless. Knows nothing of stores."""

from flipflop.text.files import LineRead, read_events, read_lines, write_events

__all__ = ["LineRead", "read_events", "read_lines", "write_events"]
