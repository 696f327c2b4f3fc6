"""The page of a large record: counts that turn into marks when one looks closely, in one self-contained file."""

from flipflop.publish.many.page import many_html
from flipflop.publish.many.poster import counts_picture

__all__ = ["counts_picture", "many_html"]
