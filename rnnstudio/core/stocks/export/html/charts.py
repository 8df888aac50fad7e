"""The drawings of a report.

The naive forecast is on every one that has a forecast on it, drawn last: it is seen where the two
are alike.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.numbers import tidy
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.export.html.axis_scale import Tick, date_ticks
from rnnstudio.core.stocks.export.html.line_chart import Band, Chart, ChartLine, ChartSpan
from rnnstudio.core.stocks.export.html.spans import in_own_file

DAYS_AXIS = "trading days, no gaps at weekends"
LEAST_TAIL = 20
"""Known days drawn before the test span, at least."""
CLOSER = 40
"""Test days of the drawing in which single days can be told apart."""


def span_chart(examined: Evaluation) -> Chart:
    """The test span with what was known just before it, and the days ahead."""
    forecast, ahead = examined.forecast, examined.future
    days = _days(forecast.rows)
    after = forecast.table.rows + np.arange(float(len(ahead.dates)))
    lines = [
        *_truth(forecast),
        ChartLine("Forecast", "forecast", days, forecast.predicted),
        ChartLine("Tomorrow = today (naive)", "naive", days, forecast.persistence),
        ChartLine("Days ahead", "ahead", after, ahead.predicted),
    ]
    if examined.dropout is not None:
        for end in (examined.dropout.low, examined.dropout.high):
            lines.append(ChartLine("Dropout samples, no interval", "dropout", days, end))
    ends = ((days, forecast.band), (after, ahead.band))
    bands = [Band("Interval", "forecast", x, *band) for x, band in ends if band is not None]
    return Chart(
        "chart-test",
        "The test span and the days ahead",
        _told(
            forecast,
            ("truth", forecast.actual),
            ("forecast", forecast.predicted),
            ("yesterday's price, the naive forecast", forecast.persistence),
            ("days ahead", ahead.predicted),
        ),
        "Each day is forecast from the true days before it. The naive forecast says that the price "
        "stays as it is; to lie close to it takes yesterday's price and no skill.",
        DAYS_AXIS,
        forecast.spec.target,
        _tail_ticks(forecast, np.concatenate([forecast.table.dates, ahead.dates])),
        tuple(lines),
        tuple(bands),
        (_test_span(forecast),),
    )


def closer_chart(examined: Evaluation) -> Chart | None:
    """The last test days, so that single days can be told apart; None where all can be."""
    forecast = examined.forecast
    if len(forecast.rows) <= 2 * CLOSER:
        return None
    last = slice(-CLOSER, None)
    days = _days(forecast.rows)[last]
    actual, predicted, naive = (
        curve[last] for curve in (forecast.actual, forecast.predicted, forecast.persistence)
    )
    band = forecast.band
    return Chart(
        "chart-closer",
        f"The last {CLOSER} test days, closer",
        f"{forecast.dates[-CLOSER]} to {forecast.dates[-1]}: "
        f"{_ranges(('truth', actual), ('forecast', predicted), ('naive forecast', naive))}.",
        "Where the truth turns, look which of the others has turned with it on the same day. What "
        "turns a day later has copied yesterday's price.",
        DAYS_AXIS,
        forecast.spec.target,
        _shifted(forecast.dates[last], int(days[0])),
        (
            ChartLine("Truth", "truth", days, actual),
            ChartLine("Forecast", "forecast", days, predicted),
            ChartLine("Tomorrow = today (naive)", "naive", days, naive),
        ),
        () if band is None else (Band("Interval", "forecast", days, band[0][last], band[1][last]),),
    )


def closed_chart(examined: Evaluation) -> Chart:
    """One path from the first day on, fed with its own output, and the last price held."""
    forecast = examined.forecast
    days = _days(forecast.rows)
    return Chart(
        "chart-closed",
        "The closed loop",
        _told(
            forecast,
            ("truth", forecast.actual),
            ("closed loop", forecast.closed_loop),
            ("the last known price, held", forecast.flat),
        ),
        "One path from the first test day on, in which the network's output is its next input. "
        "What it has to beat is the last price that was known, held.",
        DAYS_AXIS,
        forecast.spec.target,
        _tail_ticks(forecast, forecast.table.dates),
        (
            *_truth(forecast),
            ChartLine("Closed loop", "closed", days, forecast.closed_loop),
            ChartLine("Last known price, held (naive)", "naive", days, forecast.flat),
        ),
        spans=(_test_span(forecast),),
    )


def errors_chart(examined: Evaluation) -> Chart:
    """Forecast less truth, day by day."""
    forecast = examined.forecast
    days = _days(forecast.rows)
    own, naive = forecast.predicted - forecast.actual, forecast.persistence - forecast.actual
    return Chart(
        "chart-errors",
        "Errors day by day",
        _told(forecast, ("the network's error", own), ("the naive forecast's error", naive)),
        "Forecast less truth: above 0 the forecast was too high. The naive forecast's error is the "
        "day's move with its sign turned.",
        DAYS_AXIS,
        "forecast − truth, in prices",
        _shifted(forecast.dates, forecast.rows.start),
        (
            ChartLine("Network", "forecast", days, own),
            ChartLine("Tomorrow = today (naive)", "naive", days, naive),
        ),
    )


def horizons_chart(examined: Evaluation) -> Chart:
    """The error by days ahead."""
    found = examined.summary.horizons
    days = np.arange(1.0, len(found.rmse) + 1)
    return Chart(
        "chart-horizons",
        "Error by days ahead",
        f"1 to {len(days)} days ahead: "
        f"{_ranges(('network', found.rmse), ('last known price', found.rmse_persistence))}.",
        "Made from every test day as an origin, each with the true days before it.",
        "days ahead",
        "RMSE, in prices",
        _every(days),
        (
            ChartLine("Network", "forecast", days, found.rmse),
            ChartLine("Last known price (naive)", "naive", days, found.rmse_persistence),
        ),
    )


def loss_chart(examined: Evaluation) -> Chart | None:
    """The loss after each epoch; None where no epoch was trained."""
    model = examined.forecast.trained.model
    if len(model.losses) == 0:
        return None
    losses, epochs = model.losses.astype(np.float64), np.arange(1.0, len(model.losses) + 1)
    lines = [ChartLine("Training", "loss", epochs, losses)]
    told = f"Training from {tidy(losses[0])} to {tidy(losses[-1])}"
    if model.held_out_losses is not None:
        held_out = model.held_out_losses.astype(np.float64)
        lines.append(ChartLine("Validation", "held-out", epochs[: len(held_out)], held_out))
        told += f"; validation from {tidy(held_out[0])} to {tidy(held_out[-1])}, lowest in epoch "
        told += f"{int(np.argmin(held_out)) + 1} with {tidy(held_out.min())}"
    return Chart(
        "chart-loss",
        "The loss while training",
        f"{told}; {len(epochs)} epochs.",
        "Mean squared error of what the network sees, scaled, so its size cannot be compared with "
        "that of another scaling. The training's is taken while dropout is on, the validation's "
        "after the epoch without it.",
        "epoch",
        "mean squared error, scaled",
        _every(epochs),
        tuple(lines),
        logarithmic=True,
    )


def file_chart(examined: Evaluation) -> Chart:
    """All prices of the file, with the spans that they are divided into."""
    forecast = examined.forecast
    split, table = forecast.split, forecast.table
    spans = [("Test", "test", forecast.rows)]
    if in_own_file(forecast):
        spans = [
            ("Training", "training", split.train_rows),
            ("Validation", "validation", split.validation_rows),
            *spans,
        ]
    return Chart(
        "chart-file",
        "The whole file",
        f"{table.rows:,} days, {table.dates[0]} to {table.dates[-1]}: "
        f"{_ranges(('price', forecast.truth))}.",
        "The shaded spans are those that the days were divided into.",
        DAYS_AXIS,
        forecast.spec.target,
        date_ticks(table.dates),
        (ChartLine("Price", "truth", np.arange(float(table.rows)), forecast.truth),),
        spans=tuple(
            ChartSpan(name, kind, rows.start - 0.5, rows.stop - 0.5)
            for name, kind, rows in spans
            if rows
        ),
    )


def _truth(forecast: Forecast) -> tuple[ChartLine, ChartLine]:
    """The prices before the test span and in it; they meet on the day before it."""
    first, rows = _first(forecast), forecast.rows
    known, truth = range(first, rows.start), range(rows.start - 1, rows.stop)
    return (
        ChartLine("Known", "known", _days(known), forecast.truth[known.start : known.stop]),
        ChartLine("Truth", "truth", _days(truth), forecast.truth[truth.start : truth.stop]),
    )


def _first(forecast: Forecast) -> int:
    """The first row drawn where not all are."""
    return max(0, forecast.rows.start - max(LEAST_TAIL, len(forecast.rows) // 4))


def _tail_ticks(forecast: Forecast, dates: Dates) -> list[Tick]:
    return _shifted(dates[_first(forecast) :], _first(forecast))


def _shifted(dates: Dates, first: int) -> list[Tick]:
    """The ticks of ``dates`` that begin with row ``first``."""
    return [replace(tick, at=tick.at + first) for tick in date_ticks(dates)]


def _test_span(forecast: Forecast) -> ChartSpan:
    return ChartSpan("Test span", "test", forecast.rows.start - 0.5, forecast.rows.stop - 0.5)


def _days(rows: range) -> FloatArray:
    return np.arange(rows.start, rows.stop, dtype=np.float64)


def _every(numbers: FloatArray) -> list[Tick]:
    """Ticks at ``numbers`` 1, 2 ..., at most eight of them."""
    apart = -(-len(numbers) // 8)
    return [Tick(number, f"{number:.0f}") for number in numbers[apart - 1 :: apart].tolist()]


def _told(forecast: Forecast, *curves: tuple[str, FloatArray]) -> str:
    """A chart over the test days in words."""
    dates = forecast.dates
    return f"{len(dates):,} test days, {dates[0]} to {dates[-1]}: {_ranges(*curves)}."


def _ranges(*curves: tuple[str, FloatArray]) -> str:
    """As in "truth from 139.7 to 181.9, at the end 153.4"."""
    return "; ".join(
        f"{name} from {tidy(values.min())} to {tidy(values.max())}, at the end {tidy(values[-1])}"
        for name, values in curves
    )
