"""One number of an operation's result, taken apart: which numbers made it, and how.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from rnnstudio.core.cells.activation_functions import NUMPY_HELPERS
from rnnstudio.core.cells.expression import evaluate
from rnnstudio.core.cells.functions import FUNCTIONS, Array
from rnnstudio.core.cells.table import Operation


@dataclass(frozen=True)
class Number:
    """A number of the value ``name`` at (row, column), or a constant of the formula."""

    value: float
    name: str = ""
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class Apply:
    """An operator or a function over parts; ``sign`` is what stands between them, or its name."""

    sign: str
    parts: tuple[Node, ...]
    value: float


@dataclass(frozen=True)
class Sum:
    """A long sum: the terms of a row times a column, or of a sum over the examples."""

    terms: tuple[Node, ...]
    value: float


Node = Number | Apply | Sum
_SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "−",
    ast.Mult: "×",
    ast.Pow: "^",
}
STRENGTH: Mapping[str, int] = {"+": 1, "−": 1, "×": 2, "^": 3}
"""How tightly an operator binds."""


@dataclass(frozen=True)
class Element:
    """The entry (row, column) of an operation's result, and the tree of numbers that made it."""

    name: str
    row: int
    column: int
    root: Node

    @property
    def value(self) -> float:
        """The entry itself."""
        return self.root.value

    @property
    def products(self) -> tuple[Node, ...]:
        """The terms of all its long sums."""
        return tuple(term for node in _walk(self.root) if isinstance(node, Sum)
                     for term in node.terms)  # fmt: skip

    @property
    def inner(self) -> Node:
        """The argument of the outermost function; the whole term if there is none."""
        if isinstance(self.root, Apply) and self.function:
            return self.root.parts[0]
        return self.root

    @property
    def function(self) -> str:
        """The outermost function (σ, tanh, relu, softmax); empty if there is none."""
        sign = self.root.sign if isinstance(self.root, Apply) else ""
        return "" if sign == "−" or sign in STRENGTH else sign

    @property
    def summands(self) -> tuple[Node, ...]:
        """What is added up inside the outermost function: products, biases and other terms.

        Empty where nothing is added.
        """
        found = tuple(_summands(self.inner))
        return found if len(found) > 1 else ()

    @property
    def sources(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each input, the entries (row, column) that made this one."""
        found: dict[str, dict[tuple[int, int], None]] = {}
        for node in _walk(self.root):
            if isinstance(node, Number) and node.name:
                found.setdefault(node.name, {})[node.row, node.column] = None
        return {name: tuple(entries) for name, entries in found.items()}


def explain(operation: Operation, values: Mapping[str, Array], row: int, column: int) -> Element:
    """Take the entry (row, column) of the operation's result apart.

    ``values`` are the step's; each is two-dimensional.
    """
    root = _at(operation.expression.tree, values, row, column)
    return Element(operation.name, row, column, root)


def explain_alone(
    operation: Operation, values: Mapping[str, Array], row: int, column: int
) -> Element:
    """Take an entry apart as ``explain`` does, but of a softmax this row alone.

    The other rows stand there as their sums. ``values`` are the step's, shapes as there.
    """
    if operation.function != "softmax":
        return explain(operation, values, row, column)
    tree = operation.expression.tree
    inner = cast("ast.Call", tree).args[0]
    sums = evaluate(inner, values)[:, column]
    own = _at(inner, values, row, column)
    parts = (own, *(Number(z) for z in sums.tolist()))
    root = Apply("softmax", parts, _entry(tree, values, row, column))
    return Element(operation.name, row, column, root)


def recomputed(node: Node, number: Callable[[float], float]) -> float:
    """What the node gives from other numbers: each number of it is what ``number`` makes of it."""
    match node:
        case Number(value=value):
            return number(value)
        case Sum(terms=terms):
            return sum(recomputed(term, number) for term in terms)
        case Apply(sign=sign, parts=(part,)):
            return _FUNCTIONS[sign](recomputed(part, number))
        case Apply(sign=sign, parts=(left, right)):
            return _OPERATORS[sign](recomputed(left, number), recomputed(right, number))
    raise ValueError(f"cannot compute {node} again")


def _of_a_number(function: Callable[..., Array]) -> Callable[[float], float]:
    return lambda x: float(function(np.float64(x)))


_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    **{name: _of_a_number(FUNCTIONS[name]) for name in NUMPY_HELPERS},
    "−": lambda x: -x,
    "σ": _of_a_number(FUNCTIONS["sigmoid"]),
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
}
_OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "−": operator.sub,
    "×": operator.mul,
    "^": operator.pow,
}


def apply_function(name: str, z: float) -> float:
    """What the function around a formula (σ, tanh, relu) gives for ``z``."""
    return _FUNCTIONS[name](z)


def numbers_of(node: Node) -> tuple[Number, ...]:
    """The numbers of values in a node, in the order of reading; constants are none of them."""
    return tuple(part for part in _walk(node) if isinstance(part, Number) and part.name)


def _at(node: ast.expr, values: Mapping[str, Array], i: int, j: int) -> Node:
    """The numbers behind entry (i, j) of ``node``."""
    match node:
        case ast.Name(id=name):
            array = values[name]
            # A bias has one column for all examples.
            i, j = min(i, array.shape[0] - 1), min(j, array.shape[1] - 1)
            return Number(float(array[i, j]), name, i, j)
        case ast.Constant(value=int() | float() as number):
            return Number(float(number))
        case ast.Attribute(value=matrix):
            return _at(matrix, values, j, i)
        case ast.UnaryOp(operand=operand):
            part = _at(operand, values, i, j)
            return Apply("−", (part,), -part.value)
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            width = evaluate(left, values).shape[1]
            terms = ((_at(left, values, i, k), _at(right, values, k, j)) for k in range(width))
            return _sum(tuple(Apply("×", pair, pair[0].value * pair[1].value) for pair in terms))
        case ast.BinOp(left=left, op=op, right=right):
            parts = _at(left, values, i, j), _at(right, values, i, j)
            return Apply(_SIGNS[type(op)], parts, _entry(node, values, i, j))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(node, name, arguments, values, (i, j))
    raise ValueError(f"cannot take {ast.dump(node)} apart")


def _call(
    node: ast.expr,
    name: str,
    arguments: list[ast.expr],
    values: Mapping[str, Array],
    entry: tuple[int, int],
) -> Node:
    i, j = entry
    first = evaluate(arguments[0], values)
    match name:
        case "stack":
            inside = i < first.shape[0]
            return _at(arguments[0 if inside else 1], values, i if inside else i - len(first), j)
        case "upper":
            return _at(arguments[0], values, i, j)
        case "lower":
            skipped = len(first) - len(evaluate(arguments[1], values))
            return _at(arguments[0], values, skipped + i, j)
        case "total":
            return _sum(tuple(_at(arguments[0], values, i, m) for m in range(first.shape[1])))
        case "mean":
            rows = tuple(_at(arguments[0], values, k, j) for k in range(len(first)))
            share = Number(1 / len(first))
            return Apply("×", (_sum(rows), share), _entry(node, values, i, j))
        case "softmax":
            rows = tuple(_at(arguments[0], values, k, j) for k in range(len(first)))
            return Apply("softmax", (rows[i], *rows), _entry(node, values, i, j))
    sign = {"sigmoid": "σ"}.get(name, name)
    return Apply(sign, (_at(arguments[0], values, i, j),), _entry(node, values, i, j))


def _entry(node: ast.expr, values: Mapping[str, Array], i: int, j: int) -> float:
    array = np.atleast_2d(evaluate(node, values))
    return float(array[min(i, array.shape[0] - 1), min(j, array.shape[1] - 1)])


def _sum(terms: tuple[Node, ...]) -> Sum:
    return Sum(terms, math.fsum(term.value for term in terms))


def _summands(node: Node) -> Iterator[Node]:
    match node:
        case Sum(terms=terms):
            for term in terms:
                yield from _summands(term)
        case Apply(sign="+", parts=parts):
            for part in parts:
                yield from _summands(part)
        case _:
            yield node


def _walk(node: Node) -> Iterator[Node]:
    yield node
    children = node.parts if isinstance(node, Apply) else ()
    for child in node.terms if isinstance(node, Sum) else children:
        yield from _walk(child)
