"""What a cell says at the end, and the loss if another answer had been right.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Scene, Trace
from rnnstudio.core.cells.table import Cell, run


@dataclass(frozen=True)
class Answer:
    """The most probable row of a prediction and its probability; ``name`` is the row's."""

    row: int
    probability: float
    name: str


def answer_at(traced: Trace, step: int, example: int = 0) -> Answer | None:
    """What the cell says at ``step``; None if its prediction is no distribution over classes."""
    return _answer(traced.scene, traced.forward[step], example)


def answer_if_asked(traced: Trace, step: int, example: int = 0) -> Answer | None:
    """What the cell would say if it were asked right after ``step``: what its state remembers.

    ``step`` -1 is before the first one. None if the scene has no task, by which it could be asked.
    """
    scene, cell = traced.scene, traced.cell
    if scene.task is None:
        return None
    if step < 0:
        states = {f"{state}_prev": scene.initial[state] for state in cell.states}
    else:
        states = {f"{state}_prev": traced.forward[step][f"{state}_next"] for state in cell.states}
    asked = np.zeros_like(scene.x[..., 0])
    asked[scene.inputs.index(scene.task.asks)] = 1
    values = run(cell.forward, {**scene.parameters, **states, "xt": asked})
    return _answer(scene, values, example)


def answer_gradient(cell: Cell, values: Mapping[str, Array], right: int) -> Array:
    """Gradient of the cross-entropy by the hidden state if the row ``right`` were right, (n_a, m).

    ``values`` are those of the step; the prediction is one dense layer with a softmax.
    """
    error = values[cell.predicted.name].copy()
    error[right] -= 1
    return np.asarray(values[cell.output[0]].T @ error)


def assumed_answer(traced: Trace) -> int | None:
    """The row of the prediction that da takes for right at the last step, by its numbers.

    None if da is not the gradient of the cross-entropy of the last prediction, and of that alone.
    """
    cell, last, da = traced.cell, traced.forward[-1], traced.scene.da
    if not _is_distribution(traced.scene) or len(cell.prediction) > 1 or da[..., :-1].any():
        return None
    rows = range(len(last[cell.predicted.name]))
    found = [k for k in rows if np.allclose(answer_gradient(cell, last, k), da[..., -1])]
    return found[0] if len(found) == 1 else None


def _is_distribution(scene: Scene) -> bool:
    return scene.cell.predicted.function == "softmax" and scene.sizes.n_y > 1


def _answer(scene: Scene, values: Mapping[str, Array], example: int) -> Answer | None:
    if not _is_distribution(scene):
        return None
    probabilities = values[scene.cell.predicted.name][:, example]
    row = int(probabilities.argmax())
    name = scene.outputs[row] if scene.outputs else f"{row + 1}"
    return Answer(row, float(probabilities[row]), name)
