"""Reads files of prices and of networks in the background, one at a time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import kind_of
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.session.prices_job import open_prices_job
from rnnstudio.core.stocks.data.csv_import import UndecidedError, UnreadableError
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster
from rnnstudio.core.stocks.files.unfinished_file import KIND as UNFINISHED
from rnnstudio.core.stocks.files.unfinished_file import load_unfinished
from rnnstudio.core.training import Ended, Event, Finished, Progress
from rnnstudio.ui.running import sentence
from rnnstudio.ui.stocks.tab_events import (
    FileRead,
    ReadAsked,
    ReadEnded,
    ReadMoved,
    Reopened,
    Role,
    UnfinishedOpened,
)
from rnnstudio.ui.widgets.file_dialogs import ask_open
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.workers.jobs import Claim, Jobs, Resource
from rnnstudio.workers.run import Runner

_TO_READ = (Resource.PRICES, Resource.SHARE_NETWORK, Resource.TEST_SPAN)


class FileReader(QWidget):
    """Asks for files, reads them, and emits events for the tab's state; shows nothing."""

    read_event = Signal(object)
    """A ``ReadAsked``, a ``ReadMoved`` or a ``FileRead``, each at once."""
    ended = Signal(object)
    """The ``ReadEnded``, when another file may be read."""
    newer_read = Signal(object)
    """The ``OpenedPrices`` of a newer file of the share, after the end."""
    network_read = Signal(object)
    """The path of a network and its ``Reopened``, or of a training and its ``UnfinishedOpened``."""
    network_refused = Signal(str)
    """The sentence that says why no network was read."""
    waiting = Signal(str)
    """The sentence of another page's job, for which reading has to wait."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._jobs = jobs
        self._runner = Runner(self)
        self._loader = Loader(self)
        self._role = Role.TRAIN
        self._opened: OpenedPrices | None = None
        self._runner.produced.connect(self._take)
        self._runner.ended.connect(self._finish)
        self._loader.loaded.connect(self.network_read)
        self._loader.refused.connect(self.network_refused)

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._runner.busy or self._loader.busy

    @property
    def obstacle(self) -> str:
        """What reading has to wait for; empty where it need not."""
        return self._jobs.obstacle(*_TO_READ)

    def choose(self, role: Role) -> Path | None:
        """Ask for a file to read for ``role``."""
        titles = {
            Role.TRAIN: self.tr("Open prices"),
            Role.TEST: self.tr("Open the test span"),
            Role.NEWER: self.tr("Open newer prices"),
        }
        kinds = self.tr("CSV files (*.csv *.txt);;All files (*)")
        return ask_open(self.parentWidget(), titles[role], kinds)

    def read(self, asked: ReadAsked) -> None:
        """Begin to read a file of prices, unless another job is under way."""
        claim = self._claim(self.tr("A file of prices is being read; wait for it."))
        if claim is not None:
            self._role, self._opened = asked.role, None
            self.read_event.emit(asked)
            make = partial(open_prices_job, asked.path, asked.options, asked.known)
            self._runner.start(make, claim)

    def read_network(self, path: Path) -> None:
        """Begin to read a saved network, unless another job is under way."""
        claim = self._claim(self.tr("A network is being read; wait for it."))
        if claim is not None:
            self._loader.load(path, _read_network, claim)

    def shutdown(self) -> bool:
        """Stop reading and wait for it; whether it has stopped."""
        prices, network = self._runner.shutdown(), self._loader.shutdown()
        return prices and network

    def _claim(self, says: str) -> Claim | None:
        """What reading needs; None where another job has it, whose sentence is passed on."""
        try:
            return self._jobs.claim(says, *_TO_READ)
        except UserError as error:
            self.waiting.emit(language.text(error.message))
            return None

    @Slot(object)
    def _take(self, event: Event) -> None:
        if isinstance(event, Progress):
            self.read_event.emit(ReadMoved(event.step))
        elif isinstance(event, Finished):
            self._opened = event.result
            self.read_event.emit(FileRead(event.result))

    @Slot(object)
    def _finish(self, end: Ended) -> None:
        if isinstance(end.error, UndecidedError):
            self.ended.emit(ReadEnded(question=end.error))
            return
        wrong = end.error if isinstance(end.error, UnreadableError) else None
        self.ended.emit(ReadEnded(sentence(end.error), wrong=wrong))
        if self._role is Role.NEWER and self._opened is not None:
            self.newer_read.emit(self._opened)


def _read_network(path: Path) -> tuple[Path, Reopened | UnfinishedOpened]:
    if kind_of(path) == UNFINISHED:
        return path, UnfinishedOpened(load_unfinished(path))
    return path, Reopened(*load_forecaster(path))
