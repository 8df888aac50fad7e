"""The trainings of this session beside each other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.dinosaurs.pages.runs_view import RunsView
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.page_frame import bar_of


class ComparePage(NamesPage):
    """What differs among them, and their curves over the names seen.

    ``pair_wanted(number)``: see the training of that number, from 1 on, and the newest letter by
    letter; 0: any two.
    """

    pair_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Compare"), parent)
        self.runs = RunsView()
        self.set_thing(self.runs)
        self.pair_button = KeyButton(Face("", self.tr("Two side by side")), "primary")
        self.pair_button.clicked.connect(lambda: self.pair_wanted.emit(self.runs.number))
        self.set_bar(bar_of(None, self.pair_button))

    def draw(self) -> None:
        """A row and a curve a training."""
        self.runs.show_state(self.state)
        self.pair_button.setEnabled(bool(self.state.runs))
        self.say(self.runs.sentence)
