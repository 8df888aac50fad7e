"""Optimisers as Keras defines them, over flat vectors and in place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnnstudio.core.engine.spec import Adam, FloatArray, Sgd


class SgdState:
    """Plain gradient descent."""

    def __init__(self, settings: Sgd, values: FloatArray) -> None:
        self.learning_rate = settings.learning_rate
        self._scratch = np.zeros_like(values)

    def step(self, values: FloatArray, gradient: FloatArray) -> None:
        """values -= learning_rate * gradient, both flat: (weights,)."""
        np.multiply(gradient, self.learning_rate, out=self._scratch)
        np.subtract(values, self._scratch, out=values)

    def moments(self) -> dict[str, FloatArray]:
        """Nothing is remembered from step to step: no array of any shape."""
        return {}

    def load_moments(self, moments: Mapping[str, FloatArray], steps: int) -> None:
        """Nothing to take, whatever the shapes."""


class AdamState:
    """Adam (Kingma and Ba 2015), in the form of the end of its section 2, as Keras has it.

    The bias corrections go into the step size; epsilon is added to the uncorrected root.
    """

    def __init__(self, settings: Adam, values: FloatArray) -> None:
        self._settings = settings
        self.learning_rate = settings.learning_rate
        self._m, self._v = np.zeros_like(values), np.zeros_like(values)
        self._scratch, self._root = np.zeros_like(values), np.zeros_like(values)
        self._steps = 0

    def step(self, values: FloatArray, gradient: FloatArray) -> None:
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

    def moments(self) -> dict[str, FloatArray]:
        """Running means of the gradient ("m") and of its square ("v"), flat: (weights,)."""
        return {"m": self._m, "v": self._v}

    def load_moments(self, moments: Mapping[str, FloatArray], steps: int) -> None:
        """Go on as after ``steps`` steps that left these ``moments``, (weights,) each."""
        np.copyto(self._m, moments["m"])
        np.copyto(self._v, moments["v"])
        self._steps = steps


def make_optimizer(settings: Sgd | Adam, values: FloatArray) -> SgdState | AdamState:
    """The optimiser's state for parameters like the flat ``values`` (weights,)."""
    return SgdState(settings, values) if isinstance(settings, Sgd) else AdamState(settings, values)
