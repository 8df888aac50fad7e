"""The exported charts, read back: what is drawn is where its own scale says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.stocks.example import finished_state
from rnnstudio.ui.stocks.home.verdict_page import VerdictPage
from rnnstudio.ui.stocks.home_state import AheadShown
from rnnstudio.ui.stocks.state import StocksState, reduce
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.view_picture import ViewPicture
from tests.ui.widgets.drawn_svg import BASELINE, Drawing, read_drawing


@pytest.fixture(scope="module")
def state() -> StocksState:
    return finished_state()


@pytest.fixture
def page(qtbot: QtBot, state: StocksState) -> VerdictPage:
    page = VerdictPage()
    qtbot.addWidget(page)
    page.resize(1400, 1000)
    with qtbot.waitExposed(page):
        page.show()
    page.show_state(state)
    return page


def write(path: Path, page: VerdictPage, kind: PictureKind) -> None:
    write_picture(path, ViewPicture(page, "verdict"), kind)


def drawn(page: VerdictPage, folder: Path) -> Drawing:
    write(folder / "page.svg", page, PictureKind.SVG)
    return read_drawing(folder / "page.svg")


def place(plot: pg.PlotWidget, page: VerdictPage) -> QRect:
    """Where the chart is in the drawing, which begins with the first chart below its edge."""
    first = min(each.mapTo(page, QPoint(0, 0)).y() for each in page.findChildren(pg.PlotWidget))
    edge = QPoint(sizes().gap, sizes().gap - first)
    return QRect(plot.mapTo(page, QPoint(0, 0)) + edge, plot.size())


def test_that_every_line_is_drawn_where_the_prices_beside_it_say(
    page: VerdictPage, tmp_path: Path
) -> None:
    drawing = drawn(page, tmp_path)
    chart = place(page.chart, page)
    ticks = [
        (float(text), y)
        for text, x, y in drawing.texts
        if x < page.chart.getPlotItem().vb.sceneBoundingRect().left() and text.isdigit()
    ]
    assert len(ticks) > 2
    scale = np.poly1d(np.polyfit(*zip(*ticks, strict=True), 1))
    found = [line for line in drawing.lines_in(chart) if len(line) == 60]
    for line in page.chart.lines:
        wanted = scale(line.y) - BASELINE
        assert any(float(abs(each[:, 1] - wanted).max()) < 2 for each in found), line.name
    for each in found:
        np.testing.assert_allclose(np.diff(each[:, 0]), np.diff(each[:, 0]).mean(), atol=0.1)


def test_that_no_reader_has_to_scale_lines_by_days_and_prices(
    page: VerdictPage, tmp_path: Path
) -> None:
    """Renderers differ in how wide they draw a line whose x is stretched more than its y."""
    write(tmp_path / "page.svg", page, PictureKind.SVG)
    text = (tmp_path / "page.svg").read_text("utf-8")
    stretched = set(re.findall(r"matrix\(([^,]+),([^,]+),([^,]+),([^,]+),", text))
    assert stretched <= {("1", "0", "0", "1"), ("0", "-1", "1", "0")}
    assert QSvgRenderer(str(tmp_path / "page.svg")).isValid()


def test_that_the_picture_is_twice_as_sharp_and_in_the_views_colours(
    page: VerdictPage, tmp_path: Path
) -> None:
    write(tmp_path / "page.png", page, PictureKind.PNG_2)
    image = QImage(str(tmp_path / "page.png"))
    assert image.width() >= 2 * page.chart.width()
    seen = {image.pixelColor(x, y).name() for x in range(0, 1800, 2) for y in range(0, 900, 2)}
    assert QColor(colours().network).name() in seen


def test_that_what_the_days_ahead_are_made_under_is_in_the_drawing(
    page: VerdictPage, state: StocksState, tmp_path: Path
) -> None:
    page.show_state(reduce(state, AheadShown(True)))
    page.notes.show()
    page.notes.setText("Days ahead are assumed to be days.")
    texts = [text for text, _, _ in drawn(page, tmp_path).texts]
    assert any("assumed to be days" in text for text in texts)
