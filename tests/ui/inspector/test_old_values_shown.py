"""What the old values look like beside the new ones, and what a screen reader is told of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import InterventionSet, NumberEdited, OperationStepped
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.number_text import tidy
from tests.ui.inspector.steps import go_to
from tests.ui.work_history import WorkHistory


def type_over(qtbot: QtBot, heat_map: HeatMap, row: int, column: int, text: str) -> None:
    place = heat_map.cell_rect(row, column).center().toPoint()
    qtbot.mouseDClick(heat_map, Qt.MouseButton.LeftButton, pos=place)
    editor = heat_map.findChild(QLineEdit)
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def read_out(widget: QWidget) -> str:
    """What a screen reader says of the widget besides its name."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def greys(widget: QWidget, place: QRectF) -> int:
    """How many pixels of a place are painted in the muted grey."""
    picture = widget.grab(place.toAlignedRect()).toImage()
    grey = QColor(colours().muted)
    return sum(
        picture.pixelColor(x, y) == grey
        for x in range(picture.width())
        for y in range(picture.height())
    )


def painted(widget: QWidget, place: QRectF) -> int:
    """How many pixels of a place that is empty otherwise are painted: strokes are thin and grey."""
    picture = widget.grab(place.toAlignedRect()).toImage()
    ground = picture.pixelColor(0, 0)
    return sum(
        picture.pixelColor(x, y) != ground
        for x in range(picture.width())
        for y in range(picture.height())
    )


def beside(heat_map: HeatMap, row: int) -> QRectF:
    """Where the old number of a single column stands."""
    cell = heat_map.cell_rect(row, 0)
    return cell.translated(cell.width() + 2, 0)


def test_that_a_typed_number_has_the_old_one_in_grey_beside_it_until_the_next_step(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.workbench.open_section("terms")
    go_to(tab, "ft")
    old = float(tab.state.result[0, 0])
    result = tab.terms.result
    assert painted(result, beside(result, 0)) == 0
    type_over(qtbot, tab.terms.operands.operands["bf"], 0, 0, "2")
    new = tidy(float(tab.state.result[0, 0]))
    assert f"was {tidy(old, 3)}" in tab.terms.numbers.text()
    assert painted(result, beside(result, 0)) > 0
    assert painted(result, beside(result, 1)) == 0
    assert read_out(result) == f"row 1, column 1: {new}, was {tidy(old)}"
    assert f"f⟨t⟩[1,1]: {new}, was {tidy(old)}" in read_out(tab.cell.view)
    assert f"{new}, was {tidy(old)}" in tab.cell.view.hint("ft")
    qtbot.mouseClick(tab.cell.transport.operation_on, Qt.MouseButton.LeftButton)
    assert "was" not in tab.terms.numbers.text()
    for widget in (result, tab.cell.view, *tab.terms.operands.operands.values()):
        assert read_out(widget) == ""


@pytest.mark.parametrize("columns", [1, 2])
def test_that_an_undo_shows_what_it_took_back(tab: InspectorTab, columns: int) -> None:
    tab.show_scene(random_scene(CELLS["lstm"], Sizes(m=columns), 1))
    tab.resize(1280, 900)
    tab.workbench.open_section("terms")
    history = WorkHistory(tab)
    go_to(tab, "ft")
    tab.dispatch(InterventionSet(Intervention("ft", 0.25)))
    tab.dispatch(OperationStepped(1))
    history.undo()
    assert tab.state.operation.name == "ft"
    assert "was 0.25" in tab.terms.numbers.text()
    result = tab.terms.result
    place, seen = (beside(result, 0), painted) if columns == 1 else (result.cell_rect(0, 0), greys)
    assert seen(result, place) > 0
    tab.dispatch(OperationStepped(1))
    go_to(tab, "ft")
    assert seen(result, place) == 0


def test_that_the_table_of_numbers_shows_what_stood_in_it(tab: InspectorTab) -> None:
    tab.workbench.open_section("numbers")
    tab.numbers.choose("bf")
    old = tidy(float(tab.state.scene.array("bf")[1, 0]))
    tab.dispatch(NumberEdited("bf", (1, 0), 2.0))
    assert read_out(tab.numbers.table) == f"row 2, column 1: 2, was {old}"
    table = tab.numbers.table
    table.setCurrentIndex(table.model().index(1, 0))
    assert tab.numbers.line.text().startswith("<i>b</i><sub>f</sub>[2] was ")
    corners = [table.visualRect(table.model().index(row, 0)).topRight() for row in (0, 1)]
    seen = table.viewport().grab().toImage()
    dark = [seen.pixelColor(corner - QPoint(2, -2)).lightness() < 100 for corner in corners]
    assert dark == [False, True]
