"""The options of what leaves for elsewhere: a blog that is to take it, the colours of its picture."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import typer


class ThemeName(StrEnum):
    """The colours of a picture."""

    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


class Blog(StrEnum):
    """What is to take it."""

    WORDPRESS = "wordpress"


ThemeOption: TypeAlias = Annotated[ThemeName, typer.Option("--theme", help="Of pictures; a page follows its reader.")]
BlogOption: TypeAlias = Annotated[
    Blog | None, typer.Option("--as", help="A picture and a fragment that this blog keeps as it is: -o names both.")
]
