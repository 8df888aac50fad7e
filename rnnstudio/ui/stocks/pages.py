"""The tab's pages under one row of tabs, some of them with what they share around them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.page_tabs import fit_to_shown


class Pages(QWidget):
    """Shows one page at a time; ``above`` and ``below`` stand around those that share them."""

    changed = Signal()
    """Another page is shown."""

    def __init__(self, above: QWidget, below: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar()
        self.bar.setDocumentMode(True)
        self.bar.setDrawBase(True)
        self.bar.setExpanding(False)
        self._stack = QStackedWidget()
        self._around = (above, below)
        self._sharing: set[QWidget] = set()
        content = QVBoxLayout()
        content.setContentsMargins(*4 * (sizes().gap,))
        content.addWidget(above)
        content.addWidget(self._stack, stretch=1)
        content.addWidget(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(content)
        self.bar.currentChanged.connect(self._turn)

    def add(self, name: str, page: QWidget, title: str, *, shares: bool) -> None:
        """Add ``page`` at the end; whether it ``shares`` what stands above and below.

        ``name`` is what a session knows it by.
        """
        page.setObjectName(name)
        if shares:
            self._sharing.add(page)
        self._stack.addWidget(page)
        fit_to_shown(self._stack)
        self.bar.addTab(title)

    def show_page(self, page: QWidget) -> None:
        """Turn to ``page``."""
        self.bar.setCurrentIndex(self._stack.indexOf(page))

    def show_named(self, name: str) -> None:
        """Turn to the page of that name; the one in front stays where there is none."""
        page = self._stack.findChild(QWidget, name, Qt.FindChildOption.FindDirectChildrenOnly)
        if page is not None:
            self.show_page(page)

    @property
    def name(self) -> str:
        """The name of the current page."""
        return "" if self.shown is None else self.shown.objectName()

    @property
    def shown(self) -> QWidget | None:
        """The current page; None while there is none."""
        return self._stack.currentWidget()

    def set_title(self, page: QWidget, title: str) -> None:
        """Write ``title`` on the page's tab."""
        self.bar.setTabText(self._stack.indexOf(page), title)

    @Slot(int)
    def _turn(self, index: int) -> None:
        page = self._stack.widget(index)
        if page is None:  # the first tab is there a moment before its page
            return
        self._stack.setCurrentIndex(index)
        fit_to_shown(self._stack)
        for widget in self._around:
            widget.setVisible(page in self._sharing)
        self.changed.emit()


def beside(settings: QWidget, view: QWidget) -> QWidget:
    """A page: settings on the left, which scroll where there is no space, and what they lead to."""
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setWidget(settings)
    scroll.setFixedWidth(settings.sizeHint().width() + 3 * sizes().gap)
    page = QWidget()
    layout = QHBoxLayout(page)
    layout.setContentsMargins(0, sizes().gap, 0, 0)
    layout.addWidget(scroll)
    layout.addWidget(view, stretch=1)
    return page
