"""The drawings of a report.

The naive forecast is on every one that has a forecast on it, drawn last: it is seen where the two
are alike.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.export.html.axis_scale import Tick, date_ticks
from rnnstudio.core.stocks.export.html.chart_words import (
    clauses,
    days_in_words,
    losses_in_words,
    range_in_words,
)
from rnnstudio.core.stocks.export.html.line_chart import Band, Chart, ChartLine, ChartSpan
from rnnstudio.core.stocks.export.html.spans import in_own_file

DAYS_AXIS = Message("trading days, no gaps at weekends")
NAIVE = Message("Tomorrow = today (naive)")
LEAST_TAIL = 20
"""Known days drawn before the test span, at least."""
CLOSER = 40
"""Test days of the drawing in which single days can be distinguished."""


def span_chart(evaluation: Evaluation) -> Chart:
    """The test span with what was known just before it, and the days ahead."""
    forecast, ahead = evaluation.forecast, evaluation.future
    days = _days(forecast.rows)
    after = forecast.table.rows + np.arange(float(len(ahead.dates)))
    lines = [
        *_truth(forecast),
        ChartLine(Message("Forecast"), "forecast", days, forecast.predicted),
        ChartLine(NAIVE, "naive", days, forecast.persistence),
        ChartLine(Message("Days ahead"), "ahead", after, ahead.predicted),
    ]
    if evaluation.dropout is not None:
        for end in (evaluation.dropout.low, evaluation.dropout.high):
            lines.append(ChartLine(Message("Dropout samples, no interval"), "dropout", days, end))
    ends = ((days, forecast.band), (after, ahead.band))
    bands = [
        Band(Message("Interval"), "forecast", x, *band) for x, band in ends if band is not None
    ]
    return Chart(
        "chart-test",
        Message("The test span and the days ahead"),
        days_in_words(
            forecast,
            range_in_words(Message("truth"), forecast.actual),
            range_in_words(Message("forecast"), forecast.predicted),
            range_in_words(Message("yesterday's price, the naive forecast"), forecast.persistence),
            range_in_words(Message("days ahead"), ahead.predicted),
        ),
        Message(
            "Each day is forecast from the true days before it. The naive forecast says that the "
            "price stays as it is; to lie close to it takes yesterday's price and no skill."
        ),
        DAYS_AXIS,
        forecast.spec.target,
        _tail_ticks(forecast, np.concatenate([forecast.table.dates, ahead.dates])),
        tuple(lines),
        tuple(bands),
        (_test_span(forecast),),
    )


def closer_chart(evaluation: Evaluation) -> Chart | None:
    """The last test days, so that single days can be distinguished; None if all can be."""
    forecast = evaluation.forecast
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
        Message("The last {days} test days, closer", {"days": CLOSER}),
        Message(
            "{first} to {last}: {ranges}.",
            {
                "first": forecast.dates[-CLOSER],
                "last": forecast.dates[-1],
                "ranges": clauses(
                    range_in_words(Message("truth"), actual),
                    range_in_words(Message("forecast"), predicted),
                    range_in_words(Message("naive forecast"), naive),
                ),
            },
        ),
        Message(
            "Where the truth turns, look which of the others has turned with it on the same day. "
            "What turns a day later has copied yesterday's price."
        ),
        DAYS_AXIS,
        forecast.spec.target,
        _shifted(forecast.dates[last], int(days[0])),
        (
            ChartLine(Message("Truth"), "truth", days, actual),
            ChartLine(Message("Forecast"), "forecast", days, predicted),
            ChartLine(NAIVE, "naive", days, naive),
        ),
        ()
        if band is None
        else (Band(Message("Interval"), "forecast", days, band[0][last], band[1][last]),),
    )


def closed_chart(evaluation: Evaluation) -> Chart:
    """One path from the first day on, fed with its own output, and the last price held."""
    forecast = evaluation.forecast
    days = _days(forecast.rows)
    return Chart(
        "chart-closed",
        Message("The closed loop"),
        days_in_words(
            forecast,
            range_in_words(Message("truth"), forecast.actual),
            range_in_words(Message("closed loop"), forecast.closed_loop),
            range_in_words(Message("the last known price, held"), forecast.flat),
        ),
        Message(
            "One path from the first test day on, in which the network's output is its next input. "
            "What it has to beat is the last price that was known, held."
        ),
        DAYS_AXIS,
        forecast.spec.target,
        _tail_ticks(forecast, forecast.table.dates),
        (
            *_truth(forecast),
            ChartLine(Message("Closed loop"), "closed", days, forecast.closed_loop),
            ChartLine(Message("Last known price, held (naive)"), "naive", days, forecast.flat),
        ),
        spans=(_test_span(forecast),),
    )


def errors_chart(evaluation: Evaluation) -> Chart:
    """Forecast less truth, day by day."""
    forecast = evaluation.forecast
    days = _days(forecast.rows)
    own, naive = forecast.predicted - forecast.actual, forecast.persistence - forecast.actual
    return Chart(
        "chart-errors",
        Message("Errors day by day"),
        days_in_words(
            forecast,
            range_in_words(Message("the network's error"), own),
            range_in_words(Message("the naive forecast's error"), naive),
        ),
        Message(
            "Forecast less truth: above 0 the forecast was too high. The naive forecast's error is "
            "the day's move with its sign turned."
        ),
        DAYS_AXIS,
        Message("forecast − truth, in prices"),
        _shifted(forecast.dates, forecast.rows.start),
        (
            ChartLine(Message("Network"), "forecast", days, own),
            ChartLine(NAIVE, "naive", days, naive),
        ),
    )


def horizons_chart(evaluation: Evaluation) -> Chart:
    """The error by days ahead."""
    found = evaluation.summary.horizons
    days = np.arange(1.0, len(found.rmse) + 1)
    return Chart(
        "chart-horizons",
        Message("Error by days ahead"),
        Message(
            "1 to {days} days ahead: {ranges}.",
            {
                "days": len(days),
                "ranges": clauses(
                    range_in_words(Message("network"), found.rmse),
                    range_in_words(Message("last known price"), found.rmse_persistence),
                ),
            },
        ),
        Message("Made from every test day as an origin, each with the true days before it."),
        Message("days ahead"),
        Message("RMSE, in prices"),
        _every(days),
        (
            ChartLine(Message("Network"), "forecast", days, found.rmse),
            ChartLine(Message("Last known price (naive)"), "naive", days, found.rmse_persistence),
        ),
    )


def loss_chart(evaluation: Evaluation) -> Chart | None:
    """The loss after each epoch; None if no epoch was trained."""
    model = evaluation.forecast.trained.model
    if len(model.losses) == 0:
        return None
    losses, epochs = model.losses.astype(np.float64), np.arange(1.0, len(model.losses) + 1)
    lines = [ChartLine(Message("Training"), "loss", epochs, losses)]
    held_out = None
    if model.held_out_losses is not None:
        held_out = model.held_out_losses.astype(np.float64)
        lines.append(
            ChartLine(Message("Validation"), "held-out", epochs[: len(held_out)], held_out)
        )
    return Chart(
        "chart-loss",
        Message("The loss while training"),
        losses_in_words(losses, held_out),
        Message(
            "Mean squared error of what the network sees, scaled, so its size cannot be compared "
            "with that of another scaling. The training's is taken while dropout is on, the "
            "validation's after the epoch without it."
        ),
        Message("epoch"),
        Message("mean squared error, scaled"),
        _every(epochs),
        tuple(lines),
        logarithmic=True,
    )


def file_chart(evaluation: Evaluation) -> Chart:
    """All prices of the file, with the spans that they are divided into."""
    forecast = evaluation.forecast
    split, table = forecast.split, forecast.table
    spans = [(Message("Test"), "test", forecast.rows)]
    if in_own_file(forecast):
        spans = [
            (Message("Training"), "training", split.train_rows),
            (Message("Validation"), "validation", split.validation_rows),
            *spans,
        ]
    return Chart(
        "chart-file",
        Message("The whole file"),
        Message(
            "{days:n} days, {first} to {last}: {range}.",
            {
                "days": table.rows,
                "first": table.dates[0],
                "last": table.dates[-1],
                "range": range_in_words(Message("price"), forecast.truth),
            },
        ),
        Message("The shaded spans are those that the days were divided into."),
        DAYS_AXIS,
        forecast.spec.target,
        date_ticks(table.dates),
        (ChartLine(Message("Price"), "truth", np.arange(float(table.rows)), forecast.truth),),
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
        ChartLine(
            Message("Known"), "known", _days(known), forecast.truth[known.start : known.stop]
        ),
        ChartLine(
            Message("Truth"), "truth", _days(truth), forecast.truth[truth.start : truth.stop]
        ),
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
    return ChartSpan(
        Message("Test span"), "test", forecast.rows.start - 0.5, forecast.rows.stop - 0.5
    )


def _days(rows: range) -> FloatArray:
    return np.arange(rows.start, rows.stop, dtype=np.float64)


def _every(numbers: FloatArray) -> list[Tick]:
    """Ticks at ``numbers`` 1, 2 ..., at most eight of them."""
    apart = -(-len(numbers) // 8)
    return [Tick(number, f"{number:.0f}") for number in numbers[apart - 1 :: apart].tolist()]
