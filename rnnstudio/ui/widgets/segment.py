"""A few choices side by side, one of which holds: chosen by a click or by Space."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QToolButton, QWidget

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
        self._stacked = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def add(self, key: str, text: str) -> None:
        """Put a choice after the others."""
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("role", "segment")
        button.setAccessibleName(text)
        button.clicked.connect(lambda: self._ask(key))
        self.buttons[key] = button
        self._row.addWidget(button)
        self._fit_buttons()

    def set_stacked(self, stacked: bool) -> None:
        """Put the buttons below each other, as low as they may be, or side by side."""
        if stacked != self._stacked:
            self._stacked = stacked
            way = QBoxLayout.Direction
            self._row.setDirection(way.TopToBottom if stacked else way.LeftToRight)
            self._fit_buttons()

    def show_chosen(self, key: str) -> None:
        """Mark the choice that holds; none of them where ``key`` is empty."""
        self._chosen = key
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _ask(self, key: str) -> None:
        self.show_chosen(self._chosen)  # what holds is shown once it does
        self.asked.emit(key)

    def _fit_buttons(self) -> None:
        """Give each button its size and, at the ends, its round corners."""
        bold, buttons = QFontMetrics(words(bold=True)), list(self.buttons.values())
        wide = [bold.horizontalAdvance(button.text()) for button in buttons]
        ends = ("top", "between", "bottom") if self._stacked else ("left", "middle", "right")
        for place, button in enumerate(buttons):
            last = place == len(buttons) - 1
            button.setProperty("end", ends[0 if place == 0 else 2 if last else 1])
            width = max(wide) if self._stacked else wide[place]
            high = sizes().target if self._stacked else sizes().control
            button.setFixedSize(width + round(2.5 * sizes().gap), high)
            button.style().unpolish(button)
            button.style().polish(button)
