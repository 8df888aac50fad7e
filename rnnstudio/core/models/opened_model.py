"""A model to look into: its layers and their weights, wherever it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import LARGEST
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.opened_layers import (
    LayerValues,
    OpenedBidirectional,
    OpenedCell,
    OpenedEmbedding,
    OpenedLayer,
)
from rnnstudio.core.models.scalers import ModelScalers

MOST_WEIGHTS = 4_000_000
"""Numbers of all layers together."""
MOST_LAYERS = 60


@dataclass(frozen=True, eq=False)
class OpenedStack:
    """Layers one above the other, which read ``n_x`` numbers a step.

    ``steps`` is how many steps it reads, if only so many will do. ``one_vector``: it reads one
    vector of n_x numbers and no sequence.
    """

    n_x: int
    layers: tuple[OpenedLayer, ...]
    steps: int | None = None
    one_vector: bool = False


@dataclass(frozen=True, eq=False)
class Model:
    """A stack of layers with its weights in the paper's layout, and the name it is known by.

    ``assumed`` says what its file does not hold and was taken to be as usual; None if the file
    holds all. ``scalers`` say what its inputs and outputs mean.
    """

    name: str
    spec: OpenedStack
    assumed: Message | None = None
    scalers: ModelScalers = field(default_factory=ModelScalers)

    @property
    def recurrent(self) -> tuple[int, ...]:
        """The places of the layers that can be looked into."""
        return tuple(
            place
            for place, layer in enumerate(self.spec.layers)
            if isinstance(layer, OpenedCell | OpenedBidirectional)
        )

    @cached_property
    def embedding(self) -> OpenedEmbedding | None:
        """The embedding by which it reads tokens; None if it reads numbers."""
        first = self.spec.layers[: self.recurrent[0]]
        return next((each for each in first if isinstance(each, OpenedEmbedding)), None)

    def values(self, x: Array, until: int | None = None) -> LayerValues:
        """What its layers up to ``until`` (all if None) make of ``x`` (n_x, T_x); float64.

        Numbers have no unit.
        Raises UserError when the input does not suit the model.
        """
        given = LayerValues(self._as_read(x))
        try:
            for layer in self.spec.layers[:until]:
                given = layer.apply(given)
        except ValueError as error:
            raise UserError(
                "{model} cannot read {steps} steps: {layer} ({kind}) takes another number of them.",
                model=self.name,
                steps=x.shape[-1],
                layer=layer.name[:60],
                kind=layer.kind,
            ) from error
        return given

    def _as_read(self, x: Array) -> Array:
        n_x = self.spec.n_x
        given = np.asarray(x, dtype=np.float64)
        if given.ndim == 1:
            given = given[None, :] if self.embedding is not None else given[:, None]
        if given.ndim != 2 or given.shape[0] != n_x:
            raise UserError(
                "{model} reads {n_x} numbers a step; the input has {found}.",
                model=self.name,
                n_x=n_x,
                found=x.shape[0],
            )
        return given[:, 0] if self.spec.one_vector else given.T


def require_small(file: str, layer: Message | str, units: int, n_x: int) -> None:
    """Raise UserError when a recurrent layer is too large; its arrays are not read then."""
    require_filled(file, layer, units, n_x)
    most = LARGEST["n_a"]
    if units > most:
        raise UserError(
            "{file} is too large to be looked at: {layer} has {units:n} units; at most {most:n} "
            "can be computed. Train a smaller model.",
            file=file,
            layer=layer,
            units=units,
            most=most,
        )


def require_filled(file: str, layer: Message | str, units: int, n_x: int) -> None:
    """Raise UserError when a layer is empty."""
    if min(units, n_x) < 1:
        raise UserError(
            "{file} has an empty layer: {layer} has {units} units over {n_x} inputs; choose "
            "another file.",
            file=file,
            layer=layer,
            units=units,
            n_x=n_x,
        )


def require_few(file: str, weights: int) -> None:
    """Raise UserError when a model has more weights than are looked at."""
    if weights > MOST_WEIGHTS:
        raise UserError(
            "{file} is too large to be looked at: it has {weights:n} weights; at most {most:n} "
            "are read. Train a smaller model.",
            file=file,
            weights=weights,
            most=MOST_WEIGHTS,
        )


def require_finite(name: str, layers: tuple[OpenedLayer, ...]) -> None:
    """Raise UserError when a weight is not a finite number."""
    for number, layer in enumerate(layers, start=1):
        for weight, array in layer.arrays():
            if not np.isfinite(array).all():
                raise UserError(
                    "{name} cannot be used: {weight} of layer {number} holds something that is "
                    "not a finite number.",
                    name=name,
                    weight=weight,
                    number=number,
                )
