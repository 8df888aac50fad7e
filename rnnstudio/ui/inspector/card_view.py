"""The operation card: formula, the numbers of one entry put in, shapes, and the result."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rnnstudio.core.cells.notation import Notation, symbol
from rnnstudio.core.cells.terms import explain
from rnnstudio.core.cells.typeset import to_html
from rnnstudio.ui.inspector.events import EntryChosen, NotationChosen
from rnnstudio.ui.inspector.state import State
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.numbers import shape_text


class CardView(QWidget):
    """Everything about the current operation. ``asked(event)``: what the user wants."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meaning = QLabel()
        self.meaning.setProperty("role", "heading")
        self.formula = _rich_label(THEME.formula_points)
        self.numbers = _rich_label(THEME.font_points)
        self.shapes = _rich_label(THEME.font_points)
        self.notation = QComboBox()
        self.notation.addItem(self.tr("Paper"), Notation.PAPER)
        self.notation.addItem(self.tr("i, f, o, g"), Notation.IFOG)
        self.notation.addItem(self.tr("Keras"), Notation.KERAS)
        self.notation.setToolTip(self.tr("Notation"))
        self.result = HeatMap()
        self._lay_out()
        self.result.chosen.connect(lambda row, column: self.asked.emit(EntryChosen(row, column)))
        self.notation.currentIndexChanged.connect(
            lambda: self.asked.emit(NotationChosen(self.notation.currentData()))
        )

    def show_state(self, state: State) -> None:
        """Show the current operation and the chosen entry of its result."""
        operation, notation = state.operation, state.cursor.notation
        row, column = state.entry
        self.meaning.setText(operation.meaning)
        self.formula.setText(to_html(operation, notation))
        element = explain(operation, state.operands, row, column)
        self.numbers.setText(element.text())
        self.shapes.setText(_shapes(state))
        self.result.show_array(
            state.result,
            state.scales.limit(operation.name),
            entry=state.entry,
            marks=state.marks(operation.name),
        )

    def _lay_out(self) -> None:
        self.meaning.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self.meaning, stretch=1)
        top.addWidget(self.notation, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        for label in (self.formula, self.numbers, self.shapes):
            layout.addWidget(label)
        layout.addWidget(self.result, stretch=1)


def _rich_label(points: int) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    font = QFont(label.font())
    font.setPointSize(points)
    label.setFont(font)
    return label


def _shapes(state: State) -> str:
    """The shape of every operand and of the result."""
    notation = state.cursor.notation
    names = (*state.operation.inputs, state.operation.name)
    values = {**state.values, **state.operands}
    parts = [f"{symbol(name, notation).html}&nbsp;({shape_text(values[name].shape)})"
             for name in dict.fromkeys(names)]  # fmt: skip
    return " &nbsp; ".join(parts)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(CardView, example_state())
