"""Ctrl+Z and Ctrl+Shift+Z while a field has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.main_window import MainWindow
from tests.ui.shell.windows import edit

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focus(window: MainWindow, field: QWidget, qtbot: QtBot) -> None:
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)


def test_that_a_number_box_leaves_undo_and_redo_to_the_session(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_tab(1)
    seed = window.dinosaurs.form.fields["seed"]
    before = seed.value()
    focus(window, seed, qtbot)
    seed.selectAll()
    qtbot.keyClicks(seed, "57")
    qtbot.keyClick(seed, Qt.Key.Key_Z, CTRL)
    assert (seed.value(), window.studio.undoes) == (before, None)
    qtbot.keyClick(seed, Qt.Key.Key_Z, CTRL | SHIFT)
    assert seed.value() == 57


def test_that_a_line_keeps_undo_for_what_was_typed_in_it_and_leaves_it_otherwise(
    window: MainWindow, qtbot: QtBot
) -> None:
    edit(window, 7.0)
    window.inspector.workbench.open_section("numbers")
    line = window.inspector.numbers.table.open_field(0, 0)
    before = line.text()
    focus(window, line, qtbot)
    qtbot.keyClicks(line, "3")
    typed = line.text()
    qtbot.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert typed != before == line.text()
    assert window.inspector.state.scene.x[0, 0, 0] == 7.0
    qtbot.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert window.inspector.state.scene.x[0, 0, 0] != 7.0


def test_that_a_box_with_choices_that_takes_typing_leaves_undo_to_the_session(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_tab(1)
    edit(window, 7.0)
    box = window.dinosaurs.form.fields["clip"]
    focus(window, box, qtbot)
    qtbot.keyClick(box, Qt.Key.Key_Z, CTRL)
    assert window.inspector.state.scene.x[0, 0, 0] != 7.0
