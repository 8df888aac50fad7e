"""No window is destroyed by Python's collector while a test of it runs."""

from __future__ import annotations

import gc
import weakref

from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.labelled_chart import LabelledChart


def test_that_a_chart_without_a_name_stays_until_qt_deletes_it(qtbot: QtBot) -> None:
    plot = LabelledChart("day", "price")
    qtbot.addWidget(plot)
    chart = weakref.ref(plot)
    del plot
    young, middle, _ = gc.get_threshold()
    allocated = [[] for _ in range(3 * young * middle)]  # enough for automatic collections
    assert allocated
    assert chart() is not None
