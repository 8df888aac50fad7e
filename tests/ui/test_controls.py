"""Controls on every page and in every section of a drawer: each says what it is, one is violet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_languages import pages


def nameless(window: QWidget) -> set[str]:
    """What the Tab key stops at in sight and a screen reader has no name for."""
    return {
        f"{type(widget.parentWidget()).__name__} / {type(widget).__name__}"
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        and widget.window() is window  # not the list that a box drops down
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    }


@pytest.mark.slow
def test_that_every_control_in_sight_has_a_name_on_every_page(qtbot: QtBot) -> None:
    found = {(name, each) for name, window in pages(qtbot, 1280, 720) for each in nameless(window)}
    assert found == set()


@pytest.mark.slow
def test_that_no_page_has_two_violet_buttons(qtbot: QtBot) -> None:
    found = set()
    for name, window in pages(qtbot, 1280, 720):
        violet = [
            each.text() or each.accessibleName()
            for each in window.findChildren(QAbstractButton)
            if each.property("role") == "primary" and not each.visibleRegion().isEmpty()
        ]
        found |= {(name, *violet)} if len(violet) > 1 else set()
    assert found == set()
