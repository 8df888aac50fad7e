"""Leakage checks: every way in which the test span could have entered the training, one by one.

Every check is computed from the rows and numbers that were really used, not from what the settings
say was meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.windows import windows_before
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.model.forecaster import TrainingData
from rnnstudio.core.stocks.model.intervals import (
    Conformal,
    adaptive_widths,
    errors_of,
    later_prices,
)
from rnnstudio.core.stocks.model.scaling import fit_scaling

Rows = range | npt.NDArray[np.int64]
ACCESSES = "openings"
"""The check of how often the test span was evaluated, which is not about the network."""


@dataclass(frozen=True)
class Check:
    """One thing that was checked: its ``name``, whether it is in order, and what was found."""

    name: str
    ok: bool
    sentence: Message


def leakage_checks(forecast: Forecast) -> tuple[Check, ...]:
    """All checks of a forecast."""
    return (
        _order(forecast.table),
        _target(forecast),
        _scaler(forecast),
        _training(forecast),
        _windows(forecast),
        _stopping(forecast),
        _intervals(forecast),
        _accesses(forecast),
    )


def _order(table: PriceTable) -> Check:
    values = {"rows": table.rows}
    if (np.diff(table.dates).astype(np.int64) > 0).all():
        says = Message("The {rows:n} days are in the order of time, none twice.", values)
        return Check("order", True, says)
    return Check("order", False, Message("The {rows:n} days are not in the order of time.", values))


def _target(forecast: Forecast) -> Check:
    """Whether the numbers that were trained on and forecast are those of the table given."""
    data = forecast.trained.data
    used, columns = data.split.table, data.spec.columns
    given = used if data.given is None else data.given
    changed = used.matrix(columns) != given.matrix(columns)
    _, mine, theirs = np.intersect1d(given.dates, forecast.dates, return_indices=True)
    at = columns.index(data.spec.target)
    changed[mine, at] |= given.column(data.spec.target)[mine] != forecast.actual[theirs]
    count = int(changed.any(axis=1).sum())
    if count:
        names = ", ".join(np.array(columns)[changed.any(axis=0)])
        says = Message(
            "On {count:n} of {rows:n} days the numbers used are not the file's own: {names} was "
            "changed.",
            {"count": count, "rows": used.rows, "names": names},
        )
    else:
        says = Message(
            "The numbers used of {rows:n} days are the file's: {names}.",
            {"rows": used.rows, "names": ", ".join(columns)},
        )
    return Check("target", not count, says)


def _scaler(forecast: Forecast) -> Check:
    data = forecast.trained.data
    rows, values = data.scaling.features.rows, _span(data, data.scaling.features.rows)
    ok = _inside(rows, data.split.train_rows) and _before(forecast, rows)
    if fit_scaling(data.spec, data.split.table, rows) != data.scaling:
        ok = False
        says = Message(
            "The scaler saw other numbers than those of {rows:n} rows, {first} to {last}.", values
        )
    elif ok:
        says = Message(
            "The scaler was fitted on {rows:n} rows, {first} to {last}, all of them training days.",
            values,
        )
    else:
        says = Message(
            "The scaler was fitted on {rows:n} rows, {first} to {last}, which are not all training "
            "days.",
            values,
        )
    return Check("scaler", ok, says)


def _training(forecast: Forecast) -> Check:
    data = forecast.trained.data
    rows, values = data.train.rows, _span(data, data.train.rows)
    one_stretch = bool((np.diff(np.asarray(rows)) == 1).all())
    ok = one_stretch and _inside(rows, data.split.train_rows) and _before(forecast, rows)
    seen = int(np.isin(forecast.dates, data.split.table.dates[rows]).sum())
    if seen:
        says = Message(
            "The network was trained on {rows:n} rows, {first} to {last}, {seen:n} of the {days:n} "
            "days that it forecasts among them.",
            {**values, "seen": seen, "days": len(forecast.rows)},
        )
    elif ok:
        says = Message(
            "The network was trained on {rows:n} rows, {first} to {last}, one stretch before the "
            "test span.",
            values,
        )
    else:
        says = Message(
            "The network was trained on {rows:n} rows, {first} to {last}, not one stretch before "
            "the test span.",
            values,
        )
    return Check("training", ok, says)


def _windows(forecast: Forecast) -> Check:
    data = forecast.trained.data
    tested = windows_before(forecast.rows, data.spec.lookback)
    every = [each for each in (data.train, data.held_out, tested) if each is not None]
    count = sum(len(each.rows) for each in every)
    wrong = sum(len(each.rows) for each in every if each.end >= 0)
    if wrong:
        says = Message(
            "{wrong:n} of {count:n} windows hold the day they are for.",
            {"wrong": wrong, "count": count},
        )
    else:
        says = Message(
            "Each of {count:n} windows ends the day before its target.", {"count": count}
        )
    return Check("windows", not wrong, says)


def _stopping(forecast: Forecast) -> Check:
    data = forecast.trained.data
    if data.held_out is None:
        says = Message("There is no validation span, and nothing was chosen on it.")
        return Check("stopping", True, says)
    rows, values = data.held_out.rows, _span(data, data.held_out.rows)
    ok = _inside(rows, data.split.validation_rows) and _before(forecast, rows)
    ok = ok and not np.isin(rows, data.train.rows).any()
    if ok and data.spec.patience is not None:
        says = Message(
            "The best epoch was chosen on {rows:n} rows, {first} to {last}, between training and "
            "test.",
            values,
        )
    elif ok:
        says = Message(
            "Whatever was chosen was chosen on {rows:n} rows, {first} to {last}, between training "
            "and test.",
            values,
        )
    elif data.spec.patience is not None:
        says = Message(
            "The best epoch was chosen on {rows:n} rows, {first} to {last}, which are not between "
            "training and test.",
            values,
        )
    else:
        says = Message(
            "Whatever was chosen was chosen on {rows:n} rows, {first} to {last}, which are not "
            "between training and test.",
            values,
        )
    return Check("stopping", ok, says)


def _intervals(forecast: Forecast) -> Check:
    data, intervals = forecast.trained.data, forecast.intervals
    if intervals is None:
        says = Message("There are no intervals, for want of a validation span.")
        return Check("intervals", True, says)
    rows, values = intervals.rows, _span(data, intervals.rows)
    seen = int(np.isin(np.asarray(rows), data.train.rows).sum())
    if seen:
        says = Message(
            "Intervals are as wide as the errors on {rows:n} rows, {first} to {last}, {seen:n} of "
            "which the network was trained on.",
            {**values, "seen": seen},
        )
        return Check("intervals", False, says)
    if not (_inside(rows, data.split.validation_rows) and _before(forecast, rows)):
        says = Message(
            "Intervals are as wide as the errors on {rows:n} rows, {first} to {last}, not the "
            "validation span.",
            values,
        )
        return Check("intervals", False, says)
    ahead = _knowing_later_days(forecast, intervals)
    if ahead:
        says = Message(
            "Intervals know what came later: computed again from the prices before each alone, "
            "those of {days} come out otherwise.",
            {"days": ", ".join(map(str, ahead))},
        )
        return Check("intervals", False, says)
    says = Message(
        "Intervals are as wide as the errors on {rows:n} rows, {first} to {last}, the validation "
        "span, and on the test days before each; computed again without any later price, they are "
        "the same.",
        values,
    )
    return Check("intervals", True, says)


def _knowing_later_days(forecast: Forecast, intervals: Conformal) -> list[np.datetime64]:
    """The days, of the first, the middle and the last one, whose interval rests on later prices.

    Each is computed again from errors that are known before it, and those again from the prices.
    """
    count = len(forecast.rows)
    horizons = intervals.widths.shape[1]
    actual = later_prices(forecast.table, forecast.spec.target, forecast.rows, horizons)
    history = replace(intervals.history, later=errors_of(actual, forecast.ahead))
    return [
        forecast.dates[row]
        for row in sorted({0, count // 2, count - 1})
        if not np.array_equal(
            adaptive_widths(history.known_before(row), intervals.nominal)[-1],
            intervals.widths[row],
        )
    ]


def _accesses(forecast: Forecast) -> Check:
    count = forecast.accesses.count(forecast.dates)
    if count <= 1:
        return Check(ACCESSES, True, Message("This is the first evaluation on the test span."))
    says = Message(
        "This is evaluation {count:n} on the test span: settings may have been chosen on it.",
        {"count": count},
    )
    return Check(ACCESSES, False, says)


def _span(data: TrainingData, rows: Rows) -> dict[str, object]:
    """The values of "{rows:n} rows, {first} to {last}"."""
    first, last = data.split.table.dates[[min(rows), max(rows)]]
    return {"rows": len(rows), "first": DayText(first), "last": DayText(last)}


def _inside(rows: Rows, span: range) -> bool:
    return bool(np.isin(np.asarray(rows), np.asarray(span)).all())


def _before(forecast: Forecast, rows: Rows) -> bool:
    """Whether all these rows of the training's table are days before the forecast ones."""
    return bool(forecast.split.table.dates[max(rows)] < forecast.dates[0])
