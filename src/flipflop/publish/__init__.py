"""Publishes: a page, a picture, a site. Pages and pictures know frames and figures; cases and sites know the store."""

from flipflop.publish.card import write_card, write_card_fragment
from flipflop.publish.case import Case
from flipflop.publish.cases import Cases, case_of
from flipflop.publish.charts import write_chart
from flipflop.publish.fragment import write_timeline_fragment
from flipflop.publish.images import write_figure
from flipflop.publish.missing import REQUIRABLE, Missing, missing, publishable
from flipflop.publish.page import page_html, write_embed, write_page, write_svg
from flipflop.publish.sheet import sheet_html, write_sheet
from flipflop.publish.site import Published, publish_site

__all__ = [
    "REQUIRABLE",
    "Case",
    "Cases",
    "Missing",
    "Published",
    "case_of",
    "missing",
    "page_html",
    "publish_site",
    "publishable",
    "sheet_html",
    "write_card",
    "write_card_fragment",
    "write_chart",
    "write_embed",
    "write_figure",
    "write_page",
    "write_sheet",
    "write_svg",
    "write_timeline_fragment",
]
