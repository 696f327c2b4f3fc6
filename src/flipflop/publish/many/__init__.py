"""The page of a large record: counts that turn into marks when one looks closely, in one self-contained file."""

from flipflop.publish.many.page import many_html

__all__ = ["many_html"]
