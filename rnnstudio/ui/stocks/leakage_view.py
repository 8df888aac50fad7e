"""The leakage checks: green and red lines, each with the rows that it looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.evaluation.leakage_checks import Check
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.labels import plain_tip

LINES = 7
"""About as high as the table of figures; what does not fit is scrolled to."""


class LeakageView(QListWidget):
    """One line for each check, with a tick or a cross besides its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        font = self.font()
        font.setPixelSize(sizes().label)
        self.setFont(font)
        self.setFixedHeight(LINES * (self.fontMetrics().height() + 1) + 2 * self.frameWidth())

    def show_entries(self, entries: tuple[Check, ...]) -> None:
        """Show the entries; a hint while there are none."""
        self.clear()
        if not entries:
            self.addItem(self.tr("Leakage checks: filled by Evaluate"))
        # Failed checks come first: the list may be longer than its space.
        for entry in sorted(entries, key=lambda entry: entry.ok):
            says = language.text(entry.sentence)
            item = QListWidgetItem(f"{'✓' if entry.ok else '✗'} {says}", self)
            item.setForeground(QColor(colours().good if entry.ok else colours().bad))
            item.setToolTip(plain_tip(says))
