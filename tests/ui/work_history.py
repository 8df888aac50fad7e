"""The history of one tab, as the window keeps it of all, and the bytes of each of its values."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import SignalInstance

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.documents.document_file import packed
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import session_document
from rnnstudio.core.session.undo_history import Change, History

_PATH = Path("session.rnnstudio")
_SCENE = random_scene(CELLS["lstm"], Sizes(), 1)
INSPECTOR = InspectorWork(SceneInWork(_SCENE, _SCENE))
"""The inspector beside a tab that is tried alone."""
Work = TypeVar("Work", InspectorWork, NamesWork, StocksWork)


class WorkTab(Protocol[Work]):
    work_changed: SignalInstance

    def work(self) -> Work: ...

    def show_work(self, work: Work) -> None: ...


class WorkHistory(Generic[Work]):
    """Takes every change of the tab, and shows what it was before."""

    def __init__(self, tab: WorkTab[Work]) -> None:
        self.tab, self.history, self.showing = tab, History(tab.work()), False
        tab.work_changed.connect(self.take)

    def take(self, change: Change) -> None:
        if not self.showing:
            self.history = self.history.changed(self.tab.work(), change)

    def undo(self) -> None:
        self.history, self.showing = self.history.undone(), True
        self.tab.show_work(self.history.value)
        self.showing = False

    def require_undone(self) -> None:
        """Every value comes back, equal and with the same bytes."""
        values = [*(step.value for step in self.history.past), self.history.value]
        assert self.tab.work() == self.tab.work() == values[-1]
        before = [saved(value) for value in values]
        while self.history.undoes is not None:
            self.undo()
            assert self.tab.work() == self.history.value
            assert saved(self.tab.work()) == before[len(self.history.past)]


def saved(work: InspectorWork | NamesWork | StocksWork) -> bytes:
    """The bytes of a session with the work of one tab."""
    match work:
        case InspectorWork():
            session = Session(work)
        case NamesWork():
            session = Session(INSPECTOR, names=work)
        case StocksWork():
            session = Session(INSPECTOR, stocks=work)
    return packed(session_document(session, _PATH), _PATH)
