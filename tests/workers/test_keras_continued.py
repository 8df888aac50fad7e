"""A training whose process was killed goes on in another one, to the last bit."""

from __future__ import annotations

import os
import signal

import pytest

from rnnstudio.core.engine.optimizers import AdamW
from rnnstudio.core.engine.spec import (
    Dense,
    Dropout,
    FitCheckpoint,
    FitSpec,
    ModelSpec,
    Recurrent,
    TrainedModel,
)
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control, Finished, Progress, Snapshot, Training
from rnnstudio.workers.keras_child import KerasProcess
from tests.workers.keras_trainings import examples, posix

pytestmark = [pytest.mark.keras, pytest.mark.slow]
STACKED = ModelSpec(
    1,
    (
        Recurrent("gru", 4, every_step=True),
        Dropout(0.3),
        Recurrent("rnn", 3),
        Dropout(0.2),
        Dense(1),
    ),
)
FIT = FitSpec(epochs=120, batch_size=6, optimizer=AdamW(0.01), patience=100)


def training(keras: KerasProcess, control: Control, begun: FitCheckpoint | None = None) -> Training:
    return keras.fit(STACKED, FIT, examples(), control=control, held_out=examples(), begun=begun)


def finished(keras: KerasProcess, begun: FitCheckpoint | None = None) -> TrainedModel:
    *_, last = training(keras, Control(), begun)
    assert isinstance(last, Finished)
    result: TrainedModel = last.result
    return result


def train_until_killed(keras: KerasProcess, found: list[FitCheckpoint]) -> None:
    """Hold the training, take what it gives then, and kill its process."""
    control = Control()
    for event in training(keras, control):
        if isinstance(event, Progress):
            control.pause()
        if isinstance(event, Snapshot):
            found.append(event.state)
            assert keras.pid is not None
            os.kill(keras.pid, signal.SIGKILL)


@posix
def test_that_a_killed_training_goes_on_in_another_process_to_the_same_bits(
    keras: KerasProcess,
) -> None:
    found: list[FitCheckpoint] = []
    with pytest.raises(UserError, match="ended unexpectedly"):
        train_until_killed(keras, found)
    assert 0 < found[-1].step < FIT.epochs * 3
    one, other = finished(keras, found[-1]), finished(keras)
    assert one.losses.tobytes() == other.losses.tobytes()
    assert one.held_out_losses is not None
    assert other.held_out_losses is not None
    assert one.held_out_losses.tobytes() == other.held_out_losses.tobytes()
    for layer, same in zip(one.weights, other.weights, strict=True):
        assert {name: array.tobytes() for name, array in layer.items()} == {
            name: array.tobytes() for name, array in same.items()
        }
