"""What could not be done, in a box that can be closed and never grows beyond a few lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel

_MOST_LINES = 4
"""A longer sentence is scrolled: it must not push what stands below off a small screen."""

_NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class _Sentence(QScrollArea):
    """Takes as many lines as its label needs at its own width, which it alone hears of in time."""

    def __init__(self, label: PlainLabel) -> None:
        super().__init__()
        self._label = label
        self.setWidget(label)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Be as high as the sentence, up to a few lines."""
        line = self._label.fontMetrics().lineSpacing()
        needed = max(self._label.heightForWidth(max(self.width(), 1)), line)
        most = _MOST_LINES * line
        # A bar that was needed before takes the width without which it would not be.
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > most else _NO_BAR
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(min(needed, most) + sizes().half_gap)


class ErrorBox(QFrame):
    """Shows a sentence while there is one. ``closed``: the user has read it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "error")
        self.label = PlainLabel(wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._scroll = _Sentence(self.label)
        self._scroll.setAccessibleName(self.tr("What went wrong"))
        self._scroll.viewport().setAutoFillBackground(False)
        self.label.setAutoFillBackground(False)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.clicked.connect(self._close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(
            sizes().half_gap, sizes().quarter_gap, sizes().quarter_gap, sizes().quarter_gap
        )
        layout.addWidget(self._scroll, stretch=1)
        layout.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def text(self) -> str:
        """The sentence that is shown; empty when none is."""
        return self.label.text()

    def show_text(self, text: str) -> None:
        """Show another sentence; an empty one closes the box."""
        if text != self.text():
            self.label.setText(text)
            self._scroll.fit()
            self.setVisible(bool(text))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
