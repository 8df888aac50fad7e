"""The source document's seven examples: their inputs, and every figure printed beside them.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnstudio.core.cells import paper
from rnnstudio.core.cells.functions import Array
from rnnstudio.paths import data_file

EIGHT_DECIMALS = 1e-8
"""Tolerance where the document prints eight decimals, which it does for vectors."""
ALL_DIGITS = 1e-12
"""Tolerance where it prints a number whole, which it does for single numbers."""


@dataclass(frozen=True)
class Example:
    """One example of the document.

    ``inputs`` has every array that the example draws, in the order of drawing; ``printed`` the
    figures by the name they are printed under, such as ``a_next[4]``.
    """

    function: str
    inputs: Mapping[str, Array]
    printed: Mapping[str, float | int | list[float]]

    @property
    def parameters(self) -> dict[str, Array]:
        """The drawn weights and biases, in the shapes of ``paper``."""
        return {name: array for name, array in self.inputs.items() if name[0] in "Wb"}


@dataclass(frozen=True)
class Figure:
    """A printed figure beside the computed one; ``difference`` is the largest of its entries."""

    function: str
    name: str
    printed: Any
    computed: Any
    difference: float
    ok: bool


SEED = 1
"""The document's, of every example."""


def examples(seed: int = SEED) -> tuple[Example, ...]:
    """The seven examples, their inputs drawn anew by the document's recipe.

    With another seed than the document's the printed figures are those of other numbers.
    """
    text = data_file("paper/figures.json").read_text(encoding="utf-8")
    return tuple(_example(entry, seed) for entry in json.loads(text)["examples"])


def verify() -> tuple[Figure, ...]:
    """Compute every printed figure and compare."""
    return tuple(figure for example in examples() for figure in _figures(example))


def _example(entry: Mapping[str, Any], seed: int) -> Example:
    draw = np.random.RandomState(seed).randn  # the document's np.random.seed(1)
    inputs = {name: np.asarray(draw(*shape)) for name, shape in entry["draws"]}
    printed = {figure["name"]: figure["printed"] for figure in entry["figures"]}
    return Example(entry["function"], inputs, printed)


def _figures(example: Example) -> list[Figure]:
    outputs = _RUNS[example.function](example)
    return [
        _compare(example.function, name, printed, _look_up(name, outputs))
        for name, printed in example.printed.items()
    ]


def _compare(function: str, name: str, printed: Any, computed: Any) -> Figure:
    computed = np.asarray(computed).tolist()
    difference = float(np.max(np.abs(np.subtract(printed, computed))))
    tolerance = EIGHT_DECIMALS if isinstance(printed, list) else ALL_DIGITS
    return Figure(function, name, printed, computed, difference, difference <= tolerance)


def _rnn_cell_forward(example: Example) -> dict[str, Any]:
    x, a = example.inputs["xt"], example.inputs["a_prev"]
    a_next, yt_pred, cache = paper.rnn_cell_forward(x, a, example.parameters)
    return {"a_next": a_next, "yt_pred": yt_pred, "cache": cache}


def _rnn_forward(example: Example) -> dict[str, Any]:
    x, a0 = example.inputs["x"], example.inputs["a0"]
    a, y_pred, caches = paper.rnn_forward(x, a0, example.parameters)
    return {"a": a, "y_pred": y_pred, "caches": caches}


def _lstm_cell_forward(example: Example) -> dict[str, Any]:
    xt, a_prev, c_prev = (example.inputs[name] for name in ("xt", "a_prev", "c_prev"))
    a_next, c_next, yt, cache = paper.lstm_cell_forward(xt, a_prev, c_prev, example.parameters)
    return {"a_next": a_next, "c_next": c_next, "yt": yt, "cache": cache}


def _lstm_forward(example: Example) -> dict[str, Any]:
    x, a0 = example.inputs["x"], example.inputs["a0"]
    a, y, c, caches = paper.lstm_forward(x, a0, example.parameters)
    return {"a": a, "y": y, "c": c, "caches": caches}


def _rnn_cell_backward(example: Example) -> dict[str, Any]:
    cache = _rnn_cell_forward(example)["cache"]
    return paper.rnn_cell_backward(example.inputs["da_next"], cache)


def _rnn_backward(example: Example) -> dict[str, Any]:
    caches = _rnn_forward(example)["caches"]
    return paper.rnn_backward(example.inputs["da"], caches)


def _lstm_cell_backward(example: Example) -> dict[str, Any]:
    cache = _lstm_cell_forward(example)["cache"]
    gradients = example.inputs["da_next"], example.inputs["dc_next"]
    return paper.lstm_cell_backward(*gradients, cache)


_RUNS: Mapping[str, Callable[[Example], dict[str, Any]]] = {
    "rnn_cell_forward": _rnn_cell_forward,
    "rnn_forward": _rnn_forward,
    "lstm_cell_forward": _lstm_cell_forward,
    "lstm_forward": _lstm_forward,
    "rnn_cell_backward": _rnn_cell_backward,
    "rnn_backward": _rnn_backward,
    "lstm_cell_backward": _lstm_cell_backward,
}


def _look_up(name: str, outputs: Mapping[str, Any]) -> Any:
    """The value a printed name stands for: ``a_next[4]``, ``a.shape``, ``len(caches)``."""

    def value(node: ast.expr) -> Any:
        match node:
            case ast.Name(id=identifier):
                return outputs[identifier]
            case ast.Subscript(value=container, slice=ast.Constant(value=index)):
                return value(container)[index]
            case ast.Attribute(value=array, attr="shape"):
                return value(array).shape
            case ast.Call(func=ast.Name(id="len"), args=[container]):
                return len(value(container))
        raise ValueError(f"a figure cannot be named {name!r}")

    return value(ast.parse(name, mode="eval").body)
