"""Search: which settings do best on the days before the test span, which is not used.

``python -m rnnstudio.ui.stocks.validation.search_page`` opens it alone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.analysis_work import SearchWork
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.export.csv_export import write_search
from rnnstudio.core.training import Checkpoint, Ended
from rnnstudio.ui.running import StartAsked
from rnnstudio.ui.stocks.job_runner import JobRunner
from rnnstudio.ui.stocks.job_thing import JobThing
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.validation.fold_chart import FoldChart
from rnnstudio.ui.stocks.validation.parts import ProcessCount, in_bar
from rnnstudio.ui.stocks.validation.plan_checker import PlanChecker
from rnnstudio.ui.stocks.validation.search_form import SearchForm
from rnnstudio.ui.stocks.validation.search_state import (
    WHOLE,
    AskedAnew,
    CandidateChosen,
    Checked,
    SearchEvent,
    SearchState,
    check_job,
    reduce,
)
from rnnstudio.ui.stocks.validation.search_view import SearchView
from rnnstudio.ui.theme.tokens import sizes, theme
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.page_tabs import fit_to_shown
from rnnstudio.ui.widgets.pending_result import PendingResult, not_yet, table_rows
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.jobs import Jobs, Resource
from rnnstudio.workers.validation_jobs import search_here


class SearchPage(JobThing):
    """Tries settings on those of the tab."""

    status = Signal(str)
    spec_wanted = Signal(object)
    """A ``ForecastSpec`` that is to become the tab's."""
    work_changed = Signal(object)
    """A ``Change`` of the settings or of what is done, once the page has it."""

    def __init__(self, jobs: Jobs | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs or Jobs()
        self.state = SearchState()
        self.run_bar = RunBar()
        self.run_bar.start_button.setText(self.tr("Search"))
        self.processes = ProcessCount()
        self.use_button = QPushButton(self.tr("Use these settings"))
        self.export_button = QPushButton(self.tr("Table (CSV) …"))
        self.problem = ErrorBox(self)
        self.stale = PlainLabel(self.tr("Prices or settings have changed since this search."))
        self.form = SearchForm()
        self.view = SearchView(self.form.titles())
        self._tab_state = StocksState()
        self._asked_for: object = None
        self._settings = SearchWork()
        self._searches = 0
        self._checker = PlanChecker(self)
        self._runner = JobRunner[StartAsked](
            self._jobs, self.run_bar, self._take, self.problem.show_text, self
        )
        self._repainter = Repainter[SearchState](self._show, self)
        self._lay_out()
        self._connect()
        self._show(self.state)

    def show_state(self, state: StocksState) -> None:
        """Take the settings and the split that are to be searched on."""
        self._tab_state = state
        if (state.spec, state.split) != self._asked_for:
            self.problem.show_text(state.problem)
            self._ask()

    def work(self) -> SearchWork:
        """What a session keeps of the page."""
        return replace(self._settings, table=self.state.table)

    def show_work(self, work: SearchWork, candidate: str) -> None:
        """Show what a session has; the ``candidate`` of that name is looked at."""
        self._settings = replace(work, table=None)
        self.form.show_settings(work)
        with QSignalBlocker(self.processes):
            self.processes.setValue(work.processes or self.processes.usual)
        self.state = SearchState(table=work.table, name=candidate)
        self._repainter.put(self.state)
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """What is asked for is looked at only once somebody looks at the page."""
        super().showEvent(event)
        self._ask()

    @Slot()
    def start(self) -> None:
        """Search as was asked for, if it is in order and nothing is under way."""
        checked = self.state.checked
        if checked is None or checked.plan is None or checked.split is None or self._runner.busy:
            return
        try:
            processes = self.processes.value()
        except UserError as error:
            self.problem.show_text(language.text(error.message))
            return
        earlier = self.state.table
        if earlier is not None and earlier.whole:
            earlier = None
        make = partial(search_here, checked.plan, checked.split, processes, earlier)
        self._searches += 1
        # While it runs no other file is opened, under whose name its table would stand.
        says = self.tr("A search is under way on this file; stop that or wait for it.")
        if self._runner.begin(StartAsked(), make, says, (Resource.PRICES,)):
            self._repainter.flush()

    @Slot()
    def _take_settings(self) -> None:
        with suppress(UserError):
            processes = self.processes.value()
            known = None if processes == self.processes.usual else processes
            settings = self.form.settings(known)
            if settings != self._settings:
                self._settings = settings
                self.work_changed.emit(Change(Message("Settings of the search"), "search settings"))

    @Slot()
    def use(self) -> None:
        """Ask for the settings of the chosen candidate."""
        row = self.state.row
        if row is not None:
            self.spec_wanted.emit(row.candidate.spec)

    def export(self, path: Path) -> None:
        """Write the table to ``path``; where it cannot be, the page says why."""
        if self.state.table is None:
            return
        self.problem.show_text("")
        try:
            write_search(path, self.state.table)
        except UserError as error:
            self.problem.show_text(language.text(error.message))
        else:
            self.status.emit(language.filled(self.tr("Done: {0}"), path))

    def shutdown(self) -> bool:
        """Stop searching, end its processes and wait for the threads; whether they have stopped."""
        self._jobs.unwatch(self._show_again)
        checker, runner = self._checker.shutdown(), self._runner.shutdown()
        return checker and runner

    @Slot()
    def _ask(self) -> None:
        """Have what is asked for looked at, if the page is."""
        spec, split = self._tab_state.spec, self._tab_state.split
        if not self.isVisible():
            return
        self._asked_for = (spec, split)
        self._take(AskedAnew())
        if spec is None or split is None:
            return
        try:
            asked = self.form.asked()
        except UserError as error:
            self._take(Checked({WHOLE: language.text(error.message)}))
        else:
            self._checker.ask(partial(check_job, asked, spec, split))

    @Slot(object)
    def _take_checked(self, checked: Checked) -> None:
        self._take(checked)

    @Slot(object)
    def _choose(self, name: str) -> None:
        self._take(CandidateChosen(name))

    @Slot()
    def _choose_place(self) -> None:
        kinds = self.tr("Tables (*.csv)")
        path = ask_save(self, self.tr("Save as"), "search.csv", kinds)
        if path is not None:
            self.export(path)

    def _take(self, event: SearchEvent) -> None:
        self.state = reduce(self.state, event)
        self._repainter.put(self.state)
        if isinstance(event, Checkpoint):
            self.work_changed.emit(Change(Message("Search"), ("search", self._searches)))
        elif isinstance(event, CandidateChosen):
            self.work_changed.emit(Change())
        run = self.state.run
        if isinstance(event, Ended):
            self.work_changed.emit(Change(precious=True))
        if isinstance(event, Ended) and run.total:
            progress = language.filled(
                self.tr("Search: {0:,} of {1:,} trainings"), run.step, run.total
            )
            self.status.emit(progress)

    def _show(self, state: SearchState) -> None:
        idle = not state.run.active
        waits = self._jobs.obstacle(Resource.PRICES)
        self.run_bar.set_valid(state.ready and not waits, waits or self._why_not(state))
        self.run_bar.show_run(state.run)
        trained = self._tab_state.trained
        trainings = 0 if state.checked is None else state.checked.trainings
        self.outline.show_words(not_yet(trainings, None if trained is None else trained.seconds))
        self.form.setEnabled(idle)
        self.form.show_checked(state.checked)
        self.processes.setEnabled(idle)
        self.use_button.setEnabled(state.row is not None)
        self.export_button.setEnabled(state.table is not None)
        self.stale.setVisible(idle and state.stale(self._tab_state.spec, self._tab_state.split))
        self._pages.setCurrentWidget(self.outline if state.table is None else self.view)
        fit_to_shown(self._pages)
        self.view.show_state(state)
        self.show_finding("" if state.table is None else language.text(state.table.claim))
        self.form.setVisible(state.table is None or not theme().in_class)

    def chart(self) -> FoldChart | None:
        """The folds', if there is a search."""
        return None if self.state.table is None else self.view.chart

    def _why_not(self, state: SearchState) -> str:
        """What keeps a search from starting."""
        if self._tab_state.split is None:
            return self._tab_state.problem or self.tr("There are no prices yet; open a file.")
        if state.checked is None:
            return self.tr("What is asked for is being looked at.")
        return " ".join(state.checked.problems.values())

    @Slot()
    def _show_again(self) -> None:
        """Another page has claimed or released something."""
        self._repainter.put(self.state)

    def _connect(self) -> None:
        self._jobs.watch(self._show_again)
        self._checker.checked.connect(self._take_checked)
        self.form.changed.connect(self._ask)
        self.form.changed.connect(self._take_settings)
        self.processes.valueChanged.connect(self._take_settings)
        self.run_bar.start_clicked.connect(self.start)
        self.view.table.chosen.connect(self._choose)
        self.use_button.clicked.connect(self.use)
        self.export_button.clicked.connect(self._choose_place)

    def _lay_out(self) -> None:
        self.outline = PendingResult(
            table_rows,
            self.tr(
                "Which settings do best? Each combination of the values on the left is trained on "
                "the days before the test span, and scored on days that follow those it learnt "
                "from: on as many folds as you like, in the order of time, with a gap between. "
                "The test span is not touched, so that the choice can still be tested on it. "
                "The best of many looks better than it is: it was chosen for its luck, too."
            ),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.outline)
        self._pages.addWidget(self.view)
        sides = QWidget()
        columns = QHBoxLayout(sides)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.addWidget(self.form)
        columns.addWidget(self._pages, stretch=1)
        self.form.setFixedWidth(self.form.sizeHint().width() + sizes().gap)
        self.use_button.setToolTip(self.tr("Sets the tab's settings to the chosen candidate's"))
        processes = in_bar(self.tr("Processes"), self.processes)
        self.build(
            self.stale,
            sides,
            controls=(self.run_bar, processes, self.use_button, self.export_button),
        )


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(SearchPage, trained_state())
