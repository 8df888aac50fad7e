"""What was just done, in a line at the bottom of the window that takes no room from the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel


class StatusLine(PlainLabel):
    """Shows the messages of the window's status bar, which stays hidden: it would move the page."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(parent=window, role="status", wrap=True)
        self._window, self._silent = window, False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.statusBar().hide()
        window.statusBar().messageChanged.connect(self._show)
        window.installEventFilter(self)

    def set_silent(self, silent: bool) -> None:
        """Show nothing before a class."""
        self._silent = silent
        self._show(self._window.statusBar().currentMessage())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _show(self, sentence: str) -> None:
        self.setText(sentence)
        self._place()
        self.raise_()
        self.setVisible(bool(sentence) and not self._silent)

    def _place(self) -> None:
        """As wide as the sentence, but no wider than the window, where it takes more lines."""
        most = self._window.width() - 2 * sizes().margin
        self.setWordWrap(False)
        width = min(self.sizeHint().width(), most)
        self.setWordWrap(True)
        height = self.heightForWidth(width)
        self.setGeometry(sizes().margin, self._window.height() - height, width, height)
