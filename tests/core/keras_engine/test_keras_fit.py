"""Training with Keras in this process: what a FitSpec promises."""

from __future__ import annotations

import gc
import itertools

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit as numpy_fit
from rnnstudio.core.engine.optimizers import Adam, Sgd
from rnnstudio.core.engine.spec import (
    Dense,
    Dropout,
    Examples,
    Fit,
    FitSpec,
    ModelSpec,
    Recurrent,
    TrainedModel,
)
from rnnstudio.core.engine.trained_model import initial_weights, loss_and_gradients
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.execution_mode import Way, execution_mode
from rnnstudio.core.keras_engine.keras_fit import fit as keras_fit
from rnnstudio.core.keras_engine.keras_trainer import KerasTrainer
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Progress

pytestmark = [pytest.mark.keras, pytest.mark.slow]
SPEC = ModelSpec(2, (Recurrent("gru", 4), Dense(1)))


def noise(examples: int, seed: int = 1) -> Examples:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((examples, 5, 2)).astype(np.float32)
    return Examples(x, rng.standard_normal((examples, 1)).astype(np.float32))


def result(event: Event) -> TrainedModel:
    assert isinstance(event, Finished)
    assert isinstance(event.result, TrainedModel)
    return event.result


def test_when_held_out_loss_stops_falling_training_ends_with_the_best_weights() -> None:
    settings = FitSpec(epochs=200, batch_size=4, optimizer=Adam(0.05), patience=3)
    train, held_out = noise(8), noise(6, seed=2)

    *_, last = keras_fit(SPEC, settings, train, control=Control(), held_out=held_out)

    trained = result(last)
    losses = trained.held_out_losses
    assert losses is not None
    assert len(losses) == int(np.argmin(losses)) + 4 < 200
    loss, _ = loss_and_gradients(SPEC, trained.weights, held_out, "float32")
    assert loss == pytest.approx(losses.min(), abs=1e-6)


def test_that_held_out_losses_are_those_of_the_numpy_engine() -> None:
    settings = FitSpec(epochs=3, batch_size=4)
    spec = ModelSpec(2, (Recurrent("lstm", 3, every_step=True), Dense(2)))
    rng = np.random.default_rng(4)
    x, y = rng.standard_normal((7, 5, 2)), rng.standard_normal((7, 5, 2))
    lengths = np.array([1, 5, 2, 4, 5, 3, 1])
    x[0, 1:] = y[0, 1:] = np.nan  # beyond the length: must not matter
    data = Examples(x, y, lengths)

    ends = [
        list(fit(spec, settings, data, control=Control(), held_out=data))[-1]
        for fit in (numpy_fit, keras_fit)
    ]
    ours, theirs = (result(end).held_out_losses for end in ends)
    assert ours is not None
    assert theirs is not None
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)


@pytest.mark.parametrize("settings", [Sgd(1e25), Sgd(1e15)], ids=["at once", "later"])
def test_when_the_loss_explodes_both_engines_stop_at_the_same_step_with_finite_weights(
    settings: Sgd,
) -> None:
    def collect(fit: Fit) -> tuple[list[Event], str]:
        events: list[Event] = []
        training = fit(SPEC, FitSpec(optimizer=settings, batch_size=4), noise(8), control=Control())
        with pytest.raises(UserError) as caught:
            events.extend(training)
        return events, str(caught.value)

    (_, ours), (events, theirs) = collect(numpy_fit), collect(keras_fit)
    assert theirs == ours
    checkpoint = events[-1]
    assert isinstance(checkpoint, Checkpoint)
    weights = checkpoint.state.weights
    assert all(np.isfinite(array).all() for layer in weights for array in layer.values())


def test_when_cancelled_the_checkpoint_holds_the_weights_of_the_steps_done() -> None:
    control = Control()
    training = keras_fit(SPEC, FitSpec(epochs=10_000), noise(8), control=control)
    progress = next(event for event in training if isinstance(event, Progress))
    control.cancel()
    *_, checkpoint = training

    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.step == progress.step
    assert not np.array_equal(
        checkpoint.state.weights[1]["Wy"], initial_weights(SPEC, 1)[1]["Wy"].astype(np.float32)
    )


def test_that_the_same_seed_gives_the_same_bits_and_another_does_not() -> None:
    spec = ModelSpec(2, (Recurrent("lstm", 8), Dropout(0.5), Dense(1)))
    ends = [
        result(list(keras_fit(spec, FitSpec(3, 4, seed=seed), noise(10), control=Control()))[-1])
        for seed in (1, 1, 2)
    ]
    np.testing.assert_array_equal(ends[0].losses, ends[1].losses)
    np.testing.assert_array_equal(ends[0].weights[0]["Wf"], ends[1].weights[0]["Wf"])
    assert not np.array_equal(ends[0].losses, ends[2].losses)


def test_that_a_training_leaves_nothing_in_memory() -> None:
    left = []
    for _ in range(3):
        list(keras_fit(SPEC, FitSpec(epochs=1, batch_size=4), noise(8), control=Control()))
        gc.collect()
        left.append(len(gc.get_objects()))
    assert left[2] - left[1] < 1000, "a graph of TensorFlow has some 5,000"


def test_that_float64_trains_in_float64() -> None:
    # Keras rounds a learning rate, and all constants of its Adam, to float32: 0.5 stays exact.
    settings = FitSpec(epochs=5, batch_size=4, optimizer=Sgd(0.5), dtype="float64")
    ours, theirs = (
        result(list(fit(SPEC, settings, noise(8), control=Control()))[-1])
        for fit in (numpy_fit, keras_fit)
    )
    assert theirs.weights[0]["Wzx"].dtype == np.float64
    np.testing.assert_allclose(ours.losses, theirs.losses, rtol=0, atol=1e-12)


def test_that_every_way_of_running_the_loop_over_steps_gives_the_same_losses() -> None:
    spec = ModelSpec(2, (Recurrent("lstm", 4, every_step=True), Recurrent("gru", 3), Dense(1)))
    settings, data = FitSpec(batch_size=4), noise(6)
    masked = Examples(data.x, data.y, np.array([5, 1, 3, 2, 5, 4]))

    def losses(way: Way) -> list[float]:
        trainer = KerasTrainer(spec, settings, initial_weights(spec, 1), steps=5, way=way)
        batches = (np.arange(4), np.arange(4, 6))
        return [trainer.step(masked, chosen)[0] for _, chosen in itertools.product("12", batches)]

    expected = losses("loop")
    assert losses("unrolled") == pytest.approx(expected, abs=1e-6)
    assert losses("compiled") == pytest.approx(expected, abs=1e-6)


def test_that_only_a_long_training_prepares_a_faster_way_and_a_small_graph_unrolls() -> None:
    share = ModelSpec(2, (Recurrent("lstm", 50), Dropout(0.2), Dense(1)))
    stacked = ModelSpec(2, (Recurrent("lstm", 50, every_step=True),) * 3 + share.layers)
    assert execution_mode(share, 60, batches=5 * 59) == "loop"
    assert execution_mode(share, 60, batches=100 * 59) == "unrolled"
    assert execution_mode(stacked, 60, batches=100 * 59) == "compiled"


def test_that_truncation_is_refused_with_the_engine_that_has_it() -> None:
    with pytest.raises(UserError, match=r"Keras cannot truncate.*NumPy engine"):
        keras_fit(SPEC, FitSpec(truncate=3), noise(4), control=Control())


def test_that_start_weights_of_another_model_are_refused_before_the_first_step() -> None:
    start = initial_weights(ModelSpec(2, (Recurrent("gru", 5), Dense(1))), 1)
    with pytest.raises(UserError, match="layer 1 has the shape"):
        keras_fit(SPEC, FitSpec(), noise(4), control=Control(), start=start)
