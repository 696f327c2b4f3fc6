"""What every page of a site has around it: head, policy, way back, scope, feeds. Knows no record but its options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flipflop.publish.document import document as framed
from flipflop.publish.markup import attribute, element, said, script_json
from flipflop.publish.site import addresses as at
from flipflop.publish.site.rights import rights_words
from flipflop.text.numbers import IN_THIS_RECORD
from flipflop.when.zone_words import all_times

if TYPE_CHECKING:
    from flipflop.publish.site.model import Options
    from flipflop.records.codec import Json

POLICY: Final = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; style-src-attr 'unsafe-inline'; "
    "img-src 'self' file: data:; base-uri 'none'; form-action 'none'"
)
"""Only files of the site are fetched, and nothing runs that stands in a page. ``file:`` is for a site that is opened
from a disk, where a browser takes no file for the page's own; a drawing says its room in an attribute."""

STYLE: Final = "style.css"
SCRIPT: Final = "search.js"
_NAV: Final = (
    (at.INDEX, "Record"),
    (at.COMPARED, "Compared"),
    (at.CORRECTIONS, "Corrections"),
    (at.METHOD, "Method"),
    (at.DATA, "Data"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it lies, what it is called, what it says. ``main`` and ``counts`` are markup.

    ``counts`` are the numbers that this page rests on, for its foot.
    """

    path: str
    title: str
    main: str
    counts: str
    description: str = ""
    image: str = ""
    data: Json = None
    scripts: tuple[str, ...] = field(default=())

    def to(self, path: str) -> str:
        """Return the relative address of another path of the site."""
        return at.link(self.path, path)


def document(page: Page, options: Options) -> bytes:
    """Return the whole page as UTF-8."""
    name = page.title if page.path == at.INDEX else f"{page.title} · {options.title}"
    body = [
        '<a class="skip" href="#main">To the content</a>',
        _header(page, options),
        element("main", page.main, id="main"),
        _footer(page, options),
        *(element("script", "", src=page.to(script), defer="") for script in page.scripts),
    ]
    return framed(name, POLICY, head=_head(page, options), body=body).encode()


def absolute(options: Options, path: str) -> str:
    """Return the full address of a path where the site's own is known, else an empty string."""
    return options.base_url + at.link(at.INDEX, path) if options.base_url else ""


def _head(page: Page, options: Options) -> list[str]:
    lines = [
        f'<meta name="description" content="{attribute(page.description or page.title)}">',
        f'<link rel="stylesheet" href="{attribute(page.to(STYLE))}">',
        *_feeds(page, options),
        *_open_graph(page, options),
    ]
    if address := absolute(options, page.path):
        lines.append(f'<link rel="canonical" href="{attribute(address)}">')
    if page.data is not None:
        lines.append(element("script", script_json(page.data), type="application/ld+json"))
    return lines


def _feeds(page: Page, options: Options) -> list[str]:
    kinds = (("application/atom+xml", at.ATOM, "Atom"), ("application/feed+json", at.JSON_FEED, "JSON Feed"))
    return [
        f'<link rel="alternate" type="{kind}" title="{attribute(options.title)} ({called})" '
        f'href="{attribute(page.to(path))}">'
        for kind, path, called in kinds
    ]


def _open_graph(page: Page, options: Options) -> list[str]:
    facts = {
        "og:title": page.title,
        "og:type": "website" if page.path == at.INDEX else "article",
        "og:site_name": options.title,
        "og:description": page.description or page.title,
        "og:url": absolute(options, page.path),
        "og:image": (absolute(options, page.image) or page.to(page.image)) if page.image else "",
    }
    if page.image:
        facts |= {"og:image:type": "image/png", "og:image:width": "1200", "og:image:height": "630"}
        facts["og:image:alt"] = facts["og:description"]
    lines = [f'<meta property="{name}" content="{attribute(value)}">' for name, value in facts.items() if value]
    return [*lines, '<meta name="twitter:card" content="summary_large_image">'] if page.image else lines


def _header(page: Page, options: Options) -> str:
    home = element("a", said(options.title), href=page.to(at.INDEX), rel="home")
    links = (
        element("a", words, href=page.to(path), **({"aria_current": "page"} if path == page.path else {}))
        for path, words in _NAV
    )
    nav = element("nav", element("ul", "".join(element("li", link) for link in links)), aria_label="This site")
    return element("header", element("p", home, class_="site") + nav, class_="top")


def _footer(page: Page, options: Options) -> str:
    scope = element("p", f"<strong>Who is covered, and why:</strong> {said(options.scope)}")
    counts = element("p", f"<strong>{IN_THIS_RECORD}</strong> {page.counts}")
    method = element("a", "How this record is made, and what its numbers count", href=page.to(at.METHOD))
    feed = element("a", "Feed of rulings", href=page.to(at.ATOM))
    zone = attribute(all_times(options.tz))
    rights = rights_words(options)
    told = element("p", rights) if rights else ""
    return element("footer", f"{scope}{counts}{told}{element('p', f'{zone} {method}. {feed}.')}")
