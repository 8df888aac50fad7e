"""Keeps unsaved work while a person works, and offers what a studio that died has left."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.recovery import (
    ClaimedWork,
    LeftOver,
    Recovery,
    claim,
    keeping_job,
    left_over,
)
from rnnstudio.core.training import Ended
from rnnstudio.ui.running import sentence
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.ui.widgets.asking import Button, question
from rnnstudio.workers.run import Runner

WITHIN_MS = 10_000
"""So long after a change it is kept at the latest, but for the time that writing takes."""


class Autosave(QObject):
    """Writes the session of ``studio`` to ``recovery`` in a worker, and forgets it when saved."""

    refused = Signal(str)
    """Why unsaved work cannot be kept."""
    kept = Signal()

    def __init__(self, studio: Studio, recovery: Recovery, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio, self._recovery = studio, recovery
        self._asked: list[ClaimedWork] = []
        self._shown: list[ClaimedWork] = []
        self._being_kept: tuple[ClaimedWork, ...] = ()
        self._runner = Runner(self)
        self._timer = QTimer(self, singleShot=True, interval=WITHIN_MS)
        self._timer.timeout.connect(self.keep_now)
        self._runner.ended.connect(self._end)
        studio.changed.connect(self._take_change)
        studio.enriched.connect(self.keep_now)
        studio.recovered.connect(self._take_recovered)

    def adopt(self, work: ClaimedWork) -> None:
        """Open the work of a studio that died.

        Its file goes once this studio has it in one of its own, and stays if it cannot be opened.
        """
        self._asked.append(work)
        self._studio.recover(work.found.path, work.found.file)

    @Slot()
    def keep_now(self) -> None:
        """Keep what is unsaved; where the last keeping is not done yet, soon after it."""
        if self._runner.busy:
            self._timer.start()
        elif self._studio.unsaved:
            self._being_kept = tuple(self._shown)
            make = partial(keeping_job, self._recovery, self._studio.session, self._studio.path)
            self._runner.start(make)

    def keep_at_once(self) -> bool:
        """Keep what is unsaved before this returns, as after a fault; whether it is kept."""
        if not self._studio.unsaved:
            return True
        if not self._runner.shutdown():
            return False
        self._timer.stop()
        try:
            self._recovery.keep(self._studio.session, self._studio.path)
        except UserError as error:
            self.refused.emit(sentence(error))
            return False
        self._remove(tuple(self._shown))
        self.kept.emit()
        return True

    def shutdown(self) -> bool:
        """Stop keeping and forget what was kept: the window closes as a person wants it."""
        self._timer.stop()
        stopped = self._runner.shutdown()
        if stopped:
            self._recovery.forget()
        for work in self._asked:
            work.release()
        return stopped

    @Slot()
    def _take_change(self) -> None:
        if not self._studio.unsaved:
            self._timer.stop()
            if not self._runner.busy:
                self._forget()
        elif not self._timer.isActive():
            self._timer.start()

    @Slot(object)
    def _end(self, end: Ended) -> None:
        if end.error is not None:
            self.refused.emit(sentence(end.error))
            self._timer.start()  # the disk may have room again by then, also without a change
            return
        if not self._studio.unsaved:
            self._forget()
        self._remove(self._being_kept)
        self.kept.emit()

    @Slot(object)
    def _take_recovered(self, path: Path) -> None:
        self._shown += [work for work in self._asked if work.found.path == path]

    def _forget(self) -> None:
        """All work is in a file of the person's."""
        self._recovery.forget()
        self._remove(tuple(self._shown))

    def _remove(self, there_anew: tuple[ClaimedWork, ...]) -> None:
        for work in there_anew:
            work.remove()
        self._shown = [work for work in self._shown if work not in there_anew]


def offer_left_over(autosave: Autosave, recovery: Recovery, window: QWidget) -> None:
    """Offer the work of studios that died, the newest first, until some is opened.

    What another studio offers at this moment is left to it.
    """
    for found in left_over(recovery.folder):
        work = claim(found)
        if work is None:
            continue
        pressed = _ask_what_to_do(found, window)
        if pressed == Button.Open:
            autosave.adopt(work)
            return
        if pressed == Button.Discard:
            work.remove()
        else:
            work.release()


def _ask_what_to_do(found: LeftOver, window: QWidget) -> Button:
    name = window.tr("a session in no file") if found.file is None else found.file.name
    when = language.moment(found.when.astimezone())
    text = language.filled(
        window.tr("RNN Studio ended without saving {0}. The work of {1} was kept. Open it?"),
        name,
        when,
    )
    box = question(
        window,
        window.tr("Unsaved work"),
        text,
        Button.Open | Button.Discard | Button.Cancel,
        Button.Open,
    )
    box.button(Button.Cancel).setText(window.tr("Later"))
    return Button(box.exec())
