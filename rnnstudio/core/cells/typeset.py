"""A row's formula as rich text, as LaTeX and as NumPy code, from the tree that is computed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rnnstudio.core.cells.activation_functions import NUMPY_HELPERS
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.table import Operation

_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)


@dataclass(frozen=True)
class _Style:
    """How each kind of node is written; ``{0}`` and ``{1}`` are its parts."""

    name: Callable[[str], str]
    operators: Mapping[type[ast.operator], str]
    minus: str
    transpose: str
    functions: Mapping[str, str]
    other: Callable[[str], str] = "{}({{0}})".format
    """How any other function is written, by what formulas call it."""


def to_html(operation: Operation, notation: Notation = Notation.PAPER) -> str:
    """``name = formula`` as rich text."""
    style = _html(notation)
    return f"{style.name(operation.name)} = {_write(operation.expression.tree, style, 0)}"


def formula_html(operation: Operation, notation: Notation = Notation.PAPER) -> str:
    """The formula alone as rich text."""
    return _write(operation.expression.tree, _html(notation), 0)


def to_latex(operation: Operation, notation: Notation = Notation.PAPER) -> str:
    """``name = formula`` in LaTeX's mathematics mode."""
    style = _latex(notation)
    return f"{style.name(operation.name)} = {_write(operation.expression.tree, style, 0)}"


def to_numpy(operation: Operation) -> str:
    """Lines of NumPy that compute the row from arrays of the same names."""
    tree = operation.expression.tree
    used = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)}  # fmt: skip
    written = used - _NUMPY.functions.keys() | {"sigmoid", "softmax"} & used
    helpers = [text for name, text in _NUMPY_HELPERS.items() if name in written]
    formula = _write(tree, _NUMPY, 0)
    imports = ["import math"] if any("math." in text for text in helpers) else []
    return "\n".join([*imports, "import numpy as np", *helpers, f"{operation.name} = {formula}"])


def _write(node: ast.expr, style: _Style, outer: int) -> str:
    """The node's text, in parentheses where it binds weaker than ``outer``."""
    text, strength = _parts(node, style)
    return f"({text})" if strength < outer else text


def _parts(node: ast.expr, style: _Style) -> tuple[str, int]:
    match node:
        case ast.Name(id=name):
            return style.name(name), _ATOM
        case ast.Constant(value=int() | float() as number):
            return f"{number}", _ATOM
        case ast.UnaryOp(operand=operand):
            return f"{style.minus}{_write(operand, style, _PRODUCT)}", _SUM
        case ast.Attribute(value=matrix):
            return style.transpose.format(_write(matrix, style, _ATOM)), _POWER
        case ast.BinOp(left=left, op=op, right=right):
            strength, left_needs, right_needs = _STRENGTHS[type(op)]
            sides = _write(left, style, left_needs), _write(right, style, right_needs)
            return style.operators[type(op)].format(*sides), strength
        case ast.Call(func=ast.Name(id=name), args=arguments):
            texts = [_write(argument, style, 0) for argument in arguments]
            return (style.functions.get(name) or style.other(name)).format(*texts), _ATOM
    raise ValueError(f"no way to write {ast.dump(node)}")


_STRENGTHS: Mapping[type[ast.operator], tuple[int, int, int]] = {
    # own strength, what the left and the right side must have at least
    ast.Add: (_SUM, _SUM, _SUM),
    ast.Sub: (_SUM, _SUM, _PRODUCT),
    ast.Mult: (_PRODUCT, _PRODUCT, _PRODUCT),
    ast.MatMult: (_PRODUCT, _PRODUCT, _PRODUCT),
    ast.Pow: (_POWER, _ATOM, _ATOM),
}


def _html(notation: Notation) -> _Style:
    return _Style(
        name=lambda name: symbol(name, notation).html,
        operators={
            ast.Add: "{0} + {1}",
            ast.Sub: "{0} − {1}",
            ast.Mult: "{0} ⊙ {1}",
            ast.MatMult: "{0} · {1}",
            ast.Pow: "{0}<sup>{1}</sup>",
        },
        minus="−",
        transpose="{0}<sup>T</sup>",
        functions={
            "sigmoid": "σ({0})",
            "tanh": "tanh({0})",
            "relu": "relu({0})",
            "softmax": "softmax({0})",
            "stack": "[{0}; {1}]",
            "upper": "rows of {1} in {0}",
            "lower": "rows of {1} in {0}",
            "total": "Σ<sub>examples</sub> {0}",
        },
    )


def _latex(notation: Notation) -> _Style:
    return _Style(
        name=lambda name: symbol(name, notation).latex,
        operators={
            ast.Add: "{0} + {1}",
            ast.Sub: "{0} - {1}",
            ast.Mult: r"{0} \odot {1}",
            ast.MatMult: r"{0} \, {1}",
            ast.Pow: "{{{0}}}^{{{1}}}",
        },
        minus="-",
        transpose="{{{0}}}^T",
        functions={
            "sigmoid": r"\sigma\left({0}\right)",
            "tanh": r"\tanh\left({0}\right)",
            "relu": r"\mathrm{{relu}}\left({0}\right)",
            "softmax": r"\mathrm{{softmax}}\left({0}\right)",
            "stack": r"\left[{0};\, {1}\right]",
            "upper": r"\mathrm{{rows}}_{{{1}}}\left({0}\right)",
            "lower": r"\mathrm{{rows}}_{{{1}}}\left({0}\right)",
            "total": r"\sum_{{\mathrm{{examples}}}} {0}",
        },
        other=lambda name: (
            r"\mathrm{{%s}}\left({0}\right)" % name.replace("_", r"\_")  # noqa: UP031
        ),
    )


_NUMPY = _Style(
    name=str,
    operators={
        ast.Add: "{0} + {1}",
        ast.Sub: "{0} - {1}",
        ast.Mult: "{0} * {1}",
        ast.MatMult: "{0} @ {1}",
        ast.Pow: "{0} ** {1}",
    },
    minus="-",
    transpose="{0}.T",
    functions={
        "sigmoid": "sigmoid({0})",
        "tanh": "np.tanh({0})",
        "relu": "np.maximum({0}, 0)",
        "softmax": "softmax({0})",
        "stack": "np.vstack([{0}, {1}])",
        "upper": "{0}[:len({1})]",
        "lower": "{0}[-len({1}):]",
        "total": "np.sum({0}, axis=1, keepdims=True)",
        "mean": "np.mean({0}, axis=0, keepdims=True)",
    },
)
_NUMPY_HELPERS = {
    **NUMPY_HELPERS,
    "sigmoid": "sigmoid = lambda z: 1 / (1 + np.exp(-z))",
    "softmax": "softmax = lambda z: np.exp(z - z.max(0)) / np.exp(z - z.max(0)).sum(0)",
}
