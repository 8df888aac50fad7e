"""The gradient check as a list: each gradient, whether it agrees, and how far it is off."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.array_words import array_labels
from rnnstudio.core.cells.gradient_check import TensorCheck
from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, tidy
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.icons import icon, judged
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel

_DIGITS = 2


@dataclass(frozen=True)
class _CheckLine:
    """The labels of a line, which stay for other gradients."""

    mark: PlainLabel
    name: RichLabel
    error: PlainLabel
    worst: PlainLabel

    @property
    def labels(self) -> tuple[QLabel, ...]:
        """All of them from the left to the right."""
        return self.mark, self.name, self.error, self.worst


class ChecksList(QWidget):
    """A line for each gradient; empty while nothing was checked. ``lines`` says each in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Gradients"))
        self.lines: list[str] = []
        self._shown: tuple[object, ...] = ()
        self._made: list[_CheckLine] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(sizes().gap)
        self._grid.setVerticalSpacing(sizes().half_gap)
        self._grid.setColumnStretch(1, 1)
        heads = ("", self.tr("Gradient"), self.tr("Relative error"), self.tr("Worst deviation"))
        self._heads = [PlainLabel(text, role="muted", wrap=True) for text in heads]
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
            head.hide()

    def show_state(self, state: InspectorState) -> None:
        """List the checks of the scene as it is now."""
        shown = (state.checks, state.cursor.notation)
        if shown == self._shown:
            return
        self._shown = shown
        checks = state.checks or ()
        for head in self._heads:
            head.setVisible(bool(checks))
        while len(self._made) < len(checks):
            self._add_line()
        for place, line in enumerate(self._made):
            for label in line.labels:
                label.setVisible(place < len(checks))
        self.lines = []
        for line, check in zip(self._made, checks, strict=False):
            written = array_labels(state.scene, check.name, state.cursor.notation).array
            self._fill(line, check, replace(written, before="d"))

    def _add_line(self) -> None:
        line = _CheckLine(PlainLabel(), RichLabel(wrap=True), PlainLabel(), PlainLabel())
        self._made.append(line)
        for column, label in enumerate(line.labels):
            right = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag(0)
            self._grid.addWidget(label, len(self._made), column, alignment=right)

    def _fill(self, line: _CheckLine, check: TensorCheck, written: Symbol) -> None:
        error, worst = _written(check.relative_error), _written(check.worst)
        values = {"name": written.text, "error": error, "worst": worst}
        said = (
            Message("{name} agrees: relative error {error}, worst deviation {worst}", values)
            if check.agrees
            else Message("{name} is wrong: relative error {error}, worst deviation {worst}", values)
        )
        self.lines.append(language.text(said))
        side = sizes().mark
        name, role = judged(check.agrees)
        line.mark.setPixmap(icon(name, role).pixmap(QSize(side, side)))
        line.name.setText(written.html if check.agrees else f"<b>{written.html}</b>")
        line.name.setAccessibleName(self.lines[-1])
        line.error.setText(language.number(error))
        line.worst.setText(language.number(worst))


def _written(value: float) -> NumberText:
    return tidy(value, _DIGITS)
