"""Asking for files: nothing is overwritten unasked, endings are added, folders remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.file_dialogs import ask_open, ask_save, last_folder, with_ending

KINDS = "Table (*.csv);;Text (*.txt)"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


@pytest.fixture
def answer() -> Callable[..., list[str]]:
    """Answer the file dialog by a name, and a box that follows it by a button."""

    def answer(path: Path, button: QMessageBox.StandardButton | None = None) -> list[str]:
        seen: list[str] = []

        def look() -> None:
            window = QApplication.activeModalWidget()
            if isinstance(window, QFileDialog):
                seen.append(window.directory().path())
                window.findChild(QLineEdit, "fileNameEdit").setText(str(path))
                window.accept()
            elif isinstance(window, QMessageBox):
                seen.append(window.text())
                assert button is not None
                window.button(button).click()
                return
            if len(seen) < (1 if button is None else 2):
                QTimer.singleShot(5, look)

        QTimer.singleShot(5, look)
        return seen

    return answer


def test_that_files_that_are_there_are_named_and_kept_unless_the_user_replaces_them(
    parent: QWidget, answer: Callable[..., list[str]], tmp_path: Path
) -> None:
    (tmp_path / "days-panel.csv").write_text("kept")

    def beside(path: Path) -> Path:
        return path.with_name(f"{path.stem}-panel.csv")

    seen = answer(tmp_path / "days", QMessageBox.StandardButton.Cancel)
    assert ask_save(parent, "Save", "forecast.csv", KINDS, [beside]) is None
    assert str(tmp_path / "days-panel.csv") in seen[1]
    assert str(tmp_path / "days.csv") not in seen[1]
    answer(tmp_path / "days", QMessageBox.StandardButton.Yes)
    assert ask_save(parent, "Save", "forecast.csv", KINDS, [beside]) == tmp_path / "days.csv"


def test_that_nothing_is_asked_where_nothing_is_lost(
    parent: QWidget, answer: Callable[..., list[str]], tmp_path: Path
) -> None:
    answer(tmp_path / "new.txt")
    assert ask_save(parent, "Save", "names.csv", KINDS) == tmp_path / "new.txt"


def test_that_the_next_question_begins_in_the_folder_of_the_last(
    parent: QWidget, answer: Callable[..., list[str]], tmp_path: Path
) -> None:
    (tmp_path / "names.txt").write_text("rex\nanzu\n")
    answer(tmp_path / "names.txt")
    assert ask_open(parent, "Open", KINDS) == tmp_path / "names.txt"
    assert last_folder() == tmp_path
    seen = answer(tmp_path / "other.txt")
    ask_save(parent, "Save", "names.csv", KINDS)
    assert seen == [str(tmp_path)]


def test_when_the_folder_is_gone_another_is_offered(
    parent: QWidget, answer: Callable[..., list[str]], tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    answer(gone / "a.txt")
    ask_save(parent, "Save", "names.csv", KINDS)
    gone.rmdir()
    assert last_folder() != gone


@pytest.mark.parametrize(
    ("name", "chosen", "whole"),
    [
        ("week", "", "week.csv"),
        ("week", "Text (*.txt)", "week.txt"),
        ("week 1.2", "", "week 1.2.csv"),
        ("week.TXT", "Table (*.csv)", "week.TXT"),
        ("T.rex", "Text (*.txt)", "T.rex.txt"),
    ],
)
def test_that_a_name_gets_an_ending_that_the_program_finds_again(
    name: str, chosen: str, whole: str
) -> None:
    assert with_ending(Path(name), KINDS, chosen) == Path(whole)
