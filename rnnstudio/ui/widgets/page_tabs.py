"""Pages that take the space of the one in sight, and scroll if even that is too much."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QWidget,
)


class PageTabs(QTabWidget):
    """Tabs whose least size is that of the page in sight, not that of the largest one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._fit)

    def tabInserted(self, index: int) -> None:
        """A page that is not in sight takes no space."""
        super().tabInserted(index)
        self._fit()

    def _fit(self) -> None:
        fit_to_shown(self)


def fit_to_shown(pages: QTabWidget | QStackedWidget) -> None:
    """Let ``pages`` need no more room than the one in sight."""
    for page in filter(None, map(pages.widget, range(pages.count()))):
        shown = page is pages.currentWidget()
        policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
        page.setSizePolicy(policy, policy)
    pages.updateGeometry()


def scrolled(widget: QWidget) -> QScrollArea:
    """``widget`` filling an area that scrolls where a small screen has not even its least size."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
