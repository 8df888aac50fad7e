"""Files dragged onto a page: they are copied from, never moved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class DropPage(QWidget):
    """A page that takes one file at a time.

    A file manager deletes a file that was taken as a *move*, so only a copy is ever accepted.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def take_file(self, path: Path) -> None:
        """Open a dropped file."""
        raise NotImplementedError

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to copy from files."""
        _offer_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Offer it everywhere on the page."""
        _offer_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file, or say why not."""
        files = _files(event)
        if not _offer_copy(event):
            return
        if len(files) > 1:
            text = self.tr("{0} files were dropped; drop one at a time.")
            self.refuse_drop(text.format(len(files)))
        elif files[0].is_dir():
            self.refuse_drop(self.tr("{0} is a folder; drop a file.").format(files[0].name))
        else:
            self.take_file(files[0])


def _offer_copy(event: QDropEvent) -> bool:
    """Accept files as a copy; whether there are any, and their owner lets them be copied."""
    copy = Qt.DropAction.CopyAction
    if not _files(event) or not event.possibleActions() & copy:
        event.ignore()
        return False
    event.setDropAction(copy)
    event.accept()
    return True


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
