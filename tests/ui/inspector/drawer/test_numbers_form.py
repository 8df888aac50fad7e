"""The table of numbers: typed over, pasted, loaded from a file, and named by what it holds."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.ui.inspector.drawer.numbers_form import NumbersForm
from rnnstudio.ui.inspector.events import EntryChosen, NotationChosen, SceneChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.widgets.number_model import Matrix, NumberModel
from tests.ui.work_history import WorkHistory

HORIZONTAL = Qt.Orientation.Horizontal


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def numbers(tab: InspectorTab) -> InspectorTab:
    tab.workbench.open_section("numbers")
    return tab


@pytest.fixture
def capital(numbers: InspectorTab) -> NumbersForm:
    """The forget gate's weights of the cell that remembers the last capital."""
    numbers.dispatch(SceneChosen(*scenes(SceneSpec())))
    numbers.numbers.choose("Wf")
    return numbers.numbers


def test_that_every_array_can_be_typed_and_is_shown_whole(numbers: InspectorTab) -> None:
    form, scene = numbers.numbers, numbers.state.scene
    names = [form.array.itemData(index) for index in range(form.array.count())]
    assert names == ["x", "a0", "c0", *scene.parameters, "da"]
    for index, name in enumerate(names):
        form.array.setCurrentIndex(index)
        array = scene.array(name)
        shown = array[:, 0, :] if array.ndim == 3 else array
        model = form.table.model()
        read = [
            [float(model.index(row, column).data(Qt.ItemDataRole.EditRole)) for column in columns]
            for row in range(model.rowCount())
            for columns in (range(model.columnCount()),)
        ]
        np.testing.assert_array_equal(read, shown)


def test_that_a_number_typed_into_x_changes_the_shown_example_only(
    numbers: InspectorTab, qtbot: QtBot
) -> None:
    numbers.dispatch(SceneChosen(random_scene(CELLS["lstm"], Sizes(m=3), 1)))
    numbers.dispatch(EntryChosen(0, 2))
    editor = numbers.numbers.table.open_field(1, 3)
    editor.setText("5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: numbers.state.scene.x[1, 2, 3] == 5)
    assert numbers.numbers.table.model().index(1, 3).data() == "5.00"


def test_that_a_pasted_table_is_taken_whole(numbers: InspectorTab, qtbot: QtBot) -> None:
    numbers.numbers.choose("Wf")
    table = np.arange(40.0).reshape(5, 8) / 8
    text = "\n".join("\t".join(str(number) for number in row) for row in table)
    QGuiApplication.clipboard().setText(text)
    click(qtbot, numbers.numbers.paste)
    np.testing.assert_array_equal(numbers.state.scene.array("Wf"), table)
    click(qtbot, numbers.numbers.copy)
    assert QGuiApplication.clipboard().text() == text
    click(qtbot, numbers.numbers.clear)
    assert not numbers.state.scene.array("Wf").any()
    qtbot.keyClick(numbers.numbers.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(numbers.state.scene.array("Wf"), table)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 2\n3 4", "Wf must have 5 rows of 8 numbers"),
        ("\n".join(["1 2 3 4 5 6 7 x"] * 5), "Row 1, column 8 of Wf is “x”"),
        ("\n".join(["1 2 3 4 5 6 7 nan"] * 5), "Row 1, column 8 of Wf is “nan”"),
    ],
)
def test_that_a_wrong_table_says_what_is_wanted_and_the_last_good_one_stays(
    numbers: InspectorTab, qtbot: QtBot, text: str, expected: str
) -> None:
    numbers.numbers.choose("Wf")
    before = numbers.state.trace
    QGuiApplication.clipboard().setText(text)
    click(qtbot, numbers.numbers.paste)
    assert expected in numbers.message.text()
    assert numbers.message.isVisible()
    assert numbers.state.trace is before


def test_that_an_array_is_loaded_from_a_file_or_refused(
    numbers: InspectorTab, tmp_path: Path, qtbot: QtBot
) -> None:
    numbers.numbers.choose("bo")
    np.save(tmp_path / "b.npy", np.arange(5.0))
    numbers.numbers.take_file(tmp_path / "b.npy")
    qtbot.waitUntil(lambda: not numbers.numbers.loader.busy)
    np.testing.assert_array_equal(numbers.state.scene.array("bo").ravel(), np.arange(5.0))
    numbers.numbers.take_file(tmp_path / "missing.csv")
    qtbot.waitUntil(lambda: not numbers.numbers.loader.busy)
    assert "There is no file" in numbers.message.text()
    np.testing.assert_array_equal(numbers.state.scene.array("bo").ravel(), np.arange(5.0))


def test_that_an_open_field_is_closed_by_leaving_it(numbers: InspectorTab) -> None:
    numbers.numbers.table.open_field(0, 0)
    numbers.numbers.copy.setFocus()
    fields = numbers.numbers.table.findChildren(QLineEdit)
    assert not [field for field in fields if field.isVisible()]


def test_when_another_table_is_shown_meanwhile_a_file_does_not_go_into_it(
    numbers: InspectorTab, tmp_path: Path, qtbot: QtBot
) -> None:
    numbers.numbers.choose("bo")
    np.save(tmp_path / "b.npy", np.arange(5.0))
    before = numbers.state.trace
    numbers.numbers.take_file(tmp_path / "b.npy")
    numbers.numbers.choose("bf")
    qtbot.waitUntil(lambda: not numbers.numbers.loader.busy)
    assert "open it again" in numbers.message.text()
    assert numbers.state.trace is before


def test_that_rows_and_columns_are_named_by_what_they_are(capital: NumbersForm) -> None:
    model = capital.table.model()
    names = [model.headerData(column, HORIZONTAL) for column in range(model.columnCount())]
    assert names == ["a_1", "a_2", *"ABCabc?"]
    assert capital.array.currentText() == "W_f 2 × 9"
    assert capital.meaning.text().startswith("weights of the forget gate; ")
    assert "on the right" in capital.meaning.text()


def test_that_the_notation_is_that_of_the_scene(numbers: InspectorTab) -> None:
    numbers.numbers.choose("Wc")
    numbers.dispatch(NotationChosen(Notation.IFOG))
    assert numbers.numbers.array.currentText() == "W_g 5 × 8"
    assert numbers.numbers.table.model().headerData(0, HORIZONTAL) == "h_1"


def test_that_typing_begins_at_once_and_enter_keeps_it_where_escape_does_not(
    numbers: InspectorTab, capital: NumbersForm, qtbot: QtBot
) -> None:
    table, before = capital.table, numbers.state.scene
    old = float(before.array("Wf")[1, 4])
    table.setCurrentIndex(table.model().index(1, 4))
    assert capital.line.text().endswith("[2, C] is −2.205. Type another number over it.")
    for key, kept in ((Qt.Key.Key_Escape, old), (Qt.Key.Key_Return, -1.5)):
        qtbot.keyClicks(table, "-")
        assert capital.line.text().endswith("was −2.205. Enter keeps it, Esc does not.")
        editor = table.viewport().findChildren(QLineEdit)[-1]
        qtbot.keyClicks(editor, "1.5")
        qtbot.keyClick(editor, key)
        qtbot.waitUntil(lambda: not table.typing)
        assert numbers.state.scene.array("Wf")[1, 4] == kept
    assert "[2, C] was −2.205. Now it is −1.5; Ctrl+Z" in capital.line.text()


def test_that_an_undo_brings_the_number_back(
    numbers: InspectorTab, capital: NumbersForm, qtbot: QtBot
) -> None:
    history, before = WorkHistory(numbers), numbers.state.scene
    editor = capital.table.open_field(0, 3)
    editor.setText("9")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: numbers.state.scene.array("Wf")[0, 3] == 9)
    assert capital.table.entry == (0, 3)
    history.undo()
    assert numbers.state.scene.same_numbers(before)


def test_that_a_screen_reader_hears_every_number_with_its_row_and_column(
    capital: NumbersForm,
) -> None:
    table = QAccessible.queryAccessibleInterface(capital.table)
    heads = 1
    cell = table.child((1 + heads) * (9 + heads) + 4 + heads)
    assert cell.text(QAccessible.Text.Name) == "row 2, column C: −2.205"


def test_that_a_large_array_is_scrolled_within_itself(numbers: InspectorTab, qtbot: QtBot) -> None:
    numbers.dispatch(SceneChosen(random_scene(CELLS["lstm"], Sizes(n_a=50, T_x=200), 1)))
    form, table = numbers.numbers, numbers.numbers.table
    form.choose("Wf")
    assert table.model().rowCount() == 50
    assert table.height() < numbers.height()
    assert form.minimumSizeHint().width() <= 284
    beyond = table.columns_beyond
    assert f"{beyond} more columns on the right" in form.meaning.text()
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: table.columns_beyond == 0)
    assert "on the right" not in form.meaning.text()


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=8), st.floats().map(repr), st.integers(-9, 9).map(str)))
def test_that_whatever_is_typed_is_a_finite_number_or_refused(text: str) -> None:
    model, asked, refused = NumberModel(), [], []
    model.show(Matrix(np.array([[0.5]])))
    model.edited.connect(lambda *place: asked.append(place))
    model.refused.connect(refused.append)
    kept = model.setData(model.index(0, 0), text)
    assert kept is not bool(refused)
    if asked:
        assert asked[0][:2] == (0, 0)
        assert isfinite(asked[0][2])
        assert asked[0][2] == float(text.strip().replace("−", "-"))
    for sentence in refused:
        assert text in sentence
        assert sentence.endswith("is not a number; 0.5 stays.")
