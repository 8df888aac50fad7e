"""Writes a forecast as a Python script that needs nothing of ours, with its prices beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.documents.atomic import require_writable, write_atomically
from rnnstudio.core.documents.csv_text import csv_text
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.windows import Windows
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.export.script.docstrings import translated
from rnnstudio.core.stocks.export.script.settings import KNOWN, features_of, settings_of
from rnnstudio.core.stocks.export.script.template import fill
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainingData, training_data
from rnnstudio.paths import resource_file

SUFFIX = ".py"


def prices_beside(path: Path) -> Path:
    """Where the prices of the script at ``path`` are written: never over a file of the user's."""
    return path.with_name(f"{path.stem}-prices.csv")


def require_place(path: Path) -> None:
    """Raise UserError if ``write_script`` could not write, unless the disk is full by then."""
    _require_name(path)
    require_writable(path)
    require_writable(prices_beside(path))


def write_script(path: Path, forecast: Forecast) -> tuple[Path, Path]:
    """Write the script to ``path`` and its prices beside it; both, or neither.

    Raises UserError when ``path`` does not end in .py, there is no script of the forecast, or a
    file cannot be written.
    """
    _require_name(path)
    prices = prices_beside(path)
    text, table = script_text(forecast, path), prices_csv(forecast)  # stops come before writing
    before = prices.read_bytes() if prices.is_file() else None
    write_atomically(prices, table)
    try:
        write_atomically(path, text)
    except UserError:
        if before is None:
            prices.unlink()
        else:
            write_atomically(prices, before)
        raise
    return path, prices


def script_text(forecast: Forecast, path: Path) -> str:
    """The script that is to stand at ``path``, as text.

    Raises UserError when there is no script of the forecast: its days are of a newer file, the
    network was trained on something else than the days before its test span, its training was
    stopped, which nothing repeats, or its cell is not written out in NumPy yet.
    """
    _require_own_span(forecast)
    _require_whole(forecast)
    _require_honest(forecast.trained.data)
    _require_written_out(forecast.spec)
    spec = forecast.spec
    features = features_of(spec)
    cell = () if spec.engine == "keras" else (f"cell_{spec.cell}",)
    templates = (
        f"start_{spec.engine}",
        "",
        "prices",
        "weights",
        *cell,
        f"network_{spec.engine}",
        "training",
        "check",
    )
    texts = [
        resource_file(f"scripts/{name}.py").read_text("utf-8") if name else "" for name in templates
    ]
    parts = [fill(text, features, KNOWN) for text in texts]
    parts[1] = settings_of(forecast, prices_beside(path).name, f"{path.stem}-forecast.csv")
    return translated(parts[0] + "\n" + "\n\n".join(parts[1:]))


def prices_csv(forecast: Forecast) -> str:
    """The needed columns of all days, every number unrounded, and the forecasts as last column."""
    table, columns = forecast.table, forecast.spec.columns
    predicted = [""] * forecast.rows.start + list(map(repr, forecast.predicted.tolist()))
    days = zip(table.dates, table.matrix(columns).tolist(), predicted, strict=True)
    lines = ([str(day), *map(repr, numbers), said] for day, numbers, said in days)
    return csv_text([["Date", *columns, "RNN Studio's forecast"], *lines], "point")


def _require_name(path: Path) -> None:
    if path.suffix != SUFFIX:
        raise UserError(
            "{path} is no name for a Python script; choose one that ends in {suffix}.",
            path=path,
            suffix=SUFFIX,
        )


def _require_written_out(spec: ForecastSpec) -> None:
    """Raise UserError unless there is a template of the cell where one is needed."""
    if spec.engine == "numpy" and not resource_file(f"scripts/cell_{spec.cell}.py").is_file():
        raise UserError(
            "There is no script of a network of the cell {cell} that NumPy trained; train it with "
            "Keras, or choose another cell.",
            cell=CELLS[spec.cell].label,
        )


def _require_own_span(forecast: Forecast) -> None:
    if forecast.table is not forecast.split.table:
        raise UserError(
            "The forecast is of the days of {source}, which came after the training; a script "
            "shows a network's own test span. Evaluate that, then write the script.",
            source=forecast.table.source,
        )


def _require_whole(forecast: Forecast) -> None:
    trained = forecast.trained
    if not trained.complete:
        raise UserError(
            "The training of this network was stopped after {done} of {epochs} epochs, and a "
            "script cannot stop at the same moment; train it to its end first, or choose fewer "
            "epochs.",
            done=len(trained.model.losses),
            epochs=trained.spec.epochs,
        )


def _require_honest(data: TrainingData) -> None:
    """Raise UserError unless ``data`` is what its settings and its split make of the days."""
    honest = training_data(data.spec, data.split)
    same = (
        data.given in (None, data.split.table)
        and data.scaling == honest.scaling
        and _same(data.train, honest.train)
        and _same(data.held_out, honest.held_out)
    )
    if not same:
        raise UserError(
            "The network learnt from more than the days before its test span, so it has no script: "
            "a script has no leakage. Train the network without."
        )


def _same(one: Windows | None, other: Windows | None) -> bool:
    if one is None or other is None:
        return one is other
    same = (one.lookback, one.end) == (other.lookback, other.end)
    return same and np.array_equal(one.rows, other.rows)
