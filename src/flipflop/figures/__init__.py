"""Draws figures from frames. Knows nothing of the store; pandas and plotly are imported when one is drawn."""

from flipflop.figures.card import card_data
from flipflop.figures.latency import latency_data
from flipflop.figures.matrix import matrix_data
from flipflop.figures.switches import switches_data

# Functions that are named as modules come last: the import of a module takes its name in the package.
# isort: split
from flipflop.figures.charts import card, latency, matrix, switches, timeline

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
