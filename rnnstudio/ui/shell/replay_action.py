"""Trains every network of the session again and says whether each comes out the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from rnnstudio.core import language
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.training import Ended, Event, Finished, Progress
from rnnstudio.ui.running import sentence
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.workers.jobs import Jobs, Resource
from rnnstudio.workers.run import Runner

if TYPE_CHECKING:
    from rnnstudio.core.session.session_replay import ReplayReport


class ReplayAction(QObject):
    """Runs ``replay_job`` in a worker; asked again while it is ``busy``, it stops."""

    status = Signal(str)
    changed = Signal()
    """It has begun, or it is over."""

    def __init__(
        self, studio: Studio, fits: Mapping[str, Fit], jobs: Jobs, window: QWidget
    ) -> None:
        super().__init__(window)
        self._studio, self._fits, self._jobs, self._window = studio, fits, jobs, window
        self.busy = False
        self._runner = Runner(self)
        self._runner.produced.connect(self._take)
        self._runner.ended.connect(self._end)

    @Slot()
    def start_or_stop(self) -> None:
        """Begin, or stop what was begun; says what it waits for where Keras is at work."""
        if self.busy:
            self._runner.cancel()
            return
        from rnnstudio.core.session.session_replay import replay_job  # noqa: PLC0415 - rarely asked

        says = self.tr("Networks are being trained again; stop that or wait for it.")
        try:
            claim = self._jobs.claim(says, Resource.KERAS)
        except UserError as error:
            self.status.emit(language.text(error.message))
            return
        self.busy = True
        self._runner.start(partial(replay_job, self._studio.session, self._fits), claim)
        self.changed.emit()

    @Slot(object)
    def _take(self, event: Event) -> None:
        match event:
            case Progress(step=step, total=total):
                text = self.tr("Training again: {0:,} of {1:,} steps")
                self.status.emit(language.filled(text, step, total))
            case Finished(result=report):
                self._show(report)

    @Slot(object)
    def _end(self, end: Ended) -> None:
        self.busy = False
        self.status.emit(sentence(end.error))
        self.changed.emit()

    def _show(self, report: ReplayReport) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Information,
            self.tr("Train again"),
            language.text(report.sentence),
            QMessageBox.StandardButton.Ok,
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            "\n".join(
                language.text(Message.joined((each.difference, each.reason)))
                for each in report.differences
            )
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
