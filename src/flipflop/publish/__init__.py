"""Publishes: one self-contained page, or a picture. Knows frames and figures, nothing of the store."""

from flipflop.publish.images import write_figure
from flipflop.publish.page import page_html, write_page

__all__ = ["page_html", "write_figure", "write_page"]
