"""What a page needs where it is published: what links to it may show, style and script as files of their own.

Knows a page as the markup that it is, and nothing of what it shows. In our markup text and attributes are escaped, so
that tags are only where we put them.
"""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from flipflop.publish.markup import attribute, element
from flipflop.text.atomic import make_folder, write_atomically
from flipflop.text.shortening import shortened

if TYPE_CHECKING:
    from os import PathLike

_DESCRIBED: Final = 300
"""Letters of a description: what is shown beside a link is cut about there."""
_STYLE: Final = re.compile(r"<style( [^>]*)?>(.*?)</style>", re.DOTALL)
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_INLINE: Final = re.compile(r'(?<=[\w"]) style="([^"]*)"(?=[^<>]*>)')
_POLICY: Final = re.compile(r'(http-equiv="Content-Security-Policy" content=")[^"]*')
_APART: Final = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing stands inline. ``file:`` is for a page that is opened from a disk."""


class Facts(NamedTuple):
    """What links to a page may show: its title, what it shows in plain words, its own address where that is known."""

    title: str
    description: str
    address: str = ""


def with_facts(page: str, facts: Facts) -> str:
    """Return a page with its description, Open Graph, and canonical address where there is one."""
    told = shortened(facts.description, _DESCRIBED)
    graph = {"og:title": facts.title, "og:type": "article", "og:description": told, "og:url": facts.address}
    lines = [f'<meta name="description" content="{attribute(told)}">']
    lines += [f'<meta property="{name}" content="{attribute(value)}">' for name, value in graph.items() if value]
    if facts.address:
        lines.append(f'<link rel="canonical" href="{attribute(facts.address)}">')
    return page.replace("</title>", "</title>\n" + "\n".join(lines), 1)


def write_leaving(path: Path, page: str, assets: str | PathLike[str] | None) -> None:
    """Write a page; with ``assets``, a folder, its style and script to files there, so that nothing stands inline.

    Raises StoreError where something cannot be written.
    """
    if assets is not None:
        folder = Path(assets)
        name = path.stem
        where = quote(os.fsencode(Path(os.path.relpath(folder, path.parent)).as_posix()))
        page, style, script = _apart(page, f"{where}/{quote(os.fsencode(name))}")
        make_folder(folder)
        write_atomically(folder / f"{name}.css", style.encode())
        write_atomically(folder / f"{name}.js", script.encode())
    write_atomically(path, page.encode())


def _apart(page: str, where: str) -> tuple[str, str, str]:
    """Return a page that refers to its style and script by their address without an ending, and both."""
    styles = [found[1] for found in _STYLE.findall(page)]
    scripts = _SCRIPT.findall(page)
    head, body = page.split("</head>", 1)
    inline = dict.fromkeys(_INLINE.findall(body))
    body = _SCRIPT.sub("", _INLINE.sub(r' data-s="\1"', body))
    links = element("script", "", src=f"{where}.js", defer="") + f'\n<link rel="stylesheet" href="{where}.css">\n'
    head = _POLICY.sub(rf"\1{attribute(_APART)}", _STYLE.sub(_kept, head)) + links
    rules = (f"[data-s={_quoted(unescape(one))}][data-s][data-s]{{{unescape(one)}}}" for one in inline)
    return f"{head}</head>{body}", "\n".join([*styles, *rules, ""]), "\n".join(scripts)


def _kept(found: re.Match[str]) -> str:
    """A style sheet with a name is read by the page's script, for pictures: it stays, as data that styles nothing."""
    named = found[1] or ""
    return f'<script type="text/plain"{named}>{found[2]}</script>' if "id=" in named else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
