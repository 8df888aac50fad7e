"""Files dragged onto a page or the window: they are copied from, never moved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import is_document


class FileDrops:
    """What a widget does that takes one dropped file at a time: put it before the Qt class.

    A file manager deletes a file that was taken as a *move*, so only a copy is ever accepted.
    """

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
        """Offer it everywhere on the widget."""
        _offer_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file, or say why not."""
        files, translate = _files(event), QCoreApplication.translate
        if not _offer_copy(event):
            return
        if len(files) > 1:
            text = translate("DropPage", "{0} files were dropped; drop one at a time.")
            self.refuse_drop(language.filled(text, len(files)))
        elif files[0].is_dir():
            text = translate("DropPage", "{0} is a folder; drop a file.")
            self.refuse_drop(language.filled(text, files[0].name))
        else:
            self.take_drop(files[0])

    def take_drop(self, path: Path) -> None:
        """Open the one file that was dropped."""
        self.take_file(path)


class DropPage(FileDrops, QWidget):
    """A page that takes dropped files.

    Once ``documents_elsewhere`` is set, documents are not the page's to open: they may be another
    page's or the whole session's, and ``document_dropped`` gives their ``Path``.
    """

    document_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents_elsewhere = False
        self.setAcceptDrops(True)

    def take_drop(self, path: Path) -> None:
        """Open the file, or hand the document on."""
        if self.documents_elsewhere and is_document(path):
            self.document_dropped.emit(path)
        else:
            self.take_file(path)


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
