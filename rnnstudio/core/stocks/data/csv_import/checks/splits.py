"""Splits of a share that its prices as traded show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.checks.raw_table import RawTable
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.price_table import FloatArray

_USUAL = "2 3 4 5 6 7 8 9 10 12 15 16 20 25 30 40 50 100 3/2 5/2 4/3 5/4 5/3 7/2"
_RATIOS = list(map(Fraction, _USUAL.split()))
RATIOS = tuple(sorted({*_RATIOS, *(1 / ratio for ratio in _RATIOS)}))
"""New shares for one old share."""
_LOGS = np.array([np.log(float(ratio)) for ratio in RATIOS])
_SMALLEST_ADJUSTED = np.log(1.15)
"""With an adjusted close, changes of it that are smaller are dividends."""
_SMALLEST = np.log(1.4)
"""Without an adjusted close, smaller leaps are as likely to be news."""


@dataclass(frozen=True)
class StockSplit:
    """From ``row`` on there are ``ratio`` shares for one share before."""

    row: int
    ratio: Fraction

    def __str__(self) -> str:
        return f"{self.ratio.numerator}:{self.ratio.denominator}"


def find_splits(raw: RawTable) -> list[StockSplit]:
    """The leaps of the close that a ratio explains.

    An adjusted close, if there is one, must show it too: the ratio of the close to it changes by
    that ratio. Otherwise the leap must be far outside the usual days' and near the ratio.
    """
    if "Close" not in raw.columns or len(raw.lines) < 2:
        return []
    closes = raw.columns["Close"]
    adjusted = raw.columns.get("Adj Close")
    used = [closes] if adjusted is None else [closes, adjusted]
    if any((values <= 0).any() for values in used):
        return []
    falls = -np.diff(np.log(closes))
    if adjusted is None:
        return _by_leaps(falls, _overnight(raw))
    return _by_adjustment(falls, np.diff(np.log(adjusted) - np.log(closes)))


def _by_adjustment(falls: FloatArray, adjustments: FloatArray) -> list[StockSplit]:
    leaps = np.flatnonzero(np.abs(adjustments) > _SMALLEST_ADJUSTED)
    near = _nearest(adjustments[leaps])
    certain = np.abs(_LOGS[near] - adjustments[leaps]) < 0.02
    certain &= np.abs(falls[leaps] - adjustments[leaps]) < 0.25
    rows, ratios = leaps[certain].tolist(), near[certain].tolist()
    return [StockSplit(row + 1, RATIOS[ratio]) for row, ratio in zip(rows, ratios, strict=True)]


def _by_leaps(falls: FloatArray, overnight: FloatArray) -> list[StockSplit]:
    usual = max(1.4826 * float(np.median(np.abs(falls - np.median(falls)))), 0.004)
    slack = min(3.5 * usual, 0.06)
    found = []
    for row in np.flatnonzero(np.abs(falls) > max(6 * usual, _SMALLEST)):
        leap = min(falls[row], overnight[row], key=_distance)
        if _distance(leap) < slack and abs(falls[row] - overnight[row]) < 0.2:
            found.append(StockSplit(int(row) + 1, RATIOS[int(_nearest(np.array([leap]))[0])]))
    return found


def _overnight(raw: RawTable) -> FloatArray:
    """The fall from each close to the next open, or to the next close where there are no opens."""
    closes = raw.columns["Close"]
    opens = raw.columns.get("Open", closes)
    if (opens <= 0).any():
        opens = closes
    falls: FloatArray = np.log(closes[:-1]) - np.log(opens[1:])
    return falls


def _nearest(logs: FloatArray) -> npt.NDArray[np.intp]:
    nearest: npt.NDArray[np.intp] = np.abs(logs[:, None] - _LOGS[None, :]).argmin(axis=1)
    return nearest


def _distance(log: float) -> float:
    return float(np.abs(_LOGS - log).min())


def adjust(raw: RawTable, splits: Sequence[StockSplit]) -> RawTable:
    """The prices as if the last number of shares had always been; the adjusted close stays."""
    columns = dict(raw.columns)
    for split in splits:
        before = slice(0, split.row)
        for name in ("Open", "High", "Low", "Close", "Volume"):
            if name in columns:
                values = columns[name].copy()
                factor = float(split.ratio)
                values[before] = (
                    values[before] * factor if name == "Volume" else values[before] / factor
                )
                columns[name] = values
    return replace(raw, columns=columns)


def report(raw: RawTable, splits: Sequence[StockSplit], adjusted: bool) -> list[Finding]:
    """A finding about the splits, if there are any."""
    if not splits:
        return []
    days = raw.moments.astype("datetime64[D]")
    values = {
        "splits": [
            Message("{split} on {day}", {"split": str(split), "day": days[split.row].item()})
            for split in splits
        ]
    }
    if adjusted:
        action = Message(
            "The price leaps as by a split, {splits}; the prices before were divided by the ratio "
            "and the volumes multiplied, as asked.",
            values,
        )
    elif "Adj Close" in raw.columns:
        action = Message(
            "The price leaps as by a split, {splits}; the prices stayed as traded; the Adj Close "
            "accounts for it.",
            values,
        )
    else:
        action = Message(
            "The price leaps as by a split, {splits}; the prices stayed as traded.", values
        )
    return [finding("split", [raw.lines[split.row] for split in splits], action)]
