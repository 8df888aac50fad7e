"""From prices to what the network sees, and from what it says back to a price.

Raw windows are (examples, lookback, columns) of a table's own numbers, with the columns in the
order of ``ForecastSpec.columns``.

All arrays are float64: raw windows and prices in the unit of the file, what the network sees and
says without one. Where returns are forecast, what is scaled are log returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable, is_change, is_price
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec

ScalerKind = Literal["min-max", "standard"]


@dataclass(frozen=True)
class Scaler:
    """Maps each column by (value - offset) / scale, as fitted on ``rows`` of a table.

    "min-max" takes the lowest value it saw to 0 and the highest to 1, "standard" has mean 0 and
    standard deviation 1 over what it saw; as scikit-learn's ``MinMaxScaler`` and ``StandardScaler``
    do, a column that never changes has scale 1. ``minimum`` and ``maximum`` are what it saw.
    """

    kind: ScalerKind
    columns: tuple[str, ...]
    rows: range
    offset: tuple[float, ...]
    scale: tuple[float, ...]
    minimum: tuple[float, ...]
    maximum: tuple[float, ...]

    def scaled(self, values: FloatArray) -> FloatArray:
        """``values`` (..., columns), scaled."""
        return np.asarray((values - np.array(self.offset)) / np.array(self.scale))

    def unscaled(self, scaled: FloatArray) -> FloatArray:
        """The values (..., columns) that ``scaled`` stands for."""
        return np.asarray(scaled * np.array(self.scale) + np.array(self.offset))

    def outside(self, values: FloatArray) -> tuple[float, float]:
        """The shares of ``values`` (any shape, columns) below and above all that it saw."""
        return float(np.mean(values < np.array(self.minimum))), float(
            np.mean(values > np.array(self.maximum))
        )


def fit_scaler(
    kind: ScalerKind, columns: tuple[str, ...], rows: range, values: FloatArray
) -> Scaler:
    """A scaler that has seen ``values`` (days, columns), which come from ``rows`` of a table."""
    minimum, maximum = values.min(axis=0), values.max(axis=0)
    if kind == "min-max":
        offset, scale = minimum, maximum - minimum
    else:
        offset, scale = values.mean(axis=0), values.std(axis=0)
    scale = np.where(minimum == maximum, 1.0, scale)
    parts = (tuple(part.tolist()) for part in (offset, scale, minimum, maximum))
    return Scaler(kind, columns, rows, *parts)


@dataclass(frozen=True)
class Scaling:
    """The scalers of a network's inputs and of its output."""

    spec: ForecastSpec
    features: Scaler
    target: Scaler

    def inputs(self, raw: FloatArray) -> FloatArray:
        """What the network sees of raw windows: (examples, window, features)."""
        return self.features.scaled(moved(self.spec, raw[..., : len(self.spec.features)]))

    def outputs(self, raw: FloatArray, prices: FloatArray) -> FloatArray:
        """What the network should say for target ``prices`` (examples,) after raw windows."""
        values = prices[:, np.newaxis]
        if self.spec.quantity == "log return":
            values = np.log(values / self.last_prices(raw)[:, np.newaxis])
        return self.target.scaled(values)

    def prices(self, raw: FloatArray, outputs: FloatArray, shrinkage: float = 1.0) -> FloatArray:
        """The prices (examples,) that network ``outputs`` (examples, 1) after raw windows mean.

        ``shrinkage`` from 0 to 1 is the fraction of a forecast return that is kept.
        """
        values = self.target.unscaled(outputs)[:, 0]
        if self.spec.quantity == "log return":
            return np.asarray(self.last_prices(raw) * np.exp(shrinkage * values))
        return values

    def last_prices(self, raw: FloatArray) -> FloatArray:
        """The target's last price in each raw window, (examples,)."""
        return raw[:, -1, self.spec.columns.index(self.spec.target)]


def fit_scaling(spec: ForecastSpec, table: PriceTable, rows: range) -> Scaling:
    """Scalers that have seen ``rows`` of the table and no others."""
    kind: ScalerKind = "min-max" if spec.quantity == "price" else "standard"
    values = moved(spec, table.matrix(spec.columns)[rows.start : rows.stop])
    count = len(spec.features)
    at = spec.columns.index(spec.target)
    return Scaling(
        spec,
        fit_scaler(kind, spec.features, rows, values[:, :count]),
        fit_scaler(kind, (spec.target,), rows, values[:, at : at + 1]),
    )


def moved(spec: ForecastSpec, raw: FloatArray) -> FloatArray:
    """The numbers that are scaled: ``raw`` (..., days, columns) itself, or what it moved by.

    ``raw`` holds the first of ``spec.columns``, or all. Log returns are one day fewer. A column
    that is itself a change stays as it is; a count such as the volume may be 0, so its return is
    taken of 1 + count.
    """
    if spec.quantity == "price":
        return raw
    moves = np.empty((*raw.shape[:-2], raw.shape[-2] - 1, raw.shape[-1]))
    for at, name in enumerate(spec.columns[: raw.shape[-1]]):
        values = raw[..., at]
        if is_change(name):
            moves[..., at] = values[..., 1:]
        else:
            moves[..., at] = np.diff(np.log(values if is_price(name) else 1 + values), axis=-1)
    return moves


def require_usable(spec: ForecastSpec, table: PriceTable) -> None:
    """Raise UserError when a column is missing, or holds a number that has no log return."""
    for name, values in zip(spec.columns, table.matrix(spec.columns).T, strict=True):
        if spec.quantity == "price" or is_change(name):
            continue
        wrong = np.flatnonzero(values <= 0 if is_price(name) else values < 0)
        if len(wrong):
            raise UserError(
                "{source} has {value:g} in {name} on {day}, which has no log return; choose "
                "another column, or forecast the price.",
                source=table.source,
                value=values[wrong[0]],
                name=name,
                day=table.dates[wrong[0]],
            )


def fitted_on(scaling: Scaling, table: PriceTable, test_rows: range | None = None) -> Message:
    """A sentence on what the scaler was fitted on, and how much of the test span lies beyond that.

    ``table`` is the one it was fitted on; ``test_rows`` are None before the test span is evaluated.
    """
    scaler, spec = scaling.target, scaling.spec
    first, last = table.dates[scaler.rows.start], table.dates[scaler.rows.stop - 1]
    seen = {"rows": len(scaler.rows), "first": first, "last": last}
    if test_rows is None:
        return Message("fitted on {rows:n} rows, {first} to {last}", seen)
    rows = range(test_rows.start - spec.lookback + spec.window, test_rows.stop)
    raw = table.matrix(spec.columns)[rows.start : rows.stop]
    at = spec.columns.index(spec.target)
    below, above = scaler.outside(moved(spec, raw)[:, at : at + 1])
    beyond = {**seen, "above": above, "below": below}
    if spec.quantity == "price":
        return Message(
            "fitted on {rows:n} rows, {first} to {last}; {above:.0%} of test prices lie above and "
            "{below:.0%} below all it saw",
            beyond,
        )
    return Message(
        "fitted on {rows:n} rows, {first} to {last}; {above:.0%} of test returns lie above and "
        "{below:.0%} below all it saw",
        beyond,
    )
