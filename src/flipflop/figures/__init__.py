"""Draws timelines from frames. Knows nothing of the store; pandas and plotly are imported when one is drawn."""

from flipflop.figures.card import card
from flipflop.figures.timeline import timeline

__all__ = ["card", "timeline"]
