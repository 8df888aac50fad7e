"""The dinosaur generator's tab: connects settings, training, files and pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import is_document
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.names_scene import to_scene
from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_names import NamesWork, OpenedList
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.training import Snapshot
from rnnstudio.ui.dinosaurs.evaluation_page import EvaluationPage
from rnnstudio.ui.dinosaurs.explaining_page import ExplainingPage
from rnnstudio.ui.dinosaurs.names_files import NamesFiles
from rnnstudio.ui.dinosaurs.names_page import NamesPage
from rnnstudio.ui.dinosaurs.names_work import (
    change_of,
    changed_settings,
    networks_of,
    of_training,
    state_of,
)
from rnnstudio.ui.dinosaurs.runs_view import RunsView
from rnnstudio.ui.dinosaurs.sampling_page import SamplingPage
from rnnstudio.ui.dinosaurs.state import (
    CorpusRead,
    CorpusRefused,
    DinosaursEvent,
    ModelRefused,
    NamesState,
    TrainingOpened,
    reduce,
)
from rnnstudio.ui.dinosaurs.train_page import TrainPage
from rnnstudio.ui.dinosaurs.training_jobs import TrainingJobs
from rnnstudio.ui.widgets.page_tabs import PageTabs
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage

_PAGES = ("train", "names", "sample", "compare", "evaluate", "explain")
_SNAPSHOT_SECONDS = 5.0
"""Between two looks of the session at a network that is learning."""


class DinosaursTab(TabPage):
    """Trains a network on names, draws from it, judges it and explains it."""

    scene_wanted = Signal(object)
    """A ``Scene`` for the inspector."""

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
        self._spec, self._sampling = self.form.spec(), self.sampling_page.form.spec()
        self._showing = False
        self.files = NamesFiles(self.names_page.reading, self._take_file, self)
        self.jobs = TrainingJobs(self.train_page.run_bar, self._apply, self)
        self._next_snapshot = 0.0
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
        recipes, seeds = self.evaluation_page.settings()
        return NamesWork(
            opened=self.state.opened,
            spec=self._spec,
            trained=trained,
            runs=runs,
            sampling=self._sampling,
            recipes=recipes,
            seeds=seeds,
            clipping=self.explaining_page.settings(),
            pages=(_PAGES[self.pages.currentIndex()],),
            past=of_training(self.state.past, trained),
            drawn=of_training(self.sampling_page.state.drawn, trained),
            example=self.names_page.shift.example(self.state.corpus),
            evaluation=self.evaluation_page.state.evaluation,
        )

    def show_work(self, work: NamesWork) -> None:
        """Show the work of a session in every form and page."""
        with self._muted():
            self.jobs.come_back()
            self._set_state(state_of(work, self.state, self._first))
            self._spec, self._sampling = work.spec, work.sampling
            opened = self.state.opened
            if opened is not None:
                self.names_page.reading.show_options(opened.corpus.options)
            self.form.show_spec(work.spec)
            self.sampling_page.form.show_spec(work.sampling)
            self.evaluation_page.show_settings(work.recipes, work.seeds)
            self.explaining_page.show_settings(*work.clipping)
            page = next((name for name in work.pages if name in _PAGES), _PAGES[0])
            self.pages.setCurrentIndex(_PAGES.index(page))
            self._repainter.flush()
            self.sampling_page.show_drawn(work.drawn)
            self.names_page.shift.show_example(work.example)
            self.evaluation_page.show_evaluation(work.evaluation)

    def page_entries(self) -> tuple[PageEntry, ...]:
        """The training, and what can be done with its network."""
        return (
            PageEntry(self.tr("Train"), self.tr("a network learns to make up names")),
            PageEntry(self.tr("Names"), self.tr("the list that it learns from")),
            PageEntry(self.tr("Sample"), self.tr("names drawn, letter by letter")),
            PageEntry(self.tr("Compare"), self.tr("trainings beside each other")),
            PageEntry(self.tr("Is it any good?"), self.tr("beside networks that count letters")),
            PageEntry(self.tr("Explain"), self.tr("why it says what it says")),
        )

    def page_place(self) -> int:
        """The place of the page in front."""
        return self.pages.currentIndex()

    def turn_to(self, place: int) -> None:
        """Bring a page to the front."""
        self.pages.setCurrentIndex(place)

    def obstacle(self) -> str:
        """Why another work cannot be shown now; empty where it can."""
        if self.state.run.active:
            return self.tr("A network is being trained on names; stop that or wait for it.")
        if self.state.reading:
            text = self.tr("{0} is still being read; wait for it.")
            return text.format(self.state.reading)
        if self.sampling_page.busy:
            return self.tr("Names are being drawn; stop that or wait for it.")
        if self.evaluation_page.busy:
            return self.tr("An evaluation is under way; stop that or wait for it.")
        return ""

    @Slot(str)
    def inspect(self, name: str) -> None:
        """Ask for the inspector to show the network that is looked at on ``name``."""
        if self.state.looked_at is not None:
            self._look_into(self.state.looked_at, name)

    @Slot()
    def start(self) -> None:
        """Train with the settings of the form, if they and the state allow it."""
        if self.form.valid:
            self.jobs.train(self.form.spec())

    @Slot()
    def go_on(self) -> None:
        """Continue the training there is, with what the form says now."""
        if self.form.valid:
            self.jobs.go_on(self.form.spec())

    def shutdown(self) -> bool:
        """Stop what is under way and wait for its threads; whether they have stopped."""
        pages = (self.sampling_page, self.evaluation_page, self.explaining_page)
        stopped = [each.shutdown() for each in (self.files, self.jobs, *pages)]
        return all(stopped)

    def take_file(self, path: Path) -> None:
        """Open a dropped file: a saved training by its suffix, any other as a list of names."""
        if is_document(path):
            self.files.open_training(path)
        else:
            self.files.open_list(path)

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        self._apply(CorpusRefused(sentence))
        self.status.emit(sentence)

    def _begin(self) -> None:
        """Start with the shipped list: it is small, so it is there at once."""
        corpus = read_corpus(SHIPPED)
        self._first = OpenedList(data_file(SHIPPED), corpus)
        self._take_file(CorpusRead(self._first, statistics_of(corpus)))

    def _apply(self, event: DinosaursEvent) -> None:
        before = self.state
        self._set_state(reduce(before, event))
        change = change_of(before, event, self.state)
        if isinstance(event, Snapshot) and time.monotonic() > self._next_snapshot:
            self._next_snapshot = time.monotonic() + _SNAPSHOT_SECONDS
            change = Change()
        if change is not None:
            self._emit_change(change)

    def _set_state(self, state: NamesState) -> None:
        self.state = state
        for part in (self.files, self.jobs):
            part.show_state(state)  # at once: the next repaint may show another one
        self._repainter.put(state)

    def _take_file(self, event: DinosaursEvent) -> None:
        """What was opened is shown at once, a training with its settings."""
        if isinstance(event, TrainingOpened):
            with self._muted():
                self.jobs.come_back()
                self.form.show_spec(_as_last(event.trained))
                self._spec = self.form.spec()
        self._apply(event)
        self._repainter.flush()

    @contextmanager
    def _muted(self) -> Iterator[None]:
        """Tell of nothing that changes within."""
        self._showing = True
        try:
            yield
        finally:
            self._showing = False

    def _emit_change(self, change: Change) -> None:
        if not self._showing:
            self.work_changed.emit(change)

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
        page.corpus_view.open_clicked.connect(self.files.choose_list)
        page.corpus_view.shipped_clicked.connect(self.files.open_shipped)
        reading = self.names_page.reading
        reading.changed.connect(self.files.read_again)
        reading.open_clicked.connect(self.files.choose_list)
        reading.shipped_clicked.connect(self.files.open_shipped)
        for box in (page.corpus_view.error, reading.error):
            box.closed.connect(self._forget_file_error)
        page.model_bar.error.closed.connect(self._forget_model_error)
        page.form.changed.connect(self._settings_changed)
        page.form.tuned.connect(self.jobs.tune)
        page.run_bar.start_clicked.connect(self.start)
        page.model_bar.continue_clicked.connect(self.go_on)
        page.model_bar.save_clicked.connect(self.files.choose_place)
        page.model_bar.open_clicked.connect(self.files.choose_training)
        page.model_bar.inspect_asked.connect(self.inspect)
        page.loss_view.iteration_chosen.connect(self.jobs.go_back)
        page.past_bar.iteration_chosen.connect(self.jobs.go_back)
        page.past_bar.newest_clicked.connect(self.jobs.come_back)
        self.sampling_page.inspect_asked.connect(self._look_into)
        self.sampling_page.form.changed.connect(self._sampling_changed)
        self.sampling_page.names_drawn.connect(self._drawn)
        self.evaluation_page.evaluated.connect(self._evaluated)
        for settings in (self.evaluation_page, self.explaining_page):
            settings.settings_changed.connect(self._page_settings_changed)
        self.names_page.shift.example_typed.connect(self._page_settings_changed)
        self.pages.currentChanged.connect(lambda _: self._emit_change(Change()))
        for part in (self.files, self.jobs, self.sampling_page):
            part.status.connect(self.status)

    def _lay_out(self) -> None:
        self.pages = PageTabs()
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
