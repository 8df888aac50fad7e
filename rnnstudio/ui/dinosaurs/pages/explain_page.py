"""Explain a step: what the network sees and has to say, and how it draws a letter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.explaining_jobs import ExplainingJobs
from rnnstudio.ui.dinosaurs.explaining_state import ExampleTyped
from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.dinosaurs.pages.shift_view import ShiftView
from rnnstudio.ui.dinosaurs.pages.stages_view import StagesView
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.page_keys import PageKey


class ExplainPage(NamesPage):
    """Why it learns at the left, the four stages of drawing a letter at the right."""

    def __init__(self, jobs: ExplainingJobs, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Explain a step"), parent)
        self._jobs = jobs
        self.shift, self.stages = ShiftView(), StagesView()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * sizes().gap)
        row.addWidget(self.shift, stretch=1)
        row.addWidget(self.stages, stretch=1)
        self.set_thing(both)
        self.say(self.tr("It always says the letter after the last one that it has seen."))
        self.shift.example_typed.connect(lambda text: jobs.take_typed(ExampleTyped(text)))
        self.stages.stepped.connect(jobs.step)
        self.stages.another_clicked.connect(jobs.draw_another)
        jobs.changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        """The network as it is when the page is turned to; it stays while that goes on learning."""
        self._jobs.look_anew()
        super().showEvent(event)

    def keys(self) -> Sequence[PageKey]:
        """The keys that step through the stages, and through the letters of the example."""
        stage = self.tr("The stage beside it.")
        letter = self.tr("The letter of the example before or after.")
        shift, stages = self.shift, self.stages
        return (
            PageKey(("Right", "Space", "PgDown"), stage, stages.next_button.click),
            PageKey(("Left", "PgUp"), stage, stages.back_button.click),
            PageKey(("Down",), letter, shift.next_button.click),
            PageKey(("Up",), letter, shift.back_button.click),
            PageKey(("N",), self.tr("Another name."), stages.another_button.click),
        )

    def draw(self) -> None:
        """The example, and the stage that is looked at."""
        self.shift.show_example(self._jobs.corpus, self._jobs.state.example)
        self.stages.show_state(self._jobs.state)
