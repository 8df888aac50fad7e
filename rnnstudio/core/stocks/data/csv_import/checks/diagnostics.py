"""What a person should know about prices that were read: gaps, contradictions, leaps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.checks.raw_table import RawTable
from rnnstudio.core.stocks.data.csv_import.checks.splits import StockSplit
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding

MISSING_WEEKDAYS = 3
"""From so many weekdays without a row on, two neighbours have a gap between them: fewer is a
holiday."""
_LEAP = np.log(3)


def gaps(raw: RawTable) -> list[Finding]:
    """A finding about neighbouring rows between which rows seem to be missing."""
    days = raw.moments.astype("datetime64[D]")
    steps = np.diff(days).astype(np.int64)
    if len(steps) < 2:
        return []
    usual = float(np.median(steps))
    weekly = usual > 4  # or monthly
    mask = steps > 2.5 * usual if weekly else _missing_days(days, steps) >= MISSING_WEEKDAYS
    if not mask.any():
        return []
    after = np.flatnonzero(mask) + 1
    widest = int(after[np.argmax(steps[after - 1])])
    action = Message.counted(
        "{n} gap, the widest from {before} to {after}; nothing was filled in.",
        "{n} gaps, the widest from {before} to {after}; nothing was filled in.",
        len(after),
        before=days[widest - 1].item(),
        after=days[widest].item(),
    )
    return [finding("gap", raw.lines[after], action)]


def _missing_days(
    days: npt.NDArray[np.datetime64], steps: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Days without a row between neighbours; weekends count where the share trades on them."""
    weekend = (days.astype(np.int64) + 3) % 7 >= 5
    if weekend.mean() > 0.2:
        return steps - 1
    between: npt.NDArray[np.int64] = np.busday_count(
        days[:-1] + np.timedelta64(1, "D"), np.maximum(days[1:], days[:-1] + np.timedelta64(1, "D"))
    )
    return between


def contradictions(raw: RawTable) -> list[Finding]:
    """A finding about rows whose low is not the lowest of its prices, or high not the highest."""
    columns = raw.columns
    mask = np.zeros(len(raw.lines), dtype=bool)
    slack = 1 + 1e-6  # adjusted prices are rounded one by one
    for name in ("Open", "Close", "High", "Low"):
        if name in columns and "High" in columns:
            mask |= columns[name] / slack > columns["High"]
        if name in columns and "Low" in columns:
            mask |= columns[name] < columns["Low"] / slack
    if not mask.any():
        return []
    action = Message.counted(
        "In {n} row the open or the close lies outside low and high; it stayed as it is.",
        "In {n:n} rows the open or the close lies outside low and high; they stayed as they are.",
        int(mask.sum()),
    )
    return [finding("high-low", raw.lines[mask], action)]


def leaps(raw: RawTable, splits: list[StockSplit]) -> list[Finding]:
    """A finding about prices that rise to three times or fall to a third, and are not a split."""
    name = next((name for name in ("Close", "Adj Close") if name in raw.columns), None)
    if name is None or len(raw.lines) < 2:
        return []
    prices = raw.columns[name]
    possible = (prices[1:] > 0) & (prices[:-1] > 0)
    steps = np.zeros(len(prices) - 1)
    steps[possible] = np.log(prices[1:][possible]) - np.log(prices[:-1][possible])
    rows = set((np.flatnonzero(np.abs(steps) > _LEAP) + 1).tolist())
    rows -= {split.row for split in splits}
    if not rows:
        return []
    lines = [int(raw.lines[row]) for row in sorted(rows)]
    action = Message(
        "The price rises to more than three times, or falls below a third; it stayed as it is."
    )
    return [finding("leap", lines, action)]
