"""A card over a page with settings that are seldom needed, opened by a button of its bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.focus_order import first_stop


class Popover(QFrame):
    """Stands above ``button`` over ``page`` while the button is checked; Esc closes it."""

    def __init__(self, button: QAbstractButton, content: QWidget, page: QWidget) -> None:
        super().__init__(page)
        self._button, self._page = button, page
        self.setProperty("role", "card")
        self.setAccessibleName(button.accessibleName())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (2 * sizes().gap,))
        layout.addWidget(content)
        button.setCheckable(True)
        button.toggled.connect(self._show)
        page.installEventFilter(self)
        self.hide()

    def close_again(self) -> bool:
        """Close it; whether it was open."""
        was_open = self._button.isChecked()
        self._button.setChecked(False)
        return was_open

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above the button."""
        if watched is self._page and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it, and the button has the focus again."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        else:
            super().keyPressEvent(event)

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        """The focus comes along: keys are to act there, and its ring is not to lie across."""
        within = self.isAncestorOf(self.window().focusWidget() or self)
        self.setVisible(shown)
        if shown:
            self._place()
            self.raise_()
            (first_stop(self) or self._button).setFocus()
        elif within:
            self._button.setFocus()

    def _place(self) -> None:
        page, gap = self._page, sizes().gap
        room = page.width() - 2 * sizes().margin
        hint = self.sizeHint()
        width = min(max(hint.width(), sizes().drawer), room)
        layout = self.layout()
        high = (
            layout.heightForWidth(width) if layout is not None and self.hasHeightForWidth() else 0
        )
        height = max(hint.height() if high <= 0 else high, 1)
        corner = self._button.mapTo(page, QPoint(self._button.width(), 0))
        left = min(max(corner.x() - width, sizes().margin), page.width() - width)
        top = max(corner.y() - 2 * gap - height, gap)
        self.setGeometry(left, top, width, min(height, corner.y() - 2 * gap - top))
