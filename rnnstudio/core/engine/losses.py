"""The two losses, over one step or many.

The loss of a batch is the mean over its counted steps: with lengths, the sum over every example's
leading ``length`` steps divided by the number of those steps in the batch (for a model that gives
the last step only, one step an example). Mean squared error is a mean over the outputs too, as in
Keras. Keras' losses with their default reduction give the same numbers, under a mask too: they
scale the mask by all steps over counted steps before they take the mean over all.

Outputs are float32 or float64 and have no unit, classes of any int dtype, what counts is bool. A
cross-entropy is in nats, a squared error in the square of the unit of ``y``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.spec import FloatArray, LossName
from rnnstudio.core.engine.steps import BoolArray

Loss = Callable[[FloatArray, npt.NDArray[Any], BoolArray | None], float]


def mean_squared_error(output: FloatArray, y: npt.NDArray[Any], counted: BoolArray | None) -> float:
    """Loss of ``output`` (steps, k, batch) against ``y`` (batch, steps, k).

    ``output`` is replaced by the gradient. ``counted`` (steps, batch) says which steps count.
    """
    steps, k, batch = output.shape
    np.subtract(output, y.transpose(1, 2, 0), out=output, casting="same_kind")
    count = steps * batch
    if counted is not None:
        np.copyto(output, 0, where=~counted[:, np.newaxis])
        count = int(np.count_nonzero(counted))
    flat = output.reshape(-1)
    loss = float(np.dot(flat, flat) / (count * k))
    np.multiply(output, 2 / (count * k), out=output)
    return loss


def softmax_cross_entropy(
    output: FloatArray, y: npt.NDArray[Any], counted: BoolArray | None
) -> float:
    """Loss of the logits ``output`` (steps, k, batch) against the classes ``y`` (batch, steps).

    ``output`` is replaced by the gradient. ``counted`` (steps, batch) says which steps count.
    """
    steps, _, batch = output.shape
    classes = y.T if counted is None else np.where(counted, y.T, 0)
    right = (np.arange(steps)[:, np.newaxis], classes, np.arange(batch))
    np.subtract(output, output.max(axis=1, keepdims=True), out=output)
    shifted = output[right]
    np.exp(output, out=output)
    totals = output.sum(axis=1)
    np.divide(output, totals[:, np.newaxis], out=output)
    losses = np.log(totals) - shifted
    output[right] -= 1
    count = steps * batch
    if counted is not None:
        np.copyto(output, 0, where=~counted[:, np.newaxis])
        np.copyto(losses, 0, where=~counted)
        count = int(np.count_nonzero(counted))
    np.divide(output, count, out=output)
    return float(losses.sum() / count)


LOSSES: dict[LossName, Loss] = {
    "mean_squared_error": mean_squared_error,
    "softmax_cross_entropy": softmax_cross_entropy,
}
