"""The exported numbers are those of the evaluation, without the noise of their last bits."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.baselines import drift
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.csv_export import (
    days_csv,
    summary_csv,
    write_search,
    write_sheets,
)
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.stocks.validation.search import SearchPlan, search_job
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.training import Control, Finished
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, result

SPACE = SearchSpace({"quantity": ("price", "log return"), "units": (2, 4)})
PLAN = SearchPlan(made.PAPER, SPACE, folds=3)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    spec = ForecastSpec(window=5, units=3, epochs=1, validation=0.3)
    last = list(train(spec, made.walk(120, 100), Control(), fit))[-1]
    assert isinstance(last, Finished)
    assert isinstance(last.result, TrainedForecaster)
    return evaluate_summarized(last.result, AccessLog(), EvaluationRequest(3))


def test_that_every_day_stands_in_a_line_with_all_its_numbers(evaluation: Evaluation) -> None:
    lines = list(csv.DictReader(days_csv(evaluation).splitlines()))
    forecast = evaluation.forecast
    assert len(lines) == 20 + 3
    for name, values in (
        ("truth", forecast.actual),
        ("open loop", forecast.predicted),
        ("closed loop", forecast.closed_loop),
        ("persistence", forecast.persistence),
        ("drift", drift(forecast.truth, forecast.rows)),
    ):
        assert [float(line[name]) for line in lines[:20]] == pytest.approx(values, rel=1e-9)
        assert all(len(line[name].lstrip("-0.").replace(".", "")) <= 10 for line in lines[:20])
    assert forecast.band is not None
    low = forecast.band[0]
    assert [float(line["low"]) for line in lines[:20]] == pytest.approx(low, rel=1e-9)
    assert {line["days ahead"] for line in lines[:20]} == {""}
    assert [line["date"] for line in lines] == [
        *map(str, forecast.dates),
        *map(str, evaluation.future.dates),
    ]


def test_that_days_ahead_have_a_forecast_and_no_truth(evaluation: Evaluation) -> None:
    line = list(csv.DictReader(days_csv(evaluation).splitlines()))[-1]
    assert line["truth"] == line["residual"] == line["open loop"] == line["closed loop"] == ""
    assert float(line["days ahead"]) == pytest.approx(evaluation.future.predicted[-1], rel=1e-9)


def test_that_every_figure_of_the_summary_has_a_line(evaluation: Evaluation) -> None:
    figures = dict(csv.reader(summary_csv(evaluation.summary).splitlines()))
    summary = evaluation.summary
    for name, value in (
        ("skill estimate", summary.skill.estimate),
        ("forecasts drift mae", summary.rows[2].errors.mae),
        ("horizons rmse 3", summary.horizons.rmse[2]),
    ):
        assert float(figures[name]) == pytest.approx(value, rel=1e-9)


def test_when_the_folder_cannot_be_written_nothing_is_left(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_sheets(tmp_path / "file" / "out.csv", evaluation)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_that_every_number_of_a_search_is_read_back_and_what_is_missing_is_empty(
    tmp_path: Path,
) -> None:
    table = result(search_job(PLAN, made.walk(130, 100), InTurn(refuse=[4]), Control()))
    path = tmp_path / "search.csv"
    write_search(path, table)
    lines = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [line["rank"] for line in lines] == ["1", "2", "3", "4"]
    for line, row in zip(lines, table.rows, strict=True):
        changed = row.candidate.changed
        assert line["quantity"] == changed["quantity"].replace(" ", "-")
        assert int(line["units"]) == changed["units"]
        assert float(line["seconds"]) == row.seconds
        for number, score in enumerate(row.scores, start=1):
            assert line[f"fold {number}"] == ("" if score is None else str(score.ratio))
    for line, row in zip(lines[:3], table.rows, strict=False):
        assert [float(line[name]) for name in ("mean", "std", "rmse")] == [
            row.mean, row.std, row.rmse,
        ]  # fmt: skip
        assert line["failures"] == ""
    assert [lines[3][name] for name in ("mean", "std", "rmse")] == ["", "", ""]
    assert lines[3]["failures"] == "The training ran away."


def test_when_a_search_cannot_be_written_the_sentence_says_so(tmp_path: Path) -> None:
    table = result(search_job(PLAN, made.walk(130, 100), InTurn(), Control()))
    with pytest.raises(UserError, match="is a folder; give the name of a file"):
        write_search(tmp_path, table)
