"""What is asked of a person about the session's file: where it is, and what may be lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.session.data_file import DataMovedError
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.ui.widgets.asking import Button, ask, question
from rnnstudio.ui.widgets.file_dialogs import (
    ask_open,
    ask_save,
    backup_kinds,
    document_kinds,
)


class SessionFiles(QObject):
    """New, open, save, save as and revert, each with the questions that keep work from loss."""

    chosen = Signal(object)
    """The ``Path`` of a file that is to be opened."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._window = studio, window
        self._then: Callable[[], object] | None = None
        studio.moved.connect(self._ask_for_data)
        studio.done.connect(self._go_on)
        studio.refused.connect(self._stay)

    @Slot()
    def begin_anew(self) -> None:
        """Start an empty session once the work there is may be left."""
        self.unless_lost(self._studio.begin_anew)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and open it."""
        kinds = f"{document_kinds()};;{backup_kinds()}"
        path = ask_open(self._window, self.tr("Open"), kinds)
        if path is not None:
            self.chosen.emit(path)

    def open_file(self, path: Path) -> None:
        """Open a session once the work there is may be left."""
        self.unless_lost(lambda: self._studio.open_file(path))

    @Slot()
    def save(self) -> bool:
        """Save where the session came from, or where a person says; whether it is being saved."""
        path = self._studio.path
        if path is None:
            return self.save_as()
        self._studio.save_file(path)
        return self._studio.busy

    @Slot()
    def save_as(self) -> bool:
        """Ask where to save the session, and save it there; whether it is being saved."""
        before = self._studio.path or self._studio.earlier_of
        name = self.tr("session") + SUFFIX if before is None else str(before)
        path = ask_save(self._window, self.tr("Save the session"), name, document_kinds())
        if path is None:
            return False
        self._studio.save_file(path)
        return self._studio.busy

    def save_and(self, do: Callable[[], object]) -> bool:
        """Save the session, and ``do`` once it is saved; whether it is being saved."""
        self._then = do if self.save() else None
        return self._then is not None

    @Slot()
    def revert(self) -> None:
        """Go back to the session's file as it was saved last; undo brings the work back."""
        path = self._studio.path
        if path is None:
            return
        text = self.tr("Go back to {0} as it was saved last? (Undo brings the changes back.)")
        title, buttons = self.tr("Revert"), Button.Discard | Button.Cancel
        asked = ask(self._window, title, language.filled(text, path.name), buttons, Button.Cancel)
        if asked == Button.Discard:
            self._studio.open_file(path)

    def unless_lost(self, do: Callable[[], object]) -> bool:
        """Do what takes the session's place; whether it is done, or will be once it is saved."""
        if not self._studio.unsaved:
            do()
            return True
        pressed = ask(
            self._window,
            self.tr("Save the session?"),
            language.filled(self.tr("{0} has changes that are in no file."), self.name),
            Button.Save | Button.Discard | Button.Cancel,
            Button.Save,
        )
        if pressed == Button.Discard:
            do()
            return True
        return pressed == Button.Save and self.save_and(do)

    @property
    def name(self) -> str:
        """What the session is called in the window's title."""
        path, earlier_of = self._studio.path, self._studio.earlier_of
        if path is not None:
            return path.stem
        if earlier_of is not None:
            return language.filled(self.tr("{0} (earlier version)"), earlier_of.stem)
        return self.tr("Untitled session")

    @Slot(object)
    def _go_on(self, _: Path) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot(str)
    def _stay(self, _: str) -> None:
        """What could not be saved does not make room for anything."""
        self._then = None

    @Slot(object)
    def _ask_for_data(self, error: DataMovedError) -> None:
        """Data that moved or changed: where they are now, or to do without them."""
        path, digest = error.data.path, error.data.digest
        box = question(
            self._window,
            self.tr("Data that moved"),
            language.text(error.message),
            Button.Open | Button.Ignore | Button.Cancel,
            Button.Open,
        )
        box.button(Button.Open).setText(self.tr("Choose the file …"))
        box.button(Button.Ignore).setText(self.tr("Open without it"))
        if path.exists():
            box.addButton(Button.Retry).setText(self.tr("Read the new one"))
        pressed = Button(box.exec())
        if pressed == Button.Ignore:
            self._studio.open_again({digest: None})
        elif pressed == Button.Retry:
            self._studio.open_again({digest: path})
        elif pressed == Button.Open:
            title = language.filled(self.tr("Where is {0}?"), path.name)
            found = ask_open(self._window, title, self.tr("All files (*)"))
            if found is not None:
                self._studio.open_again({digest: found})
