"""What clipping is for: the same training with it and without, and the gradients of the last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from rnnstudio.ui.dinosaurs.explaining_jobs import ExplainingJobs
from rnnstudio.ui.dinosaurs.explaining_state import ClippingTyped
from rnnstudio.ui.dinosaurs.pages.clipping_view import ClippingView
from rnnstudio.ui.dinosaurs.pages.gradient_view import GradientView
from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.page_frame import bar_of, side_by_side
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.run_bar import RunBar

_FIELD = 72


class ClippingPage(NamesPage):
    """Asks ``jobs`` for the demonstration and shows it as it comes."""

    def __init__(self, jobs: ExplainingJobs, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Clipping"), parent)
        self._jobs = jobs
        self.learning_rate, self.clip = QLineEdit(), QLineEdit()
        self.run_bar = RunBar()
        self.run_bar.start_button.setText(self.tr("Run both"))
        self.error = ErrorBox(self)
        self.clipping, self.gradient = ClippingView(), GradientView()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * sizes().gap)
        row.addWidget(self.clipping, stretch=3)
        row.addWidget(self.gradient, stretch=2)
        self.set_thing(both)
        self.set_bar(bar_of(self.run_bar, *self._fields()))
        self._connect()

    def keys(self) -> Sequence[PageKey]:
        """The key of the violet button."""
        start = self.run_bar.start_button.click
        return (PageKey(("Return", "Enter"), self.tr("Run both trainings."), start),)

    def draw(self) -> None:
        """What is typed, the run, both trainings and the gradients of the tab's own."""
        state = self._jobs.state
        self.run_bar.show_run(state.run)
        self.error.show_text(state.error)
        for field, text in zip((self.learning_rate, self.clip), state.clipping, strict=True):
            field.setEnabled(not state.run.active)
            if field.text() != text:
                field.setText(text)
        self.clipping.show_state(state)
        self.gradient.show_state(self.state)
        self.say(self.clipping.sentence)

    @Slot()
    def _type(self) -> None:
        self._jobs.take_typed(ClippingTyped(self.learning_rate.text(), self.clip.text()))

    def _fields(self) -> list[QWidget]:
        parts: list[QWidget] = []
        for label, field in (
            (self.tr("Learning rate"), self.learning_rate),
            (self.tr("Clip at ±"), self.clip),
        ):
            field.setAccessibleName(label)
            field.setFixedWidth(round(scaled(_FIELD)))
            parts.append(side_by_side(PlainLabel(label), field))
        return parts

    def _connect(self) -> None:
        jobs, bar = self._jobs, self.run_bar
        self.error.closed.connect(lambda: jobs.refuse(""))
        for field in (self.learning_rate, self.clip):
            field.textEdited.connect(self._type)
        bar.start_clicked.connect(jobs.start)
        bar.stop_clicked.connect(jobs.runner.ask_stop)
        bar.pause_clicked.connect(jobs.runner.ask_pause)
        bar.resume_clicked.connect(jobs.runner.ask_resume)
        jobs.changed.connect(self.refresh)
