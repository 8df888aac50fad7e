"""The keys of the page in front, on a sheet over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.page_keys import PageKey

_WIDEST = 720
"""Width of the sheet in pixels beside text of its usual size: lines of 75 letters and the keys."""


class KeySheet(QFrame):
    """Lists keys in two groups: those of the page, and those that hold everywhere."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Keys of this page"))
        self._before: QWidget | None = None
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(self.tr("Close the list of keys"))
        self.close_button.clicked.connect(self.close_sheet)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(self.tr("Keys of this page"))
        self._head = QHBoxLayout()
        self._head.addWidget(PlainLabel(self.tr("Keys of this page"), role="heading"), stretch=1)
        self._head.addWidget(self.close_button)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.area)
        self.hide()

    def show_keys(
        self, page: Sequence[PageKey], window: Sequence[PageKey], commands: Sequence[QAction]
    ) -> None:
        """Show the keys of the page, of the window, and of the commands in its menus."""
        self.close_button.setIcon(icon("close"))
        self._layout.setContentsMargins(*4 * (2 * sizes().gap,))
        list_of_keys = QWidget()
        list_of_keys.setProperty("role", "sections")
        grid = QGridLayout(list_of_keys)
        grid.setHorizontalSpacing(sizes().margin)
        grid.setVerticalSpacing(sizes().gap)
        grid.setColumnStretch(1, 1)
        for each in _joined(page):
            _add_row(grid, each.keys, each.sentence)
        row = grid.rowCount()
        grid.addWidget(PlainLabel(self.tr("Everywhere"), role="heading"), row, 0, 1, 2)
        for each in window:
            _add_row(grid, each.keys, each.sentence)
        for action in commands:
            keys = tuple(key.toString() for key in action.shortcuts())
            _add_row(grid, keys, action.text().replace("&", ""))
        grid.setRowStretch(grid.rowCount(), 1)
        self.area.setWidget(list_of_keys)
        self._before = QApplication.focusWidget()
        self._fit(list_of_keys)
        self.show()
        self.raise_()
        self.area.setFocus()

    @Slot()
    def close_sheet(self) -> None:
        """Take it away; what had the focus has it again."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F1 close it; no other key goes to what lies below."""
        event.accept()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close_sheet()

    def _fit(self, list_of_keys: QWidget) -> None:
        """In the middle of the window, as high as it has to be."""
        around = self.window().rect()
        gap = 2 * sizes().gap
        width = min(around.width() - 2 * gap, round(scaled(_WIDEST)))
        needed = list_of_keys.sizeHint().height() + self._head.sizeHint().height() + 4 * gap
        height = min(around.height() - 2 * gap, needed)
        self.setGeometry(
            (around.width() - width) // 2, (around.height() - height) // 2, width, height
        )


def _joined(keys: Sequence[PageKey]) -> list[PageKey]:
    """Keys that do the same in one line."""
    joined: dict[str, PageKey] = {}
    for each in keys:
        known = joined.get(each.sentence)
        both = each.keys if known is None else known.keys + each.keys
        joined[each.sentence] = PageKey(both, each.sentence, each.act)
    return list(joined.values())


def _add_row(grid: QGridLayout, keys: Sequence[str], sentence: str) -> None:
    caps = QHBoxLayout()
    caps.setSpacing(sizes().half_gap)
    for key in keys:
        name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        caps.addWidget(PlainLabel(name, role="key"))
    caps.addStretch(1)
    row = grid.rowCount()
    grid.addLayout(caps, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(PlainLabel(sentence, role="clear", wrap=True), row, 1)
