"""A formula that is computed as it is written.

A row of a cell's table holds one string in NumPy's notation, such as
``sigmoid(Wf @ concat + bf)``. This module parses it once; the numbers, the list of inputs and every
way of showing the formula come from that one tree, so what is shown is what was computed. Only
arithmetic, ``@``, ``.T`` and the functions of ``functions.py`` exist in it.

Values are float64 or float32, in which the result is too, and have no unit.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np

from rnnstudio.core.cells.functions import FUNCTIONS, Array

_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.MatMult: operator.matmul,
    ast.Pow: operator.pow,
}


@dataclass(frozen=True)
class Expression:
    """A parsed formula.

    Raises ValueError when the text is not a formula of the kind described above.
    """

    text: str
    tree: ast.expr = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        tree = ast.parse(self.text, mode="eval").body
        _check(tree)
        object.__setattr__(self, "tree", tree)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The names the formula needs, each once, in the order of reading."""
        functions = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        names = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Name) and id(node) not in functions
        ]
        names.sort(key=lambda node: (node.lineno, node.col_offset))
        return tuple(dict.fromkeys(node.id for node in names))

    @cached_property
    def function(self) -> str:
        """The function that the formula is a call of; empty if it is not a call."""
        match self.tree:
            case ast.Call(func=ast.Name(id=name)):
                return name
        return ""

    def compute(self, values: Mapping[str, Array]) -> Array:
        """The formula's value; raises KeyError when an input has none.

        Each value is (rows, m), or (rows, columns) for a weight and (rows, 1) for a bias; further
        axes in front are those of several passes at once.
        """
        return evaluate(self.tree, values)


def evaluate(node: ast.expr, values: Mapping[str, Array]) -> Array:
    """The value of one node of a formula's tree, given the values of the names in it.

    Shapes as in ``Expression.compute``.
    """
    result: Any
    match node:
        case ast.Name(id=name):
            result = values[name]
        case ast.Constant(value=number):
            result = number
        case ast.BinOp(left=left, op=op, right=right):
            result = _BINARY[type(op)](evaluate(left, values), evaluate(right, values))
        case ast.UnaryOp(operand=operand):
            result = -evaluate(operand, values)
        case ast.Attribute(value=matrix):
            result = np.swapaxes(evaluate(matrix, values), -1, -2)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            result = FUNCTIONS[name](*(evaluate(argument, values) for argument in arguments))
        case _:
            raise ValueError(f"no rule for {ast.dump(node)}")
    return cast(Array, result)


def _check(node: ast.expr) -> None:
    """Refuse everything that ``evaluate`` has no rule for."""
    match node:
        case ast.Name() | ast.Constant(value=int() | float()):
            children: list[ast.expr] = []
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            children = [left, right]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            children = [operand]
        case ast.Attribute(value=value, attr="T"):
            children = [value]
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            children = arguments
        case _:
            raise ValueError(f"not allowed in a formula: {ast.unparse(node)}")
    for child in children:
        _check(child)
