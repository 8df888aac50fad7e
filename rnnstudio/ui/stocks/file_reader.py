"""Reads files of prices in the background, one at a time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading, UndecidedError
from rnnstudio.core.stocks.data.csv_import.reading_task import read_in_steps
from rnnstudio.core.training import Ended, Event, Finished, Progress
from rnnstudio.ui.running import sentence
from rnnstudio.ui.stocks.state import FileRead, ReadAsked, ReadEnded, ReadMoved, Role
from rnnstudio.ui.widgets.file_dialogs import ask_open
from rnnstudio.workers.jobs import Claim
from rnnstudio.workers.run import Runner


class FileReader(QWidget):
    """Asks for files, reads them, and emits events for the tab's state; shows nothing."""

    read_event = Signal(object)
    """A ``ReadAsked``, a ``ReadMoved`` or a ``FileRead``, each at once."""
    ended = Signal(object)
    """The ``ReadEnded``, when another file may be read."""
    newer_read = Signal(object)
    """The ``PriceTable`` of a newer file of the share, after the end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._runner = Runner(self)
        self._role = Role.TRAIN
        self._reading: Reading | None = None
        self._runner.produced.connect(self._take)
        self._runner.ended.connect(self._finish)

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._runner.busy

    def choose(self, role: Role) -> Path | None:
        """Ask for a file to read for ``role``."""
        titles = {
            Role.TRAIN: self.tr("Open prices"),
            Role.TEST: self.tr("Open the test span"),
            Role.NEWER: self.tr("Open newer prices"),
        }
        kinds = self.tr("CSV files (*.csv *.txt);;All files (*)")
        return ask_open(self.parentWidget(), titles[role], kinds)

    def read(self, path: Path, role: Role, options: CsvOptions, claim: Claim) -> None:
        """Begin to read ``path``; ``claim`` is released when that is over."""
        self._role, self._reading = role, None
        self.read_event.emit(ReadAsked(role, path, options))
        self._runner.start(partial(read_in_steps, path, options), claim)

    def shutdown(self) -> bool:
        """Stop reading and wait for it; whether it has stopped."""
        return self._runner.shutdown()

    @Slot(object)
    def _take(self, event: Event) -> None:
        if isinstance(event, Progress):
            self.read_event.emit(ReadMoved(event.step))
        elif isinstance(event, Finished):
            self._reading = event.result
            self.read_event.emit(FileRead(event.result))

    @Slot(object)
    def _finish(self, end: Ended) -> None:
        if isinstance(end.error, UndecidedError):
            self.ended.emit(ReadEnded(question=end.error))
            return
        self.ended.emit(ReadEnded(sentence(end.error)))
        if self._role is Role.NEWER and self._reading is not None:
            self.newer_read.emit(self._reading.table)
