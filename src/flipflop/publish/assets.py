"""The parts of a page that are not data: style, script, and the policy that lets only this script run."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from flipflop.figures.theme import DARK, LIGHT, TYPEFACES
from flipflop.publish.symbols import symbol_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

TELLING: Final = ("language", "zones", "moments", "gap", "ticks")
"""The scripts by which the page of a large record tells moments, too."""
_SCRIPTS: Final = (*TELLING, "card", "axis", "figure", "choices", "picture", "paper", "start")
_ASIDE: Final = re.compile(r"^\s*/\*.*?\*/\s*$\n|^\s+", re.DOTALL | re.MULTILINE)
_POLICY: Final = (
    "default-src 'none'; script-src '{script}'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is fetched and only the page's own script runs. Styles may stand inline: a drawing says its places so."""

STILL: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The policy of a page without scripts: nothing runs, nothing is fetched."""
FOOTER: Final = "<footer><p>Drawn by flipflop from a record of statements with their sources.</p></footer>"


@cache
def page_script() -> str:
    """Return the page's own script."""
    return f"(() => {{\n{joined_scripts(*(f'script/{name}' for name in _SCRIPTS))}}})();\n"


def joined_scripts(*paths: str) -> str:
    """Return scripts of this package as one, without their comments and margins: each of their lines stays a line."""
    folder = files("flipflop.publish")
    parts = (folder.joinpath(f"{path}.js").read_text(encoding="utf-8") for path in paths)
    return '"use strict";\n' + _ASIDE.sub("", "".join(parts))


def style(*names: str) -> str:
    """Return style sheets of this package, one after the other; in front what all rest on, and their variables."""
    folder = files("flipflop.publish")
    sheets = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("base.css", *names))
    return _variables() + "".join(sheets)


def _variables() -> str:
    """Return typefaces and both themes as variables: the reader's setting, or what the page's button chose."""
    light, dark = _named(asdict(LIGHT)), _named(asdict(DARK))
    return (
        f":root{{color-scheme:light;{_named(TYPEFACES)}{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n{symbol_rules()}"
    )


def policy() -> str:
    """Return the Content-Security-Policy of a page."""
    return _POLICY.format(script=digest(page_script()))


def digest(text: str) -> str:
    """Return how a policy names the one script or style sheet that it lets pass."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _named(values: Mapping[str, str]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in values.items())
