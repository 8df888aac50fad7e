"""All about the current operation that the card has no room for, and its numbers to type over."""

from __future__ import annotations

from html import escape

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.term_text import element_text
from rnnstudio.core.cells.terms import Element, explain
from rnnstudio.ui.inspector.drawer.operands_view import OperandsView, heat_height
from rnnstudio.ui.inspector.drawer.terms_view import TermsView
from rnnstudio.ui.inspector.events import EntryChosen, ValueTyped
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import with_symbols
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.number_text import old_numbers, shape_text, tidy

_MUTED = "<font color='{}'>{}</font>"


class TermsSection(QWidget):
    """The terms of the chosen entry, the result, what was read, and where the result goes.

    ``asked(event)``: what the user wants. ``refused(sentence)``: what was typed cannot be taken.
    """

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self.numbers = _rich_label()
        self.order = QComboBox()
        self.terms = TermsView()
        self.result_label = _rich_label()
        self.result = HeatMap(editable=True)
        self.printed = PlainLabel(self.tr("◥ printed in the document"), role="muted")
        self.operands = OperandsView()
        self.feeds = _rich_label()
        self.loss = PlainLabel(wrap=True)
        self._name_parts()
        self._connect()
        self._lay_out()

    def show_state(self, state: InspectorState) -> None:
        """Show the current operation and the chosen entry of its result.

        While its value is asked for there is nothing to be seen.
        """
        self._state = state
        for part in (self.numbers, self.terms, self.order, self.result, self.result_label):
            part.setVisible(not state.concealed)
        self.operands.setVisible(not state.concealed)
        self.feeds.setText(with_symbols(self._feeds(state)))
        loss = self.tr("gradients of the loss L = Σ a ⊙ da = {0}")
        self.loss.setText(language.filled(loss, tidy(state.trace.loss)) if state.backward else "")
        self.loss.setVisible(state.backward)
        marks = state.marks(state.operation.name)
        self.printed.setVisible(bool(marks) and not state.concealed)
        if not state.concealed:
            self._show_numbers(state)

    def _show_numbers(self, state: InspectorState) -> None:
        name = state.operation.name
        with np.errstate(over="ignore", invalid="ignore"):
            element = explain(state.operation, state.operands, *state.entry)
        self.numbers.setText(with_symbols(self._written(state, element)))
        self.terms.show_element(element, state, self.order.currentData())
        written = symbol(name, state.cursor.notation).html
        shape = shape_text(state.result.shape)
        self.result_label.setText(with_symbols(f"{written} &nbsp;({shape})"))
        self.result.show_array(
            state.result,
            state.scales.limit(name),
            entry=state.entry,
            marks=state.marks(name),
            rows=state.scene.row_names(name),
            old=state.old_value(name),
        )
        self.result.setFixedHeight(heat_height(len(state.result)))
        self.operands.show_state(state, element)

    def _written(self, state: InspectorState, element: Element) -> str:
        """The chosen entry with its numbers, what it was, means, and is held at."""
        row, column = state.entry
        place = escape(state.place_name(element.name, row, column))
        entry = f"{symbol(element.name, state.cursor.notation).html}{place}"
        text = f"{entry} = {escape(element_text(element, self.order.currentData(), _limit(state)))}"
        old = dict(old_numbers(state.old_value(element.name), state.result, 3))
        if state.entry in old:
            was = language.filled(self.tr("was {0}"), tidy(old[state.entry], 3))
            text = f"{text} {_MUTED.format(colours().muted, was)}"
        meaning = state.meaning(element.name, row, column)
        if meaning is not None:
            meant = language.filled(
                self.tr("that is {0} {1}"), escape(meaning[0]), tidy(meaning[1], 6)
            )
            text = f"{text}<br><b>{meant}</b>"
        if not state.held:
            return text
        held = language.filled(self.tr("held at {0}"), tidy(float(state.result[row, column])))
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
        return language.filled(self.tr("feeds {0}"), ", ".join(places))

    def _show_again(self) -> None:
        if self._state is not None:
            self.show_state(self._state)

    def _typed(self, row: int, column: int, value: float) -> None:
        if self._state is not None:
            self.asked.emit(ValueTyped(self._state.operation.name, row, column, value))

    def _name_parts(self) -> None:
        self.order.addItem(self.tr("in order"), "in order")
        self.order.addItem(self.tr("by size"), "by size")
        self.order.setToolTip(self.tr("Order of the terms of a sum"))
        self.order.setAccessibleName(self.tr("Order of the terms of a sum"))
        self.result.setAccessibleName(self.tr("Result of the operation"))
        self.terms.setAccessibleName(self.tr("Terms of the chosen entry"))

    def _connect(self) -> None:
        self.result.chosen.connect(lambda row, column: self.asked.emit(EntryChosen(row, column)))
        self.result.edited.connect(self._typed)
        self.operands.asked.connect(self.asked)
        for source in (self.result, self.operands):
            source.refused.connect(self.refused)
        self.order.currentIndexChanged.connect(self._show_again)

    def _lay_out(self) -> None:
        captions = QHBoxLayout()
        captions.addWidget(self.result_label, stretch=1)
        captions.addWidget(self.printed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self.order)
        layout.addWidget(self.numbers)
        layout.addWidget(self.terms)
        layout.addLayout(captions)
        layout.addWidget(self.result)
        layout.addWidget(PlainLabel(self.tr("Read from"), role="muted"))
        layout.addWidget(self.operands)
        layout.addWidget(self.feeds)
        layout.addWidget(self.loss)


def _rich_label() -> RichLabel:
    label = RichLabel(wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _limit(state: InspectorState) -> int:
    """How many terms of a long sum are written out: fewer where there are several sums."""
    sums = state.operation.formula.count("@")
    return max(2, 8 - 2 * sums)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(TermsSection, example_state())
