"""The whole inspector: what its widgets show is what the tables computed."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import Cursor, PassDirection
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import DirectionChosen, OperationStepped, SceneChosen, TimeChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.widgets.number_text import parse, tidy
from tests.ui.inspector.steps import click_box


def shown_result(tab: InspectorTab) -> np.ndarray:
    rows, columns = tab.state.result.shape
    return np.array(
        [[parse(tab.terms.result.cell_text(r, c)) for c in range(columns)] for r in range(rows)]
    )


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", PassDirection)
def test_that_the_card_shows_the_table_s_numbers_at_every_operation_of_every_step(
    tab: InspectorTab, cell: str, direction: PassDirection
) -> None:
    tab.workbench.open_section("terms")
    scene = random_scene(CELLS[cell], Sizes(n_x=2, n_a=3, n_y=2, m=2, T_x=3), seed=4)
    tab.dispatch(SceneChosen(scene))
    tab.dispatch(DirectionChosen(direction))
    for _ in range(tab.state.last_position + 1):
        values = tab.state.trace.values(
            tab.state.cursor.time, backward=direction is PassDirection.BACKWARD
        )
        expected = values[tab.state.operation.name]
        np.testing.assert_allclose(shown_result(tab), expected, rtol=5e-4, atol=1e-12)
        row, column = tab.state.entry
        put_in = tab.terms.numbers.text().rsplit("=", 1)[1]
        assert parse(put_in) == pytest.approx(expected[row, column], rel=5e-3, abs=1e-12)
        tab.dispatch(OperationStepped(1))


def test_that_the_buttons_step_through_operations_and_time(tab: InspectorTab, qtbot: QtBot) -> None:
    click = lambda button: qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # noqa: E731
    transport = tab.cell.transport
    click(transport.operation_on)
    assert "how much memory stays" in tab.cell.card.heading.text().lower()
    qtbot.keyClick(tab, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert tab.state.cursor.time == 1
    assert "Step 2 of 4" in transport.track.accessibleDescription()
    click(transport.passes.buttons["backward"])
    assert tab.state.cursor == Cursor(PassDirection.BACKWARD, time=3)
    click(transport.operation_back)
    assert tab.state.cursor == Cursor(PassDirection.BACKWARD, time=3)
    qtbot.keyClick(tab, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert tab.state.cursor.time == 2


def test_that_playing_stops_by_itself_at_the_end(tab: InspectorTab, qtbot: QtBot) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS["rnn"], Sizes(T_x=3), 1)))
    tab.cell.transport.timer.setInterval(1)
    qtbot.mouseClick(tab.cell.transport.play_button, Qt.MouseButton.LeftButton)
    assert tab.cell.transport.timer.isActive()
    qtbot.waitUntil(lambda: not tab.cell.transport.timer.isActive())
    assert tab.state.position == tab.state.last_position


def test_that_z_zooms_to_the_current_box_and_0_shows_the_whole_cell(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    view = tab.cell.view
    fitted = view.transform().m11()
    qtbot.keyClick(view, Qt.Key.Key_Z)
    assert view.transform().m11() > 2 * fitted
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.transform().m11() == pytest.approx(fitted)


def test_that_keys_on_the_strip_go_to_values_and_steps(tab: InspectorTab, qtbot: QtBot) -> None:
    strip = tab.cell.strip
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert tab.state.position == 1
    qtbot.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert (tab.state.cursor.time, tab.state.cursor.operation) == (1, 1)
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert tab.state.cursor.time == 3
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert tab.state.cursor.time == 0


def test_that_a_click_on_a_box_goes_to_its_operation(tab: InspectorTab, qtbot: QtBot) -> None:
    click_box(qtbot, tab, "ot")
    assert tab.state.operation.name == "ot"


@pytest.mark.parametrize("function", [example.function for example in examples()])
def test_that_every_printed_figure_of_the_document_is_on_screen_with_a_mark(
    tab: InspectorTab, function: str
) -> None:
    tab.workbench.open_section("terms")
    source = tab.form.source
    source.setCurrentIndex(source.findText(f"Document: {function}"))
    printed = [
        tidy(float(figure))
        for name, figures in source.currentData().printed.items()
        if "[" in name
        for figure in np.ravel(figures)
    ]
    marked = set()
    for direction in PassDirection:
        tab.dispatch(DirectionChosen(direction))
        for _ in range(tab.state.last_position + 1):
            for place in tab.terms.result.marks:
                marked.add((tab.state.operation.name, tab.state.cursor.time, place,
                            tab.terms.result.cell_text(*place)))  # fmt: skip
            for name, heat_map in tab.terms.operands.operands.items():
                if name == "xt":
                    marked |= {(name, tab.state.cursor.time, place, heat_map.cell_text(*place))
                               for place in heat_map.marks}  # fmt: skip
            tab.dispatch(OperationStepped(1))
    assert sorted(text for *_, text in marked) == sorted(printed)


def test_that_what_cannot_be_done_is_reported_and_goes_with_the_next_step(
    tab: InspectorTab,
) -> None:
    tab.form.source.setCurrentIndex(tab.form.source.findText("Text"))
    shown = tab.state.trace
    tab.form.text.setText("")
    assert "must have 1 to 200" in tab.message.text()
    assert tab.message.isVisible()
    assert tab.state.trace is shown
    tab.dispatch(OperationStepped(1))
    assert not tab.message.isVisible()


def test_that_two_cells_stand_beside_each_other_and_a_click_turns_to_the_other(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.form.cell.setCurrentIndex(tab.form.cell.findText("RNN | LSTM"))
    click_box(qtbot, tab, "ft", 1)
    assert (tab.state.scene.cell.name, tab.state.operation.name) == ("lstm", "ft")
    click_box(qtbot, tab, "yt_pred", 0)
    assert (tab.state.scene.cell.name, tab.state.operation.name) == ("rnn", "yt_pred")
    tab.form.cell.setCurrentIndex(tab.form.cell.findText("GRU"))
    assert tab.state.beside is None


def test_that_a_change_of_scene_is_shown_with_its_number_of_parameters(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(tab.status) as emitted:
        tab.dispatch(SceneChosen(random_scene(CELLS["lstm"], Sizes(1, 50, 1, 1, 3), 1)))
    assert "10,451 weights" in emitted.args[0]  # 10,400 of the cell, 51 of the prediction


def test_that_a_click_on_what_arrives_goes_to_where_it_was_computed(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.dispatch(TimeChosen(2))
    click_box(qtbot, tab, "c_prev")
    assert (tab.state.cursor.time, tab.state.operation.name) == (1, "c_next")
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    tab.dispatch(TimeChosen(1))
    click_box(qtbot, tab, "da_next")
    assert (tab.state.cursor.time, tab.state.operation.name) == (2, "da_prev")
    click_box(qtbot, tab, "dc_next")
    assert (tab.state.cursor.time, tab.state.operation.name) == (3, "dc_prev")


def test_that_a_click_on_what_comes_from_outside_says_where_from(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    for name, emitted in (("xt", "in x on the page Numbers"), ("c_prev", "in c0 on the page")):
        click_box(qtbot, tab, name)
        assert emitted in tab.message.text()
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    for name, emitted in (("da_next", "comes from the loss"), ("dc_next", "beyond the last step")):
        click_box(qtbot, tab, name)
        assert emitted in tab.message.text()


def test_that_a_step_which_leads_nowhere_says_so(tab: InspectorTab, qtbot: QtBot) -> None:
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    with qtbot.waitSignal(tab.status) as emitted:
        qtbot.mouseClick(tab.cell.transport.operation_back, Qt.MouseButton.LeftButton)
    assert emitted.args[0] == "The backward pass begins here, at step 4: go on."
