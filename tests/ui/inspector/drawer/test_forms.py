"""The left column: scene, numbers, what if and check, worked as a user works them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import DirectionChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.ui.inspector.steps import go_to


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def numbers(tab: InspectorTab) -> InspectorTab:
    tab.workbench.open_section("numbers")
    return tab


def test_that_sizes_and_seed_make_another_scene(tab: InspectorTab) -> None:
    tab.form.sizes["n_a"].setValue(7)
    tab.form.sizes["T_x"].setValue(9)
    tab.form.seed.setValue(3)
    expected = random_scene(CELLS["lstm"], Sizes(n_a=7, T_x=9), 3)
    np.testing.assert_array_equal(tab.state.scene.array("Wf"), expected.array("Wf"))
    assert tab.state.steps == 9


@pytest.mark.parametrize(
    ("size", "typed", "expected"),
    [
        (
            "n_a",
            "99999",
            "number of hidden units (n_a) is 99999; it must be a whole number from 1 to 50",
        ),
        ("T_x", "0", "number of steps (T_x) is 0; it must be a whole number from 1 to 200"),
        ("m", "-3", "number of examples (m) is -3"),
        ("n_x", "many", "Number of inputs is “many”; it must be a whole number"),
        ("n_y", "2.5", "Number of outputs is “2.5”"),
    ],
)
def test_that_a_size_that_cannot_be_looked_at_stays_as_typed_and_is_refused(
    tab: InspectorTab, qtbot: QtBot, size: str, typed: str, expected: str
) -> None:
    before, box = tab.state.trace, tab.form.sizes[size]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == typed
    assert expected in tab.message.text()
    assert tab.state.trace is before


def test_that_a_number_is_not_asked_for_digit_by_digit(tab: InspectorTab, qtbot: QtBot) -> None:
    before, box = tab.state.trace, tab.form.sizes["n_a"]
    box.selectAll()
    qtbot.keyClicks(box, "12")
    assert tab.state.trace is before
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert tab.state.scene.sizes.n_a == 12


def test_that_a_seed_of_any_size_is_taken_or_refused_in_a_sentence(tab: InspectorTab) -> None:
    tab.form.seed.setValue(2**40)
    assert tab.state.scene.same_numbers(random_scene(CELLS["lstm"], Sizes(), 2**40))
    before = tab.state.trace
    tab.form.seed.setValue(2**63)
    assert "The seed is 9223372036854775808" in tab.message.text()
    assert tab.state.trace is before


def test_that_a_text_names_the_steps_by_its_letters(tab: InspectorTab) -> None:
    tab.form.source.setCurrentIndex(tab.form.source.findText("Text"))
    tab.form.text.setText("dino")
    assert tab.state.scene.labels == ("d", "i", "n", "o")
    assert not tab.form.sizes["T_x"].isEnabled()
    assert tab.form.sizes["T_x"].value() == 4


def test_that_another_cell_leaves_the_document_s_example(tab: InspectorTab) -> None:
    source = tab.form.source
    source.setCurrentIndex(source.findText("Document: lstm_forward"))
    assert tab.form.sizes["m"].value() == 10
    tab.form.cell.setCurrentIndex(tab.form.cell.findText("GRU"))
    assert source.currentText() == "Random"
    assert tab.state.scene.cell.name == "gru"


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


def brought_in() -> Scene:
    return replace(random_scene(CELLS["gru"], Sizes(n_a=7, T_x=9), 2), origin="File: a.rnnstudio")


def test_that_a_scene_from_elsewhere_says_where_it_is_from(tab: InspectorTab) -> None:
    form = tab.form
    tab.show_scene(brought_in())
    assert form.source.currentText() == "From elsewhere"
    assert form.origin.isVisible()
    assert form.origin.text() == "File: a.rnnstudio"
    assert form.cell.currentText() == "GRU"
    assert form.sizes["n_a"].value() == 7
    assert not form.sizes["n_a"].isEnabled()
    assert not form.seed.isEnabled()


def test_when_other_values_are_chosen_the_scene_from_elsewhere_goes(tab: InspectorTab) -> None:
    form = tab.form
    tab.show_scene(brought_in())
    form.source.setCurrentIndex(form.source.findText("Sine"))
    assert tab.state.scene.origin == ""
    assert tab.state.scene.sizes == brought_in().sizes
    assert form.source.currentText() == "Sine"
    assert form.source.findText("From elsewhere") < 0
    assert not form.origin.isVisible()
    assert form.seed.isEnabled()


def test_when_another_cell_is_chosen_for_a_scene_from_elsewhere_its_numbers_are_random(
    tab: InspectorTab,
) -> None:
    tab.show_scene(brought_in())
    tab.form.cell.setCurrentIndex(tab.form.cell.findText("RNN"))
    assert tab.form.source.currentText() == "Random"
    expected = random_scene(CELLS["rnn"], Sizes(n_a=7, T_x=9), 1)
    np.testing.assert_array_equal(tab.state.scene.array("Waa"), expected.array("Waa"))


def test_when_no_new_scene_comes_about_the_one_from_elsewhere_can_be_gone_back_to(
    tab: InspectorTab,
) -> None:
    form = tab.form
    tab.show_scene(brought_in())
    form.text.setText("")
    form.source.setCurrentIndex(form.source.findText("Text"))
    assert "The text has 0 letters" in tab.message.text()
    form.source.setCurrentIndex(form.source.findText("From elsewhere"))
    assert tab.state.scene.origin == "File: a.rnnstudio"
    assert form.origin.isVisible()
