"""The stock forecaster's tab: constructs its parts and connects them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.data.split import same_test_day, suggested_test_day
from rnnstudio.core.stocks.evaluation.evaluate_job import (
    dropout_job,
    evaluation_job,
    newer_evaluation_job,
    seeds_job,
)
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.export_job import Exported, export_job
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.training import Finished
from rnnstudio.ui.running import Unsaved
from rnnstudio.ui.stocks.analysis_pages import AnalysisPages
from rnnstudio.ui.stocks.data_form import DataForm
from rnnstudio.ui.stocks.errors_view import HorizonsView, ResidualsView
from rnnstudio.ui.stocks.evaluate_bar import EvaluateBar
from rnnstudio.ui.stocks.file_reader import FileReader
from rnnstudio.ui.stocks.forecast_loss_view import ForecastLossView
from rnnstudio.ui.stocks.forecast_view import ForecastView
from rnnstudio.ui.stocks.form import ForecastForm
from rnnstudio.ui.stocks.network_bar import NetworkBar
from rnnstudio.ui.stocks.pages import Pages, beside
from rnnstudio.ui.stocks.reading_view import ReadingView
from rnnstudio.ui.stocks.state import (
    FileRead,
    JobAsked,
    JobKind,
    OpenedElsewhere,
    PriceFile,
    ProblemShown,
    ReadAsked,
    ReadEnded,
    ReadMoved,
    Reopened,
    Role,
    SecondFileRemoved,
    SettingsChosen,
    StocksEvent,
    StocksState,
    reduce,
)
from rnnstudio.ui.stocks.summary_view import SummaryView
from rnnstudio.ui.stocks.timeline_view import TimelineView
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.drops import DropPage
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.jobs import Jobs, Resource, engine_needs
from rnnstudio.workers.run import MakeTraining

_NOTHING_DECIDED = CsvOptions()
_TO_EVALUATE = (Resource.SHARE_NETWORK, Resource.TEST_SPAN)
_TO_READ = (Resource.PRICES, *_TO_EVALUATE)


class StocksTab(DropPage):
    """Reads share prices, trains on them with one of ``fits``, shows the forecast.

    ``fits`` has the trainings of the engines by their names, ``jobs`` says what a job has to wait
    for. ``status`` says what just happened.
    """

    status = Signal(str)
    scene_wanted = Signal(object)
    """A ``Scene`` to be looked at in the inspector."""

    def __init__(
        self, fits: Mapping[str, Fit], jobs: Jobs | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fits = fits
        self._jobs = jobs or Jobs()
        self.state = StocksState()
        self._reader = FileReader(self)
        self._loader = Loader(self)
        self._repainter = Repainter(self._show, self)
        self.data = DataForm()
        self.form = ForecastForm(fits)
        self.chart = ForecastView()
        self.residuals, self.horizons = ResidualsView(), HorizonsView()
        self.residuals.follow(self.chart.plot)
        self.summary = SummaryView()
        self.losses = ForecastLossView()
        self.report = ReadingView()
        self.timeline = TimelineView()
        self.further = AnalysisPages(fits, self._jobs, self)
        self.run_bar = RunBar()
        self._trainer = BarRunner(self.run_bar, self._take, self)
        self.evaluate_bar = EvaluateBar()
        self.forecast_page = QSplitter(Qt.Orientation.Horizontal)
        self.network_bar = NetworkBar(self.forecast_page)
        self.problem = PlainLabel()
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._show(self.state)

    def choose_file(self) -> None:
        """Ask for a CSV file of prices and read it."""
        self._choose(Role.TRAIN)

    def choose_test_file(self) -> None:
        """Ask for a CSV file of the test span and read it."""
        self._choose(Role.TEST)

    def choose_newer_file(self) -> None:
        """Ask for a newer CSV file of the share and forecast its days."""
        self._choose(Role.NEWER)

    def choose_runs(self) -> None:
        """Ask for a file of runs and open it."""
        self.pages.show_page(self.further.runs)
        self.further.runs.choose_file()

    def save_runs(self) -> None:
        """Ask where to save the runs of this session, and save them."""
        self.pages.show_page(self.further.runs)
        self.further.runs.choose_place()

    def open_sample(self, share: str) -> None:
        """Read one of the shipped shares."""
        self.open_file(SAMPLES[share])

    def open_file(
        self, path: Path, role: Role = Role.TRAIN, options: CsvOptions = _NOTHING_DECIDED
    ) -> None:
        """Read ``path`` in the background; refused while another job is under way."""
        says = self.tr("A file of prices is being read; wait for it.")
        try:
            claim = self._jobs.claim(says, *_TO_READ)
        except UserError as error:
            self.status.emit(language.text(error.message))
        else:
            self._reader.read(path, role, options, claim)

    @Slot(object)
    def open_network(self, path: Path) -> None:
        """Read a saved network in the background; refused while another job is under way."""
        says = self.tr("A network is being read; wait for it.")
        try:
            claim = self._jobs.claim(says, *_TO_READ)
        except UserError as error:
            self.status.emit(language.text(error.message))
        else:
            self._loader.load(path, _read_network, claim)

    def start(self) -> None:
        """Train with the settings as they stand, if they allow it."""
        spec, split = self.state.spec, self.state.split
        if spec is not None and split is not None:
            make = partial(train, spec, split, fit=self._fits[spec.engine])
            if self._begin(JobKind.TRAIN, make, *_to_train(spec)):
                self.pages.show_page(self.train_page)

    def evaluate(self) -> None:
        """Open the test span for the network that was trained last, if there is one."""
        trained, accesses = self.state.trained, self.state.accesses
        question = self._question()
        if trained is not None and question is not None:
            make = partial(evaluation_job, trained, accesses, question)
            if self._begin(JobKind.EVALUATE, make, *_TO_EVALUATE):
                self.pages.show_page(self.forecast_page)

    def _question(self) -> EvaluationRequest | None:
        """The request for an evaluation; None if it is invalid, and the tab says why."""
        try:
            return self.evaluate_bar.question()
        except UserError as error:
            self._take(ProblemShown(language.text(error.message)))
            return None

    def try_seeds(self) -> None:
        """Train again with other seeds, if a test span is open."""
        evaluation = self.state.evaluation
        if evaluation is not None:
            engine = evaluation.forecast.spec.engine
            make = partial(seeds_job, evaluation, fit=self._fits[engine])
            self._begin(JobKind.SEEDS, make, *_TO_EVALUATE, *engine_needs(engine))

    def sample_dropout(self) -> None:
        """Sample the open test span with dropout on, if there is one."""
        evaluation = self.state.evaluation
        if evaluation is not None:
            self._begin(JobKind.DROPOUT, partial(dropout_job, evaluation), *_TO_EVALUATE)

    @Slot(object, object)
    def export(self, path: Path, write: Callable[[Path], object]) -> None:
        """Let ``write`` write to ``path`` in the background."""
        self._begin(JobKind.EXPORT, partial(export_job, path, write), Resource.SHARE_NETWORK)

    @property
    def unsaved_work(self) -> Unsaved:
        """What is lost when the window closes."""
        return self.further.unsaved_work + self.state.unsaved_work

    def save_work(self, then: Callable[[], object]) -> None:
        """Ask where to save the runs, which have every network; do ``then`` once they are saved."""
        self.pages.show_page(self.further.runs)
        self.further.runs.save_work(then)

    def shutdown(self) -> bool:
        """Stop what is under way and wait for it; whether all of it has stopped."""
        parts = (self._reader, self._loader, self._trainer, self.further)
        stopped = [each.shutdown() for each in parts]
        return all(stopped)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with a shipped sample when the tab is first looked at."""
        super().showEvent(event)
        if self.state.train is None and not self._reader.busy:
            self.open_sample(FIRST_SAMPLE)

    def take_file(self, path: Path) -> None:
        """Open a dropped file: a network by its suffix, any other as prices."""
        if path.suffix.lower() == SUFFIX:
            self.open_network(path)
        else:
            self.open_file(path)

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        self._refuse(sentence)

    def _begin(self, job: JobKind, make: MakeTraining, *needs: Resource) -> bool:
        """Start a job if all that it needs is free; otherwise say what it has to wait for."""
        try:
            claim = self._jobs.claim(self._under_way(job), *needs)
        except UserError as error:
            self._take(ProblemShown(language.text(error.message)))
            self._repainter.flush()
            return False
        self._take(JobAsked(job))
        self._trainer.start(make, claim)
        return True

    def _under_way(self, job: JobKind) -> str:
        """What the other pages say while they have to wait for this job."""
        match job:
            case JobKind.TRAIN:
                return self.tr("The network is being trained; stop that or wait for it.")
            case JobKind.EVALUATE | JobKind.APPLY:
                return self.tr("The network is being evaluated; stop that or wait for it.")
            case JobKind.SEEDS:
                return self.tr("Other seeds are being tried; stop that or wait for it.")
            case JobKind.DROPOUT:
                return self.tr("Dropout is being sampled; stop that or wait for it.")
            case JobKind.EXPORT:
                return self.tr("Files are being written; stop that or wait for it.")

    def _take(self, event: StocksEvent) -> None:
        self.state = reduce(self.state, event)
        if isinstance(event, Finished) and isinstance(event.result, Exported):
            self.status.emit(self.tr("Done: {0}").format(event.result.path))
        self.further.runs.show_state(self.state)  # at once: the next repaint may show another one
        self._repainter.put(self.state)

    @Slot(object)
    def _take_file(self, read: tuple[Path, Reopened]) -> None:
        path, network = read
        self._take_network(network)
        self.status.emit(self.tr("Done: {0}").format(path))

    @Slot(object)
    def _take_network(self, event: Reopened) -> None:
        if obstacle := self._jobs.obstacle(*_TO_READ):
            self.status.emit(obstacle)
            return
        self._take(event)
        split = event.trained.split
        self.form.show_table(split.table)
        self.form.show_spec(event.trained.spec)
        self.data.choose_span(split.table, split.table.dates[split.rows_known])
        self._take_settings()

    @Slot(object)
    def _take_read_event(self, event: ReadAsked | ReadMoved | FileRead) -> None:
        before = self.state.file
        self._take(event)
        if isinstance(event, FileRead):
            self._take_reading(event.reading, before)

    def _take_reading(self, reading: Reading, before: PriceFile | None) -> None:
        table, file = reading.table, self.state.file
        self.status.emit(self.tr("{0}: {1:,} days").format(table.source, table.rows))
        if file is None or file.reading is not reading:
            return
        if before is not None and before.same_columns(file):
            day = same_test_day(before.reading.table, table, self.data.test_day())
            self.data.choose_span(table, day)
            self._take_settings()  # the file was read another way: the settings stay
        else:
            self.data.choose_span(table, suggested_test_day(table))
            self.form.show_table(table)

    @Slot(object)
    def _take_read_end(self, end: ReadEnded) -> None:
        self._take(end)
        if end.question is not None:
            self.pages.show_page(self.data_page)

    @Slot(object)
    def _apply(self, newer: PriceTable) -> None:
        """Forecast the days of a newer file with the network that was trained last."""
        trained, accesses = self.state.trained, self.state.accesses
        question = self._question()
        if trained is not None and question is not None:
            make = partial(newer_evaluation_job, trained, newer, accesses, question)
            if self._begin(JobKind.APPLY, make, *_TO_EVALUATE):
                self.pages.show_page(self.forecast_page)

    @Slot(object)
    def _take_answer(self, options: CsvOptions) -> None:
        asked = self.state.asked
        if asked is not None:
            self.open_file(asked.path, asked.role, options)

    @Slot(str, bool)
    def _take_undo(self, kind: str, undo: bool) -> None:
        file = self.state.file
        if file is not None:
            asked = file.asked
            kinds = asked.options.undo | {kind} if undo else asked.options.undo - {kind}
            self.open_file(asked.path, Role.TRAIN, replace(asked.options, undo=kinds))

    @Slot()
    def _take_settings(self) -> None:
        spec, problem = None, ""
        try:
            spec = self.form.spec()
        except UserError as error:
            problem = language.text(error.message)
        self._take(SettingsChosen(spec, problem, self.data.test_day()))

    @Slot(str)
    def _refuse(self, problem: str) -> None:
        self._take(ProblemShown(problem))

    @Slot(object)
    def _take_accesses(self, accesses: AccessLog) -> None:
        self._take(OpenedElsewhere(accesses))

    @Slot(object)
    def _take_spec(self, spec: ForecastSpec) -> None:
        self.form.show_spec(spec)
        self.pages.show_page(self.train_page)
        if self.state.spec != spec:
            self.status.emit(self.tr("The form cannot hold all of these settings: look at them."))

    @Slot()
    def _remove_test(self) -> None:
        self._take(SecondFileRemoved())

    def _choose(self, role: Role) -> None:
        path = self._reader.choose(role)
        if path is not None:
            self.open_file(path, role)

    def _show(self, state: StocksState) -> None:
        self.data.show_files(state.train, state.test)
        self.data.show_sample("" if state.train is None else state.train.source)
        self.data.show_reading(state.percent)
        self.problem.setText(state.read_problem or state.problem)
        self.problem.setVisible(bool(self.problem.text()))
        self.data.setEnabled(not state.run.active and not state.reading)
        self.data.setToolTip(plain_tip(self._jobs.obstacle(*_TO_READ)))
        self.form.setEnabled(not state.run.active and state.train is not None)
        waits = "" if state.spec is None else self._jobs.obstacle(*_to_train(state.spec))
        self.run_bar.set_valid(state.ready and not waits, waits or state.problem)
        self.run_bar.show_run(state.run)
        for view in (
            self.chart,
            self.residuals,
            self.horizons,
            self.summary,
            self.losses,
            self.report,
            self.timeline,
            self.evaluate_bar,
            self.network_bar,
            self.further,
        ):
            view.show_state(state)
        self.evaluate_bar.show_obstacle(self._jobs.obstacle(*_TO_EVALUATE))
        self.form.show_advice(state.advice)
        findings = 0 if state.file is None else len(state.file.reading.findings)
        title = self.tr("Data ({0})").format(findings) if findings else self.tr("Data")
        self.pages.set_title(self.data_page, title)

    def _show_again(self) -> None:
        """Another page has claimed or released something."""
        self._repainter.put(self.state)

    def _connect(self) -> None:
        self._jobs.watch(self._show_again)
        self.data.open_clicked.connect(self.choose_file)
        self.data.open_test_clicked.connect(self.choose_test_file)
        self.data.remove_test_clicked.connect(self._remove_test)
        self.data.sample_chosen.connect(self.open_sample)
        self.data.test_day_changed.connect(self._take_settings)
        self.data.problem.connect(self._refuse)
        self.form.changed.connect(self._take_settings)
        self.run_bar.start_clicked.connect(self.start)
        self.evaluate_bar.evaluate_clicked.connect(self.evaluate)
        self.network_bar.apply_clicked.connect(self.choose_newer_file)
        self.network_bar.dropout_clicked.connect(self.sample_dropout)
        self.network_bar.reopen_wanted.connect(self.open_network)
        self.network_bar.scene_wanted.connect(self.scene_wanted)
        self.network_bar.refused.connect(self._refuse)
        self.network_bar.export_wanted.connect(self.export)
        self.network_bar.done.connect(self.status)
        self.summary.seeds_clicked.connect(self.try_seeds)
        self.further.opened.connect(self._take_accesses)
        self.further.spec_wanted.connect(self._take_spec)
        self.further.reopened.connect(self._take_network)
        self.further.scene_wanted.connect(self.scene_wanted)
        self.further.status.connect(self.status)
        self.report.undo_toggled.connect(self._take_undo)
        self.report.question.answered.connect(self._take_answer)
        self._reader.read_event.connect(self._take_read_event)
        self._reader.ended.connect(self._take_read_end)
        self._reader.newer_read.connect(self._apply)
        self._loader.loaded.connect(self._take_file)
        self._loader.refused.connect(self._refuse)

    def _lay_out(self) -> None:
        days = QSplitter(Qt.Orientation.Vertical)
        days.addWidget(self.chart)
        days.addWidget(self.residuals)
        days.setSizes([400, 240])
        self.forecast_page.addWidget(days)
        self.forecast_page.addWidget(self.horizons)
        self.forecast_page.setSizes([960, 260])
        self.data_page = beside(self.data, self.report)
        self.train_page = beside(self.form, self.losses)
        above = QWidget()
        self.pages = Pages(above, self.summary)
        self.pages.add(self.data_page, self.tr("Data"), shares=True)
        self.pages.add(self.train_page, self.tr("Training"), shares=True)
        self.pages.add(self.forecast_page, self.tr("Forecast"), shares=True)
        self.further.add_to(self.pages)
        self.pages.show_page(self.forecast_page)
        bars = QHBoxLayout()  # beside the run bar they would not fit into 1,000 pixels
        bars.addWidget(self.evaluate_bar)
        bars.addStretch(1)
        bars.addWidget(self.network_bar)
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.addWidget(self.run_bar)
        upper.addLayout(bars)
        upper.addWidget(self.problem)
        upper.addWidget(self.timeline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)


def _read_network(path: Path) -> tuple[Path, Reopened]:
    return path, Reopened(*load_forecaster(path))


def _to_train(spec: ForecastSpec) -> tuple[Resource, ...]:
    return (Resource.SHARE_NETWORK, *engine_needs(spec.engine))
