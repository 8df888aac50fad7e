"""A forecast as JSON and as files."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.export import to_json, verdict, write_forecast
from rnnstudio.core.stocks.forecaster import Forecast
from rnnstudio.core.stocks.series import PriceTable
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.core.stocks.split import Split
from rnnstudio.core.stocks.windows import fit_scaler
from tests.core.stocks import made


def forecast_with_error(error: float) -> Forecast:
    """Four test days on a line that rises by 1 a day, each forecast ``error`` too high."""
    split = Split(made.table(np.arange(10.0, 20.0)), 6)
    spec = ForecastSpec(window=3)
    scalers = fit_scaler(split, spec.features), fit_scaler(split, ("Open",))
    model = TrainedModel(spec.model, [], np.zeros(1))
    return Forecast(spec, split, np.arange(16.0, 20.0) + error, model, *scalers, seconds=1.5)


def test_that_the_json_holds_what_the_command_line_promises() -> None:
    data = json.loads(json.dumps(to_json(forecast_with_error(0.5)), allow_nan=False))
    assert (data["rows_train"], data["rows_test"], data["seconds"]) == (6, 4, 1.5)
    assert (data["rmse"], data["rmse_persistence"]) == (0.5, 1.0)
    assert data["predictions"][0] == {
        "date": "2019-01-07",
        "actual": 16.0,
        "predicted": 16.5,
        "persistence": 15.0,
    }
    assert len(data["predictions"]) == 4
    assert data["scaler"]["minimum"] == {"Open": 10.0, "High": 11.0}
    assert (data["scaler"]["first"], data["scaler"]["last"]) == ("2019-01-01", "2019-01-06")
    assert ForecastSpec(**{**data["spec"], "features": tuple(data["spec"]["features"])})


@pytest.mark.parametrize(
    ("error", "words"), [(0.5, "is below"), (1.0, "not beat"), (2, "not beat")]
)
def test_that_the_verdict_says_whether_yesterdays_price_is_beaten(error: float, words: str) -> None:
    sentence = verdict(forecast_with_error(error))
    assert words in sentence
    assert f"{error:.4g}" in sentence


def test_that_the_verdict_names_yesterdays_close_when_that_is_nearer_still() -> None:
    forecast = forecast_with_error(0.5)
    table = forecast.split.table
    for beyond, nearer in ((0.25, True), (0.75, False)):
        closes = {**table.columns, "Close": table.column("Open") + 1 + beyond}
        split = Split(PriceTable("closes.csv", table.dates, closes), 6)
        sentence = verdict(replace(forecast, split=split))
        assert ("yesterday's close has 0.25" in sentence) is nearer
        assert "is below the 1 of" in sentence


def test_that_the_files_hold_every_number_unrounded(tmp_path: Path) -> None:
    forecast = forecast_with_error(1 / 3)
    table, report = write_forecast(forecast, tmp_path / "out")
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["predicted"]) for row in rows] == forecast.predicted.tolist()
    assert [row["date"] for row in rows] == list(map(str, forecast.dates))
    assert json.loads(report.read_text()) == json.loads(json.dumps(to_json(forecast)))


def test_when_the_folder_cannot_be_made_a_sentence_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"forecast\.csv cannot be written"):
        write_forecast(forecast_with_error(1), tmp_path / "file")
