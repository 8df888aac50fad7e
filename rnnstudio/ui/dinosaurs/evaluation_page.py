"""Is it any good? Connects the evaluation of recipes and networks with its views."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.evaluate import (
    CONTENDERS,
    EvaluationPlan,
    RecipeEvaluation,
    evaluate,
)
from rnnstudio.core.training import Checkpoint, Ended, Finished
from rnnstudio.ui.dinosaurs.evaluation_state import (
    MOST_SEEDS,
    EvaluationEvent,
    EvaluationShown,
    EvaluationState,
    first_seeds,
    judge,
    reduce,
)
from rnnstudio.ui.dinosaurs.evaluation_view import EvaluationView
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import StartAsked
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.run import MakeTraining

USUAL = ("paper", "fast")
"""The recipes that are evaluated unless others are ticked."""


class EvaluationPage(QWidget):
    """Evaluates the recipes on the open list, and the network there is."""

    settings_changed = Signal()
    evaluated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = EvaluationState()
        self.recipes = {name: QCheckBox(name) for name in CONTENDERS}
        for name, box in self.recipes.items():
            box.setChecked(name in USUAL)
        self.seeds = WholeBox(self.tr("Seeds"), 1, MOST_SEEDS)
        self.seeds.setValue(len(EvaluationPlan(CONTENDERS).seeds))
        self.judge_button = QPushButton(self.tr("Judge the network there is"))
        self.judge_button.setToolTip(self.tr("On the names that its own training held out"))
        self.run_bar = RunBar()
        self.run_bar.start_button.setText(self.tr("Evaluate recipes"))
        self.evaluation = EvaluationView()
        self._tab_state = NamesState()
        self._runner = BarRunner(self.run_bar, self._apply, self)
        self._repainter = Repainter[EvaluationState](self._show, self)
        self._lay_out()
        self._connect()
        self._show(self.state)

    def show_state(self, state: NamesState) -> None:
        """Evaluate what is open."""
        self._tab_state = state
        self._allow()

    def settings(self) -> tuple[tuple[str, ...], int]:
        """The ticked recipes and the number of seeds."""
        ticked = tuple(name for name, box in self.recipes.items() if box.isChecked())
        return ticked, self.seeds.value()

    def show_settings(self, recipes: Collection[str], seeds: int) -> None:
        """Tick ``recipes`` and show the number of seeds."""
        for name, box in self.recipes.items():
            box.setChecked(name in recipes)
        self.seeds.setValue(seeds)

    def show_evaluation(self, evaluation: RecipeEvaluation | None) -> None:
        """Show an evaluation of before, or that there is none."""
        if evaluation is not self.state.evaluation:
            self._ask(EvaluationShown(evaluation))

    @property
    def busy(self) -> bool:
        """Whether an evaluation is under way."""
        return self._runner.busy

    @Slot()
    def start(self) -> None:
        """Train the ticked recipes anew on parts of the list and evaluate them on the rest."""
        specs = {name: CONTENDERS[name] for name, box in self.recipes.items() if box.isChecked()}
        corpus = self._tab_state.corpus
        if corpus is not None and specs:
            try:
                plan = EvaluationPlan(specs, first_seeds(self.seeds.value()))
            except UserError as error:
                self._ask(StartAsked())
                self._ask(Ended(0, "failed", error))
            else:
                self._start(partial(evaluate, plan, corpus))

    @Slot()
    def judge(self) -> None:
        """Evaluate the present network on the names that it held out."""
        if self._tab_state.network is not None:
            self._start(partial(judge, self._tab_state.network))

    def shutdown(self) -> bool:
        """Stop evaluating and wait for the thread; whether it has stopped."""
        return self._runner.shutdown()

    def _start(self, make: MakeTraining) -> None:
        if not self._runner.busy:
            self._ask(StartAsked())
            self._runner.start(make)

    def _ask(self, event: EvaluationEvent) -> None:
        """What a person did is shown at once."""
        self._apply(event)
        self._repainter.flush()

    def _apply(self, event: EvaluationEvent) -> None:
        before, self.state = self.state.evaluation, reduce(self.state, event)
        self._repainter.put(self.state)
        if isinstance(event, Checkpoint | Finished) and self.state.evaluation is not before:
            self.evaluated.emit()

    @Slot()
    def _allow(self) -> None:
        ticked = any(box.isChecked() for box in self.recipes.values())
        self.run_bar.set_valid(ticked and self._tab_state.corpus is not None)
        active = self.state.run.active
        self.judge_button.setEnabled(self._tab_state.network is not None and not active)
        for widget in (*self.recipes.values(), self.seeds):
            widget.setEnabled(not active)

    def _show(self, state: EvaluationState) -> None:
        self.run_bar.show_run(state.run)
        self.evaluation.show_state(state)
        self._allow()

    def _connect(self) -> None:
        for box in self.recipes.values():
            box.toggled.connect(self._allow)
            box.toggled.connect(lambda _: self.settings_changed.emit())
        self.seeds.valueChanged.connect(self.settings_changed)
        self.judge_button.clicked.connect(self.judge)
        self.run_bar.start_clicked.connect(self.start)

    def _lay_out(self) -> None:
        heading = PlainLabel(self.tr("Is it any good?"), role="heading")
        choice = QHBoxLayout()
        choice.addWidget(heading)
        choice.addStretch()
        for box in self.recipes.values():
            choice.addWidget(box)
        choice.addWidget(PlainLabel(self.tr("Seeds")))
        choice.addWidget(self.seeds)
        choice.addWidget(self.judge_button)
        layout = QVBoxLayout(self)
        layout.addLayout(choice)
        layout.addWidget(self.run_bar)
        layout.addWidget(self.evaluation, stretch=1)
