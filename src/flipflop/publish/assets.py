"""The parts of a page that are not data: style, script, and the policy that lets only this script run."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Final

from flipflop.figures.theme import DARK, LIGHT, Theme
from flipflop.publish.symbols import symbol_rules

_SCRIPTS: Final = ("clock.js", "ticks.js", "card.js", "figure.js", "choices.js", "picture.js", "start.js")
_POLICY: Final = (
    "default-src 'none'; script-src '{script}'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is fetched and only the page's own script runs. Styles may stand inline: a drawing says its places so."""

STILL: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The policy of a page without scripts: nothing runs, nothing is fetched."""


@cache
def page_script() -> str:
    """Return the page's own script."""
    folder = files("flipflop.publish").joinpath("script")
    parts = (folder.joinpath(name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{"".join(parts)}}})();\n'


def style(name: str = "page.css") -> str:
    """Return a style sheet of ours, with the colours of both themes in front."""
    return colours() + files("flipflop.publish").joinpath(name).read_text(encoding="utf-8")


def colours() -> str:
    """Return both themes as variables: the reader's setting, or what the page's button chose."""
    light, dark = _variables(LIGHT), _variables(DARK)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n{symbol_rules()}"
    )


def policy() -> str:
    """Return the Content-Security-Policy of a page."""
    return _POLICY.format(script=_digest(page_script()))


def _digest(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _variables(theme: Theme) -> str:
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in asdict(theme).items())
