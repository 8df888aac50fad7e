"""The layers of an opened model, with their weights, and what each makes of one example.

A layer hands on ``LayerValues``: values (T_x, n) of a sequence, or (n,) after the last step, and
which steps count. Every layer computes as at inference. Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import FUNCTIONS, Array, softmax
from rnnstudio.core.cells.table import Cell, Variant
from rnnstudio.core.cells.variants import MASK, varied

Mask = npt.NDArray[np.bool_]
Merge = Literal["concat", "sum", "mul", "ave"]
Pooled = Literal["mean", "max"]


@dataclass(frozen=True, eq=False)
class LayerValues:
    """What a layer hands on: ``values`` (T_x, n) or (n,); ``mask`` (T_x,) is true where it counts.

    Without a mask every step counts.
    """

    values: Array
    mask: Mask | None = None


@dataclass(frozen=True, eq=False)
class OpenedLayer:
    """A layer as its file calls it (``name``) and of which class it is there (``kind``)."""

    name: str
    kind: str

    def apply(self, given: LayerValues) -> LayerValues:
        """What the layer hands on; shapes as in ``LayerValues``, float64, without a unit."""
        return given

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """Its weights by their names, of any shape; float64, without a unit."""
        for name, value in vars(self).items():
            if isinstance(value, OpenedLayer):
                yield from value.arrays()
            elif isinstance(value, Mapping):
                yield from value.items()
            elif isinstance(value, np.ndarray):
                yield name, value


class OpenedIdentity(OpenedLayer):
    """A layer that does nothing at inference, such as a dropout."""


@dataclass(frozen=True, eq=False)
class OpenedCell(OpenedLayer):
    """A recurrent layer: ``weights`` are the learned arrays of the cell's table.

    ``backwards``: it reads the sequence from its end; what it hands on is in its own order.
    ``zero_masked``: of every step it hands on zeros where the step is masked, not the old state.
    """

    cell: str
    units: int
    every_step: bool
    weights: Mapping[str, Array]
    variant: Variant = field(default_factory=Variant)
    backwards: bool = False
    zero_masked: bool = False

    def table(self, *, masked: bool) -> Cell:
        """Its cell, which passes masked steps over if ``masked``."""
        return varied(self.cell, replace(self.variant, masked=masked))

    def in_order(self, given: LayerValues) -> LayerValues:
        """The sequence (T_x, n) as the layer reads it, from the first step or from the last."""
        if not self.backwards:
            return given
        mask = None if given.mask is None else given.mask[::-1]
        return LayerValues(given.values[::-1], mask)

    def hidden(self, given: LayerValues) -> Array:
        """The hidden state after each step in the layer's own order, (T_x, units)."""
        ordered = self.in_order(given)
        cell = self.table(masked=ordered.mask is not None)
        cell = replace(cell, forward=cell.recurrence)
        initial = {state: np.zeros((self.units, 1)) for state in cell.states}
        x = np.asarray(ordered.values.T, dtype=np.float64)[:, None, :]
        further = {} if ordered.mask is None else {MASK: 1.0 * ordered.mask[None, None, :]}
        steps = unroll.forward(cell, x, self.weights, initial, further=further)
        return np.asarray(unroll.sequence(steps, "a_next")[:, 0].T)

    def apply(self, given: LayerValues) -> LayerValues:
        """Every step's hidden state (T_x, units), or the last one (units,); without a unit."""
        hidden = self.hidden(given)
        mask = self.in_order(given).mask
        if not self.every_step:
            return LayerValues(hidden[-1])
        if self.zero_masked and mask is not None:
            hidden = hidden * mask[:, None]
        return LayerValues(hidden, mask)


@dataclass(frozen=True, eq=False)
class OpenedBidirectional(OpenedLayer):
    """Two recurrent layers that read the same sequence in both directions, and how they are joined.

    What the second one hands on is turned round, so that both say what they know of the same step.
    """

    forward: OpenedCell
    backward: OpenedCell
    merge: Merge

    @property
    def every_step(self) -> bool:
        """Whether it hands on every step or the last one of each direction."""
        return self.forward.every_step

    def both(self, given: LayerValues) -> tuple[Array, Array]:
        """What each direction hands on, (T_x, units) or (units,); without a unit."""
        first = self.forward.apply(given).values
        second = self.backward.apply(given).values
        return first, second[::-1] if self.every_step else second

    def joined(self, first: Array, second: Array) -> Array:
        """Both joined along the last axis, (T_x, n) or (n,)."""
        match self.merge:
            case "concat":
                return np.concatenate([first, second], axis=-1)
            case "sum":
                return first + second
            case "mul":
                return first * second
        return 0.5 * (first + second)

    def apply(self, given: LayerValues) -> LayerValues:
        """Both directions joined, (T_x, n) or (n,); without a unit."""
        return LayerValues(self.joined(*self.both(given)), given.mask if self.every_step else None)


@dataclass(frozen=True, eq=False)
class OpenedDense(OpenedLayer):
    """activation(W @ y + b) of the last axis: ``W`` (units, n), ``b`` (units,)."""

    W: Array
    b: Array
    activation: str = "linear"

    @property
    def units(self) -> int:
        """How many rows it gives."""
        return len(self.W)

    def apply(self, given: LayerValues) -> LayerValues:
        """The last axis weighted, (…, units); without a unit."""
        z = given.values @ self.W.T + self.b
        return replace(given, values=activate_rows(self.activation, z))


@dataclass(frozen=True, eq=False)
class OpenedActivation(OpenedLayer):
    """An activation alone; ``constant`` as in ``OutputLayer``."""

    activation: str
    constant: float | None = None

    def apply(self, given: LayerValues) -> LayerValues:
        """The activation of every number, (…, n); a softmax is over the last axis; no unit."""
        z, c = given.values, self.constant
        if c is None:
            return replace(given, values=activate_rows(self.activation, z))
        if self.activation == "relu":
            return replace(given, values=np.clip(z, 0, c))
        below = z if self.activation == "leaky_relu" else np.expm1(np.minimum(z, 0))
        return replace(given, values=np.where(z > 0, z, c * below))


@dataclass(frozen=True, eq=False)
class OpenedScale(OpenedLayer):
    """g * y + b of the last axis, ``g`` and ``b`` (n,): batch normalisation once it is trained."""

    g: Array
    b: Array

    def apply(self, given: LayerValues) -> LayerValues:
        """Every row scaled and moved, (…, n); without a unit."""
        return replace(given, values=given.values * self.g + self.b)


@dataclass(frozen=True, eq=False)
class OpenedNormalisation(OpenedLayer):
    """g * (y - mean) / sqrt(variance + epsilon) + b over the last axis, ``g`` and ``b`` (n,)."""

    g: Array
    b: Array
    epsilon: float

    def apply(self, given: LayerValues) -> LayerValues:
        """Every step normalised by itself, (…, n); without a unit."""
        apart = given.values - given.values.mean(axis=-1, keepdims=True)
        variance = (apart**2).mean(axis=-1, keepdims=True)
        normal = apart / np.sqrt(variance + self.epsilon)
        return replace(given, values=self.g * normal + self.b)


@dataclass(frozen=True, eq=False)
class OpenedPooling(OpenedLayer):
    """The mean or the maximum over all steps."""

    pooled: Pooled

    def apply(self, given: LayerValues) -> LayerValues:
        """One value for each row, (n,); a mean leaves masked steps out; without a unit."""
        if self.pooled == "max":
            return LayerValues(given.values.max(axis=0))
        return LayerValues(given.values.T @ self.shares(given))

    def shares(self, given: LayerValues) -> Array:
        """How much each step counts in the mean, (T_x,), float64, without a unit."""
        counted = np.ones(len(given.values)) if given.mask is None else 1.0 * given.mask
        return np.asarray(counted / max(counted.sum(), 1.0))


class OpenedFlatten(OpenedLayer):
    """All steps side by side."""

    def apply(self, given: LayerValues) -> LayerValues:
        """All numbers on one axis, (T_x · n,); without a unit."""
        return LayerValues(given.values.reshape(-1))


@dataclass(frozen=True, eq=False)
class OpenedReshape(OpenedLayer):
    """The same numbers in another ``shape``, in which one length may be -1."""

    shape: tuple[int, ...]

    def apply(self, given: LayerValues) -> LayerValues:
        """The numbers in the shape; without a unit. Raises ValueError if they do not fit."""
        return LayerValues(given.values.reshape(self.shape))


@dataclass(frozen=True, eq=False)
class OpenedRepeat(OpenedLayer):
    """One vector at each of ``count`` steps."""

    count: int

    def apply(self, given: LayerValues) -> LayerValues:
        """The vector (n,) as a sequence (count, n); without a unit."""
        return LayerValues(np.tile(given.values, (self.count, 1)))


@dataclass(frozen=True, eq=False)
class OpenedMasking(OpenedLayer):
    """Steps in which every number is ``value`` do not count, and are zero."""

    value: float

    def apply(self, given: LayerValues) -> LayerValues:
        """The sequence (T_x, n) with its mask; without a unit."""
        counts = (given.values != self.value).any(axis=-1)
        return LayerValues(given.values * counts[:, None], None if counts.all() else counts)


@dataclass(frozen=True, eq=False)
class OpenedEmbedding(OpenedLayer):
    """A row of ``table`` (vocabulary, n) for each token; token 0 does not count if ``masks``."""

    table: Array
    masks: bool = False

    def apply(self, given: LayerValues) -> LayerValues:
        """The rows (T_x, n) of the tokens (T_x,) or (T_x, 1); without a unit.

        A number is taken for the nearest token of the vocabulary.
        """
        tokens = self.tokens(given.values)
        counts = tokens != 0
        mask = counts if self.masks and not counts.all() else None
        return LayerValues(self.table[tokens], mask)

    def tokens(self, values: Array) -> npt.NDArray[np.intp]:
        """The tokens (T_x,) that numbers of any shape stand for, whole, without a unit."""
        nearest = np.rint(np.asarray(values, dtype=np.float64)).reshape(-1)
        return np.clip(nearest, 0, len(self.table) - 1).astype(np.intp)


@dataclass(frozen=True, eq=False)
class OpenedConvolution(OpenedLayer):
    """A convolution over the steps: ``kernel`` (width, n, filters), ``b`` (filters,)."""

    kernel: Array
    b: Array
    activation: str = "linear"
    padding: str = "valid"
    stride: int = 1
    dilation: int = 1

    def apply(self, given: LayerValues) -> LayerValues:
        """The filters at every place where the kernel fits, (T, filters); without a unit."""
        width = self.dilation * (len(self.kernel) - 1) + 1
        x = padded(given.values, self.padding, width, self.stride, 0.0)
        starts = range(0, len(x) - width + 1, self.stride)
        z = np.stack(
            [
                np.einsum("kn,knf->f", x[at : at + width : self.dilation], self.kernel) + self.b
                for at in starts
            ]
        )
        return LayerValues(activate_rows(self.activation, z))


@dataclass(frozen=True, eq=False)
class OpenedWindows(OpenedLayer):
    """The maximum or the mean of every ``width`` steps."""

    pooled: Pooled
    width: int
    stride: int
    padding: str = "valid"
    _outside: ClassVar[float] = np.nan

    def apply(self, given: LayerValues) -> LayerValues:
        """The maximum or mean of each window, (T, n); without a unit."""
        x = padded(given.values, self.padding, self.width, self.stride, self._outside)
        starts = range(0, len(x) - self.width + 1, self.stride)
        function = np.nanmax if self.pooled == "max" else np.nanmean
        return LayerValues(np.stack([function(x[at : at + self.width], axis=0) for at in starts]))


def padded(x: Array, padding: str, width: int, stride: int, value: float) -> Array:
    """``x`` (T_x, n) with rows of ``value`` around it as Keras pads it; float64, without a unit."""
    if padding == "causal":
        return np.pad(x, ((width - 1, 0), (0, 0)), constant_values=value)
    if padding != "same":
        return x
    places = -(-len(x) // stride)
    more = max((places - 1) * stride + width - len(x), 0)
    return np.pad(x, ((more // 2, more - more // 2), (0, 0)), constant_values=value)


def activate_rows(name: str, values: Array) -> Array:
    """The activation of ``values`` of any shape, a softmax over the last axis."""
    if name == "softmax":
        return np.asarray(softmax(values[..., None])[..., 0])
    return np.asarray(FUNCTIONS[name](values))
