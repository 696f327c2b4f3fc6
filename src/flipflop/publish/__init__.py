"""Publishes: one self-contained page, or a picture. Knows frames and figures; only a case knows the store."""

from flipflop.publish.card import write_card, write_card_fragment
from flipflop.publish.case import Case
from flipflop.publish.cases import Cases, case_of
from flipflop.publish.images import write_figure
from flipflop.publish.missing import Missing, missing, publishable
from flipflop.publish.page import page_html, write_page
from flipflop.publish.sheet import sheet_html, write_sheet

__all__ = [
    "Case",
    "Cases",
    "Missing",
    "case_of",
    "missing",
    "page_html",
    "publishable",
    "sheet_html",
    "write_card",
    "write_card_fragment",
    "write_figure",
    "write_page",
    "write_sheet",
]
