"""Reads lists of names and saved trainings, and saves trainings, in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.names.corpus import SHIPPED
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.session.kept_names import OpenedList
from rnnstudio.core.training import Ended, Event, Finished
from rnnstudio.ui.dinosaurs.drawer.list_form import ListForm
from rnnstudio.ui.dinosaurs.events import (
    CorpusRead,
    CorpusRefused,
    DinosaursEvent,
    ListReadAsked,
    ListReadEnded,
    ModelRefused,
    ModelSaved,
    TrainingOpened,
)
from rnnstudio.ui.dinosaurs.file_jobs import open_training_job, read_names_job, save_model_job
from rnnstudio.ui.dinosaurs.network_line import describe
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import sentence
from rnnstudio.ui.widgets.file_dialogs import ask_open, ask_save, document_kinds, with_ending
from rnnstudio.workers.run import MakeTraining, Runner


class NamesFiles(QObject):
    """Opens and saves what the state that it was shown last allows, one file at a time.

    ``reading`` says how lists are read. ``take`` gets the events for that state, ``status`` a line
    for the window.
    """

    status = Signal(str)

    reading: ListForm

    def __init__(self, take: Callable[[DinosaursEvent], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._take, self._window = take, parent
        self._state = NamesState()
        self._reader, self._saver = Runner(self), Runner(self)
        self._refused: Callable[[str], DinosaursEvent] = CorpusRefused
        for runner in (self._reader, self._saver):
            runner.produced.connect(self._take_done)
        self._reader.ended.connect(self._take_read_end)
        self._saver.ended.connect(self._take_save_end)

    def show_state(self, state: NamesState) -> None:
        """Take the state whose files are to be opened and saved."""
        self._state = state

    @Slot()
    def choose_list(self) -> None:
        """Ask for a list of names and open it."""
        kinds = self.tr("Text files (*.txt *.csv);;All files (*)")
        path = ask_open(self._window, self.tr("Open names"), kinds)
        if path is not None:
            self.open_list(path)

    @Slot()
    def choose_training(self) -> None:
        """Ask for a saved training and open it."""
        path = ask_open(self._window, self.tr("Open a trained network"), document_kinds())
        if path is not None:
            self.open_training(path)

    @Slot()
    def choose_place(self) -> None:
        """Ask where to save the network there is, and save it."""
        if self._state.network is None:
            self._refuse_save()
            return
        title = self.tr("Save the trained network")
        path = ask_save(self._window, title, f"names{SUFFIX}", document_kinds())
        if path is not None:
            self.save(path)

    @Slot()
    def open_shipped(self) -> None:
        """Take the shipped dinosaurs."""
        self.open_list(SHIPPED)

    def open_list(self, path: Path, known: DataFile | None = None) -> None:
        """Read the names of a file; when it is refused, say why and keep those there are.

        ``known`` is the file as it was opened before, which is read anew.
        """
        if not self._busy(self.tr("Stop the training before you open other names.")):
            if path.absolute() != self._state.asked:
                self.reading.forget_file()
            self._refused = partial(CorpusRefused, path=path.absolute())
            self._read(path, partial(read_names_job, path, self.reading.options(), known))

    @Slot()
    def read_again(self) -> None:
        """Read the list another way, or the file that was refused while that is said."""
        opened, refused = self._state.opened, self._state.refused
        if refused is not None:
            self.open_list(refused)
        elif opened is not None:
            self.open_list(opened.data.path, opened.data)
        else:
            text = self.tr("These names came with the network; open their file to read them so.")
            self._take(CorpusRefused(text))

    def open_training(self, path: Path) -> None:
        """Read a saved training with its names and settings; a refused file changes nothing."""
        if not self._busy(self.tr("Stop the training before you open another.")):
            self._refused = ModelRefused
            self._read(path, partial(open_training_job, path))

    def save(self, path: Path) -> None:
        """Save the network there is, in training as it is now."""
        network = self._state.network
        if network is None:
            self._refuse_save()
        elif self._saver.busy:
            self.status.emit(self.tr("The last save is not done yet."))
        else:
            self._saver.start(partial(save_model_job, with_ending(path, document_kinds()), network))

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written."""
        return self._reader.busy or self._saver.busy

    def shutdown(self) -> bool:
        """Stop reading and saving and wait for it; whether both have stopped."""
        stopped = [each.shutdown() for each in (self._reader, self._saver)]
        return all(stopped)

    def _busy(self, what_to_do: str) -> bool:
        """Whether a training or a reading is under way; if so the status line says what to do."""
        if self._state.run.active:
            self.status.emit(what_to_do)
        elif self._reader.busy:
            text = self.tr("{0} is still being read; open the next file when it is there.")
            self.status.emit(language.filled(text, self._state.reading))
        return self._state.run.active or self._reader.busy

    def _refuse_save(self) -> None:
        self._take(ModelRefused(self.tr("There is nothing to save yet; train a network.")))

    def _read(self, path: Path, make: MakeTraining) -> None:
        self._take(ListReadAsked(path.name))
        self._reader.start(make)

    @Slot(object)
    def _take_done(self, event: Event) -> None:
        """A file was read or written."""
        if not isinstance(event, Finished):
            return
        done: CorpusRead | TrainingOpened | ModelSaved = event.result
        self._take(done)
        match done:
            case CorpusRead(opened=OpenedList(corpus=corpus)):
                text = language.filled(
                    self.tr("{0}: {1:,} names"), corpus.source, len(corpus.names)
                )
            case TrainingOpened(path=path):
                text = language.filled(self.tr("Opened {0}"), path.name)
            case ModelSaved(trained=trained, path=path):
                text = language.filled(self.tr("Saved in {0}: {1}"), path.name, describe(trained))
        self.status.emit(text)

    @Slot(object)
    def _take_read_end(self, end: Ended) -> None:
        if end.error is not None:
            self._take(self._refused(sentence(end.error)))
        self._take(ListReadEnded())

    @Slot(object)
    def _take_save_end(self, end: Ended) -> None:
        if end.error is not None:
            self._take(ModelRefused(sentence(end.error)))
