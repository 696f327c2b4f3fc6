"""A public type has one name, and the name one home."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import flipflop

PACKAGE = Path(flipflop.__file__).parent


def public_types(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Classes and type aliases at the top of a module, those under ``if TYPE_CHECKING:`` among them."""
    for node in nodes:
        match node:
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(name), annotation=ast.Name("TypeAlias")):
                if not name.startswith("_"):
                    yield name
            case ast.If(body=body):
                yield from public_types(body)


def test_no_public_type_is_defined_in_two_modules() -> None:
    homes = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in public_types(ast.parse(path.read_text("utf-8")).body):
            homes[name].append(path.relative_to(PACKAGE).as_posix())

    assert {name: places for name, places in homes.items() if len(places) > 1} == {}
