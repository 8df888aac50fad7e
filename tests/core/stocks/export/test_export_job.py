"""Exports are jobs: a stop comes through everywhere, and leaves all of the files or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.csv_export import write_sheets
from rnnstudio.core.stocks.export.export_job import Exported, export_job
from rnnstudio.core.stocks.export.html.html_report import write_report
from rnnstudio.core.stocks.export.script.script import write_script
from rnnstudio.core.stocks.files.forecaster_file import save_forecaster
from rnnstudio.core.training import Control, Finished
from tests.core.cancelled import CancelledAtLook
from tests.core.stocks import made

NOON = datetime(2026, 1, 1, 12)
Write = Callable[[Path], object]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    trained = made.trained(made.walk(120, 80))
    return evaluate_summarized(trained, AccessLog(), EvaluationRequest(3, 0.8))


@pytest.fixture(params=["sheets", "report", "script", "network"])
def export(request: pytest.FixtureRequest, evaluation: Evaluation) -> tuple[str, Write]:
    forecast = evaluation.forecast
    writes: dict[str, tuple[str, Write]] = {
        "sheets": ("out.csv", partial(write_sheets, evaluation=evaluation)),
        "report": ("out.html", partial(write_report, evaluation=evaluation, when=NOON)),
        "script": ("out.py", partial(write_script, forecast=forecast)),
        "network": (
            "out.rnnstudio",
            partial(save_forecaster, trained=forecast.trained, accesses=forecast.accesses),
        ),
    }
    return writes[request.param]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_that_a_job_writes_the_bytes_that_are_written_without_one(
    export: tuple[str, Write], tmp_path: Path
) -> None:
    name, write = export
    for folder in (tmp_path / "job", tmp_path / "plain"):
        folder.mkdir()
    write(tmp_path / "plain" / name)
    *_, last = export_job(tmp_path / "job" / name, write, Control())
    assert isinstance(last, Finished)
    assert last.result == Exported(tmp_path / "job" / name)
    made_by_job, plain = contents(tmp_path / "job"), contents(tmp_path / "plain")
    if name.endswith(".rnnstudio"):  # a zip file tells when it was made
        assert made_by_job.keys() == plain.keys()
    else:
        assert made_by_job == plain


def test_when_an_export_is_stopped_anywhere_all_of_its_files_are_there_or_none(
    export: tuple[str, Write], tmp_path: Path
) -> None:
    name, write = export
    counting = CancelledAtLook()
    (tmp_path / "whole").mkdir()
    list(export_job(tmp_path / "whole" / name, write, counting))
    for left in range(0, counting.looks, 1 + counting.looks // 25):
        folder = tmp_path / f"after {left}"
        folder.mkdir()
        events = list(export_job(folder / name, write, CancelledAtLook(left + 1)))
        assert not any(isinstance(event, Finished) for event in events)
        assert contents(folder) == {}


@pytest.mark.parametrize("name", ["out.csv", "out.py"])
def test_that_a_table_can_be_left_at_every_row(
    name: str, evaluation: Evaluation, tmp_path: Path
) -> None:
    write: Write = (
        partial(write_sheets, evaluation=evaluation)
        if name == "out.csv"
        else partial(write_script, forecast=evaluation.forecast)
    )
    control = CancelledAtLook()
    list(export_job(tmp_path / name, write, control))
    rows = len(evaluation.forecast.rows if name == "out.csv" else evaluation.forecast.table.dates)
    assert control.looks > rows
