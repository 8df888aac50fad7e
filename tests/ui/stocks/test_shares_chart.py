"""A chart of the forecaster: one card for a place, a line in focus, days that move along."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.stocks.days_chart import DaysChart
from rnnstudio.ui.stocks.price_lines import price_lines

DAYS = np.arange("2019-01-01", "2019-07-20", dtype="datetime64[D]")
ROWS = np.arange(200.0)
TRUTH = 100 + np.sin(ROWS / 9) + ROWS / 50
NETWORK = TRUTH - 1
YESTERDAY = np.append(np.nan, TRUTH[:-1])


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[DaysChart]:
    page = QWidget()  # pyqtgraph's own close() takes a chart apart that is a window
    qtbot.addWidget(page)
    chart = DaysChart()
    chart.setParent(page)
    page.resize(900, 500)
    chart.resize(800, 400)
    page.show()
    lines = price_lines(ROWS, TRUTH, NETWORK, YESTERDAY)
    chart.show_days(lines, DAYS, range(140, 200))
    chart.grab()
    yield chart
    page.close()


def bold_row(chart: DaysChart) -> str:
    card = chart.overlay.cards[0]
    [row] = [text for text, font in card.lines if font.bold()]
    return row


def test_that_arrow_keys_turn_to_the_line_above_and_below_by_their_names(
    chart: DaysChart, qtbot: QtBot
) -> None:
    labels = zip(chart.overlay.label_boxes(), chart.overlay.labels, strict=True)
    downwards = [label.name for _, label in sorted(labels, key=lambda each: each[0].top())]
    assert downwards == ["yesterday's price", "truth", "network"]
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(chart, key)
        seen.append(chart.line_in_focus)
    assert seen == [*downwards, "network"]
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert chart.line_in_focus == "truth"


def test_that_the_card_the_dots_and_a_screen_reader_tell_the_line_in_focus(
    chart: DaysChart, qtbot: QtBot
) -> None:
    chart.show_place(150)
    assert bold_row(chart) == "2019-05-31"
    assert not any(card.ringed for card in chart.overlay.cards)
    before = chart.grab().toImage()
    for _ in range(3):
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.line_in_focus == "network"
    assert bold_row(chart).startswith("network ")
    first = chart.overlay.cards[0]
    assert (first.ringed, first.at) == (True, (150.0, NETWORK[150]))
    assert chart.accessibleDescription().startswith("Line in focus: network.")
    assert chart.grab().toImage() != before


def test_that_the_line_in_focus_lies_over_the_others_and_outlives_new_days(
    chart: DaysChart,
) -> None:
    chart.focus_line("network")
    names = [line.name for line in chart.lines]
    heights = [curve.zValue() for curve in chart.curves]
    assert heights[names.index("network")] == max(heights)
    chart.show_days(price_lines(ROWS, TRUTH, NETWORK, YESTERDAY), DAYS, range(60))
    assert chart.line_in_focus == "network"
    chart.show_days(price_lines(ROWS, TRUTH, NETWORK, YESTERDAY)[1:], DAYS, range(60))
    assert chart.line_in_focus == ""


def test_that_keys_go_to_days_beside_those_in_sight_and_the_scale_comes_along(
    chart: DaysChart, qtbot: QtBot
) -> None:
    assert chart.in_sight == range(140, 200)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.place == 0
    assert chart.in_sight == range(60)
    low, high = chart.getPlotItem().vb.viewRange()[1]
    assert low < NETWORK[:60].min() < TRUTH[:60].max() < high
    ends = {label.name: label.text for label in chart.overlay.labels}
    assert ends["truth"] == f"{TRUTH[59]:.2f}"
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.in_sight == range(140, 200)


def test_that_the_first_arrow_key_looks_at_a_day_in_sight(chart: DaysChart, qtbot: QtBot) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.place == 141
    assert chart.in_sight == range(140, 200)
