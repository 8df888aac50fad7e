"""The layers that the weights of a PyTorch model belong to.

PyTorch has the gates of an LSTM in the order i, f, g, o and of a GRU r, z, n, and two biases for
each (``torch.nn.LSTM``, ``torch.nn.GRU``). Weights have no unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

import numpy as np

from rnnstudio.core.cells.table import Variant
from rnnstudio.core.engine.spec import FloatArray, LayerWeights
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.opened_layers import (
    OpenedActivation,
    OpenedBidirectional,
    OpenedCell,
    OpenedDense,
    OpenedEmbedding,
    OpenedIdentity,
    OpenedLayer,
    OpenedNormalisation,
    OpenedScale,
)
from rnnstudio.core.models.opened_model import MOST_LAYERS, OpenedStack, require_small
from rnnstudio.core.models.torch_modules import (
    CELL_OF_PARTS,
    KIND_OF_CELL,
    Shapes,
    TorchModule,
    class_of,
    modules_of,
    refuse_order,
)

_ACTIVATIONS: Mapping[str, tuple[str, str, float | None]] = {
    "ReLU": ("relu", "", None),
    "Tanh": ("tanh", "", None),
    "Sigmoid": ("sigmoid", "", None),
    "Softmax": ("softmax", "", None),
    "GELU": ("gelu", "", None),
    "SiLU": ("silu", "", None),
    "Mish": ("mish", "", None),
    "Softplus": ("softplus", "", None),
    "Softsign": ("softsign", "", None),
    "SELU": ("selu", "", None),
    "ReLU6": ("relu6", "", None),
    "Hardsigmoid": ("hard_sigmoid", "", None),
    "Hardswish": ("hard_silu", "", None),
    "LeakyReLU": ("leaky_relu", "negative_slope", 0.01),
    "ELU": ("elu", "alpha", 1.0),
}
"""Class, activation, the setting that is its constant, and what that is if it is not said."""
_IDENTITIES = ("Dropout", "Dropout1d", "Identity", "AlphaDropout")
_OTHERS = ("RNN", "LSTM", "GRU", "Linear", "Embedding", "LayerNorm", "BatchNorm1d")
KNOWN_MODULES = (*_OTHERS, *_ACTIVATIONS, *_IDENTITIES)
"""The classes of PyTorch's modules that are read."""

Array = Callable[[str], FloatArray]
"""A tensor by its name, float64."""


def torch_stack(
    file: str, shapes: Shapes, array: Array, metadata: Mapping[str, str]
) -> OpenedStack:
    """The layers with their weights; ``file`` is named in sentences.

    Raises UserError if there is no recurrent layer, a layer is not read, or the order is open.
    """
    modules = modules_of(file, shapes, metadata)
    building = _Torch(file, shapes, array, metadata.get("nonlinearity", "tanh"))
    layers = [layer for module in modules for layer in building.layers(module)]
    left = set(shapes) - building.used
    if left:
        refuse_order(file, min(left))
    if len(layers) > MOST_LAYERS:
        raise UserError(
            "{file} has {count} layers; at most {most} can be read.",
            file=file,
            count=len(layers),
            most=MOST_LAYERS,
        )
    return OpenedStack(building.n_x, tuple(layers))


class _Torch:
    """Makes layers of modules; remembers which tensors were used and how many rows come next."""

    def __init__(self, file: str, shapes: Shapes, array: Array, nonlinearity: str) -> None:
        self._file, self._shapes, self._array = file, shapes, array
        self._nonlinearity = nonlinearity
        self._rows: int | None = None
        self.n_x = 0
        self.used: set[str] = {name for name in shapes if name.endswith("num_batches_tracked")}

    def layers(self, module: TorchModule) -> list[OpenedLayer]:
        """The module as layers: a recurrent one may be several, one above the other."""
        match module.kind:
            case "RNN" | "LSTM" | "GRU":
                return self._recurrent(module)
            case "Linear":
                W = self._matrix(module, "weight")
                b = self._vector(module, "bias", len(W), np.zeros(len(W)))
                self._require_rows(module, W.shape[1])
                self._rows = len(W)
                return [OpenedDense(module.path, module.kind, W, b)]
            case "Embedding":
                return [self._embedding(module)]
            case "LayerNorm" | "BatchNorm1d":
                return [self._normalisation(module)]
        if module.kind in _ACTIVATIONS:
            name, setting, usual = _ACTIVATIONS[module.kind]
            said = module.settings.get(setting)
            constant = usual if said is None else self._number(module, setting)
            return [OpenedActivation(module.path, module.kind, name, constant)]
        if module.kind in _IDENTITIES:
            return [OpenedIdentity(module.path, module.kind)]
        raise UserError(
            "{file} has a layer {kind} (“{layer}”), which is not read; models of nn.RNN, nn.LSTM, "
            "nn.GRU, nn.Linear, nn.Embedding, normalisations and activations are.",
            file=self._file,
            kind=module.kind,
            layer=module.path[:60],
        )

    def _recurrent(self, module: TorchModule) -> list[OpenedLayer]:
        kind = class_of(self._file, self._shapes, module.path)
        if kind != module.kind:
            self._misshapen(module.key("weight_hh_l0"))
        layers: list[OpenedLayer] = []
        number = 0
        while module.key(f"weight_hh_l{number}") in self._shapes:
            if module.key(f"weight_hr_l{number}") in self._shapes:
                raise UserError(
                    "{file} has an {kind} (“{layer}”) with proj_size, which is not read.",
                    file=self._file,
                    kind=module.kind,
                    layer=module.path[:60],
                )
            forward = self._direction(module, f"l{number}")
            layer: OpenedLayer = forward
            units = forward.units
            if module.key(f"weight_hh_l{number}_reverse") in self._shapes:
                name = f"{forward.name} (both)"
                backward = self._direction(module, f"l{number}_reverse", backwards=True)
                layer = OpenedBidirectional(name, module.kind, forward, backward, "concat")
                units += backward.units
            self._rows = units
            layers.append(layer)
            number += 1
        return layers

    def _direction(self, module: TorchModule, end: str, *, backwards: bool = False) -> OpenedCell:
        """One layer of the module in one direction."""
        hidden = self._matrix(module, f"weight_hh_{end}")
        inputs = self._matrix(module, f"weight_ih_{end}")
        units, rows = hidden.shape[1], hidden.shape[0]
        cell = next((name for name, kind in KIND_OF_CELL.items() if kind == module.kind), "")
        if rows != units * _parts(cell) or len(inputs) != rows:
            self._misshapen(module.key(f"weight_ih_{end}"))
        name = module.key(end) if module.path else end
        require_small(self._file, name[:60], units, inputs.shape[1])
        self._require_rows(module, inputs.shape[1])
        biases = [
            self._vector(module, f"bias_{source}_{end}", rows, np.zeros(rows))
            for source in ("ih", "hh")
        ]
        if self._nonlinearity not in ("tanh", "relu"):
            raise UserError(
                "{file} names the nonlinearity {name}; nn.RNN has tanh and relu.",
                file=self._file,
                name=self._nonlinearity[:40],
            )
        squash = self._nonlinearity if cell == "rnn" else "tanh"
        weights = _BLOCKS[cell](inputs, hidden, *biases)
        variant = Variant(squash=squash)
        return OpenedCell(name, module.kind, cell, units, True, weights, variant, backwards)

    def _embedding(self, module: TorchModule) -> OpenedEmbedding:
        table = self._matrix(module, "weight")
        if self._rows is not None:
            refuse_order(self._file, module.key("weight"))
        self.n_x, self._rows = 1, table.shape[1]
        return OpenedEmbedding(module.path, module.kind, table)

    def _normalisation(self, module: TorchModule) -> OpenedLayer:
        """LayerNorm; BatchNorm1d as at inference: a factor and an offset for each row."""
        n = self._rows or 0
        g = self._vector(module, "weight", n, np.ones(n))
        b = self._vector(module, "bias", n, np.zeros(n))
        epsilon = self._number(module, "eps")
        if epsilon == 0:
            raise UserError(
                "{file} has a {kind} (“{layer}”) with eps=0; read is a number above 0.",
                file=self._file,
                kind=module.kind,
                layer=module.path[:60],
            )
        if module.kind == "LayerNorm":
            return OpenedNormalisation(module.path, module.kind, g, b, epsilon)
        mean = self._vector(module, "running_mean", n)
        variance = self._vector(module, "running_var", n)
        if variance.min() < 0:
            raise UserError(
                "{file} has a {kind} (“{layer}”) with a variance of {variance:.3g}, which cannot "
                "be; save the model again.",
                file=self._file,
                kind=module.kind,
                layer=module.path[:60],
                variance=variance.min(),
            )
        factor = g / np.sqrt(variance + epsilon)
        return OpenedScale(module.path, module.kind, factor, b - mean * factor)

    def _require_rows(self, module: TorchModule, n: int) -> None:
        if self._rows is None:
            self.n_x = self._rows = n
        if self._rows != n:
            raise UserError(
                "{file} has a layer {kind} (“{layer}”) over {n} inputs where the one before it "
                "gives {rows}; save it with metadata=dict(layers=str(model)), layers in the order "
                "in which they are computed.",
                file=self._file,
                kind=module.kind,
                layer=module.path[:60],
                n=n,
                rows=self._rows,
            )

    def _matrix(self, module: TorchModule, name: str) -> FloatArray:
        key = module.key(name)
        if len(self._shapes.get(key, ())) != 2 or min(self._shapes[key]) < 1:
            self._misshapen(key)
        self.used.add(key)
        return self._array(key)

    def _vector(
        self, module: TorchModule, name: str, n: int, usual: FloatArray | None = None
    ) -> FloatArray:
        key = module.key(name)
        if key not in self._shapes and usual is not None:
            return usual
        if self._shapes.get(key) != (n,):
            self._misshapen(key)
        self.used.add(key)
        return self._array(key)

    def _number(self, module: TorchModule, setting: str) -> float:
        try:
            number = float(module.settings[setting])
        except (ValueError, LookupError):
            number = np.nan
        if not np.isfinite(number) or number < 0:
            raise UserError(
                "{file} has a {kind} (“{layer}”) without the number {setting}.",
                file=self._file,
                kind=module.kind,
                layer=module.path[:60],
                setting=setting,
            )
        return number

    def _misshapen(self, key: str) -> NoReturn:
        shape = self._shapes.get(key)
        if shape is None:
            raise UserError(
                "{file} lacks the weights {name}; save the model's whole state_dict().",
                file=self._file,
                name=key[:60],
            )
        raise UserError(
            "{file} has the weights {name} of the shape {shape}, which does not fit its layer.",
            file=self._file,
            name=key[:60],
            shape=shape,
        )


def _parts(cell: str) -> int:
    return next(parts for parts, name in CELL_OF_PARTS.items() if name == cell)


def _column(b: FloatArray) -> FloatArray:
    return b[:, None].copy()


def _rnn(W_x: FloatArray, W_a: FloatArray, b_x: FloatArray, b_a: FloatArray) -> LayerWeights:
    return {"Wax": W_x, "Waa": W_a, "ba": _column(b_x + b_a)}


def _lstm(W_x: FloatArray, W_a: FloatArray, b_x: FloatArray, b_a: FloatArray) -> LayerWeights:
    weights: LayerWeights = {}
    parts = (np.split(each, 4) for each in (np.hstack([W_a, W_x]), b_x + b_a))
    for gate, W, b in zip("ifco", *parts, strict=True):
        weights |= {f"W{gate}": W, f"b{gate}": _column(b)}
    return weights


def _gru(W_x: FloatArray, W_a: FloatArray, b_x: FloatArray, b_a: FloatArray) -> LayerWeights:
    weights: LayerWeights = {}
    parts = (np.split(each, 3) for each in (W_x, W_a, b_x, b_a))
    for gate, *each in zip("rzc", *parts, strict=True):
        weights |= {f"W{gate}x": each[0], f"W{gate}a": each[1]}
        weights |= {f"b{gate}x": _column(each[2]), f"b{gate}a": _column(each[3])}
    return weights


_BLOCKS: Mapping[str, Callable[..., LayerWeights]] = {"rnn": _rnn, "lstm": _lstm, "gru": _gru}
"""The paper's arrays from PyTorch's, whose rows are the gates one below the other."""
