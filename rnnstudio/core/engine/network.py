"""A model's layers with all their buffers, for one batch size.

Arrays are of the model's dtype, float32 or float64, and have no unit. Lengths are of any int dtype,
in steps.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.dense import DenseLayer, dense_layout
from rnnstudio.core.engine.dropout import DropoutLayer
from rnnstudio.core.engine.kinds import kind_of
from rnnstudio.core.engine.parameters import LayerParameters, ParameterLayout, Parameters
from rnnstudio.core.engine.spec import Dense, FloatArray, Layer, ModelSpec, Recurrent
from rnnstudio.core.engine.steps import BatchSize, IntArray, StepSpan, counted_steps, cuts


class FastLayer(Protocol):
    """A layer with its buffers; what it returns is valid until its next call."""

    def forward(self, x: FloatArray, span: StepSpan) -> FloatArray:
        """Output (steps, outputs, batch) for ``x`` (steps, inputs, batch)."""
        ...

    def backward(self, d: FloatArray, span: StepSpan) -> FloatArray | None:
        """Write the weight gradient; give the gradient of the input (steps, inputs, batch).

        ``d`` (steps, outputs, batch) is that of the output. A first layer gives None.
        """
        ...


def make_parameters(spec: ModelSpec, dtype: str) -> Parameters:
    """Arrays for the model's weights, all zero."""
    layouts = [_layout(layer, n) for layer, n in zip(spec.layers, spec.input_sizes(), strict=True)]
    return Parameters(layouts, dtype)


def weight_shapes(spec: ModelSpec) -> list[dict[str, tuple[int, int]]]:
    """Shapes of the model's weights, layer by layer; nothing of their size is made."""
    layouts = [_layout(layer, n) for layer, n in zip(spec.layers, spec.input_sizes(), strict=True)]
    return [{slot.name: slot.shape for slot in layout.slots} for layout in layouts]


def _layout(layer: Layer, n: int) -> ParameterLayout:
    if isinstance(layer, Recurrent):
        return kind_of(layer.cell).layout(layer.units, n)
    return dense_layout(layer.units, n) if isinstance(layer, Dense) else ParameterLayout()


class Network:
    """The layers of ``spec`` over at most ``steps`` steps of exactly ``batch`` examples.

    ``truncate`` as in ``FitSpec``.
    """

    def __init__(
        self,
        spec: ModelSpec,
        parameters: Parameters,
        steps: int,
        batch: int,
        *,
        truncate: int | None = None,
    ) -> None:
        self._size = size = BatchSize(steps, batch, parameters.values.dtype.name)
        self._truncate = truncate
        self._layers: list[FastLayer] = []
        for layer, n, mine in zip(spec.layers, spec.input_sizes(), parameters.layers, strict=True):
            self._layers.append(self._make(layer, mine, n, size))
            if isinstance(layer, Recurrent) and not layer.every_step:
                size = BatchSize(1, batch, size.dtype)
        self._whole_keep = cuts(self._size, None, truncate)
        self._span = self._span_of(None, None)

    def _make(
        self, layer: Layer, parameters: LayerParameters, n: int, size: BatchSize
    ) -> FastLayer:
        if isinstance(layer, Recurrent):
            needs_dx = bool(self._layers)
            return kind_of(layer.cell).layer(layer, parameters, n, size, needs_dx)
        if isinstance(layer, Dense):
            return DenseLayer(layer, parameters, n, size)
        return DropoutLayer(layer.rate, n, size)

    def _span_of(self, lengths: IntArray | None, masks: np.random.Generator | None) -> StepSpan:
        if lengths is None:
            return StepSpan(self._size.steps, None, self._whole_keep, masks)
        keep = cuts(self._size, lengths, self._truncate)
        return StepSpan(int(lengths.max()), lengths, keep, masks)

    def forward(
        self,
        x: npt.NDArray[Any],
        lengths: IntArray | None = None,
        masks: np.random.Generator | None = None,
    ) -> FloatArray:
        """Output (steps, outputs, batch), or (1, outputs, batch) of a last-step model.

        ``x`` is (batch, steps, features). With ``lengths`` only the longest one's steps are run;
        what stands in the padding is taken for zero. ``masks`` draws the dropout masks; None leaves
        dropout off.
        """
        self._span = self._span_of(lengths, masks)
        if lengths is not None:
            x = np.where(counted_steps(lengths, self._size.steps).T[..., np.newaxis], x, 0)
        steps = self._span.steps
        out: FloatArray = x[:, :steps].transpose(1, 2, 0)
        for layer in self._layers:
            out = layer.forward(out, self._span)
        return out

    def backward(self, d: FloatArray) -> None:
        """Write every layer's weight gradient; ``d`` is that of the output, in its shape."""
        gradient: FloatArray | None = d
        for layer in reversed(self._layers):
            if gradient is not None:
                gradient = layer.backward(gradient, self._span)
