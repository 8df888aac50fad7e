"""Is it any good? The recipes and the network there is, beside networks that count letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.evaluate import CONTENDERS
from rnnstudio.ui.dinosaurs.evaluation_jobs import EvaluationJobs
from rnnstudio.ui.dinosaurs.evaluation_state import MOST_SEEDS, EvaluationAsked
from rnnstudio.ui.dinosaurs.pages.evaluation_view import EvaluationView
from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox
from rnnstudio.ui.widgets.page_frame import bar_of, side_by_side
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.run_bar import RunBar


class GoodPage(NamesPage):
    """Asks ``jobs`` for an evaluation, and shows the last one."""

    def __init__(self, jobs: EvaluationJobs, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Is it any good?"), parent)
        self._jobs = jobs
        self.recipes = {name: QCheckBox(name) for name in CONTENDERS}
        self.seeds = WholeBox(self.tr("Seeds"), 1, MOST_SEEDS)
        self.judge_button = QPushButton(self.tr("Judge the network there is"))
        self.judge_button.setToolTip(self.tr("On the names that its own training held out"))
        self.run_bar = RunBar()
        self.run_bar.start_button.setText(self.tr("Evaluate recipes"))
        self.evaluation = EvaluationView()
        self.set_thing(self.evaluation)
        self.seeds.setMaximumWidth(self.seeds.minimumSizeHint().width())
        seeds = side_by_side(PlainLabel(self.tr("Seeds")), self.seeds)
        asked = side_by_side(*self.recipes.values(), seeds)
        self.set_bar(bar_of(self.run_bar, self.judge_button, asked))
        self._connect()

    def keys(self) -> Sequence[PageKey]:
        """The key of the violet button."""
        start = self.run_bar.start_button.click
        return (PageKey(("Return", "Enter"), self.tr("Evaluate the chosen recipes."), start),)

    def draw(self) -> None:
        """The settings, the run and the figures."""
        state, names = self._jobs.state, self._jobs.names
        for name, box in self.recipes.items():
            box.setChecked(name in state.recipes)
        if self.seeds.text() != f"{state.seeds:,}" and not self.seeds.hasFocus():
            self.seeds.setValue(state.seeds)
        self.run_bar.show_run(state.run)
        self.run_bar.set_valid(bool(state.recipes) and names.corpus is not None)
        active = state.run.active
        self.judge_button.setEnabled(names.network is not None and not active)
        for widget in (*self.recipes.values(), self.seeds):
            widget.setEnabled(not active)
        self.evaluation.show_state(state)
        self.say(self.evaluation.sentence)

    @Slot()
    def _choose(self) -> None:
        """What is ticked and typed is to be evaluated."""
        ticked = tuple(name for name, box in self.recipes.items() if box.isChecked())
        try:
            seeds = self.seeds.value()
        except UserError:  # it is said when it is to be evaluated
            seeds = 0
        self._jobs.choose(EvaluationAsked(ticked, seeds))

    def _connect(self) -> None:
        jobs, bar = self._jobs, self.run_bar
        for box in self.recipes.values():
            box.clicked.connect(self._choose)
        self.seeds.valueChanged.connect(self._choose)
        self.judge_button.clicked.connect(jobs.judge)
        bar.start_clicked.connect(jobs.start)
        bar.stop_clicked.connect(jobs.runner.ask_stop)
        bar.pause_clicked.connect(jobs.runner.ask_pause)
        bar.resume_clicked.connect(jobs.runner.ask_resume)
        jobs.changed.connect(self.refresh)
