"""A sentence of what went wrong is read whole, or scrolled where it is very long."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.error_box import ErrorBox


@pytest.mark.parametrize("width", [260, 280, 800])
def test_that_a_sentence_of_few_lines_is_seen_whole_at_any_width(qtbot: QtBot, width: int) -> None:
    box = ErrorBox()
    qtbot.addWidget(box)
    box.setFixedWidth(width)
    box.show_text("model.keras is damaged or no model of Keras; choose another file.")
    area = box.findChild(QScrollArea)
    qtbot.waitUntil(lambda: box.isVisible() and area.viewport().height() >= box.label.height())
    assert box.label.height() >= box.label.heightForWidth(box.label.width())
    assert not area.verticalScrollBar().isVisible()


def test_that_a_very_long_sentence_is_scrolled(qtbot: QtBot) -> None:
    box = ErrorBox()
    qtbot.addWidget(box)
    box.setFixedWidth(280)
    box.show_text("A sentence that is long. " * 20)
    area = box.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible())
    assert box.height() < 8 * box.fontMetrics().lineSpacing()
