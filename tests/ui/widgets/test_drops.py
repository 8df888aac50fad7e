"""Files dragged onto a page are copied from, one at a time."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.drops import DropPage

ALL = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


class Page(DropPage):
    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Path] = []
        self.refused: list[str] = []

    def take_file(self, path: Path) -> None:
        self.taken.append(path)

    def refuse_drop(self, sentence: str) -> None:
        self.refused.append(sentence)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.resize(100, 100)
    page.show()
    return page


def drop(page: Page, *paths: Path, actions: Qt.DropAction = ALL) -> list[Qt.DropAction | None]:
    """Drag files over the page and drop them as a move; what it takes them as, at each step."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    events = (
        QDragEnterEvent(QPoint(9, 9), actions, data, LEFT, SHIFT),
        QDragMoveEvent(QPoint(9, 9), actions, data, LEFT, SHIFT),
        QDropEvent(QPoint(9, 9), actions, data, LEFT, SHIFT),
    )
    taken: list[Qt.DropAction | None] = []
    for event in events:
        event.setDropAction(Qt.DropAction.MoveAction)
        QApplication.sendEvent(page, event)
        taken.append(event.dropAction() if event.isAccepted() else None)
    return taken


def test_that_a_file_offered_as_a_move_is_taken_as_a_copy(page: Page, tmp_path: Path) -> None:
    assert drop(page, tmp_path / "a.txt") == [Qt.DropAction.CopyAction] * 3
    assert page.taken == [tmp_path / "a.txt"]


def test_when_a_file_may_only_be_moved_it_is_not_taken(page: Page, tmp_path: Path) -> None:
    assert drop(page, tmp_path / "a.txt", actions=Qt.DropAction.MoveAction) == [None] * 3
    assert not page.taken


def test_when_several_files_or_a_folder_are_dropped_the_page_says_so(
    page: Page, tmp_path: Path
) -> None:
    drop(page, tmp_path / "a.txt", tmp_path / "b.txt")
    drop(page, tmp_path)
    assert not page.taken
    assert page.refused == [
        "2 files were dropped; drop one at a time.",
        f"{tmp_path.name} is a folder; drop a file.",
    ]


def test_that_what_is_no_file_is_not_taken(page: Page) -> None:
    assert drop(page) == [None] * 3
