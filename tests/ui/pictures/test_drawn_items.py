"""What charts, strips and tables are made of, read back from a drawing and held to its numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, LIGHT, Theme, colours
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.heat import heat_colours
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.labelled_chart import LabelledChart
from rnnstudio.ui.widgets.sort_table import SortTable, TableCell, TableLine
from rnnstudio.ui.widgets.view_picture import ViewPicture
from tests.ui.pictures.drawn_picture import boxes, elements, place, rectangles, words
from tests.ui.widgets.drawn_svg import read_drawing


def shown(widget: QWidget, qtbot: QtBot) -> ViewPicture:
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(widget)
    page.resize(600, 400)
    with qtbot.waitExposed(page):
        page.show()
    return ViewPicture(page, "page")


def drawn(view: ViewPicture, folder: Path) -> Path:
    write_picture(folder / "page.svg", view, PictureKind.SVG)
    return folder / "page.svg"


def test_that_bars_are_as_high_as_their_numbers_and_each_in_its_colour(
    qtbot: QtBot, tmp_path: Path
) -> None:
    plot, heights = LabelledChart("x", "y"), np.array([1.0, 4.0, 2.0])
    fills = [colours().network, colours().network, colours().held_out]
    bars = pg.BarGraphItem(x=[0, 1, 2], height=heights, width=0.8, brushes=fills, pen=None)
    plot.addItem(bars)
    path = drawn(shown(plot, qtbot), tmp_path)
    first, second = boxes(path, colours().network)
    (third,) = boxes(path, colours().held_out)
    assert [second.height() / first.height(), third.height() / first.height()] == pytest.approx(
        [4, 2], rel=1e-3
    )
    assert first.bottom() == pytest.approx(third.bottom(), abs=0.01)


def test_that_ticks_stand_at_their_days(qtbot: QtBot, tmp_path: Path) -> None:
    plot = LabelledChart("x", "y")
    plot.plot([0, 10, 30], [1.0, 2.0, 1.0], pen=colours().ink)
    plot.addItem(pg.VTickGroup([10, 20], yrange=(0, 1), pen=colours().muted), ignoreBounds=True)
    view = shown(plot, qtbot)
    drawing = read_drawing(drawn(view, tmp_path))
    frame = place(plot, view)
    (curve,) = [line for line in drawing.lines_in(frame) if len(line) == 3]
    across = np.poly1d(np.polyfit([0, 10, 30], curve[:, 0], 1))
    upright = [
        line.points[0, 0]
        for line in drawing.lines
        if len(line.points) == 2 and np.ptp(line.points[:, 0]) < 0.01 and line.strong > 0.9
    ]
    for day in (10, 20):
        assert min(abs(at - across(day)) for at in upright) < 0.1


def test_that_a_span_that_may_not_be_seen_is_hatched_with_lines(
    qtbot: QtBot, tmp_path: Path
) -> None:
    plot = LabelledChart("x", "y")
    plot.setXRange(0, 10, padding=0)
    hatch = QBrush(QColor(colours().outline), Qt.BrushStyle.BDiagPattern)
    plot.addItem(pg.LinearRegionItem((4, 6), movable=False, brush=hatch, pen=pg.mkPen(None)))
    view = shown(plot, qtbot)
    lines = [
        line.points
        for line in read_drawing(drawn(view, tmp_path)).lines
        if len(line.points) == 2 and np.ptp(line.points[:, 0]) > 1 and np.ptp(line.points[:, 1]) > 1
    ]
    assert len(lines) > 10
    box = plot.getPlotItem().vb.sceneBoundingRect()
    left = place(plot, view).left() + box.left()
    reach = np.concatenate(lines)[:, 0]
    assert reach.min() >= left + 0.4 * box.width() - 1
    assert reach.max() <= left + 0.6 * box.width() + 1


def test_that_a_heat_strip_is_a_rectangle_a_number_in_its_colour(
    qtbot: QtBot, tmp_path: Path
) -> None:
    strip, numbers = HeatMap(), np.linspace(-1, 1, 14).reshape(2, 7)
    strip.show_array(numbers, 1.0)
    for_pictures(strip)
    fills = rectangles(drawn(shown(strip, qtbot), tmp_path))
    wanted = [fill.name() for row in heat_colours(numbers, 1.0) for fill, _ in row]
    assert any(fills[at : at + 14] == wanted for at in range(len(fills)))


@pytest.mark.usefixtures("fresh_look")
def test_that_a_table_is_drawn_whole_however_little_of_it_is_in_sight_in_its_colours(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    drawings = []
    for look in (LIGHT, DARK):
        appearance.apply(qapp, Theme(look))
        table = SortTable()
        cells = [(TableCell(f"row {at}"), TableCell("no", good=False)) for at in range(90)]
        table.show_lines(
            ["one", "two"], [TableLine(f"{at}", pair) for at, pair in enumerate(cells)]
        )
        for_pictures(table)
        view = shown(table, qtbot)
        assert table.verticalScrollBar().isVisible()
        path = drawn(view, tmp_path)
        said = words(path)
        assert all(text in said for text in ("one", "two", *(f"row {at} no" for at in range(90))))
        drawings.append({each.get("fill") for each in elements(path) if each.get("aria-label")})
        crosses = [each for each in elements(path) if each.get("stroke") == LIGHT.bad]
        assert len(crosses) >= 90
    assert LIGHT.bad in drawings[0]
    assert drawings[0] == drawings[1]
