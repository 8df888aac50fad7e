"""Opens a file of any kind where it belongs: by what it is, not by which tab is in front."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import is_document, kind_of
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.open import NOT_OPENED, SUFFIXES
from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.shell.session_files import SessionFiles
from rnnstudio.ui.tab_set import TabSet
from rnnstudio.ui.widgets.tab_page import TabPage

_LISTS = (".txt",)


class FileOpener(QObject):
    """Opens sessions in the window, and all else in the tab that it belongs to."""

    refused = Signal(str)
    """Why a file is not opened."""

    def __init__(
        self, frame: Navigation, tabs: TabSet, sessions: SessionFiles, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._frame, self._tabs, self._sessions = frame, tabs, sessions

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open a file of any kind: a session, or in the tab that it belongs to."""
        try:
            self._open(path, kind_of(path) if is_document(path) else "")
        except UserError as error:
            self.refused.emit(language.text(error.message))

    @Slot()
    def choose_prices(self) -> None:
        """Ask for a file of prices."""
        self._frame.setCurrentWidget(self._tabs.stocks)
        self._tabs.stocks.choose_file()

    @Slot()
    def choose_names(self) -> None:
        """Ask for a list of names."""
        self._frame.setCurrentWidget(self._tabs.dinosaurs)
        self._tabs.dinosaurs.files.choose_list()

    def _open(self, path: Path, kind: str) -> None:
        suffix = path.suffix.lower()
        if kind == "session":
            self._sessions.open_file(path)
        elif kind == "scene" or suffix in (*SUFFIXES, *NOT_OPENED):
            self._open_with(self._tabs.inspector, path)
        elif kind == "names" or suffix in _LISTS:
            self._open_with(self._tabs.dinosaurs, path)
        elif kind in ("", "forecast", "unfinished forecast"):
            self._open_with(self._tabs.stocks, path)
        else:
            self._frame.setCurrentWidget(self._tabs.stocks)
            self._tabs.stocks.open_runs(path)

    def _open_with(self, tab: TabPage, path: Path) -> None:
        tab.take_file(path)  # before it is seen: it would begin with an example, and be busy
        self._frame.setCurrentWidget(tab)
