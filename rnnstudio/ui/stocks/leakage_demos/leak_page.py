"""The page of leakage demonstrations: connects the comparison of networks with its views.

``python -m rnnstudio.ui.stocks.leakage_demos.leak_page`` opens it alone.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from rnnstudio.core import language
from rnnstudio.core.engine.fit import fit as numpy_fit
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.messages import Message
from rnnstudio.core.session.analysis_work import LeaksWork
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.teaching.leak_comparison import LeakPlan, leak_comparison_job
from rnnstudio.core.training import Finished
from rnnstudio.ui.stocks.days_chart import DaysChart
from rnnstudio.ui.stocks.job_runner import JobRunner
from rnnstudio.ui.stocks.job_thing import JobThing
from rnnstudio.ui.stocks.leakage_demos.leak_form import LeakForm
from rnnstudio.ui.stocks.leakage_demos.leak_view import LeakView
from rnnstudio.ui.stocks.leakage_demos.state import (
    ComparisonAsked,
    LeakEvent,
    LeakState,
    RevealAsked,
    is_of,
    reduce,
)
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import theme
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.pending_result import PendingResult, line_chart, not_yet
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.jobs import Jobs, Resource, engine_needs


class LeakPage(JobThing):
    """Trains networks without and with leakage by one of ``fits``, and shows them side by side.

    ``opened`` has the ``AccessLog`` of the share's test set after a comparison.
    """

    status = Signal(str)
    opened = Signal(object)
    work_changed = Signal(object)
    """A ``Change`` of the switches or of what is shown, once the page has it."""

    def __init__(
        self, fits: Mapping[str, Fit], jobs: Jobs | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fits = fits
        self._jobs = jobs or Jobs()
        self.state = LeakState()
        self._tab_state = StocksState()
        self.form = LeakForm()
        self.form.show_switches(LeaksWork().leaks, walk=False)
        self.run_bar = RunBar()
        self.run_bar.start_button.setText(self.tr("Train and compare"))
        self.guess = QCheckBox(self.tr("Let the class guess"))
        self.guess.setToolTip(
            self.tr("The charts stand in any order, and none says whether it has leakage")
        )
        self.reveal = QPushButton(self.tr("Reveal"))
        self.hint = PlainLabel(wrap=True)
        self.outline = PendingResult(
            line_chart,
            self.tr(
                "Choose a leak and press Train and compare: an honest network and a leaky one, "
                "with the settings of the tab and the same seed, on the same days."
            ),
        )
        self.view = LeakView(self.form.name)
        self._runner = JobRunner[ComparisonAsked](
            self._jobs, self.run_bar, self._apply, self.status.emit, self
        )
        self._repainter = Repainter[LeakState](self._show, self)
        self._lay_out()
        self._jobs.watch(self._allow)
        self.form.changed.connect(self._allow)
        self.form.changed.connect(self._take_switch)
        self.guess.toggled.connect(self._take_switch)
        self.run_bar.start_clicked.connect(self.start)
        self.reveal.clicked.connect(self._reveal)
        self._show(self.state)

    @property
    def busy(self) -> bool:
        """Whether a comparison is under way."""
        return self._runner.busy

    def show_state(self, state: StocksState) -> None:
        """Compare on the share and with the settings that are chosen."""
        self._tab_state = state
        self._allow()

    def work(self) -> LeaksWork:
        """What a session keeps of the page."""
        leaks, walk = self.form.switches()
        state, shown = self.state, self.state.shown_as
        return LeaksWork(
            leaks,
            walk,
            self.guess.isChecked(),
            state.comparison,
            shown.order,
            shown.guessing,
            state.hidden,
        )

    def show_work(self, work: LeaksWork) -> None:
        """Show what a session has."""
        self.form.show_switches(work.leaks, walk=work.random_walk)
        with QSignalBlocker(self.guess):
            self.guess.setChecked(work.guessing)
        shown = ComparisonAsked(work.order, work.guessed)
        self.state = LeakState(comparison=work.comparison, shown_as=shown, hidden=work.hidden)
        self._repainter.put(self.state)

    @Slot()
    def _take_switch(self) -> None:
        self.work_changed.emit(Change(Message("Switches of the leaks")))

    @Slot()
    def start(self) -> None:
        """Train and evaluate what the switches say, if the settings allow it."""
        plan = self._plan()
        if plan is None or self.busy:
            return
        order = list(range(len(plan.cases) + 1))
        if self.guess.isChecked():
            random.shuffle(order)
        asked = ComparisonAsked(tuple(order), self.guess.isChecked())
        make = partial(leak_comparison_job, plan, fit=self._fits[plan.spec.engine])
        says = self.tr("An honest and a leaky network are compared; stop that or wait for it.")
        if self._runner.begin(asked, make, says, _needs(plan.spec)):
            self._repainter.flush()

    def shutdown(self) -> bool:
        """Stop comparing and wait for the thread; whether it has stopped."""
        self._jobs.unwatch(self._allow)
        return self._runner.shutdown()

    def _plan(self) -> LeakPlan | None:
        state, cases = self._tab_state, self.form.cases()
        if state.spec is None or state.split is None or not cases:
            return None
        last = self.state.comparison
        known = state.open or (last is not None and is_of(last, state.spec, state.split))
        return LeakPlan(state.spec, state.split, cases, state.accesses, known)

    @Slot()
    def _reveal(self) -> None:
        self._apply(RevealAsked())
        self._repainter.flush()

    def _apply(self, event: LeakEvent) -> None:
        self.state = reduce(self.state, event)
        self._repainter.put(self.state)
        if isinstance(event, Finished):
            self.work_changed.emit(Change(Message("Comparison with leaks")))
        elif isinstance(event, RevealAsked):
            self.work_changed.emit(Change(Message("Reveal")))
        if isinstance(event, Finished) and not event.result.plan.known:
            self.opened.emit(event.result.accesses)
            self.status.emit(self.tr("The test span was evaluated to compare with leaks"))

    @Slot()
    def _allow(self) -> None:
        active = self.state.run.active
        plan, state = self._plan(), self._tab_state
        waits = "" if plan is None else self._jobs.obstacle(*_needs(plan.spec))
        free = plan is not None and not state.reading and not waits
        self.run_bar.set_valid(free, waits or state.problem or self.tr("Choose a leak."))
        self.form.setEnabled(not active)
        self.guess.setEnabled(not active)
        self.reveal.setEnabled(self.state.hidden)
        trainings = 0 if plan is None else len(plan.cases) + 1
        seconds = None if state.trained is None else state.trained.seconds
        self.outline.show_words(not_yet(trainings, seconds))
        self.hint.setText(self._hint())

    def _hint(self) -> str:
        comparison = self.state.comparison
        if comparison is None:
            return ""
        forecast = comparison.shown[0].evaluation.forecast
        says = language.filled(
            self.tr("{0} of {1}, {2:,} test days."),
            forecast.spec.target,
            forecast.table.source,
            len(forecast.rows),
        )
        if not is_of(comparison, self._tab_state.spec, self._tab_state.split):
            says += self.tr(" Settings have changed since.")
        return says

    def _show(self, state: LeakState) -> None:
        self.run_bar.show_run(state.run)
        self.view.show_state(state)
        known = state.comparison is not None
        for part in (self.hint, self.view):
            part.setVisible(known)
        self.outline.setVisible(not known)
        self.form.setVisible(not known or not theme().in_class)
        self._allow()

    def chart(self) -> DaysChart | None:
        """The one that has the focus, or else the first, if there is a comparison."""
        return None if self.state.comparison is None else self.view.chart()

    def _lay_out(self) -> None:
        parts = (self.form, self.outline, self.hint, self.view)
        self.build(*parts, controls=(self.run_bar, self.guess, self.reveal))


def _needs(spec: ForecastSpec) -> tuple[Resource, ...]:
    return (Resource.TEST_SPAN, *engine_needs(spec.engine))


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(partial(LeakPage, {"numpy": numpy_fit}), trained_state())
