"""Snapshots: the network as it is while it learns, to be drawn from, looked into and saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, LossPoint, Progress, Snapshot, Training
from tests.core.names.runs import FAST, FEW, PAPER, assert_same, finished


class PauseAt(Control):
    """Pauses before iteration ``step``; being asked to wait, it goes on and counts the times."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step, self.held = step, 0

    def stop_requested(self) -> bool:
        if self.paused:
            self.held += 1
            self.resume()
        self.step -= 1
        if self.step == 0:
            self.pause()
            return False
        return super().stop_requested()


def snapshots(training: Training) -> list[Snapshot]:
    return [event for event in training if isinstance(event, Snapshot)]


@pytest.mark.parametrize("spec", [PAPER, FAST])
def test_that_there_is_a_network_from_the_start(spec: Spec) -> None:
    first = snapshots(train(spec, FEW, Control()))[0]
    assert (first.step, first.state.step) == (0, 0)


@pytest.mark.parametrize("spec", [PAPER, FAST])
def test_that_a_pause_shows_all_that_was_learnt_until_then(spec: Spec, tmp_path: Path) -> None:
    control, curve, held = PauseAt(20), list[LossPoint](), list[TrainedNames]()
    for event in train(spec, FEW, control):
        if isinstance(event, Progress):
            curve += event.points
        if isinstance(event, Snapshot) and control.paused:
            assert len(curve) == event.step == 20
            held.append(event.state)
    assert control.held == 1
    save_names(tmp_path / "held.rnnstudio", held[0])
    whole = finished(spec)
    assert np.array_equal(held[0].losses, whole.losses[:20])
    assert_same(finished(spec, begun=load_names(tmp_path / "held.rnnstudio")), whole)
