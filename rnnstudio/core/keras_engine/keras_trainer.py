"""One Keras training's state: what ``core.engine.trainer.Trainer`` is for NumPy, in TensorFlow.

The training around it (order of the examples, epochs, patience, events) is the engine's own, so
that the two differ in nothing but the arithmetic.

The places of the examples are of any int dtype and have no unit.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.network import make_parameters
from rnnstudio.core.engine.spec import Examples, FitCheckpoint, FitSpec, ModelSpec, Weights
from rnnstudio.core.engine.steps import IntArray
from rnnstudio.core.engine.trainer import GRADIENT_NORM, LOSS, WEIGHTS_SIZE, NotFiniteError
from rnnstudio.core.keras_engine.build import (
    arrays_of,
    build_loss,
    build_model,
    get_weights,
    layers_of,
    run_model,
    set_weights,
)
from rnnstudio.core.keras_engine.execution_mode import Way
from rnnstudio.core.keras_engine.keras_optimizers import build_optimizer, moments_of

_QUANTITIES = (LOSS, GRADIENT_NORM, WEIGHTS_SIZE)


class KerasTrainer:
    """Updates a Keras model's weights batch by batch.

    One ``tf.function`` does a whole step, gradient, clipping and update; it is traced once for each
    batch size, since a graph that leaves the size open runs up to twice as long.
    """

    def __init__(
        self, spec: ModelSpec, fit: FitSpec, start: Weights, *, steps: int, way: Way
    ) -> None:
        import keras
        import tensorflow as tf

        keras.utils.clear_session()
        self._spec, self._fit = spec, fit
        self._model = build_model(spec, steps, fit, unroll=way == "unrolled")
        make_parameters(spec, fit.dtype).load(start)  # refuses what does not fit, in our words
        set_weights(self._model, spec, start)
        self._loss = build_loss(spec.loss, fit.dtype)
        self._variables = [variable.value for variable in self._model.trainable_variables]
        self._optimizer = build_optimizer(fit)
        self._optimizer.build(self._model.trainable_variables)
        # AutoGraph reads source text, which a frozen application does not have.
        function = partial(tf.function, autograph=False, jit_compile=way == "compiled")
        self._train, self._test = function(self._train_graph), function(self._test_graph)
        self._best = self.weights()

    def step(self, examples: Examples, chosen: IntArray) -> tuple[float, int]:
        """Train on the ``chosen`` (batch,) examples; their loss and how many steps it counts.

        Raises NotFiniteError and leaves the weights as they were.
        """
        x, y, mask, count = self._batch(examples, chosen)
        loss, *others = self._train(x, y, mask)
        for quantity, value in zip(_QUANTITIES, (loss, *others), strict=True):
            if not math.isfinite(value):
                raise NotFiniteError(quantity)
        return float(loss), count

    def evaluate(self, examples: Examples) -> float:
        """Mean loss over all ``examples``, dropout off."""
        total, counted, size = 0.0, 0, self._fit.batch_size
        for start in range(0, len(examples.x), size):
            x, y, mask, count = self._batch(examples, np.arange(start, start + size))
            total, counted = total + float(self._test(x, y, mask)) * count, counted + count
        return total / counted

    def keep_best(self) -> None:
        """Remember the weights as they are."""
        self._best = self.weights()

    def restore_best(self) -> None:
        """Go back to the weights that were remembered last."""
        set_weights(self._model, self._spec, self._best)

    def weights(self) -> Weights:
        """A copy of the weights under the paper's names."""
        return get_weights(self._model, self._spec)

    def memory(self, *, best: bool) -> tuple[dict[str, Weights], bytes]:
        """``memory`` and ``masks`` of a ``FitCheckpoint``, with the ``best`` weights or without.

        Keras draws its masks from a seed and the number of the step: there is no more state.
        """
        memory = {"now": self.weights()}
        for name, variables in moments_of(self._optimizer).items():
            arrays = iter([np.array(variable.numpy()) for variable in variables])
            memory[name] = layers_of(self._spec, arrays)
        if best:
            memory["best"] = self._best
        return memory, b""

    def resume(self, begun: FitCheckpoint) -> None:
        """Go on bit by bit where another trainer was when it gave the memory of ``begun``."""
        memory = begun.memory
        set_weights(self._model, self._spec, memory["now"])
        for name, variables in moments_of(self._optimizer).items():
            arrays = arrays_of(self._spec, memory[name])
            for variable, array in zip(variables, arrays, strict=True):
                variable.assign(array)
        self._optimizer.iterations.assign(begun.step)
        self._best = list(memory.get("best", self._best))
        for layer in self._model.layers:
            if (generator := getattr(layer, "seed_generator", None)) is not None:
                seed, _ = generator.state.numpy()
                generator.state.assign([seed, begun.step])

    def _train_graph(self, x: Any, y: Any, mask: Any) -> tuple[Any, Any, Any]:
        """One step: loss, norm of the gradient, norm of the new weights; kept only if finite."""
        import tensorflow as tf

        with tf.GradientTape() as tape:
            loss = self._loss(y, run_model(self._model, x, mask, training=True))
        gradients = tape.gradient(loss, self._variables)
        norm = tf.linalg.global_norm(gradients)
        before = [tf.identity(variable) for variable in self._variables]
        # Among replicas Keras would add up the gradients of this only one, by a function whose
        # graph TensorFlow keeps for ever: some 8 MB a training.
        tf.distribute.get_replica_context().merge_call(
            lambda _: self._optimizer.apply(gradients, self._model.trainable_variables)
        )
        size = tf.linalg.global_norm(self._variables)
        finite = tf.math.is_finite(loss) & tf.math.is_finite(norm) & tf.math.is_finite(size)
        for variable, value in zip(self._variables, before, strict=True):
            variable.assign(tf.where(finite, variable, value))
        return loss, norm, size

    def _test_graph(self, x: Any, y: Any, mask: Any) -> Any:
        return self._loss(y, run_model(self._model, x, mask, training=False))

    def _batch(self, examples: Examples, chosen: IntArray) -> tuple[Any, Any, Any, int]:
        """Inputs, targets, mask as tensors and how many steps the loss counts."""
        import tensorflow as tf

        chosen = chosen[chosen < len(examples.x)]
        x, y = examples.x[chosen], examples.y[chosen]
        count = len(chosen) * (x.shape[1] if self._spec.every_step else 1)
        mask = None
        if examples.lengths is not None:
            lengths = examples.lengths[chosen]
            mask = np.arange(x.shape[1]) < lengths[:, np.newaxis]
            x = _masked(x, mask)
            if self._spec.every_step:
                y, count = _masked(y, mask), int(lengths.sum())
        dtype = self._fit.dtype if self._spec.loss == "mean_squared_error" else "int32"
        mask = None if mask is None else tf.constant(mask)
        return tf.constant(x, self._fit.dtype), tf.constant(y, dtype), mask, count


def _masked(array: npt.NDArray[Any], mask: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """``array`` with zeros where ``mask`` (examples, steps) is off, for NaN may stand there."""
    return np.where(mask.reshape(mask.shape + (1,) * (array.ndim - 2)), array, 0)
