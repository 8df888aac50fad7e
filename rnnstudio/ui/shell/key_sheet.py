"""The keys of the page in front, on a sheet over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.page_keys import PageKey

_WIDEST, _TWO_COLUMNS = 1060, 1100
"""In pixels beside text of its usual size: how wide the sheet is at most, and the least width of a
window that has room for what stands in the menu beside the other keys."""
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
Row = tuple[Sequence[str], str]
"""Keys as Qt writes them, and the sentence that says what they do."""


class KeySheet(QFrame):
    """Says what a page is about, and lists keys: those of the page, and those that hold everywhere.

    ``help_wanted``: more is to be said.
    """

    help_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "card")
        self._before: QWidget | None = None
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(self.close_sheet)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self._head = QHBoxLayout()
        self._heading = PlainLabel(role="heading")
        self.about = WrappedLabel()
        self.help_button = QPushButton()
        self.help_button.clicked.connect(self._ask_for_help)
        self._head.addWidget(self._heading, stretch=1)
        self._head.addWidget(self.help_button)
        self._head.addWidget(self.close_button)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.about)
        self._layout.addWidget(self.area)
        self.hide()

    def show_keys(
        self,
        page: Sequence[PageKey],
        window: Sequence[PageKey],
        commands: Sequence[QAction],
        about: str,
    ) -> None:
        """Show the keys of the page, of the window, and of the commands in its menus.

        Above them stands what the page is ``about``.
        """
        self._name_parts()
        self.about.setText(about)
        self.close_button.setIcon(icon("close"))
        self._layout.setContentsMargins(*4 * (2 * sizes().gap,))
        list_of_keys = QWidget()
        list_of_keys.setProperty("role", "sections")
        wide = self.window().width() / scaled(1) >= _TWO_COLUMNS
        columns = QBoxLayout(_BESIDE if wide else _BELOW, list_of_keys)
        columns.setSpacing(2 * sizes().margin)
        rows = [(each.keys, each.sentence) for each in _joined(page)]
        everywhere = [(each.keys, each.sentence) for each in window]
        in_menus = [
            (tuple(key.toString() for key in action.shortcuts()), action.text().replace("&", ""))
            for action in commands
        ]
        first = _grid(self.tr("On this page"), rows) if rows else QGridLayout()
        _add_rows(first, self.tr("Everywhere"), everywhere)
        for grid in (first, _grid(self.tr("In the menu"), in_menus)):
            grid.setRowStretch(grid.rowCount(), 1)
            columns.addLayout(grid, stretch=1)
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

    @Slot()
    def _ask_for_help(self) -> None:
        """The help takes its place, once what had the focus has it again."""
        self.close_sheet()
        self.help_wanted.emit()

    def _name_parts(self) -> None:
        self.help_button.setText(self.tr("More help (Shift+F1)"))
        self.close_button.setAccessibleName(self.tr("Close the list of keys"))
        name = self.tr("Keys of this page")
        self._heading.setText(name)
        for widget in (self, self.area):
            widget.setAccessibleName(name)

    def _fit(self, list_of_keys: QWidget) -> None:
        """In the middle of the window, as high as it has to be."""
        around = self.window().rect()
        gap = 2 * sizes().gap
        width = min(around.width() - 2 * gap, round(scaled(_WIDEST)))
        head = self._head.sizeHint().height() + self.about.heightForWidth(width - 2 * gap)
        needed = list_of_keys.sizeHint().height() + head + 4 * gap
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


def _grid(heading: str, rows: Sequence[Row]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(sizes().margin)
    grid.setVerticalSpacing(sizes().gap)
    grid.setColumnStretch(1, 1)
    _add_rows(grid, heading, rows)
    return grid


def _add_rows(grid: QGridLayout, heading: str, rows: Sequence[Row]) -> None:
    """A heading, and below it a row a line: the caps of the keys, and what they do."""
    grid.addWidget(PlainLabel(heading, role="heading"), grid.rowCount(), 0, 1, 2)
    for keys, sentence in rows:
        caps = QHBoxLayout()
        caps.setSpacing(sizes().half_gap)
        for key in keys:
            name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            caps.addWidget(PlainLabel(name, role="key"))
        caps.addStretch(1)
        row = grid.rowCount()
        grid.addLayout(caps, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(PlainLabel(sentence, role="clear", wrap=True), row, 1)
