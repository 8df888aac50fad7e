"""What a row of a cell's table does with values, as a tree of circles; knows no Qt.

Weights and biases are left out: they belong to the row and come from no other box.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from rnnstudio.core.cells.table import Cell, Operation

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "−",
    ast.Mult: "×",
    ast.MatMult: "×",
}
_WRITTEN = {"sigmoid": "σ"}


@dataclass(frozen=True)
class Circle:
    """An operator (×, +, −, 1−) or a function over parts, which are circles or values' names."""

    sign: str
    parts: tuple[Tree, ...]

    @property
    def function(self) -> bool:
        """Whether it is a function of one value, written as a word: tanh."""
        return len(self.parts) == 1 and self.sign not in ("1−", "−")


Tree = str | Circle


def circles(cell: Cell, row: Operation) -> Tree | None:
    """What the row makes of values; None if it reads none."""
    return _reduced(row.expression.tree, frozenset(cell.parameters))


def summands(cell: Cell, row: Operation) -> tuple[Tree, ...]:
    """What is added up inside the function around the row: the row's box stands for the rest."""
    tree = circles(cell, row)
    if isinstance(tree, Circle) and tree.function:
        tree = tree.parts[0]
    if isinstance(tree, Circle) and tree.sign in ("+", "stack"):
        return tree.parts
    return () if tree is None else (tree,)


def leaves(tree: Tree) -> tuple[str, ...]:
    """The names in the tree, each once."""
    return tuple(dict.fromkeys(_leaves(tree)))


def trunk(tree: Tree, name: str) -> tuple[Circle, ...]:
    """The circles that the value ``name`` goes through up to the root, the innermost first."""
    if isinstance(tree, Circle):
        for part in tree.parts:
            if name in leaves(part):
                return (*trunk(part, name), tree)
    return ()


def _leaves(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
        return
    for part in tree.parts:
        yield from _leaves(part)


def _reduced(node: ast.expr, left_out: frozenset[str]) -> Tree | None:
    match node:
        case ast.Name(id=name):
            return None if name in left_out else name
        case ast.Attribute(value=matrix):
            return _reduced(matrix, left_out)
        case ast.UnaryOp(operand=operand):
            return _over("−", operand, left_out)
        case ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=right):
            return _over("1−", right, left_out)
        case ast.BinOp(left=base, op=ast.Pow()):
            return _over("x²", base, left_out)
        case ast.BinOp(left=left, op=op, right=right):
            return _joined(_SIGNS[type(op)], [_reduced(side, left_out) for side in (left, right)])
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return _over(_WRITTEN.get(name, name), argument, left_out)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _joined(name, [_reduced(argument, left_out) for argument in arguments])
    return None


def _over(sign: str, node: ast.expr, left_out: frozenset[str]) -> Tree | None:
    part = _reduced(node, left_out)
    return None if part is None else Circle(sign, (part,))


def _joined(sign: str, sides: list[Tree | None]) -> Tree | None:
    """One circle over all sides that read values; sums and products take in their own kind."""
    parts: list[Tree] = []
    for side in sides:
        if isinstance(side, Circle) and side.sign == sign and sign in "+×":
            parts += side.parts
        elif side is not None:
            parts.append(side)
    if len(parts) < 2:
        return parts[0] if parts else None
    return Circle(sign, tuple(parts))
