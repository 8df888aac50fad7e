"""The gradient check, and faults that are planted and found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.ui.inspector.events import DirectionChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.ui.inspector.steps import go_to


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_the_check_passes_on_screen(tab: InspectorTab, qtbot: QtBot) -> None:
    tab.workbench.open_section("check")
    click(qtbot, tab.check.check)
    table = tab.check.table
    assert tab.check.outcome.text() == "All 11 gradients are right."
    assert table.rowCount() == 11
    for line in range(11):
        assert table.item(line, 2).text() == "✓"
        assert float(table.item(line, 1).text().replace("−", "-")) < 1e-7


@pytest.mark.parametrize("cell", CELLS)
def test_that_an_injected_fault_is_found_on_screen(
    tab: InspectorTab, qtbot: QtBot, cell: str
) -> None:
    tab.form.cell.setCurrentIndex(tab.form.cell.findText(cell.upper()))
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    tab.workbench.open_section("check")
    for index, fault in enumerate(CELLS[cell].faults, start=2):
        assert tab.check.fault.itemText(index) == fault.meaning
        tab.check.fault.setCurrentIndex(index)
        tab.check.fault.activated.emit(index)
        assert tab.check.outcome.text() == "Not checked since the last change."
        click(qtbot, tab.check.check)
        assert "gradients are wrong" in tab.check.outcome.text()
        marks = [tab.check.table.item(line, 2).text() for line in range(tab.check.table.rowCount())]
        assert "✗" in marks
        other = next(row.name for row in tab.state.table if row.name != fault.name)
        go_to(tab, other)
        click(qtbot, tab.check.accuse)
        assert "Look on" in tab.check.verdict.text()
        go_to(tab, fault.name)
        click(qtbot, tab.check.accuse)
        assert tab.check.verdict.text().startswith(f"Found: {fault.meaning}")
    tab.check.fault.setCurrentIndex(0)
    tab.check.fault.activated.emit(0)
    click(qtbot, tab.check.check)
    assert tab.check.outcome.text().endswith("gradients are right.")


def test_that_a_surprise_plants_some_fault_and_does_not_say_which(tab: InspectorTab) -> None:
    tab.workbench.open_section("check")
    tab.check.fault.setCurrentIndex(1)
    tab.check.fault.activated.emit(1)
    assert tab.state.scene.fault in CELLS["lstm"].faults
    assert tab.check.fault.currentText() == "a surprise"
