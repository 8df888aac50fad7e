"""The names: how they were read, what they look like, and why a network learns from them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.reading_form import ReadingForm
from rnnstudio.ui.dinosaurs.shift_view import ShiftView
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.dinosaurs.statistics_view import StatisticsView
from rnnstudio.ui.dinosaurs.train_page import FORM_WIDTH
from rnnstudio.ui.theme.tokens import scaled, sizes


class NamesPage(QWidget):
    """Holds the views of the list; the tab connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = ReadingForm()
        self.statistics = StatisticsView()
        self.shift = ShiftView()
        self.reading.setFixedWidth(round(scaled(FORM_WIDTH)))
        settings = QVBoxLayout()
        settings.addWidget(self.reading)
        settings.addStretch()
        layout = QHBoxLayout(self)
        layout.setSpacing(2 * sizes().gap)
        layout.addLayout(settings)
        layout.addWidget(self.statistics, stretch=1)
        layout.addWidget(self.shift, stretch=1)

    def show_state(self, state: NamesState) -> None:
        """Show the list."""
        self.reading.show_state(state)
        self.statistics.show_state(state)
        self.shift.show_state(state)
