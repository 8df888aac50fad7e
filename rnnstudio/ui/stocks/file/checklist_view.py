"""The checklist of a file: what is proved, worth knowing and asked, with a button a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from rnnstudio.core.stocks.data.csv_import.checklist import ChecklistLine
from rnnstudio.ui.stocks.file.checklist_row import ChecklistRow
from rnnstudio.ui.stocks.file.shown_file import ShownFile
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel


class ChecklistView(QFrame):
    """Shows the lines of a file, one of which is in focus.

    ``pointed(line, cell)``: look at that cell of a line. ``chosen(choice)``: take that answer.
    ``role_chosen(column, role)``: read a column of the file so.
    """

    pointed = Signal(object, int)
    chosen = Signal(object)
    role_chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("What was understood of the file"))
        self.rows: list[ChecklistRow] = []
        self.current = 0
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lay_out()

    def show_file(self, shown: ShownFile, keep: bool) -> None:
        """Show the lines of a file; ``keep``: the line of the same kind stays in focus."""
        kind = self.rows[self.current].line.kind if keep and self.rows else ""
        focused = self._has_focus()
        self._clear()
        for line in shown.lines:
            self._add(line)
        self._column.addStretch(1)
        kinds = [line.kind for line in shown.lines]
        self.current = kinds.index(kind) if kind in kinds else _first(shown.lines)
        self._show_current()
        if focused and self.rows:
            self.rows[self.current].setFocus()

    def step(self, by: int) -> None:
        """Give the focus to the line that is so many further; the ends are held."""
        self.go_to(self.current + by)

    def go_to(self, place: int) -> None:
        """Give the focus to the line at that place, or the nearest."""
        if self.rows:
            row = self.rows[max(0, min(place, len(self.rows) - 1))]
            row.setFocus()
            self._take_focus(row)  # a window in the background gives no focus

    def press(self) -> None:
        """Press the button of the line in focus."""
        if self.rows:
            self.rows[self.current].press()

    def answer(self, place: int) -> None:
        """Take the answer at that place to the question, if one is asked."""
        if self.rows and self.rows[0].is_asked and place < len(self.rows[0].choices):
            self.rows[0].choices[place].click()

    def _add(self, line: ChecklistLine) -> None:
        row = ChecklistRow(line)
        row.focused.connect(self._take_focus)
        row.pointed.connect(self.pointed)
        row.chosen.connect(self.chosen)
        row.role_chosen.connect(self.role_chosen)
        self._column.addWidget(row)
        row.show()  # at once: only what is in sight can have the focus
        self.rows.append(row)

    @Slot(object)
    def _take_focus(self, row: ChecklistRow) -> None:
        if row in self.rows and self.rows.index(row) != self.current:
            self.current = self.rows.index(row)
            self._show_current()
        self._scroll.ensureWidgetVisible(row, 0, sizes().gap)

    def _show_current(self) -> None:
        for place, row in enumerate(self.rows):
            row.set_current(place == self.current)
        if self.rows:
            row = self.rows[self.current]
            self.setFocusProxy(row)
            self.pointed.emit(row.line, row.at)

    def _has_focus(self) -> bool:
        return any(row.hasFocus() or row.isAncestorOf(row.focus_now()) for row in self.rows)

    def _clear(self) -> None:
        self.rows = []
        while item := self._column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("What was understood"), role="heading")
        gap = sizes().gap
        title.setContentsMargins(2 * gap, gap, gap, gap)
        content = QWidget()
        content.setLayout(self._column)
        self._scroll = QScrollArea()
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self._scroll.viewport(), content):
            ground.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (sizes().half_gap // 4,))
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(self._scroll, stretch=1)


def _first(lines: Sequence[ChecklistLine]) -> int:
    """The place of the line that is looked at first: the first that is not proved."""
    return next((at for at, line in enumerate(lines) if not line.is_proved), 0)
