"""Moments: what people type, as intervals. Knows nothing of events."""

from flipflop.when.moment import Precision, When

__all__ = ["Precision", "When"]
