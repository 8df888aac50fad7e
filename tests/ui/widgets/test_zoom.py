"""A chart that was zoomed by hand is whole again after a double click."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.labelled_chart import LabelledChart


@pytest.mark.parametrize("fixed", [False, True])
def test_that_a_double_click_shows_what_was_shown_before_the_wheel(
    qtbot: QtBot, fixed: bool
) -> None:
    plot = LabelledChart("x", "y")
    page = QWidget()  # pyqtgraph's own close() takes a chart apart that is a window
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(plot)
    page.resize(400, 300)
    curve = plot.plot([], [])
    curve.setData(np.arange(50.0), np.arange(50.0) ** 2)
    if fixed:
        plot.setYRange(-1, 1)
    page.show()
    qtbot.waitExposed(page)
    box = plot.getViewBox()
    qtbot.waitUntil(lambda: box.viewRange()[0][1] > 40)
    before = box.viewRange()
    middle = QPointF(plot.viewport().rect().center())
    for _ in range(3):
        wheel(plot, middle)
    assert box.viewRange() != before
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
                 QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):  # fmt: skip
        mouse(plot, middle, kind)
    np.testing.assert_allclose(box.viewRange(), before, rtol=1e-6)
    assert bool(box.autoRangeEnabled()[1]) is not fixed


def mouse(plot, place: QPointF, kind: QEvent.Type) -> None:
    button = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
    shown = QPointF(plot.viewport().mapToGlobal(place.toPoint()))
    event = QMouseEvent(kind, place, shown, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(plot.viewport(), event)


def wheel(plot, place: QPointF) -> None:
    event = QWheelEvent(
        place, QPointF(plot.viewport().mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)
