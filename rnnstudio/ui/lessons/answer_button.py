"""One answer of a lesson's question: its key, its words, and whether it was right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.ui.theme.icons import icon, judged
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel


class AnswerButton(QPushButton):
    """As high as its words are, which wrap."""

    def __init__(self, key: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._key, self._text, self._mark = (
            PlainLabel(key, role="key"),
            WrappedLabel(),
            PlainLabel(),
        )
        self._text.setText(words)
        self._text.setProperty("role", "clear")
        self._mark.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(*4 * (sizes().gap,))
        row.setSpacing(sizes().gap)
        row.addWidget(self._key)
        row.addWidget(self._text, stretch=1)
        row.addWidget(self._mark)
        for label in (self._key, self._text, self._mark):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(words)
        self.setAccessibleDescription(language.filled(self.tr("Key {0} chooses this answer"), key))

    def show_right(self, *, right: bool) -> None:
        """Mark it as the right answer or as another; it can be chosen no more."""
        name, role = judged(right)
        self._mark.setPixmap(icon(name, role).pixmap(sizes().mark, sizes().mark))
        words = self.tr("{0}, right") if right else self.tr("{0}, not right")
        self.setAccessibleName(language.filled(words, self._text.text()))
        self._mark.setVisible(right or self.isChecked())
        self.setProperty("answer", role if right or self.isChecked() else None)
        self.setCheckable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.style().unpolish(self)
        self.style().polish(self)

    def sizeHint(self) -> QSize:
        """As large as its words."""
        return QSize(sizes().control, max(self._height(self.width()), sizes().control))

    def minimumSizeHint(self) -> QSize:
        """No lower than its words in the width that it has."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words are in the new width."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(self._height(event.size().width()), sizes().control))

    def _height(self, width: int) -> int:
        layout = self.layout()
        return 0 if layout is None else max(0, layout.heightForWidth(width))
