"""The leakage ledger: what could have told the network about the test span, looked up one by one.

Every entry is computed from the rows and numbers that were really used, not from what the settings
say was meant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.windows import Windows, windows_before
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.model.forecaster import TrainingData
from rnnstudio.core.stocks.model.scaling import fit_scaling

Rows = range | npt.NDArray[np.int64]
OPENINGS = "openings"
"""The name of the entry that is about whoever evaluates, and not about the network."""


@dataclass(frozen=True)
class Check:
    """One thing looked up: ``name`` for a table, whether it is in order, and a sentence."""

    name: str
    ok: bool
    sentence: str


def leakage_checks(forecast: Forecast) -> tuple[Check, ...]:
    """All entries for a forecast of its days."""
    return (
        _order(forecast.table),
        _target(forecast),
        _scaler(forecast),
        _training(forecast),
        _windows(forecast),
        _stopping(forecast),
        _intervals(forecast),
        _openings(forecast),
    )


def _order(table: PriceTable) -> Check:
    ok = bool((np.diff(table.dates).astype(np.int64) > 0).all())
    words = "are in the order of time, none twice" if ok else "are not in the order of time"
    return Check("order", ok, f"The {table.rows:,} days {words}.")


def _target(forecast: Forecast) -> Check:
    """Whether the numbers that were learnt from and forecast are those of the table given."""
    taught = forecast.trained.data
    used, columns = taught.split.table, taught.spec.columns
    given = used if taught.given is None else taught.given
    changed = used.matrix(columns) != given.matrix(columns)
    _, mine, theirs = np.intersect1d(given.dates, forecast.dates, return_indices=True)
    at = columns.index(taught.spec.target)
    changed[mine, at] |= given.column(taught.spec.target)[mine] != forecast.actual[theirs]
    count = int(changed.any(axis=1).sum())
    if count:
        names = ", ".join(np.array(columns)[changed.any(axis=0)])
        words = f"On {count:,} of {used.rows:,} days the numbers used are not the file's own"
        return Check("target", False, f"{words}: {names} was changed.")
    names = ", ".join(columns)
    return Check("target", True, f"The numbers used of {used.rows:,} days are the file's: {names}.")


def _scaler(forecast: Forecast) -> Check:
    taught = forecast.trained.data
    rows, where = taught.scaling.features.rows, _span(taught, taught.scaling.features.rows)
    again = fit_scaling(taught.spec, taught.split.table, rows)
    if again != taught.scaling:
        return Check("scaler", False, f"The scaler saw other numbers than those of {where}.")
    ok = _inside(rows, taught.split.train_rows) and _before(forecast, rows)
    words = "all of them training days" if ok else "which are not all training days"
    return Check("scaler", ok, f"The scaler was fitted on {where}, {words}.")


def _training(forecast: Forecast) -> Check:
    taught = forecast.trained.data
    rows, where = taught.train.rows, _span(taught, taught.train.rows)
    ok = _inside(rows, taught.split.train_rows) and _together(rows) and _before(forecast, rows)
    words = "one stretch before the test span" if ok else "not one stretch before the test span"
    learnt = int(np.isin(forecast.dates, taught.split.table.dates[rows]).sum())
    if learnt:
        words = f"{learnt:,} of the {len(forecast.rows):,} days that it forecasts among them"
    return Check("training", ok, f"The network learnt from {where}, {words}.")


def _windows(forecast: Forecast) -> Check:
    taught = forecast.trained.data
    tested = windows_before(forecast.rows, taught.spec.lookback)
    every = [each for each in (taught.train, taught.held_out, tested) if each is not None]
    wrong, count = sum(map(_looking_ahead, every)), sum(len(each.rows) for each in every)
    if wrong:
        return Check("windows", False, f"{wrong:,} of {count:,} windows hold the day they are for.")
    return Check("windows", True, f"Each of {count:,} windows ends the day before its target.")


def _stopping(forecast: Forecast) -> Check:
    taught = forecast.trained.data
    if taught.held_out is None:
        return Check("stopping", True, "There is no validation span, and nothing was chosen on it.")
    rows, where = taught.held_out.rows, _span(taught, taught.held_out.rows)
    ok = _inside(rows, taught.split.validation_rows) and _before(forecast, rows)
    ok = ok and not np.isin(rows, taught.train.rows).any()
    words = "between training and test" if ok else "which are not between training and test"
    chosen = "The best epoch" if taught.spec.patience is not None else "Whatever was chosen"
    return Check("stopping", ok, f"{chosen} was chosen on {where}, {words}.")


def _intervals(forecast: Forecast) -> Check:
    taught, intervals = forecast.trained.data, forecast.intervals
    if intervals is None:
        return Check("intervals", True, "There are no intervals, for want of a validation span.")
    rows, where = intervals.rows, _span(taught, intervals.rows)
    ok = _inside(rows, taught.split.validation_rows) and _before(forecast, rows)
    words = "the validation span" if ok else "not the validation span"
    learnt = int(np.isin(np.asarray(rows), taught.train.rows).sum())
    if learnt:
        ok, words = False, f"{learnt:,} of which the network learnt from"
    return Check("intervals", ok, f"Intervals are as wide as the errors on {where}, {words}.")


def _openings(forecast: Forecast) -> Check:
    count = forecast.accesses.count(forecast.dates)
    if count <= 1:
        return Check(OPENINGS, True, "This was the first opening of the test span.")
    sentence = f"This was opening {count} of the test span: settings may have been chosen on it."
    return Check(OPENINGS, False, sentence)


def _span(taught: TrainingData, rows: Rows) -> str:
    """As in "1,927 rows, 2011-10-17 to 2019-06-14"."""
    dates = taught.split.table.dates[[min(rows), max(rows)]]
    return f"{len(rows):,} rows, {dates[0]} to {dates[1]}"


def _inside(rows: Rows, span: range) -> bool:
    return bool(np.isin(np.asarray(rows), np.asarray(span)).all())


def _together(rows: Rows) -> bool:
    return bool((np.diff(np.asarray(rows)) == 1).all())


def _before(forecast: Forecast, rows: Rows) -> bool:
    """Whether all these rows of the training's table are days before the forecast ones."""
    return bool(forecast.split.table.dates[max(rows)] < forecast.dates[0])


def _looking_ahead(windows: Windows) -> int:
    return len(windows.rows) if windows.end >= 0 else 0
