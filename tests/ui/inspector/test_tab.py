"""The whole inspector: what its widgets show is what the tables computed."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import CELLS, random_scene
from rnnstudio.ui.inspector.events import (
    Direction,
    DirectionChosen,
    OperationStepped,
    SceneChosen,
)
from rnnstudio.ui.inspector.tab import InspectorTab


@pytest.fixture
def tab(qtbot: QtBot) -> InspectorTab:
    tab = InspectorTab()
    qtbot.addWidget(tab)
    tab.resize(1280, 640)
    tab.show()
    return tab


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def shown_result(tab: InspectorTab) -> np.ndarray:
    rows, columns = tab.state.result.shape
    return np.array(
        [[number(tab.card.result.cell_text(r, c)) for c in range(columns)] for r in range(rows)]
    )


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", Direction)
def test_that_the_card_shows_the_table_s_numbers_at_every_operation_of_every_step(
    tab: InspectorTab, cell: str, direction: Direction
) -> None:
    scene = random_scene(CELLS[cell], Sizes(n_x=2, n_a=3, n_y=2, m=2, T_x=3), seed=4)
    tab.dispatch(SceneChosen(scene))
    tab.dispatch(DirectionChosen(direction))
    for _ in range(tab.state.last_position + 1):
        values = tab.state.trace.values(
            tab.state.cursor.time, backward=direction is Direction.BACKWARD
        )
        expected = values[tab.state.operation.name]
        np.testing.assert_allclose(shown_result(tab), expected, rtol=5e-4, atol=1e-12)
        row, column = tab.state.entry
        put_in = tab.card.numbers.text().rsplit("=", 1)[1]
        assert number(put_in) == pytest.approx(expected[row, column], rel=5e-3, abs=1e-12)
        tab.dispatch(OperationStepped(1))


def test_that_the_buttons_step_through_operations_and_time(tab: InspectorTab, qtbot: QtBot) -> None:
    click = lambda button: qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # noqa: E731
    click(tab.transport.operation_on)
    assert tab.card.meaning.text() == tab.state.trace.cell.forward[1].meaning
    click(tab.transport.time_on)
    assert "Step 2 of 4" in tab.transport.place.text()
    assert tab.transport.slider.value() == 1
    click(tab.transport.backward_button)
    assert "Step 4 of 4 · operation 1 of 25" in tab.transport.place.text()
    click(tab.transport.operation_back)
    assert "Step 4 of 4 · operation 1 of 25" in tab.transport.place.text()
    click(tab.transport.time_on)
    assert tab.transport.slider.value() == 2


def test_that_playing_stops_by_itself_at_the_end(tab: InspectorTab, qtbot: QtBot) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS["rnn"], Sizes(T_x=3), 1)))
    tab.transport.timer.setInterval(1)
    qtbot.mouseClick(tab.transport.play_button, Qt.MouseButton.LeftButton)
    assert tab.transport.timer.isActive()
    qtbot.waitUntil(lambda: not tab.transport.timer.isActive())
    assert tab.state.position == tab.state.last_position


def test_that_a_click_in_the_strip_goes_to_that_step_and_the_arrows_move_on(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    place = tab.strip.step_rect(2).center().toPoint()
    qtbot.mouseClick(tab.strip, Qt.MouseButton.LeftButton, pos=place)
    assert tab.state.cursor.time == 2
    qtbot.keyClick(tab.strip, Qt.Key.Key_Left)
    assert tab.state.cursor.time == 1
    qtbot.keyClick(tab.strip, Qt.Key.Key_End)
    assert tab.state.cursor.time == 3


def test_that_a_click_on_a_node_goes_to_its_operation(tab: InspectorTab, qtbot: QtBot) -> None:
    node = tab.diagrams.first.nodes["ot"]
    place = tab.diagrams.first.mapFromScene(node.rect.center())
    qtbot.mouseClick(tab.diagrams.first.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tab.state.operation.name == "ot"


def test_that_hovering_tells_a_node_s_numbers_once_they_are_computed(tab: InspectorTab) -> None:
    assert "not computed" in tab.diagrams.first.hint("a_next")
    tab.dispatch(OperationStepped(7))
    told = [number(text) for text in re.findall(r"<br>(−?[\d.]+)", tab.diagrams.first.hint("a_next"))]
    np.testing.assert_allclose(told, tab.state.values["a_next"][:, 0], rtol=5e-4)


def test_that_a_published_example_shows_its_printed_figures_with_a_mark(tab: InspectorTab) -> None:
    source = tab.form.source
    source.setCurrentIndex(source.findText("Document: lstm_cell_forward"))
    names = [operation.name for operation in tab.state.table]
    tab.dispatch(OperationStepped(names.index("a_next")))
    printed = source.currentData().printed["a_next[4]"]
    assert list(tab.card.result.marks) == [(4, column) for column in range(10)]
    np.testing.assert_allclose(shown_result(tab)[4], printed, rtol=5e-4)
