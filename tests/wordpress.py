"""What WordPress leaves of a post: its allow-list as data, and a filter of our own that does what kses is told to do.

The list is the part of ``$allowedposttags`` (wp-includes/kses.php, WordPress 6.9) for the elements that a fragment may
have, with the global attributes. The filter takes away elements and attributes that the list does not name and
addresses of other schemes, and writes entities in kses' way; what it does not know it takes away.
"""

from __future__ import annotations

import re
from typing import Final

GLOBAL: Final = frozenset({
    "aria-controls", "aria-current", "aria-describedby", "aria-details", "aria-expanded", "aria-hidden", "aria-label",
    "aria-labelledby", "aria-live", "class", "dir", "hidden", "id", "lang", "role", "title", "xml:lang",
})  # fmt: skip
_CELL: Final = frozenset({
    "abbr", "align", "axis", "bgcolor", "char", "charoff", "colspan", "headers", "height", "nowrap", "rowspan", "scope",
    "valign", "width",
})  # fmt: skip
_ROWS: Final = frozenset({"align", "char", "charoff", "valign"})
ALLOWED: Final[dict[str, frozenset[str]]] = {
    "a": frozenset({"href", "rel", "rev", "name", "target", "download"}),
    "blockquote": frozenset({"cite"}),
    "br": frozenset(),
    "caption": frozenset({"align"}),
    "cite": frozenset(),
    "em": frozenset(),
    "figcaption": frozenset({"align"}),
    "figure": frozenset({"align"}),
    "h2": frozenset({"align"}),
    "h3": frozenset({"align"}),
    "img": frozenset({
        "alt", "align", "border", "height", "hspace", "loading", "longdesc", "vspace", "src", "usemap", "width",
    }),
    "li": frozenset({"align", "value"}),
    "p": frozenset({"align"}),
    "span": frozenset({"align"}),
    "strong": frozenset(),
    "table": frozenset(["align", "bgcolor", "border", "cellpadding", "cellspacing", "rules", "summary", "width"]),
    "tbody": _ROWS,
    "td": _CELL,
    "th": _CELL,
    "thead": _ROWS,
    "tr": _ROWS | {"bgcolor"},
    "ul": frozenset({"type"}),
}  # fmt: skip
ADDRESSES: Final = frozenset({"href", "src", "cite", "longdesc", "usemap"})
SHORTCODE: Final = re.compile(r"[\[\]]")
"""What WordPress runs when it shows a post."""
ALONE: Final = re.compile(r"^\s*https?://\S+\s*$|<p>\s*https?://[^\s<]+\s*</p>", re.MULTILINE)
"""An address that stands alone, which WordPress replaces by what it finds there."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PIECE = re.compile(r"<!--.*?-->|<[^>]*>|[<>]|[^<>]+", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]+)((?:\s+[^\s=>\"']+(?:=\"[^\"<>]*\")?)*)(\s*/?)>")
_PAIR = re.compile(r"([^\s=]+)(?:=\"([^\"]*)\")?")
_NAMED = {"amp", "lt", "gt", "quot", "apos", "nbsp"}


def kept(markup: str) -> str:
    """Return what is left of a post."""
    text = re.sub("&([A-Za-z]{2,8}[0-9]{0,2};)?", _named, _CONTROL.sub("", markup))
    text = re.sub("&amp;#([0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});", _numbered, text)
    return "".join(_piece(piece) for piece in _PIECE.findall(text))


def _named(found: re.Match[str]) -> str:
    return found.group() if found.group()[1:-1] in _NAMED else f"&amp;{found.group()[1:]}"


def _numbered(found: re.Match[str]) -> str:
    """Numbers come back as entities, also where somebody wrote ``&amp;#60;`` to show ``&#60;``."""
    number = found.group(1)
    return f"&#x{number[1:].lstrip('0')};" if number[0] in "xX" else f"&#{int(number):03d};"


def _piece(piece: str) -> str:
    if not piece.startswith("<"):
        return "&gt;" if piece == ">" else piece
    tag = _TAG.fullmatch(piece)
    if tag is None or tag[2].lower() not in ALLOWED:
        return ""
    if tag[1]:
        return f"</{tag[2]}>"
    pairs = (_attribute(tag[2].lower(), *pair) for pair in _PAIR.findall(tag[3]))
    return f"<{tag[2]}{''.join(pairs)}{' /' if '/' in tag[4] else ''}>"


def _attribute(tag: str, name: str, value: str) -> str:
    if name not in ALLOWED[tag] | GLOBAL:
        return ""
    scheme, colon, _ = value.partition(":")
    if name in ADDRESSES and colon and scheme.lower() not in ("http", "https"):
        return f' {name}="{value.partition(":")[2].strip()}"'
    return f' {name}="{value}"'
