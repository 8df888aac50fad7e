"""The dinosaur generator's tab: connects settings, training, files and pages."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QTabWidget, QVBoxLayout, QWidget

from rnnstudio.core.documents.document import SUFFIX
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.scene import to_scene
from rnnstudio.core.names.spec import PaperSpec, Spec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Ended, Finished, Pace, Started, Training, Tuning
from rnnstudio.ui.dinosaurs.evaluation_page import EvaluationPage
from rnnstudio.ui.dinosaurs.explaining_page import ExplainingPage
from rnnstudio.ui.dinosaurs.names_page import NamesPage
from rnnstudio.ui.dinosaurs.runs_view import RunsView
from rnnstudio.ui.dinosaurs.sampling_page import SamplingPage
from rnnstudio.ui.dinosaurs.state import (
    ContinueAsked,
    CorpusRead,
    CorpusRefused,
    DinosaursEvent,
    ModelRefused,
    ModelSaved,
    State,
    TrainAsked,
    TrainingOpened,
    reduce,
)
from rnnstudio.ui.dinosaurs.train_page import TrainPage
from rnnstudio.ui.running import sentence
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.workers.run import Runner


class DinosaursTab(QWidget):
    """Trains a network on names, draws from it, judges it and explains it.

    ``status`` has a line for the window, ``scene_wanted`` a ``Scene`` for the inspector.
    """

    status = Signal(str)
    scene_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = State()
        self.train_page = TrainPage()
        self.form = self.train_page.form
        self.names_page = NamesPage()
        self.sampling_page = SamplingPage()
        self.runs_view = RunsView()
        self.evaluation_page = EvaluationPage()
        self.explaining_page = ExplainingPage()
        self._names = SHIPPED
        self._runner = BarRunner(self.train_page.run_bar, self._apply, self)
        self._saver = Runner(self)
        self._workers = (
            self._saver,
            self._runner,
            self.sampling_page,
            self.evaluation_page,
            self.explaining_page,
        )
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

    def choose_trained(self) -> None:
        """Ask for a saved training and open it."""
        title = self.tr("Open a trained network")
        name, _ = QFileDialog.getOpenFileName(self, title, "", self._documents)
        if name:
            self.open_trained(Path(name))

    def choose_place(self) -> None:
        """Ask where to save the training, and save it."""
        title = self.tr("Save the trained network")
        name, _ = QFileDialog.getSaveFileName(self, title, f"names{SUFFIX}", self._documents)
        if name:
            self.save_trained(Path(name))

    def open_shipped(self) -> None:
        """Take the shipped dinosaurs."""
        self.open_file(SHIPPED)

    def open_file(self, path: Path) -> None:
        """Take the names of a file; when it is refused, say why and keep those there are."""
        if self._busy(self.tr("Stop the training before you open other names.")):
            return
        try:
            corpus = read_corpus(path, self.names_page.reading.options())
        except UserError as error:
            self._apply(CorpusRefused(str(error)))
        else:
            self._names = path
            self._apply(CorpusRead(corpus))
            self.status.emit(self.tr("{0}: {1:,} names").format(corpus.source, len(corpus.names)))
        self._repainter.flush()

    def open_trained(self, path: Path) -> None:
        """Take a saved training with its names and settings; a refused file changes nothing."""
        if self._busy(self.tr("Stop the training before you open another.")):
            return
        try:
            trained = load_names(path)
        except UserError as error:
            self._apply(ModelRefused(str(error)))
        else:
            self._apply(TrainingOpened(trained))
            self.form.show_spec(_as_last(trained))
            self.status.emit(self.tr("Opened {0}").format(path.name))
        self._repainter.flush()

    def save_trained(self, path: Path) -> None:
        """Save the training there is, if there is one; say why when it cannot be written."""
        trained = self.state.trained
        if trained is None:
            self._apply(ModelRefused(self.tr("There is nothing to save yet; train a network.")))
            return
        if self._saver.busy:
            self.status.emit(self.tr("The last save is not done yet."))
            return
        target = path if path.suffix else path.with_suffix(SUFFIX)
        self._saver.start(partial(_saved, target, trained))

    @Slot(str)
    def inspect(self, name: str) -> None:
        """Ask for the inspector to show the network there is on ``name``."""
        if self.state.trained is None:
            return
        try:
            scene = to_scene(self.state.trained, name)
        except UserError as error:
            self._apply(ModelRefused(str(error)))
        else:
            self._apply(ModelRefused(""))
            self.scene_wanted.emit(scene)

    @Slot()
    def start(self) -> None:
        """Train with the settings of the form on the names that are open, if they allow it."""
        if self.state.corpus is None or not self.form.valid or self._runner.busy:
            return
        spec = self.form.spec()
        make = partial(train, spec, self.state.corpus)
        self._apply(TrainAsked("a name" if isinstance(spec, PaperSpec) else "a character"))
        self._runner.start(make)

    @Slot()
    def go_on(self) -> None:
        """Continue the training there is, with what the form says now."""
        trained = self.state.trained
        if trained is None or not self.form.valid or self._runner.busy:
            return
        make = partial(_continued, self.form.spec(), trained)
        self._apply(ContinueAsked())
        self._runner.start(make)

    def shutdown(self) -> bool:
        """Stop what is under way and wait for its threads; whether they have stopped."""
        stopped = [each.shutdown() for each in self._workers]
        return all(stopped)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a dragged file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file: a saved training by its suffix, any other as a list of names."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if path.suffix.lower() == SUFFIX:
            self.open_trained(path)
        else:
            self.open_file(path)

    @property
    def _documents(self) -> str:
        return self.tr("RNN Studio files (*{0})").format(SUFFIX)

    def _busy(self, what_to_do: str) -> bool:
        """Whether a training is under way; if so the status line says what to do."""
        if self.state.run.active:
            self.status.emit(what_to_do)
        return self.state.run.active

    def _apply(self, event: DinosaursEvent) -> None:
        self.state = reduce(self.state, event)
        self._repainter.put(self.state)

    @Slot()
    def _read_again(self) -> None:
        self.open_file(self._names)

    @Slot(object)
    def _save_ended(self, end: Ended) -> None:
        if end.error is None:
            self._apply(ModelSaved())
            self.status.emit(self.tr("Saved"))
        else:
            self._apply(ModelRefused(sentence(end.error)))

    @Slot(object)
    def _tune(self, tuning: Tuning) -> None:
        self._runner.tune(tuning)
        text = self.tr("From now on: learning rate {0:g}, clipping limit {1:g}")
        self.status.emit(text.format(tuning.learning_rate, tuning.clip))

    @Slot()
    def _settings_changed(self) -> None:
        self.train_page.run_bar.set_valid(self.form.valid and self.state.corpus is not None)

    def _show(self, state: State) -> None:
        self.train_page.show_state(state)
        self.names_page.show_state(state)
        self.sampling_page.show_state(state)
        self.runs_view.show_state(state)
        self.evaluation_page.show_state(state)
        self.explaining_page.show_state(state)

    def _connect(self) -> None:
        page = self.train_page
        page.corpus_view.open_clicked.connect(self.choose_file)
        page.corpus_view.shipped_clicked.connect(self.open_shipped)
        reading = self.names_page.reading
        reading.changed.connect(self._read_again)
        reading.open_clicked.connect(self.choose_file)
        reading.shipped_clicked.connect(self.open_shipped)
        page.form.changed.connect(self._settings_changed)
        page.form.tuned.connect(self._tune)
        page.run_bar.start_clicked.connect(self.start)
        page.model_bar.continue_clicked.connect(self.go_on)
        page.model_bar.save_clicked.connect(self.choose_place)
        page.model_bar.open_clicked.connect(self.choose_trained)
        page.model_bar.inspect_asked.connect(self.inspect)
        self.sampling_page.inspect_asked.connect(self.inspect)
        self.sampling_page.status.connect(self.status)
        self._saver.ended.connect(self._save_ended)

    def _lay_out(self) -> None:
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.train_page, self.tr("Train"))
        self.pages.addTab(self.names_page, self.tr("Names"))
        self.pages.addTab(self.sampling_page, self.tr("Sample"))
        self.pages.addTab(self.runs_view, self.tr("Compare"))
        self.pages.addTab(self.evaluation_page, self.tr("Is it any good?"))
        self.pages.addTab(self.explaining_page, self.tr("Explain"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)


def _as_last(trained: TrainedNames) -> Spec:
    """The settings of a training, with what it was tuned to last."""
    tuning = trained.tuning
    return replace(trained.spec, learning_rate=tuning.learning_rate, clip=tuning.clip)


def _continued(spec: Spec, begun: TrainedNames, control: Control) -> Training:
    """The training goes on; what it is tuned to now is a tuning, its spec keeps what it was."""
    control.tuning = Tuning(spec.learning_rate, spec.clip)
    own = replace(spec, learning_rate=begun.spec.learning_rate, clip=begun.spec.clip)
    return train(own, begun.corpus, control, begun)


def _saved(path: Path, trained: TrainedNames, control: Control) -> Training:
    """Saving as a run: a million iterations take seconds to pack."""
    pace = Pace(control)
    yield Started(1, trained.spec.seed)
    save_names(path, trained)
    yield Finished(1, pace.seconds, path)
