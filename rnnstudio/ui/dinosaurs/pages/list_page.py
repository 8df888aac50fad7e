"""The list that is learned from: its letters and its lengths."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.dinosaurs.pages.statistics_view import StatisticsView


class ListPage(NamesPage):
    """The figures in a sentence, a bar a letter and a bar a length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The list"), parent)
        self.statistics = StatisticsView()
        self.set_thing(self.statistics)

    def draw(self) -> None:
        """The list that is open."""
        self.statistics.show_state(self.state)
        self.say(self.statistics.summary)
