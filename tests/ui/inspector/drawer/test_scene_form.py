"""The scene: chosen, made, opened from a file, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes
from rnnstudio.core.cells.scene_spec import Source
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import initial_weights
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene_file import save_scene
from rnnstudio.core.models.trained_stack import trained_stack
from rnnstudio.ui.inspector.events import CoverChosen, TimeChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.ui.work_history import WorkHistory


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


def brought_in() -> Scene:
    return replace(random_scene(CELLS["gru"], Sizes(n_a=7, T_x=9), 2), origin="File: a.rnnstudio")


def test_that_a_scene_from_elsewhere_says_where_it_is_from(tab: InspectorTab) -> None:
    form = tab.form
    tab.show_scene(brought_in())
    assert form.source.currentText() == "From elsewhere"
    assert form.about.text() == "File: a.rnnstudio"
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
    assert form.about.text().startswith("GRU: n_x = ")
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
    assert form.about.text() == "File: a.rnnstudio"


def test_that_another_scene_keeps_the_place_and_is_taken_back(tab: InspectorTab) -> None:
    history = WorkHistory(tab)
    tab.dispatch(TimeChosen(2))
    before = tab.state.scene
    tab.form.seed.setValue(3)
    assert tab.state.cursor.time == 2
    assert not tab.state.scene.same_numbers(before)
    history.undo()
    assert tab.state.scene.same_numbers(before)
    assert (tab.form.seed.value(), tab.state.cursor.time) == (1, 2)


def test_that_a_word_is_read_by_the_trained_cell_and_said_in_a_line(tab: InspectorTab) -> None:
    form = tab.form
    form.source.setCurrentIndex(form.source.findData(Source.LAST_CAPITAL))
    form.word.setText("Bc?")
    assert tab.state.scene.labels == ("B", "c", "?")
    assert form.about.text().startswith("The LSTM reads B c and says at the “?”")


def test_that_notation_and_cover_are_chosen_here_and_follow_the_state(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    form = tab.form
    form.notation.setCurrentIndex(form.notation.findData(Notation.KERAS))
    assert tab.state.cursor.notation is Notation.KERAS
    qtbot.mouseClick(form.cover, Qt.MouseButton.LeftButton, pos=QPoint(5, form.cover.height() // 2))
    assert not tab.state.cursor.covered
    tab.dispatch(CoverChosen(True))
    assert form.cover.isChecked()


def test_that_two_cells_are_put_side_by_side(tab: InspectorTab) -> None:
    tab.form.cell.setCurrentIndex(tab.form.cell.findText("LSTM | GRU"))
    assert [side.scene.cell.name for side in tab.state.sides] == ["lstm", "gru"]


def test_that_a_file_is_opened_by_what_it_is(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    scene = brought_in()
    save_scene(tmp_path / "a.rnnstudio", scene)
    read(tmp_path / "a.rnnstudio")
    assert tab.state.scene.same_numbers(scene)
    assert tab.form.model.isHidden()
    np.savez(tmp_path / "cell.npz", **scene.parameters)
    read(tmp_path / "cell.npz")
    assert tab.form.model.isVisible()
    assert tab.form.model.name.text() == "Trained model cell.npz"
    assert tab.form.about.text().startswith("Model: cell.npz")


def test_that_every_layer_of_a_model_can_be_looked_into(tab: InspectorTab) -> None:
    spec = ModelSpec(2, (Recurrent("lstm", 3, every_step=True), Recurrent("gru", 4), Dense(1)))
    form = tab.form.model
    form.show_model(Model("a", trained_stack(spec, initial_weights(spec, 1))))
    assert tab.state.scene.cell.name == "lstm"
    form.layer.setCurrentIndex(1)
    assert (tab.state.scene.cell.name, tab.state.scene.sizes.n_a) == ("gru", 4)
