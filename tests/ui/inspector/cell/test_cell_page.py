"""The inspector's home page with large text in a small window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.ui.inspector.cell.cell_page import CellPage
from rnnstudio.ui.inspector.events import DirectionChosen, OperationStepped
from rnnstudio.ui.inspector.example import example_state
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DESK, Theme

BESIDE_A_BAR = 1024 - 14


def shown(qtbot: QtBot, state: InspectorState, factor: float) -> CellPage:
    """As large as in a window of 1024 x 700 that scrolls."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    appearance.apply(app, Theme(sizes=DESK.times(factor)))
    page = CellPage()
    qtbot.addWidget(page)
    page.show_state(state)
    page.resize(BESIDE_A_BAR, 556)
    page.show()
    qtbot.waitUntil(lambda: page.view.width() <= above_the_bar(page).viewport().width())
    return page


def above_the_bar(page: CellPage) -> QScrollArea:
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    return area


def backward() -> InspectorState:
    return reduce(example_state(), DirectionChosen(PassDirection.BACKWARD))


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("state", [example_state(), backward(), example_state().asking()])
def test_that_no_part_is_wider_than_a_small_window_however_large_text_is(
    qtbot: QtBot, fresh_look: None, factor: float, state: InspectorState
) -> None:
    page = shown(qtbot, state, factor)
    assert page.minimumSizeHint().width() <= BESIDE_A_BAR
    assert page.width() == BESIDE_A_BAR
    words = page.title.fontMetrics().horizontalAdvance
    assert max(map(words, page.title.text().split())) <= page.title.width()


def test_that_the_bar_stays_and_a_step_brings_the_cell_into_sight(
    qtbot: QtBot, fresh_look: None
) -> None:
    page = shown(qtbot, example_state(), 3.0)
    sight = above_the_bar(page).viewport()
    qtbot.waitUntil(lambda: page.view.height() == sight.height())
    assert page.rect().contains(page.transport.geometry())
    page.show_state(reduce(example_state(), OperationStepped(1)))
    assert page.view.mapTo(sight, page.view.rect().topLeft()).y() == 0


def test_that_messages_have_short_names_in_a_narrow_view(qtbot: QtBot, fresh_look: None) -> None:
    page = shown(qtbot, backward(), 1.0)
    titles = {item.content.title for item in page.view.drawing.boxes.values() if item.content}
    assert {"loss", "beyond", "to t = 4"} <= titles
