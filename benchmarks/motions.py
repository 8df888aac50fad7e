"""What moves in the window while ``frames`` are measured.

A motion brings its page to the front and gives an animation that runs without end. Another one,
such as the values that travel through the inspector, is a function and its name in ``MOTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QVariantAnimation

from rnnstudio.ui.main_window import MainWindow

REVEAL_MS = 150

Motion = Callable[[MainWindow], QAbstractAnimation]


def reveal_charts(window: MainWindow) -> QAbstractAnimation:
    """What is drawn in the forecast's charts comes out of the background, again and again."""
    tab = window.stocks
    tab.pages.turn_to("verdict")
    boxes = [plot.getPlotItem().getViewBox() for plot in tab.verdict.findChildren(pg.PlotWidget)]
    animation = QVariantAnimation(window)
    animation.setStartValue(0.0)
    animation.setEndValue(1.0)
    animation.setDuration(REVEAL_MS)
    animation.setEasingCurve(QEasingCurve.Type.OutCubic)
    animation.setLoopCount(-1)
    for box in boxes:
        animation.valueChanged.connect(box.setOpacity)
    return animation


MOTIONS: dict[str, Motion] = {"charts": reveal_charts}
