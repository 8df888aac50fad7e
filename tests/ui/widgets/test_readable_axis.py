"""Titles and numbers of a chart can be read whole, or say that there is more of them."""

from __future__ import annotations

from html import escape
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.dinosaurs.pages.bars import BarChart
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine
from rnnstudio.ui.widgets.plot import ReadableAxis


def make_plot(x_title: str, y_title: str) -> pg.PlotWidget:
    """A chart with two such axes."""
    plot = pg.PlotWidget(axisItems={side: ReadableAxis(side) for side in ("bottom", "left")})
    plot.getPlotItem().layout.setContentsMargins(0, 8, 8, 0)  # for the outer labels
    plot.setLabel("bottom", x_title)
    plot.setLabel("left", y_title)
    return plot


TITLES = ["RMSE", "Mean squared error, scaled", "<b>AT&T & more</b>", "W" * 60]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("side", ["left", "bottom"])
def test_that_a_title_lies_within_its_axis_and_is_whole_where_it_fits(
    qtbot: QtBot, title: str, side: str
) -> None:
    plot = make_plot("x", "y")
    qtbot.addWidget(plot)
    axis = plot.getPlotItem().getAxis(side)
    plot.show()
    for size in (120, 1500, 90):
        plot.resize(size, size)
        plot.grab()
        plot.setLabel(side, escape(title))
        room = axis.mapRectToScene(axis.boundingRect())
        place = axis.label.mapRectToScene(axis.label.boundingRect())
        ends = (place.top(), place.bottom()) if side == "left" else (place.left(), place.right())
        assert -1 <= ends[0] < ends[1] <= size + 1, (ends, room)
        shown = axis.label.toPlainText().strip()
        assert (shown == title) == (axis.toolTip() == "")
        assert shown == title or shown.endswith("…")
        assert shown == title or size < 1500


def test_that_a_title_stays_in_the_middle_when_another_one_takes_its_place(qtbot: QtBot) -> None:
    plot = make_plot("x", "A title that is long")
    qtbot.addWidget(plot)
    plot.resize(400, 400)
    plot.show()
    plot.grab()
    axis = plot.getPlotItem().getAxis("left")
    for title in ("short", "A title that is much longer"):
        axis.setLabel(title)
        middle = axis.label.mapRectToParent(axis.label.boundingRect()).center().y()
        assert abs(middle - axis.size().height() / 2) <= 1


def test_that_small_numbers_are_those_of_the_curve(qtbot: QtBot) -> None:
    plot = make_plot("x", "y")
    qtbot.addWidget(plot)
    plot.resize(400, 400)
    plot.show()
    plot.setYRange(0.001, 0.004, padding=0)
    plot.grab()
    axis = plot.getPlotItem().getAxis("left")
    assert axis.label.toPlainText().strip() == "y"
    assert axis.tickStrings([0.002], axis.autoSIPrefixScale * axis.scale, 0.001) == ["0.002"]


@pytest.mark.parametrize("width", [200, 360, 800])
def test_that_no_symbol_below_a_bar_lies_on_the_next(qtbot: QtBot, width: int) -> None:
    page = QWidget()  # pyqtgraph's own close() takes a chart apart that is a window
    qtbot.addWidget(page)
    plot = BarChart("Letter", "Times")
    plot.setParent(page)
    plot.show_tops(np.ones(27), str, symbols="\nabcdefghijklmnopqrstuvwxyz")
    plot.resize(width, 200)
    page.show()
    plot.grab()
    canvas = QPixmap(4, 4)
    painter = QPainter(canvas)
    _, _, texts = plot.getPlotItem().getAxis("bottom").generateDrawSpecs(painter)
    painter.end()
    places = sorted((rect for rect, _, _ in texts), key=lambda rect: rect.left())
    assert len(places) == 27 or width < 360
    assert all(one.right() <= other.left() + 1 for one, other in pairwise(places))


@pytest.mark.parametrize("apart", [1, 300])
def test_that_two_names_below_a_chart_that_would_read_as_one_are_not_both_written(
    qtbot: QtBot, apart: int
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    chart = LabelledChart("", "Price")
    chart.setParent(page)
    chart.resize(500, 200)
    width = QFontMetrics(words(sizes().label)).horizontalAdvance("Jul 2018")
    days = np.arange(500.0)
    names = [(0.0, "Jul 2018"), (float(width) + apart, "Jul 2018")]
    chart.show_lines([LabelledLine("", days, days)], (0.0, 500.0), names)
    page.show()
    chart.grab()
    axis = chart.getPlotItem().getAxis("bottom")
    shown = chart.getPlotItem().vb.sceneBoundingRect().width()
    chart.resize(round(500 + 500 - shown), 200)  # a pixel a day
    chart.grab()
    canvas = QPixmap(4, 4)
    painter = QPainter(canvas)
    _, _, texts = axis.generateDrawSpecs(painter)
    painter.end()
    assert len(texts) == (1 if apart == 1 else 2)
