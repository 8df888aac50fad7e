"""A trainer that takes up another's state, is tuned while it trains, and says what it clipped."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.engine.optimizers import Adam, AdamW, OptimizerSettings, Sgd
from rnnstudio.core.engine.spec import CellName, ClipByNorm, ClipByValue, FitSpec, Weights
from rnnstudio.core.engine.trained_model import loss_and_gradients
from rnnstudio.core.engine.trainer import Trainer
from rnnstudio.core.errors import UserError
from tests.core.engine.problems import CELLS, examples_for, stacked, weights_for

ALL = np.arange(12)


def trainer_for(cell: CellName, **settings: Any) -> tuple[Trainer, Any, Weights]:
    spec = stacked(cell, layers=1, every_step=True)
    weights = weights_for(spec)
    fit = FitSpec(dtype="float64", batch_size=12, **settings)
    return Trainer(spec, fit, weights), examples_for(spec, count=12), weights


@pytest.mark.parametrize("optimizer", [Sgd(0.05), Adam(0.01), AdamW(0.01)])
@pytest.mark.parametrize("cell", CELLS)
def test_that_a_state_taken_up_goes_on_to_the_last_bit(
    cell: CellName, optimizer: OptimizerSettings
) -> None:
    whole, examples, _ = trainer_for(cell, optimizer=optimizer)
    for _ in range(3):
        whole.step(examples, ALL)
    other, _, _ = trainer_for(cell, optimizer=optimizer, seed=9)
    other.load_state(whole.state(), steps=3)
    for _ in range(3):
        assert whole.step(examples, ALL) == other.step(examples, ALL)
    for one, two in zip(whole.weights(), other.weights(), strict=True):
        assert all(np.array_equal(one[name], two[name]) for name in one)


def test_that_a_state_is_a_copy() -> None:
    trainer, examples, _ = trainer_for("gru", optimizer=Adam(0.01))
    state = trainer.state()
    before = {key: [dict(layer) for layer in weights] for key, weights in state.items()}
    trainer.step(examples, ALL)
    for key, layers in before.items():
        for layer, kept in zip(state[key], layers, strict=True):
            assert all(np.array_equal(layer[name], kept[name]) for name in kept)


def test_that_a_state_of_wrong_shape_is_refused() -> None:
    trainer, _, _ = trainer_for("gru", optimizer=Adam(0.01))
    other = Trainer(
        stacked("lstm", layers=1, every_step=True),
        FitSpec(dtype="float64"),
        weights_for(stacked("lstm", layers=1, every_step=True)),
    )
    with pytest.raises(UserError, match="Layer 1 has the weights"):
        trainer.load_state(other.state(), steps=1)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (None, lambda g: g),
        (ClipByValue(0.02), lambda g: np.clip(g, -0.02, 0.02)),
        (ClipByNorm(0.05), lambda g: g * 0.05 / np.linalg.norm(g)),
    ],
    ids=["none", "value", "norm"],
)
def test_that_the_norms_and_the_share_are_those_of_the_gradient(how: Any, expected: Any) -> None:
    trainer, examples, weights = trainer_for("rnn", optimizer=Sgd(0.1), clip=how)
    spec = stacked("rnn", layers=1, every_step=True)
    _, gradients = loss_and_gradients(spec, weights, examples)
    flat = np.concatenate([part.ravel() for layer in gradients for part in layer.values()])
    trainer.step(examples, ALL)
    found = trainer.gradient()
    assert found.before == pytest.approx(math.sqrt(flat @ flat))
    assert found.after == pytest.approx(np.linalg.norm(expected(flat)))
    assert found.share == pytest.approx(np.mean(expected(flat) != flat))


def test_that_a_tuning_counts_from_the_next_step_on() -> None:
    trainer, examples, weights = trainer_for("rnn", optimizer=Sgd(0.1))
    trainer.tune(0.3, None)
    _, gradients = loss_and_gradients(stacked("rnn", layers=1, every_step=True), weights, examples)
    trainer.step(examples, ALL)
    for layer, before, gradient in zip(trainer.weights(), weights, gradients, strict=True):
        for name, part in layer.items():
            assert part == pytest.approx(before[name] - 0.3 * gradient[name])
