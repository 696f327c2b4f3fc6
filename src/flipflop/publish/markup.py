"""HTML and JSON that anybody's text can go into: escaping lives here and nowhere else."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from flipflop.records.addresses import web_address
from flipflop.text.visible import isolated, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flipflop.records.codec import Json

_ATTRIBUTE_ENDINGS = {"class_": "class", "viewbox": "viewBox", "ratio": "preserveAspectRatio"}
_TURNING = re.compile("[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HARMLESS = re.compile(r"[A-Za-z0-9 .,:;%#()_+-]*")


def attribute(text: str) -> str:
    """Return text for an attribute's value or a title: escaped, deceptive characters made visible."""
    return text if _HARMLESS.fullmatch(text) else html.escape(visible(text), quote=True)


def said(text: str) -> str:
    """Return text for the page, escaped; what is written from right to left is set apart and keeps its direction."""
    return f'<bdi dir="auto">{attribute(text)}</bdi>' if _TURNING.search(text) else attribute(text)


def lines(text: str) -> str:
    """Return text line by line, each set apart."""
    return "<br>".join(said(line) for line in visible(text).split("\n"))


def element(tag: str, content: str, **attributes: str) -> str:
    """Return an element. ``content`` is markup already; attribute values are escaped here; ``class_`` is ``class``."""
    return f"<{tag}{_pairs(attributes)}>{content}</{tag}>"


def shape(tag: str, **attributes: str) -> str:
    """Return an element of a drawing that holds nothing; ``viewbox`` and ``ratio`` are written as SVG wants them."""
    return f"<{tag}{_pairs(attributes)}/>"


def drawn_text(text: str) -> str:
    """Return text for a drawing, escaped; what is written from right to left is set apart without markup."""
    return html.escape(isolated(visible(text)), quote=True)


def _pairs(attributes: Mapping[str, str]) -> str:
    pairs = ((_ATTRIBUTE_ENDINGS.get(name, name.replace("_", "-")), value) for name, value in attributes.items())
    return "".join(f' {name}="{attribute(value)}"' for name, value in pairs)


def link(url: str, words: str) -> str:
    """Return a link to a web address, or only the words where it is none (javascript:, data:, a typing error)."""
    address = web_address(url)
    if not address:
        return said(words)
    return element("a", said(words), href=address, rel="noopener noreferrer nofollow", target="_blank")


def script_json(value: Json) -> str:
    r"""Return JSON that can stand in a script element: no ``<``, ``>``, ``&``, U+2028 or U+2029 is left in it.

    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
