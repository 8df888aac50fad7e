"""The candlesticks: only with all four prices, only of the days that may be shown."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.ui.stocks.candles import Candles
from rnnstudio.ui.widgets.labelled_chart import LabelledChart
from tests.core.stocks import made

OPEN = 100 + np.arange(50.0)
TABLE = PriceTable(
    "four.csv",
    made.table(OPEN).dates,
    {
        "Open": OPEN,
        "High": OPEN + 3,
        "Low": OPEN - 2,
        "Close": OPEN + 1,
        "Adj Close": (OPEN + 1) / 2,
    },
)


def test_that_only_the_days_that_are_given_are_drawn(qtbot: QtBot) -> None:
    candles = Candles()
    candles.show_rows(TABLE, 30, "Close")
    assert len(candles.prices) == 30
    assert candles.boundingRect().bottom() == 132
    assert candles.boundingRect().top() == 98


def test_that_a_table_without_all_four_prices_has_no_candles(qtbot: QtBot) -> None:
    candles = Candles()
    candles.show_rows(made.table(OPEN), 50, "Open")
    assert candles.boundingRect().isEmpty()


def test_that_beside_an_adjusted_close_the_candles_are_adjusted_too(qtbot: QtBot) -> None:
    candles = Candles()
    candles.show_rows(TABLE, 50, "Adj Close")
    np.testing.assert_allclose(candles.prices[:, 3], TABLE.column("Adj Close"))
    np.testing.assert_allclose(candles.prices[:, 1], TABLE.column("High") / 2, rtol=1e-12)


def test_that_candles_appear_once_few_enough_days_are_in_view(qtbot: QtBot) -> None:
    plot = LabelledChart("", "")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    candles = Candles()
    plot.addItem(candles)
    pictures = []
    for rows in (0, 50):
        candles.show_rows(TABLE, rows, "Close")
        plot.setRange(xRange=(0, 50), yRange=(90, 160), padding=0)
        pictures.append(plot.grab().toImage())
    assert pictures[0] != pictures[1]
