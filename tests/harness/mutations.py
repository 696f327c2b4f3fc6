"""The small faults that can be put into a module: one operator, one number, one word, one condition at a time.

Annotations, docstrings, decorators and what only a type checker reads are left alone. ``mutmut`` was looked at: it
mutates functions only, and the words of a telling stand in tables of modules; ``cosmic-ray`` mutates no words, writes
into the working tree and starts an interpreter for each mutant.
"""

from __future__ import annotations

import ast
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
_NAMES = {"minimum": "maximum", "min": "max", "any": "all", "fmin": "fmax"}
_OTHER = _NAMES | {new: old for old, new in _NAMES.items()}
_SIDES = {"left": "right", "right": "left", "first": "last", "last": "first"}
_LEFT_ALONE = {"annotation", "returns", "decorator_list", "type_comment", "type_params"}

Path = tuple[tuple[str, int | None], ...]


class Mutation(NamedTuple):
    """A place in a tree and the node that stands there instead; ``told`` names it in one line, once in a module.

    ``lines`` are those of the code that is changed.
    """

    path: Path
    node: ast.AST
    told: str
    lines: range


def mutations(source: str) -> list[Mutation]:
    """Return all mutations of a module, in the order of its text."""
    found, seen = [], Counter[str]()
    for one in _of(ast.parse(source), (), ""):
        seen[one.told] += 1
        again = f" #{seen[one.told]}" if seen[one.told] > 1 else ""
        found.append(one._replace(told=one.told + again))
    return found


def mutated(source: str, mutation: Mutation) -> str:
    """Return the module with the mutation in it, without comments."""
    tree = ast.parse(source)
    *above, (field, index) = mutation.path
    parent: ast.AST = tree
    for name, at in above:
        parent = _child(parent, name, at)
    if index is None:
        setattr(parent, field, mutation.node)
    else:
        getattr(parent, field)[index] = mutation.node
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _told(where: str, node: ast.AST, other: ast.AST) -> str:
    """What becomes of what, with the function in which it stands; of a branch its condition."""
    pair = [one.test if isinstance(one, ast.If | ast.While) else one for one in (node, other)]
    before, after = (" ".join(ast.unparse(one).split()) for one in pair)
    return f"{where}: {before} -> {after}"


def _child(parent: ast.AST, field: str, index: int | None) -> ast.AST:
    found: ast.AST = getattr(parent, field) if index is None else getattr(parent, field)[index]
    return found


def _of(node: ast.AST, path: Path, where: str, lines: range = range(1)) -> Iterator[Mutation]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        where = f"{where}.{node.name}".strip(".")
    if isinstance(node, ast.expr | ast.stmt):
        lines = range(node.lineno, (node.lineno if hasattr(node, "body") else node.end_lineno or node.lineno) + 1)
    for other in _instead(node):
        yield Mutation(path, other, _told(where, node, other), lines)
    for field, value in ast.iter_fields(node):
        if field in _LEFT_ALONE:
            continue
        if isinstance(value, ast.AST):
            yield from _of(value, (*path, (field, None)), where, lines)
        elif isinstance(value, list):
            for index, one in enumerate(value):
                if isinstance(one, ast.AST) and not _unread(node, field, index, one):
                    yield from _of(one, (*path, (field, index)), where, lines)


def _unread(parent: ast.AST, field: str, index: int, node: ast.AST) -> bool:
    """Tell whether nothing that runs reads a node: a docstring, ``__all__``, what is for type checkers."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) in ("__all__", "_HOMES")
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return text or (isinstance(parent, ast.Call) and field == "args" and _is_cast(parent) and index == 0)


def _is_cast(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in ("cast", "TypeVar")


def _instead(node: ast.AST) -> Iterator[ast.AST]:  # noqa: C901 -- one case for each kind of node
    """Yield what may stand in the place of a node."""
    match node:
        case ast.Compare(ops=ops):
            for index, op in enumerate(ops):
                if type(op) in _SWAPPED:
                    other = deepcopy(node)
                    other.ops[index] = _SWAPPED[type(op)]()  # type: ignore[call-overload]  # an operator for one
                    yield other
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in _SWAPPED:
            yield _with(node, op=_SWAPPED[type(op)]())
        case ast.UnaryOp(operand=operand) if not isinstance(operand, ast.Constant):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.If(test=test) | ast.While(test=test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[_, *_]):
            yield _with(node, ifs=[])
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Call():
            yield from _calls(node)
        case ast.Constant() | ast.Name() | ast.Attribute() | ast.Slice():
            yield from _leaves(node)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    for index in range(len(node.keywords)):
        other = deepcopy(node)
        del other.keywords[index]
        yield other
    if len(node.args) > 1 and all(isinstance(arg, ast.Name | ast.Attribute) for arg in node.args[:2]):
        yield _with(node, args=[node.args[1], node.args[0], *node.args[2:]])
    if isinstance(node.func, ast.Name) and node.func.id in ("sorted", "reversed") and node.args:
        yield _with(node, func=ast.Name("list", ast.Load()), keywords=[])


def _leaves(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(_SIDES.get(value, f"XX{value}"))
        case ast.Name(id=name) if name in _OTHER and isinstance(node.ctx, ast.Load):
            yield ast.Name(_OTHER[name], ast.Load())
        case ast.Attribute(attr=name) if name in _OTHER and isinstance(node.ctx, ast.Load):
            yield _with(node, attr=_OTHER[name])
        case ast.Slice(lower=lower, upper=upper) if lower and upper:
            yield from (_with(node, lower=None), _with(node, upper=None))


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = deepcopy(node)
    for field, value in fields.items():
        setattr(other, field, value)
    return other
