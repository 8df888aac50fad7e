"""Where a scene's numbers come from: the document's examples, chance, a sine, a text."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.published import Example
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import MOST, Mark, Scene, Sizes
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.errors import UserError

SINE_STEPS_PER_WAVE = 16


def random_scene(cell: Cell, sizes: Sizes, seed: int) -> Scene:
    """Everything drawn from a normal distribution; weights scaled by 1 / sqrt(columns)."""
    draw = np.random.default_rng(seed).standard_normal
    return _scene(cell, sizes, seed, draw((sizes.n_x, sizes.m, sizes.T_x)))


def sine_scene(cell: Cell, sizes: Sizes, seed: int) -> Scene:
    """Random weights over a sine; each input and example is shifted a little further."""
    shift = np.arange(sizes.n_x)[:, None, None] + 2 * np.arange(sizes.m)[None, :, None]
    t = np.arange(sizes.T_x)[None, None, :]
    return _scene(cell, sizes, seed, np.sin(2 * np.pi * (t + shift) / SINE_STEPS_PER_WAVE))


def text_scene(cell: Cell, text: str, n_a: int, seed: int) -> Scene:
    """Random weights over a text, one letter a step: n_x and n_y are the letters it has.

    Raises UserError when the text is empty or too long.
    """
    if not 1 <= len(text) <= MOST["T_x"]:
        raise UserError(
            "The text has {n_text} letters; it must have 1 to {most}.",
            n_text=len(text),
            most=MOST["T_x"],
        )
    letters = sorted(set(text))
    sizes = Sizes(len(letters), n_a, len(letters), 1, len(text))
    x = np.zeros((sizes.n_x, 1, sizes.T_x))
    x[[letters.index(letter) for letter in text], 0, np.arange(sizes.T_x)] = 1
    named = tuple(letters)
    return replace(_scene(cell, sizes, seed, x), labels=tuple(text), inputs=named, outputs=named)


def _scene(cell: Cell, sizes: Sizes, seed: int, x: Array) -> Scene:
    # A stream of its own, so that the parameters stay when only the input's source changes.
    draw = np.random.default_rng([seed, 1]).standard_normal
    shapes = cell.parameter_shapes(sizes.n_x, sizes.n_a, sizes.n_y)
    parameters = {
        name: 0.1 * draw(shape) if name in cell.vectors else draw(shape) / np.sqrt(shape[1])
        for name, shape in shapes.items()
    }
    state = (sizes.n_a, sizes.m)
    initial = {name: np.zeros(state) for name in cell.states}
    return Scene(cell, x, parameters, initial, draw((*state, sizes.T_x)))


def paper_scene(example: Example) -> Scene:
    """A published example as a scene, with a mark on every figure that was printed."""
    cell = CELLS[example.function.split("_")[0]]
    inputs = example.inputs
    one_step = "cell" in example.function
    x = inputs["xt"][..., None] if one_step else inputs["x"]
    a0 = inputs["a_prev"] if one_step else inputs["a0"]
    memory = {"c": inputs.get("c_prev", np.zeros_like(a0))} if "c" in cell.states else {}
    if one_step:
        da = inputs.get("da_next", np.zeros_like(a0))[..., None]
    else:
        da = inputs.get("da", np.zeros((*a0.shape, x.shape[-1])))
    return Scene(
        cell,
        x,
        example.parameters,
        {"a": a0, **memory},
        da,
        last={"c": inputs["dc_next"]} if "dc_next" in inputs else {},
        marks=tuple(_marks(example)),
    )


_SHOWN_AS: Mapping[str, str] = {
    "a": "a_next",
    "c": "c_next",
    "y": "yt_pred",
    "yt": "yt_pred",
    "y_pred": "yt_pred",
    "dx": "dxt",
}
"""Names under which the document prints a whole sequence, and a step's value that they hold."""


def _marks(example: Example) -> list[Mark]:
    printed = [name for name in example.printed if "[" in name]
    return [_mark(name, whole_sequence="cell" not in example.function) for name in printed]


def _mark(printed: str, *, whole_sequence: bool) -> Mark:
    """The entries of a step's values that ``printed`` (such as ``a[4][1]``) shows."""
    node = ast.parse(printed, mode="eval").body
    indices: list[int] = []
    while isinstance(node, ast.Subscript):
        indices.insert(0, ast.literal_eval(node.slice))
        node = node.value
    name = ast.unparse(node)
    if name == "cache":  # of the LSTM cell: its second entry is c_next
        name, indices = "c_next", indices[1:]
    elif name == "caches":  # of a sequence: its second entry is x
        name, indices = "xt", indices[1:]
    row, *rest = indices
    column = rest[0] if rest else None
    step = rest[1] if len(rest) > 1 else None
    if whole_sequence and name == "da0":
        return Mark("da_prev", row, column, step=0)
    if whole_sequence and name.startswith(("dW", "db")):
        return Mark(f"{name}_sum", row, column, step=0)
    return Mark(_SHOWN_AS.get(name, name), row, column, step)
