"""An empty screen: the class looks at the teacher."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class Blank(QWidget):
    """Covers the whole window with its own colour until a key or a click; which do nothing else."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def cover(self) -> None:
        """Show nothing from now on."""
        self._before = QApplication.focusWidget()
        self.setAccessibleName(self.tr("Nothing is shown; any key brings the page back"))
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()
        self.setFocus()

    def uncover(self) -> None:
        """Show the page again; what had the focus has it again."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep every key from being a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key brings the page back."""
        event.accept()
        self.uncover()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        event.accept()
        self.uncover()
