"""The session of the window: its history and its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core.messages import Message
from rnnstudio.core.session.data_file import DataFile, DataMovedError
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import (
    SessionOpened,
    SessionSaved,
    opening_job,
    saving_job,
)
from rnnstudio.core.session.undo_history import Change, History, opening_of
from rnnstudio.core.training import Ended, Event, Finished
from rnnstudio.ui.running import sentence
from rnnstudio.workers.run import Runner

Places = Mapping[str, DataFile | None]


class Studio(QObject):
    """Keeps every value that the session had, shows an older one, saves and opens.

    ``collect`` gives the tabs' work as it is now, ``show`` shows another one in them, ``obstacle``
    says why a tab cannot show another one now (empty: all can).
    """

    changed = Signal()
    """The session, its file, or what could be undone."""
    enriched = Signal()
    """Something that took long has come into the session."""
    refused = Signal(str)
    """Why something could not be done."""
    recovered = Signal(object)
    """The ``Path`` of unsaved work that is shown by now."""
    done = Signal(object)
    """The ``Path`` of a file that was saved or opened."""
    moved = Signal(object, object, object)
    """The ``Path`` of a session, the ``DataMovedError`` that keeps it closed, and ``Places``."""

    def __init__(
        self,
        collect: Callable[[], Session],
        show: Callable[[Session], None],
        obstacle: Callable[[Session], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._collect, self._show, self._obstacle = collect, show, obstacle
        self._fresh = collect()
        self.history = History(self._fresh)
        self._saved = self._fresh
        self.unsaved = False
        """Whether there is work that is in no file."""
        self._showing = False
        self._asked: tuple[Path, Places] | None = None
        self._recovering: tuple[Path, Path | None] | None = None
        self.path: Path | None = None
        self._runner = Runner(self)
        self._runner.produced.connect(self._take_file)
        self._runner.ended.connect(self._end)

    @property
    def session(self) -> Session:
        """The work as it is now."""
        return self.history.value

    @property
    def busy(self) -> bool:
        """Whether a file is being written or read."""
        return self._runner.busy

    @property
    def undoes(self) -> Message | None:
        """What ``undo`` takes back; None where there is nothing."""
        return self.history.undoes

    @property
    def redoes(self) -> Message | None:
        """What ``redo`` does again; None where there is nothing."""
        return self.history.redoes

    @Slot(object)
    def take(self, change: Change) -> None:
        """A tab's work has changed."""
        if self._showing:
            return
        clean = not self.unsaved
        self.history = self.history.changed(self._collect(), change)
        if change.by_itself and clean:
            self._saved = self.session
        self._note_change()
        if change.precious:
            self.enriched.emit()

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        if self._go_to(self.history.undone()):
            self._note_change()

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        if self._go_to(self.history.redone()):
            self._note_change()

    def begin_anew(self) -> None:
        """A session as the application starts with, in no file; the old one can be undone to."""
        started = Change(Message("New session"))
        if self._go_to(self.history.changed(self._fresh, started)):
            self.path, self._saved = None, self._fresh
            self._note_change()

    def open_file(self, path: Path, places: Places | None = None) -> None:
        """Read the session at ``path``; data that moved are taken from ``places``."""
        if self._may_start():
            self._asked = (path, places or {})
            self._runner.start(partial(opening_job, path, places or {}))

    def recover(self, path: Path, file: Path | None) -> None:
        """Open unsaved work that was kept at ``path``; it belongs to ``file`` or to none."""
        if self._may_start():
            self._asked, self._recovering = (path, {}), (path, file)
            self._runner.start(partial(opening_job, path, {}))

    def save_file(self, path: Path) -> None:
        """Write the session to ``path``, which it is called from then on."""
        if self._may_start():
            self._runner.start(partial(saving_job, path, self.session))

    def shutdown(self) -> bool:
        """Stop writing or reading; whether it has stopped."""
        return self._runner.shutdown()

    def _may_start(self) -> bool:
        if self.busy:
            self.refused.emit(self.tr("A session is being saved or opened; wait for it."))
        return not self.busy

    def _go_to(self, history: History[Session]) -> bool:
        """Show the value of ``history``, unless a tab is at work on its own; whether it is."""
        if obstacle := self._obstacle(history.value):
            self.refused.emit(obstacle)
            return False
        self._showing = True
        try:
            self._show(history.value)
        finally:
            self._showing = False
        self.history = history
        return True

    def _note_change(self) -> None:
        """Compare with what was saved, once for all that show it."""
        self.unsaved = not self.session.same_work(self._saved)
        self.changed.emit()

    @Slot(object)
    def _take_file(self, event: Event) -> None:
        match event:
            case Finished(result=SessionSaved(path, session)):
                pass
            case Finished(result=SessionOpened(path, session)):
                if not self._go_to(self.history.changed(session, opening_of(path))):
                    return
                if self._recovering is not None and self._recovering[0] == path:
                    (_, self.path), self._recovering = self._recovering, None
                    self._note_change()
                    self.recovered.emit(path)
                    return
            case _:
                return
        self.path, self._saved = path, session
        self._note_change()
        self.done.emit(path)

    @Slot(object)
    def _end(self, end: Ended) -> None:
        if isinstance(end.error, DataMovedError) and self._asked is not None:
            path, places = self._asked
            self.moved.emit(path, end.error, places)
        elif end.error is not None:
            self.refused.emit(sentence(end.error))
