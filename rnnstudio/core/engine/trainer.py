"""One training's state: parameters, networks by batch size, optimiser; steps and evaluations.

The places of the examples are of any int dtype and have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from rnnstudio.core.engine.clipping import after_clipping, clip
from rnnstudio.core.engine.losses import LOSSES
from rnnstudio.core.engine.network import Network, make_parameters
from rnnstudio.core.engine.optimizers import make_optimizer
from rnnstudio.core.engine.spec import (
    ClipByNorm,
    ClipByValue,
    Examples,
    FitCheckpoint,
    FitSpec,
    FloatArray,
    ModelSpec,
    Weights,
)
from rnnstudio.core.engine.steps import IntArray
from rnnstudio.core.engine.trained_model import targets_of
from rnnstudio.core.messages import Message
from rnnstudio.core.training import Gradient

MASKS_BYTES = 16
"""Of the state of the random numbers that draw the dropout masks."""


class NotFiniteError(Exception):
    """``quantity`` stopped being finite; the weights are the ones before."""

    def __init__(self, quantity: Message) -> None:
        super().__init__(quantity)
        self.quantity = quantity


LOSS, GRADIENT_NORM, WEIGHTS_SIZE = (
    Message("loss"),
    Message("gradient norm"),
    Message("size of the weights"),
)
"""What is looked at after every step, in this order."""


class Trainer:
    """Updates weights batch by batch; every buffer is made once for each batch size."""

    def __init__(self, spec: ModelSpec, fit: FitSpec, start: Weights) -> None:
        self._spec, self._fit = spec, fit
        self._loss = LOSSES[spec.loss]
        self._parameters = make_parameters(spec, fit.dtype)
        self._parameters.load(start)
        self._optimizer = make_optimizer(fit.optimizer, self._parameters.values)
        self._clip, self._norm = fit.clip, 0.0
        self._masks = np.random.default_rng([fit.seed, 2])
        self._networks: dict[tuple[int, int], Network] = {}
        self._before: FloatArray = self._parameters.values.copy()
        self._best: FloatArray = self._parameters.values.copy()

    def step(self, examples: Examples, chosen: IntArray) -> tuple[float, int]:
        """Train on the ``chosen`` (batch,) examples; their loss and how many steps it counts.

        Raises NotFiniteError and leaves the weights as they were.
        """
        gradient = self._parameters.gradient
        with np.errstate(over="ignore", invalid="ignore"):
            network = self._network(examples.x.shape[1], len(chosen))
            loss, count, output = self._forward(network, examples, chosen, self._masks)
            if not math.isfinite(loss):
                raise NotFiniteError(LOSS)
            network.backward(output)
            norm = math.sqrt(np.dot(gradient, gradient))
            if not math.isfinite(norm):
                raise NotFiniteError(GRADIENT_NORM)
            clip(gradient, norm, self._clip)
            self._norm = norm
            self._update()
        return loss, count

    def gradient(self) -> Gradient:
        """The norms of the last step's gradient, and the fraction of its entries clipped."""
        return after_clipping(self._parameters.gradient, self._norm, self._clip)

    def tune(self, learning_rate: float, how: ClipByValue | ClipByNorm | None) -> None:
        """Take another learning rate and clipping from the next step on."""
        self._optimizer.learning_rate = learning_rate
        self._clip = how

    def draw_masks(self, seed: Sequence[int]) -> None:
        """Draw the next dropout masks from ``seed``: a step that knows its own can be repeated."""
        self._masks = np.random.default_rng(seed)

    def state(self) -> dict[str, Weights]:
        """Copies of the weights ("now") and of the optimiser's moments, for ``load_state``."""
        vectors = {"now": self._parameters.values, **self._optimizer.moments()}
        return {name: self._unpacked(vector) for name, vector in vectors.items()}

    def load_state(self, state: Mapping[str, Weights], steps: int) -> None:
        """Go on bit by bit where another trainer was when it gave ``state`` after ``steps`` steps.

        Raises UserError if an array is missing, has a wrong shape or is not finite.
        """
        self._parameters.load(state["now"])
        packed = {name: self._packed(state[name]) for name in self._optimizer.moments()}
        self._optimizer.load_moments(packed, steps)

    def memory(self, *, best: bool) -> tuple[dict[str, Weights], bytes]:
        """``memory`` and ``masks`` of a ``FitCheckpoint``, with the ``best`` weights or without."""
        memory = self.state()
        if best:
            memory["best"] = self._unpacked(self._best)
        drawn: int = self._masks.bit_generator.state["state"]["state"]
        return memory, drawn.to_bytes(MASKS_BYTES, "little")

    def resume(self, begun: FitCheckpoint) -> None:
        """Go on bit by bit where another trainer was when it gave the memory of ``begun``.

        Raises UserError if an array is missing, has a wrong shape or is not finite.
        """
        self.load_state(begun.memory, begun.step)
        if "best" in begun.memory:
            np.copyto(self._best, self._packed(begun.memory["best"]))
        state = self._masks.bit_generator.state
        state["state"]["state"] = int.from_bytes(begun.masks, "little")
        self._masks.bit_generator.state = state

    def _unpacked(self, vector: FloatArray) -> Weights:
        parameters = make_parameters(self._spec, self._fit.dtype)
        np.copyto(parameters.values, vector)
        return parameters.weights()

    def _packed(self, weights: Weights) -> FloatArray:
        parameters = make_parameters(self._spec, self._fit.dtype)
        parameters.load(weights)
        return parameters.values

    def _update(self) -> None:
        values, before = self._parameters.values, self._before
        np.copyto(before, values)
        self._optimizer.step(values, self._parameters.gradient)
        if not math.isfinite(np.dot(values, values)):
            np.copyto(values, before)
            raise NotFiniteError(WEIGHTS_SIZE)
        self._parameters.fold()

    def evaluate(self, examples: Examples) -> float:
        """Mean loss over all ``examples``, dropout off."""
        total, counted = 0.0, 0
        indices = np.arange(len(examples.x))
        for start in range(0, len(indices), self._fit.batch_size):
            chosen = indices[start : start + self._fit.batch_size]
            network = self._network(examples.x.shape[1], len(chosen))
            with np.errstate(over="ignore", invalid="ignore"):
                loss, count, _ = self._forward(network, examples, chosen, None)
            total, counted = total + loss * count, counted + count
        return total / counted

    def _network(self, steps: int, batch: int) -> Network:
        if (steps, batch) not in self._networks:
            self._networks[steps, batch] = Network(
                self._spec,
                self._parameters,
                steps,
                batch,
                truncate=self._fit.truncate,
            )
        return self._networks[steps, batch]

    def _forward(
        self,
        network: Network,
        examples: Examples,
        chosen: IntArray,
        masks: np.random.Generator | None,
    ) -> tuple[float, int, FloatArray]:
        lengths = None if examples.lengths is None else examples.lengths[chosen]
        output = network.forward(examples.x[chosen], lengths, masks)
        y, counted = targets_of(self._spec, examples.y[chosen], lengths, len(output))
        loss = self._loss(output, y, counted)
        count = output.shape[0] * len(chosen) if counted is None else int(counted.sum())
        return loss, count, output

    def keep_best(self) -> None:
        """Remember the weights as they are."""
        np.copyto(self._best, self._parameters.values)

    def restore_best(self) -> None:
        """Go back to the weights that were remembered last."""
        np.copyto(self._parameters.values, self._best)
        self._parameters.fold()

    def weights(self) -> Weights:
        """A copy of the weights under the paper's names."""
        return self._parameters.weights()
