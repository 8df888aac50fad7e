"""The gradient check, and faults that are injected and found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.numbers import tidy
from rnnstudio.ui.inspector.drawer.check_view import CheckView
from rnnstudio.ui.inspector.events import (
    AnswerRevealed,
    DirectionChosen,
    GuessAsked,
    HandsCounted,
)
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.ui.inspector.steps import go_to


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def plant(tab: InspectorTab, text: str) -> None:
    """Choose an entry of the menu of faults."""
    action = next(each for each in tab.check.menu.actions() if each.text() == text)
    action.trigger()


@pytest.fixture
def check(tab: InspectorTab) -> CheckView:
    tab.workbench.open_section("check")
    return tab.check


def test_that_the_check_passes_on_screen(tab: InspectorTab, check: CheckView, qtbot: QtBot) -> None:
    click(qtbot, check.check)
    assert check.outcome.text() == "All 11 gradients are right."
    assert len(check.checks.lines) == 11
    assert tab.state.checks is not None
    for line, found in zip(check.checks.lines, tab.state.checks, strict=True):
        error, worst = (tidy(value, 2) for value in (found.relative_error, found.worst))
        assert line.endswith(f" agrees: relative error {error}, worst deviation {worst}")
    assert check.checks.lines[3].startswith("dW_f agrees")


@pytest.mark.parametrize("cell", CELLS)
def test_that_an_injected_fault_is_found_on_screen(
    tab: InspectorTab, check: CheckView, qtbot: QtBot, cell: str
) -> None:
    tab.form.cell.setCurrentIndex(tab.form.cell.findText(cell.upper()))
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    for fault in CELLS[cell].faults:
        plant(tab, fault.meaning)
        assert check.injected.text() == f"Injected: {fault.meaning}."
        assert check.outcome.text() == "Not checked since the last change."
        click(qtbot, check.check)
        assert "gradients are wrong" in check.outcome.text()
        wrong = [line for line in check.checks.lines if " is wrong: " in line]
        assert check.outcome.text().startswith(f"{len(wrong)} of ")
        other = next(row.name for row in tab.state.table if row.name != fault.name)
        go_to(tab, other)
        click(qtbot, check.accuse)
        assert "Look on" in check.verdict.text()
        go_to(tab, fault.name)
        click(qtbot, check.accuse)
        assert f"Found: {fault.meaning}" in check.verdict.text()
    click(qtbot, check.remove)
    assert check.injected.text() == "No fault is injected."
    assert not check.remove.isEnabled()
    click(qtbot, check.check)
    assert check.outcome.text().endswith("gradients are right.")


def test_that_a_surprise_plants_some_fault_and_does_not_say_which(
    tab: InspectorTab, check: CheckView
) -> None:
    plant(tab, "a surprise")
    assert tab.state.scene.fault in CELLS["lstm"].faults
    assert check.injected.text() == "A fault is injected. Which one is for the class to find."


def test_that_a_row_is_accused_in_the_backward_pass_alone(
    tab: InspectorTab, check: CheckView
) -> None:
    assert not check.accuse.isEnabled()
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    assert check.accuse.isEnabled()


def test_that_the_score_of_the_class_is_kept_in_sight(tab: InspectorTab, check: CheckView) -> None:
    assert check.score.text() == "Nobody has guessed yet."
    tab.dispatch(GuessAsked())
    assert tab.state.prediction is not None
    tab.dispatch(HandsCounted(tab.state.prediction.right, 3))
    tab.dispatch(AnswerRevealed())
    assert check.score.text() == "Right so far 3 of 3"


def test_that_what_is_said_moves_nothing_above_the_list(
    tab: InspectorTab, check: CheckView, qtbot: QtBot
) -> None:
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    QApplication.processEvents()
    places = [part.y() for part in (check.plant, check.accuse, check.score, check.checks)]
    plant(tab, "a surprise")
    click(qtbot, check.accuse)
    click(qtbot, check.check)
    parts = (check.plant, check.accuse, check.score, check.checks)
    qtbot.waitUntil(lambda: check.checks.height() > 0 and [p.y() for p in parts] == places)
