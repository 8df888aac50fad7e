"""The layers behind a cell as rows that make its prediction, and the gradient back through them.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rnnstudio.core.cells.activation_functions import ACTIVATIONS
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.output import MOST_DENSE
from rnnstudio.core.cells.table import Cell, OutputLayer, Values
from rnnstudio.core.models.opened_layers import (
    LayerValues,
    Mask,
    OpenedActivation,
    OpenedCell,
    OpenedDense,
    OpenedFlatten,
    OpenedIdentity,
    OpenedLayer,
    OpenedNormalisation,
    OpenedPooling,
    OpenedReshape,
    OpenedScale,
)


@dataclass
class PredictionHead:
    """Collects rows, their parameters and what they are given, layer by layer.

    ``values`` (T_x, n) are what the rows so far make of each step of the scene, in its order;
    ``order`` (T_x,) says which step of the sequence each of them is. ``steps_left``: the next layer
    reads all steps, as behind a cell that hands on every one. ``unread`` is the first layer that
    could not be made a row; None if all could.
    """

    values: Array
    mask: Mask | None
    order: Sequence[int]
    steps_left: bool
    layers: list[OutputLayer] = field(default_factory=list)
    parameters: list[tuple[Array, ...]] = field(default_factory=list)
    given: dict[str, Array] = field(default_factory=dict)
    unread: OpenedLayer | None = None
    _side_by_side: bool = False
    last_state: Array = field(init=False)
    """The hidden state after the last step, (n_a, 1)."""

    def __post_init__(self) -> None:
        self.last_state = self.values[-1][:, None]

    def zero_masked(self, cell: OpenedCell) -> None:
        """Hand on zeros at masked steps, if the layer does."""
        if cell.zero_masked and cell.every_step and self.mask is not None:
            row = OutputLayer("masked", cell.units)
            self._add(row, (), self.values * self.mask[:, None])

    def join(self, kind: str, other: Array, joined: Array) -> None:
        """Join each step with the other direction's, ``other`` (T_x, n), to ``joined`` (T_x, n)."""
        self.given[f"oy{len(self.layers) + 1}"] = other.T[:, None, :]
        self._add(OutputLayer(kind, joined.shape[-1]), (), joined)  # type: ignore[arg-type]

    def follow(self, layers: Sequence[OpenedLayer]) -> None:
        """Add the layers, as far as they can be followed from step to step."""
        for layer in layers:
            if len(self.layers) >= MOST_DENSE - 1 or not self._follow(layer):
                self.unread = layer
                break
        if not self.layers or self.layers[-1].kind not in ("dense", "flatten"):
            n = self.values.shape[-1]
            self._add(OutputLayer("dense", n), (np.eye(n), np.zeros(n)), self.values)
        if self.layers[-1].kind == "flatten":  # the last layer keeps the cell's names
            self.given["oy"] = self.given.pop(f"oy{len(self.layers)}")

    def _follow(self, layer: OpenedLayer) -> bool:
        """Add a layer; false if it cannot be a row."""
        if self._side_by_side:
            return self._follow_side_by_side(layer)
        match layer:
            case OpenedIdentity():
                pass
            case OpenedDense(W=W, b=b, activation=activation):
                row = OutputLayer("dense", len(W), activation)
                self._add(row, (W, b), self._applied(layer))
            case OpenedActivation(activation=activation, constant=constant):
                self._activate(layer, activation, constant)
            case OpenedScale(g=g, b=b):
                self._add(OutputLayer("scale", len(g)), (g, b), self._applied(layer))
            case OpenedNormalisation(g=g, b=b, epsilon=epsilon):
                row = OutputLayer("normalise", len(g), constant=epsilon)
                self._add(row, (g, b), self._applied(layer))
            case OpenedPooling() if self.steps_left:
                self._pool(layer)
            case OpenedFlatten() if self.steps_left:
                self._side_by_side = True
            case OpenedReshape():  # the same numbers
                return not self.steps_left
            case _:
                return False
        return True

    def _follow_side_by_side(self, layer: OpenedLayer) -> bool:
        """Add a layer that reads all steps at once; false if it cannot be a row."""
        match layer:
            case OpenedDense(W=W, b=b, activation=activation):
                self._flattened(W, b, activation)
            case OpenedActivation(activation=activation, constant=constant):
                if activation == "softmax":
                    return False
                self._activate(layer, activation, constant)
            case _:
                return isinstance(layer, OpenedIdentity)
        return True

    def _applied(self, layer: OpenedLayer) -> Array:
        return layer.apply(LayerValues(self.values)).values

    def _add(self, row: OutputLayer, parameters: tuple[Array, ...], values: Array) -> None:
        self.layers.append(row)
        self.parameters.append(tuple(map(_matrix, parameters)))
        self.values = values

    def _activate(self, layer: OpenedActivation, activation: str, constant: float | None) -> None:
        values = self._applied(layer)
        last = self.layers[-1] if self.layers else None
        linear = last is not None and (last.kind, last.activation) == ("dense", "linear")
        if constant is None and last is not None and linear:  # the same row
            self.layers[-1] = OutputLayer("dense", last.units, activation)
            self.values = values
            return
        row = OutputLayer("activation", values.shape[-1], activation, constant)
        self._add(row, (), values)

    def _pool(self, layer: OpenedPooling) -> None:
        """Of each step the part that it has in the whole, beside that of the others."""
        k, steps = len(self.layers) + 1, len(self.values)
        whole = layer.apply(LayerValues(self.values, self.mask)).values
        if layer.pooled == "mean":
            shares = layer.shares(LayerValues(self.values, self.mask))
            self.given[f"sy{k}"] = shares[None, None, :]
            others = np.asarray(whole - shares[:, None] * self.values)
        else:
            rest = [np.delete(self.values, t, axis=0) for t in range(steps)]
            largest = [each.max(axis=0) for each in rest if len(each)]
            others = np.asarray(np.stack(largest) if largest else self.values)
        self.given[f"oy{k}"] = others.T[:, None, :]
        row = OutputLayer(layer.pooled, self.values.shape[-1])
        self._add(row, (), np.tile(whole, (steps, 1)))
        self.steps_left, self.mask = False, None

    def _flattened(self, W: Array, b: Array, activation: str) -> None:
        """Of all steps side by side the last one of the scene; the others are given."""
        steps, n = self.values.shape
        blocks = W.reshape(len(W), steps, n)
        in_time = np.zeros_like(self.values)
        in_time[list(self.order)] = self.values
        whole = np.einsum("ytn,tn->y", blocks, in_time)
        own = blocks[:, self.order[-1]]
        others = whole[None, :] - self.values @ own.T
        self.given[f"oy{len(self.layers) + 1}"] = others.T[:, None, :]
        dense = OpenedDense("", "", W, b, activation)
        values = dense.apply(LayerValues(in_time.reshape(-1))).values
        row = OutputLayer("flatten", len(W), activation)
        self._add(row, (own, b), np.tile(values, (steps, 1)))
        self.steps_left = self._side_by_side = False

    def named(self, cell: Cell) -> dict[str, Array]:
        """The parameters, (rows, columns) each, by the names that the rows of ``cell`` have."""
        found: dict[str, Array] = {}
        for k, arrays in enumerate(self.parameters, start=1):
            kind = "W" if self.layers[k - 1].kind in ("dense", "flatten") else "g"
            names = cell.output if k == len(self.parameters) else (f"{kind}y{k}", f"by{k}")
            found |= zip(names, arrays, strict=False)
        return found


def _matrix(array: Array) -> Array:
    """A vector as one column."""
    doubled = np.asarray(array, dtype=np.float64)
    return doubled[:, None] if doubled.ndim == 1 else doubled


def gradient_of_prediction(cell: Cell, last: Values) -> Array:
    """Gradient of the largest entry of the prediction by the hidden state, (n_a, 1).

    Before a softmax: of what goes into it.
    """
    predicted = last[cell.predicted.name]
    d: Array = np.zeros_like(predicted)
    d[int(np.argmax(predicted))] = 1
    below = ("a_next", *(row.name for row in cell.prediction[:-1]))
    for layer, row, before in zip(
        reversed(cell.output_layers), reversed(cell.prediction), reversed(below), strict=True
    ):
        d = _back(layer, row.inputs, last, d, last[before], is_last=row == cell.predicted)
    return d


def _back(
    layer: OutputLayer, inputs: Sequence[str], last: Values, d: Array, y: Array, *, is_last: bool
) -> Array:
    """Gradient of what a row reads, ``y`` (n, 1), from that of the row, ``d`` (rows, 1)."""
    read = [last[name] for name in inputs if last[name] is not y]
    match layer.kind:
        case "dense" | "flatten":
            W, *added = read
            if layer.activation != "softmax" or not is_last:
                d = _activated_back(layer.activation, W @ y + sum(added), d)
            return W.T @ d
        case "normalise":
            return _normalised_back(d * read[0], y, layer.constant or 0.0)
        case "activation":
            return _activation_back(layer, y, d)
        case "concat" | "concat below":
            return d[: len(y)] if layer.kind == "concat" else d[-len(y) :]
        case "max":
            return np.asarray(d * (y > read[0]))
        case "sum" | "ave":
            return d if layer.kind == "sum" else 0.5 * d
    return d * read[0]  # a factor: of a scale, a share, the other direction


def _activated_back(activation: str, z: Array, d: Array) -> Array:
    if activation == "softmax":
        y = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        return np.asarray(y * (d - (d * y).sum(axis=0, keepdims=True)))
    return np.asarray(d * ACTIVATIONS[activation].slope(z))


def _activation_back(layer: OutputLayer, y: Array, d: Array) -> Array:
    c = layer.constant
    if c is None:
        return _activated_back(layer.activation, y, d)
    slopes = {
        "leaky_relu": np.where(y > 0, 1.0, c),
        "elu": np.where(y > 0, 1.0, c * np.exp(np.minimum(y, 0))),
        "relu": 1.0 * ((y > 0) & (y < c)),
    }
    return np.asarray(d * slopes[layer.activation])


def _normalised_back(d: Array, y: Array, epsilon: float) -> Array:
    apart = y - y.mean(axis=0)
    spread = np.sqrt((apart**2).mean(axis=0) + epsilon)
    normal = apart / spread
    return np.asarray((d - d.mean(axis=0) - normal * (d * normal).mean(axis=0)) / spread)
