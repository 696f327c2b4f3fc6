"""Publishes a store as a static site: pages, feeds and data in one folder, for any web host or none."""

from flipflop.publish.site.publishing import Published, publish_site

__all__ = ["Published", "publish_site"]
