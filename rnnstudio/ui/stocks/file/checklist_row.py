"""A line of the checklist: a mark, what it says, and its button or its answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import Choice
from rnnstudio.core.stocks.data.csv_import.checklist import Certainty, ChecklistLine
from rnnstudio.ui.stocks.file.role_box import RoleBox
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel, breakable
from rnnstudio.ui.widgets.wrapped_button import WrappedButton

MARKS = {
    Certainty.PROVED: ("tick", "good"),
    Certainty.KNOWN: ("notice", "ink"),
    Certainty.ASKED: ("question", "you"),
    Certainty.WRONG: ("cross", "bad"),
}
"""The icon of each certainty, and its role."""
_PREVIEW = 3
"""Cells shown of each answer."""
_BAR = 4
"""Width of the bar beside the line in focus, in pixels."""


class ChecklistRow(QFrame):
    """Shows a line; a click, or the focus, makes it the current one."""

    focused = Signal(object)
    """This row."""
    pointed = Signal(object, int)
    chosen = Signal(object)
    role_chosen = Signal(object, str)

    def __init__(self, line: ChecklistLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.at = line, 0
        self.choices: list[QPushButton] = []
        self.roles: list[RoleBox] = []
        self.button: QPushButton | None = None
        self.more = QWidget()
        self._current, self._was_shown = False, 0
        self.setAccessibleName(self._spoken())
        self._lay_out()
        self.set_current(False)

    @property
    def is_asked(self) -> bool:
        """Whether the line waits for an answer."""
        return self.line.certainty is Certainty.ASKED

    @property
    def _folds(self) -> bool:
        """Whether the button shows and hides what can be chosen."""
        choices = len(self.line.choices)
        return not self.is_asked and (choices > 1 or (choices == 0 and bool(self.line.columns)))

    def set_current(self, current: bool) -> None:
        """Mark the line as the one in focus; the others are reached by the arrows."""
        self._current = current
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)
        self.update()

    def focus_now(self) -> QWidget:
        """The widget with the focus, or this one where there is none."""
        return QApplication.focusWidget() or self

    @Slot()
    def press(self) -> None:
        """Do what the button says: take the answer, unfold, or go to the next cell."""
        if self.is_asked:
            self.choices[0].setFocus()
        elif self.button is None:
            return
        elif self.button.isCheckable():
            self.button.toggle()
        elif self.line.choices:
            self.chosen.emit(self.line.choices[0])
        else:
            self.at = (self.at + self._was_shown) % len(self.line.cells)
            self._was_shown = 1
            self.pointed.emit(self.line, self.at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the current line."""
        super().focusInEvent(event)
        self.focused.emit(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the line."""
        self.setFocus()
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line below, and the bar and the ground of the current line."""
        with QPainter(self) as painter:
            if self._current:
                painter.fillRect(self.rect(), QColor(colours().you_soft))
                painter.fillRect(QRect(0, 0, _BAR, self.height()), QColor(colours().you))
            foot = QRect(0, self.height() - 1, self.width(), 1)
            painter.fillRect(foot, QColor(colours().hairline))

    def _spoken(self) -> str:
        says = {
            Certainty.PROVED: self.tr("Proved: {0}. {1}"),
            Certainty.KNOWN: self.tr("Worth knowing: {0}. {1}"),
            Certainty.ASKED: self.tr("Asked: {0} {1}"),
            Certainty.WRONG: self.tr("Wrong: {0}. {1}"),
        }
        title, detail = map(language.text, (self.line.title, self.line.detail))
        return language.filled(says[self.line.certainty], title, detail)

    def _lay_out(self) -> None:
        gap = sizes().gap
        name, role = MARKS[self.line.certainty]
        mark = PlainLabel()
        mark.setPixmap(icon(name, role).pixmap(sizes().target, sizes().target))
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, part in ((self.line.title, "entry"), (self.line.detail, "clear")):
            label = WrappedLabel(role=part)
            label.setText(language.text(text))
            words.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(gap)
        top.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(round(1.5 * gap), gap, round(1.5 * gap), gap)
        layout.addLayout(top)
        layout.addWidget(self.more)
        if self.line.button is not None:
            self.button = self._make_button(self.line.button)
            top.addWidget(self.button)
        offers = self.is_asked or bool(self.line.columns)
        self._show_more(offers and not self._folds)

    def _make_button(self, label: Message) -> QPushButton:
        button = QPushButton(language.text(label))
        button.setAccessibleName(
            language.filled(
                self.tr("{0}: {1}"), language.text(label), language.text(self.line.title)
            )
        )
        if self._folds:
            button.setCheckable(True)
            button.toggled.connect(self._unfold)
        else:
            button.clicked.connect(self.press)
        return button

    def _show_more(self, shown: bool) -> None:
        """Show what can be chosen, which is made when it is first looked at."""
        if shown and self.more.layout() is None:
            self._fill_more()
        self.more.setVisible(shown)

    def _fill_more(self) -> None:
        """The answers, or what each column can be."""
        grid = QGridLayout(self.more)
        grid.setContentsMargins(sizes().target + sizes().gap, 0, 0, 0)
        if self.line.columns:
            for row, column in enumerate(self.line.columns):
                grid.addWidget(PlainLabel(column.title, role="clear", wrap=True), row, 0)
                box = RoleBox(column)
                box.role_chosen.connect(self.role_chosen)
                self.roles.append(box)
                grid.addWidget(box, row, 1)
        elif self.is_asked or len(self.line.choices) > 1:
            for row, choice in enumerate(self.line.choices):
                self._add_choice(grid, row, choice)

    def _add_choice(self, grid: QGridLayout, row: int, choice: Choice) -> None:
        button = WrappedButton(language.text(choice.meaning))
        button.clicked.connect(partial(self.chosen.emit, choice))
        self.choices.append(button)
        grid.addWidget(button, 2 * row, 0)
        others = [each.preview for each in self.line.choices if each is not choice]
        differing = [cell for cell in choice.preview if not all(cell in each for each in others)]
        preview = "\n".join(map(_shown, differing[:_PREVIEW]))
        if preview and preview != button.accessibleName():
            button.setAccessibleDescription(preview)
            label = PlainLabel(breakable(preview), role="muted", wrap=True)
            grid.addWidget(label, 2 * row + 1, 0)

    @Slot(bool)
    def _unfold(self, unfolded: bool) -> None:
        self._show_more(unfolded)
        if unfolded:
            first = next((box for box in self.roles if box.isEnabled()), None)
            (first or next(iter(self.choices), self)).setFocus()


def _shown(cell: str | Message) -> str:
    return language.text(cell) if isinstance(cell, Message) else cell
