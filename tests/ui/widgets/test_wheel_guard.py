"""The wheel over a form scrolls; a value changes only where a person has chosen its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.drawer import Drawer, DrawerSection

Field = QComboBox | QSlider | QSpinBox


def list_of_letters() -> QComboBox:
    box = QComboBox()
    box.addItems("abc")
    return box


def value_of(field: Field) -> int:
    return field.currentIndex() if isinstance(field, QComboBox) else field.value()


@pytest.fixture(params=[list_of_letters, QSpinBox, QSlider])
def field(request: pytest.FixtureRequest) -> Field:
    made: Field = request.param()
    return made


@pytest.fixture
def drawer(field: Field, qtbot: QtBot) -> Drawer:
    """A drawer with a form that is higher than it, so that there is something to scroll."""
    drawer, form = Drawer(), QWidget()
    column = QVBoxLayout(form)
    column.addWidget(field)
    column.addStretch(1)
    form.setMinimumHeight(2000)
    drawer.add("form", DrawerSection("Form", form, None, alone=False))
    qtbot.addWidget(drawer)
    drawer.resize(300, 300)
    drawer.show()
    drawer.show_section("form")
    qtbot.waitUntil(lambda: drawer.verticalScrollBar().maximum() > 0)
    return drawer


def turn_wheel(drawer: Drawer, field: Field, steps: int) -> None:
    """Turn the wheel over a field, as the system tells of it."""
    place = QPointF(field.mapTo(drawer, field.rect().center()))
    QTest.wheelEvent(drawer.windowHandle(), place, QPoint(0, 120 * steps))


def test_that_the_wheel_scrolls_past_a_field_that_nobody_chose(
    drawer: Drawer, field: Field
) -> None:
    drawer.setFocus()
    before = value_of(field)
    turn_wheel(drawer, field, -1)
    assert value_of(field) == before
    assert drawer.verticalScrollBar().value() > 0
    assert not field.hasFocus()


def test_that_the_wheel_changes_a_field_that_was_chosen(
    drawer: Drawer, field: Field, qtbot: QtBot
) -> None:
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    before = value_of(field)
    turn_wheel(drawer, field, -1 if isinstance(field, QComboBox) else 1)
    assert value_of(field) > before
