"""A few choices side by side, one of which holds: chosen by a click or the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import sizes


class Segment(QWidget):
    """The chosen button is soft, bold and underlined. ``asked(key)``: another one was pressed."""

    asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QToolButton] = {}
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._ask)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def add(self, key: str, text: str) -> None:
        """Put a choice after the others."""
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("role", "segment")
        button.setAccessibleName(text)
        bold = QFontMetrics(words(bold=True))
        button.setFixedSize(bold.horizontalAdvance(text) + 3 * sizes().gap, sizes().control)
        self.buttons[key] = button
        self._group.addButton(button)
        self._row.addWidget(button)

    def show_chosen(self, key: str) -> None:
        """Mark the choice that holds."""
        self.buttons[key].setChecked(True)

    @Slot(QAbstractButton)
    def _ask(self, pressed: QAbstractButton) -> None:
        self.asked.emit(next(key for key, button in self.buttons.items() if button is pressed))
