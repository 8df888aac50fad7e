"""A forecaster's training with Keras whose process was killed goes on in another one."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.files.unfinished_file import load_unfinished, save_unfinished
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint, train
from rnnstudio.core.training import Control, Progress, Snapshot
from rnnstudio.workers.keras_child import KerasProcess
from tests.core.stocks import made
from tests.core.stocks.unfinished import finished, require_same
from tests.workers.keras_trainings import posix

pytestmark = [pytest.mark.keras, pytest.mark.slow]
SPLIT = made.walk(100, 80)
SPEC = replace(
    made.SOUND, cell="gru", layers=2, epochs=60, batch_size=24, patience=50, engine="keras"
)


def train_until_killed(keras: KerasProcess, found: list[ForecastCheckpoint]) -> None:
    """Hold the training, take what it gives then, and kill its process."""
    control = Control()
    for event in train(SPEC, SPLIT, control, keras.fit):
        if isinstance(event, Progress):
            control.pause()
        if isinstance(event, Snapshot):
            found.append(event.state)
            assert keras.pid is not None
            os.kill(keras.pid, signal.SIGKILL)


@posix
def test_that_a_killed_training_goes_on_from_its_file_to_the_same_bits(
    keras: KerasProcess, tmp_path: Path
) -> None:
    found: list[ForecastCheckpoint] = []
    with pytest.raises(UserError, match="ended unexpectedly"):
        train_until_killed(keras, found)
    save_unfinished(tmp_path / "a.rnnstudio", found[-1])
    unfinished = load_unfinished(tmp_path / "a.rnnstudio")
    assert 0 < unfinished.fit.step < unfinished.total
    *_, last = train(SPEC, SPLIT, Control(), keras.fit)
    require_same(finished(unfinished, keras.fit), last.result)  # type: ignore[union-attr]
