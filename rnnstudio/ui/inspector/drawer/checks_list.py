"""The gradient check as a list: each gradient, whether it agrees, and how far it is off."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.array_words import array_labels
from rnnstudio.core.cells.gradient_check import TensorCheck
from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, tidy
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel

_DIGITS = 2


class ChecksList(QWidget):
    """A line for each gradient; empty while nothing was checked. ``lines`` says each in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Gradients"))
        self.lines: list[str] = []
        self._shown: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(sizes().gap)
        self._grid.setVerticalSpacing(sizes().half_gap)
        self._grid.setColumnStretch(1, 1)

    def show_state(self, state: InspectorState) -> None:
        """List the checks of the scene as it is now."""
        shown = (state.checks, state.cursor.notation)
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        if not state.checks:
            return
        heads = ("", self.tr("Gradient"), self.tr("Relative error"), self.tr("Worst deviation"))
        for column, text in enumerate(heads):
            self._grid.addWidget(PlainLabel(text, role="muted", wrap=True), 0, column)
        for row, check in enumerate(state.checks, start=1):
            written = array_labels(state.scene, check.name, state.cursor.notation).array
            self._add(row, check, replace(written, before="d"))

    def _clear(self) -> None:
        self.lines = []
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, row: int, check: TensorCheck, written: Symbol) -> None:
        numbers = [_written(check.relative_error), _written(check.worst)]
        values = {"name": written.text, "error": numbers[0], "worst": numbers[1]}
        said = (
            Message("{name} agrees: relative error {error}, worst deviation {worst}", values)
            if check.agrees
            else Message("{name} is wrong: relative error {error}, worst deviation {worst}", values)
        )
        self.lines.append(language.text(said))
        mark, side = PlainLabel(), sizes().mark
        name, role = ("tick", "good") if check.agrees else ("cross", "bad")
        mark.setPixmap(icon(name, role).pixmap(QSize(side, side)))
        label = RichLabel(written.html if check.agrees else f"<b>{written.html}</b>", wrap=True)
        label.setAccessibleName(self.lines[-1])
        self._grid.addWidget(mark, row, 0)
        self._grid.addWidget(label, row, 1)
        for column, number in enumerate(numbers, start=2):
            beside = PlainLabel(language.number(number))
            self._grid.addWidget(beside, row, column, alignment=Qt.AlignmentFlag.AlignRight)


def _written(value: float) -> NumberText:
    return tidy(value, _DIGITS)
