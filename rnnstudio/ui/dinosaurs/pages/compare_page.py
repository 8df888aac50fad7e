"""The trainings of this session beside each other."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.dinosaurs.pages.runs_view import RunsView


class ComparePage(NamesPage):
    """What differs among them, and their curves over the names seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Compare"), parent)
        self.runs = RunsView()
        self.set_thing(self.runs)

    def draw(self) -> None:
        """A row and a curve a training."""
        self.runs.show_state(self.state)
        self.say(self.runs.sentence)
