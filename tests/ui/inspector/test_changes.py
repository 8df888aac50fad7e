"""Changes of a scene: marked, taken back, kept in a file, and never replaced unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    FaultInjected,
    InterventionSet,
    NumberEdited,
    NumbersRestored,
    PlayToggled,
    SidesSwapped,
)
from rnnstudio.ui.inspector.notice_view import NoticeView
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.inspector.tab import InspectorTab


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def started() -> InspectorState:
    return start(random_scene(CELLS["lstm"], Sizes(), 5))


def type_zero(tab: InspectorTab) -> None:
    tab.dispatch(NumberEdited("Wf", (0, 0), 0.0))


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_saved_fault_is_named_when_the_scene_is_opened_again(
    tab: InspectorTab, read: Callable[[Path], None], cell: str, tmp_path: Path
) -> None:
    tab.workbench.open_section("check")
    for fault in CELLS[cell].faults:
        tab.show_scene(random_scene(CELLS[cell], Sizes(), 1).with_fault(fault))
        tab.take_away.save_scene(tmp_path / "a.rnnstudio")
        tab.dispatch(FaultInjected(None))
        assert tab.check.injected.text() == "No fault is injected."
        read(tmp_path / "a.rnnstudio")
        assert tab.check.injected.text() == f"Injected: {fault.meaning}."


def test_that_a_saved_surprise_stays_one(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    tab.workbench.open_section("check")
    tab.check.menu.actions()[0].trigger()
    injected = tab.state.scene.fault
    tab.take_away.save_scene(tmp_path / "a.rnnstudio")
    tab.dispatch(FaultInjected(None))
    read(tmp_path / "a.rnnstudio")
    assert tab.state.scene.fault == injected
    assert "is for the class to find" in tab.check.injected.text()


def notice(tab: InspectorTab) -> NoticeView:
    """The line on the page in front."""
    return tab.cell.notice if tab.pages.page is None else tab.pages.page.notice


@pytest.mark.parametrize("page", PAGES)
def test_that_an_injected_fault_is_said_on_every_page(tab: InspectorTab, page: str) -> None:
    tab.pages.turn_to(page)
    assert not notice(tab).isVisible()
    tab.dispatch(FaultInjected(tab.state.scene.cell.faults[0]))
    assert notice(tab).isVisible()
    assert "fault is injected" in notice(tab).text()
    tab.dispatch(FaultInjected(None))
    assert not notice(tab).isVisible()


def test_that_a_fault_in_the_cell_beside_is_said_too(tab: InspectorTab) -> None:
    tab.form.cell.setCurrentIndex(tab.form.cell.findText("RNN | LSTM"))
    tab.dispatch(FaultInjected(tab.state.scene.cell.faults[0]))
    tab.dispatch(SidesSwapped(0))
    assert tab.state.scene.fault is None
    assert "fault is injected" in notice(tab).text()


def test_that_copied_formulas_say_that_they_are_faulty(tab: InspectorTab, qtbot: QtBot) -> None:
    tab.dispatch(FaultInjected(tab.state.scene.cell.faults[0]))
    with qtbot.waitSignal(tab.status, check_params_cb=lambda text: "fault" not in text):
        tab.take_away.copy_formulas()
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    with qtbot.waitSignal(tab.status, check_params_cb=lambda text: "injected fault" in text):
        tab.take_away.copy_formulas()


def test_that_zeros_are_taken_back_by_the_scene_s_numbers(tab: InspectorTab, qtbot: QtBot) -> None:
    form, before = tab.numbers, tab.state.scene
    tab.workbench.open_section("numbers")
    assert not form.restore.isEnabled()
    form.choose("Wf")
    type_zero(tab)
    click(qtbot, form.clear)
    click(qtbot, form.restore)
    assert tab.state.scene.same_numbers(before)
    assert not form.restore.isEnabled()


def test_that_the_scene_s_numbers_come_back_without_what_was_held_or_injected_going() -> None:
    fault, force = CELLS["lstm"].faults[0], Intervention("ft", 0.5)
    state = started()
    for event in (FaultInjected(fault), InterventionSet(force), NumberEdited("x", (0, 0, 0), 9.0)):
        state = reduce(state, event)
    back = reduce(state, NumbersRestored())
    assert back.scene.same_numbers(started().scene)
    assert (back.scene.fault, back.scene.interventions) == (fault, (force,))


def test_that_the_form_stops_naming_numbers_that_were_edited(tab: InspectorTab) -> None:
    named = tab.form.about.text()
    type_zero(tab)
    assert tab.form.about.text() == "Edited: some numbers are not those of “LSTM over 4 steps”."
    tab.dispatch(NumbersRestored())
    assert tab.form.about.text() == named


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_return_in_a_number_cell_commits_and_opens_nothing(
    tab: InspectorTab, qtbot: QtBot, key: Qt.Key
) -> None:
    tab.workbench.open_section("numbers")
    table = tab.numbers.table
    table.setFocus()
    editor = table.open_field(0, 0)
    editor.setText("3")
    qtbot.keyClick(editor, key)
    qtbot.waitUntil(lambda: tab.state.scene.x[0, 0, 0] == 3)
    assert [field for field in table.findChildren(QLineEdit) if field.isVisible()] == []
    assert QApplication.focusWidget() is table


def test_that_letters_in_a_number_cell_are_refused_and_a_click_elsewhere_keeps_the_sentence(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.resize(1280, 760)
    tab.workbench.open_section("numbers")
    table = tab.numbers.table
    editor = table.open_field(0, 0)
    editor.setText("abc")
    tab.resize(1280, 900)
    numbers = tab.cell.card.numbers
    numbers.setFocus()
    place = numbers.row_rect(1).center().toPoint()
    qtbot.mouseClick(numbers, Qt.MouseButton.LeftButton, pos=place)
    assert tab.state.entry == (1, 0)
    assert "“abc” is not a number" in tab.message.text()
    assert tab.message.isVisible()
    qtbot.mouseClick(tab.cell.transport.operation_on, Qt.MouseButton.LeftButton)
    assert not tab.message.isVisible()


def test_that_playing_waits_for_what_is_being_typed(tab: InspectorTab, qtbot: QtBot) -> None:
    tab.workbench.open_section("numbers")
    tab.cell.transport.timer.setInterval(1)
    tab.dispatch(PlayToggled())
    editor = tab.numbers.table.open_field(0, 0)
    editor.setText("0.25")
    place = tab.state.cursor
    for _ in range(3):
        with qtbot.waitSignal(tab.cell.transport.timer.timeout):
            pass
    assert tab.state.cursor == place
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.state.scene.x[0, 0, 0] == 0.25)
    qtbot.waitUntil(lambda: tab.state.cursor != place)
