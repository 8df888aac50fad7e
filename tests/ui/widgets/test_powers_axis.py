"""The numbers of a logarithmic axis can be read: there are some, and none lies on another."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap
from pytestqt.qtbot import QtBot

from rnnstudio.ui.stocks.forecast_loss_view import ForecastLossView
from rnnstudio.ui.widgets.plot import PowersAxis, make_plot

RANGES = [(-4.2, -3.9), (-3.0, -1.0), (-5.0, 2.0), (-8.0, 16.0), (-308.0, 300.0), (2.0, 5.0)]


def labels(axis: PowersAxis) -> list[tuple[QRectF, str]]:
    """Where the numbers are drawn that are drawn."""
    canvas = QPixmap(4, 4)
    painter = QPainter(canvas)
    axis.picture = None
    _, _, texts = axis.generateDrawSpecs(painter)
    painter.end()
    return [(rect, text) for rect, _, text in texts if text]


@pytest.mark.parametrize("height", [90, 200, 480])
@pytest.mark.parametrize("reach", RANGES)
@pytest.mark.parametrize("side", ["left", "bottom"])
def test_that_no_number_of_a_logarithmic_axis_lies_on_another(
    qtbot: QtBot, height: int, reach: tuple[float, float], side: str
) -> None:
    axis = PowersAxis(side)
    plot = make_plot("x", "y", **{side: axis})
    qtbot.addWidget(plot)
    plot.setLogMode(x=side == "bottom", y=side == "left")
    plot.resize(2 * height, height)
    plot.show()
    plot.setXRange(*reach, padding=0) if side == "bottom" else plot.setYRange(*reach, padding=0)
    qtbot.waitExposed(plot)
    plot.grab()
    found = labels(axis)
    assert found
    for (one, first), (other, second) in combinations(found, 2):
        assert not one.intersects(other), (first, second)


def test_that_the_logarithmic_chart_has_that_axis(qtbot: QtBot) -> None:
    view = ForecastLossView()
    qtbot.addWidget(view)
    assert isinstance(view.plot.getAxis("left"), PowersAxis)
