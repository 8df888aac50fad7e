"""The dinosaur generator: constructs its home, pages and drawer, connects them, holds the state."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import is_document
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.names_scene import to_scene
from rnnstudio.core.names.pairing import PairedNetwork
from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.sampler import MOST_SAMPLES, SAMPLES
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_names import NamesWork, OpenedList
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.training import Snapshot
from rnnstudio.ui.dinosaurs.drawer.recipe_form import RecipeForm
from rnnstudio.ui.dinosaurs.drawing_jobs import DrawingJobs
from rnnstudio.ui.dinosaurs.evaluation_jobs import EvaluationJobs
from rnnstudio.ui.dinosaurs.events import (
    CorpusRead,
    CorpusRefused,
    DinosaursEvent,
    FilmRefused,
    LetterAsked,
    ModelRefused,
    TrainingOpened,
)
from rnnstudio.ui.dinosaurs.explaining_jobs import ExplainingJobs
from rnnstudio.ui.dinosaurs.film_jobs import FilmJobs
from rnnstudio.ui.dinosaurs.names_connections import connect_views
from rnnstudio.ui.dinosaurs.names_files import NamesFiles
from rnnstudio.ui.dinosaurs.names_keys import names_keys
from rnnstudio.ui.dinosaurs.names_views import NamesViews
from rnnstudio.ui.dinosaurs.names_work import (
    change_of,
    changed_settings,
    networks_of,
    of_training,
    page_of,
    state_of,
)
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES, PageJobs
from rnnstudio.ui.dinosaurs.state import NamesState, reduce
from rnnstudio.ui.dinosaurs.training_jobs import TrainingJobs
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.repaint import Repainter

_SNAPSHOT_SECONDS = 5.0
"""Between two looks of the session at a network that is learning."""


class DinosaursTab(NamesViews):
    """Trains a network on names, draws from it, judges it and explains it."""

    scene_wanted = Signal(object)
    """A ``Scene`` for the inspector."""
    scenes_wanted = Signal(object, object)
    """Two of them, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = NamesState()
        self.files = NamesFiles(self._take_file, self)
        self.jobs = TrainingJobs(self.dispatch, self)
        self.films = FilmJobs(self.dispatch, self)
        self.drawing, self.evaluation = DrawingJobs(self), EvaluationJobs(self)
        self.explaining = ExplainingJobs(self)
        self._page_jobs = PageJobs(self.drawing, self.evaluation, self.explaining)
        self._first_name = 0
        self._showing = False
        self._next_snapshot = 0.0
        self._repainter = Repainter[NamesState](self._show, self)
        self.build_views(self._page_jobs)
        self._spec, self._sampling = self.form.spec(), self.drawer.drawing.form.spec()
        self.home_page.show_sampling(self._sampling)
        connect_views(self)
        self._connect_jobs()
        self._begin()

    @property
    def form(self) -> RecipeForm:
        """The settings of the network."""
        return self.drawer.network.form

    def dress_anew(self) -> None:
        """Take on other colours and sizes, also while a network learns."""
        with self._muted():
            self.rebuild_views(self._page_jobs)
            connect_views(self)
            self._show_settings()
            self._show(self.state)

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost when the window closes: the rest of a training and of an evaluation."""
        return self.state.unsaved_work + self.evaluation.state.unsaved_work

    def work(self) -> NamesWork:
        """What a person would miss of this tab."""
        trained, runs = networks_of(self.state)
        evaluation, explaining = self.evaluation.state, self.explaining.state
        return NamesWork(
            opened=self.state.opened,
            spec=self._spec,
            trained=trained,
            runs=runs,
            sampling=self._sampling,
            recipes=evaluation.recipes,
            seeds=evaluation.seeds,
            clipping=explaining.clipping,
            pages=(self.pages.key, self.workbench.section),
            past=of_training(self.state.past, trained),
            drawn=of_training(self.drawing.state.drawn, trained),
            example=explaining.example if self.explaining.corpus is self.state.corpus else None,
            evaluation=evaluation.evaluation,
        )

    def show_work(self, work: NamesWork) -> None:
        """Show the work of a session in every form and page."""
        with self._muted():
            self.jobs.come_back()
            self._set_state(state_of(work, self.state, self._first))
            self._spec, self._sampling = work.spec, work.sampling
            self._first_name = 0
            self._show_settings()
            self.evaluation.show_settings(work.recipes, work.seeds)
            self.explaining.show_state(self.state)
            self.explaining.show_settings(work.clipping, work.example)
            self.pages.turn_to(page_of(work.pages, PAGES))
            titles = self.workbench.titles
            section = next((name for name in work.pages if name in titles), "")
            self.workbench.open_section(section)
            self._repainter.flush()
            self.drawing.show_drawn(work.drawn)
            self.evaluation.show_evaluation(work.evaluation)

    def turn_to(self, place: int) -> None:
        """Bring a page to the front, or the name in focus into the inspector."""
        if PAGES[place] == "inspector":
            self.inspect(self.home_page.film.name)
        else:
            self.pages.turn_to(PAGES[place])

    def keys(self) -> tuple[PageKey, ...]:
        """The keys of the home page, or of another one."""
        page = self.pages.page
        return names_keys(self) if page is None else tuple(page.keys())

    def obstacle(self) -> str:
        """Why another work cannot be shown now; empty where it can."""
        if self.state.run.active:
            return self.tr("A network is being trained on names; stop that or wait for it.")
        if self.state.reading:
            text = self.tr("{0} is still being read; wait for it.")
            return language.filled(text, self.state.reading)
        if self.drawing.busy:
            return self.tr("Names are being drawn; stop that or wait for it.")
        if self.evaluation.busy:
            return self.tr("An evaluation is under way; stop that or wait for it.")
        return ""

    @Slot(str)
    def inspect(self, name: str) -> None:
        """Ask for the inspector to show the network that is looked at on ``name``."""
        if self.state.looked_at is None:
            self.status.emit(self.tr("There is no network yet to be looked into; train one."))
        else:
            self.look_into(self.state.looked_at, name)

    @Slot()
    def start(self) -> None:
        """Train with the settings of the form, if they and the state allow it."""
        if self.form.valid:
            self._first_name = 0
            self.jobs.train(self.form.spec())

    @Slot()
    def go_on(self) -> None:
        """Continue the training there is, with what the form says now."""
        if self.form.valid:
            self.jobs.go_on(self.form.spec())

    @Slot()
    def draw(self) -> None:
        """Draw many names and turn to their page."""
        self.pages.turn_to("drawn")
        try:
            sampling = self.drawer.drawing.form.spec()
        except UserError as error:
            self.drawing.refuse(language.text(error.message))
        else:
            self.drawing.draw(sampling)

    @Slot()
    def ask_letter(self) -> None:
        """Ask a class for the next letter."""
        if self.state.question is None:
            self.dispatch(LetterAsked(self.home_page.letters.question()))

    def close_topmost(self) -> bool:
        """Take a question away before anything else."""
        if self.pages.page is None and self.state.question is not None:
            self.dispatch(LetterAsked(None))
            return True
        return super().close_topmost()

    def turn_names(self, by: int) -> None:
        """Draw the next seven names (by 1), or those before (-1)."""
        first = self._first_name + by * SAMPLES
        if 0 <= first <= MOST_SAMPLES - SAMPLES:
            self._first_name = first
            self._draw_film()

    def shutdown(self) -> bool:
        """Stop what is under way and wait for its threads; whether they have stopped."""
        parts = (self.files, self.jobs, self.films, self.drawing, self.evaluation, self.explaining)
        stopped = [each.shutdown() for each in parts]
        return all(stopped)

    def take_file(self, path: Path) -> None:
        """Open a dropped file: a saved training by its suffix, any other as a list of names."""
        if is_document(path):
            self.files.open_training(path)
        else:
            self.files.open_list(path)

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        self.dispatch(CorpusRefused(sentence))

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the names that were not drawn while nobody saw them."""
        super().showEvent(event)
        self._draw_film()

    def _show_settings(self) -> None:
        """Show in the drawer how the list was read, and what was set."""
        opened = self.state.opened
        self.drawer.show_settings(
            None if opened is None else opened.corpus.options, self._spec, self._sampling
        )
        self.home_page.show_sampling(self._sampling)

    def _begin(self) -> None:
        """Start with the shipped list: it is small, so it is there at once."""
        corpus = read_corpus(SHIPPED)
        self._first = OpenedList(data_file(SHIPPED), corpus)
        self._take_file(CorpusRead(self._first, statistics_of(corpus)))

    def dispatch(self, event: DinosaursEvent) -> None:
        """Go to the state after ``event`` and show it."""
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
        self.dispatch(event)
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
    def look_into(self, network: TrainedNames, name: str) -> None:
        """Ask for the inspector to show ``network`` on ``name``, or say why it cannot."""
        try:
            scene = to_scene(network, name)
        except UserError as error:
            self.dispatch(ModelRefused(language.text(error.message)))
        else:
            self.dispatch(ModelRefused(""))
            self.scene_wanted.emit(scene)

    @Slot(object, object, str)
    def look_into_both(self, first: PairedNetwork, second: PairedNetwork, name: str) -> None:
        """Ask for the inspector to show two networks on one name, or say why it cannot."""
        try:
            scenes = first.scene(name), second.scene(name)
        except UserError as error:
            self.dispatch(ModelRefused(language.text(error.message)))
        else:
            self.dispatch(ModelRefused(""))
            self.scenes_wanted.emit(*scenes)

    @Slot()
    def take_settings(self) -> None:
        """The form of the network was edited."""
        self._allow(self.state)
        if not self.form.valid:
            return
        before, self._spec = self._spec, self.form.spec()
        if self._spec != before:
            done = Message("Settings of the training on names")
            self._emit_change(Change(done, ("names", changed_settings(before, self._spec))))

    @Slot()
    def take_sampling(self) -> None:
        """The form of the drawing was edited; the names in sight follow."""
        try:
            self._sampling = self.drawer.drawing.form.spec()
        except UserError as error:
            self.dispatch(FilmRefused(language.text(error.message)))
            return
        self.dispatch(FilmRefused(""))
        self._show_sampling()
        self._emit_change(Change(Message("Settings of the sampling"), "sampling"))

    def _show_sampling(self) -> None:
        self.home_page.show_sampling(self._sampling)
        self._draw_film()

    def _draw_film(self) -> None:
        """Draw the names in sight, where they are in sight."""
        if self.home_page.isVisible():
            self.films.draw(self.state.looked_at, self._sampling, self._first_name)

    def _page_settings_changed(self) -> None:
        done = Message("Settings of the page {page}", {"page": self._page_title()})
        self._emit_change(Change(done, ("page", self.pages.key)))

    def _page_title(self) -> str:
        return self.page_entries()[self.page_place()].title

    @Slot()
    def show_turned(self) -> None:
        """Show what has come in sight."""
        self.drawer.show_state(self.state)
        self._draw_film()
        self.drawer.show_view()
        self._emit_change(Change())

    def _allow(self, state: NamesState) -> None:
        """Let a training begin where there are names and possible settings, and none being read."""
        there = state.corpus is not None and not state.reading
        self.home_page.bar.set_valid(self.form.valid and there, self.form.error.text())

    def _show(self, state: NamesState) -> None:
        for part in (self.films, self.drawing, self.evaluation, self.explaining):
            part.show_state(state)
        self.home_page.show_state(state, self._running_spec(state), self.jobs.pace)
        self._allow(state)
        self.drawer.show_state(state)
        self.pages.show_state(state)
        self._draw_film()
        self.drawer.show_view()

    def _running_spec(self, state: NamesState) -> Spec:
        """The settings of the training that is under way or has ended; else of the form."""
        active = state.run.active or state.trained is None
        return self.jobs.spec if active or state.trained is None else state.trained.spec

    def _connect_jobs(self) -> None:
        for settings in (self.evaluation, self.explaining):
            settings.settings_changed.connect(self._page_settings_changed)
        drawn, evaluated = Message("Drawing of names"), Message("Evaluation")
        self.drawing.names_drawn.connect(lambda: self._emit_change(Change(drawn)))
        self.evaluation.evaluated.connect(
            lambda: self._emit_change(Change(evaluated, precious=True))
        )
        for part in (self.files, self.jobs, self.drawing):
            part.status.connect(self.status)


def _as_last(trained: TrainedNames) -> Spec:
    """The settings of a training, with what it was tuned to last."""
    tuning = trained.tuning
    return replace(trained.spec, learning_rate=tuning.learning_rate, clip=tuning.clip)
