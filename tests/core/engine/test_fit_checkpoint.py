"""What a training leaves on its way continues it to the last bit, from any of its steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.engine import loop
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.optimizers import Adam, AdamW, OptimizerSettings, Sgd
from rnnstudio.core.engine.spec import CellName, FitCheckpoint, FitSpec, ModelSpec, TrainedModel
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Progress, Snapshot
from tests.core.cancelled import CancelledAtLook
from tests.core.engine.problems import CELLS, examples_for, stacked

SPEC = FitSpec(epochs=5, batch_size=4, optimizer=Adam(0.02), patience=1, seed=3)


def events_of(
    model: ModelSpec,
    settings: FitSpec,
    begun: FitCheckpoint | None = None,
    control: Control | None = None,
) -> list[Event]:
    train, held_out = examples_for(model, count=10), examples_for(model, count=70, seed=1)
    control = control or Control()
    return list(fit(model, settings, train, control=control, held_out=held_out, begun=begun))


def checkpoints_in(events: list[Event]) -> list[FitCheckpoint]:
    return [event.state for event in events if isinstance(event, Snapshot)]


def bits(trained: TrainedModel) -> list[bytes]:
    assert trained.held_out_losses is not None
    weights = [array.tobytes() for layer in trained.weights for array in layer.values()]
    return [trained.losses.tobytes(), trained.held_out_losses.tobytes(), *weights]


@pytest.fixture
def at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "SNAPSHOT_SECONDS", 0.0)
    monkeypatch.setattr(loop, "SNAPSHOT_SHARE", float("inf"))


@pytest.mark.usefixtures("at_every_step")
@pytest.mark.parametrize("optimizer", [Sgd(0.05), Adam(0.02), AdamW(0.02)])
@pytest.mark.parametrize("cell", CELLS)
def test_that_a_training_continued_from_any_step_ends_with_the_same_bits(
    cell: CellName, optimizer: OptimizerSettings
) -> None:
    model = stacked(cell, layers=2, rate=0.3)
    settings = replace(SPEC, optimizer=optimizer)
    *whole, finished = events_of(model, settings)
    assert isinstance(finished, Finished)
    found = checkpoints_in(whole)
    assert [each.step for each in found] == list(range(1, finished.step))
    for begun in found:
        *_, last = events_of(model, settings, begun)
        assert isinstance(last, Finished)
        assert last.step == finished.step
        assert bits(last.result) == bits(finished.result)


def test_that_a_stop_anywhere_even_while_held_out_examples_are_looked_at_loses_nothing() -> None:
    model = stacked("gru", rate=0.3)
    *_, finished = events_of(model, SPEC)
    assert isinstance(finished, Finished)
    for look in range(2, 12):
        events = events_of(model, SPEC, control=CancelledAtLook(look))
        assert isinstance(events[-1], Checkpoint)
        [begun] = checkpoints_in(events)
        *_, last = events_of(model, SPEC, begun)
        assert isinstance(last, Finished)
        assert bits(last.result) == bits(finished.result)


@pytest.mark.usefixtures("at_every_step")
def test_that_a_continued_training_has_its_whole_curve_and_time() -> None:
    model = stacked("rnn")
    whole = events_of(model, SPEC)
    begun = replace(checkpoints_in(whole)[7], seconds=100.0)
    started, first, *_, last = events_of(model, SPEC, begun)
    assert isinstance(first, Progress)
    assert first.step == begun.step == 8
    points = [point for event in whole if isinstance(event, Progress) for point in event.points]
    assert list(first.points) == points[:2]
    assert isinstance(last, Finished)
    assert last.seconds > 100
    assert started.total == 15  # type: ignore[union-attr]


def test_that_a_training_that_is_held_has_left_what_continues_it() -> None:
    model, control = stacked("rnn"), Control()
    train = examples_for(model, count=10)
    events = fit(model, FitSpec(epochs=100_000, batch_size=4), train, control=control)
    for event in events:
        if isinstance(event, Progress):
            control.pause()
        if isinstance(event, Snapshot):
            break
    assert control.paused
    control.cancel()
    *_, checkpoint = events
    assert isinstance(checkpoint, Checkpoint)


@pytest.mark.usefixtures("at_every_step")
def test_that_of_a_network_too_large_for_a_session_nothing_is_kept_on_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = stacked("lstm")
    [first, *_] = checkpoints_in(events_of(model, SPEC))
    copies = 4
    weights = sum(array.size for layer in first.memory["now"] for array in layer.values())
    assert first.size == copies * weights * np.dtype("float32").itemsize
    monkeypatch.setattr(loop, "MOST_CHECKPOINT_BYTES", first.size - 1)
    events = events_of(model, SPEC)
    assert checkpoints_in(events) == []
    assert isinstance(events[-1], Finished)
