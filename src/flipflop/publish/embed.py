"""What puts a page into somebody else's: a frame as high as its content, and a picture where frames are taken out."""

from __future__ import annotations

from os import fsencode
from pathlib import Path
from typing import Final
from urllib.parse import quote

from flipflop.errors import DataError, Problem
from flipflop.publish.markup import attribute, element, said
from flipflop.records.addresses import web_address

_SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""The page may run its own script, open a source in a window of its own, save a picture; it is nobody's same origin."""
_HEIGHT: Final = "900"
_LISTEN: Final = """<script>
addEventListener("message", function (event) {
  var height = event.data && event.data.flipflop === "height" ? Number(event.data.height) : 0;
  if (!(height > 0 && height < 100000)) return;
  document.querySelectorAll("iframe[data-flipflop]").forEach(function (frame) {
    if (frame.contentWindow === event.source) frame.style.height = height + "px";
  });
});
</script>"""
"""Only a message from the frame itself is heard, and only a number is taken from it."""


def embed_html(alt: str, page: str, picture: str, *, title: str) -> str:
    """Return what embeds the page of that address: a frame, in it a picture with its alt text, and who listens.

    A reader of feeds, or a publishing system that takes frames and scripts out, is left with the picture, which links
    to the page.
    """
    image = f'<img src="{attribute(picture)}" alt="{attribute(alt)}" style="max-width:100%">'
    linked = f'<a href="{attribute(page)}">{image}</a>'
    inside = element("figure", linked + element("figcaption", said(title)))
    frame = {"src": page, "title": title, "loading": "lazy", "sandbox": _SANDBOX, "allow": "clipboard-write"}
    look = {"width": "100%", "height": _HEIGHT, "style": "border:0"}
    framed = element("iframe", f"\n{inside}\n", **frame, **look, data_flipflop="")
    return f"{framed}\n{_LISTEN}\n"


def place_on_the_web(folder: str, path: Path) -> str:
    """Return the address of a file in a folder on the web, or only its name for no folder. Raises DataError."""
    name = quote(fsencode(path.name))
    if not folder:
        return name
    address = f"{folder.rstrip('/')}/{name}"
    if not web_address(address):
        raise DataError(Problem(f"{folder!r} is no web address; it starts with https:// and has no blanks", "address"))
    return address
