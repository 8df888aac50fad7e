"""A lesson in the window: by keys alone, left midway, in front of a class, and refused."""

from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.lessons.checking import PAGES
from rnnstudio.core.lessons.reading import lesson_files, read_lesson
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES as NAMES_PAGES
from rnnstudio.ui.inspector.events import OperationStepped
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES as INSPECTOR_PAGES
from rnnstudio.ui.lessons.lessons_menu import LessonsMenu
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.stocks.pages.shares_pages import PAGES as SHARES_PAGES
from rnnstudio.ui.theme.tokens import colours, theme
from tests.ui.visible_texts import cut_off, sideways

Key = Qt.Key
FORWARD, GATES, BACKWARD, FLOW, NAMES, FORECAST = lesson_files()


@pytest.fixture
def window(qtbot: QtBot, fresh_look: None) -> Iterator[MainWindow]:
    window = MainWindow()
    window.resize(1280, 720)
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


def shown(window: MainWindow) -> str:
    """Everything that the panel says now."""
    panel = window.lessons.panel
    assert panel is not None
    labels = (panel.title, panel.words, panel.question, panel.seen)
    return " ".join(label.text() for label in labels if not label.isHidden())


def test_that_a_lesson_is_given_from_start_to_end_by_keys_alone(window: MainWindow) -> None:
    window.lessons.begin(FORWARD)
    lesson = read_lesson(FORWARD).lesson
    for place, step in enumerate(lesson.steps):
        state = window.lessons.state
        assert state is not None
        assert (state.step, state.revealed) == (place, False)
        assert step.title["en"] in shown(window)
        assert step.question is not None
        press(window, Key(Key.Key_1 + step.question.right), Key.Key_Space)
        state = window.lessons.state
        assert state is not None
        assert state.revealed
        press(window, Key.Key_Space)
    state = window.lessons.state
    assert state is not None
    assert state.over
    assert state.right == len(lesson.steps)
    assert f"{len(lesson.steps)} of {len(lesson.steps)}" in shown(window)
    press(window, Key.Key_Space)
    assert not window.lessons.on
    assert remembered.lesson_step(FORWARD.stem) == -1


def beside(window: MainWindow) -> bool:
    """Whether the studio has all the room beside the lesson, and no more."""
    panel = window.lessons.panel
    return panel is not None and window.tabs.pages.width() + panel.width() == window.width()


@pytest.mark.parametrize("size", [(1024, 700), (960, 600)])
@pytest.mark.parametrize("file", lesson_files(), ids=attrgetter("stem"))
def test_that_a_lesson_and_what_it_is_about_fit_into_a_narrow_window(
    file: Path, size: tuple[int, int], each_language: str, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(*size)
    window.lessons.begin(file)
    lesson = read_lesson(file).lesson
    steps = lesson.steps if lesson.tab == "inspector" else lesson.steps[:1]
    for place, step in enumerate(steps):
        panel = window.lessons.panel
        assert panel is not None
        qtbot.waitUntil(lambda: beside(window))
        QApplication.processEvents()  # what is within them finds its place, too
        assert sideways(window) == [], place
        assert list(cut_off(panel)) == [], place
        if step is not steps[-1]:
            press(window, Key.Key_1, Key.Key_Space, Key.Key_Space)


def test_that_numbers_in_words_are_those_on_the_screen(window: MainWindow) -> None:
    window.lessons.begin(GATES)
    gate = window.inspector.state.trace.forward[2]["ft"][:, 0]
    assert window.inspector.state.cursor.time == 2
    assert f"{gate[0]:.2f} and {gate[1]:.2f}" in shown(window)
    assert "{" not in shown(window)


def test_that_nothing_is_shown_before_the_class_has_guessed(window: MainWindow) -> None:
    window.lessons.begin(FORWARD)
    press(window, *4 * (Key.Key_Space,))
    assert "What will the new memory" in shown(window)
    state = window.inspector.state
    assert not state.known("c_next", state.cursor.time)
    press(window, Key.Key_Space)
    state = window.inspector.state
    assert state.known("c_next", state.cursor.time)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F5])
def test_that_own_work_is_as_it_was_once_a_lesson_is_left(window: MainWindow, key: Qt.Key) -> None:
    for _ in range(5):
        window.inspector.dispatch(OperationStepped(1))
    before, cursor = window.studio.session, window.inspector.state.cursor
    window.lessons.begin(BACKWARD)
    press(window, Key.Key_Space, Key.Key_Space, Key.Key_1, key)
    if key == Key.Key_F5:
        assert theme().in_class
        press(window, Key.Key_Escape, Key.Key_Escape)
    assert not window.lessons.on
    assert window.inspector.state.cursor == cursor
    assert window.studio.session.same_work(before)
    assert not window.studio.unsaved
    assert window.inspector.cell.transport.isVisible()
    assert window.inspector.workbench.rail.isVisible()


def test_that_a_session_saved_within_a_lesson_has_ones_own_work(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    before = window.studio.session
    window.lessons.begin(BACKWARD)
    window.tabs.turned.emit(0)
    window.studio.save_file(tmp_path / "mine.rnnstudio")
    qtbot.waitUntil(lambda: not window.studio.busy)
    assert window.studio.session.same_work(before)


def test_that_the_class_sees_the_lesson_below_and_goes_on_with_a_clicker(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.lessons.begin(GATES)
    window.resize(1920, 1080)
    press(window, Key.Key_F5)
    panel = window.lessons.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.y() > 0)
    assert panel.height() < 0.43 * window.height()
    press(window, Key.Key_PageDown)
    assert window.lessons.state is not None
    assert window.lessons.state.revealed
    press(window, Key.Key_PageUp)
    assert not window.lessons.state.revealed


def test_that_the_class_can_read_the_first_step_of_a_lesson(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1920, 1080)
    press(window, Key.Key_F5)
    window.lessons.begin(GATES)
    panel = window.lessons.panel
    assert panel is not None
    read = (panel.title, panel.words, panel.question, *panel.answers)
    qtbot.waitUntil(
        lambda: all(each.visibleRegion().boundingRect() == each.rect() for each in read)
    )


def test_that_a_lesson_goes_on_where_it_was_left(window: MainWindow) -> None:
    window.lessons.begin(FORWARD)
    press(window, *4 * (Key.Key_Space,))
    press(window, Key.Key_Escape)
    window.lessons.begin(FORWARD)
    assert window.lessons.state is not None
    assert window.lessons.state.step == 2
    menu = LessonsMenu(window.lessons.begin, window)
    assert "at step 3 of 6" in menu.actions()[0].text()
    menu.close()


def test_that_the_start_page_leads_to_the_lesson_that_was_not_given_to_its_end(
    window: MainWindow,
) -> None:
    remembered.keep_lesson_step(FORWARD.stem, -1)
    window.tabs.show_start()
    window.start.lesson_button.click()
    assert window.lessons.state is not None
    assert window.lessons.state.path == GATES
    window.lessons.leave()
    remembered.keep_lesson_step(BACKWARD.stem, 2)
    window.tabs.show_start()
    window.start.lesson_button.click()
    assert window.lessons.state.path == BACKWARD


def test_that_a_file_that_is_no_lesson_is_told_and_nothing_begins(
    window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('tab = "inspector"\nsteps = []\n', encoding="utf-8")
    window.lessons.begin(file)
    assert not window.lessons.on
    (box,) = window.findChildren(QMessageBox)
    assert "mine.toml, line 1" in box.text()
    box.close()


def test_that_the_window_can_be_closed_midway(window: MainWindow) -> None:
    window.lessons.begin(BACKWARD)
    press(window, Key.Key_Space)
    window.close()
    assert not window.isVisible()


def test_that_the_lesson_on_names_trains_types_and_turns_pages_as_a_person_would(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.lessons.begin(NAMES)
    tab = window.dinosaurs
    press(window, Key.Key_1, Key.Key_Space)
    assert tab.state.run.active
    press(window, *4 * (Key.Key_Space,))
    assert tab.home_page.letters.field.text() == "saur"
    press(window, *2 * (Key.Key_Space,))
    assert tab.work().sampling.temperature == 1.5
    press(window, *2 * (Key.Key_Space,))
    assert tab.pages.key == "good"
    assert tab.work().sampling.temperature == 0.7
    assert tab.state.run.active
    tab.shutdown()


def test_that_a_lesson_leaves_its_own_tab_though_another_one_is_in_front(
    window: MainWindow,
) -> None:
    window.lessons.begin(NAMES)
    window.show_tab(2)
    window.lessons.leave()
    window.show_tab(1)
    assert not window.dinosaurs.lesson_keys
    assert window.dinosaurs.workbench.rail.isVisible()


def violet(window: MainWindow) -> list[QPushButton]:
    """The buttons in sight whose ground is violet."""
    grabbed = {
        button: button.grab().toImage()
        for button in window.findChildren(QPushButton)
        if button.isVisible() and button.isEnabled()
    }
    ground = QColor(colours().you)
    return [
        button
        for button, image in grabbed.items()
        if image.pixelColor(image.width() // 2, 4) == ground
    ]


@pytest.mark.parametrize(
    ("file", "steps"), [(FLOW, 1), (NAMES, 0), (NAMES, 8)], ids=["flow", "names", "evaluation"]
)
def test_that_the_one_violet_button_beside_a_lesson_is_its_way_on(
    window: MainWindow, file: Path, steps: int, qtbot: QtBot
) -> None:
    window.lessons.begin(file)
    press(window, *steps * (Key.Key_Space,))
    panel = window.lessons.panel
    assert panel is not None
    qtbot.waitUntil(lambda: violet(window) == [panel.on_button])
    window.lessons.leave()
    qtbot.waitUntil(lambda: len(violet(window)) == 1)
    window.dinosaurs.shutdown()


def test_that_the_lesson_on_forecasts_reads_its_share_and_finds_out(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.lessons.begin(FORECAST)
    tab = window.stocks
    press(window, Key.Key_2, Key.Key_Space)  # before any file is read
    qtbot.waitUntil(lambda: tab.state.run.active, timeout=20_000)
    assert tab.state.file is not None
    assert tab.state.file.data.path.stem == "IBM"
    tab.shutdown()


def test_that_lessons_may_turn_to_every_page_that_there_is() -> None:
    assert set(PAGES["inspector"]) <= set(INSPECTOR_PAGES)
    assert set(PAGES["names"]) <= set(NAMES_PAGES)
    assert set(PAGES["stocks"]) <= set(SHARES_PAGES)
