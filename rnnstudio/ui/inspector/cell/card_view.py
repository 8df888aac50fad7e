"""The operation card: formula, the numbers of one entry put in, shapes, result, NumPy lines."""

from __future__ import annotations

from html import escape

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.observation import observe
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.terms import Element, explain
from rnnstudio.core.cells.typeset import to_latex
from rnnstudio.ui.inspector.drawer.code_view import CodeView
from rnnstudio.ui.inspector.drawer.operands_view import OperandsView
from rnnstudio.ui.inspector.drawer.terms_view import TermsView
from rnnstudio.ui.inspector.events import EntryChosen, NotationChosen, ValueTyped
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.formula_label import FormulaLabel
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.number_text import old_numbers, shape_text, tidy

_MUTED = "<font color='{}'>{}</font>"


class CardView(QWidget):
    """Everything about the current operation. ``asked(event)``: what the user wants.

    ``refused(sentence)``: what was typed cannot be taken.
    """

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self.meaning = PlainLabel()
        font = QFont(self.meaning.font())
        font.setPixelSize(sizes().text + 1)
        font.setBold(True)
        self.meaning.setFont(font)
        self.notation = QComboBox()
        self.order = QComboBox()
        self.seen = PlainLabel(wrap=True)
        self.formula = FormulaLabel()
        self.numbers = _rich_label(sizes().text)
        self.result_label = _rich_label(sizes().text)
        self.loss = PlainLabel()
        self.feeds = _rich_label(sizes().text)
        self.printed = PlainLabel(self.tr("◥ printed in the document"))
        self.result = HeatMap(editable=True)
        self.operands = OperandsView()
        self.terms = TermsView()
        self.code = CodeView()
        self.pages = QTabWidget()
        self.pages.tabBar().setStyleSheet(f"font-size: {sizes().label}px;")
        self._fill()
        self._lay_out()
        self._connect()

    def show_state(self, state: InspectorState) -> None:
        """Show the current operation and the chosen entry of its result."""
        self._state = state
        operation, notation = state.operation, state.cursor.notation
        blocker = QSignalBlocker(self.notation)
        self.notation.setCurrentIndex(list(Notation).index(notation))
        blocker.unblock()
        with np.errstate(over="ignore", invalid="ignore"):
            element = explain(operation, state.operands, *state.entry)
        self.meaning.setText(language.text(operation.meaning))
        self.seen.setText(_seen(state))
        self.formula.show_formula(
            to_latex(operation, notation), f"{operation.name} = {operation.formula}"
        )
        self.numbers.setText(self._numbers(state, element))
        self.result_label.setText(_result(state))
        self.feeds.setText(self._feeds(state))
        loss = self.tr("gradients of the loss L = Σ a ⊙ da = {0}")
        self.loss.setText(loss.format(tidy(state.trace.loss)) if state.backward else "")
        self.loss.setVisible(state.backward)
        marks = state.marks(operation.name)
        self.printed.setVisible(bool(marks))
        limit = state.scales.limit(operation.name)
        rows = state.scene.row_names(operation.name)
        self.result.show_array(
            state.result,
            limit,
            entry=state.entry,
            marks=marks,
            rows=rows,
            old=state.old_value(operation.name),
        )
        self._show_page(state, element)

    def _show_page(self, state: InspectorState, element: Element) -> None:
        """Only the page in sight is kept up to date."""
        page = self.pages.currentWidget()
        if page is self.operands:
            self.operands.show_state(state, element)
        elif page is self.terms:
            self.terms.show_element(element, state, self.order.currentData())
        else:
            self.code.show_state(state)

    def _numbers(self, state: InspectorState, element: Element) -> str:
        row, column = state.entry
        place = escape(state.place_name(element.name, row, column))
        entry = f"{symbol(element.name, state.cursor.notation).html}{place}"
        text = f"{entry} = {element.text(self.order.currentData(), _limit(state))}"
        old = dict(old_numbers(state.old_value(element.name), state.result, 3))
        if state.entry in old:
            was = self.tr("was {0}").format(tidy(old[state.entry], 3))
            text = f"{text} {_MUTED.format(colours().muted, was)}"
        meaning = state.meaning(element.name, row, column)
        if meaning is not None:
            meant = self.tr("that is {0} {1}").format(escape(meaning[0]), tidy(meaning[1], 6))
            text = f"{text}<br><b>{meant}</b>"
        if not state.held:
            return text
        held = self.tr("held at {0}").format(tidy(float(state.result[row, column])))
        return f"{text}<br><b>{held}</b>"

    def _feeds(self, state: InspectorState) -> str:
        """Where the result goes: rows of this step, and the step that it is handed to."""
        notation = state.cursor.notation
        places = [symbol(name, notation).html for name in state.readers]
        if state.operation.name in state.handed:
            before, after = self.tr("the step before"), self.tr("the step after")
            places.append(before if state.backward else after)
        elif state.operation.name in state.operation.inputs:
            places.append(self.tr("the same sum of the step before"))
        elif not places:
            places.append(self.tr("nothing more in this step"))
        return self.tr("feeds {0}").format(", ".join(places))

    def _show_again(self) -> None:
        if self._state is not None:
            self.show_state(self._state)

    def _fill(self) -> None:
        for text, notation in (
            (self.tr("Paper"), Notation.PAPER),
            (self.tr("i, f, o, g"), Notation.IFOG),
            (self.tr("Keras"), Notation.KERAS),
        ):
            self.notation.addItem(text, notation)
        self.notation.setToolTip(self.tr("Notation"))
        self.notation.setAccessibleName(self.tr("Notation"))
        self.order.addItem(self.tr("in order"), "in order")
        self.order.addItem(self.tr("by size"), "by size")
        self.order.setToolTip(self.tr("Order of the terms of a sum"))
        self.order.setAccessibleName(self.tr("Order of the terms of a sum"))
        self.result.setAccessibleName(self.tr("Result of the operation"))
        self.terms.setAccessibleName(self.tr("Terms of the chosen entry"))
        for part in (self.pages, self.pages.tabBar()):
            part.setAccessibleName(self.tr("How the result came about"))
        self.pages.addTab(self.operands, self.tr("Read from"))
        self.pages.addTab(self.terms, self.tr("Terms"))
        self.pages.addTab(self.code, self.tr("NumPy"))
        self.printed.setProperty("role", "muted")
        self.meaning.setWordWrap(True)

    def _connect(self) -> None:
        self.result.chosen.connect(lambda row, column: self.asked.emit(EntryChosen(row, column)))
        self.result.edited.connect(self._typed)
        self.operands.asked.connect(self.asked)
        for source in (self.result, self.operands):
            source.refused.connect(self.refused)
        self.notation.currentIndexChanged.connect(
            lambda: self.asked.emit(NotationChosen(self.notation.currentData()))
        )
        self.order.currentIndexChanged.connect(self._show_again)
        self.pages.currentChanged.connect(self._show_again)

    def _typed(self, row: int, column: int, value: float) -> None:
        if self._state is not None:
            self.asked.emit(ValueTyped(self._state.operation.name, row, column, value))

    def _lay_out(self) -> None:
        switches = QVBoxLayout()
        switches.addWidget(self.notation)
        switches.addWidget(self.order)
        switches.addStretch(1)
        top = QGridLayout()
        top.addWidget(self.meaning, 0, 0)
        top.addWidget(self.seen, 1, 0)
        top.addLayout(switches, 0, 1, 2, 1)
        top.addWidget(self.formula, 2, 0, 1, 2)
        top.setColumnStretch(0, 1)
        captions = QHBoxLayout()
        captions.addWidget(self.result_label, stretch=1)
        captions.addWidget(self.printed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes().half_gap, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        layout.addLayout(top)
        layout.addWidget(self.numbers)
        layout.addLayout(captions)
        layout.addWidget(self.result, stretch=3)
        layout.addWidget(self.feeds)
        layout.addWidget(self.loss)
        layout.addWidget(self.pages, stretch=4)


def _rich_label(pixels: int) -> RichLabel:
    label = RichLabel(wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    font = QFont(label.font())
    font.setPixelSize(pixels)
    label.setFont(font)
    return label


def _seen(state: InspectorState) -> str:
    """What the numbers of this step show, of the example of the chosen entry."""
    column = state.entry[1]
    example = column if column < state.scene.sizes.m else 0  # a weight's columns are its inputs
    step = state.cursor.time
    seen = observe(state.trace, state.operation, step, example, backward=state.backward)
    return language.capitalized(seen)


def _limit(state: InspectorState) -> int:
    """How many terms of a long sum are written out: fewer where there are several sums."""
    sums = state.operation.formula.count("@")
    return max(2, 8 - 2 * sums)


def _result(state: InspectorState) -> str:
    name = symbol(state.operation.name, state.cursor.notation).html
    return f"{name} &nbsp;({shape_text(state.result.shape)})"


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(CardView, example_state())
