"""The session of the window: its history and its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rnnstudio.core.documents.document_file import is_backup
from rnnstudio.core.messages import Message
from rnnstudio.core.session.backups import session_of
from rnnstudio.core.session.data_file import DataMovedError
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

Places = Mapping[str, Path | None]
"""Where data that moved are, by their digest; None: they are done without."""


class SavedState:
    """Where a session is saved, and as what; all its values before and after share one.

    ``path`` is None where it has no file of its own, ``session`` where nothing of it is in a file.
    ``earlier_of`` is the file that it is an earlier version of.
    """

    def __init__(
        self, path: Path | None, session: Session | None, earlier_of: Path | None = None
    ) -> None:
        self.path, self.session, self.earlier_of = path, session, earlier_of


@dataclass(frozen=True)
class SessionInFile:
    """A value that the session has, and the file that it belongs to."""

    session: Session
    saved: SavedState

    def session_caught_up(self, earlier: SessionInFile) -> SessionInFile:
        """An earlier value, whose session is ``caught_up`` with this one.

        One of the same file has the rounds of drawing of this one, too.
        """
        session = earlier.session.caught_up(self.session)
        if earlier.saved is self.saved:
            session = session.with_rounds_of(self.session)
        return earlier if session is earlier.session else replace(earlier, session=session)


@dataclass(frozen=True)
class _Asked:
    """A file that is to be opened; unsaved work that was ``recovered`` belongs to ``file``."""

    path: Path
    places: Places = field(default_factory=dict)
    recovered: bool = False
    file: Path | None = None

    @property
    def change(self) -> Change:
        """What opening it is, as the menu names it."""
        return Change(Message("Recovery of work")) if self.recovered else opening_of(self.path)

    def saved_state(self, session: Session) -> SavedState:
        """Where ``session``, which was read from it, is saved; a backup is never written over."""
        if self.recovered:
            return SavedState(self.file, None)
        if is_backup(self.path):
            return SavedState(None, session, session_of(self.path))
        elsewhere = any(self.places.values())  # which the file does not know yet
        return SavedState(self.path, None if elsewhere else session)


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
    """The ``Path`` of a file that was saved or opened; the next may be by now."""
    moved = Signal(object)
    """The ``DataMovedError`` that keeps a session closed; ``open_again`` opens it."""

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
        self.history = History(SessionInFile(self._fresh, SavedState(None, self._fresh)))
        self.unsaved = False
        """Whether there is work that is in no file."""
        self._showing = False
        self._saving = self.history.value.saved
        self._asked = _Asked(Path())
        self._done: Path | None = None
        self._error: Exception | None = None
        self._runner = Runner(self)
        self._runner.produced.connect(self._take_file)
        self._runner.ended.connect(self._end)

    @property
    def session(self) -> Session:
        """The work as it is now."""
        return self.history.value.session

    @property
    def path(self) -> Path | None:
        """The session's own file; None where it has none."""
        return self.history.value.saved.path

    @property
    def earlier_of(self) -> Path | None:
        """The file that the session is an earlier version of; None where it is none."""
        return self.history.value.saved.earlier_of

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
        clean, saved, now = not self.unsaved, self.history.value.saved, self._now()
        self.history = self._caught_up(now).changed(now, change)
        if change.by_itself and clean:
            saved.session = self.session
        self._note_change()
        if change.precious:
            self.enriched.emit()

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        if self._go_to(self._caught_up(self._now()).undone()):
            self._note_change()

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        if self._go_to(self._caught_up(self._now()).redone()):
            self._note_change()

    def begin_anew(self) -> None:
        """A session as the application starts with, in no file; the old one can be undone to."""
        started = Change(Message("New session"))
        fresh = SessionInFile(self._fresh, SavedState(None, self._fresh))
        if self._go_to(self.history.changed(fresh, started)):
            self._note_change()

    def open_file(self, path: Path) -> None:
        """Read the session at ``path``."""
        if self._may_start():
            self._read(_Asked(path))

    def recover(self, path: Path, file: Path | None) -> None:
        """Open unsaved work that was kept at ``path``; it belongs to ``file`` or to none."""
        if self._may_start():
            self._read(_Asked(path, recovered=True, file=file))

    def open_again(self, places: Places) -> None:
        """Read what was asked for last once more; data that moved are taken from ``places``."""
        if self._may_start():
            self._read(replace(self._asked, places={**self._asked.places, **places}))

    def save_file(self, path: Path) -> None:
        """Write the session to ``path``, which it is called from then on."""
        if self._may_start():
            self._saving = self.history.value.saved
            self._runner.start(partial(saving_job, path, self.session))

    def shutdown(self) -> bool:
        """Stop writing or reading; whether it has stopped."""
        return self._runner.shutdown()

    def _read(self, asked: _Asked) -> None:
        self._asked = asked
        self._runner.start(partial(opening_job, asked.path, asked.places))

    def _may_start(self) -> bool:
        if self.busy:
            self.refused.emit(self.tr("A session is being saved or opened; wait for it."))
        return not self.busy

    def _now(self) -> SessionInFile:
        """The session as the tabs have it by now."""
        return SessionInFile(self._collect(), self.history.value.saved)

    def _caught_up(self, now: SessionInFile) -> History[SessionInFile]:
        """The history with what trainings have come to meanwhile, which no undo takes back."""
        return self.history.mapped(now.session_caught_up)

    def _go_to(self, history: History[SessionInFile]) -> bool:
        """Show the value of ``history``, unless a tab is at work on its own; whether it is."""
        if obstacle := self._obstacle(history.value.session):
            self.refused.emit(obstacle)
            return False
        self._showing = True
        try:
            self._show(history.value.session)
        finally:
            self._showing = False
        self.history = history
        return True

    def _note_change(self) -> None:
        """Compare with what was saved, once for all that show it."""
        saved = self.history.value.saved.session
        self.unsaved = saved is None or not self.session.same_work(saved)
        self.changed.emit()

    @Slot(object)
    def _take_file(self, event: Event) -> None:
        match event:
            case Finished(result=SessionSaved(path, session)):
                self._saving.path, self._saving.session = path, session
                self._saving.earlier_of = None
                self._note_file(path, session)
                self._done = path
            case Finished(result=SessionOpened(path, session)):
                opened = SessionInFile(session, self._asked.saved_state(session))
                if self._go_to(self.history.changed(opened, self._asked.change)):
                    self._note_file(path, session)
                    if self._asked.recovered:
                        self.recovered.emit(path)
                    else:
                        self._done = path

    def _note_file(self, path: Path, session: Session) -> None:
        """The file at ``path`` holds ``session`` now, whichever values belong to it."""
        for step in (*self.history.past, *self.history.future):
            if step.value.saved.path == path:
                step.value.saved.session = session
        self._note_change()

    @Slot(object)
    def _end(self, end: Ended) -> None:
        self._error = end.error
        QTimer.singleShot(0, self._announce)

    @Slot()
    def _announce(self) -> None:
        """Say what came of a file once the next may be asked for, such as opening after a save."""
        path, error = self._done, self._error
        self._done = self._error = None
        if isinstance(error, DataMovedError):
            self.moved.emit(error)
        elif error is not None:
            self.refused.emit(sentence(error))
        elif path is not None:
            self.done.emit(path)
