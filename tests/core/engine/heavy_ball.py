"""An optimiser that the application does not have, and its entry in the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.engine.optimizers import Optimizer, Vector


@dataclass(frozen=True)
class HeavyBall:
    """Descent with momentum (Polyak 1964), with the fields of Keras' SGD."""

    learning_rate: float = 0.1
    momentum: float = 0.9


class HeavyBallState:
    """The velocity of the weights."""

    def __init__(self, settings: HeavyBall, values: Vector) -> None:
        self.learning_rate, self._momentum = settings.learning_rate, settings.momentum
        self._velocity = np.zeros_like(values)

    def step(self, values: Vector, gradient: Vector) -> None:
        self._velocity *= self._momentum
        self._velocity -= self.learning_rate * gradient
        values += self._velocity

    def moments(self) -> dict[str, Vector]:
        return {"velocity": self._velocity}

    def load_moments(self, moments: Mapping[str, Vector], steps: int) -> None:  # noqa: ARG002
        np.copyto(self._velocity, moments["velocity"])


HEAVY_BALL = Optimizer(HeavyBall, HeavyBallState, keras="SGD")
