"""A kept network on newer prices: the days go on, and it is the same share."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.evaluation.predict_newer import continued, predict_newer
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from tests.core.stocks import made

WHOLE = made.walk(160, 90).table
OLD = Split(WHOLE.part(slice(0, 120)), 90)
TRAINED = made.trained(OLD)


def scaled(table: PriceTable, factor: float) -> PriceTable:
    columns = {name: values * factor for name, values in table.columns.items()}
    return PriceTable(table.source, table.dates, columns)


@pytest.mark.parametrize("first", [0, 80, 118, 120], ids=["all", "much", "two days", "none"])
def test_that_new_days_are_forecast_alike_whatever_the_file_repeats(first: int) -> None:
    newer = WHOLE.part(slice(first, 160))
    forecast = predict_newer(TRAINED, newer, AccessLog())
    assert [str(day) for day in forecast.dates] == [str(day) for day in WHOLE.dates[120:]]
    expected = evaluate(made.trained(Split(WHOLE, 90)))  # the same training: the span differs only
    np.testing.assert_allclose(forecast.predicted, expected.predicted[30:], rtol=1e-6)
    assert summarize(forecast).clean


def test_that_a_file_adjusted_anew_is_taken_by_its_own_past() -> None:
    """Returns do not care for the scale, so the forecast is the same but for it."""
    forecast = predict_newer(TRAINED, scaled(WHOLE, 0.5), AccessLog())
    plain = predict_newer(TRAINED, WHOLE, AccessLog())
    np.testing.assert_allclose(2 * forecast.predicted, plain.predicted, rtol=1e-6)


def test_that_an_applied_span_counts_its_own_accesses() -> None:
    opened = evaluate(TRAINED).accesses
    first = predict_newer(TRAINED, WHOLE, opened)
    assert first.accesses.count(first.dates) == 1
    assert predict_newer(TRAINED, WHOLE, first.accesses).accesses.count(first.dates) == 2


def gap(days: int) -> PriceTable:
    table = WHOLE.part(slice(120, 160))
    return PriceTable("later.csv", table.dates + days, table.columns)


@pytest.mark.parametrize(
    ("newer", "sentence"),
    [
        (OLD.table, "goes to 2019-04-30 already; choose a file with later days"),
        (gap(20), "goes on on 2019-05-21, 21 days after the end of"),
        (scaled(WHOLE.part(slice(118, 160)), 0.9), "another share, or adjusted anew"),
        (scaled(WHOLE.part(slice(120, 160)), 7), "another share, or the share was split"),
        (
            PriceTable("b.csv", WHOLE.dates, {"Open": WHOLE.column("Open")}),
            r"b\.csv has no column 'High'",
        ),
        (
            PriceTable("b.csv", WHOLE.dates, {name: np.zeros(160) for name in WHOLE.names}),
            "which has no log return",
        ),
    ],
    ids=["no new day", "gap", "other prices", "jump", "column", "zeros"],
)
def test_that_a_file_that_does_not_go_on_is_refused(newer: PriceTable, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        predict_newer(TRAINED, newer, AccessLog())


def test_that_hours_between_two_rows_are_no_gap_of_days() -> None:
    """Hours are distinguished from days also where the older file has no weekend in it."""
    split = made.walk(60, 40)
    start = np.datetime64("2024-05-06T09", "h")  # a Monday
    older = PriceTable("older.csv", start + np.arange(60), split.table.columns)
    newer = PriceTable("newer.csv", start + 96 + np.arange(60), split.table.columns)
    trained = made.trained(Split(older, 40), made.SOUND)
    table, new = continued(trained, newer)
    assert (table.rows, new) == (120, 60)
