"""Small tables made for tests, with prices that can be followed by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.training import Control

PAPER = ForecastSpec(window=5, units=4, epochs=3, batch_size=8)
SOUND = replace(PAPER, quantity="log return", validation=0.25, patience=2)
SINGLE = replace(SOUND, features=("Open",))


def table(opens: FloatArray, highs: FloatArray | None = None) -> PriceTable:
    """Opens from 2019-01-01 on, a day a row, and highs 1 above them unless given."""
    dates = np.datetime64("2019-01-01", "D") + np.arange(len(opens))
    return PriceTable(
        "made.csv", dates, {"Open": opens, "High": opens + 1 if highs is None else highs}
    )


def walk(rows: int, rows_train: int, seed: int = 0) -> Split:
    """A random walk around 100."""
    steps = np.random.default_rng(seed).normal(0, 1, rows)
    return Split(table(100 + np.cumsum(steps)), rows_train)


def write(path: Path, table: PriceTable) -> Path:
    """A file of the table's days, at ``path``."""
    days = zip(table.dates, table.column("Open"), table.column("High"), strict=True)
    path.write_text("\n".join(["Date,Open,High", *(f"{d},{o},{h}" for d, o, h in days)]))
    return path


def trained(split: Split, spec: ForecastSpec = SOUND) -> TrainedForecaster:
    """A quick training with the real engine."""
    *_, last = train(spec, split, Control(), fit)
    result: TrainedForecaster = last.result
    return result


def changed(split: Split, row: int) -> Split:
    """The same days, with prices from ``row`` on that have nothing to do with what was there."""
    columns = {name: values.copy() for name, values in split.table.columns.items()}
    for values in columns.values():
        values[row:] = 7 + 3 * np.arange(len(values) - row) % 5
    table = PriceTable(split.table.source, split.table.dates, columns)
    return replace(split, table=table)
