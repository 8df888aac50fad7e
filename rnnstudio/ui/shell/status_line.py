"""What was just done, in a line that covers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel


class StatusLine(PlainLabel):
    """Shows the messages of the window's status bar, which stays hidden: it would move the page.

    It stands in the window's bar, in the room that ``free`` says is left there between ``bounds``,
    in as many lines as fit; a sentence that needs more stands at the bottom, where ``above`` leaves
    it its room.
    """

    def __init__(
        self,
        window: QMainWindow,
        above: QWidget,
        free: Callable[[], QRect],
        bounds: Iterable[QWidget],
    ) -> None:
        super().__init__(parent=window, role="status", wrap=True)
        self._window, self._above, self._free, self._silent = window, above, free, False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.statusBar().hide()
        window.statusBar().messageChanged.connect(self._show)
        for each in (window, *bounds):
            each.installEventFilter(self)

    def set_silent(self, silent: bool) -> None:
        """Show nothing before a class."""
        self._silent = silent
        self._show(self._window.statusBar().currentMessage())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where there is room in a window of another size, or beside other words."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _show(self, sentence: str) -> None:
        self.setText(sentence)
        self.setVisible(bool(sentence) and not self._silent)
        self._place()
        self.raise_()

    def _place(self) -> None:
        """In the bar where the sentence fits; else at the bottom, with the page above it."""
        below = 0 if self.isHidden() or self._fits_bar() else self._stand_below()
        self._above.setContentsMargins(0, 0, 0, below)

    def _fits_bar(self) -> bool:
        """Stand at the right end of the bar's free room, if there is enough of it."""
        free = self._free()
        self.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > free.width():
            self.setWordWrap(True)
            size = QSize(free.width(), self.heightForWidth(free.width()))
        if size.height() > free.height() or self.minimumSizeHint().width() > free.width():
            return False
        top = free.center().y() - size.height() // 2
        self.setGeometry(QRect(QPoint(free.right() - size.width(), top), size))
        return True

    def _stand_below(self) -> int:
        """Stand at the bottom, in as many lines as it takes; the height of them."""
        self.setWordWrap(True)
        width = self._window.width() - 2 * sizes().margin
        height = self.heightForWidth(width)
        self.setGeometry(sizes().margin, self._window.height() - height, width, height)
        return height
