"""A forecast as plain data and as files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.stocks.forecaster import Forecast

_COLUMNS = ("date", "actual", "predicted", "persistence")


def to_json(forecast: Forecast) -> dict[str, Any]:
    """The forecast, its errors and its settings as plain data."""
    return {
        "rows_train": forecast.split.rows_train,
        "rows_test": forecast.split.rows_test,
        "rmse": forecast.rmse,
        "rmse_persistence": forecast.rmse_persistence,
        "rmse_close": forecast.rmse_close,
        "verdict": verdict(forecast),
        "seconds": forecast.seconds,
        "engine": forecast.spec.engine,
        "seed": forecast.spec.seed,
        "source": forecast.split.table.source,
        "spec": asdict(forecast.spec),
        "scaler": _scaler(forecast),
        "predictions": [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(forecast)],
    }


def verdict(forecast: Forecast) -> str:
    """One sentence that says whether the network beats 'tomorrow = today' on the test span."""
    days, network, flat = forecast.split.rows_test, forecast.rmse, forecast.rmse_persistence
    close = forecast.rmse_close
    if network >= flat:
        return (
            f"On these {days} test days the network does not beat 'tomorrow = today': its RMSE is "
            f"{network:.4g}, that of yesterday's price {flat:.4g}."
        )
    beaten = f"On these {days} test days the network's RMSE of {network:.4g} is below the "
    if close is not None and close <= network:
        return beaten + f"{flat:.4g} of 'tomorrow = today', but yesterday's close has {close:.4g}."
    return (
        beaten + f"{flat:.4g} of 'tomorrow = today'; one training on one span does not prove that "
        "it will be on others."
    )


def write_forecast(forecast: Forecast, folder: Path) -> tuple[Path, Path]:
    """Write forecast.csv and forecast.json into ``folder``, making it where it is missing.

    Raises UserError when the folder cannot be written to; no file is ever left half-written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_COLUMNS, *_rows(forecast)])
    table, report = folder / "forecast.csv", folder / "forecast.json"
    write_atomically(table, text.getvalue())
    write_atomically(report, json.dumps(to_json(forecast), indent=2) + "\n")
    return table, report


def _rows(forecast: Forecast) -> list[tuple[str, float, float, float]]:
    return list(
        zip(
            map(str, forecast.dates),
            forecast.actual.tolist(),
            forecast.predicted.tolist(),
            forecast.persistence.tolist(),
            strict=True,
        )
    )


def _scaler(forecast: Forecast) -> dict[str, Any]:
    scaler, dates = forecast.features_scaler, forecast.split.table.dates
    return {
        "kind": "MinMaxScaler",
        "rows": len(scaler.rows),
        "first": str(dates[scaler.rows.start]),
        "last": str(dates[scaler.rows.stop - 1]),
        "minimum": dict(zip(scaler.columns, scaler.minimum, strict=True)),
        "maximum": dict(zip(scaler.columns, scaler.maximum, strict=True)),
    }
