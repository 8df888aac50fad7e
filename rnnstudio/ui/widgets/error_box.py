"""What could not be done, in a box over the page: it can be closed, and nothing moves for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.labels import PlainLabel

_MOST_LINES = 4
"""A longer sentence is scrolled: it must not cover a small screen."""
_WIDEST = 720
"""In pixels beside text of its usual size: longer lines are hard to read."""

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
    """Shows a sentence while there is one, over the page that ``owner`` is on.

    Without an owner it stands wherever it is put. ``closed``: the user has read the sentence.
    """

    closed = Signal()

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._owner, self._page = owner, owner
        self.setProperty("role", "error")
        self.label = PlainLabel(wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._scroll = _Sentence(self.label)
        self._scroll.setAccessibleName(self.tr("What went wrong"))
        self._scroll.viewport().setAutoFillBackground(False)
        self.label.setAutoFillBackground(False)
        mark = PlainLabel()
        mark.setPixmap(icon("cross", "bad").pixmap(sizes().mark, sizes().mark))
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", "ink"))
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.clicked.connect(self.close_sentence)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(
            sizes().half_gap, sizes().quarter_gap, sizes().quarter_gap, sizes().quarter_gap
        )
        self._row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._scroll, stretch=1)
        self._row.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def text(self) -> str:
        """The sentence that is shown; empty when none is."""
        return self.label.text()

    def show_text(self, text: str) -> None:
        """Show another sentence; an empty one closes the box."""
        if text != self.text():
            self.label.setText(text)
            self._scroll.fit()
            self._cover_page()
            self.setVisible(bool(text))

    def move_to(self, owner: QWidget) -> None:
        """Stand over the page that ``owner`` is on, since another page has come to the front."""
        self._owner, shown = owner, not self.isHidden()
        self._cover_page()
        self.setVisible(shown)

    @Slot()
    def close_sentence(self) -> None:
        """Take it away: it was read."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Be as high as the sentence, which knows it once it has its width."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return taken

    def _cover_page(self) -> None:
        """Go over the page that the owner is on by now."""
        if self._owner is None:
            return
        page = _page_around(self._owner)
        if page is not self._page or self.parentWidget() is not page:
            self.setParent(page)
            page.installEventFilter(self)
            self._page = page
        self._place()
        self.raise_()

    def _place(self) -> None:
        """Below the page's own sentence; the newest covers an older one until it is closed."""
        if self._page is None:
            return
        gap = sizes().gap
        self.move(gap, _below_sentence(self._page) + gap)
        width = min(self._page.width() - 2 * gap, round(scaled(_WIDEST)))
        self.resize(width, self.height())
        self._row.activate()
        self.resize(width, self.sizeHint().height())


def _below_sentence(page: QWidget) -> int:
    """Where the sentence that the page itself says ends, in its pixels; 0 if it says none."""
    ends = [
        label.mapTo(page, label.rect().bottomLeft()).y()
        for label in page.findChildren(PlainLabel)
        if label.property("role") == "sentence" and label.text() and label.isVisibleTo(page)
    ]
    return min(ends, default=0)


def _page_around(widget: QWidget) -> QWidget:
    """The page that ``widget`` is on: of the innermost stack, or the whole window."""
    page = widget
    while (parent := page.parentWidget()) is not None and not isinstance(parent, QStackedWidget):
        page = parent
    return page
