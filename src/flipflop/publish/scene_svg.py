"""Draws a scene as SVG: in a page with the page's colours, as a file with those of a theme. Needs no browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flipflop.figures.scene import LINE
from flipflop.figures.theme import FONT, MARK, SERIF, SIZES, theme_of
from flipflop.publish.markup import drawn_text, element, shape
from flipflop.publish.scale import short
from flipflop.publish.symbols import SHAPES, shape_of
from flipflop.records.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from flipflop.figures.scene import Path, Scene, SceneText, Symbol

    Paint = Callable[[str], str]

_DASHES: Final = {"solid": "none", "dash": "6 4", "dot": "2 3", "dashdot": "6 3 1 3"}
_HEAD: Final = 11.0
_XMLNS: Final = {"xmlns": "http://www.w3.org/2000/svg"}


def scene_markup(scene: Scene, label: str, class_: str) -> str:
    """Return the drawing for a page, in the page's colours; ``label`` says what it shows."""
    box = {"viewbox": f"0 0 {scene.width} {scene.height}", "width": str(scene.width), "height": str(scene.height)}
    return element("svg", _inside(scene, _variable), class_=class_, role="img", aria_label=label, **box)


def scene_file(scene: Scene, label: str, theme: str) -> str:
    """Return the drawing as a file of its own, in the colours of a theme. Raises DataError where there is no such."""
    colours = theme_of(theme)
    box = {"viewbox": f"0 0 {scene.width} {scene.height}", "width": str(scene.width), "height": str(scene.height)}
    ground = shape("rect", width=str(scene.width), height=str(scene.height), fill=colours.paper)
    told = element("title", drawn_text(label))
    return element("svg", told + ground + _inside(scene, lambda name: getattr(colours, name)), **_XMLNS, **box) + "\n"


def _variable(name: str) -> str:
    return f"var(--{name.replace('_', '-')})"


def _inside(scene: Scene, paint: Paint) -> str:
    parts = [_path(path, paint) for path in scene.paths]
    parts += [_symbol(symbol, paint) for symbol in scene.symbols]
    parts += [_text(text, paint) for text in scene.texts]
    return "".join(parts)


def _text(text: SceneText, paint: Paint) -> str:
    step = text.size * LINE
    lines = [
        element("tspan", drawn_text(line), x=short(text.x), y=short(text.y + text.size + step * number))
        for number, line in enumerate(text.lines)
    ]
    weight = "font-weight:700;" if text.bold else ""
    family = SERIF if text.serif else FONT
    style = f"font:{text.size}px {family};{weight}fill:{paint(text.colour)};text-anchor:{text.anchor}"
    whole = element("title", drawn_text(text.whole)) if text.whole else ""
    drawn = element("text", whole + "".join(lines), style=style)
    address = web_address(text.href)
    return element("a", drawn, href=address, target="_blank", rel="noopener noreferrer nofollow") if address else drawn


def _path(path: Path, paint: Paint) -> str:
    line = "".join(_steps(path))
    if path.filled:
        return shape("path", d=line, style=f"fill:{paint(path.colour)};fill-opacity:{short(path.filled)}")
    dash = f"stroke-dasharray:{_DASHES[path.dash]};" if path.dash != "solid" else ""
    style = f"fill:none;stroke:{paint(path.colour)};{dash}stroke-width:{short(path.width)}"
    return shape("path", d=line, style=style) + (_head(path, paint) if path.arrow else "")


def _steps(path: Path) -> list[str]:
    """Return the path's commands; a gap begins a new part."""
    steps, verb = [], "M"
    for point in path.points:
        if point is not None:
            steps.append(f"{verb}{short(point[0])} {short(point[1])}")
        verb = "M" if point is None else "L"
    return steps


def _head(path: Path, paint: Paint) -> str:
    """Return the arrow at the end of a line that runs to the right."""
    end = path.points[-1]
    if end is None:
        return ""
    (x, y), half = end, _HEAD / 2.4
    line = f"M{short(x)} {short(y)}L{short(x - _HEAD)} {short(y - half)}V{short(y + half)}Z"
    return shape("path", d=line, style=f"fill:{paint(path.colour)}")


def _symbol(symbol: Symbol, paint: Paint) -> str:
    colour = paint(symbol.look if symbol.look in SHAPES else "unclear")
    factor = (SIZES.get(symbol.look, MARK) + symbol.larger) / MARK
    place = f"translate({short(symbol.x)} {short(symbol.y)}) scale({short(factor)})"
    style = f"fill:none;stroke:{colour};stroke-width:2" if symbol.hollow else f"fill:{colour}"
    return shape("path", d=shape_of(symbol.look), transform=place, style=style)
