"""The stock forecaster's tab: what happens in it, and what follows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import is_document
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.kept_prices import ForecasterView, OpenedPrices, StocksWork
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.data.csv_import import CsvOptions
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.export_job import Exported
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.training import Finished
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.file.shown_file import is_worth_a_look
from rnnstudio.ui.stocks.file_reader import FileReader
from rnnstudio.ui.stocks.network_jobs import NetworkJobs
from rnnstudio.ui.stocks.settings_forms import SettingsForms
from rnnstudio.ui.stocks.state import StocksState, reduce
from rnnstudio.ui.stocks.stocks_views import Obstacles, StocksViews
from rnnstudio.ui.stocks.stocks_work import change_of, state_of, work_of
from rnnstudio.ui.stocks.tab_events import (
    FileRead,
    OpenedElsewhere,
    ProblemShown,
    ReadAsked,
    ReadEnded,
    ReadMoved,
    Reopened,
    Role,
    SecondFileRemoved,
    StocksEvent,
    UnfinishedOpened,
)
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.workers.jobs import Jobs

_NOTHING_DECIDED = CsvOptions()


class StocksTab(StocksViews):
    """Reads share prices, trains on them with one of ``fits``, shows the forecast.

    ``fits`` has the trainings of the engines by their names, ``jobs`` says what a job has to wait
    for.
    """

    scene_wanted = Signal(object)
    """A ``Scene`` to be looked at in the inspector."""

    def __init__(
        self, fits: Mapping[str, Fit], jobs: Jobs | None = None, parent: QWidget | None = None
    ) -> None:
        self._jobs = jobs or Jobs()
        super().__init__(fits, self._jobs, parent)
        self._muted = False
        self.state = StocksState()
        self._reader = FileReader(self._jobs, self)
        self._waiting: deque[Callable[[], object]] = deque()
        self._repainter = Repainter(self._show, self)
        self._settings = SettingsForms(self.data, self.spans, self.form, self._take, self)
        self._network_jobs = NetworkJobs(
            fits, self._jobs, self.run_bar, self._take, self._refuse, self
        )
        self._connect()
        self._show(self.state)

    def choose_file(self, role: Role = Role.TRAIN) -> None:
        """Ask for a CSV file of prices and read it for ``role``."""
        path = self._reader.choose(role)
        if path is not None:
            self.open_file(path, role)

    def open_runs(self, path: Path) -> None:
        """Open a file of runs."""
        self.pages.turn_to("runs")
        self.further.runs.open(path)

    def open_sample(self, share: str) -> None:
        """Read one of the shipped shares."""
        self.open_file(SAMPLES[share])

    def open_file(
        self, path: Path, role: Role = Role.TRAIN, options: CsvOptions = _NOTHING_DECIDED
    ) -> None:
        """Read ``path`` in the background; refused while another job is under way."""
        self._reader.read(ReadAsked(role, path, options))

    @Slot(object)
    def open_network(self, path: Path) -> None:
        """Read a saved network in the background; refused while another job is under way."""
        self._reader.read_network(path)

    @Slot()
    def start(self) -> None:
        """Train with the settings as they stand, if they allow it."""
        if self._network_jobs.train():
            self.pages.turn_to("verdict")

    def once_read(self, act: Callable[[], object]) -> None:
        """Do something as soon as no file is being read; several things one after the other."""
        self._waiting.append(act)
        self._do_waiting()

    @Slot()
    def _do_waiting(self) -> None:
        while self._waiting and not self._reader.busy:
            self._waiting.popleft()()

    @Slot()
    def find_out(self) -> None:
        """Train with several seeds and judge them; the test span is opened once."""
        request = self._request()
        if request is not None and self._network_jobs.find_out(request):
            self.pages.turn_to("verdict")

    @Slot()
    def go_on(self) -> None:
        """Continue the training that was stopped, with the settings that it was begun with."""
        unfinished = self.state.unfinished
        if unfinished is None or not self._network_jobs.go_on():
            return
        with self._one_change(None):
            self._settings.show_training(unfinished.data, self.state)
        self.pages.turn_to("verdict")

    @Slot()
    def evaluate(self) -> None:
        """Open the test span for the network that was trained last, if there is one."""
        request = self._request()
        if request is not None and self._network_jobs.evaluate(request):
            self.pages.turn_to("verdict")

    @Slot(object)
    def _apply(self, newer: OpenedPrices) -> None:
        """Forecast the days of a newer file with the network that was trained last."""
        request = self._request()
        if request is not None and self._network_jobs.apply(newer.reading.table, request):
            self.pages.turn_to("verdict")

    def _request(self) -> EvaluationRequest | None:
        """The request for an evaluation; None if it is invalid, and the tab says why."""
        try:
            return self.spans.question()
        except UserError as error:
            self._refuse(language.text(error.message))
            return None

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost when the window closes."""
        return self.further.unsaved_work + self.state.unsaved_work

    def work(self) -> StocksWork:
        """What a person would miss of this tab."""
        further, candles = self.further, self.spans.candles_box
        view = ForecasterView(
            self.pages.key,
            further.runs.state.chosen,
            candles.isChecked(),
            further.walk.state.share,
            further.search.state.name,
            self.state.home.days or (),
            self.state.home.stage,
            self.state.home.hands if any(self.state.home.hands) else (),
        )
        work = work_of(self.state, further.runs.state, self.spans.asked, view)
        return replace(
            work, walk=further.walk.work(), search=further.search.work(), leaks=further.leaks.work()
        )

    def show_work(self, work: StocksWork) -> None:
        """Show the work of a session in every form and view."""
        with self._one_change(None):
            self.state = state_of(work, self.state)
            self.further.show_work(work)
            self.spans.show_question(work.question)
            self._network_jobs.show_state(self.state)
            self._settings.show_work(work, self.state.train)
            self.spans.candles_box.setChecked(work.view.candles)
            self.pages.turn_to(work.view.page)
            self._repainter.put(self.state)
            self._repainter.flush()

    def obstacle(self) -> str:
        """Why another work cannot be shown now; empty where it can."""
        return self._reader.obstacle or self.further.obstacle

    def shutdown(self) -> bool:
        """Stop what is under way and wait for it; whether all of it has stopped."""
        self._jobs.unwatch(self._show_again)
        parts = (self._reader, self._network_jobs, self.further)
        stopped = [each.shutdown() for each in parts]
        return all(stopped)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with a shipped sample when the tab is first looked at."""
        super().showEvent(event)
        if self.state.train is None and not self._reader.busy:
            self._reader.read(ReadAsked(Role.TRAIN, SAMPLES[FIRST_SAMPLE], by_itself=True))

    def take_file(self, path: Path) -> None:
        """Open a dropped file: a network by its suffix, any other as prices."""
        if is_document(path):
            self.open_network(path)
        else:
            self.open_file(path)

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        self._refuse(sentence)

    @contextmanager
    def _one_change(self, change: Change | None) -> Iterator[None]:
        """Tell of all that happens within at its end, as one change; None: tell of nothing."""
        muted, self._muted = self._muted, True
        try:
            yield
        finally:
            self._muted = muted
        if change is not None:
            self._emit_change(change)

    @Slot(object)
    def _emit_change(self, change: Change) -> None:
        if not self._muted:
            self.work_changed.emit(change)

    @Slot(object)
    def _take_question(self, change: Change) -> None:
        """Other days ahead or intervals are asked for: at once, of what was evaluated."""
        self._emit_change(change)
        self._repainter.put(self.state)

    def _ask(self, state: StocksState) -> None:
        """Answer the question that stands in the form, where another one was answered."""
        settled = not state.run.active and state.run.phase is not Phase.FAILED
        if settled and not state.reading and not self._muted and not self._jobs_wait:
            self._network_jobs.ask(self.spans.asked)

    @property
    def _jobs_wait(self) -> bool:
        return bool(self._network_jobs.obstacle_to_evaluate)

    @Slot()
    def _take_look(self) -> None:
        self.verdict.show_look(self.spans.candles_box.isChecked(), self.spans.band_box.isChecked())

    @Slot()
    def _turn_page(self) -> None:
        self.show_picture()
        self._emit_change(Change())

    def _take(self, event: StocksEvent) -> None:
        before, self.state = self.state, reduce(self.state, event)
        if isinstance(event, Finished) and isinstance(event.result, Exported):
            self.status.emit(language.filled(self.tr("Done: {0}"), event.result.path))
        for part in (self._network_jobs, self.further.runs):
            part.show_state(self.state)  # at once: the next repaint may show another one
        self._repainter.put(self.state)
        if (change := change_of(before, event, self.state)) is not None:
            self._emit_change(change)

    @Slot(object)
    def _take_page_event(self, event: StocksEvent) -> None:
        self._take(event)

    @Slot(object)
    def _take_file(self, read: tuple[Path, Reopened | UnfinishedOpened]) -> None:
        path, network = read
        self._take_network(network)
        self.status.emit(language.filled(self.tr("Done: {0}"), path))

    @Slot(object)
    def _take_network(self, event: Reopened | UnfinishedOpened) -> None:
        if obstacle := self._reader.obstacle:
            self.status.emit(obstacle)
            return
        with self._one_change(change_of(self.state, event, self.state)):
            self._take(event)
            opened = event.trained if isinstance(event, Reopened) else event.unfinished
            self._settings.show_network(opened.data)

    @Slot(object)
    def _take_read_event(self, event: ReadAsked | ReadMoved | FileRead) -> None:
        before = self.state.file
        with self._one_change(change_of(self.state, event, self.state)):
            self._take(event)
            if isinstance(event, FileRead):
                table = event.opened.reading.table
                self.status.emit(
                    language.filled(self.tr("{0}: {1:,} days"), table.source, table.rows)
                )
                if self.state.file is event.opened:
                    self._settings.show_file(event.opened, before)
                self._turn_to_file(event.opened)

    def _turn_to_file(self, opened: OpenedPrices) -> None:
        """After a file was opened: show what is worth knowing about it, or go on to the verdict."""
        asked = self.state.asked
        if self.state.mismatched is opened:
            self.pages.turn_to("file")
        elif self.state.file is opened and asked is not None and asked.is_new:
            self.pages.turn_to("file" if is_worth_a_look(opened) else "verdict")

    @Slot(object)
    def _take_read_end(self, end: ReadEnded) -> None:
        self._take(end)
        if end.question is not None or end.wrong is not None:
            self.pages.turn_to("file")

    @Slot(object)
    def _take_answer(self, options: CsvOptions) -> None:
        asked = self.state.asked_with(options)
        if asked is not None:
            self._reader.read(asked)

    @Slot(str)
    def _refuse(self, problem: str) -> None:
        self._take(ProblemShown(problem))
        self._repainter.flush()

    @Slot(object)
    def _take_accesses(self, accesses: AccessLog) -> None:
        self._take(OpenedElsewhere(accesses))

    @Slot(object)
    def _take_spec(self, spec: ForecastSpec) -> None:
        self.form.show_spec(spec)
        self.pages.turn_to("verdict")
        if self.state.spec != spec:
            self.status.emit(self.tr("The form cannot hold all of these settings: look at them."))

    def _show(self, state: StocksState) -> None:
        jobs = self._network_jobs
        waits = Obstacles(
            self._reader.obstacle,
            jobs.obstacle_to_train,
            jobs.obstacle_to_go_on,
            jobs.obstacle_to_evaluate,
        )
        self._settings.show_state(state)
        self.show_views(state, waits)
        self._ask(state)

    def _show_again(self) -> None:
        """Another page has claimed or released something."""
        self._repainter.put(self.state)

    def _connect(self) -> None:
        self._jobs.watch(self._show_again)
        self.pages.turned.connect(self._turn_page)
        self.pages.asked.connect(self._take_page_event)
        self.pages.train_wanted.connect(self._network_jobs.train)
        self.pages.answered.connect(self._take_answer)
        self.pages.another_wanted.connect(self.choose_file)
        self.workbench.section_changed.connect(self._turn_page)
        self.spans.candles_box.toggled.connect(self._turn_page)
        self.spans.look_changed.connect(self._take_look)
        self.spans.changed.connect(self._take_question)
        self.spans.problem.connect(self._refuse)
        self.verdict.asked.connect(self._take_page_event)
        self.verdict.link_chosen.connect(self.pages.turn_to)
        self.verdict.find_out_clicked.connect(self.find_out)
        self.verdict.stop_clicked.connect(self.run_bar.stop_clicked)
        self.verdict.choose_clicked.connect(self.choose_file)
        self.further.work_changed.connect(self._emit_change)
        self.data.open_clicked.connect(self.choose_file)
        self.data.understood_clicked.connect(partial(self.pages.turn_to, "file"))
        self.data.open_test_clicked.connect(partial(self.choose_file, Role.TEST))
        self.data.remove_test_clicked.connect(partial(self._take, SecondFileRemoved()))
        self.data.sample_chosen.connect(self.open_sample)
        self.problem.closed.connect(partial(self._refuse, ""))
        self.run_bar.start_clicked.connect(self.start)
        self.run_bar.continue_clicked.connect(self.go_on)
        self.evaluate_button.clicked.connect(self.evaluate)
        self.network_bar.apply_clicked.connect(partial(self.choose_file, Role.NEWER))
        self.network_bar.dropout_clicked.connect(self._network_jobs.sample_dropout)
        self.network_bar.reopen_wanted.connect(self.open_network)
        self.network_bar.scene_wanted.connect(self.scene_wanted)
        self.network_bar.refused.connect(self._refuse)
        self.network_bar.export_wanted.connect(self._network_jobs.export)
        self.network_bar.done.connect(self.status)
        self.pages.seeds_clicked.connect(self._network_jobs.try_seeds)
        self.pages.report_clicked.connect(self.network_bar.report_action.trigger)
        self.pictures.written.connect(self.status)
        self.pages.picture_wanted.connect(self.picture_wanted)
        self.figures.seeds_clicked.connect(self._network_jobs.try_seeds)
        self.further.opened.connect(self._take_accesses)
        self.further.spec_wanted.connect(self._take_spec)
        self.further.reopened.connect(self._take_network)
        self.further.scene_wanted.connect(self.scene_wanted)
        self.further.status.connect(self.status)
        self._reader.read_event.connect(self._take_read_event)
        self._reader.ended.connect(self._take_read_end)
        # Later: within its own signal the reader is still at work.
        self._reader.ended.connect(self._do_waiting, Qt.ConnectionType.QueuedConnection)
        self._reader.newer_read.connect(self._apply)
        self._reader.network_read.connect(self._take_file)
        self._reader.network_refused.connect(self._refuse)
        self._reader.waiting.connect(self.status)
