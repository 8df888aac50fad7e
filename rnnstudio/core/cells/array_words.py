"""What an array that a scene is built from is, and what its rows and columns are called."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from rnnstudio.core.cells.box_labels import spoken
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.symbols import Notation, Symbol
from rnnstudio.core.messages import Message

SEQUENCES = ("x", "da")
"""The arrays (rows, m, T_x); of each example they are a matrix with a column for every step."""


@dataclass(frozen=True)
class ArrayLabels:
    """How an array is written, and each of its rows and columns; a lone column has no name."""

    array: Symbol
    rows: tuple[Symbol, ...]
    columns: tuple[Symbol, ...]

    def place(self, row: int, column: int, *, html: bool = False) -> str:
        """An entry of the array: ``W_f[2, C]``, of a lone column ``b_f[2]``."""
        written = [
            symbol.html if html else symbol.text
            for symbol in (self.array, self.rows[row], self.columns[column])
            if symbol.base
        ]
        return f"{written[0]}[{', '.join(written[1:])}]"


def describe_array(scene: Scene, name: str) -> Message:
    """What the array ``name`` is, in a few words that begin with a small letter."""
    cell = scene.cell
    if name == "x":
        return Message("what the cell reads, a column a step")
    if name == "da":
        return Message("gradient of the loss by the hidden state, a column a step")
    if name.endswith("0") and name[:-1] in cell.states:
        return Message(
            "{state} before the first step", {"state": spoken(cell, f"{name[:-1]}_next")}
        )
    reader = next(row for row in cell.forward if name in row.inputs)
    values = {"value": spoken(cell, reader.name)}
    if _is_factor(reader.expression.tree, name):
        return Message("weights of the {value}", values)
    return Message("bias of the {value}", values)


def array_labels(scene: Scene, name: str, notation: Notation = Notation.PAPER) -> ArrayLabels:
    """How the array ``name``, of a sequence one example, its rows and its columns are written.

    Rows and columns are named by what they stand for: an entry of the old hidden state, a letter of
    the input, a step. Units, examples and whatever else has no name have their numbers.
    """
    sizes, written = scene.sizes, symbol(name, notation)
    units = _numbers(sizes.n_a)
    steps = tuple(map(_plain, scene.labels)) or _numbers(sizes.T_x)
    if name == "x":
        return ArrayLabels(Symbol("x"), _inputs(scene), steps)
    if name == "da":
        return ArrayLabels(Symbol(_state(scene.cell.states[0], notation), before="d"), units, steps)
    if name.endswith("0") and name[:-1] in scene.cell.states:
        first = Symbol(_state(name[:-1], notation), sup="⟨0⟩")
        return ArrayLabels(first, units, _numbers(sizes.m))
    rows, columns = scene.cell.parameters[name]
    row_labels = units if rows == "n_a" else _along(scene, rows, notation)
    return ArrayLabels(written, row_labels, _along(scene, columns, notation))


def _along(scene: Scene, size: str, notation: Notation) -> tuple[Symbol, ...]:
    """The names of so many rows or columns: ``size`` is their number in ``Cell.parameters``."""
    state = _state(scene.cell.states[0], notation)
    states = tuple(Symbol(state, sub=str(unit + 1)) for unit in range(scene.sizes.n_a))
    match size:
        case "1":
            return (Symbol(""),)
        case "n_a":
            return states
        case "n_x":
            return _inputs(scene)
        case "n_a+n_x":
            return states + _inputs(scene)
        case "n_y":
            return tuple(map(_plain, scene.outputs)) or _counted("ŷ", scene.sizes.n_y)
    return _numbers(int(size))


def _state(name: str, notation: Notation) -> str:
    return symbol(f"{name}_next", notation).base


def _inputs(scene: Scene) -> tuple[Symbol, ...]:
    return tuple(map(_plain, scene.inputs)) or _counted("x", scene.sizes.n_x)


def _counted(letter: str, count: int) -> tuple[Symbol, ...]:
    return tuple(Symbol(letter, sub=str(place + 1)) for place in range(count))


def _numbers(count: int) -> tuple[Symbol, ...]:
    return tuple(_plain(str(place + 1)) for place in range(count))


def _plain(name: str) -> Symbol:
    return Symbol(name, upright=True)


def _is_factor(node: ast.expr, name: str) -> bool:
    """Whether the value ``name`` multiplies another one somewhere in the formula."""
    products = (ast.Mult, ast.MatMult)
    return any(
        isinstance(part, ast.BinOp)
        and isinstance(part.op, products)
        and any(isinstance(side, ast.Name) and side.id == name for side in (part.left, part.right))
        for part in ast.walk(node)
    )
