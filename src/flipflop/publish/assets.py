"""The parts of a page that are not data: style, script, plotly.js, and the policy that lets only these run."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Final

from flipflop.errors import DataError, Problem, suggestion
from flipflop.figures.theme import DARK, LIGHT, Theme

PLOTLY_FILE: Final = "plotly.min.js"
_WAYS: Final = ("inline", "cdn", "directory")
_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is fetched and only known scripts run. Styles may stand inline, because plotly.js writes them."""


STILL: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The policy of a page without scripts: nothing runs, nothing is fetched."""


def check_way(plotlyjs: str) -> None:
    """Raise DataError unless plotly.js can come that way."""
    if plotlyjs not in _WAYS:
        raise DataError(
            Problem(f"{plotlyjs!r} is not one of {', '.join(_WAYS)}{suggestion(plotlyjs, _WAYS)}", "plotlyjs")
        )


@cache
def plotly_js() -> str:
    """Return the plotly.js that the installed plotly brings."""
    return files("plotly").joinpath("package_data", PLOTLY_FILE).read_text(encoding="utf-8")


@cache
def page_script() -> str:
    """Return the page's own script."""
    return files("flipflop.publish").joinpath("page.js").read_text(encoding="utf-8")


def style(name: str = "page.css") -> str:
    """Return a style sheet of ours, with the colours of both themes in front."""
    return colours() + files("flipflop.publish").joinpath(name).read_text(encoding="utf-8")


def colours() -> str:
    """Return both themes as variables: the reader's setting, or what the page's button chose."""
    light, dark = _variables(LIGHT), _variables(DARK)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
    )


def policy(plotlyjs: str) -> str:
    """Return the Content-Security-Policy for a page whose plotly.js comes that way."""
    own, theirs = _digest(page_script()), _digest(plotly_js())
    place = {"inline": "", "cdn": f" {_cdn_address()}", "directory": " 'self' file:"}[plotlyjs]
    return _POLICY.format(scripts=f"'{own}' '{theirs}'{place}")


def plotly_element(plotlyjs: str) -> str:
    """Return the element that brings plotly.js: packed in the page, from plotly's server, from the file beside it."""
    if plotlyjs == "inline":
        return f'<script type="text/plain" id="plotly-packed">{_packed()}</script>'
    if plotlyjs == "cdn":
        digest = _digest(plotly_js())
        return f'<script src="{_cdn_address()}" integrity="{digest}" crossorigin="anonymous"></script>'
    return f'<script src="{PLOTLY_FILE}"></script>'


@cache
def _packed() -> str:
    return base64.b64encode(gzip.compress(plotly_js().encode(), compresslevel=9, mtime=0)).decode()


@cache
def _cdn_address() -> str:
    from plotly.offline import get_plotlyjs_version

    return f"https://cdn.plot.ly/plotly-{get_plotlyjs_version()}.min.js"


def _digest(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _variables(theme: Theme) -> str:
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in asdict(theme).items())
