"""What the generator's pages share: the frame, and that nothing is drawn before it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.page_frame import PageFrame
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.repaint import Repainter


class NamesPage(PageFrame):
    """Shows the tab's state, and that of its own jobs, when it is in sight."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The names"), title, parent)
        self.state = NamesState()
        self._repainter = Repainter[None](lambda _: self.draw(), self)

    def draw(self) -> None:
        """Show what this page is about."""
        raise NotImplementedError

    def show_state(self, state: NamesState) -> None:
        """Take the tab's state, and show it when the next frame is due."""
        if state is not self.state:
            self.state = state
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Draw when the next frame is due; a page out of sight is drawn once it is seen."""
        if self.isVisible():
            self._repainter.put(None)

    def flush(self) -> None:
        """Draw what waits at once."""
        self._repainter.flush()

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed meanwhile."""
        super().showEvent(event)
        self.draw()

    def keys(self) -> Sequence[PageKey]:
        """The keys that hold on this page now."""
        return ()
