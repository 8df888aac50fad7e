"""The page that finds bugs: numbers and programs in, the wrong box lit, and what cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.diagnosis.known_scenes import known_scene
from rnnstudio.ui.inspector.pages.bug_view import BugView
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, LIGHT, Theme
from tests.core.cells.diagnosis.programs import run_program

CHAIN = ("dc = dc_next + da_next", "dc = da_next")
TRANSPOSED = """
def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, p = cache
    dz = da_next * (1 - a_next ** 2)
    return dict(dxt=p["Wax"].T @ dz, da_prev=p["Waa"] @ dz, dWax=dz @ xt.T, dWaa=dz @ a_prev.T,
                dba=dz.sum(1, keepdims=True))
def rnn_cell_forward(xt, a_prev, p):
    a_next = np.tanh(p["Wax"] @ xt + p["Waa"] @ a_prev + p["ba"])
    return a_next, softmax(p["Wya"] @ a_next + p["by"]), (a_next, a_prev, xt, p)
def rnn_forward(x, a0, parameters):
    return 1 / 0
"""


@pytest.fixture
def bug(tab: InspectorTab) -> BugView:
    """The page in front of the inspector."""
    tab.pages.turn_to("bug")
    return tab.pages.bug


def printed(**arrays: np.ndarray) -> str:
    return "\n".join(f"{name} = {np.array2string(each)}" for name, each in arrays.items())


def wrong_boxes(page: BugView) -> list[str]:
    items = page.panel.drawing.drawing
    boxes = [name for name, box in items.boxes.items() if box.content.wrong]
    return boxes + [name for name, tag in items.tags.items() if tag.content.wrong]


def look_at(bug: BugView, qtbot: QtBot, text: str) -> None:
    bug.hand_in.text.setPlainText(text)
    bug.find_button.click()
    rest(bug, qtbot)


def rest(bug: BugView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bug.loader.busy, timeout=30_000)
    bug.flush()


def test_that_an_example_is_shown_first_and_says_so(bug: BugView) -> None:
    assert bug.sentence.text() == "dc goes wrong first: backward, at step 3 of 4."
    assert bug.panel.about.text().startswith("An example: the gradients of the scene lstm-3")
    assert wrong_boxes(bug) == ["dc"]
    assert "dc_next) is dropped" in bug.panel.mistake.text()
    right, wrong = (line[2].text() for line in bug.panel.formulas.lines)
    assert right == "dc = dc_next + da_next * ot * (1 - tanh(c_next) ** 2)"
    assert wrong == "dc = da_next * ot * (1 - tanh(c_next) ** 2)"
    assert not bug.find_button.isEnabled()
    assert "is dropped" in bug.panel.drawing.accessibleDescription()


def test_that_printed_numbers_are_looked_at_and_lead_to_the_box_in_the_cell(
    tab: InspectorTab, bug: BugView, qtbot: QtBot
) -> None:
    numbers = run_program("lstm", 3, ("dit = dc * cct * it * (1 - it)", "dit = dc * cct"))
    chosen = ("dWf", "dWi", "dbi", "da0")
    look_at(bug, qtbot, printed(**{name: numbers[name] for name in chosen}))
    assert bug.sentence.text() == "dit goes wrong first: backward, at step 4 of 4."
    assert bug.panel.about.text().startswith("Your text, for lstm-3. Wrong: ")
    assert wrong_boxes(bug) == ["dit"]
    assert [line.cells[0].text for line in bug.numbers(tab.state)[1]] == list(chosen)
    bug.panel.drawing.setFocus()
    qtbot.keyClick(bug.panel.drawing, Qt.Key.Key_L)
    assert tab.pages.key == "cell"
    assert (tab.state.operation.name, tab.state.cursor.time) == ("dit", 3)
    assert tab.state.cursor.direction is PassDirection.BACKWARD
    drawing = tab.cell.view.drawing
    assert [name for name, box in drawing.boxes.items() if box.content.wrong] == ["dit"]
    names = {key.name: row.accessibleName() for key, row in tab.cell.view.rows.labels.items()}
    assert names["dit"].endswith("goes wrong first")
    tab.cell.asked.emit(_back())
    assert not any(box.content.wrong for box in drawing.boxes.values())


def _back() -> object:
    from rnnstudio.ui.inspector.events import TimeChosen

    return TimeChosen(0)


def test_that_the_numbers_of_a_scene_are_handed_out(
    tab: InspectorTab, bug: BugView, qtbot: QtBot, tmp_path: Path
) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "mine"))
            dialog.accept()
        else:
            QTimer.singleShot(5, answer)

    QTimer.singleShot(5, answer)
    with qtbot.waitSignal(tab.status) as said:
        bug.hand_in.save.click()
    assert said.args[0].startswith("mine.npz holds x, ")
    with np.load(tmp_path / "mine.npz") as arrays:
        np.testing.assert_array_equal(arrays["da"], known_scene("lstm-3").da)
    bug.hand_in.scene.setCurrentIndex(0)
    bug.hand_in.scene.activated.emit(0)
    bug.flush()
    assert not bug.hand_in.save.isEnabled()


def test_that_a_wrong_sum_of_a_weight_lights_its_tag(bug: BugView, qtbot: QtBot) -> None:
    numbers = run_program("lstm", 3, ('d["W" + gate] + dg', "dg"))
    look_at(bug, qtbot, printed(dWf=numbers["dWf"], dbf=numbers["dbf"]))
    assert wrong_boxes(bug) == ["Wf"]


def test_that_right_numbers_are_said_to_be_right(bug: BugView, qtbot: QtBot) -> None:
    look_at(bug, qtbot, printed(dWf=run_program("lstm", 3)["dWf"]))
    assert bug.sentence.text() == "Everything that was handed in is right."
    assert wrong_boxes(bug) == []
    assert not bug.panel.visit.isVisible()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("dWf = [[0.1 ... 0.2]]", "was printed with ... in it"),
        ("dWf = [[nan 0.1]]", "holds nan at (0, 0)"),
        ("dWf = [[0.5 0.25]]", "has the shape (1, 2); here it must be (5, 8)"),
        ("Nothing at all.", "The text holds no arrays"),
        (printed(dbf=run_program("lstm", 8)["dbf"]), "are right, but of seed 8"),
    ],
)
def test_that_what_cannot_be_used_is_said_and_what_was_found_stays(
    bug: BugView, qtbot: QtBot, text: str, sentence: str
) -> None:
    before = bug.sentence.text()
    look_at(bug, qtbot, text)
    assert sentence in bug.hand_in.error.text()
    assert bug.hand_in.error.isVisible()
    assert bug.sentence.text() == before
    assert bug.find_button.isEnabled()
    assert bug.close_topmost()
    assert not bug.hand_in.error.isVisible()


def test_that_a_program_runs_only_when_it_is_said_and_each_function_has_its_finding(
    tab: InspectorTab, bug: BugView, qtbot: QtBot, tmp_path: Path
) -> None:
    program = tmp_path / "mine.py"
    program.write_text(TRANSPOSED)
    tab.take_file(program)
    assert not bug.loader.busy
    assert "mine.py is a program" in bug.hand_in.question.words.text()
    bug.hand_in.question.leave.click()
    assert not bug.loader.busy
    assert bug.hand_in.text.isVisible()
    tab.take_file(program)
    bug.hand_in.question.run.click()
    assert bug.hand_in.busy.isVisible()
    rest(bug, qtbot)
    functions = bug.panel.functions
    names = [functions.itemText(at) for at in range(functions.count())]
    assert names == ["rnn_cell_forward", "rnn_forward", "rnn_cell_backward"]
    assert functions.currentText() == "rnn_forward"
    assert "ZeroDivisionError: division by zero (line 11)" in bug.panel.about.text()
    functions.activated.emit(2)
    bug.flush()
    assert bug.sentence.text() == "da_prev goes wrong first, in the backward pass."
    assert wrong_boxes(bug) == ["da_prev"]


def test_that_a_program_that_does_something_else_is_refused_in_a_sentence(
    bug: BugView, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "mine.py").write_text("open('here.txt', 'w')")
    bug.open_file(tmp_path / "mine.py")
    bug.hand_in.question.run.click()
    rest(bug, qtbot)
    assert "something else than compute (open, line 1)" in bug.hand_in.error.text()


def test_that_a_program_without_an_end_can_be_stopped(
    tab: InspectorTab, bug: BugView, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "mine.py").write_text("while True: pass")
    bug.open_file(tmp_path / "mine.py")
    bug.hand_in.question.run.click()
    assert tab.obstacle()
    bug.hand_in.busy.stop.click()
    qtbot.waitUntil(lambda: not bug.loader.busy, timeout=5_000)
    assert not bug.hand_in.busy.isVisible()
    assert not bug.hand_in.error.isVisible()
    assert tab.state.bug.submission is None


def test_that_a_page_closed_while_a_program_runs_leaves_nothing(
    tab: InspectorTab, bug: BugView, tmp_path: Path
) -> None:
    (tmp_path / "mine.py").write_text("while True: pass")
    bug.open_file(tmp_path / "mine.py")
    bug.hand_in.question.run.click()
    assert tab.shutdown()
    assert not bug.loader.busy


def test_that_a_session_has_the_numbers_and_finds_the_same_again(
    tab: InspectorTab, bug: BugView, qtbot: QtBot, tmp_path: Path
) -> None:
    fresh = tab.work()
    np.savez(tmp_path / "mine.npz", **run_program("gru", 5, ("dmt = dcct * rt", "dmt = dcct")))
    bug.hand_in.scene.setCurrentIndex(bug.hand_in.scene.findData("gru"))
    bug.hand_in.scene.activated.emit(bug.hand_in.scene.currentIndex())
    bug.hand_in.seed.setValue(5)
    tab.take_file(tmp_path / "mine.npz")
    rest(bug, qtbot)
    found, work = bug.sentence.text(), tab.work()
    assert found == "dmt goes wrong first: backward, at step 4 of 4."
    tab.show_work(fresh)
    bug.flush()
    assert bug.panel.about.text().startswith("An example")
    tab.show_work(work)
    rest(bug, qtbot)
    assert tab.pages.key == "bug"
    assert bug.sentence.text() == found
    assert bug.hand_in.name() == "gru-5"
    assert tab.work() == work


@pytest.fixture
def in_class(qtbot: QtBot, fresh_look: None) -> Iterator[None]:
    appearance.apply(QApplication.instance(), Theme(LIGHT, CLASS, in_class=True))
    return


def test_that_a_class_is_asked_before_the_place_is_shown(
    in_class: None, opened: Callable[..., object]
) -> None:
    bench = opened(BugView, size=(1920, 1080))
    page = bench.page
    assert page.sentence.text() == "10 of 10 arrays are wrong. Which operation goes wrong first?"
    assert wrong_boxes(page) == []
    assert not page.panel.mistake.isVisible()
    assert page.go_on(1)
    assert page.sentence.text() == "dc goes wrong first: backward, at step 3 of 4."
    assert wrong_boxes(page) == ["dc"]
    assert not page.go_on(1)
