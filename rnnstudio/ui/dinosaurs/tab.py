"""The dinosaur generator's tab: connects settings, training, files and pages."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX, is_document
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import SHIPPED, Corpus
from rnnstudio.core.names.names_scene import to_scene
from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.replay import beside
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.session.session import NamesWork, OpenedList
from rnnstudio.core.session.undo_history import Change, opening_of
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Ended,
    Event,
    Finished,
    Snapshot,
    Training,
    Tuning,
)
from rnnstudio.ui.dinosaurs.evaluation_page import EvaluationPage
from rnnstudio.ui.dinosaurs.explaining_page import ExplainingPage
from rnnstudio.ui.dinosaurs.file_jobs import open_training_job, read_names_job, save_model_job
from rnnstudio.ui.dinosaurs.names_page import NamesPage
from rnnstudio.ui.dinosaurs.names_work import changed_settings, networks_of, of_training, state_of
from rnnstudio.ui.dinosaurs.network_line import describe
from rnnstudio.ui.dinosaurs.replay_runner import ReplayRunner
from rnnstudio.ui.dinosaurs.runs_view import RunsView
from rnnstudio.ui.dinosaurs.sampling_page import SamplingPage
from rnnstudio.ui.dinosaurs.state import (
    ContinueAsked,
    CorpusRead,
    CorpusRefused,
    DinosaursEvent,
    ListReadAsked,
    ListReadEnded,
    ModelRefused,
    ModelSaved,
    NamesState,
    TrainAsked,
    TrainingOpened,
    reduce,
)
from rnnstudio.ui.dinosaurs.train_page import TrainPage
from rnnstudio.ui.running import sentence
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.drops import DropPage
from rnnstudio.ui.widgets.file_dialogs import ask_open, ask_save, document_kinds, with_ending
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.workers.run import MakeTraining, Runner

_PAGES = ("train", "names", "sample", "compare", "evaluate", "explain")
_SNAPSHOT_SECONDS = 5.0
"""Between two looks of the session at a network that is learning."""


class DinosaursTab(DropPage):
    """Trains a network on names, draws from it, judges it and explains it.

    ``status`` has a line for the window, ``scene_wanted`` a ``Scene`` for the inspector.
    """

    status = Signal(str)
    scene_wanted = Signal(object)
    work_changed = Signal(object)
    """A ``Change``, once the tab's work has it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = NamesState()
        self.train_page = TrainPage()
        self.form = self.train_page.form
        self.names_page = NamesPage()
        self.sampling_page = SamplingPage()
        self.runs_view = RunsView()
        self.evaluation_page = EvaluationPage()
        self.explaining_page = ExplainingPage()
        self._names = self._asked = SHIPPED
        self._spec, self._sampling = self.form.spec(), self.sampling_page.form.spec()
        self._showing = False
        self._runner = BarRunner(self.train_page.run_bar, self._apply, self)
        self._replayer = ReplayRunner(self._apply, self)
        self._reader, self._saver = Runner(self), Runner(self)
        self._refusal: type[CorpusRefused | ModelRefused] = CorpusRefused
        self._next_snapshot = 0.0
        self._workers = (
            self._reader,
            self._saver,
            self._replayer,
            self._runner,
            self.sampling_page,
            self.evaluation_page,
            self.explaining_page,
        )
        self._repainter = Repainter[NamesState](self._show, self)
        self._lay_out()
        self._connect()
        self._begin()

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost when the window closes: the rest of a training and of an evaluation."""
        return self.state.unsaved_work + self.evaluation_page.state.unsaved_work

    def work(self) -> NamesWork:
        """What a person would miss of this tab."""
        trained, runs = networks_of(self.state)
        return NamesWork(
            self.state.opened,
            self._spec,
            trained,
            runs,
            self._sampling,
            *self.evaluation_page.settings(),
            self.explaining_page.settings(),
            (_PAGES[self.pages.currentIndex()],),
            of_training(self.state.past, trained),
            of_training(self.sampling_page.state.drawn, trained),
            self.names_page.shift.example(self.state.corpus),
            self.evaluation_page.state.evaluation,
        )

    def show_work(self, work: NamesWork) -> None:
        """Show the work of a session in every form and page."""
        self._showing = True
        self._replayer.come_back()
        self.state = state_of(work, self.state, self._first)
        self._spec, self._sampling = work.spec, work.sampling
        opened = self.state.opened
        if opened is not None:
            self._names = self._asked = opened.data.path
            self.names_page.reading.show_options(opened.corpus.options)
        self.form.show_spec(work.spec)
        self.sampling_page.form.show_spec(work.sampling)
        self.evaluation_page.show_settings(work.recipes, work.seeds)
        self.explaining_page.show_settings(*work.clipping)
        page = next((name for name in work.pages if name in _PAGES), _PAGES[0])
        self.pages.setCurrentIndex(_PAGES.index(page))
        self._repainter.put(self.state)
        self._repainter.flush()
        self.sampling_page.show_drawn(work.drawn)
        self.names_page.shift.show_example(work.example)
        self.evaluation_page.show_evaluation(work.evaluation)
        self._showing = False

    def obstacle(self) -> str:
        """Why another work cannot be shown now; empty where it can."""
        if self.state.run.active:
            return self.tr("A network is being trained on names; stop that or wait for it.")
        if self._reader.busy:
            text = self.tr("{0} is still being read; wait for it.")
            return text.format(self.state.reading)
        if self.sampling_page.busy:
            return self.tr("Names are being drawn; stop that or wait for it.")
        if self.evaluation_page.busy:
            return self.tr("An evaluation is under way; stop that or wait for it.")
        return ""

    def choose_file(self) -> None:
        """Ask for a list of names and open it."""
        kinds = self.tr("Text files (*.txt *.csv);;All files (*)")
        path = ask_open(self, self.tr("Open names"), kinds)
        if path is not None:
            self.open_file(path)

    def choose_trained(self) -> None:
        """Ask for a saved training and open it."""
        path = ask_open(self, self.tr("Open a trained network"), document_kinds())
        if path is not None:
            self.open_trained(path)

    def choose_place(self) -> None:
        """Ask where to save the network there is, and save it."""
        if self.state.network is None:
            self._apply(ModelRefused(self.tr("There is nothing to save yet; train a network.")))
            return
        title = self.tr("Save the trained network")
        path = ask_save(self, title, f"names{SUFFIX}", document_kinds())
        if path is not None:
            self.save_trained(path)

    def open_shipped(self) -> None:
        """Take the shipped dinosaurs."""
        self.open_file(SHIPPED)

    def open_file(self, path: Path, known: DataFile | None = None) -> None:
        """Read the names of a file; when it is refused, say why and keep those there are.

        ``known`` is the file as it was opened before, which is read anew.
        """
        if not self._busy(self.tr("Stop the training before you open other names.")):
            self._refusal = CorpusRefused
            if path != self._asked:
                self.names_page.reading.forget_file()
            options = self.names_page.reading.options()
            self._read(path, partial(read_names_job, path, options, known))

    def open_trained(self, path: Path) -> None:
        """Read a saved training with its names and settings; a refused file changes nothing."""
        if not self._busy(self.tr("Stop the training before you open another.")):
            self._refusal = ModelRefused
            self._read(path, partial(open_training_job, path))

    def save_trained(self, path: Path) -> None:
        """Save the network there is, in training as it is now."""
        network = self.state.network
        if network is None:
            self._apply(ModelRefused(self.tr("There is nothing to save yet; train a network.")))
        elif self._saver.busy:
            self.status.emit(self.tr("The last save is not done yet."))
        else:
            self._saver.start(partial(save_model_job, with_ending(path, document_kinds()), network))

    @Slot(str)
    def inspect(self, name: str) -> None:
        """Ask for the inspector to show the network that is looked at on ``name``."""
        if self.state.looked_at is not None:
            self._look_into(self.state.looked_at, name)

    @Slot(int)
    def go_back(self, iteration: int) -> None:
        """Look at the network after ``iteration``, or after the last that has been kept."""
        network = self.state.network
        if network is not None and network.step:
            known = beside(self.state.past, network)
            self._replayer.go_back(known, min(iteration, network.step - 1))

    @Slot()
    def start(self) -> None:
        """Train with the settings of the form on the names that are open, if they allow it."""
        if self.state.corpus is None or not self.form.valid or self._runner.busy:
            return
        if not self._reader.busy:
            self._train(self.form.spec(), self.state.corpus)

    @Slot()
    def go_on(self) -> None:
        """Continue the training there is, with what the form says now."""
        trained, corpus = self.state.trained, self.state.corpus
        if trained is None or corpus is None or not self.form.valid or self._runner.busy:
            return
        if self.state.foreign:
            text = self.tr(
                "This network was trained on {0}, but {1} is open. Open {0} to continue it, or "
                "press Train for a new one on {1}."
            )
            self._apply(ModelRefused(text.format(trained.corpus.source, corpus.source)))
            return
        self._replayer.come_back()
        self._apply(ContinueAsked())
        self._emit_change(Change(Message("Continued training on names")))
        self._runner.start(partial(_continued, self.form.spec(), trained))

    def shutdown(self) -> bool:
        """Stop what is under way and wait for its threads; whether they have stopped."""
        stopped = [each.shutdown() for each in self._workers]
        return all(stopped)

    def take_file(self, path: Path) -> None:
        """Open a dropped file: a saved training by its suffix, any other as a list of names."""
        if is_document(path):
            self.open_trained(path)
        else:
            self.open_file(path)

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        self._apply(CorpusRefused(sentence))
        self.status.emit(sentence)

    def _begin(self) -> None:
        """Start with the shipped list: it is small, so it is there at once."""
        for event in read_names_job(SHIPPED, self.names_page.reading.options(), None, Control()):
            self._take_file_event(event)
        if self.state.opened is None:
            raise AssertionError("the shipped list is not there")
        self._first = self.state.opened
        self._repainter.flush()

    def _busy(self, what_to_do: str) -> bool:
        """Whether a training or a reading is under way; if so the status line says what to do."""
        if self.state.run.active:
            self.status.emit(what_to_do)
        elif self._reader.busy:
            text = self.tr("{0} is still being read; open the next file when it is there.")
            self.status.emit(text.format(self.state.reading))
        return self.state.run.active or self._reader.busy

    def _train(self, spec: Spec, corpus: Corpus) -> None:
        self._replayer.come_back()
        self._apply(TrainAsked("a name" if isinstance(spec, PaperSpec) else "a character"))
        self._emit_change(Change(Message("Training on names")))
        self._runner.start(partial(train, spec, corpus))

    def _read(self, path: Path, make: MakeTraining) -> None:
        self._asked = path
        self._apply(ListReadAsked(path.name))
        self._repainter.flush()
        self._reader.start(make)

    def _apply(self, event: DinosaursEvent) -> None:
        before, self.state = self.state, reduce(self.state, event)
        self._repainter.put(self.state)
        if self.state.past is not before.past:
            self._emit_change(Change())
        if isinstance(event, Checkpoint | Finished | Ended):
            self._emit_change(Change(precious=isinstance(event, Ended)))
        elif isinstance(event, Snapshot) and time.monotonic() > self._next_snapshot:
            self._next_snapshot = time.monotonic() + _SNAPSHOT_SECONDS
            self._emit_change(Change())

    def _emit_change(self, change: Change) -> None:
        if not self._showing:
            self.work_changed.emit(change)

    @Slot()
    def _read_again(self) -> None:
        """Read the list anew, or the file that was refused while that is said."""
        opened = self.state.opened
        if self.state.file_error:
            self.open_file(self._asked)
        else:
            self.open_file(self._names, None if opened is None else opened.data)

    @Slot(object)
    def _take_file_event(self, event: Event) -> None:
        """A file was read or written."""
        if not isinstance(event, Finished):
            return
        done: CorpusRead | TrainingOpened | ModelSaved = event.result
        self._apply(done)
        match done:
            case CorpusRead(opened=OpenedList(corpus=corpus)):
                self._names = self._asked
                self._emit_change(opening_of(self._asked))
                text = self.tr("{0}: {1:,} names").format(corpus.source, len(corpus.names))
            case TrainingOpened(trained=trained):
                self._replayer.come_back()
                self.form.show_spec(_as_last(trained))
                self._spec = self.form.spec()
                self._emit_change(opening_of(self._asked))
                text = self.tr("Opened {0}").format(self._asked.name)
            case ModelSaved(trained=trained, path=path):
                text = self.tr("Saved in {0}: {1}").format(path.name, describe(trained))
        self.status.emit(text)

    @Slot(object)
    def _read_ended(self, end: Ended) -> None:
        self._apply(ListReadEnded())
        if end.error is not None:
            self._apply(self._refusal(sentence(end.error)))
            self.status.emit(sentence(end.error))
        self._repainter.flush()

    @Slot(object)
    def _save_ended(self, end: Ended) -> None:
        if end.error is not None:
            self._apply(ModelRefused(sentence(end.error)))

    @Slot(object, str)
    def _look_into(self, network: TrainedNames, name: str) -> None:
        try:
            scene = to_scene(network, name)
        except UserError as error:
            self._apply(ModelRefused(language.text(error.message)))
        else:
            self._apply(ModelRefused(""))
            self.scene_wanted.emit(scene)

    @Slot()
    def _forget_file_error(self) -> None:
        self._apply(CorpusRefused(""))

    @Slot()
    def _forget_model_error(self) -> None:
        self._apply(ModelRefused(""))

    @Slot(object)
    def _tune(self, tuning: Tuning) -> None:
        self._runner.tune(tuning)
        text = self.tr("From now on: learning rate {0:g}, clipping limit {1:g}")
        self.status.emit(text.format(tuning.learning_rate, tuning.clip))

    @Slot()
    def _settings_changed(self) -> None:
        self.train_page.allow(self.state)
        if not self.form.valid:
            return
        before, self._spec = self._spec, self.form.spec()
        if self._spec != before:
            done = Message("Settings of the training on names")
            self._emit_change(Change(done, ("names", changed_settings(before, self._spec))))

    @Slot()
    def _sampling_changed(self) -> None:
        try:
            self._sampling = self.sampling_page.form.spec()
        except UserError:  # the page says so when it is to draw
            return
        self._emit_change(Change(Message("Settings of the sampling"), "sampling"))

    @Slot()
    def _drawn(self) -> None:
        self._emit_change(Change(Message("Drawing of names")))

    @Slot()
    def _evaluated(self) -> None:
        self._emit_change(Change(Message("Evaluation"), precious=True))

    @Slot()
    def _page_settings_changed(self) -> None:
        done = Message("Settings of the page {page}", {"page": self._page_title()})
        self._emit_change(Change(done, ("page", self.pages.currentIndex())))

    def _page_title(self) -> str:
        return self.pages.tabText(self.pages.currentIndex())

    def _show(self, state: NamesState) -> None:
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
        for box in (page.corpus_view.error, reading.error):
            box.closed.connect(self._forget_file_error)
        page.model_bar.error.closed.connect(self._forget_model_error)
        page.form.changed.connect(self._settings_changed)
        page.form.tuned.connect(self._tune)
        page.run_bar.start_clicked.connect(self.start)
        page.model_bar.continue_clicked.connect(self.go_on)
        page.model_bar.save_clicked.connect(self.choose_place)
        page.model_bar.open_clicked.connect(self.choose_trained)
        page.model_bar.inspect_asked.connect(self.inspect)
        page.loss_view.iteration_chosen.connect(self.go_back)
        page.past_bar.iteration_chosen.connect(self.go_back)
        page.past_bar.newest_clicked.connect(self._replayer.come_back)
        self.sampling_page.inspect_asked.connect(self._look_into)
        self.sampling_page.form.changed.connect(self._sampling_changed)
        self.sampling_page.names_drawn.connect(self._drawn)
        self.evaluation_page.evaluated.connect(self._evaluated)
        for settings in (self.evaluation_page, self.explaining_page):
            settings.settings_changed.connect(self._page_settings_changed)
        self.names_page.shift.example_typed.connect(self._page_settings_changed)
        self.pages.currentChanged.connect(lambda _: self._emit_change(Change()))
        self.sampling_page.status.connect(self.status)
        for runner in (self._reader, self._saver):
            runner.produced.connect(self._take_file_event)
        self._reader.ended.connect(self._read_ended)
        self._saver.ended.connect(self._save_ended)

    def _lay_out(self) -> None:
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(self.tr("Pages of the generator"))
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
    """Continue the training; a changed setting is a tuning, and the spec stays as it was."""
    control.tuning = Tuning(spec.learning_rate, spec.clip)
    own = replace(spec, learning_rate=begun.spec.learning_rate, clip=begun.spec.clip)
    return train(own, begun.corpus, control, begun)
