"""A model to look into: what it is and its weights, wherever it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.scene import MOST
from rnnstudio.core.engine.spec import LayerWeights, ModelSpec, Recurrent, Weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message


@dataclass(frozen=True, eq=False)
class Model:
    """A stack of layers with its weights in the paper's layout, and the name it is known by.

    ``assumed`` says what its file does not hold and was taken to be as usual; None if the file
    holds all.
    """

    name: str
    spec: ModelSpec
    weights: Weights
    assumed: Message | None = None

    @property
    def recurrent(self) -> tuple[int, ...]:
        """The places of the layers that can be looked into."""
        return tuple(
            place for place, layer in enumerate(self.spec.layers) if isinstance(layer, Recurrent)
        )


def require_small(file: str, layer: Message | str, units: int, n_x: int) -> None:
    """Raise UserError when a layer is too large to be looked at; its arrays are not read then."""
    most = MOST["n_a"]
    if min(units, n_x) < 1:
        raise UserError(
            "{file} has an empty layer: {layer} has {units} units over {n_x} inputs; choose "
            "another file.",
            file=file,
            layer=layer,
            units=units,
            n_x=n_x,
        )
    if max(units, n_x) > most:
        raise UserError(
            "{file} is too large to be looked at: {layer} has {units} units over {n_x} inputs; at "
            "most {most} of each are shown. Train a smaller model.",
            file=file,
            layer=layer,
            units=units,
            n_x=n_x,
            most=most,
        )


def require_finite(name: str, layers: Iterable[LayerWeights]) -> None:
    """Raise UserError when a weight is not a finite number."""
    for number, arrays in enumerate(layers, start=1):
        for weight, array in arrays.items():
            if not np.isfinite(array).all():
                raise UserError(
                    "{name} cannot be used: {weight} of layer {number} holds something that is "
                    "not a finite number.",
                    name=name,
                    weight=weight,
                    number=number,
                )
