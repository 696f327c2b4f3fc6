"""Draws figures from frames. Knows nothing of the store; pandas and plotly are imported when one is drawn."""

from flipflop.figures.card import card, card_data
from flipflop.figures.latency import latency, latency_data
from flipflop.figures.matrix import matrix, matrix_data
from flipflop.figures.switches import switches, switches_data
from flipflop.figures.timeline import timeline

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
