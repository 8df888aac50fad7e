"""Steps that several tests of the inspector take."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.ui.inspector.events import OperationChosen
from rnnstudio.ui.inspector.tab import InspectorTab


def go_to(tab: InspectorTab, name: str) -> None:
    """Look at the row ``name`` of the current pass."""
    rows = [operation.name for operation in tab.state.table]
    tab.dispatch(OperationChosen(rows.index(name)))


def click_box(qtbot: QtBot, tab: InspectorTab, name: str, side: int = 0) -> None:
    """Click the title of the box of the value ``name``, of one of two cells side by side."""
    view = tab.cell.view
    box = view.drawings[side].boxes[name]
    place = box.mapToScene(box.rect.topLeft() + QPointF(40, 9))
    view.centerOn(place)
    at = view.mapFromScene(place)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
