"""Publishes: a page, a picture, a site. Pages and pictures know frames and figures; sheets and sites know cases."""

from flipflop.publish.card import write_card, write_card_fragment
from flipflop.publish.charts import write_chart
from flipflop.publish.fragment import write_timeline_fragment
from flipflop.publish.images import write_figure
from flipflop.publish.page import page_html, write_embed, write_page, write_svg
from flipflop.publish.sheet import sheet_html, write_sheet
from flipflop.publish.site import Published, publish_site

__all__ = [
    "Published",
    "page_html",
    "publish_site",
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
