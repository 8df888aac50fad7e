"""Labels whose text needs several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.labels import WrappedLabel


def test_that_a_splitter_leaves_a_wrapped_label_all_its_lines(qtbot: QtBot) -> None:
    label, chart, page = WrappedLabel(), QWidget(), QWidget()
    chart.setMinimumHeight(50)
    layout = QVBoxLayout(page)
    layout.addWidget(chart)
    layout.addWidget(label)
    splitter = QSplitter(Qt.Orientation.Vertical)
    qtbot.addWidget(splitter)
    splitter.addWidget(page)
    splitter.addWidget(QWidget())
    splitter.show()
    splitter.resize(300, 300)
    label.setText("A sentence of some length. " * 8)
    splitter.setSizes([1, 299])
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > 30)
    assert chart.geometry().bottom() < label.geometry().top()
    label.setText("Short.")
    assert label.minimumHeight() < 30
