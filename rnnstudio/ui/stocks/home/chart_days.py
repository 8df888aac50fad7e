"""Which days the chart shows, and what is known of each of them: prices float64 in the file's unit.

Knows no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import rounded
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray, PriceTable
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.ui.stocks.day_names import day_of
from rnnstudio.ui.stocks.home_state import FEWEST_DAYS_SEEN, USUAL_DAYS
from rnnstudio.ui.stocks.state import StocksState


@dataclass(frozen=True, eq=False)
class ChartDays:
    """All days that may be looked at: those of the table up to ``known``, and the days ahead.

    ``truth``, ``network``, ``yesterday``, ``low`` and ``high`` (days,) are NaN where a day has
    none, and so are the two ends of ``dropout``, which is None until it is sampled; ``dates``
    (days,). ``days`` are those in the chart, ``test`` those of the test.
    """

    dates: Dates
    truth: FloatArray
    network: FloatArray
    yesterday: FloatArray
    low: FloatArray
    high: FloatArray
    dropout: tuple[FloatArray, FloatArray] | None
    known: int
    days: range
    test: range

    def part(self, values: FloatArray) -> FloatArray:
        """Those (days,) of the days in the chart."""
        return values[self.days.start : self.days.stop]

    @property
    def rows(self) -> FloatArray:
        """The number of each day in the chart, (days,), from 0."""
        return np.arange(self.days.start, self.days.stop, dtype=float)

    def words(self, day: int) -> list[tuple[str, str]]:
        """What is to be said of a day: its date and move, and what was forecast for it.

        Each sentence stands beside the role of the line that it is about; empty: of no line.
        """
        says = [("ink", _move(self, day))]
        if np.isfinite(self.network[day]):
            says.append(("network", _said(self, day)))
        if np.isfinite(self.yesterday[day]):
            price = {"price": _price(self.yesterday[day])}
            says.append(("yesterday", Message("yesterday's price {price}", price)))
        if np.isfinite(self.low[day]) and np.isfinite(self.high[day]):
            ends = {"low": _price(self.low[day]), "high": _price(self.high[day])}
            says.append(("", Message("interval {low} to {high}", ends)))
        return [(role, language.text(each)) for role, each in says]


def chart_days(state: StocksState) -> ChartDays | None:
    """What there is to be seen of the state; None before there is a file.

    Of the test days nothing is there until they have been evaluated for this network.
    """
    evaluation, split, spec = state.evaluation, state.split, state.spec
    if evaluation is not None:
        return _evaluated(state, evaluation)
    if split is None or spec is None:
        return None
    known, table = split.rows_known, split.table
    truth = np.where(np.arange(table.rows) < known, table.column(spec.target), np.nan)
    none = np.full(table.rows, np.nan)
    before = np.append(np.nan, truth[:-1])
    days = _days(state, known, known)
    yesterday = np.where(np.isfinite(truth), before, np.nan)
    return ChartDays(
        table.dates, truth, none, yesterday, none, none, None, known, days, split.test_rows
    )


def _evaluated(state: StocksState, evaluation: Evaluation) -> ChartDays:
    forecast, future = evaluation.forecast, evaluation.future
    table, rows = forecast.table, forecast.rows
    ahead = len(future.dates) if state.home.ahead else 0
    count = table.rows + ahead
    network, yesterday, low, high = (np.full(count, np.nan) for _ in range(4))
    network[rows.start : rows.stop] = forecast.predicted
    yesterday[rows.start : rows.stop] = forecast.persistence
    if forecast.band is not None:
        low[rows.start : rows.stop], high[rows.start : rows.stop] = forecast.band
    if ahead:
        network[table.rows :] = future.predicted
        if future.band is not None:
            low[table.rows :], high[table.rows :] = future.band
    dates = np.concatenate([table.dates, future.dates[:ahead]])
    truth = np.append(forecast.truth, np.full(ahead, np.nan))
    days = _days(state, count, table.rows)
    dropout = None
    if evaluation.dropout is not None:
        ends = np.full((2, count), np.nan)
        ends[:, rows.start : rows.stop] = evaluation.dropout.low, evaluation.dropout.high
        dropout = ends[0], ends[1]
    return ChartDays(dates, truth, network, yesterday, low, high, dropout, table.rows, days, rows)


def _days(state: StocksState, stop: int, known: int) -> range:
    """The days that were chosen, or the last ones."""
    first, last = state.home.days or (known - USUAL_DAYS, stop)
    first = min(max(first, 0), max(stop - FEWEST_DAYS_SEEN, 0))
    return range(first, max(min(last, stop), min(first + FEWEST_DAYS_SEEN, stop)))


def span_name(table: PriceTable) -> str:
    """The first year of a table."""
    return f"{day_of(table.dates, 0).year}"


def _price(value: float, near: float | None = None) -> object:
    """A price, or a move of one ``near`` that price: with as many decimals as it needs."""
    return rounded(value, 2 if abs(value if near is None else near) >= 10 else 4)


def _move(seen: ChartDays, day: int) -> Message:
    date, now = day_of(seen.dates, day), seen.truth[day]
    before = seen.truth[day - 1] if day else np.nan
    if not np.isfinite(now):
        return Message("{date}, not known yet", {"date": date})
    if not np.isfinite(before):
        return Message("{date}: {price}", {"date": date, "price": _price(now)})
    values = {"date": date, "by": _price(abs(now - before), now)}
    if now == before:
        return Message("{date}: no change", values)
    return (
        Message("{date}: up {by}", values) if now > before else Message("{date}: down {by}", values)
    )


def _said(seen: ChartDays, day: int) -> Message:
    """What the network said; where it is nearer to yesterday's price than to the day's, that."""
    said, values = seen.network[day], {"price": _price(seen.network[day])}
    truth, before = seen.truth[day], seen.yesterday[day]
    if np.isfinite(truth) and np.isfinite(before) and abs(said - before) < abs(said - truth) / 2:
        return Message("network said {price}, one day late", values)
    return Message("network said {price}", values)
