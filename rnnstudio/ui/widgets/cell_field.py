"""The field that opens over a cell in which a number is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class CellField(QLineEdit):
    """``cancelled``: Escape was pressed."""

    cancelled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return ends the typing; the table below must not take it for a wish to edit again."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
