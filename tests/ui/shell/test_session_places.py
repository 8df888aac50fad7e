"""The file that a session belongs to: earlier versions have none, undo goes back to the old one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.session.backups import backups_of
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_names import NamesWork, OpenedList
from rnnstudio.core.session.session_file import open_session, save_session
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.widgets.asking import Button
from tests.ui.shell.windows import edit, opened, press, save


def x_of(window: MainWindow) -> float:
    return float(window.inspector.state.scene.x[0, 0, 0])


def in_file(path: Path) -> float:
    return float(open_session(path).inspector.side.scene.x[0, 0, 0])


@pytest.fixture
def lesson(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Path:
    """A session that was saved with 1, 2 and 3, and changed to 4 since."""
    path = tmp_path / "lesson.rnnstudio"
    for value in (1.0, 2.0, 3.0):
        edit(window, value)
        save(window, qtbot, path)
    edit(window, 4.0)
    return path


def choose(answer: Callable[[QFileDialog], Path]) -> None:
    """Answer the next question for a file."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            name = dialog.findChild(QLineEdit, "fileNameEdit")
            assert name is not None
            name.setText(str(answer(dialog)))
            dialog.accept()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(5, look)


def entries(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def test_that_an_earlier_version_is_opened_by_the_menu_and_never_written_over(
    window: MainWindow, qtbot: QtBot, lesson: Path
) -> None:
    assert len(entries(window.menus.earlier)) == 2
    press(Button.Discard)
    with qtbot.waitSignal(window.studio.done):
        window.menus.earlier.actions()[1].trigger()
    assert x_of(window) == 1.0
    assert not window.studio.unsaved
    assert "lesson (earlier version)" in window.windowTitle()
    assert not window.menus.revert.isEnabled()
    assert remembered.recent_files() == [lesson]
    edit(window, 5.0)
    offered: list[Path] = []

    def another(dialog: QFileDialog) -> Path:
        offered.extend(map(Path, dialog.selectedFiles()))
        return lesson.with_name("another.rnnstudio")

    choose(another)
    with qtbot.waitSignal(window.studio.done):
        window.files.save()
    assert offered == [lesson]
    assert in_file(lesson.with_name("another.rnnstudio")) == 5.0
    assert [in_file(path) for path in (lesson, *backups_of(lesson))] == [3.0, 2.0, 1.0]
    assert "another" in window.windowTitle()


def test_that_the_question_for_a_file_offers_earlier_versions(
    window: MainWindow, qtbot: QtBot, lesson: Path
) -> None:
    offered: list[str] = []

    def newer(dialog: QFileDialog) -> Path:
        offered.extend(dialog.nameFilters())
        return backups_of(lesson)[0]

    choose(newer)
    QTimer.singleShot(0, window.files.choose_file)
    press(Button.Discard)
    qtbot.waitUntil(lambda: x_of(window) == 2.0)
    assert offered[1] == "Earlier versions (*.rnnstudio1 *.rnnstudio2)"


def test_that_a_session_that_was_never_saved_has_no_earlier_version(window: MainWindow) -> None:
    assert entries(window.menus.earlier) == ["Nothing yet"]


def test_that_undoing_an_opening_goes_back_to_the_file_of_the_work_before(
    window: MainWindow, qtbot: QtBot, lesson: Path
) -> None:
    other = lesson.with_name("other.rnnstudio")
    save_session(other, replace(window.studio.session, tab="names"))
    press(Button.Discard)
    opened(window, qtbot, other)
    assert window.studio.path == other
    window.menus.undo.trigger()
    assert (window.studio.path, x_of(window), window.studio.unsaved) == (lesson, 4.0, True)
    with qtbot.waitSignal(window.studio.done):
        window.files.save()
    assert in_file(lesson) == 4.0
    window.menus.redo.trigger()
    assert window.studio.path == other
    assert not window.studio.unsaved


def test_that_work_saved_to_make_room_for_another_session_makes_room_for_it(
    window: MainWindow, qtbot: QtBot, lesson: Path
) -> None:
    other = lesson.with_name("other.rnnstudio")
    save_session(other, replace(window.studio.session, tab="names"))
    press(Button.Save)
    window.open_path(other)
    qtbot.waitUntil(lambda: window.studio.path == other)
    assert in_file(lesson) == 4.0


def test_that_what_was_saved_before_a_revert_is_not_taken_for_what_is_in_the_file(
    window: MainWindow, qtbot: QtBot, lesson: Path
) -> None:
    press(Button.Discard)
    with qtbot.waitSignal(window.studio.done):
        window.menus.revert.trigger()
    assert x_of(window) == 3.0
    edit(window, 6.0)
    save(window, qtbot, lesson)
    while x_of(window) != 3.0:
        window.menus.undo.trigger()
    assert window.studio.unsaved
    window.menus.undo.trigger()
    window.menus.undo.trigger()
    assert x_of(window) == 3.0
    assert window.studio.unsaved, "the file holds 6"


@pytest.mark.parametrize("recovered", [False, True])
@pytest.mark.parametrize("answer", [Button.Open, Button.Ignore, Button.Retry])
def test_that_data_that_moved_are_asked_for_and_the_work_still_belongs_to_its_file(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Button,
    recovered: bool,
) -> None:
    monkeypatch.setattr("rnnstudio.core.session.data_file.MOST_KEPT", 10)
    names, moved = tmp_path / "names.txt", tmp_path / "moved.txt"
    names.write_text("\n".join(["anna", "bert", "carl", "dora"] * 9), encoding="utf-8")
    work = NamesWork(OpenedList(data_file(names), read_corpus(names)))
    path, file = tmp_path / "path.rnnstudio", tmp_path / "lesson.rnnstudio"
    save_session(path, replace(window.studio.session, names=work))
    names.rename(moved)
    if answer == Button.Retry:
        names.write_text("eric\nfred\n" * 9, encoding="utf-8")
    asked = press(answer)
    if answer == Button.Open:
        QTimer.singleShot(50, lambda: choose(lambda _: moved))
    studio = window.studio
    with qtbot.waitSignal(studio.recovered if recovered else studio.done, timeout=10_000):
        studio.recover(path, file) if recovered else studio.open_file(path)
    assert ("has changed" if answer == Button.Retry else "is no longer in") in asked[0]
    assert studio.path == (file if recovered else path)
    assert studio.unsaved == (recovered or answer != Button.Ignore)
    list_now = window.dinosaurs.work().opened
    where = None if list_now is None else list_now.data.path
    assert where == {Button.Open: moved, Button.Ignore: SHIPPED, Button.Retry: names}[answer]
