"""Mutants: a rule's source with one small fault in it, as a slip of the hand would leave it."""

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
"""Operators of Python, and what stands in the place of each."""


class Mutant(NamedTuple):
    """Where the fault is and what it does; `source` is the whole file with it."""

    line: int
    what: str
    source: str


class _Site(NamedTuple):
    line: int
    what: str
    spoil: Callable[[], None]


def count(source: str) -> int:
    """How many mutants a source has."""
    return sum(1 for _ in _sites(ast.parse(source)))


def mutant(source: str, number: int) -> Mutant:
    """The mutant of that number, from 0."""
    tree = ast.parse(source)
    site = [*_sites(tree)][number]
    site.spoil()
    return Mutant(site.line, site.what, ast.unparse(ast.fix_missing_locations(tree)) + "\n")


def _sites(tree: ast.Module) -> Iterator[_Site]:
    """Every place within a function: what stands around functions are names, types and tables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name != "__repr__":
            for each in node.body:
                yield from _within(each)


def _within(node: ast.AST) -> Iterator[_Site]:
    if isinstance(node, ast.FunctionDef):  # it has its own turn
        return
    yield from _of(node)
    for child in ast.iter_child_nodes(node):
        yield from _within(child)


def _of(node: ast.AST) -> Iterator[_Site]:
    line = getattr(node, "lineno", 0)
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                yield from _swapped(line, ops, place, op)
        case ast.BoolOp() | ast.BinOp():
            yield from _swapped(line, node, "op", node.op)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _Site(line, "no not", lambda: _become(node, operand))
        case ast.If(test=test) | ast.IfExp(test=test):
            yield _Site(line, "condition turned", lambda: setattr(node, "test", _negated(test)))
        case ast.Constant(value=bool() | int()):
            yield _other(line, node)
        case ast.stmt():
            yield from _without(line, node)


def _other(line: int, node: ast.Constant) -> _Site:
    value = node.value
    assert isinstance(value, int)
    other = not value if isinstance(value, bool) else value + 1
    return _Site(line, f"{value} made {other}", lambda: setattr(node, "value", other))


def _without(line: int, node: ast.stmt) -> Iterator[_Site]:
    match node:
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            nothing = ast.Constant(None)
            yield _Site(line, "returns nothing", lambda: setattr(node, "value", nothing))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise():
            yield _Site(line, "left out", lambda: _become(node, ast.Pass()))


def _swapped(line: int, owner: object, place: int | str, op: ast.AST) -> Iterator[_Site]:
    other = SWAPS.get(type(op))
    if other is None:
        return
    what = f"{type(op).__name__} made {other.__name__}"

    def spoil() -> None:
        if isinstance(owner, list) and isinstance(place, int):
            owner[place] = other()
        else:
            setattr(owner, str(place), other())

    yield _Site(line, what, spoil)


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _become(node: ast.AST, other: ast.AST) -> None:
    """Put another node in the place of this one, which its parents still hold."""
    node.__class__ = type(other)
    vars(node).clear()
    vars(node).update(vars(other))


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
