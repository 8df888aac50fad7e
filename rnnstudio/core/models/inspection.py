"""What is in the file of a model, and if it does not open, why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.opened_layers import (
    OpenedBidirectional,
    OpenedCell,
    OpenedDense,
    OpenedLayer,
)
from rnnstudio.core.models.opened_model import Model


@dataclass(frozen=True)
class InspectedLayer:
    """A layer: its name and class in the file, its units (None if it has none), its weights."""

    name: str
    kind: str
    units: int | None
    weights: int
    recurrent: bool


@dataclass(frozen=True)
class InspectedModel:
    """The layers of a file that opens; of another one ``why`` it does not."""

    layers: tuple[InspectedLayer, ...] = ()
    assumed: Message | None = None
    why: Message | None = None

    @property
    def opens(self) -> bool:
        """Whether the model can be looked into."""
        return self.why is None

    @property
    def recurrent(self) -> int:
        """How many of its layers are recurrent."""
        return sum(layer.recurrent for layer in self.layers)


def inspect_model(path: Path) -> InspectedModel:
    """What is in the model's file."""
    try:
        model = open_model(path)
    except UserError as error:
        return InspectedModel(why=error.message)
    return InspectedModel(inspected_layers(model), model.assumed)


def inspected_layers(model: Model) -> tuple[InspectedLayer, ...]:
    """The layers of an opened model."""
    return tuple(map(_inspected, model.spec.layers))


def _inspected(layer: OpenedLayer) -> InspectedLayer:
    seen = layer.forward if isinstance(layer, OpenedBidirectional) else layer
    units = seen.units if isinstance(seen, OpenedCell | OpenedDense) else None
    weights = sum(array.size for _, array in layer.arrays())
    recurrent = isinstance(layer, OpenedCell | OpenedBidirectional)
    return InspectedLayer(layer.name, layer.kind, units, weights, recurrent)
