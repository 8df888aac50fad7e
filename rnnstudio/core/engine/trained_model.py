"""A model without a training: its first weights, its predictions, its loss and gradients.

Inputs, weights and outputs have no unit but what the user gives them; lengths are of any int dtype,
in steps, and what counts is bool.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.activations import activate
from rnnstudio.core.engine.checks import check_examples, check_inputs
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.losses import LOSSES
from rnnstudio.core.engine.network import Network, make_parameters
from rnnstudio.core.engine.spec import Examples, FloatArray, ModelSpec, Weights
from rnnstudio.core.engine.steps import BoolArray, counted_steps
from rnnstudio.core.engine.threads import threads_for
from rnnstudio.core.training import stop_point

__all__ = ["initial_weights", "loss_and_gradients", "predict"]

PREDICT_NUMBERS = 2**21
"""Numbers a layer's state may take over the steps of one batch of a prediction."""


def predict(
    spec: ModelSpec,
    weights: Weights,
    x: FloatArray,
    lengths: npt.NDArray[np.integer[Any]] | None = None,
    masks: np.random.Generator | None = None,
) -> FloatArray:
    """Outputs for ``x`` (examples, steps, features) in the weights' own dtype.

    Gives (examples, outputs), or (examples, steps, outputs) of a model that gives every step;
    probabilities where the loss is the softmax cross-entropy. Steps beyond an example's length
    repeat its last counted output, as in Keras. Raises UserError if ``x`` or the weights do not
    suit the model.

    Dropout is off, unless ``masks`` draws its masks: then each output is one sample of what the
    network says without some of its units (Gal and Ghahramani 2016).
    """
    check_inputs(spec, x, lengths)
    dtype = np.result_type(*(array for layer in weights for array in layer.values()))
    parameters = make_parameters(spec, dtype.name)
    parameters.load(weights)
    examples, steps, _ = x.shape
    outputs = np.zeros((examples, steps if spec.every_step else 1, spec.n_y), dtype)
    batch = min(examples, predicted_together(spec, steps))
    network = Network(spec, parameters, steps, batch)
    with threads_for(spec, batch):
        for start in range(0, examples, batch):
            stop_point()
            stop = min(start + batch, examples)
            if stop - start < batch:
                network = Network(spec, parameters, steps, stop - start)
            counted = None if lengths is None else lengths[start:stop]
            output = network.forward(x[start:stop], counted, masks)
            if spec.loss == "softmax_cross_entropy":
                activate("softmax", output)
            outputs[start:stop, : len(output)] = output.transpose(2, 0, 1)
    if not spec.every_step:
        return outputs[:, 0]
    return outputs if lengths is None else _hold_last(outputs, lengths)


def predicted_together(spec: ModelSpec, steps: int) -> int:
    """How many examples of ``steps`` steps ``predict`` takes at once."""
    return max(1, min(256, PREDICT_NUMBERS // (steps * max(spec.input_sizes()))))


def _hold_last(outputs: FloatArray, lengths: npt.NDArray[Any]) -> FloatArray:
    steps = np.minimum(np.arange(outputs.shape[1]), lengths[:, np.newaxis] - 1)
    return np.take_along_axis(outputs, steps[:, :, np.newaxis], axis=1)


def loss_and_gradients(
    spec: ModelSpec,
    weights: Weights,
    examples: Examples,
    dtype: Literal["float32", "float64"] = "float64",
    truncate: int | None = None,
) -> tuple[float, Weights]:
    """Loss of ``examples`` as one batch and its gradient by every weight, dropout off.

    The gradients are in the paper's layout like the weights. ``truncate`` as in ``FitSpec``.
    Raises UserError if the examples or the weights do not suit the model.
    """
    check_examples(spec, examples)
    parameters = make_parameters(spec, dtype)
    parameters.load(weights)
    count, steps, _ = examples.x.shape
    network = Network(spec, parameters, steps, count, truncate=truncate)
    output = network.forward(examples.x, examples.lengths)
    y, counted = targets_of(spec, examples.y, examples.lengths, len(output))
    loss = LOSSES[spec.loss](output, y, counted)
    network.backward(output)
    return loss, parameters.gradients()


def targets_of(
    spec: ModelSpec,
    y: npt.NDArray[Any],
    lengths: npt.NDArray[Any] | None,
    steps: int,
) -> tuple[npt.NDArray[Any], BoolArray | None]:
    """What a loss takes: ``y`` with an axis for its ``steps`` steps, and which of them count.

    ``y`` as in ``Examples``: (batch, T, ...) for a model that gives every step, which becomes
    (batch, steps, ...); else (batch, ...), which becomes (batch, 1, ...). ``lengths`` (batch,).
    What counts is (steps, batch), or None if all do.
    """
    if spec.every_step:
        return y[:, :steps], None if lengths is None else counted_steps(lengths, steps)
    return y[:, np.newaxis], None
