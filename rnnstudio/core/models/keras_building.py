"""What building the layers of a Keras model has in common: settings, arrays, refusals.

Weights have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, Protocol, cast

from rnnstudio.core.cells.activation_functions import ACTIVATIONS
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.keras_config import DescribedLayer, Entry
from rnnstudio.core.models.opened_model import require_few

_ALIASES = {"swish": "silu", "hard_swish": "hard_silu", None: "linear"}
LayerShape = tuple[int | None, ...]
"""(steps, features) of a sequence, (features,) of a vector, (steps,) of tokens; None: any."""


class KerasArrays(Protocol):
    """Where the arrays of the layers are kept."""

    def __call__(
        self, layer: DescribedLayer, names: Sequence[str], shapes: Sequence[LayerShape]
    ) -> list[FloatArray]:
        """The arrays ``names`` of the layer, of these shapes; float64."""
        ...


class Building:
    """Goes through the layers and keeps in mind what shape the next one reads.

    ``counts_steps``: a layer was built that reads a fixed number of steps.
    """

    def __init__(self, file: str, arrays: KerasArrays, keras_2: bool, shape: LayerShape) -> None:
        self.file, self._arrays, self._keras_2, self.shape = file, arrays, keras_2, shape
        self._weights = 0
        self.counts_steps = False

    def read(
        self, layer: DescribedLayer, names: Sequence[str], shapes: Sequence[LayerShape]
    ) -> list[FloatArray]:
        """The arrays ``names`` of the layer, of the first of ``shapes``; float64, without a unit.

        Raises UserError if the model has too many weights or they have another shape.
        """
        wanted = shapes[: len(names)]
        self._weights += sum(math.prod(cast("tuple[int, ...]", shape)) for shape in wanted)
        require_few(self.file, self._weights)
        return self._arrays(layer, names, wanted)

    def size(self, layer: DescribedLayer) -> int:
        """How many numbers the layer reads; they must be of a fixed number."""
        if any(each is None for each in self.shape):
            self.refuse_input(layer)
        if len(self.shape) > 1:
            self.counts_steps = True
        return math.prod(cast("tuple[int, ...]", self.shape))

    def sequence(self, layer: DescribedLayer) -> int:
        """How many features each step has that the layer reads."""
        if len(self.shape) != 2:
            self.refuse_input(layer)
        return self.features(layer)

    def features(self, layer: DescribedLayer) -> int:
        """How many numbers the last axis has that the layer reads."""
        if self.shape[-1] is None:
            self.refuse_input(layer)
        return self.shape[-1]

    def activation(
        self, layer: DescribedLayer, setting: str, usual: str, *, softmax: bool = False
    ) -> str:
        """The activation that a setting names; raises UserError if it is not read."""
        said = layer.config.get(setting, usual)
        name = _ALIASES.get(said, said) if isinstance(said, str | None) else said
        if name == "hard_sigmoid" and self._keras_2:
            name = "hard_sigmoid_2"
        known = [each for each in ACTIVATIONS if not each.endswith("_2")]
        known += ["softmax"] * softmax
        if isinstance(name, str) and (name in known or name == "hard_sigmoid_2"):
            return name
        shown = said.get("class_name") if isinstance(said, Mapping) else said
        return self.refuse(layer, setting, shown, ", ".join(known))

    def refuse(
        self, layer: DescribedLayer, setting: str, found: Any, read: Message | str
    ) -> NoReturn:
        """Raise UserError: a setting of the layer is ``found`` where only others are read."""
        raise UserError(
            "{file} has a {kind} (“{layer}”, layer {number}) with {setting}={found}; read is "
            "{read}.",
            file=self.file,
            kind=layer.kind,
            layer=layer.name[:40],
            number=layer.number,
            setting=setting,
            found=str(found)[:40],
            read=read,
        )

    def refuse_input(self, layer: DescribedLayer) -> NoReturn:
        """Raise UserError: the layer reads a shape with which it is not read."""
        shape = ", ".join("?" if each is None else str(each) for each in self.shape)
        raise UserError(
            "{file} gives the layer {kind} (“{layer}”, layer {number}) numbers of the shape "
            "({shape}), with which such a layer is not read.",
            file=self.file,
            kind=layer.kind,
            layer=layer.name[:40],
            number=layer.number,
            shape=shape,
        )


def layer_words(layer: DescribedLayer) -> Message:
    """The layer by its class and number, in words."""
    return Message("{kind} (layer {number})", {"kind": layer.kind, "number": layer.number})


def flag(config: Entry, name: str, *, default: bool = True) -> bool:
    """A setting that is true or false; raises ValueError if it is something else."""
    value = config.get(name, default)
    if type(value) is not bool:
        raise ValueError(f"{name} is neither true nor false")
    return value


def first_whole(value: Any) -> int:
    """A whole number, alone or first in a list; raises ValueError if it is something else."""
    return whole(value[0] if isinstance(value, list | tuple) else value)


def whole(value: Any) -> int:
    """A whole number of 31 bits; raises ValueError if it is something else."""
    if type(value) is not int or abs(value) >= 2**31:
        raise ValueError("no whole number")
    return value


def number(value: Any) -> float:
    """A finite number; raises ValueError if it is something else."""
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError("no number")
    return float(value)
