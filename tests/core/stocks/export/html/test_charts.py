"""What is drawn is where the numbers are, read back by the labels of the axes."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.html import charts
from rnnstudio.core.stocks.export.html.line_chart import Chart, draw
from tests.core.stocks import made
from tests.core.stocks.export.html.page_reader import Node, points, read_page, x_values, y_values

ROWS = 400


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    split = made.walk(ROWS, 300)
    split.table.column("Open")[310] *= 1.5  # a day that no other is like
    return evaluate_summarized(made.trained(split), AccessLog(), EvaluationRequest(4))


def drawn(chart: Chart | None) -> Node:
    assert chart is not None
    return read_page(draw(chart)).one("svg")


def months(evaluation: Evaluation) -> dict[str, int]:
    """The row of the first day of each month, by its name at the axis."""
    dates = evaluation.forecast.table.dates.astype("datetime64[M]")
    return {str(month): int(np.searchsorted(dates, month)) for month in np.unique(dates)}


def curve(chart: Node, kind: str, rows: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """The rows and the values that a curve goes through."""
    across, up = points(chart.one("path", f"line {kind}")).T
    return x_values(chart, across, rows), y_values(chart, up)


@pytest.mark.parametrize(
    ("kind", "part"),
    [("truth", "actual"), ("forecast", "predicted"), ("naive", "persistence")],
)
def test_that_the_test_span_is_drawn_where_its_days_and_prices_are(
    evaluation: Evaluation, kind: str, part: str
) -> None:
    chart, forecast = drawn(charts.span_chart(evaluation)), evaluation.forecast
    rows, values = curve(chart, kind, months(evaluation))
    expected = getattr(forecast, part)
    if kind == "truth":  # it begins at the day before
        expected = np.append(forecast.truth[forecast.rows.start - 1], expected)
    np.testing.assert_allclose(values, expected, atol=5e-3)
    np.testing.assert_allclose(rows, np.arange(ROWS - len(expected), ROWS), atol=0.02)


def test_that_the_last_days_of_a_long_test_span_are_drawn_closer(evaluation: Evaluation) -> None:
    chart, forecast = drawn(charts.closer_chart(evaluation)), evaluation.forecast
    rows = {str(day): row for row, day in enumerate(forecast.table.dates)}
    for kind, part in (("truth", forecast.actual), ("naive", forecast.persistence)):
        places, values = curve(chart, kind, rows)
        np.testing.assert_allclose(values, part[-40:], atol=5e-3)
        np.testing.assert_allclose(places, np.arange(ROWS - 40, ROWS), atol=0.02)


def test_that_intervals_are_drawn_around_the_forecast_and_the_days_ahead(
    evaluation: Evaluation,
) -> None:
    chart = drawn(charts.span_chart(evaluation))
    for path, band in zip(
        chart.all("path", "band"), (evaluation.forecast.band, evaluation.future.band), strict=True
    ):
        assert band is not None
        low, high = band
        values = y_values(chart, points(path)[:, 1])
        np.testing.assert_allclose(values, [*high, *low[::-1]], atol=5e-3)


def test_that_the_closed_loop_is_drawn_beside_the_price_that_is_held(
    evaluation: Evaluation,
) -> None:
    chart, forecast = drawn(charts.closed_chart(evaluation)), evaluation.forecast
    rows = months(evaluation)
    np.testing.assert_allclose(curve(chart, "closed", rows)[1], forecast.closed_loop, atol=5e-3)
    np.testing.assert_allclose(curve(chart, "naive", rows)[1], forecast.flat, atol=5e-3)


def test_that_errors_are_drawn_with_their_sign(evaluation: Evaluation) -> None:
    chart, forecast = drawn(charts.errors_chart(evaluation)), evaluation.forecast
    _, values = curve(chart, "forecast", months(evaluation))
    np.testing.assert_allclose(values, forecast.predicted - forecast.actual, atol=5e-3)
    assert chart.one("path", "zero")


def test_that_the_losses_are_drawn_after_their_epochs(evaluation: Evaluation) -> None:
    model = evaluation.forecast.trained.model
    chart = drawn(charts.loss_chart(evaluation))
    epochs = {str(number): number for number in range(1, 100)}
    assert model.held_out_losses is not None
    for kind, losses in (("loss", model.losses), ("held-out", model.held_out_losses)):
        across, up = points(chart.one("path", kind)).T
        np.testing.assert_allclose(
            x_values(chart, across, epochs), np.arange(1, len(losses) + 1), atol=0.01
        )
        # The axis is logarithmic: equal ratios are equal distances.
        slope = np.polyfit(np.log(losses), up, 1)[0]
        np.testing.assert_allclose(up - up[0], slope * np.log(losses / losses[0]), atol=0.02)


def test_that_the_spans_of_the_file_are_drawn_under_their_days(evaluation: Evaluation) -> None:
    chart = drawn(charts.file_chart(evaluation))
    split, rows = evaluation.forecast.split, months(evaluation)
    for kind, span in (
        ("training", split.train_rows),
        ("validation", split.validation_rows),
        ("test", split.test_rows),
    ):
        place = chart.one("rect", kind).attributes
        ends = np.array([float(place["x"]), float(place["x"]) + float(place["width"])])
        found = x_values(chart, ends, rows)
        np.testing.assert_allclose(found, [span.start - 0.5, span.stop - 0.5], atol=0.02)
    _, values = curve(chart, "truth", rows)
    np.testing.assert_allclose(values, evaluation.forecast.truth, atol=5e-3)
