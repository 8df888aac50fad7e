"""The training: its events, its arithmetic, its repeatability, its end."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.loop import fit_with
from rnnstudio.core.engine.optimizers import Adam, Sgd
from rnnstudio.core.engine.spec import (
    CellName,
    ClipByNorm,
    ClipByValue,
    Examples,
    FitSpec,
    LossName,
    ModelSpec,
    TrainedModel,
    Weights,
)
from rnnstudio.core.engine.trained_model import initial_weights, loss_and_gradients, predict
from rnnstudio.core.engine.trainer import Trainer
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Event,
    Finished,
    Progress,
    Snapshot,
    Started,
)
from tests.core.cancelled import CancelledAtLook
from tests.core.engine.problems import (
    CELLS,
    LOSSES,
    examples_for,
    points_of,
    relative_difference,
    result_of,
    stacked,
    weights_for,
)

STANDING = Sgd(1e-15)
"""A descent so slow that the weights stay where they are."""


def _near(first: Weights, second: Weights, distance: float = 1e-12) -> bool:
    pairs = ((a[name], b[name]) for a, b in zip(first, second, strict=True) for name in a)
    return all(np.abs(a - b).max() < distance for a, b in pairs)


def _equal(first: Weights, second: Weights) -> bool:
    return relative_difference(first, second) == 0


def test_that_events_report_the_whole_training() -> None:
    spec = stacked("lstm")
    train, held_out = examples_for(spec, count=7), examples_for(spec, count=3, seed=1)
    settings = FitSpec(epochs=4, batch_size=3, seed=5)
    events = list(fit(spec, settings, train, control=Control(), held_out=held_out))
    assert events[0] == Started(total=4 * 3, seed=5)
    assert {type(event) for event in events[1:-1]} == {Progress}
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.step == 12
    points, trained = points_of(events), last.result
    assert [point.step for point in points] == [0, 1, 2, 3]
    assert [point.loss for point in points] == trained.losses.tolist()
    assert [point.held_out for point in points] == trained.held_out_losses.tolist()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("every_step", [False, True])
def test_that_an_epochs_loss_is_the_mean_over_all_examples_whatever_the_batches(
    every_step: bool, masked: bool, loss: LossName
) -> None:
    spec = stacked("gru", every_step=every_step, loss=loss)
    train, start = examples_for(spec, count=8, masked=masked), weights_for(spec)
    expected, _ = loss_and_gradients(spec, start, train)
    settings = FitSpec(epochs=2, batch_size=3, optimizer=STANDING, dtype="float64")
    trained = result_of(fit(spec, settings, train, control=Control(), held_out=train, start=start))
    assert trained.losses == pytest.approx([expected] * 2, rel=1e-9)
    assert trained.held_out_losses == pytest.approx([expected] * 2, rel=1e-9)


@pytest.mark.parametrize("clip", [None, ClipByValue(0.01), ClipByNorm(0.05)])
def test_that_a_step_of_descent_is_the_clipped_gradient(
    clip: ClipByNorm | ClipByValue | None,
) -> None:
    spec = stacked("lstm", layers=2)
    train, start = examples_for(spec), weights_for(spec)
    settings = FitSpec(epochs=1, optimizer=Sgd(0.5), clip=clip, dtype="float64")
    trained = result_of(fit(spec, settings, train, control=Control(), start=start))
    _, gradients = loss_and_gradients(spec, start, train)
    if isinstance(clip, ClipByValue):
        gradients = [{k: g[k].clip(-0.01, 0.01) for k in g} for g in gradients]
    if isinstance(clip, ClipByNorm):
        norm = np.sqrt(sum(np.sum(g[k] ** 2) for g in gradients for k in g))
        assert norm > 0.05
        gradients = [{k: g[k] * (0.05 / norm) for k in g} for g in gradients]
    expected = [{k: w[k] - 0.5 * g[k] for k in w} for w, g in zip(start, gradients, strict=True)]
    assert relative_difference(trained.weights, expected) < 1e-12


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_network_learns_to_recall_the_first_number_it_saw(cell: CellName) -> None:
    spec = stacked(cell, n_x=1, units=16, outputs=1)
    x = np.random.default_rng(0).uniform(-1, 1, (256, 5, 1))
    settings = FitSpec(epochs=40, optimizer=Adam(0.01))
    trained = result_of(fit(spec, settings, Examples(x, x[:, 0]), control=Control()))
    assert trained.losses[0] > 0.1
    assert trained.losses[-1] < 0.01


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("cell", CELLS)
def test_that_the_same_seed_gives_the_same_bits(cell: CellName, dtype: str) -> None:
    spec = stacked(cell, layers=2, rate=0.3)
    train = examples_for(spec, count=20)
    first, again, other = (
        result_of(
            fit(
                spec,
                FitSpec(epochs=3, batch_size=8, seed=seed, dtype=dtype),
                train,
                control=Control(),
            )  # type: ignore[arg-type]
        )
        for seed in (1, 1, 2)
    )
    assert _equal(first.weights, again.weights)
    assert (first.losses == again.losses).all()
    assert not _equal(first.weights, other.weights)
    assert first.weights[0][next(iter(first.weights[0]))].dtype == dtype


def test_that_trainings_running_at_once_do_not_share_their_buffers() -> None:
    spec = stacked("lstm", layers=2, rate=0.2, every_step=True)
    problems = [examples_for(spec, count=9, seed=seed, masked=seed == 1) for seed in (0, 1)]
    settings = FitSpec(epochs=3, batch_size=4)
    alone = [result_of(fit(spec, settings, train, control=Control())) for train in problems]
    running = [fit(spec, settings, train, control=Control()) for train in problems]
    last: list[Event | None] = [None, None]
    going = True
    while going:
        going = False
        for number, training in enumerate(running):
            event = next(training, None)
            if event is not None:
                last[number], going = event, True
    for event, expected in zip(last, alone, strict=True):
        assert isinstance(event, Finished)
        assert _equal(event.result.weights, expected.weights)


def test_that_predicting_during_a_training_does_not_disturb_it() -> None:
    spec = stacked("gru", rate=0.2)
    train, settings = examples_for(spec, count=9), FitSpec(epochs=3, batch_size=4)
    undisturbed = result_of(fit(spec, settings, train, control=Control()))
    training = fit(spec, settings, train, control=Control())
    last: Event | None = None
    for event in training:
        predict(spec, weights_for(spec), train.x[:4])
        last = event
    assert isinstance(last, Finished)
    assert _equal(last.result.weights, undisturbed.weights)


def test_that_start_gives_the_weights_and_is_left_alone() -> None:
    spec = stacked("rnn")
    start, kept = weights_for(spec), weights_for(spec)
    settings = FitSpec(epochs=1, optimizer=STANDING, dtype="float64")
    trained = result_of(fit(spec, settings, examples_for(spec), control=Control(), start=start))
    assert _near(trained.weights, start)
    assert _equal(start, kept)


def test_that_without_a_start_the_seed_draws_the_weights() -> None:
    spec = stacked("rnn")
    settings = FitSpec(epochs=1, optimizer=STANDING, dtype="float64", seed=9)
    trained = result_of(fit(spec, settings, examples_for(spec), control=Control()))
    assert _near(trained.weights, initial_weights(spec, 9))


def test_that_a_stop_keeps_what_was_learned_and_ends_the_training() -> None:
    spec = stacked("lstm")
    train, control = examples_for(spec, count=50), Control()
    events: list[Event] = []
    for event in fit(spec, FitSpec(epochs=100_000), train, control=control):
        events.append(event)
        if isinstance(event, Progress):
            control.cancel()
    checkpoint = events[-1]
    assert isinstance(checkpoint, Checkpoint)
    # Where a second has passed, what continues the training stands among them, too.
    progress = [event for event in events if isinstance(event, Progress)][-1]
    snapshot = [event for event in events if isinstance(event, Snapshot)][-1]
    assert checkpoint.step == snapshot.step == progress.step > 0
    trained: TrainedModel = checkpoint.state
    assert len(trained.losses) == checkpoint.step // 2
    shorter = FitSpec(epochs=len(trained.losses))
    reached = result_of(fit(spec, shorter, train, control=Control()))
    assert (reached.losses == trained.losses).all()
    if checkpoint.step % 2 == 0:
        assert _equal(reached.weights, trained.weights)


def test_that_a_training_stopped_before_its_first_step_gives_back_its_start() -> None:
    spec, control = stacked("lstm"), Control()
    control.cancel()
    started, checkpoint = fit(spec, FitSpec(seed=4), examples_for(spec), control=control)
    assert isinstance(started, Started)
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.step == 0
    assert _near(checkpoint.state.weights, initial_weights(spec, 4), 1e-6)


class _StopsInEvaluation(Trainer):
    """Asks for a stop as soon as held-out examples are looked at."""

    def __init__(self, spec: ModelSpec, settings: FitSpec, start: Weights) -> None:
        super().__init__(spec, settings, start)
        self.control, self.evaluated = Control(), 0

    def evaluate(self, examples: Examples) -> float:
        self.control.cancel()
        self.evaluated += len(examples.x)
        return super().evaluate(examples)


def test_that_a_stop_does_not_wait_for_all_held_out_examples() -> None:
    spec = stacked("lstm")
    settings = FitSpec(epochs=3, batch_size=2)
    train, held_out = examples_for(spec), examples_for(spec, count=100)
    trainer = _StopsInEvaluation(spec, settings, weights_for(spec))
    *_, checkpoint = fit_with(
        lambda *_: trainer,
        spec,
        settings,
        train,
        control=trainer.control,
        held_out=held_out,
        start=None,
        begun=None,
    )
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.step == 3
    assert len(checkpoint.state.losses) == 0
    assert trainer.evaluated < 50


@pytest.mark.parametrize("patience", [None, 1])
def test_that_what_a_stop_left_comes_again_by_the_place_of_the_stop(patience: int | None) -> None:
    spec = stacked("lstm")
    settings = FitSpec(epochs=9, batch_size=2, patience=patience)
    train, held_out = examples_for(spec), examples_for(spec, count=50)
    seen = set()
    for look in range(2, 12):
        *_, stopped = fit(spec, settings, train, control=CancelledAtLook(look), held_out=held_out)
        assert isinstance(stopped, Checkpoint)
        epochs = len(stopped.state.losses)
        stop = (epochs, stopped.step - 3 * epochs)
        again = replace(settings, stop=stop)
        *_, last = fit(spec, again, train, control=Control(), held_out=held_out)
        assert isinstance(last, Checkpoint)
        assert last.step == stopped.step
        assert last.state.losses.tobytes() == stopped.state.losses.tobytes()
        assert last.state.held_out_losses.tobytes() == stopped.state.held_out_losses.tobytes()
        assert _equal(last.state.weights, stopped.state.weights)
        seen.add(stop)
    assert {(0, 3), (1, 0), (1, 1)} <= seen


def _parting(share: float) -> tuple[ModelSpec, Examples, Examples]:
    """Held-out targets on the way from the first predictions to the targets, or beyond either."""
    spec = stacked("lstm", outputs=1)
    train = examples_for(spec, count=8)
    before = predict(spec, initial_weights(spec, 1), train.x)
    return spec, train, Examples(train.x, before + share * (train.y - before))


@pytest.mark.parametrize("share", [-1, 0.5])
def test_that_patience_ends_the_training_with_the_best_weights(share: float) -> None:
    spec, train, held_out = _parting(share)
    settings = FitSpec(epochs=500, optimizer=Sgd(0.1), patience=3)
    trained = result_of(fit(spec, settings, train, control=Control(), held_out=held_out))
    best_epoch = int(np.argmin(trained.held_out_losses))
    assert (best_epoch > 0) == (share > 0)
    assert len(trained.losses) == best_epoch + 1 + 3
    until_best = FitSpec(epochs=best_epoch + 1, optimizer=Sgd(0.1))
    best = result_of(fit(spec, until_best, train, control=Control(), held_out=held_out))
    assert _equal(trained.weights, best.weights)


def test_that_without_patience_the_last_weights_are_kept() -> None:
    spec, train, held_out = _parting(-1)
    settings = FitSpec(epochs=5, optimizer=Sgd(0.1), dtype="float64")
    trained = result_of(fit(spec, settings, train, control=Control(), held_out=held_out))
    loss, _ = loss_and_gradients(spec, trained.weights, held_out)
    assert trained.held_out_losses[-1] == pytest.approx(loss, rel=1e-9)
    assert trained.held_out_losses[-1] > trained.held_out_losses[0]


def test_that_patience_without_held_out_examples_is_refused() -> None:
    spec = stacked("lstm")
    with pytest.raises(UserError, match="Patience needs held-out examples"):
        list(fit(spec, FitSpec(patience=2), examples_for(spec), control=Control()))


def _peak(spec: ModelSpec, train: Examples, epochs: int) -> int:
    tracemalloc.start()
    try:
        settings = FitSpec(epochs=epochs, batch_size=16)
        result_of(fit(spec, settings, train, control=Control(), held_out=train))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_that_memory_does_not_grow_with_epochs() -> None:
    spec = stacked("lstm", layers=2, rate=0.2, every_step=True)
    train = examples_for(spec, count=40, steps=20, masked=True)
    _peak(spec, train, 1)
    # The least of two: what another thread allocates meanwhile counts too.
    few, many = (min(_peak(spec, train, epochs) for _ in range(2)) for epochs in (4, 40))
    assert many - few < 20_000


def test_that_an_explosion_is_stopped_with_the_last_good_weights() -> None:
    spec = stacked("rnn", outputs=1)
    train, events = examples_for(spec, count=12), list[Event]()
    settings = FitSpec(epochs=50, batch_size=4, optimizer=Sgd(1e6))
    training = fit(spec, settings, train, control=Control())
    with pytest.raises(
        UserError, match=r"^The size of the weights .* at step \d+ .* lower the .* or clip"
    ):
        events.extend(training)
    checkpoint = events[-1]
    assert isinstance(checkpoint, Checkpoint)
    weights = checkpoint.state.weights
    assert all(np.isfinite(w).all() for a in weights for w in a.values())
    steps = checkpoint.step
    assert not _near(weights, initial_weights(spec, 1), 1.0)
    assert steps > 0


@pytest.mark.parametrize(("target", "quantity"), [(1.2e19, "gradient norm"), (1e30, "loss")])
def test_that_what_leaves_the_numbers_range_first_is_named(target: float, quantity: str) -> None:
    spec = stacked("rnn", outputs=1)
    train = Examples(np.ones((1, 2, 2)), np.full((1, 1), target))
    settings = FitSpec(clip=ClipByNorm(1))
    with pytest.raises(UserError, match=rf"^The {quantity} stopped .* at step 0 .* rate\.$"):
        list(fit(spec, settings, train, control=Control()))


def test_that_weights_beyond_the_numbers_range_are_named_and_not_kept() -> None:
    spec = stacked("rnn", outputs=1)
    training = fit(spec, FitSpec(optimizer=Sgd(1e38)), examples_for(spec), control=Control())
    events = list[Event]()
    with pytest.raises(UserError, match=r"^The size of the weights stopped .* at step 0 "):
        events.extend(training)
    assert isinstance(events[-1], Checkpoint)
    assert _near(events[-1].state.weights, initial_weights(spec, 1), 1e-6)
