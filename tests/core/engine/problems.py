"""Small problems for the engine's tests: models, data and weights drawn from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.spec import (
    CellName,
    Dense,
    Dropout,
    Examples,
    LossName,
    ModelSpec,
    Recurrent,
    Weights,
)
from rnnstudio.core.engine.trained_model import initial_weights, loss_and_gradients
from rnnstudio.core.training import Checkpoint, Event, Finished, LossPoint, Progress, Training

CELLS: tuple[CellName, ...] = ("rnn", "lstm", "gru")
LOSSES: tuple[LossName, ...] = ("mean_squared_error", "softmax_cross_entropy")


def stacked(
    cell: CellName,
    *,
    layers: int = 1,
    n_x: int = 2,
    units: int = 4,
    outputs: int = 3,
    every_step: bool = False,
    rate: float = 0.0,
    loss: LossName = "mean_squared_error",
) -> ModelSpec:
    """``layers`` layers of the cell, each with its dropout, and a dense one."""
    hidden = [
        part
        for number in range(1, layers + 1)
        for part in (Recurrent(cell, units, every_step or number < layers), Dropout(rate))
    ]
    return ModelSpec(n_x, (*hidden, Dense(outputs)), loss)


def examples_for(
    spec: ModelSpec, *, count: int = 5, steps: int = 6, seed: int = 0, masked: bool = False
) -> Examples:
    """Normal inputs, and targets or classes that suit the model."""
    rng = np.random.default_rng(seed)
    shape: tuple[int, ...] = (count, steps) if spec.every_step else (count,)
    y: npt.NDArray[Any]
    if spec.loss == "softmax_cross_entropy":
        y = rng.integers(0, spec.n_y, shape)
    else:
        y = rng.standard_normal((*shape, spec.n_y))
    lengths = rng.integers(1, steps + 1, count) if masked else None
    return Examples(rng.standard_normal((count, steps, spec.n_x)), y, lengths)


def weights_for(spec: ModelSpec, seed: int = 0) -> Weights:
    """Initial weights moved by a normal number each, so that no bias is zero or one."""
    rng = np.random.default_rng(seed)
    weights = initial_weights(spec, seed)
    return [{k: w + 0.3 * rng.standard_normal(w.shape) for k, w in a.items()} for a in weights]


def central_differences(spec: ModelSpec, weights: Weights, examples: Examples) -> Weights:
    """The gradient of the loss, measured: each weight moved up and down by 1e-5."""
    move = 1e-5
    measured: Weights = []
    for arrays in weights:
        measured.append({name: np.zeros(array.shape) for name, array in arrays.items()})
        for name, array in arrays.items():
            for place in np.ndindex(array.shape):
                kept = array[place]
                array[place] = kept + move
                above, _ = loss_and_gradients(spec, weights, examples)
                array[place] = kept - move
                below, _ = loss_and_gradients(spec, weights, examples)
                array[place] = kept
                measured[-1][name][place] = (above - below) / (2 * move)
    return measured


def relative_difference(first: Weights, second: Weights) -> float:
    """The largest, over the arrays, of |a - b| / (|a| + |b|), Euclidean; NaN where there is one."""
    differences = [0.0]
    for a, b in zip(first, second, strict=True):
        assert set(a) == set(b)
        for name, array in a.items():
            scale = np.linalg.norm(array) + np.linalg.norm(b[name])
            if scale != 0:
                differences.append(float(np.linalg.norm(array - b[name]) / scale))
    return float(np.max(differences))


def result_of(training: Training) -> Any:
    """The trained model of a training's last event."""
    *_, last = training
    assert isinstance(last, Finished | Checkpoint)
    return last.result if isinstance(last, Finished) else last.state


def points_of(events: list[Event]) -> list[LossPoint]:
    """The whole loss curve."""
    return [point for event in events if isinstance(event, Progress) for point in event.points]
