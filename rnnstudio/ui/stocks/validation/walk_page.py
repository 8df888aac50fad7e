"""Walk-forward: how the settings do when the network is trained anew every few days.

``python -m rnnstudio.ui.stocks.validation.walk_page`` opens it alone.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.analysis_work import WalkWork
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.validation.walk_forward import EVERY
from rnnstudio.core.training import Checkpoint, Ended
from rnnstudio.ui.running import StartAsked
from rnnstudio.ui.stocks.job_runner import JobRunner
from rnnstudio.ui.stocks.job_thing import JobThing
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.validation.parts import ProcessCount, in_bar
from rnnstudio.ui.stocks.validation.walk_chart import WalkChart
from rnnstudio.ui.stocks.validation.walk_state import (
    FolderAsked,
    ShareChosen,
    WalkEvent,
    WalkState,
    reduce,
    showing,
    walk_of_file,
)
from rnnstudio.ui.stocks.validation.walk_view import WalkView
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_folder
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox
from rnnstudio.ui.widgets.page_tabs import fit_to_shown
from rnnstudio.ui.widgets.pending_result import PendingResult, line_chart, not_yet
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.jobs import Jobs, Resource
from rnnstudio.workers.validation_jobs import walk_folder_here, walk_forward_here

MOST_DAYS = 10_000


class WalkPage(JobThing):
    """Walks over the test span that the tab has chosen, or over every share of a folder."""

    status = Signal(str)
    opened = Signal(object)
    """The ``AccessLog`` of the loaded file, once a walk over its test span has figures."""
    work_changed = Signal(object)
    """A ``Change`` of the settings or of what is done, once the page has it."""

    def __init__(self, jobs: Jobs | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs or Jobs()
        self.state = WalkState()
        self.run_bar = RunBar()
        self.run_bar.start_button.setText(self.tr("Walk"))
        self.every = WholeBox(self.tr("Days from one training to the next"), 1, MOST_DAYS)
        self.every.setValue(EVERY)
        self.processes = ProcessCount()
        self.folder_button = QPushButton(self.tr("A folder …"))
        self.problem = ErrorBox(self)
        self.stale = PlainLabel(self.tr("Settings have changed since this walk."))
        self.view = WalkView()
        self._tab_state = StocksState()
        self._to_count = False
        self._settings = (EVERY, self.processes.usual)
        self._walks = 0
        self._runner = JobRunner[StartAsked](
            self._jobs, self.run_bar, self._take, self._refuse, self
        )
        self._repainter = Repainter[WalkState](self._show, self)
        self._lay_out()
        self._connect()
        self._show(self.state)

    @property
    def busy(self) -> bool:
        """Whether a walk is under way."""
        return self._runner.busy

    def show_state(self, state: StocksState) -> None:
        """Take the settings and the split that are to be walked over."""
        self._tab_state = state
        self.problem.show_text(state.problem)
        self._allow()

    def work(self) -> WalkWork:
        """What a session keeps of the page."""
        every, processes = self._settings
        return WalkWork(
            every,
            None if processes == self.processes.usual else processes,
            self.state.work,
            self.state.asked,
        )

    def show_work(self, work: WalkWork, share: str) -> None:
        """Show what a session has, and of a folder's walks that of ``share``."""
        self._settings = (work.every, work.processes or self.processes.usual)
        with QSignalBlocker(self.every), QSignalBlocker(self.processes):
            self.every.setValue(work.every)
            self.processes.setValue(self._settings[1])
        self.state = showing(work.walked, work.asked, share)
        self._repainter.put(self.state)

    def start(self) -> None:
        """Walk over the test span, if there is one and nothing else is under way.

        A walk with these settings that was stopped goes on.
        """
        spec, split = self._tab_state.spec, self._tab_state.split
        if spec is not None and split is not None and not self.busy:
            try:
                every, processes = self.every.value(), self.processes.value()
            except UserError as error:
                self._refuse(language.text(error.message))
                return
            earlier = self.state.stopped_walk(spec, split, every)
            make = partial(walk_forward_here, spec, split, every, processes, earlier)
            says = self.tr("A walk is at the test span; stop that or wait for it.")
            if self._runner.begin(StartAsked(), make, says, (Resource.TEST_SPAN,)):
                self._to_count = earlier is None or not earlier.days_done
                self._walks += 1
                self._repainter.flush()

    def walk_folder(self, folder: Path) -> None:
        """Walk over the last tenth of every CSV file in ``folder`` with the tab's settings."""
        spec = self._tab_state.spec
        if spec is not None and not self.busy:
            try:
                every, processes = self.every.value(), self.processes.value()
            except UserError as error:
                self._refuse(language.text(error.message))
                return
            make = partial(walk_of_file, spec, every)
            self._to_count = False
            self._walks += 1
            shares = self.state.shares
            earlier = None if shares is None or shares.whole else shares
            self._take(FolderAsked(spec))
            self._take(StartAsked())
            self._repainter.flush()
            self._runner.start(partial(walk_folder_here, folder, make, processes, earlier))

    def _refuse(self, sentence: str) -> None:
        self.problem.show_text(sentence)

    def shutdown(self) -> bool:
        """Stop walking, end its processes and wait for the thread; whether it has stopped."""
        self._jobs.unwatch(self._allow)
        return self._runner.shutdown()

    @Slot()
    def _choose_folder(self) -> None:
        folder = ask_folder(self, self.tr("Walk over every CSV file in"))
        if folder is not None:
            self.walk_folder(folder)

    @Slot(object)
    def _choose_share(self, name: str) -> None:
        self._take(ShareChosen(name))
        self.work_changed.emit(Change())

    @Slot()
    def _take_settings(self) -> None:
        with suppress(UserError):
            settings = (self.every.value(), self.processes.value())
            if settings != self._settings:
                self._settings = settings
                self._show_cost()
                self.work_changed.emit(Change(Message("Settings of the walk"), "walk settings"))

    def _take(self, event: WalkEvent) -> None:
        self.state = reduce(self.state, event)
        if isinstance(event, Checkpoint):
            self.work_changed.emit(Change(Message("Walk-forward"), ("walk", self._walks)))
        self._count()
        self._repainter.put(self.state)
        run = self.state.run
        if isinstance(event, Ended):
            self.work_changed.emit(Change(precious=True))
        if isinstance(event, Ended) and run.total:
            progress = language.filled(
                self.tr("Walk-forward: {0:,} of {1:,} trainings"), run.step, run.total
            )
            self.status.emit(progress)

    def _count(self) -> None:
        """A walk over the tab's own test span counts as an access as soon as there is a figure."""
        walk = self.state.walk
        if self._to_count and self.state.run.active and walk is not None and walk.days_done:
            self._to_count = False
            self.opened.emit(self._tab_state.accesses.opened(walk.dates))

    @Slot()
    def _allow(self) -> None:
        idle, spec = not self.state.run.active, self._tab_state.spec
        waits = self._jobs.obstacle(Resource.TEST_SPAN)
        possible = spec is not None and self._tab_state.split is not None
        self.run_bar.set_valid(possible and not waits, waits or self._tab_state.problem)
        self.folder_button.setEnabled(idle and spec is not None)
        self.stale.setVisible(idle and self.state.stale(spec, self._tab_state.split))
        self._show_cost()
        self.every.setEnabled(idle)
        self.processes.setEnabled(idle)

    def _show_cost(self) -> None:
        """What a walk as it is asked for takes, by the time of the last training."""
        split, trained, every = self._tab_state.split, self._tab_state.trained, self._settings[0]
        trainings = 0 if split is None else -(-len(split.test_rows) // every)
        self.outline.show_words(not_yet(trainings, None if trained is None else trained.seconds))

    def _show(self, state: WalkState) -> None:
        self.run_bar.show_run(state.run)
        self._pages.setCurrentWidget(self.outline if state.work is None else self.view)
        fit_to_shown(self._pages)
        self.view.show_state(state)
        self.show_finding("" if state.sentence is None else language.text(state.sentence))
        self._allow()

    def chart(self) -> WalkChart | None:
        """The walk's, if there is a walk."""
        return None if self.state.walk is None else self.view.chart

    def _connect(self) -> None:
        self._jobs.watch(self._allow)
        for number in (self.every, self.processes):
            number.valueChanged.connect(self._take_settings)
        self.run_bar.start_clicked.connect(self.start)
        self.folder_button.clicked.connect(self._choose_folder)
        self.view.shares.share_chosen.connect(self._choose_share)

    def _lay_out(self) -> None:
        self.every.setToolTip(self.tr("Test days from one training to the next"))
        self.folder_button.setToolTip(
            self.tr("Walks over the last tenth of every CSV file in a folder, with these settings")
        )
        self.outline = PendingResult(
            line_chart,
            self.tr(
                "One split proves little: a network may have had luck with its test span. "
                "Walk-forward trains it anew every few days on all days before, as one would have "
                "done at the time, and forecasts each day that follows from the true days before "
                "it. If it still beats “tomorrow = today” over the whole span, that is worth more. "
                "It opens the test span, and that is counted."
            ),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.outline)
        self._pages.addWidget(self.view)
        every = in_bar(self.tr("Train anew every"), self.every, self.tr("days"))
        processes = in_bar(self.tr("Processes"), self.processes)
        self.build(
            self.stale,
            self._pages,
            controls=(self.run_bar, every, processes, self.folder_button),
        )


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(WalkPage, trained_state())
