"""A trainer with Keras takes up another's memory and goes on to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.optimizers import Adam, AdamW, OptimizerSettings, Sgd
from rnnstudio.core.engine.spec import CellName, FitCheckpoint, FitSpec
from rnnstudio.core.keras_engine.keras_trainer import KerasTrainer
from tests.core.engine.problems import examples_for, stacked, weights_for

pytestmark = [pytest.mark.keras, pytest.mark.slow]
STEPS = 3


@pytest.mark.parametrize(
    ("cell", "optimizer"), [("rnn", Sgd(0.05)), ("lstm", AdamW(0.01)), ("gru", Adam(0.01))]
)
def test_that_the_weights_moments_and_masks_of_another_trainer_go_on(
    cell: CellName, optimizer: OptimizerSettings
) -> None:
    model, settings = stacked(cell, rate=0.3), FitSpec(optimizer=optimizer, seed=5)
    examples, chosen = examples_for(model), np.arange(5)

    def made() -> KerasTrainer:
        return KerasTrainer(model, settings, weights_for(model), steps=6, way="loop")

    whole, other = made(), made()
    for _ in range(STEPS):
        whole.step(examples, chosen)
    whole.keep_best()
    memory, masks = whole.memory(best=True)
    other.resume(FitCheckpoint(STEPS, memory, masks, np.empty(0), None, 0.0, 0, 0.0))
    for _ in range(2):
        assert whole.step(examples, chosen) == other.step(examples, chosen)
    for restored in (False, True):
        if restored:
            whole.restore_best()
            other.restore_best()
        for one, two in zip(whole.weights(), other.weights(), strict=True):
            assert {name: array.tobytes() for name, array in one.items()} == {
                name: array.tobytes() for name, array in two.items()
            }
