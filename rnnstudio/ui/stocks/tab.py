"""The stock forecaster's tab: constructs its parts and connects them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.forecaster import train
from rnnstudio.core.stocks.reading import reading
from rnnstudio.core.stocks.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.training import Ended, Event, Finished
from rnnstudio.ui.running import CancelAsked, PauseAsked, ResumeAsked, StartAsked, sentence
from rnnstudio.ui.stocks.data_form import DataForm
from rnnstudio.ui.stocks.figures_view import FiguresView
from rnnstudio.ui.stocks.forecast_view import ForecastView
from rnnstudio.ui.stocks.form import ForecastForm
from rnnstudio.ui.stocks.loss_view import LossView
from rnnstudio.ui.stocks.state import (
    FileRead,
    ReadAsked,
    ReadEnded,
    Role,
    SecondFileRemoved,
    SettingsChosen,
    StocksEvent,
    StocksState,
    reduce,
)
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.run import Runner


class StocksTab(QWidget):
    """Reads share prices, trains on them with one of ``fits``, shows the forecast.

    ``fits`` has the trainings of the engines by their names. ``status`` tells what just happened.
    """

    status = Signal(str)

    def __init__(self, fits: Mapping[str, Fit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fits = fits
        self.state = StocksState()
        self._role = Role.TRAIN
        self._reader = Runner(self)
        self._trainer = Runner(self)
        self._repainter = Repainter(self._show, self)
        self.data = DataForm()
        self.form = ForecastForm(fits)
        self.chart = ForecastView()
        self.figures = FiguresView()
        self.losses = LossView()
        self.run_bar = RunBar()
        self.problem = QLabel()
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show(self.state)

    def choose_file(self) -> None:
        """Ask for a CSV file of prices and read it."""
        self._choose(self.tr("Open prices"), Role.TRAIN)

    def choose_test_file(self) -> None:
        """Ask for a CSV file of the test span and read it."""
        self._choose(self.tr("Open the test span"), Role.TEST)

    def open_sample(self, share: str) -> None:
        """Read one of the shipped shares."""
        self.open_file(SAMPLES[share])

    def open_file(self, path: Path, role: Role = Role.TRAIN) -> None:
        """Read ``path`` in the background; refused while another job is under way."""
        if self._reader.busy or self._trainer.busy:
            self.status.emit(self.tr("Stop the training before you open another file."))
            return
        self._role = role
        self._take(ReadAsked())
        self._reader.start(partial(reading, path))

    def start(self) -> None:
        """Train with the settings as they stand, if they allow it."""
        spec, split = self.state.spec, self.state.split
        if spec is None or split is None or self._reader.busy or self._trainer.busy:
            return
        self._take(StartAsked())
        fit = self._fits[spec.engine]
        self._trainer.start(partial(train, spec, split, fit=fit))

    def shutdown(self) -> None:
        """Stop what is under way and wait for it."""
        self._reader.shutdown()
        self._trainer.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with a shipped sample when the tab is first looked at."""
        super().showEvent(event)
        if self.state.train is None and not self._reader.busy:
            self.open_sample(FIRST_SAMPLE)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file dropped."""
        event.acceptProposedAction()
        self.open_file(_files(event)[0])

    def _take(self, event: StocksEvent) -> None:
        self.state = reduce(self.state, event)
        self._repainter.put(self.state)

    @Slot(object)
    def _take_run_event(self, event: Event) -> None:
        self._take(event)

    @Slot(object)
    def _take_read_event(self, event: Event) -> None:
        if isinstance(event, Finished):
            table = event.result
            self._take(FileRead(self._role, table))
            self.status.emit(self.tr("{0}: {1:,} days").format(table.source, table.rows))
            if self._role is Role.TRAIN:
                self.data.choose_span(table)
                self.form.show_table(table)

    @Slot(object)
    def _take_read_end(self, end: Ended) -> None:
        self._take(ReadEnded(sentence(end.error)))

    @Slot()
    def _take_settings(self) -> None:
        spec, problem = None, ""
        try:
            spec = self.form.spec()
        except UserError as error:
            problem = str(error)
        self._take(SettingsChosen(spec, problem, self.data.test_day()))

    @Slot()
    def _stop(self) -> None:
        self._take(CancelAsked())
        self._trainer.cancel()

    @Slot()
    def _pause(self) -> None:
        self._take(PauseAsked())
        self._trainer.pause()

    @Slot()
    def _resume(self) -> None:
        self._take(ResumeAsked())
        self._trainer.resume()

    @Slot()
    def _remove_test(self) -> None:
        self._take(SecondFileRemoved())

    def _choose(self, title: str, role: Role) -> None:
        kinds = self.tr("CSV files (*.csv *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.open_file(Path(name), role)

    def _show(self, state: StocksState) -> None:
        self.data.show_files(state.train, state.test)
        self.data.show_sample("" if state.train is None else state.train.source)
        self.problem.setText(state.read_problem or state.problem)
        self.problem.setVisible(bool(self.problem.text()))
        self.data.setEnabled(not state.run.active and not state.reading)
        self.form.setEnabled(not state.run.active and state.train is not None)
        self.run_bar.set_valid(state.ready)
        self.run_bar.show_run(state.run)
        self.chart.show_state(state)
        self.figures.show_state(state)
        self.losses.show_state(state)

    def _connect(self) -> None:
        self.data.open_clicked.connect(self.choose_file)
        self.data.open_test_clicked.connect(self.choose_test_file)
        self.data.remove_test_clicked.connect(self._remove_test)
        self.data.sample_chosen.connect(self.open_sample)
        self.data.test_day_changed.connect(self._take_settings)
        self.form.changed.connect(self._take_settings)
        self.run_bar.start_clicked.connect(self.start)
        self.run_bar.stop_clicked.connect(self._stop)
        self.run_bar.pause_clicked.connect(self._pause)
        self.run_bar.resume_clicked.connect(self._resume)
        self._reader.produced.connect(self._take_read_event)
        self._reader.ended.connect(self._take_read_end)
        self._trainer.produced.connect(self._take_run_event)
        self._trainer.ended.connect(self._take_run_event)

    def _lay_out(self) -> None:
        settings = QWidget()
        column = QVBoxLayout(settings)
        column.addWidget(self.data)
        column.addWidget(self.form)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(settings)
        scroll.setFixedWidth(settings.sizeHint().width() + 2 * THEME.spacing)
        charts = QSplitter()
        charts.addWidget(self.chart)
        charts.addWidget(self.losses)
        charts.setSizes([700, 250])
        work = QVBoxLayout()
        work.addWidget(self.run_bar)
        work.addWidget(self.problem)
        work.addWidget(self.figures)
        work.addWidget(charts, stretch=1)
        layout = QHBoxLayout(self)
        layout.addWidget(scroll)
        layout.addLayout(work, stretch=1)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
