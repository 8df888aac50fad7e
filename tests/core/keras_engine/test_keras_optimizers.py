"""Every optimiser of the registry steps as Keras' does."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.clipping import clip
from rnnstudio.core.engine.optimizers import (
    OPTIMIZERS,
    Adam,
    AdamW,
    OptimizerSettings,
    Sgd,
    make_optimizer,
)
from rnnstudio.core.engine.spec import ClipByNorm, ClipByValue, FitSpec
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.keras_optimizers import build_optimizer
from tests.core.engine.heavy_ball import HEAVY_BALL, HeavyBall, HeavyBallState

pytestmark = [pytest.mark.keras, pytest.mark.slow]
WEIGHTS, STEPS = 11, 30


def steps_apart(settings: OptimizerSettings, how: ClipByValue | ClipByNorm | None) -> list[float]:
    """After each of ``STEPS`` steps how far apart the two engines' weights are, in float64."""
    import keras

    rng = np.random.default_rng(2)
    values = rng.standard_normal(WEIGHTS)
    variable = keras.Variable(values, dtype="float64")
    ours = make_optimizer(settings, values)
    theirs = build_optimizer(FitSpec(optimizer=settings, clip=how, dtype="float64"))
    theirs.build([variable])
    apart = []
    for gradient in rng.standard_normal((STEPS, WEIGHTS)):
        theirs.apply([keras.ops.convert_to_tensor(gradient, "float64")], [variable])
        clip(gradient, float(np.linalg.norm(gradient)), how)
        ours.step(values, gradient)
        apart.append(float(np.abs(values - variable.numpy()).max()))
    return apart


@pytest.mark.parametrize("how", [None, ClipByValue(0.25), ClipByNorm(0.5)], ids=str)
@pytest.mark.parametrize(
    "settings",
    [
        Sgd(0.125),
        Adam(0.125, 0.75, 0.875, 2**-10),
        AdamW(0.125, 0.75, 0.875, 2**-10, weight_decay=0.25),
    ],
    ids=str,
)
def test_that_every_step_is_that_of_keras(
    settings: OptimizerSettings, how: ClipByValue | ClipByNorm | None
) -> None:
    # Keras rounds an optimiser's constants to float32; these stay exact.
    assert max(steps_apart(settings, how)) < 1e-12


def test_that_every_entry_of_the_registry_takes_its_defaults_from_keras() -> None:
    import keras

    for optimizer in OPTIMIZERS.values():
        assert optimizer.keras is not None
        theirs = getattr(keras.optimizers, optimizer.keras)().get_config()
        for name, value in vars(optimizer.settings()).items():
            assert theirs[name] == pytest.approx(value, rel=1e-6), (optimizer.keras, name)


def test_that_an_optimiser_entered_in_the_registry_steps_as_in_keras(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(OPTIMIZERS, "heavy ball", HEAVY_BALL)
    assert max(steps_apart(HeavyBall(0.125, 0.5), None)) < 1e-12


def test_that_an_optimiser_that_keras_has_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = type(HEAVY_BALL)(HeavyBall, HeavyBallState)
    monkeypatch.setitem(OPTIMIZERS, "heavy ball", alone)
    with pytest.raises(UserError, match="Keras has no optimiser HeavyBall"):
        build_optimizer(FitSpec(optimizer=HeavyBall()))
