"""Reading as a job: progress, the reading at the end, and cancelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading
from rnnstudio.core.stocks.data.csv_import.reading_task import read_in_steps
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
    events = list(read_in_steps(path, CsvOptions(), Control()))
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
    for event in read_in_steps(path, CsvOptions(), control):
        events.append(event)
        if isinstance(event, Progress):
            control.cancel()
    assert [type(event) for event in events] == [Started, Progress]


def test_that_a_bad_file_raises_the_readers_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        list(read_in_steps(tmp_path / "gone.csv", CsvOptions(), Control()))


def quoted(rows: int) -> str:
    """Rows whose prices look plain in the sample, and are not plain further down."""
    lines = [f"{1546300800 + 60 * row},{row % 900}.25" for row in range(rows - 1)]
    return "\n".join(["time,close", *lines, f'{1546300800 + 60 * rows},"1,234.5"'])


def test_that_progress_never_goes_back_where_cells_are_taken_apart_twice(tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text(quoted(250_000))
    events = list(read_in_steps(tmp_path / "twice.csv", CsvOptions(), Control()))
    steps = [event.step for event in events if isinstance(event, Progress)]
    assert steps == sorted(steps)
    assert isinstance(events[-1], Finished)


class Stopping(Control):
    """Stops at the ``last`` time that it is asked, and remembers how often that was."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self.last, self.asked = last, 0

    def stop_requested(self) -> bool:
        self.asked += 1
        if self.asked == self.last:
            self.cancel()
        return super().stop_requested()


def test_that_reading_is_left_wherever_it_is(path: Path) -> None:
    through = Stopping(10**9)
    list(read_in_steps(path, CsvOptions(), through))
    assert through.asked > 20
    for last in range(1, through.asked + 1, 5):
        control = Stopping(last)
        events = list(read_in_steps(path, CsvOptions(), control))
        assert not any(isinstance(event, Finished) for event in events)
        assert control.asked == last
