"""Optimisers as Keras defines them: settings, and steps over flat vectors in place.

A new one is settings, a state and an entry in ``OPTIMIZERS``; both engines train with it then.

Arrays are of the model's dtype, float32 or float64, and have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import require_below_one, require_positive
from rnnstudio.core.messages import Message

Vector = npt.NDArray[np.floating[Any]]
"""One number for each weight of the model, flat: (weights,)."""


class OptimizerSettings(Protocol):
    """A frozen dataclass; its fields have the names and the defaults of Keras' class."""

    @property
    def learning_rate(self) -> float:
        """The size of a step."""
        ...


class OptimizerState(Protocol):
    """What an optimiser remembers of one training."""

    learning_rate: float

    def step(self, values: Vector, gradient: Vector) -> None:
        """Update ``values`` (weights,) in place; ``gradient`` (weights,) stays as it is."""
        ...

    def moments(self) -> dict[str, Vector]:
        """What is remembered from step to step, by name: (weights,) each."""
        ...

    def load_moments(self, moments: Mapping[str, Vector], steps: int) -> None:
        """Go on as after ``steps`` steps that left these ``moments``, (weights,) each."""
        ...


@dataclass(frozen=True)
class Sgd:
    """Plain gradient descent."""

    learning_rate: float = 0.01

    def __post_init__(self) -> None:
        require_positive(Message("learning rate"), self.learning_rate)


class SgdState:
    """Plain gradient descent under way."""

    def __init__(self, settings: Sgd, values: Vector) -> None:
        self.learning_rate = settings.learning_rate
        self._scratch = np.zeros_like(values)

    def step(self, values: Vector, gradient: Vector) -> None:
        """values -= learning_rate * gradient, both flat: (weights,)."""
        np.multiply(gradient, self.learning_rate, out=self._scratch)
        np.subtract(values, self._scratch, out=values)

    def moments(self) -> dict[str, Vector]:
        """Nothing is remembered from step to step: no array of any shape."""
        return {}

    def load_moments(self, moments: Mapping[str, Vector], steps: int) -> None:
        """Nothing is taken, for any shapes."""


@dataclass(frozen=True)
class Adam:
    """Adam as Keras defines it, with Keras' defaults."""

    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    def __post_init__(self) -> None:
        require_positive(Message("learning rate"), self.learning_rate)
        require_positive(Message("epsilon"), self.epsilon)
        require_below_one(Message("first beta"), self.beta_1)
        require_below_one(Message("second beta"), self.beta_2)


class AdamState:
    """Adam (Kingma and Ba 2015), in the form of the end of its section 2, as Keras has it.

    The bias corrections go into the step size; epsilon is added to the uncorrected root.
    """

    def __init__(self, settings: Adam, values: Vector) -> None:
        self._settings = settings
        self.learning_rate = settings.learning_rate
        self._m, self._v = np.zeros_like(values), np.zeros_like(values)
        self._scratch, self._root = np.zeros_like(values), np.zeros_like(values)
        self._steps = 0

    def step(self, values: Vector, gradient: Vector) -> None:
        """One update of ``values`` (weights,); ``gradient`` (weights,) stays as it is."""
        s, m, v, scratch, root = self._settings, self._m, self._v, self._scratch, self._root
        self._steps += 1
        correction = (1 - s.beta_2**self._steps) ** 0.5 / (1 - s.beta_1**self._steps)
        np.subtract(gradient, m, out=scratch)
        np.multiply(scratch, 1 - s.beta_1, out=scratch)
        np.add(m, scratch, out=m)
        np.multiply(gradient, gradient, out=scratch)
        np.subtract(scratch, v, out=scratch)
        np.multiply(scratch, 1 - s.beta_2, out=scratch)
        np.add(v, scratch, out=v)
        np.sqrt(v, out=root)
        np.add(root, s.epsilon, out=root)
        np.multiply(m, self.learning_rate * correction, out=scratch)
        np.divide(scratch, root, out=scratch)
        np.subtract(values, scratch, out=values)

    def moments(self) -> dict[str, Vector]:
        """Running means of the gradient ("m") and of its square ("v"), flat: (weights,)."""
        return {"m": self._m, "v": self._v}

    def load_moments(self, moments: Mapping[str, Vector], steps: int) -> None:
        """Go on as after ``steps`` steps that left these ``moments``, (weights,) each."""
        np.copyto(self._m, moments["m"])
        np.copyto(self._v, moments["v"])
        self._steps = steps


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with decoupled weight decay as Keras defines it, with Keras' defaults."""

    weight_decay: float = 0.004

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (math.isfinite(self.weight_decay) and self.weight_decay >= 0):
            raise UserError(
                "The weight decay is {weight_decay}; it must be a number of at least 0.",
                weight_decay=self.weight_decay,
            )


class AdamWState(AdamState):
    """AdamW (Loshchilov and Hutter 2019): every step first shrinks the weights themselves.

    As in Keras all weights shrink, biases too, by the share learning_rate * weight_decay.
    """

    def __init__(self, settings: AdamW, values: Vector) -> None:
        super().__init__(settings, values)
        self._weight_decay = settings.weight_decay

    def step(self, values: Vector, gradient: Vector) -> None:
        """One update of ``values`` (weights,); ``gradient`` (weights,) stays as it is."""
        np.multiply(values, self.learning_rate * self._weight_decay, out=self._scratch)
        np.subtract(values, self._scratch, out=values)
        super().step(values, gradient)


@dataclass(frozen=True)
class Optimizer:
    """An optimiser as both engines have it.

    ``state`` begins a training from its ``settings`` and from values (weights,). ``keras`` is the
    class in ``keras.optimizers`` that takes the same settings; None if there is none.
    """

    settings: type[OptimizerSettings]
    state: Callable[[Any, Vector], OptimizerState]
    keras: str | None = None


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer(Sgd, SgdState, keras="SGD"),
    "adam": Optimizer(Adam, AdamState, keras="Adam"),
    "adamw": Optimizer(AdamW, AdamWState, keras="AdamW"),
}
"""Every optimiser that there is, by its name."""


def optimizer_of(settings: OptimizerSettings) -> Optimizer:
    """The optimiser that has these settings; raises UserError if none has."""
    for optimizer in OPTIMIZERS.values():
        if type(settings) is optimizer.settings:
            return optimizer
    raise UserError(
        "There is no optimiser named {name!r}; choose one of {known}.",
        name=type(settings).__name__,
        known=", ".join(optimizer.settings.__name__ for optimizer in OPTIMIZERS.values()),
    )


def make_optimizer(settings: OptimizerSettings, values: Vector) -> OptimizerState:
    """The optimiser's state for parameters like the flat ``values`` (weights,)."""
    return optimizer_of(settings).state(settings, values)
