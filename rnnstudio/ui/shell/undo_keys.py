"""Undo and redo by their keys, wherever the focus is: a field keeps them from the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget


class UndoKeys(QObject):
    """Leaves Ctrl+Z to the field in focus only for what was typed there and not taken yet.

    Every value of a number box is in the session's history, so its keys are the window's.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a field from taking the keys of undo and redo when it has no use for them."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if not (undo or event.matches(QKeySequence.StandardKey.Redo)):
            return False
        line = watched.lineEdit() if isinstance(watched, QComboBox) else watched
        if isinstance(line, QLineEdit):
            its_own = line.isUndoAvailable() if undo else line.isRedoAvailable()
        else:
            its_own = not isinstance(watched, QAbstractSpinBox)
        if not its_own:
            event.ignore()
        return not its_own

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
