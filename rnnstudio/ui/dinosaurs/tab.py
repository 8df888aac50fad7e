"""The dinosaur generator's tab: connects settings, training and views."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.train import train
from rnnstudio.ui.dinosaurs.corpus_view import CorpusView
from rnnstudio.ui.dinosaurs.form import PaperForm
from rnnstudio.ui.dinosaurs.loss_view import LossView
from rnnstudio.ui.dinosaurs.samples_view import SamplesView
from rnnstudio.ui.dinosaurs.state import (
    CorpusRead,
    CorpusRefused,
    DinosaursEvent,
    State,
    reduce,
)
from rnnstudio.ui.running import CancelAsked, PauseAsked, ResumeAsked, StartAsked
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.run import Runner


class DinosaursTab(QWidget):
    """Trains a network on names and shows what it learns. ``status`` has a line for the window."""

    status = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = State()
        self.corpus_view = CorpusView()
        self.form = PaperForm()
        self.run_bar = RunBar()
        self.loss_view = LossView()
        self.samples_view = SamplesView()
        self._runner = Runner(self)
        self._repainter = Repainter[State](self._show, self)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.open_shipped()

    def choose_file(self) -> None:
        """Ask for a list of names and open it."""
        title, kinds = self.tr("Open names"), self.tr("Text files (*.txt *.csv);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.open_file(Path(name))

    def open_shipped(self) -> None:
        """Take the shipped dinosaurs."""
        self.open_file(SHIPPED)

    def open_file(self, path: Path) -> None:
        """Take the names of a file; when it is refused, say why and keep those there are."""
        if self.state.run.active:
            self.status.emit(self.tr("Stop the training before you open other names."))
            return
        try:
            corpus = read_corpus(path)
        except UserError as error:
            self._apply(CorpusRefused(str(error)))
        else:
            self._apply(CorpusRead(corpus))
            self.status.emit(self.tr("{0}: {1:,} names").format(corpus.source, len(corpus.names)))
        self._repainter.flush()

    @Slot()
    def start(self) -> None:
        """Train with the settings of the form on the names that are open, if they allow it."""
        if self.state.corpus is None or not self.form.valid:
            return
        make = partial(train, self.form.spec(), self.state.corpus)
        self._apply(StartAsked())
        self._runner.start(make)

    def shutdown(self) -> bool:
        """Stop a training and wait for its thread; whether it has stopped."""
        return self._runner.shutdown()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a dragged file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file."""
        self.open_file(Path(event.mimeData().urls()[0].toLocalFile()))

    @Slot(object)
    def _apply(self, event: DinosaursEvent) -> None:
        self.state = reduce(self.state, event)
        self._repainter.put(self.state)

    @Slot()
    def _stop(self) -> None:
        self._apply(CancelAsked())
        self._runner.cancel()

    @Slot()
    def _pause(self) -> None:
        self._apply(PauseAsked())
        self._runner.pause()

    @Slot()
    def _resume(self) -> None:
        self._apply(ResumeAsked())
        self._runner.resume()

    @Slot()
    def _settings_changed(self) -> None:
        self.run_bar.set_valid(self.form.valid and self.state.corpus is not None)

    def _show(self, state: State) -> None:
        self.corpus_view.show_state(state)
        self.form.setEnabled(not state.run.active)
        self.run_bar.show_run(state.run)
        self._settings_changed()
        self.loss_view.show_state(state)
        self.samples_view.show_state(state)

    def _connect(self) -> None:
        self.corpus_view.open_clicked.connect(self.choose_file)
        self.corpus_view.shipped_clicked.connect(self.open_shipped)
        self.form.changed.connect(self._settings_changed)
        self.run_bar.start_clicked.connect(self.start)
        self.run_bar.stop_clicked.connect(self._stop)
        self.run_bar.pause_clicked.connect(self._pause)
        self.run_bar.resume_clicked.connect(self._resume)
        self._runner.produced.connect(self._apply)
        self._runner.ended.connect(self._apply)

    def _lay_out(self) -> None:
        settings, results = QVBoxLayout(), QVBoxLayout()
        for widget in (self.corpus_view, self.form):
            widget.setFixedWidth(self.form.sizeHint().width())
            settings.addWidget(widget)
        settings.addStretch()
        results.addWidget(self.run_bar)
        results.addWidget(self.loss_view, stretch=1)
        results.addWidget(self.samples_view)
        layout = QHBoxLayout(self)
        layout.setSpacing(2 * THEME.spacing)
        layout.addLayout(settings)
        layout.addLayout(results, stretch=1)
