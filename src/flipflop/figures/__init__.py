"""Draws figures from frames. Knows nothing of the store; pandas and plotly are imported when one is drawn."""

from flipflop.figures.card_data import card_data
from flipflop.figures.charts import card, latency, matrix, switches, timeline
from flipflop.figures.latency_data import latency_data
from flipflop.figures.matrix_data import matrix_data
from flipflop.figures.switches_data import switches_data

__all__ = [
    "card",
    "card_data",
    "latency",
    "latency_data",
    "matrix",
    "matrix_data",
    "switches",
    "switches_data",
    "timeline",
]
