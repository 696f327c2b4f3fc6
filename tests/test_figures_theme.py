"""The design language holds what docs/charts.md promises: contrast, distance, a shape for each meaning."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from colorspacious import cspace_convert
from numpy.typing import NDArray

import flipflop
from flipflop.figures.theme import DARK, FONT, LIGHT, LINES, PRINT, SYMBOLS, TYPE, Theme
from flipflop.text.positions import LOOKS

THEMES = {"light": LIGHT, "dark": DARK, "print": PRINT}
TEXT = ("ink", "quiet", "change", "standing")
MARKS = ("line", *LOOKS)
PAGE = (Path(__file__).parents[1] / "docs" / "charts.md").read_text("utf-8")
ROWS = re.findall(r"^\| `\w+` \|.*#.*$", PAGE, re.MULTILINE)
EYES = ("protanomaly", "deuteranomaly", "tritanomaly")
Colour = NDArray[np.float64]


def colour(hexadecimal: str) -> Colour:
    return np.array([int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)])


def luminance(hexadecimal: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = colour(hexadecimal)
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def seen(hexadecimal: str, eye: str | None) -> Colour:
    """A colour as that eye sees it (Machado, Oliveira & Fernandes 2009, full severity), in CAM02-UCS."""
    shown = colour(hexadecimal)
    if eye is not None:
        space = {"name": "sRGB1+CVD", "cvd_type": eye, "severity": 100}
        shown = np.clip(cspace_convert(shown, space, "sRGB1"), 0, 1)
    told: Colour = cspace_convert(shown, "sRGB1", "CAM02-UCS")
    return told


@pytest.mark.parametrize("name", THEMES)
def test_text_stands_out_from_the_paper_as_wcag_aa_asks(name: str) -> None:
    theme = THEMES[name]

    assert {word for word in TEXT if contrast(getattr(theme, word), theme.paper) < 4.5} == set()


@pytest.mark.parametrize("name", THEMES)
def test_marks_and_lines_stand_out_from_the_paper_as_wcag_aa_asks(name: str) -> None:
    theme = THEMES[name]

    assert {word for word in MARKS if contrast(getattr(theme, word), theme.paper) < 3} == set()


@pytest.mark.parametrize("eye", [None, *EYES])
@pytest.mark.parametrize("name", THEMES)
def test_no_two_stances_look_alike_to_any_eye(name: str, eye: str | None) -> None:
    shown = {look: seen(THEMES[name].colour(look), eye) for look in LOOKS}

    near = [pair for pair in combinations(LOOKS, 2) if np.linalg.norm(shown[pair[0]] - shown[pair[1]]) < 10]

    assert near == []


def test_without_colour_every_stance_has_a_shape_of_its_own() -> None:
    assert set(SYMBOLS) == set(LOOKS)
    assert len(set(SYMBOLS.values())) == len(LOOKS)


def test_the_lines_of_changes_are_told_apart_without_colour() -> None:
    drawn = [LINES[look][1:] for look in ("change", "half", "unknown", "same", "joins")]

    assert len(set(drawn)) == len(drawn)


def test_style_sheets_name_the_typefaces_of_the_theme_and_no_others() -> None:
    sheets = (Path(flipflop.__file__).parent / "publish").rglob("*.css")
    rules = re.findall(r"[{;]font(?:-family)?:([^;}]*)", "".join(sheet.read_text("utf-8") for sheet in sheets))
    own = [rule for rule in rules if "," in rule and "monospace" not in rule]

    assert own == [f"8pt {FONT}"]  # the foot of a printed page, which knows no variables
    assert any(rule.endswith(" var(--sans)") for rule in rules)


def test_no_type_is_smaller_than_12_pixels() -> None:
    assert min(TYPE) >= 12


def table(theme: Theme, paper: str) -> set[tuple[str, str, str]]:
    return {
        (field.name, colour_, f"{contrast(colour_, theme.paper):.1f}")
        for field in fields(theme)
        if (colour_ := getattr(theme, field.name)) != paper
    }


@pytest.mark.parametrize("name", THEMES)
def test_the_page_tells_every_colour_and_its_contrast_as_computed(name: str) -> None:
    place = 2 + list(THEMES).index(name)
    rows = [[cell.strip(" `") for cell in row.split("|")] for row in ROWS]
    told = {(row[1], *re.findall(r"#\w{6}|[\d.]+$", row[place + 1])) for row in rows}

    assert {row for row in told if len(row) == 3} == table(THEMES[name], THEMES[name].paper)


def test_the_page_tells_every_shape_and_every_line() -> None:
    lines = {line.words for line in LINES.values()}

    assert {name for name in SYMBOLS.values() if f"`{name}`" not in PAGE} == set()
    assert {words for words in lines if words not in PAGE} == set()
