"""A forecast as plain data and as files."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.csv_text import csv_text
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.dropout_samples import DropoutBand
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.future import Future
from rnnstudio.core.stocks.evaluation.metrics import Errors
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary, Figures
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.core.stocks.model.scaling import fitted_on

Mode = Literal["open", "closed"]
"""``open``: each day from the true days before it. ``closed``: one path fed with its own output."""

_COLUMNS = ("date", "actual", "predicted", "persistence")

FORECAST_FILES = ("forecast.csv", "forecast.json")
"""The names of the files that ``write_forecast`` writes."""


def to_json(forecast: Forecast, summary: EvaluationSummary, mode: Mode = "open") -> dict[str, Any]:
    """The forecast in that mode, its errors, the summary and its settings as plain data.

    Numbers that do not exist (such as the end of an interval of which nothing can be promised) are
    None.
    """
    own, flat = _errors(summary, mode)
    split = forecast.split
    return plain(
        {
            "rows_train": split.rows_train,
            "rows_validation": split.rows_validation,
            "rows_test": len(forecast.rows),
            "rmse": own.rmse,
            "rmse_persistence": flat.rmse,
            "rmse_close": forecast.rmse_close,
            "verdict": str(summary.sentence if mode == "open" else summary.closed_sentence),
            "seconds": forecast.seconds,
            "mode": mode,
            "engine": forecast.spec.engine,
            "seed": forecast.spec.seed,
            "source": forecast.table.source,
            "spec": asdict(forecast.spec),
            "epochs": len(forecast.trained.model.losses),
            "trust": forecast.trained.shrinkage,
            "test_opened": forecast.accesses.count(forecast.dates),
            "scaler": scaler_json(forecast),
            "panel": summary_json(summary),
            "predictions": [
                dict(zip(columns(forecast, mode), row, strict=True)) for row in rows(forecast, mode)
            ],
        }
    )


def summary_json(summary: EvaluationSummary) -> dict[str, Any]:
    """Every figure of the summary."""
    lag, seeds = summary.lag, summary.seeds
    copies = lag.copies if summary.days >= FEWEST_DAYS else None
    return plain(
        {
            "forecasts": {figures.name: _figures(figures) for figures in summary.rows},
            "closed_loop": asdict(summary.closed_loop),
            "flat": asdict(summary.flat),
            "skill": asdict(summary.skill),
            "lag": {**asdict(lag), "copies": copies},
            "seeds": None
            if seeds is None
            else {
                "rmses": list(seeds.rmses),
                "mean": seeds.mean,
                "ties_with_persistence": summary.ties,
            },
            "horizons": _horizons(summary),
            "ledger": [
                {**asdict(check), "sentence": str(check.sentence)}
                for check in summary.leakage_checks
            ],
            "cautions": list(map(str, summary.cautions)),
        }
    )


def future_json(future: Future) -> list[dict[str, Any]]:
    """The days ahead: date, predicted, and where there are intervals low and high."""
    names = ("date", "predicted") + (() if future.band is None else ("low", "high"))
    parts = [map(str, future.dates), future.predicted, *(future.band or ())]
    return [plain(dict(zip(names, day, strict=True))) for day in zip(*parts, strict=True)]


def dropout_json(band: DropoutBand) -> dict[str, Any]:
    """The sampled band, with a word on what it is."""
    return {
        "is": "the spread of the network under dropout, not a prediction interval",
        "nominal": band.nominal,
        "coverage": band.coverage,
        "low": band.low.tolist(),
        "high": band.high.tolist(),
    }


def write_forecast(
    forecast: Forecast, report: dict[str, Any], folder: Path, mode: Mode = "open"
) -> tuple[Path, Path]:
    """Write ``FORECAST_FILES`` into ``folder``: a table, and the ``report``.

    A folder that is missing is made.

    Raises UserError when the folder cannot be written to; no file is ever left half-written.
    """
    paths = folder / FORECAST_FILES[0], folder / FORECAST_FILES[1]
    write_atomically(paths[0], to_csv(forecast, mode))
    write_atomically(paths[1], json.dumps(report, indent=2) + "\n")
    return paths


def to_csv(forecast: Forecast, mode: Mode = "open") -> str:
    """One line a day, every number unrounded."""
    return csv_text([columns(forecast, mode), *rows(forecast, mode)])


def columns(forecast: Forecast, mode: Mode = "open") -> tuple[str, ...]:
    """The names of what ``rows`` gives."""
    return (*_COLUMNS, "low", "high") if _band(forecast, mode) else _COLUMNS


def rows(forecast: Forecast, mode: Mode = "open") -> list[tuple[Any, ...]]:
    """Each day's date, truth, forecast, 'tomorrow = today', and interval where there is one.

    In the closed loop the price of the day before its first stands in the place of yesterday's.
    """
    predicted = forecast.predicted if mode == "open" else forecast.closed_loop
    before = forecast.persistence if mode == "open" else forecast.flat
    parts = [forecast.actual, predicted, before, *(_band(forecast, mode) or ())]
    return list(zip(map(str, forecast.dates), *(part.tolist() for part in parts), strict=True))


def scaler_json(forecast: Forecast) -> dict[str, Any]:
    """What the inputs' scaler is and saw."""
    scaler, table = forecast.trained.scaling.features, forecast.split.table
    return {
        "kind": {"min-max": "MinMaxScaler", "standard": "StandardScaler"}[scaler.kind],
        "rows": len(scaler.rows),
        "first": str(table.dates[scaler.rows.start]),
        "last": str(table.dates[scaler.rows.stop - 1]),
        "minimum": dict(zip(scaler.columns, scaler.minimum, strict=True)),
        "maximum": dict(zip(scaler.columns, scaler.maximum, strict=True)),
        "sentence": str(fitted_on(forecast.trained.scaling, table, forecast.split.test_rows)),
    }


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """``values`` with numbers that are not finite replaced by None, for JSON has none."""
    return {name: _plain_part(part) for name, part in values.items()}


def _plain_part(value: Any) -> Any:
    if isinstance(value, dict):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plain_part(part) for part in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def _band(forecast: Forecast, mode: Mode) -> tuple[FloatArray, FloatArray] | None:
    return forecast.band if mode == "open" else None


def _errors(summary: EvaluationSummary, mode: Mode) -> tuple[Errors, Errors]:
    if mode == "closed":
        return summary.closed_loop, summary.flat
    return summary.network.errors, summary.persistence.errors


def _figures(figures: Figures) -> dict[str, Any]:
    found = figures.hit_rate
    return {**asdict(figures.errors), "direction": asdict(found)}


def _horizons(summary: EvaluationSummary) -> dict[str, Any]:
    found = summary.horizons
    return {
        "rmse": found.rmse.tolist(),
        "rmse_persistence": found.rmse_persistence.tolist(),
        "nominal": summary.nominal,
        "coverage": None if found.coverage is None else found.coverage.tolist(),
    }
