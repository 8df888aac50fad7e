"""Reading as a job: progress, the reading at the end, and cancelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.csv_import import Reading, ReadOptions
from rnnstudio.core.stocks.csv_import.job import read_in_steps
from rnnstudio.core.training import Control, Finished, Progress, Started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two hundred thousand rows, a minute apart."""
    rows = [
        f"{1546300800 + 60 * minute},{minute % 1000 + 1}.25,{minute}" for minute in range(200_000)
    ]
    (tmp_path / "long.csv").write_text("\n".join(["time,close,volume", *rows]))
    return tmp_path / "long.csv"


def test_that_progress_rises_to_the_reading(path: Path) -> None:
    events = list(read_in_steps(path, ReadOptions(), Control()))
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert isinstance(events[-1].result, Reading)
    assert events[-1].result.table.rows == 200_000
    steps = [event.step for event in events if isinstance(event, Progress)]
    assert len(steps) > 1
    assert steps == sorted(steps)
    assert steps[-1] <= 100


def test_that_a_cancelled_reading_ends_without_a_result(path: Path) -> None:
    control = Control()
    events = []
    for event in read_in_steps(path, ReadOptions(), control):
        events.append(event)
        if isinstance(event, Progress):
            control.cancel()
    assert [type(event) for event in events] == [Started, Progress]


def test_that_a_bad_file_raises_the_readers_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        list(read_in_steps(tmp_path / "gone.csv", ReadOptions(), Control()))
