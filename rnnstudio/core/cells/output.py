"""The layers that make a cell's prediction of its hidden state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rnnstudio.core.cells.activation_functions import activated
from rnnstudio.core.cells.table import Cell, Operation, OutputLayer, row
from rnnstudio.core.messages import Message

MOST_DENSE = 20
"""Layers that a cell's prediction may go through."""
_JOINED = {
    "concat": "stack({y}, {other})",
    "concat below": "stack({other}, {y})",
    "sum": "{y} + {other}",
    "mul": "{y} * {other}",
    "ave": "0.5 * ({y} + {other})",
}
"""What each way of joining two directions makes of a state ``y`` and that of the other one."""

_MEANINGS = {
    "scale": Message("every row scaled, as batch normalisation does it"),
    "normalise": Message("the rows normalised among each other"),
    "activation": Message("activation of the rows"),
    "masked": Message("nothing where the step is masked"),
    "concat": Message("the hidden states of both directions"),
    "concat below": Message("the hidden states of both directions"),
    "sum": Message("the hidden states of both directions, added"),
    "mul": Message("the hidden states of both directions, multiplied"),
    "ave": Message("the mean of both directions' hidden states"),
    "mean": Message("the mean over the steps: this one's share, and the others'"),
    "max": Message("the maximum over the steps: of this one and the others"),
    "flatten": Message("dense layer over all steps: this one, and what the others add"),
}
"""What each kind of layer gives; dense ones are counted."""


def with_dense(cell: Cell, activations: Sequence[str], hidden: Sequence[int] = ()) -> Cell:
    """The cell whose prediction goes through one dense layer for each activation.

    ``hidden`` has the units of all layers but the last, whose size is the scene's n_y. Layer k is
    the value ``yk`` with the parameters ``Wyk`` and ``byk``; the last one keeps the cell's names.
    """
    units = (*hidden, 0)
    return with_outputs(
        cell, [OutputLayer("dense", *each) for each in zip(units, activations, strict=True)]
    )


def with_outputs(cell: Cell, layers: Sequence[OutputLayer]) -> Cell:
    """The cell whose prediction goes through these layers, the last of them a dense one.

    Layer k is the value ``yk``. Its parameters are ``Wyk`` (a matrix) or ``gyk`` (a factor for each
    row) and ``byk``, what each step is given from outside ``oyk``, and of a mean over the steps the
    share of one of them ``syk``. The last layer keeps the cell's names, and n_y units. Raises
    ValueError if it is not dense.
    """
    if layers[-1].kind not in ("dense", "flatten"):
        raise ValueError("the last layer must be dense")
    W, b = cell.output
    parameters, rows = dict(cell.parameters), list(cell.recurrence)
    before, width = "a_next", "n_a"
    for k, layer in enumerate(layers[:-1], start=1):
        made = _Names(f"y{k}", f"Wy{k}", f"gy{k}", f"by{k}", before)
        parameters |= made.parameters(layer, str(layer.units), width)
        counted = Message("dense layer {number} above the hidden state", {"number": k})
        rows.append(made.row(layer, _MEANINGS.get(layer.kind, counted)))
        before, width = made.value, str(layer.units)
    last = _Names("y", W, "gy", b, before)
    parameters |= last.parameters(layers[-1], "n_y", width)
    formula = last.row(layers[-1], "").formula
    rows.append(row(cell.predicted.name, formula, cell.predicted.meaning, cell.predicted.box))
    said = (*layers[:-1], replace(layers[-1], units=0))
    return replace(cell, parameters=parameters, forward=tuple(rows), output_layers=said)


@dataclass(frozen=True)
class _Names:
    """What the value of a layer, its parameters and what it is made of are called."""

    value: str
    matrix: str
    factor: str
    bias: str
    before: str

    def parameters(self, layer: OutputLayer, units: str, width: str) -> dict[str, tuple[str, str]]:
        """Rows and columns of each parameter of the layer."""
        if layer.kind in ("dense", "flatten"):
            return {self.matrix: (units, width), self.bias: (units, "1")}
        if layer.kind in ("scale", "normalise"):
            return {self.factor: (units, "1"), self.bias: (units, "1")}
        return {}

    def row(self, layer: OutputLayer, meaning: Message | str) -> Operation:
        """The layer as a row of the table."""
        return row(self.value, self._formula(layer), meaning)

    def _formula(self, layer: OutputLayer) -> str:
        y, other = self.before, f"o{self.value}"
        match layer.kind:
            case "dense":
                return activated(layer.activation, f"{self.matrix} @ {y} + {self.bias}")
            case "flatten":
                summed = f"{self.matrix} @ {y} + {other} + {self.bias}"
                return activated(layer.activation, summed)
            case "scale":
                return f"{self.factor} * {y} + {self.bias}"
            case "normalise":
                apart = f"({y} - mean({y}))"
                spread = f"(mean({apart} ** 2) + {layer.constant}) ** -0.5"
                return f"{self.factor} * {apart} * {spread} + {self.bias}"
            case "activation":
                return _activation(layer, y)
            case "masked":
                return f"mask * {y}"
            case "mean":
                return f"s{self.value} * {y} + {other}"
            case "max":
                return f"{other} + relu({y} - {other})"
        return _JOINED[layer.kind].format(y=y, other=other)


def _activation(layer: OutputLayer, y: str) -> str:
    """An activation alone; with a constant it is written out."""
    c = layer.constant
    if c is None:
        return activated(layer.activation, y)
    match layer.activation:
        case "leaky_relu":
            return f"relu({y}) - {c} * relu(-{y})"
        case "elu":
            return f"relu({y}) + {c} * (exponential(-relu(-{y})) - 1)"
        case "relu":
            return f"relu({y}) - relu({y} - {c})"
    raise ValueError(f"{layer.activation} has no constant")


def linear(cell: Cell) -> Cell:
    """The cell whose prediction is a number and not a probability, as in forecasts."""
    return with_dense(cell, ("linear",))
