"""A few choices side by side, one of which holds: chosen by a click or by Space."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import sizes


class Segment(QWidget):
    """The chosen button is soft, bold and underlined. ``asked(key)``: one was pressed.

    Each button is a stop of the Tab key: arrows belong to the page.
    """

    asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QToolButton] = {}
        self._chosen = ""
        self.setAccessibleName(name)
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
        button.setFixedSize(
            bold.horizontalAdvance(text) + round(2.5 * sizes().gap), sizes().control
        )
        button.clicked.connect(lambda: self._ask(key))
        self.buttons[key] = button
        self._row.addWidget(button)
        self._round_ends()

    def show_chosen(self, key: str) -> None:
        """Mark the choice that holds; none of them where ``key`` is empty."""
        self._chosen = key
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _ask(self, key: str) -> None:
        self.show_chosen(self._chosen)  # what holds is shown once it does
        self.asked.emit(key)

    def _round_ends(self) -> None:
        buttons = list(self.buttons.values())
        for place, button in enumerate(buttons):
            ends = {len(buttons) - 1: "right", 0: "left"}
            button.setProperty("end", ends.get(place, "middle"))
