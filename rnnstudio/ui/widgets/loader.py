"""Reads a file that a person chose in a worker: a large or hostile one does not hold the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core import language
from rnnstudio.core.training import Control, Ended, Event, Finished, Training, in_one_step
from rnnstudio.ui.running import sentence
from rnnstudio.workers.jobs import Claim
from rnnstudio.workers.run import Runner


class Loader(Runner):
    """One file at a time. ``loaded`` has what was read, ``refused`` the sentence why not."""

    loaded = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._result: object = None
        self.produced.connect(self._keep)
        self.ended.connect(self._emit_end)

    def load(self, path: Path, read: Callable[[Path], object], claim: Claim | None = None) -> None:
        """Begin to read ``path``; refused while another file is being read.

        ``claim`` is what the reading has claimed; it is released when that is over.
        """
        if self.busy:
            if claim is not None:
                claim.release()
            text = self.tr("{0} is still being read; open the next file when it is there.")
            self.refused.emit(language.filled(text, self._name))
            return
        self._name, self._result = path.name, None
        self.start(partial(_load_job, path, read), claim)

    @Slot(object)
    def _keep(self, event: Event) -> None:
        if isinstance(event, Finished):
            self._result = event.result

    @Slot(object)
    def _emit_end(self, end: Ended) -> None:
        if end.error is not None:
            self.refused.emit(sentence(end.error))
        elif self._result is not None:
            self.loaded.emit(self._result)


def _load_job(path: Path, read: Callable[[Path], object], control: Control) -> Training:
    return in_one_step(control, read, path)
