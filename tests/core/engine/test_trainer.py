"""Many batches through the same buffers, against fresh ones for each."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.optimizers import Sgd
from rnnstudio.core.engine.spec import CellName, Examples, FitSpec
from rnnstudio.core.engine.steps import IntArray
from rnnstudio.core.engine.trained_model import loss_and_gradients
from rnnstudio.core.engine.trainer import Trainer
from tests.core.engine.problems import (
    CELLS,
    examples_for,
    relative_difference,
    stacked,
    weights_for,
)


def _chosen(examples: Examples, chosen: IntArray) -> Examples:
    lengths = None if examples.lengths is None else examples.lengths[chosen]
    return Examples(examples.x[chosen], examples.y[chosen], lengths)


@pytest.mark.parametrize("truncate", [None, 2])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_that_what_a_batch_leaves_in_the_buffers_never_shows(
    cell: CellName, every_step: bool, masked: bool, truncate: int | None
) -> None:
    spec = stacked(cell, layers=2, every_step=every_step)
    examples, weights = examples_for(spec, count=30, masked=masked), weights_for(spec)
    fit = FitSpec(optimizer=Sgd(0.1), truncate=truncate, dtype="float64", batch_size=7)
    trainer, rng = Trainer(spec, fit, weights), np.random.default_rng(5)
    for size in (3, 5, 3, 3, 5, 1, 3):
        chosen = rng.permutation(30)[:size]
        loss, gradients = loss_and_gradients(
            spec, weights, _chosen(examples, chosen), truncate=truncate
        )
        weights = [
            {k: w[k] - 0.1 * g[k] for k in w} for w, g in zip(weights, gradients, strict=True)
        ]
        assert trainer.step(examples, chosen)[0] == pytest.approx(loss, rel=1e-10)
        assert relative_difference(trainer.weights(), weights) < 1e-10
        whole, _ = loss_and_gradients(spec, weights, examples)
        assert trainer.evaluate(examples) == pytest.approx(whole, rel=1e-10)
