"""The exported charts, read back: what is drawn is where its own scales say."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.pictures.view_picture import ViewPicture
from rnnstudio.ui.stocks.errors_view import HorizonsView, ResidualsView
from rnnstudio.ui.stocks.example import finished_state
from rnnstudio.ui.stocks.forecast_view import ForecastView
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import colours, sizes
from tests.ui.widgets.drawn_svg import Drawing, Points, read_drawing

REACH = 0.1
"""Tolerance of a drawn point's position, in pixels."""


class Page(QSplitter):
    """The charts of the forecast's page, and a control beside them."""

    def __init__(self, state: StocksState) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.chart, self.residuals, self.horizons = ForecastView(), ResidualsView(), HorizonsView()
        self.residuals.follow(self.chart.plot)
        for widget in (self.chart, self.residuals, self.horizons, QCheckBox("a control")):
            self.addWidget(widget)
        self.resize(1400, 1000)
        assert state.evaluation is not None
        self.evaluation: Evaluation = state.evaluation
        for view in (self.chart, self.residuals, self.horizons):
            view.show_state(state)


@pytest.fixture(scope="module")
def state() -> StocksState:
    return finished_state()


@pytest.fixture
def page(qtbot: QtBot, state: StocksState) -> Page:
    page = Page(state)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def write(path: Path, page: QWidget, kind: PictureKind) -> None:
    write_picture(path, ViewPicture(page, "forecast"), kind)


def drawn(page: Page, folder: Path) -> Drawing:
    write(folder / "page.svg", page, PictureKind.SVG)
    return read_drawing(folder / "page.svg")


def place(plot: pg.PlotWidget, page: QWidget) -> QRect:
    """Where the chart is in the drawing, which begins with the first chart below its edge."""
    first = min(each.mapTo(page, QPoint(0, 0)).y() for each in page.findChildren(pg.PlotWidget))
    edge = QPoint(sizes().gap, sizes().gap - first)
    return QRect(plot.mapTo(page, QPoint(0, 0)) + edge, plot.size())


def numbers(curve: pg.PlotDataItem) -> Points:
    x, y = curve.getOriginalDataset()
    return np.stack([x, y], axis=1).astype(float)


def has_line(lines: list[Points], wanted: Points) -> bool:
    return any(
        len(line) == len(wanted) and float(abs(line - wanted).max()) < REACH for line in lines
    )


def test_that_every_curve_is_drawn_where_the_ticks_beside_it_say(
    page: Page, tmp_path: Path
) -> None:
    drawing, evaluation = drawn(page, tmp_path), page.evaluation
    table = evaluation.forecast.table
    days = {str(day): float(row) for row, day in enumerate(table.dates)}
    chart = place(page.chart.plot, page)
    lines = drawing.lines_in(chart)
    for curve in (page.chart.forecast, page.chart.closed, page.chart.truth, page.chart.ahead):
        assert has_line(lines, drawing.scaled(chart, numbers(curve), days)), curve.name()
    horizons = place(page.horizons.plot, page)
    for curve in (page.horizons.network, page.horizons.flat):
        wanted = drawing.scaled(horizons, numbers(curve), {})
        assert has_line(drawing.lines_in(horizons), wanted), curve.name()


def test_that_residuals_are_drawn_below_their_days_with_the_newest_among_them(
    page: Page, tmp_path: Path
) -> None:
    drawing, chart = drawn(page, tmp_path), place(page.chart.plot, page)
    below = place(page.residuals.plot, page)
    forecast = page.evaluation.forecast
    days = {str(day): float(row) for row, day in enumerate(forecast.table.dates)}
    rows = np.arange(forecast.rows.start, forecast.rows.stop, dtype=float)
    at_zero = np.stack([rows, np.full(len(rows), forecast.actual[0])], axis=1)
    upright = drawing.scaled(chart, at_zero, days)[:, 0]
    [line] = [each for each in drawing.lines_in(below) if len(each) == len(rows)]
    np.testing.assert_allclose(line[:, 0], upright, atol=1)
    values = numbers(page.residuals.residual)[:, 1]
    slope = np.polyfit(values, line[:, 1], 1)
    np.testing.assert_allclose(np.polyval(slope, values), line[:, 1], atol=REACH)


def test_when_a_part_is_in_view_nothing_is_drawn_over_the_axes(page: Page, tmp_path: Path) -> None:
    forecast = page.evaluation.forecast
    page.chart.candles_box.setChecked(True)
    page.chart.plot.setXRange(forecast.rows.start + 40, forecast.rows.start + 80, padding=0)
    low, high = np.quantile(forecast.actual[40:80], [0.3, 0.6])
    page.chart.plot.setYRange(low, high, padding=0)
    drawing = drawn(page, tmp_path)
    view = page.chart.plot.getPlotItem().vb
    edge = sizes().gap
    frame = view.mapRectToScene(view.boundingRect()).translated(edge, edge)
    chart = place(page.chart.plot, page)
    legend = [line for line in drawing.lines_in(chart) if line[:, 1].max() < frame.top() - 1]
    inside = [line for line in drawing.lines_in(chart) if line[:, 1].max() >= frame.top() - 1]
    assert len(inside) > len(legend)
    for line in inside:
        assert line[:, 0].min() >= frame.left() - 0.1
        assert line[:, 0].max() <= frame.right() + 0.1
        assert line[:, 1].min() >= frame.top() - 0.1
        assert line[:, 1].max() <= frame.bottom() + 0.1


def test_that_no_reader_has_to_scale_lines_by_days_and_prices(page: Page, tmp_path: Path) -> None:
    """Renderers differ in how wide they draw a line whose x is stretched more than its y."""
    write(tmp_path / "page.svg", page, PictureKind.SVG)
    text = (tmp_path / "page.svg").read_text("utf-8")
    stretched = set(re.findall(r"matrix\(([^,]+),([^,]+),([^,]+),([^,]+),", text))
    assert stretched <= {("1", "0", "0", "1"), ("0", "-1", "1", "0")}  # words stand upright, too
    assert QSvgRenderer(str(tmp_path / "page.svg")).isValid()


def test_that_the_picture_is_twice_as_sharp_and_has_charts_and_nothing_else(
    page: Page, tmp_path: Path
) -> None:
    write(tmp_path / "page.png", page, PictureKind.PNG_2)
    image = QImage(str(tmp_path / "page.png"))
    plots = page.findChildren(pg.PlotWidget)
    top = min(place(plot, page).top() for plot in plots)
    height = max(place(plot, page).bottom() for plot in plots) + 1 - top
    assert image.height() == 2 * (height + 2 * sizes().gap)
    assert image.width() == 2 * (page.chart.plot.width() + 2 * sizes().gap)
    seen = {image.pixelColor(x, y).name() for x in range(0, 2000, 3) for y in range(0, 400, 3)}
    assert QColor(colours().network).name() in seen


def test_that_the_cross_of_the_pointer_is_in_no_picture(page: Page, tmp_path: Path) -> None:
    write(tmp_path / "before.svg", page, PictureKind.SVG)
    page.chart.point_at_row(page.evaluation.forecast.rows.start + 3)
    assert page.chart.cross.isVisible()
    write(tmp_path / "after.svg", page, PictureKind.SVG)
    assert (tmp_path / "before.svg").read_bytes() == (tmp_path / "after.svg").read_bytes()


def test_that_the_caution_beside_the_chart_is_in_the_drawing(page: Page, tmp_path: Path) -> None:
    page.chart.notes.setText("Days ahead are assumed to be days.")
    page.chart.notes.setVisible(True)
    texts = [text for text, _, _ in drawn(page, tmp_path).texts]
    assert any("assumed to be days" in text for text in texts)
