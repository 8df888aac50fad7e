"""Evaluates recipes and networks; what is to be evaluated is a part of the state."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.evaluate import (
    CONTENDERS,
    EvaluationPlan,
    RecipeEvaluation,
    evaluate,
)
from rnnstudio.core.training import Checkpoint, Ended, Finished
from rnnstudio.ui.dinosaurs.evaluation_state import (
    EvaluationAsked,
    EvaluationEvent,
    EvaluationShown,
    EvaluationState,
    first_seeds,
    judge,
    reduce,
)
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import RunEvent, StartAsked
from rnnstudio.ui.widgets.bar_runner import SteeredRunner
from rnnstudio.workers.run import MakeTraining


class EvaluationJobs(QObject):
    """Evaluates recipes on the open list, and the network there is.

    ``changed``: there is another ``state``. ``evaluated``: there is another evaluation.
    ``settings_changed``: other recipes or seeds were chosen.
    """

    changed = Signal()
    evaluated = Signal()
    settings_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = EvaluationState()
        self.names = NamesState()
        self.runner = SteeredRunner(self._apply, self)

    def show_state(self, state: NamesState) -> None:
        """Evaluate what is open."""
        before, self.names = self.names, state
        if (before.corpus, before.network) != (state.corpus, state.network):
            self.changed.emit()

    def show_settings(self, recipes: Collection[str], seeds: int) -> None:
        """Choose ``recipes`` and the number of seeds."""
        self._apply(EvaluationAsked(tuple(recipes), seeds))

    @Slot(object)
    def choose(self, asked: EvaluationAsked) -> None:
        """Choose what is to be evaluated, as a person does."""
        self._apply(asked)
        self.settings_changed.emit()

    def show_evaluation(self, evaluation: RecipeEvaluation | None) -> None:
        """Show an evaluation of before, or that there is none."""
        if evaluation is not self.state.evaluation:
            self._apply(EvaluationShown(evaluation))

    @property
    def busy(self) -> bool:
        """Whether an evaluation is under way."""
        return self.runner.busy

    @Slot()
    def start(self) -> None:
        """Train the chosen recipes anew on parts of the list and evaluate them on the rest."""
        specs = {name: CONTENDERS[name] for name in CONTENDERS if name in self.state.recipes}
        corpus = self.names.corpus
        if corpus is not None and specs:
            try:
                plan = EvaluationPlan(specs, first_seeds(self.state.seeds))
            except UserError as error:
                self._apply(StartAsked())
                self._apply(Ended(0, "failed", error))
            else:
                self._start(partial(evaluate, plan, corpus))

    @Slot()
    def judge(self) -> None:
        """Evaluate the present network on the names that it held out."""
        if self.names.network is not None:
            self._start(partial(judge, self.names.network))

    def shutdown(self) -> bool:
        """Stop evaluating and wait for the thread; whether it has stopped."""
        return self.runner.shutdown()

    def _start(self, make: MakeTraining) -> None:
        if not self.runner.busy:
            self._apply(StartAsked())
            self.runner.start(make)

    def _apply(self, event: EvaluationEvent | RunEvent) -> None:
        before, self.state = self.state.evaluation, reduce(self.state, event)
        self.changed.emit()
        if isinstance(event, Checkpoint | Finished) and self.state.evaluation is not before:
            self.evaluated.emit()
