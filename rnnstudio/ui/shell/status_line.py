"""What was just done, in a line that takes no room from the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel


class StatusLine(PlainLabel):
    """Shows the messages of the window's status bar, which stays hidden: it would move the page.

    It stands in the window's bar, in the room that ``free`` says is left there; a sentence that
    needs more stands at the bottom, over the page.
    """

    def __init__(self, window: QMainWindow, free: Callable[[], QRect]) -> None:
        super().__init__(parent=window, role="status", wrap=True)
        self._window, self._free, self._silent = window, free, False
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
        """Stay where there is room in a window of another size."""
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
        """In the bar where the sentence fits; else at the bottom, where it may take more lines."""
        self.setWordWrap(False)
        wanted, free = self.sizeHint(), self._free()
        if wanted.width() <= free.width():
            left = free.right() - wanted.width()
            top = free.center().y() - wanted.height() // 2
            self.setGeometry(left, top, wanted.width(), wanted.height())
            return
        width = min(wanted.width(), self._window.width() - 2 * sizes().margin)
        self.setWordWrap(True)
        height = self.heightForWidth(width)
        self.setGeometry(sizes().margin, self._window.height() - height, width, height)
