"""A forecast as JSON and as files."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import Forecast, evaluate
from rnnstudio.core.stocks.evaluation.future import future
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.export import forecast_json as export
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from tests.core.stocks import made

PAPER = ForecastSpec(window=3, units=2, epochs=1)


def forecast_with_error(error: float, days: int = 4) -> Forecast:
    """Test days on a line that rises by 1 a day, each forecast ``error`` too high."""
    forecast = evaluate(made.trained(Split(made.table(np.arange(10.0, 16.0 + days)), 6), PAPER))
    predicted = np.arange(16.0, 16.0 + days) + error
    return replace(forecast, ahead=predicted[:, np.newaxis], closed_loop=predicted)


def to_json(forecast: Forecast, mode: export.Mode = "open") -> dict[str, Any]:
    return export.to_json(forecast, summarize(forecast), mode)


def verdict(forecast: Forecast) -> str:
    return str(summarize(forecast).sentence)


def test_that_the_json_holds_what_the_command_line_promises() -> None:
    data = json.loads(json.dumps(to_json(forecast_with_error(0.5)), allow_nan=False))
    assert (data["rows_train"], data["rows_validation"], data["rows_test"]) == (6, 0, 4)
    assert data["seconds"] > 0
    assert data["test_opened"] == 1
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


@pytest.mark.parametrize(("error", "words"), [(0.5, "beats"), (1.0, "not beat"), (2, "not beat")])
def test_that_the_verdict_says_whether_yesterdays_price_is_beaten(error: float, words: str) -> None:
    sentence = verdict(forecast_with_error(error, days=12))
    assert words in sentence
    assert f"{error:.4g}" in sentence


def test_that_the_verdict_names_yesterdays_close_when_that_is_nearer_still() -> None:
    forecast = forecast_with_error(0.5, days=12)
    table = forecast.split.table
    for beyond, nearer in ((0.25, True), (0.75, False)):
        closes = {**table.columns, "Close": table.column("Open") + 1 + beyond}
        sentence = verdict(replace(forecast, table=PriceTable("closes.csv", table.dates, closes)))
        assert ("yesterday's close, which has 0.25" in sentence) is nearer


def test_that_the_closed_loop_has_its_own_errors_and_baseline() -> None:
    data = to_json(forecast_with_error(0.5), "closed")
    assert data["mode"] == "closed"
    assert [day["persistence"] for day in data["predictions"]] == [15] * 4
    assert data["rmse_persistence"] == pytest.approx(np.sqrt(np.mean([1, 4, 9, 16])))
    assert data["rmse"] == 0.5
    assert "Fed with its own output" in data["verdict"]


def test_that_intervals_stand_beside_the_forecasts_they_are_around() -> None:
    forecast = evaluate(made.trained(made.walk(120, 90)))
    data = json.loads(json.dumps(to_json(forecast), allow_nan=False))
    for day in data["predictions"]:
        assert day["low"] < day["predicted"] < day["high"]
    ahead = export.future_json(future(forecast))
    assert len(ahead) == 10
    assert ahead[0]["low"] < ahead[0]["predicted"] < ahead[0]["high"]
    assert ahead[0]["date"] == str(forecast.dates[-1] + 1)


def test_that_an_end_that_is_no_number_is_none_in_json() -> None:
    """Two validation days and six of the test promise nothing: the interval has no ends."""
    spec = replace(made.SOUND, validation=0.05)
    forecast = evaluate(made.trained(made.walk(46, 40), spec))
    data = json.loads(json.dumps(to_json(forecast), allow_nan=False))
    assert data["predictions"][0]["high"] is None
    assert data["panel"]["horizons"]["coverage"][0] == 1.0


def test_that_the_files_hold_every_number_unrounded(tmp_path: Path) -> None:
    forecast = forecast_with_error(1 / 3)
    table, report = export.write_forecast(forecast, to_json(forecast), tmp_path / "out")
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["predicted"]) for row in rows] == forecast.predicted.tolist()
    assert [row["date"] for row in rows] == list(map(str, forecast.dates))
    assert json.loads(report.read_text()) == json.loads(json.dumps(to_json(forecast)))


def test_when_the_folder_cannot_be_made_a_sentence_names_it(tmp_path: Path) -> None:
    forecast = forecast_with_error(1)
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"forecast\.csv cannot be written"):
        export.write_forecast(forecast, to_json(forecast), tmp_path / "file")
