"""A model's weights as the engine keeps them: one flat vector, seen as a few fused matrices.

The paper has an array for every gate; the engine wants one matrix product a step. A
``ParameterLayout`` says where each of the paper's arrays stands inside a layer's fused matrices.
Values, gradient and the optimiser's moments are flat vectors over the whole model, so that an
optimiser's step is a handful of in-place calls however many layers there are.

Rows that feed a sigmoid are halved in ``folded``, the copy the forward pass multiplies with:
sigmoid(z) = 0.5 tanh(z / 2) + 0.5, so that one tanh serves every gate. The backward pass uses
``values``, whose gradient is then the paper's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.engine.spec import FloatArray, LayerWeights, Weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message


@dataclass(frozen=True)
class Slot:
    """Where the paper's array ``name`` stands: rows and columns of fused matrix ``matrix``."""

    name: str
    matrix: int
    rows: slice
    columns: slice

    @property
    def shape(self) -> tuple[int, int]:
        """Shape of the paper's array."""
        return (self.rows.stop - self.rows.start, self.columns.stop - self.columns.start)


@dataclass(frozen=True)
class ParameterLayout:
    """One layer's fused matrices: their shapes, what stands where, and the rows to be halved."""

    shapes: tuple[tuple[int, int], ...] = ()
    slots: tuple[Slot, ...] = ()
    halved: tuple[slice, ...] = ()


@dataclass(frozen=True, eq=False)
class LayerParameters:
    """One layer's fused matrices, views into the flat vectors of the model."""

    values: tuple[FloatArray, ...]
    folded: tuple[FloatArray, ...]
    gradient: tuple[FloatArray, ...]


class Parameters:
    """The flat vectors ``values``, ``gradient`` and ``folded`` of a model, and views by layer."""

    def __init__(self, layouts: Sequence[ParameterLayout], dtype: str) -> None:
        self._layouts = layouts
        size = sum(rows * columns for layout in layouts for rows, columns in layout.shapes)
        self.values = np.zeros(size, dtype)
        self.gradient = np.zeros(size, dtype)
        self.folded = np.zeros(size, dtype)
        self._scale = np.ones(size, dtype)
        for layout, matrices in zip(layouts, self._views(self._scale), strict=True):
            for matrix, rows in zip(matrices, layout.halved, strict=True):
                matrix[rows] = 0.5
        self.layers = [
            LayerParameters(*views)
            for views in zip(
                self._views(self.values),
                self._views(self.folded),
                self._views(self.gradient),
                strict=True,
            )
        ]

    def _views(self, flat: FloatArray) -> list[tuple[FloatArray, ...]]:
        views, start = [], 0
        for layout in self._layouts:
            matrices = []
            for rows, columns in layout.shapes:
                stop = start + rows * columns
                matrices.append(flat[start:stop].reshape(rows, columns))
                start = stop
            views.append(tuple(matrices))
        return views

    def fold(self) -> None:
        """Bring ``folded`` up to date; to be called after every change of ``values``."""
        np.multiply(self.values, self._scale, out=self.folded)

    def load(self, weights: Weights) -> None:
        """Take ``weights`` in; raises UserError if an array is missing or has a wrong shape."""
        if len(weights) != len(self._layouts):
            raise UserError(
                "The weights are for {found} layers; the model has {layers}.",
                found=len(weights),
                layers=len(self._layouts),
            )
        for number, (layout, arrays) in enumerate(zip(self._layouts, weights, strict=True), 1):
            _check(number, layout, arrays)
            for slot in layout.slots:
                matrix = self.layers[number - 1].values[slot.matrix]
                matrix[slot.rows, slot.columns] = arrays[slot.name]
        self.fold()

    def weights(self) -> Weights:
        """A copy of the values under the paper's names."""
        return self._unpack(self.values)

    def gradients(self) -> Weights:
        """A copy of the gradient under the paper's names."""
        return self._unpack(self.gradient)

    def _unpack(self, flat: FloatArray) -> Weights:
        return [
            {slot.name: views[slot.matrix][slot.rows, slot.columns].copy() for slot in layout.slots}
            for layout, views in zip(self._layouts, self._views(flat), strict=True)
        ]


def _check(number: int, layout: ParameterLayout, arrays: LayerWeights) -> None:
    expected = {slot.name: slot.shape for slot in layout.slots}
    if set(arrays) != set(expected):
        raise UserError(
            "Layer {number} has the weights {found}; it needs {expected}.",
            number=number,
            found=", ".join(sorted(arrays)) or Message("none"),
            expected=", ".join(sorted(expected)) or Message("none"),
        )
    for name, shape in expected.items():
        if arrays[name].shape != shape:
            raise UserError(
                "{name} of layer {number} has the shape {found}; it must be {shape}.",
                name=name,
                number=number,
                found=arrays[name].shape,
                shape=shape,
            )
        if not np.isfinite(arrays[name]).all():
            raise UserError(
                "{name} of layer {number} holds a number that is not finite.",
                name=name,
                number=number,
            )
