"""What the columns beside the target are taken to be on days that are forecast and not known.

A network that sees more than its target needs them, and says nothing about them. Each is described
by one number a day, a price by its ratio to the target, and that number returns to its mean over
the training span as fast as it did there: a first-order autoregression.

Columns and target are float64, in the unit of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable, is_price
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec


@dataclass(frozen=True, eq=False)
class FedBack:
    """How the columns of ``spec`` go on: ``means`` and ``persistences`` (columns,), 0 to 1."""

    spec: ForecastSpec
    means: FloatArray
    persistences: FloatArray

    def next_day(self, last: FloatArray, target: FloatArray) -> FloatArray:
        """The columns (origins, columns) of the day after ``last`` when the target is ``target``.

        ``target`` is (origins,). Where the last ratio does not exist its mean stands in its place.
        """
        before = _described(self.spec, last)
        before = np.where(np.isfinite(before), before, self.means)
        row = self.means + self.persistences * (before - self.means)
        row[:, _ratios(self.spec)] *= target[:, np.newaxis]
        row[:, self.spec.columns.index(self.spec.target)] = target
        return row


def fit_fed_back(spec: ForecastSpec, table: PriceTable, rows: range) -> FedBack:
    """What ``rows`` of the table say about its columns, and no other rows."""
    found = _described(spec, table.matrix(spec.columns)[rows.start : rows.stop])
    means, persistences = np.zeros(found.shape[1]), np.zeros(found.shape[1])
    for at, values in enumerate(found.T):
        known = np.isfinite(values)
        if not known.any():
            continue
        means[at] = values[known].mean()
        persistences[at] = _persistence(values - means[at], known)
    return FedBack(spec, means, persistences)


def assumption(spec: ForecastSpec) -> Message | None:
    """What days ahead are made under, in a sentence; None if nothing is assumed."""
    others = [name for name in spec.columns if name != spec.target]
    ratios = [name for name in others if is_price(name) and is_price(spec.target)]
    rest = [name for name in others if name not in ratios]
    if not others:
        return None
    if not rest:
        return Message(
            "Days ahead are forecast from forecasts of {target} alone: the ratio of {ratios} to it "
            "is assumed to return to its mean over the training span, as fast as it did there.",
            {"target": spec.target, "ratios": _listed(ratios)},
        )
    if not ratios:
        return Message(
            "Days ahead are forecast from forecasts of {target} alone: {rest} is assumed to return "
            "to its mean over the training span, as fast as it did there.",
            {"target": spec.target, "rest": _listed(rest)},
        )
    return Message(
        "Days ahead are forecast from forecasts of {target} alone: the ratio of {ratios} to it, "
        "and {rest} itself, are assumed to return to their means over the training span, as fast "
        "as they did there.",
        {"target": spec.target, "ratios": _listed(ratios), "rest": _listed(rest)},
    )


def _described(spec: ForecastSpec, raw: FloatArray) -> FloatArray:
    """One number a column (..., columns): a price's ratio to the target, anything else itself."""
    target = raw[..., [spec.columns.index(spec.target)]]
    ratios = _ratios(spec)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(ratios, raw / target, raw)


def _ratios(spec: ForecastSpec) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which columns are described by their ratio to the target."""
    return np.array([is_price(name) and is_price(spec.target) for name in spec.columns])


def _persistence(
    deviations: FloatArray, known: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> float:
    """The fraction of a deviation from the mean that is left a day later, by least squares."""
    pairs = known[:-1] & known[1:]
    before, after = deviations[:-1][pairs], deviations[1:][pairs]
    size = float(before @ before)
    return min(1.0, max(0.0, float(before @ after) / size)) if size > 0 else 0.0


def _listed(names: Iterable[str]) -> str:
    """As in "High, Low and Close"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
