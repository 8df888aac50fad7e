"""Every job of the names tab is left wherever a stop is asked for, and gives nothing half done."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.document import save_names
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.dinosaurs.evaluation_state import judge
from rnnstudio.ui.dinosaurs.file_jobs import open_training_job, read_names_job, save_model_job
from tests.core.cancelled import CancelledAtLook


@pytest.fixture(scope="module")
def network() -> TrainedNames:
    *_, last = train(FastSpec(epochs=1, units=4), read_corpus(SHIPPED), Control())
    assert isinstance(last, Finished)
    result: TrainedNames = last.result
    return result


def test_that_a_job_is_left_at_any_look_at_its_control(
    network: TrainedNames, tmp_path: Path
) -> None:
    saved, target = tmp_path / "saved.rnnstudio", tmp_path / "target.rnnstudio"
    save_names(saved, network)
    for job in (
        partial(read_names_job, SHIPPED, ReadOptions(), None),
        partial(open_training_job, saved),
        partial(save_model_job, target, network),
        partial(judge, network),
    ):
        whole = CancelledAtLook(-1)
        assert isinstance(list(job(whole))[-1], Finished)
        target.unlink(missing_ok=True)
        assert whole.looks >= 1
        for last in sorted({1, whole.looks // 2 + 1, whole.looks}):
            events = list(job(CancelledAtLook(last)))
            assert not any(isinstance(event, Finished) for event in events)
            assert not target.exists()
